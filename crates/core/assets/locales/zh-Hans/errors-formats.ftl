# 不能读取或写入的文件。

file-problem = { $path }：{ $reason }
file-not-written = 未能写入 { $path }：{ $reason }
file-has-new-owner = { $path } 已保存，但现在属于你，因为系统不允许保留原来的所有者
file-has-lost-links = { $path } 已保存，但它的其他名称（硬链接）仍是原来的内容
file-has-new-owner-and-lost-links = { $path } 已保存，但现在属于你，它的其他名称（硬链接）仍是原来的内容
file-read-only-format = 未能写入 { $path }：文档不能保存为“{ $format }”格式；请使用 { $extensions }，或导出图
file-too-large = { $path } 超过 { NUMBER($limit) } MB，文件太大
data-file-too-large = { $path } 超过 { NUMBER($limit) } MB，数据文件太大
data-file-not-regular = { $path } 不是文件，而是文件夹、管道或设备，因此未读取
data-file-outside = 数据不在文档所在的文件夹内，因此未读取：{ $paths }；请重新打开文档并允许读取，或将数据移到文档旁边
file-links-in-circle = 未能写入 { $path }：链接形成了循环
file-current-folder = 未能写入 { $path }：这是当前文件夹或其上级文件夹，不能替换；请使用其他文件夹，例如 frames/
file-folder-not-empty = 未能写入 { $path }：文件夹已存在，其中还有其他文件；请换一个名称
file-no-text-name = { $path }：文件名不是有效的 Unicode；请重命名
file-row-counts = { $path } 有 { NUMBER($rows) } 行，{ $other-path } 有 { NUMBER($other-rows) } 行；两个文件中每个样本都应有一行
file-has-changed = { $path } 已在磁盘上更改，现使用新的内容

# 操作系统报告的原因。
io-not-found = 没有这个文件或文件夹
io-permission-denied = 没有权限
io-disk-full = 磁盘已满
io-is-a-folder = 这是一个文件夹
io-not-text = 不是 UTF-8 文本

# 文档的种类。
format-document = neurodial 文档
format-svg = SVG 图
format-png = PNG 图
format-pdf = PDF 图
format-link = 分享链接

# 作为文档打开的图。
figure-not-recognized = 这不是图的内容

# 分享的链接。
link-damaged = 链接已损坏或不完整；请重新完整复制
link-newer = 链接由较新的 neurodial 生成；请更新 neurodial 后再打开
link-too-large = 链接中的文档太大；请改为打开文件

# 文档。位置如：第 1 层、“weights”、第 2 项。
json-place = { $place }（第 { $line } 行第 { $column } 列）：{ $problem }
json-position = 第 { $line } 行第 { $column } 列：{ $problem }
json-layer = 第 { $number } 层
json-entry = 第 { $number } 项
json-in-key = “{ $key }”：{ $problem }
json-in-layer = 第 { $number } 层：{ $problem }
json-too-large = 文件太大；一个网络最多有 { NUMBER($limit) } 个旋钮
json-not-a-document = 这不是 neurodial 文档：最外层缺少“neurodial”
json-other-version = 文档的版本为 { $found }，而当前程序只能读取版本 { $known }；请用较新的 neurodial 打开
json-number-too-large = 这个数太大
json-cut-off = 文本提前结束，内容不完整
json-not-json = 这不是 JSON（{ $problem }）
json-missing-field = 缺少“{ $field }”
json-unknown-field = 此处不能有“{ $field }”；可用的键：{ $names }
json-unknown-field-alone = 此处不能有“{ $field }”
json-duplicate-field = “{ $field }”出现了两次
json-expected = 此处应为{ $expected }
json-wrong-type = 此处应为{ $expected }，而不是{ $found }
json-unreadable = 无法读取（{ $problem }）
json-object = 花括号中的对象
json-list = 方括号中的列表
json-text = 引号中的文本
json-number = 数
json-integer = 不小于 0 的整数
json-boolean = true 或 false
json-null = null
json-schedule = 名称或倍数
json-batch = 整数或“all”
json-no-layers = “layers”为空；网络至少有一层
json-numbers-do-not-fit = 数值与各层不匹配
json-inputs = “inputs”有 { NUMBER($found) } 个数，而第 1 层每个神经元有 { NUMBER($expected) } 个权重；每个输入应有一个数
json-note-length = “note”有 { NUMBER($found) } 个字符；请缩短到 { NUMBER($limit) } 个以内
json-too-many-rows = “{ $key }”有 { NUMBER($found) } 项，上限为 { NUMBER($limit) } 项
json-row-length = “cases”第 { $row } 行有 { NUMBER($found) } 个数，而网络有 { NUMBER($expected) } 个输入
json-too-many-input-numbers = “cases”超过 { NUMBER($limit) } 个数；请删除一些行
json-too-many-saved-numbers = “pins”和“experiments”超过 { NUMBER($limit) } 个数；请删除一些项
json-state-size = “{ $key }”第 { $number } 项有 { NUMBER($found-knobs) } 个旋钮、{ NUMBER($found-inputs) } 个输入，而网络有 { NUMBER($knobs) } 个旋钮、{ NUMBER($inputs) } 个输入
json-state-name = “{ $key }”第 { $number } 项：名称应为一行，最多 { NUMBER($limit) } 个字符
json-first-layer-row = 第 1 层：“weights”第 { $row } 行有 { NUMBER($found) } 个数，而第 1 行有 { NUMBER($expected) } 个
json-layer-row = 第 { $layer } 层：“weights”第 { $row } 行有 { NUMBER($found) } 个数，而前一层有 { NUMBER($expected) } 个神经元
json-biases = 第 { $layer } 层：“biases”有 { NUMBER($found) } 个数，而“weights”有 { NUMBER($expected) } 行；每个神经元各应有一个
json-activations = 第 { $layer } 层：“activations”有 { NUMBER($found) } 个名称，而神经元有 { NUMBER($expected) } 个；每个神经元应有一个名称
json-two-activations = 第 { $layer } 层：“activation”与“activations”只能有一个
json-input-names = “input_names”有 { NUMBER($found) } 个名称，而输入有 { NUMBER($expected) } 个
json-neuron-names = 第 { $layer } 层：“names”有 { NUMBER($found) } 个名称，而神经元有 { NUMBER($expected) } 个
json-name = “{ $name }”不能用作名称；请使用 1～{ NUMBER($limit) } 个字符，不能换行，也可以写 null
json-address = 网络中没有 { $address }；请写成 w[1,2,3]（层、神经元、输入）、b[1,2]（层、神经元）或 x[3]（输入）
json-range = { $address } 的取值范围无效：“min”须小于“max”，“step”须大于 0
json-locked-input = { $address } 是输入；只能锁定旋钮

# 其他程序可以忽略的键。
json-ignorable-count = “ignorable”超过 { NUMBER($limit) } 个名称；请减少
json-ignorable-type = “ignorable”应为名称的列表，如 { $example }
json-ignorable-required = “ignorable”：“{ $name }”不能忽略，每个程序都需要它
json-ignorable-name = “ignorable”：“{ $name }”不能用作名称；请使用 1～{ NUMBER($limit) } 个字符，不能换行
json-ignored-size = “ignorable”中列出的键超过 { NUMBER($limit) } MB；请缩短

# 文档中的数据与训练。
json-training-alone = 有“training”时，也应有“data”
json-training-data = “data”与“training”：{ $problem }
json-training-key = “training”的“{ $key }”：{ $problem }
json-data-key = “data”的“{ $key }”：{ $problem }
json-checksum = “{ $text }”不是十六进制数
json-dataset = “data”：没有数据集“{ $name }”；可用：{ $names }
json-targets-file = “data”：有“inputs_file”时，也应有“targets_file”
json-no-source = “data”应有“set”“file”“points”“inputs_file”之一
json-several-sources = “data”：“set”“file”“points”“inputs_file”只能有一个
json-other-source = “data”：“{ $key }”属于另一种数据
json-point-targets = “data”：“classes”与“target”只能有一个
json-point = “data”的“points”第 { $number } 项：{ $problem }
json-point-empty = 这一项为空；请写出输入和目标
json-point-input = 有的输入不是数
json-point-target = 目标不是数
json-point-class = 最后一个值不在“classes”中
json-targets = “{ $text }”不是目标的种类；可用：numbers、classes
json-batch-size = “{ $text }”不是有效的批量大小；请用整数或“all”
