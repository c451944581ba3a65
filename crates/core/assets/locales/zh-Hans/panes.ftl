# 窗格的标题，用于菜单和标签页。

pane-code = 代码
pane-description = 文字说明
pane-training = 训练
pane-compare = 对比
