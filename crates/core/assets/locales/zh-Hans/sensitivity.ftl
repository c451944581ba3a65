# 旋钮或输入的微小变化有什么影响。这些是不带句号的分句。

sensitivity-computed-input = { $symbol } 由其他输入计算得出
sensitivity-missing = 网络中没有 { $address }
sensitivity-independent = { $quantity }与 { $symbol } 无关
sensitivity-step = 阶跃函数的斜率为 0：{ $symbol } 的微小变化要么不影响{ $quantity }，要么使它跳变
sensitivity-not-finite = { $quantity }不是有限的数
sensitivity-flat = 此处斜率为 0：{ $symbol } 的微小变化不影响{ $quantity }
sensitivity-increases = { $symbol } 增大 { $step } 时，{ $quantity }增大 { $change }
sensitivity-decreases = { $symbol } 增大 { $step } 时，{ $quantity }减小 { $change }
sensitivity-slope = { $quantity }关于 { $symbol } 的斜率为 { $slope }
sensitivity-loss-unavailable = 无法计算损失：{ $reason }
sensitivity-without-data = 没有数据集就没有损失

# 各个量。
quantity-loss = 损失
quantity-output-number = 输出 { $number }
quantity-output = { $neuron }的输出
quantity-sum = { $neuron }的加权和
