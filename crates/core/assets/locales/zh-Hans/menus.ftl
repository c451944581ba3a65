# 菜单。

menu-file = 文件
menu-edit = 编辑
menu-network = 网络
menu-train = 训练
menu-view = 视图
menu-help = 帮助

menu-open-preset = 打开预设
menu-open-recent = 最近打开的文件
menu-show-snapshot = 显示快照
menu-no-snapshot = 无
menu-snapshot-unnamed = 快照 { $number }
menu-remove-input = 删除输入
menu-step-through = 逐步计算
menu-maximize-pane = 最大化窗格
menu-theme = 配色
menu-language = 语言
menu-zoom = 缩放：{ $percent }%
menu-decimals = 小数位数：{ $decimals }
menu-knob-display = 旋钮的显示
menu-curve-display = 曲线的显示

# 更改网络。
menu-add-input = 添加输入
menu-add-neuron = 在第 { $layer } 层添加神经元
menu-remove-neuron = 删除{ $neuron }
menu-insert-layer-before = 在第 { $layer } 层之前插入一层
menu-insert-layer-after = 在第 { $layer } 层之后插入一层
menu-remove-layer = 删除第 { $layer } 层
menu-activation-of-layer = 第 { $layer } 层的激活函数
menu-activation-of-neuron = { $neuron } 的激活函数
menu-rename-neuron = 重命名{ $neuron }…

# 菜单项不可用的原因。
disabled-no-changes = 没有未保存的更改。
disabled-nothing-to-undo = 没有可撤销的操作。
disabled-nothing-to-redo = 没有可重做的操作。
disabled-as-opened = 文档打开后没有更改。
disabled-no-experiments = 还没有实验记录。
disabled-no-recent-files = 还没有打开过文件。
disabled-no-data-file = 数据不是来自文件。
disabled-window-too-small = 窗口太小，或界面已达到最大，无法继续放大。
disabled-nothing-locked = 没有锁定的旋钮。
disabled-locked = 旋钮已锁定，请先解锁。
disabled-computed-input = 该输入由其他输入计算得出，请改为播放那些输入。
disabled-during-training = 请先暂停训练。
disabled-no-snapshots = 还没有快照。
disabled-only-input = 网络至少要有一个输入。
disabled-only-neuron = 每层至少要有一个神经元。
disabled-only-layer = 网络至少要有一层。
disabled-softmax = softmax 函数要用于整层神经元。
disabled-not-stepping = 请先开始逐步计算。
disabled-one-input = 至少要有两个输入才能绘制输出热图。
