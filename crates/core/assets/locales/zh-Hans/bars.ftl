# 窗格周围的各栏，以及窗格的标题栏。

# 顶栏。
bar-undo = ↶ 撤销
bar-redo = ↷ 重做
bar-revert = ⟲ 恢复
bar-snapshot = 快照
bar-unsaved = 有未保存的更改。
bar-tooltip = { $command }（{ $shortcut }）

# 演示模式的栏。
presentation-panes = 窗格
presentation-leave = 退出（Esc）
    .tooltip = 退出演示模式，恢复原来的显示。

# 窗格的标题栏。
header-close = 关闭“{ $pane }”窗格
header-show-all = 显示所有窗格

# 快照栏。
snapshot-bar-menu = 快照列表
    .tooltip = 显示其他快照，重命名或删除此快照。
snapshot-bar-hide = 隐藏快照“{ $name }”（仍会保留）
snapshot-bar-compare = 并排显示快照“{ $name }”和当前状态。
snapshot-bar-swap = 交换
    .name = 交换当前状态与快照“{ $name }”
snapshot-bar-restore = 恢复快照
    .name = 恢复快照“{ $name }”
snapshot-bar-one-knob = 一次只调一个旋钮
    .tooltip = 只要有一个旋钮与快照不同，其他旋钮就不能调节。
snapshot-bar-rename = 重命名…
snapshot-bar-remove = 删除

# 状态栏。
status-network = { NUMBER($inputs) } 个输入 · { NUMBER($layers) } 层 · { NUMBER($knobs) } 个旋钮
status-no-dataset = 没有数据集
status-mismatch = 数据集与网络不匹配
status-loss = 损失 { $loss }
    .with-accuracy = 损失 { $loss } · 准确率 { $accuracy }%
    .tooltip = 损失函数：{ $function }；数据集：{ $dataset }
status-best-loss = 你的最好成绩：{ $loss }
    .name = 恢复最好成绩时的旋钮

# 指针所指的元素，以及拖动它的作用。
status-help = 拖动滑块、连接、偏置环或数值；单击神经元可选中它。按 F1 键可查看键盘快捷键。
status-plot-area = 拖动可移动视图，滚动滚轮可缩放，双击可适应坐标范围
status-point-area = 单击可添加点
status-point = 点 { $number }：拖动可移动，右击或按 Delete 键可删除
status-loss-curve = 拖动可在各轮之间移动；继续训练时，从当前一轮开始新的分支
status-branch = 到第 { $epoch } 轮的分支（损失 { $loss }）：单击可切换到此分支
    .with-changes = 到第 { $epoch } 轮的分支（损失 { $loss }；更改：{ $changes }）：单击可切换到此分支
status-map-point = 拖动可同时调节 { $horizontal } 和 { $vertical }；用方向键可逐个调节
status-play = 单击可让{ $knob }在取值范围内来回变化，或停止
status-lock = 单击可锁定或解锁{ $knob }
status-number = { $name }：拖动可调节，单击可输入数值
status-value = { $name } = { $value }（取值范围 { $min }～{ $max }）
    .locked = { $name } = { $value }（取值范围 { $min }～{ $max }），已锁定
    .computed = { $name } = { $value }（取值范围 { $min }～{ $max }），由其他输入算出
status-neuron = 单击可选中{ $neuron }
    .dead = 单击可选中{ $neuron }（死亡 ReLU：对每个样本都输出 0，因此什么也学不到）
drag-two = 拖动可同时调节 { $horizontal } 和 { $vertical }
drag-computed = { $symbol } 由其他输入算出
drag-locked = { $symbol } 已锁定
drag-track = 左右拖动可调节 { $symbol }
drag-vertical = 上下拖动可调节 { $symbol }
drag-dial = 绕圈拖动或上下拖动可调节 { $symbol }
drag-curve = 拖动曲线可调节 { $symbol }
drag-or-type = { $drag }；单击可输入数值
