# 文章中的图。

article-biological-neuron = 神经细胞（生物神经元）
    .description = 神经细胞（生物神经元）。左侧，分枝的树突接收信号；细胞体（胞体）内有细胞核，负责整合各路信号；轴突从细胞体伸出的地方是轴丘，它决定细胞是否发放。轴突把信号传向右侧，外面包着一段段髓鞘，各段之间是郎飞结。最后由轴突末梢把信号传出。下方一排箭头概括了这一过程：接收、求和、发放并传递。
article-artificial-neuron = 人工神经元
    .description = 人工神经元。左侧的四个输入 x1 到 x4 分别乘以权重 w1 到 w4。加权和为 z = w1 x1 + w2 x2 + w3 x3 + w4 x4 + b，其中 b 是偏置。激活函数由 z 得到输出 a = f(z)，再传给后面的神经元。下方一排箭头与神经细胞的图相对应：接收、求和、激活并传递。
article-weight-family = 权重的作用
    .description = 只有一个输入的神经元中权重的作用；偏置固定为 0。（a）权重从 −4 到 4 取九个值时，加权和 z = w·x + b 随输入 x 的变化：都是过原点的直线，权重越大，直线越陡；权重为负时，直线下降。（b）权重相同时的输出 a = sigmoid(z)：都是 S 形曲线，在 x = 0 处都等于 0.5。权重越大，曲线越陡；权重为负时，曲线左右翻转。
article-bias-family = 偏置的作用
    .description = 只有一个输入的神经元中偏置的作用；权重固定为 1。（a）偏置从 −4 到 4 取九个值时，加权和 z = w·x + b 随输入 x 的变化：都是平行的直线，偏置越大，直线越高。（b）偏置相同时的输出 a = sigmoid(z)：同一条 S 形曲线平移到九个位置，偏置越大，曲线越靠左；它在 x = −b 处等于 0.5。
article-step = 阶跃函数
    .description = 关于 x 的阶跃函数。x 小于或等于 0 时，函数值为 0，在 x = 0 处画有实心点；x 大于 0 时，函数值为 1，这一段从空心圆圈开始。
article-network = 有 4 个输入、3 个神经元的网络
article-output = 网络的计算过程
    .description = 网络的计算过程：输出 = 激活函数（求和（输入 × 权重）+ 偏置）。每个神经元的各个乘积和偏置上下排列，各有一个条形，从上一个条形的末端开始：正贡献向右，负贡献向左并画有斜线。
    .neuron = { $neuron }：{ $terms } = { $sum }；经 { $activation } 得 { $output }。

# 两种神经元各部分的作用。
article-receive = 接收
article-add-up = 求和
article-transmit = 发放并传递
article-pass-on = 激活并传递

# 生物神经元的各部分及其功能。
article-cell = 神经细胞
article-dendrites = 树突
    .detail = 接收信号
article-nucleus = 细胞核
article-cell-body = 细胞体（胞体）
    .detail = 整合各路信号
article-axon-hillock = 轴丘
    .detail = 决定是否发放
article-myelin = 髓鞘
    .detail = 加快传导
article-node = 郎飞结
    .detail = 髓鞘之间的间隙
article-axon = 轴突
    .detail = 传导信号
article-terminals = 轴突末梢
    .detail = 传出信号

# 人工神经元的各部分及其功能。
article-neuron = 神经元
article-inputs = 输入
    .detail = 输入的数值
article-weights = 权重
    .detail = 缩放各个输入
article-weight-of = { $input } 的权重
article-bias = 偏置
    .detail = 平移加权和
article-sum = 加权和
    .detail = 全部相加
article-activation = 激活函数
    .detail = 非线性函数 f(z)
article-output-part = 输出
    .detail = 输出的数值

# 权重和偏置的曲线族。
article-weight-slope = 权重改变直线的斜率，
article-weight-steepness = 也改变曲线的陡峭程度。
article-bias-line = 偏置使直线上下平移，
article-bias-curve = 也使曲线左右平移。
article-weight-fixed = 权重固定
article-bias-fixed = 偏置固定

# 阶跃函数；x 按数学符号排版。
article-step-low = x ≤ 0 时为 0
article-step-high = x > 0 时为 1
article-step-values = x 不大于 0 时为 0，大于 0 时为 1

# 网络的计算过程。
article-formula = 输出 = { $activation } ( Σ ( 输入 × 权重 ) + 偏置 )
article-input-column = 输入
article-weight-column = 权重
article-product-column = 乘积
article-plus-bias = + 偏置
article-positive = 正贡献
article-negative = 负贡献
article-product-of = 乘积：{ $knob }
