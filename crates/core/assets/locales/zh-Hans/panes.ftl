# 窗格的标题，用于菜单和标签页。

pane-knobs = 旋钮
pane-diagram = 网络图
pane-curves = 曲线
pane-formula = 公式
pane-saved-inputs = 输入示例
pane-code = 代码
pane-description = 文字说明
pane-output-map = 输出热图
pane-experiments = 实验记录
pane-training = 训练
pane-compare = 对比
pane-data = 数据
pane-confusion = 混淆矩阵
pane-loss-landscape = 损失曲面
pane-cell = 神经细胞
pane-dials = 旋钮盘
pane-heat-map = 热图
pane-curve-family = 曲线族
pane-small-multiples = 小图阵列

# 各窗格共有的元素。
named-value = { $name }：{ $value }
clause-separator = ；
element-out-of-view = { $element }，不在可见区域内
value-of = { $name } 的值
new-value-of = { $name } 的新值
too-many-rows = 旋钮列表有 { NUMBER($rows) } 行，一张图放不下；请选择其他窗格

# “文字说明”窗格。
description-copy = 复制为替代文本
    .tooltip = 复制这段文字说明，用作图片的替代文本。
description-of-network = 网络的文字说明
