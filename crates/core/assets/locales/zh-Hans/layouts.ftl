# 窗口的布局。

layout-explore = 探索
    .tooltip = 全部旋钮，以及网络图、曲线和公式。
layout-train = 训练
    .tooltip = 网络、它对数据集的预测，以及训练时的损失。
layout-present = 演示
    .tooltip = 放大显示网络图和曲线，适合投影。
layout-figure = 插图
    .tooltip = 各个窗格，旁边是图的设置和预览。

layout-button-name = “{ $layout }”布局
layout-button-tooltip = { $description }快捷键：{ $shortcut }。
layout-list-name = 布局
