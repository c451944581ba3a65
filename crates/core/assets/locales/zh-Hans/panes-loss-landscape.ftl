# “损失曲面”窗格。

landscape-over-one = 损失随 { $symbol } 的变化
landscape-over-two = 损失随 { $horizontal }、{ $vertical } 的变化
landscape-no-data = 没有数据集就没有损失。请选择数据集。
landscape-horizontal = 损失曲面的横轴
landscape-vertical = 损失曲面的纵轴
landscape-log = 对数坐标
    .tooltip = 损失轴使用对数坐标。
    .name = 损失曲面的对数坐标
landscape-no-second-knob = 无
landscape-other-knobs = 选中其他神经元，即可列出它的旋钮
landscape-loss = 损失
    .log = 损失（对数坐标）
landscape-loss-of-some = 损失（{ NUMBER($all) } 个样本中的 { NUMBER($samples) } 个）
landscape-almost-zero = 接近 0
landscape-lowest = 最低值 { $loss }
landscape-lowest-at = 最低值 { $loss }（{ $value } 处）
landscape-point = 损失曲面的当前点
    .value = { $horizontal } = { $x }，{ $vertical } = { $y }；损失 { $loss }
    .value-with-lowest = { $horizontal } = { $x }，{ $vertical } = { $y }；损失 { $loss }；最低损失 { $lowest }，位于 ({ $lowest-x }, { $lowest-y })
landscape-knob = 损失曲面上的 { $knob }
    .value = { $value }，损失 { $loss }
    .lowest = 最低损失 { $loss }，位于 { $value }
