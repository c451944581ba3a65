# 逐步计算前向传播。
step-product = 第 { $number } 步，共 { $steps } 步，{ $neuron }：加上 { $weight } × { $input } = { $product }，部分和 { $sum }
step-bias = 第 { $number } 步，共 { $steps } 步，{ $neuron }：加上偏置 { $bias }，得到 z = { $z }
step-activation = 第 { $number } 步，共 { $steps } 步，{ $neuron }：对 { $z } 应用 { $activation }，输出 { $output }
step-keys = N 键前进 · B 键后退 · G 键自动 · Esc 键结束
step-end = 前向传播到此结束，按 Esc 键退出逐步计算。

# 逐步计算反向传播，求 L 的各个导数。
step-back-loss = { $neuron }：L 是训练集第 { NUMBER($sample) } 个样本的损失 { $loss }；{ $derivative } = { $value }
    .together = { $neuron }：L 是训练集第 { NUMBER($sample) } 个样本的损失 { $loss }；损失的导数与 { $activation } 的导数一并计算
step-back-output = { $neuron }：L 是{ $of }的输出 { $output }；{ $derivative } = { $value }
    .together = { $neuron }：L 是{ $of }的输出 { $output }，它取决于该层的所有加权和
step-back-hidden = { $neuron }：{ $derivative } = { $products } = { $value }
step-back-activation = { $neuron }：{ $z } = { $a } × { $activation }′({ $sum }) = { $output } × { $slope } = { $value }
step-back-together = { $neuron }：{ $z } = { $value }
step-back-weight = { $neuron }：{ $weight } = { $z } × { $input } = { $derivative } × { $value } = { $result }
step-back-bias = { $neuron }：{ $bias } = { $z } = { $value }
step-back-end = 反向传播到此结束，按 Esc 键退出逐步计算。
step-back-inputs = 已将输入设为训练集第 { NUMBER($sample) } 个样本的输入。
