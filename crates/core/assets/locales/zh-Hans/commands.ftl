# 命令，用于菜单和键盘快捷键列表。

command-new = 新建网络…
command-open = 打开…
command-import-weights = 导入权重…
command-import-data = 导入数据（CSV）…
command-choose-columns = 选择数据列…
command-save = 保存
command-save-as = 另存为…
command-export-figure = 导出图…
command-copy-figure = 复制图
command-copy-link = 复制链接
command-export-experiments = 导出实验记录…
command-quit = 退出

command-undo = 撤销
    .action = 撤销：{ $action }
command-redo = 重做
    .action = 重做：{ $action }
command-revert = 恢复到打开时的状态
command-randomize = 随机初始化未锁定的旋钮
    .done = 已重新设置未锁定旋钮的初始值：Xavier 初始化，随机种子 { $seed }，偏置为 0。
command-initialize = 初始化旋钮…
command-rename-neuron = 重命名选中的神经元…
command-unlock-all = 解锁所有旋钮
command-save-inputs = 将当前输入添加为输入示例
command-record = 记录当前状态
    .done = 已将当前状态记录为实验记录的第 { $row } 行。
command-take-snapshot = 拍快照

command-next-product = 计算下一个乘积
command-next-step-neuron = 计算到下一个神经元
command-next-layer = 计算到下一层
command-step-back = 后退一步
command-auto-step = 自动逐步计算
    .stop = 停止自动计算
command-start-backward-pass = 逐步计算反向传播
command-stop-stepping = 结束逐步计算

command-start-or-pause = 开始或暂停训练
command-go-to-epoch = 转到某一轮
command-switch-branch = 切换到此分支

command-next-knob-layout = 切换滑块、旋钮盘和热图
command-knob-profiles = 在旋钮上显示颜色、标记和箭头
    .tooltip = 用颜色表示滑块移到各处时输出或损失的值，标出阈值，并用箭头表示增大旋钮的影响。
command-next-sensitivity-target = 切换颜色和箭头表示的量
command-neuron-maps = 在神经元中显示输出热图
command-curve-quantity = 切换输出和加权和
command-curve-scope = 切换当前神经元、当前层和所有输出
command-zoom-curves-in = 放大曲线
command-zoom-curves-out = 缩小曲线
command-pan-left = 向左移动曲线视图
command-pan-right = 向右移动曲线视图
command-pan-up = 向上移动曲线视图
command-pan-down = 向下移动曲线视图
command-next-neuron = 选中下一个神经元
command-previous-neuron = 选中上一个神经元

command-maximize-pane = 最大化“{ $pane }”窗格
command-reset-layout = 恢复默认布局
command-layout = 布局：{ $layout }
command-keep-layout = 打开此文档时使用当前布局
    .tooltip = 把当前布局的名称存入文档，打开文档时恢复。
command-presentation = 演示模式
command-dark-mode = 深色模式
    .light = 浅色模式
command-high-contrast = 高对比度
command-reduced-motion = 减少动态效果
command-zoom-in = 放大
command-zoom-out = 缩小
command-actual-size = 实际大小
command-more-decimals = 增加小数位数
command-fewer-decimals = 减少小数位数
command-shortcuts = 键盘快捷键
command-about = 关于 neurodial
