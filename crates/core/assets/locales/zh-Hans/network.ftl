input-number = 输入 { $number }
neuron-number = 神经元 { $number }
class-number = 类别 { $number }
neuron-of-layer = 第 { $layer } 层{ $neuron }

# 激活函数。
activation-linear = 恒等函数
activation-step = 阶跃函数
activation-relu = ReLU
activation-leaky-relu = 带泄漏的 ReLU
activation-elu = ELU
activation-sigmoid = sigmoid
activation-tanh = tanh
activation-softplus = softplus
activation-silu = SiLU
activation-gelu = GELU
activation-sine = 正弦函数
activation-softmax = softmax
activation-mixed = 激活函数各不相同

# 输入、神经元和旋钮在句子中的名称。
input-named = 输入 { $number }（{ $name }）
neuron-named = 神经元 { $number }（{ $name }）
weight-between = 从 { $source } 到 { $neuron } 的权重
bias-of = { $neuron } 的偏置

# 激活函数对加权和 z 的作用，分 z 大于 0 和其他情况。
activation-note-overflow = z 超出了可表示的范围
activation-note-linear = 恒等函数：a = z
activation-note-step-on = 阶跃函数：z 大于 0，所以 a = 1
activation-note-step-off = 阶跃函数：z 不大于 0，所以 a = 0
activation-note-relu-on = ReLU：a = z
activation-note-relu-off = ReLU：a = 0（关闭）
activation-note-leaky-relu-on = 带泄漏的 ReLU：z 大于 0，所以 a = z
activation-note-leaky-relu-off = 带泄漏的 ReLU：z 不大于 0，所以 a = 0.01 z
activation-note-elu-on = ELU：z 大于 0，所以 a = z
activation-note-elu-off = ELU：z 不大于 0，所以 a = exp(z) − 1
activation-note-sigmoid = sigmoid 函数把 z 变为 0 到 1 之间的数
activation-note-tanh = tanh 把 z 变为 −1 到 1 之间的数
activation-note-softplus = softplus 函数：平滑的 ReLU
activation-note-silu-on = SiLU：z 较大时，a 接近 z
activation-note-silu-off = SiLU：z 远小于 0 时，a 接近 0
activation-note-gelu-on = GELU：z 较大时，a 接近 z
activation-note-gelu-off = GELU：z 远小于 0 时，a 接近 0
activation-note-sine = 正弦函数：在 −1 与 1 之间波动
activation-note-softmax = softmax 函数：在本层中的概率

# 网络结构的概述。
count-of-inputs = { NUMBER($count) } 个输入
summary-with-layer = { $before }，然后是 { NUMBER($count) } 个神经元（{ $activation }）
summary-sentence = { $parts }。
