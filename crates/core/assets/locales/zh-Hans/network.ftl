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
