# “旋钮”窗格及其旋钮盘和热图。

knob-layout-sliders = 滑块
    .tooltip = 以滑块显示旋钮。
knob-layout-dials = 旋钮盘
    .tooltip = 以圆形旋钮显示。
knob-layout-heat-map = 热图
    .tooltip = 以热图显示旋钮。
knob-play = 播放 { $knob }
knob-lock = 锁定 { $knob }
knob-bias = 偏置
knob-hidden-layer = 隐藏层 { $number }
knob-output-layer = 输出层
knob-neuron-output = 输出 { $value }
heat-map-legend = 权重和偏置
    .with-strokes = 权重和偏置（划线：负值）

# 颜色和箭头所表示的量。
sensitivity-target = 颜色和箭头表示的量
    .tooltip = { $target }。选择颜色和箭头表示的量。
sensitivity-loss = 损失
sensitivity-loss-of-all = 损失（{ NUMBER($samples) } 个样本）
sensitivity-loss-of-some = 损失（{ NUMBER($all) } 个样本中的 { NUMBER($samples) } 个）
sensitivity-no-loss = 无法计算损失：{ $reason }
sensitivity-no-data = 请先在“{ pane-training }”窗格中选择数据集。
sensitivity-output = { $neuron } 的输出
sensitivity-sum = { $neuron } 的加权和
sensitivity-output-number = 输出 { $number }
sensitivity-selected-output = 选中的神经元：{ $neuron } 的输出
sensitivity-selected-sum = 选中的神经元：{ $neuron } 的加权和
sensitivity-lowest-loss = 在 { $value } 附近损失最低
value-outside-range = { $value }（超出取值范围）
would-turn-off = 到 { $value } 时，{ $neuron } 会关闭
would-turn-on = 到 { $value } 时，{ $neuron } 会开启
would-fall-below-half = 到 { $value } 时，{ $neuron } 的输出会降到 0.5 以下
would-rise-above-half = 到 { $value } 时，{ $neuron } 的输出会升到 0.5 以上
would-become-negative = 到 { $value } 时，{ $neuron } 的输出会变为负数
would-become-positive = 到 { $value } 时，{ $neuron } 的输出会变为正数

# 颜色、标记和箭头的图例。
legend-colors-tooltip = 滑轨上每一处的颜色，表示旋钮调到那里时这个量的值：{ $target }。
legend-threshold = 阈值
    .tooltip = 三角形标出阈值：旋钮越过这里，{ $neuron }就会开启或关闭。
legend-half = 输出为 0.5
    .tooltip = 三角形标出使 { $neuron } 的输出为 0.5 的位置。
legend-lowest-loss = 最低损失
    .tooltip = 菱形标出只调节这个旋钮时损失最低的位置。
legend-arrow = 增大旋钮的影响
    .tooltip = { $target }：旋钮增大时它也增大，箭头就指向右；它减小，箭头就指向左。箭头越长，影响越大。
