# 对话框；数据和图的对话框除外。

dialog-ok = 确定
dialog-cancel = 取消
dialog-close = 关闭

# 离开文档。
unsaved-changes-title = 未保存的更改
unsaved-changes-question = 关闭前是否保存对“{ $name }”的更改？
unsaved-changes-save = 保存
unsaved-changes-discard = 放弃更改

# 程序结束时尚未保存的文档。
changed-file-title = 文件已被更改
changed-file-explanation = “{ $name }”在此处打开或保存之后，已被其他程序更改。
removed-file-title = 文件已不存在
removed-file-explanation = “{ $name }”在此处打开或保存之后，已被删除或重命名。
changed-file-save-as = 另存为…
changed-file-keep = 保留我的版本
changed-file-overwrite = 保存我的版本
changed-file-load = 载入对方的版本
changed-file-compare = 比较两个版本
changed-file-same = 两个版本内容相同。
changed-file-item = 项目
changed-file-mine = 我的版本
changed-file-theirs = 对方的版本
changed-file-more = 另有 { NUMBER($count) } 处不同
changed-file-entries = { NUMBER($count) } 项
changed-file-network = 网络
changed-file-note = 说明
changed-file-ranges = 范围
changed-file-locks = 已锁定的旋钮
changed-file-saved-inputs = 已存输入
changed-file-snapshots = 快照
changed-file-experiments = 实验记录
changed-file-training = 数据与训练

recovery-title = 恢复的文档
    .without-document = neurodial 上次意外退出
crash-report-written = neurodial 上次因内部错误退出，供开发者查看的错误报告在 { $path }。
recovery-unreadable = 有一个未保存的文档无法读取，已原样保留：{ $reason }
recovered-network = neurodial 上次意外退出，已恢复一个未保存的网络。
    .of-document = neurodial 上次意外退出，已恢复“{ $name }”中未保存的更改。
    .of-several = 共恢复了 { NUMBER($count) } 个未保存的文档，这是最近的一个。
recovery-open = 打开
recovery-discard = 放弃
recovery-later = 下次再问

# 数值框旁的按钮。
stepper-decrease = { $name }：减 1
stepper-increase = { $name }：加 1

# 新建网络，旋钮的初始值。
new-network-title = 新建网络
new-network-inputs = 输入个数
new-network-neurons = 第 { $layer } 层的神经元数
new-network-activation = 第 { $layer } 层的激活函数
new-network-remove-layer = 删除第 { $layer } 层
new-network-add-layer = 添加隐藏层
new-network-create = 创建
not-an-input-count = “{ $text }”不是有效的输入个数；请输入 1～{ $maximum } 的整数。
not-a-neuron-count = “{ $text }”不是有效的神经元数；请输入 1～{ $maximum } 的整数。
initialize-title = 初始化旋钮
initialize-description = 为所有未锁定的旋钮设置新的初始值。
initialize-apply = 初始化
initialize-weights = 权重
initialize-seed = 随机种子
initialize-biases = 偏置也随机初始化（否则为 0）
not-a-seed = “{ $text }”不是有效的随机种子；请输入不小于 0 的整数。
initializer-zeros = 全零
initializer-uniform = 均匀分布
initializer-normal = 正态分布
initializer-xavier = Xavier 初始化
initializer-he = He 初始化

# 从文字导入权重。
import-weights-title = 导入权重
import-weights-description = 粘贴权重矩阵和偏置向量，即可创建网络。
import-weights-formats = 支持 Python 列表、NumPy 或 PyTorch 的代码和输出、MATLAB、电子表格中的行，也可以是整段程序
import-weights-text = 权重和偏置
import-weights-create = 创建网络
import-weights-transposed = { $summary }权重原为每个输入一行，已转置。
imported-weights-note = 导入的权重

# 旋钮或输入的取值范围。
range-title = 取值范围和步长
range-minimum = 最小值
range-maximum = 最大值
range-increment = 步长
invalid-range = 最小值必须小于最大值，步长必须大于 0。

# 名称。
rename-title = 重命名
rename-input = 输入 { $input } 的名称
rename-neuron = 第 { $layer } 层神经元 { $neuron } 的名称
rename-snapshot = 快照 { $snapshot } 的名称

# 关于本软件。
about-title = 关于 neurodial
about-version = 版本 { $version }
about-program = 亲手探索小型神经网络的工作台：调节任意一个权重或偏置，网络图、曲线和公式随之变化。
about-license = 本软件采用 MIT 或 Apache-2.0 许可证，可任选其一；字体采用 SIL 开放字体许可证。

# 键盘快捷键：按键或手势，以及作用。
shortcuts-title = 键盘快捷键
shortcuts-knobs = 旋钮、输入和神经元
shortcuts-mouse = 鼠标
shortcuts-everywhere = 全局
shortcut-tab = Tab 键
    .effect = 下一个窗格或控件
shortcut-up-down = 上、下方向键
    .effect = 上一个、下一个旋钮
shortcut-shift-up-down = Shift+上、下方向键
    .effect = 同一输入，上一个、下一个神经元
shortcut-left-right = 左、右方向键
    .effect = 按步长（0.1）减小、增大
shortcut-shift-left-right = Shift+左、右方向键
    .effect = 按步长的十分之一（0.01）减小、增大
shortcut-page-down-up = Page Down 键、Page Up 键
    .effect = 按步长的十倍（1）减小、增大
shortcut-home-end = Home 键、End 键
    .effect = 取值范围的最小值、最大值
shortcut-digits = 0～9、−
    .effect = 输入数值
shortcut-enter = Enter 键、F2 键
    .effect = 编辑数值；选中神经元
shortcut-delete = Delete 键
    .effect = 恢复打开文档时的值
shortcut-play = 空格键
    .effect = 播放（在取值范围内来回变化）或停止
shortcut-lock = L 键
    .effect = 锁定或解锁
shortcut-axis = C 键
    .effect = 作为曲线的横轴
shortcut-menu = M 键、菜单键、Shift+F10
    .effect = 打开旋钮、输入或神经元的菜单
shortcut-escape = Esc 键
    .effect = 取消，或重新显示所有窗格
shortcut-settings = 训练设置
    .effect = 按键相同；Delete 键恢复默认值
gesture-drag = 拖动
    .effect = 调节数值；按住 Shift 键微调
gesture-dial = 拖动圆形旋钮
    .effect = 绕圆环转动，或在中间上下拖动
gesture-double-click = 双击
    .effect = 恢复打开文档时的值
gesture-number = 单击数值
    .effect = 输入数值
gesture-right-click = 右击，或长按
    .effect = 打开旋钮、输入或神经元的菜单
gesture-wheel = 滚轮
    .effect = 调节有焦点的数值；缩放曲线
outside-data-title = 数据在其他文件夹
outside-data-question = 该文档要读取的数据不在文档所在的文件夹内：
outside-data-hint = 如果不清楚原因，请不要读取：由该文档生成的图和文件会包含这些数据。选择读取后，下次不再询问。
outside-data-read = 读取数据
outside-data-leave = 不读取
