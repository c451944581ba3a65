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

# 表格的读取方式。
unknown-encoding = “{ $text }”不是编码；可写 utf-8、utf-16le、windows-1252、gb18030 或 shift_jis
unknown-separator = “{ $text }”不是分隔符；请写一个字符，如 , 或 ;，也可写 tab 或 spaces
unknown-decimal-sign = “{ $text }”不是小数点；请写 . 或 ,
unknown-thousands-separator = “{ $text }”不是千位分隔符；请写一个字符，如 , 或 .，也可写 space
unknown-date-order = “{ $text }”不是日期顺序；请写 dmy、mdy、ymd 或 no
unknown-header-choice = “{ $text }”不是表头；请写 yes、no 或表头所在的行号
unknown-comment-character = “{ $text }”不是单个字符
same-signs = { $character } 不能既是小数点又是千位分隔符
not-a-table-picture = 这是图片，不是表格
not-a-table-pdf = 这是 PDF 文档，不是表格；请将表格导出为 CSV
not-a-table-archive = 这是压缩包，不是表格；请先解压
not-a-table-old-workbook = 这是旧版 Excel 工作簿（.xls）或其他 Office 文件；请另存为 .xlsx 或 .csv
not-a-table-numpy = 这是 NumPy 数组，不是表格；请用 numpy.savetxt 写出
not-a-table-hdf5 = 这是 HDF5 文件，不是表格；请将表格导出为 CSV
not-a-table-parquet = 这是 Parquet 文件；请将表格导出为 CSV
not-a-table-database = 这是 SQLite 数据库；请将其中的表导出为 CSV
not-a-table-markup = 这是网页或其他 XML 文件，不是表格；请将表格导出为 CSV
not-a-table-json = 这是 JSON 文件，不是表格；请将表格导出为 CSV
not-a-table-arff = 这是 Weka 的 ARFF 文件，不是表格；请另存为 CSV
not-a-table-sparse = 这是 LIBSVM 的稀疏数据，只含不为零的数值；请把所有列（包括零）写成 CSV
not-a-table-binary = 这既不是文本，也不是电子表格
invalid-bytes = 第 { $line } 行不符合编码 { $encoding }；请选择其他编码（选项 --encoding）
no-row-of-numbers = 没有数值行
reading-canceled = 已取消读取
unclosed-quote = 第 { $line } 行开始的引号没有闭合
no-header-on-line = 第 { $line } 行没有可作表头的内容
spreadsheet-unreadable = 无法读取电子表格（{ $reason }）
spreadsheet-too-large = 电子表格过大；请将表格另存为 CSV
unknown-sheet = 没有工作表“{ $name }”；现有工作表：{ $sheets }
ambiguous-thousands = 第 { $line } 行“{ $column }”列：“{ $cell }”里的符号可能是千位分隔符，也可能是小数点，其他数也无法判断；请选择小数点或千位分隔符（选项 --decimal 和 --thousands）
ambiguous-date-order = 第 { $line } 行“{ $column }”列：“{ $cell }”的日月顺序不明，其他日期也无法判断；请选择顺序（选项 --dates）
ambiguous-fraction = 第 { $line } 行“{ $column }”列：“{ $cell }”可能是分数，也可能是日期，其他单元格也无法判断；请选择日期顺序，分数则选 no（选项 --dates）
wrong-date-in-column = 第 { $line } 行“{ $column }”列：“{ $cell }”不是日期
some-inputs-without-column = 没有对应 { $missing } 的列，却有对应 { $found } 的列；请重命名各列，或用 --columns 选择
columns-do-not-fit-network = 共有 { $count } 列（{ $names }），但网络需要 { NUMBER($expected) } 列
row-and-others = { $row }（另有 { $count } 行有同样的问题）
note-numbers-as-header = 第 { $line } 行的数字被当作表头；如果是数据，请选择没有表头（选项 --header）
note-titles = 已略去表头上方的各行：{ $lines }
note-comments = 以 { $prefix } 开头的 { $count } 行作为注释略去（选项 --comment）
note-units = 已略去第 { $line } 行，其中是各列的单位
note-similar-classes = “{ $column }”列中有仅大小写不同的类别：{ $classes }；除非合并，否则视为不同类别（选项 --merge-classes）
note-columns-left-out = 未使用的列：{ $names }
note-columns-by-position = 没有任何列与输入同名，因此按顺序使用各列：{ $names }
note-dates-as-days = 日期读作自 1970 年起的天数：{ $names }
note-single-class = 目标值只有一个类别“{ $name }”，没有可区分的内容

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
