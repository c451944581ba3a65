# 不能执行的操作。

action-locked = { $target }已锁定，请先解锁
action-computed-input = { $input }由 { $source } 计算得出，请改为调节 { $source }
action-computed-input-several = { $input }由 { $sources } 计算得出，请改为调节它们
action-another-knob-differs = 一次只能调一个旋钮：{ $knob }已与快照不同，请先恢复它，再调节其他旋钮
action-changes-all-knobs = 一次只能有一个旋钮与快照不同；请先取消这一限制，再更改全部旋钮
action-no-adjustable = 网络中没有 { $address }
action-no-neuron = 网络第 { $layer } 层没有神经元 { $neuron }
action-no-product = 第 { $layer } 层神经元 { $neuron } 没有第 { $product } 个乘积
action-no-saved-input = 输入示例第 { $row } 行没有输入 { $input }
action-no-snapshot = 没有快照 { $number }
action-no-experiment-row = 实验记录没有第 { $number } 行
action-invalid-value = { $value } 不是有限的数
action-invalid-range = { $min }～{ $max } 不是有效的取值范围：两端须为有限的数，最小值须小于最大值，步长须大于 0
action-invalid-axes = 坐标轴无效：两端须为有限的数，并且从小到大
action-invalid-saved-input = 第 { $row } 行有的数值不是有限的数
action-saved-inputs-full = 输入示例最多 { NUMBER($limit) } 行，{ NUMBER($rows) } 行超出了上限
action-saved-input-numbers-full = 输入示例最多 { NUMBER($limit) } 个数，{ NUMBER($rows) } 行、每行 { NUMBER($inputs) } 个输入超出了上限
action-snapshots-full = 已有 { NUMBER($limit) } 个快照，请先删除一个
action-experiment-rows-full = 已有 { NUMBER($limit) } 行，请先删除一些
action-saved-numbers-full = 文档的快照和实验记录最多 { NUMBER($limit) } 个数，请先删除一些
action-snapshot-needed = 请先拍一个快照，再与它对比
action-different-network = 这个状态属于另一个网络
action-same-number = { $address } 是曲线的横轴，请改用其他数值
action-data-too-large = 数据太大，无法创建网络
action-not-custom-points = 这些点不能编辑；请在“{ pane-data }”窗格中编辑它们的副本
action-knob-count = 网络有 { NUMBER($knobs) } 个旋钮，却有 { NUMBER($values) } 个值；请给每个旋钮一个值
action-knob-not-finite = { $knob }会超出有限数的范围
action-no-data = 没有数据集，请在“{ pane-training }”窗格中选择
action-same-axis = 请为两条坐标轴选择不同的数值
action-nothing-to-undo = 没有可撤销的操作
action-nothing-to-redo = 没有可重做的操作


# 训练的设置。
not-a-batch-size = “{ $text }”不是有效的批量大小；请输入整数或“全部”
test-fraction-out-of-range = { $value } 不是有效的测试集比例；请输入 0 到 1 之间的数（不含 1）
several-targets = 数据有多个目标；按类别学习时只能有一个目标
no-custom-points = 还没有点；在“{ pane-data }”窗格中单击即可添加
data-not-read = 尚未读取 { $file }

# 粘贴的行。
rows-empty = 文本中没有数值行
rows-ragged = 第 { $row } 行有 { NUMBER($found) } 个数，而网络有 { NUMBER($expected) } 个输入
rows-not-a-number = 第 { $row } 行：“{ $cell }”不是数值
rows-too-many = 行数太多，输入示例最多 { NUMBER($limit) } 行

# 打开文档时，文件中较新版本的键。
ignored-keys = 文档中有当前版本的 neurodial 不认识的内容，已原样保留：{ $names }
ignored-keys-more = 另外 { NUMBER($count) } 项

snapshot-number = 快照 { $number }
