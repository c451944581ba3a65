# “曲线”窗格和曲线族。

curves-output-of = { $neuron } 的输出
curves-sum-of = { $neuron } 的加权和
curves-outputs-of-layer = 第 { $layer } 层的输出
curves-sums-of-layer = 第 { $layer } 层的加权和
curves-outputs-of-network = 网络的输出
curves-sums-of-network = 网络输出层的加权和
curves-export = 曲线上的点
curve-of = { $neuron } 的曲线
curve-of-family = { $symbol } 取不同值时 { $neuron } 的曲线
curves-plot-area = 曲线的绘图区
    .value = 横轴 { $left }～{ $right }，纵轴 { $low }～{ $high }
curves-current-point = { $neuron } 的当前点（横轴 { $symbol }）
curves-current = 当前：{ $value }
curves-current-outside = 当前：{ $value }（横轴 { $position }）
curves-threshold = { $neuron } 的阈值
curves-turns-on = 在 { $position } 处开启
curves-turns-off = 在 { $position } 处关闭
curves-half = 在 { $position } 处输出为 0.5
curves-sum-zero = 在 { $position } 处加权和为 0

# 控件。
axis-horizontal = 横轴
    .name = 横轴
axis-vertical = 纵轴
curves-fit = 适应坐标范围
    .tooltip = 显示全部曲线。
curves-bias-item = { $symbol }  偏置
curves-other-items = 要用其他数值作横轴，选中后按 C 键
curves-quantity = 绘制的量
curves-quantity-output = 输出
    .item = 输出 a（经过激活函数）
curves-quantity-sum = 加权和
    .item = 加权和 z（激活函数之前）
curves-scope = 绘制的神经元
curves-scope-neuron = 当前神经元
curves-scope-layer = 当前层
curves-scope-network = 所有输出
curves-activation = 激活函数
curves-activation-of-neuron = 仅此神经元
curves-activation-of-layer = 整层
curves-target = 目标曲线
curves-target-none = 无目标曲线
curves-target-chosen = 目标曲线：{ $dataset }
curves-target-custom = 自定义点（在“{ pane-data }”窗格中设置）
curves-family = 曲线族
    .tooltip = 显示最近调节的旋钮取九个值时的曲线。
