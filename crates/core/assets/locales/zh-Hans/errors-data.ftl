# 数据不能使用的原因。

unknown-computed-feature = “{ $name }”不是有效的衍生特征；可写作 x1^2、x1*x2 或 sin(x1)，输入从 1 开始编号

too-many-points = 点太多（{ NUMBER($count) } 个），最多可有 { NUMBER($max) } 个
wrong-input-count-of-points = 自定义点可有 1 个或 2 个输入，不能有 { NUMBER($count) } 个
classes-need-two-inputs = 带类别的自定义点需要 2 个输入
invalid-classes-of-points = 自定义点可有 1～{ $max } 个类别，名称不能为空，也不能相同
invalid-point = 点 { $number } 的每个输入都应是有限的数值，目标值也应有效
not-editable-as-points = 只有 1 个或 2 个输入、1 个目标值且不超过 { NUMBER($max) } 个样本的数据集才能作为自定义点编辑
unknown-point = 没有点 { $number }

wrong-sample-count = 数据集可有 1～{ NUMBER($max) } 个样本，不能有 { NUMBER($count) } 个
too-many-numbers = 数据集中的数值超过 { NUMBER($max) } 个；请减少行或列
lengths-of-columns-differ = 输入与目标值的样本数不一致
column-not-finite = “{ $name }”中有无穷大或无效的数值
too-many-classes = 目标列有 { NUMBER($count) } 个类别，最多可有 { NUMBER($max) } 个
empty-test-or-training-set = 从 { NUMBER($samples) } 个样本中按比例 { $fraction } 划分测试集，会使训练集或测试集为空
feature-without-input = 衍生特征 { $feature } 用到的输入不存在，数据集只有 { NUMBER($inputs) } 个输入
# 条件中的位置按字符计算。
expression-empty = 请写出条件，如 x2 > sin(x1)
expression-too-long = 条件过长：最多 { NUMBER($max) } 个字符，括号也不能嵌套太多层
expression-unknown-character = 第 { $place } 个字符“{ $character }”没有意义；可以写数字、x1、x2、+ - * / ^、括号和 > >= < <=
expression-unknown-name = 第 { $place } 个字符处的“{ $name }”无法识别；可以写 x1、x2、pi、e、sin、cos、tan、exp、log、sqrt、abs、tanh、min、max、and、or、not
expression-invalid-number = 第 { $place } 个字符处的“{ $text }”不是数字
expression-value-missing = 第 { $place } 个字符“{ $found }”之前缺少数值
expression-value-missing-at-end = 末尾缺少数值
expression-unexpected = 第 { $place } 个字符处的“{ $found }”不该出现在这里
expression-unclosed = 第 { $place } 个字符处的括号没有闭合
expression-function-without-parentheses = 第 { $place } 个字符处的“{ $function }”之后要写括号，如 { $function }(x1)
expression-wrong-argument-count = 第 { $place } 个字符处的“{ $function }”需要 { $count } 个值，用逗号隔开
expression-not-a-condition = 条件需要比较，如 > 0，但第 { $place } 个字符处是数值
expression-not-a-number = 第 { $place } 个字符处需要数值，但那里是比较
condition-undefined = “{ $condition }”对 −5 到 5 之间的几乎所有点都没有定义，例如负数的平方根
condition-always-true = “{ $condition }”对 −5 到 5 之间的所有点都成立，因此只有一个类别
condition-never-true = “{ $condition }”对 −5 到 5 之间的所有点都不成立，因此只有一个类别

wrong-generated-sample-count = 可以生成 2～{ NUMBER($max) } 个样本，不能生成 { NUMBER($count) } 个
wrong-noise = 噪声应为 0 到 { $max } 之间的数值，不能是 { $noise }
too-large-to-standardize = “{ $name }”中的数值太大，无法标准化

# 数值文本文件，前面是文件名。
no-row-of-numbers = 其中没有数值行
row-does-not-fit-network = 第 { $line } 行有 { NUMBER($found) } 列，而网络需要 { NUMBER($expected) } 列
no-number-in-cell = 第 { $line } 行第 { $column } 列：缺少数值
wrong-number-in-cell = 第 { $line } 行第 { $column } 列：{ $reason }

unnamed-column = 第 { $number } 列
row-is-ragged = 第 { $line } 行有 { NUMBER($found) } 列，而首行有 { NUMBER($expected) } 列
no-number-in-column = 第 { $line } 行“{ $column }”列：缺少数值
no-target-in-column = 第 { $line } 行“{ $column }”列：缺少目标值
wrong-number-in-column = 第 { $line } 行“{ $column }”列：{ $reason }
table-is-empty = 数据集至少需要两列（一列输入、一列目标值），并且表头下面至少有一行
no-usable-row = 没有一行可用：{ $reason }
too-many-columns = 共有 { NUMBER($count) } 列，最多可有 { NUMBER($max) } 列
unknown-column = 没有“{ $name }”列；各列为 { $names }
unknown-column-of-many = 没有“{ $name }”列；前几列为 { $names }
ambiguous-column = 有几列都叫“{ $name }”；请用列号指定，例如 { $number }
target-among-inputs = “{ $name }”列是目标列，不能同时作为输入
input-without-numbers = “{ $name }”列中没有数值；请选择其他列作为输入，或把它作为目标列
