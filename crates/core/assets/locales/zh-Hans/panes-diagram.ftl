# “网络图”窗格。

diagram-input = 输入
diagram-inputs = 输入
diagram-layers-left-out = { NUMBER($count) } 层
diagram-hidden-layer = 隐藏层 · { $activation }
diagram-output-layer = 输出层 · { $activation }
diagram-mixed = 混合
diagram-more = 还有 { NUMBER($count) } 个
diagram-neuron = 网络图中的 { $neuron }
diagram-dead-neuron = 网络图中的 { $neuron }，已死亡
diagram-dead = 死亡
    .description = 死亡 ReLU：对每个样本都输出 0，因此什么也学不到
diagram-bias-ring = { $neuron } 的偏置环
diagram-connection = 连接：{ $weight }
diagram-snapshot-output = 快照：{ $value }
activation-over-layer = { $activation }：{ NUMBER($count) } 个输出
activation-on = { $activation }：开启
activation-off = { $activation }：关闭

# 输入的图像。
diagram-picture = 输入的图像，{ NUMBER($columns) } × { NUMBER($rows) } 像素
    .description = 拖动可绘制；按住 Shift 键或用右键拖动可擦除。
diagram-weights-of = { $neuron } 的权重
diagram-clear = 清除
    .tooltip = 清除输入的图像。
diagram-tikz-export = 网络图

# 图的简洁样式。
diagram-input-layer-plain = 输入层
diagram-hidden-layer-plain = 隐藏层
diagram-hidden-layers-plain = 隐藏层
diagram-output-layer-plain = 输出层
diagram-legend-positive = 正权重
diagram-legend-negative = 负权重
diagram-legend-magnitude = 越粗，|w| 越大
