description-network = 这是一个全连接神经网络，有 { $inputs } 个输入。
description-layer = 第 { $layer } 层有 { $neurons } 个神经元（{ $activation }）。
sentence-separator = {""}

# 输入与输出。
description-value = { $value }（{ $name }）
description-more = 另外 { NUMBER($count) } 个
description-inputs = { $count ->
    [1] 输入为 { $values }。
   *[other] 各输入为 { $values }。
 }
description-inputs-rounded = { $count ->
    [1] 输入
   *[other] 各输入
 }（{ $decimals ->
    [0] 取整
   *[other] 保留 { $decimals } 位小数
 }）为 { $values }。
description-outputs = { $count ->
    [1] 输出为 { $values }。
   *[other] 各输出为 { $values }。
 }
description-outputs-rounded = { $count ->
    [1] 输出
   *[other] 各输出
 }（{ $decimals ->
    [0] 取整
   *[other] 保留 { $decimals } 位小数
 }）为 { $values }。
description-largest-outputs = { NUMBER($count) } 个输出中，最大的是 { $values }，此外还有 { NUMBER($others) } 个。
description-largest-outputs-rounded = { NUMBER($count) } 个输出中，最大的（{ $decimals ->
    [0] 取整
   *[other] 保留 { $decimals } 位小数
 }）是 { $values }，此外还有 { NUMBER($others) } 个。

# 经过舍入的数。用在“输出”“概率”“得”等词之后，不加“为”：输出约 0.3、概率不到 0.001。
number-about = 约 { $number }
number-less-than = 不到 { $number }
number-between = 介于 { $low } 与 { $high } 之间
number-just-above-zero = 略大于 0
number-just-below-zero = 略小于 0

# softmax 层的概率。
description-softmax-single = softmax 层只有一个神经元时，输出总是 1。
description-most-probable = { $class }的概率最高（{ $probability }），其次是{ $second }（{ $second-probability }）。
description-most-probable-close = { $class }的概率最高（{ $probability }），{ $second }紧随其后。
description-most-probable-equal-seconds = { $class }的概率最高（{ $probability }），其次是{ $seconds }（各{ $second-probability }）。
description-most-probable-many-seconds = { $class }的概率最高（{ $probability }），其次是另外 { NUMBER($count) } 个类别（各{ $second-probability }）。
description-equally-probable = 概率最高的类别不止一个：{ $classes }（各{ $probability }）。
description-equally-probable-many = 有 { NUMBER($count) } 个类别的概率同为最高（各{ $probability }）。

# 选中神经元的状态，并写出加权和。
description-not-finite = { $neuron }无法计算：加权和不是有限的数。
description-linear = { $neuron }直接输出加权和：{ $sum }。
description-passes = { $neuron }开启：{ $sum }，输出等于加权和。
description-on = { $neuron }开启：{ $sum }，输出{ $output }。
description-off = { $neuron }关闭：{ $sum }，输出{ $output }。
description-leaking = { $neuron }关闭，但有少量泄漏：{ $sum }，输出{ $output }。
description-almost-off = { $neuron }接近关闭：{ $sum }，输出{ $output }。
description-at-zero = { $neuron }恰好在 0 处：{ $sum }，输出{ $output }。
description-saturated = { $neuron }已饱和，接近 { $limit }：{ $sum }，输出{ $output }。
description-transition = { $neuron }处于过渡区：{ $sum }，输出{ $output }。
description-above-half = { $neuron }的输出大于 0.5：{ $sum }，输出{ $output }。
description-below-half = { $neuron }的输出小于 0.5：{ $sum }，输出{ $output }。
description-at-half = { $neuron }的输出恰好是 0.5：{ $sum }，输出{ $output }。
description-positive = { $neuron }的输出为正：{ $sum }，输出{ $output }。
description-negative = { $neuron }的输出为负：{ $sum }，输出{ $output }。
description-slightly-above-sum = { $neuron }的输出略大于加权和：{ $sum }，输出{ $output }。
description-mostly-open = { $neuron }让一半以上的加权和通过：{ $sum }，输出{ $output }。
description-mostly-closed = { $neuron }只让不到一半的加权和通过：{ $sum }，输出{ $output }。
description-periodic = { $neuron }的输出随加权和周期性变化：{ $sum }，输出{ $output }。
description-softmax = { $neuron }属于 softmax 层：{ $sum }，概率{ $output }。

# 加权和。
sum-near-zero = { $terms }，未舍入时{ $sum }
sum-of-many = 乘积 { $products }、另外 { NUMBER($count) } 个乘积与偏置{ $bias }相加，得{ $sum }

# 贡献。
contribution-only = 唯一的输入（{ $input }）贡献{ $amount }。
contribution-none = 所有乘积都是 0，没有输入作出贡献。
contribution-positive = 最大的正贡献：{ $input }，{ $amount }。
contribution-positive-equal = 并列最大的正贡献：{ $inputs }，各{ $amount }。
contribution-positive-many = 并列最大的正贡献：{ NUMBER($count) } 个输入，各{ $amount }。
contribution-no-positive = 没有正贡献。
contribution-negative = 最大的负贡献：{ $input }，{ $amount }。
contribution-negative-equal = 并列最大的负贡献：{ $inputs }，各{ $amount }。
contribution-negative-many = 并列最大的负贡献：{ NUMBER($count) } 个输入，各{ $amount }。
contribution-no-negative = 没有负贡献。

# 什么变化会让神经元越过阈值。
threshold-bias = 偏置 { $bias }
threshold-fell = { $quantity }小于 { $value }
threshold-rose = { $quantity }大于 { $value }
threshold-either = { $first }，或{ $second }
threshold-turns-on = 如果{ $condition }，它会开启。
threshold-turns-off = 如果{ $condition }，它会关闭。
threshold-above-half = 如果{ $condition }，它的输出会大于 0.5。
threshold-below-half = 如果{ $condition }，它的输出会小于 0.5。
threshold-becomes-positive = 如果{ $condition }，它的输出会变为正。
threshold-becomes-negative = 如果{ $condition }，它的输出会变为负。
threshold-exact-on = 加权和恰好是 0：偏置只要增大一点，它就会开启。
threshold-exact-half = 加权和恰好是 0：偏置只要增大一点，它的输出就会大于 0.5。
threshold-exact-positive = 加权和恰好是 0：偏置只要增大一点，它的输出就会为正。
