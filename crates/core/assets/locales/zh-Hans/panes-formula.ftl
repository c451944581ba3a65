# “公式”窗格。

formula-of = { $neuron } 的计算过程
formula-export = 公式
formula-running-sum = 部分和
formula-activation-later = 求和之后再应用 { $activation }
formula-snapshot = 输出变化 { $difference }，快照为 { $value }
formula-output = { $neuron } 的输出
formula-product = 加权和中的乘积：{ $weight }
formula-bias = 加权和中的 { $bias }
softmax-table-more = 还有 { NUMBER($count) } 个
softmax-table-total = 合计
softmax-table-probability = 概率
