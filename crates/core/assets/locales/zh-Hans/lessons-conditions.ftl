# 课程中条件和指令的问题。

condition-empty = 条件为空
condition-too-long = 一个条件最多 { $limit } 个字符
condition-too-many-calls = 一个条件最多调用 { $limit } 次
condition-too-deep = 括号嵌套太深
condition-unknown-character = 字符“{ $character }”在这里没有意义
condition-unclosed-text = 文字“{ $text }”缺少右引号
condition-invalid-number = “{ $text }”不是数
condition-unknown-name = 没有名为“{ $name }”的量；可用的量见 docs/lessons.md
condition-unknown-name-suggestion = 没有名为“{ $name }”的量；是否想写“{ $suggestion }”？
condition-value-missing = “{ $before }”后面缺少一个值
condition-value-missing-at-start = 开头缺少一个值
condition-unexpected = “{ $before }”后面缺少 and、<、+ 等运算符；这里是“{ $found }”
condition-single-equal = “{ $before }”后面请写 ==，或改用 near(…)
condition-chained = “{ $before }”后面又有一个比较；请用 and 连接两个比较，例如 1 < loss and loss < 2
condition-argument-missing = “{ $before }”后面缺少逗号和{ $argument }，例如 { $example }
condition-first-argument-missing = “{ $before }”后面缺少参数，例如 { $example }
condition-unclosed = “{ $before }”后面缺少右括号
condition-too-many-arguments = “{ $before }”后面多了一个参数，例如 { $example }
condition-arguments-needed = { $name } 需要参数，例如 { $example }
condition-wrong-argument = “{ $found }”不是{ $argument }，例如 { $example }
condition-address = “{ $found }”不完整；请写 { $form }，例如 { $example }
condition-not-a-number = “{ $found }”不是数
condition-not-a-condition = “{ $found }”不是条件；请加上比较，例如 b[1,1] > 0
condition-not-comparable = “{ $found }”比较了不同种类的值；数只能与数比较，文字用 == 或 { "!" }= 比较

argument-value = 值
argument-target = 目标值
argument-distance = 允许的差
argument-lower = 下限
argument-upper = 上限
argument-knob = 旋钮
argument-input = 输入
argument-knob-or-input = 旋钮或输入
argument-differentiated = out、out[1] 或 loss
argument-quantity = 量
argument-layer = 层的编号
argument-neuron = 神经元的编号
argument-metric = 损失或准确率
argument-wanted = 期望的输出

instruction-unknown = “{ $text }”不是指令；请写 b[1,1]=2、learning_rate=0.1、train 60、update 1、epoch 34、forward 6、init xavier 3、range w[1,1,1] -20 20 或 document xor 这样的指令
instruction-unknown-place = 没有名为“{ $place }”的可设置项；请写 w[layer,neuron,input]、b[layer,neuron]、x[input]、activation[layer]、cell.current、cell.refractory，或 learning_rate 这样的训练设置
instruction-number = { $instruction }：“{ $found }”不是数
instruction-form = “{ $text }”不完整；请写 { $form }，例如 { $example }
instruction-unknown-name = 没有“{ $name }”；可选：{ $names }

answer-log-not-csv = 第 { $line } 行不是有效的 CSV
answer-log-missing-column = 没有“{ $column }”列，这不是作答记录
answer-log-value = 第 { $line } 行：“{ $found }”不能放在“{ $column }”列
answer-log-too-large = 作答记录最多 { $limit } 行
