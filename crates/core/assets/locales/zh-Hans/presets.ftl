# 预设的网络：标题和说明。

preset-neuron = 单个神经元
    .note = 一个输入、一个神经元：权重决定缩放，偏置决定平移。
preset-article = 文章中的网络
    .note = 示例网络：4 个输入、3 个 ReLU 神经元。
preset-article-quiet = 关闭的 ReLU
    .note = 示例网络，但神经元 2 的偏置较小：加权和小于 0，所以 ReLU 输出 0。
preset-and = 逻辑与（AND）
    .note = 逻辑与：只有两个输入都是 1 时，阶跃函数才输出 1。
preset-xor = 异或（XOR）
    .note = 异或，参数由人工设定：两个隐藏层神经元分别计算“或”和“与”，“或”为 1 而“与”为 0 时输出 1。
preset-bump = 凸起
    .note = 两个阶跃函数组成一个凸起：0.3 < x ≤ 0.7 时输出 1，否则输出 0。
preset-softmax = Softmax 层
    .note = 示例网络改用 softmax：三个输出之和为 1。
preset-deep = 两个隐藏层
    .note = 两个隐藏层，权重随机初始化（Xavier，随机种子 7）：单个权重的影响还有多大？
