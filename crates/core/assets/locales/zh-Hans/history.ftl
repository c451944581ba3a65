# 撤销菜单中的步骤，写在“撤销”“重做”之后。

undo-change = 调节 { $symbol }
undo-set = 设置 { $symbol }
undo-set-numbers = 设置 { NUMBER($count) } 个数值
undo-reset = 重置 { $symbol }
undo-range = 更改 { $symbol } 的取值范围
undo-lock = 锁定 { $symbol }
undo-unlock = 解锁 { $symbol }
undo-unlock-all = 解锁所有旋钮
undo-initialize = 初始化未锁定的旋钮
undo-train = 训练
undo-restore-best = 恢复最好成绩的旋钮
undo-set-inputs = 选择输入
undo-saved-inputs = 更改输入示例
undo-saved-input = 更改输入示例第 { $row } 行
undo-name-input = 重命名输入 { $number }
undo-name-neuron = 重命名神经元 { $number }
undo-activation = 激活函数改为 { $activation }
undo-add-input = 添加输入
undo-remove-input = 删除输入 { $number }
undo-add-neuron = 在第 { $layer } 层添加神经元
undo-remove-neuron = 删除第 { $layer } 层神经元 { $neuron }
undo-add-layer = 添加第 { $layer } 层
undo-remove-layer = 删除第 { $layer } 层
undo-load-document = 载入已更改的文件
undo-revert = 恢复到打开时的状态
undo-take-snapshot = 拍快照
undo-rename-snapshot = 重命名快照
undo-remove-snapshot = 删除快照
undo-restore-snapshot = 恢复快照
undo-swap-snapshot = 与快照互换
undo-record-row = 记录一行
undo-annotate-row = 编辑备注
undo-remove-row = 删除一行
undo-restore-row = 恢复一行记录
undo-matching-network = 创建与数据匹配的网络
undo-add-point = 添加点
undo-move-point = 移动点
undo-remove-point = 删除点
undo-choose-dataset = 选择数据集：{ $dataset }
undo-remove-dataset = 移除数据集
undo-cell = 更改神经细胞的设置
undo-layout = 更改文档的布局
undo-setting = 更改{ $setting }

# 训练的其他设置（句中的写法）。
setting-dataset = 数据集
setting-features = 衍生特征
setting-standardization = 输入的标准化
setting-class-targets = 目标的类型
setting-loss = 损失函数
setting-optimizer = 优化器
setting-schedule = 学习率调度

# 训练中途更改的设置，写在损失曲线旁：学习率 0.02 → 0.1。
setting-change = { $setting } { $before } → { $after }
setting-change-samples = 样本有变化
