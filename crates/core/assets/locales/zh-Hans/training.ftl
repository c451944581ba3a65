# 训练的各项设置（列表中的写法），以及相关的警告。

loss-mean-squared-error = 均方误差（MSE）
loss-mean-absolute-error = 平均绝对误差（MAE）
loss-huber = Huber 损失
loss-binary-cross-entropy = 二元交叉熵
loss-categorical-cross-entropy = 多分类交叉熵
loss-hinge = 合页损失

optimizer-sgd = SGD（随机梯度下降）
optimizer-momentum = 动量法
optimizer-nesterov = Nesterov 动量
optimizer-adagrad = AdaGrad
optimizer-rmsprop = RMSProp
optimizer-adam = Adam

schedule-constant = 不变
schedule-linear = 线性衰减
schedule-cosine = 余弦衰减
schedule-exponential = 指数衰减（每轮 × { $factor }）

hyperparameter-samples = 样本数
    .name = 样本数
    .tooltip = 设置生成多少个样本。
hyperparameter-noise = 噪声
    .name = 数据的噪声
    .tooltip = 设置噪声的标准差。
hyperparameter-test-fraction = 测试集
    .name = 测试集比例
    .tooltip = 设置留出多少比例的样本用于测试。
hyperparameter-seed = 种子
    .name = 数据的随机种子
    .tooltip = 设置生成、划分和打乱数据所用的随机种子；种子相同，训练过程就相同。
hyperparameter-learning-rate = 学习率
    .tooltip = 设置每次更新时旋钮的调节幅度。
hyperparameter-batch-size = 批量大小
    .tooltip = 设置每次更新用多少个样本；“all”表示全批量。
hyperparameter-epochs = 轮数
    .name = 训练轮数（epoch）
    .tooltip = 设置用全部样本训练多少轮。
hyperparameter-l1 = L1
    .name = L1 正则化
    .tooltip = 设置 L1 正则化：对权重的绝对值施加惩罚。
hyperparameter-l2 = L2
    .name = L2 正则化
    .tooltip = 设置 L2 正则化：对权重的平方施加惩罚。
hyperparameter-target-loss = 损失达标值
    .name = 训练损失达标值
    .tooltip = 训练损失降到该值或更低时，停止训练；“off”表示不启用。
hyperparameter-target-accuracy = 准确率达标值
    .name = 训练集准确率达标值
    .tooltip = 训练集准确率达到该值或更高时，停止训练；“off”表示不启用。
hyperparameter-patience = 耐心值
    .name = 训练损失无进展的轮数
    .tooltip = 训练损失连续这么多轮没有下降时，停止训练；“off”表示不启用。
hyperparameter-test-patience = 早停
    .name = 测试损失无进展的轮数
    .tooltip = 测试损失连续这么多轮没有下降（过拟合的迹象）时，停止训练；“off”表示不启用。

stopped-at-target-loss = 训练损失已达标
stopped-at-target-accuracy = 准确率已达标
stopped-without-progress = 第 { $epoch } 轮之后，训练损失不再下降
stopped-without-test-progress = 第 { $epoch } 轮之后，测试损失不再下降
training-stopped = 训练在第 { $epoch } 轮停止：{ $reason }。

# 网络学不好的原因。
diagnosis-step = 第 { $layer } 层使用阶跃函数，梯度为 0，这一层和前面的层都无法学习；请改用 sigmoid 或 tanh。
diagnosis-dead = 第 { $layer } 层神经元 { $neuron } 对所有样本都输出 0（死亡 ReLU），得不到梯度；如果损失降不下来，请重新初始化。
diagnosis-dead-several = 有 { NUMBER($count) } 个神经元（如第 { $layer } 层神经元 { $neuron }）对所有样本都输出 0（死亡 ReLU），得不到梯度；如果损失降不下来，请重新初始化。
diagnosis-saturated = 第 { $layer } 层神经元 { $neuron } 对几乎所有样本都已饱和，梯度接近 0；如果损失降不下来，请减小权重，或将输入标准化并重新初始化。
diagnosis-saturated-several = 有 { NUMBER($count) } 个神经元（如第 { $layer } 层神经元 { $neuron }）对几乎所有样本都已饱和，梯度接近 0；如果损失降不下来，请减小权重，或将输入标准化并重新初始化。
diagnosis-diverged = 训练发散，已停止并恢复到最好的一轮；请减小学习率再试。
diagnosis-loss-has-risen = 损失比开始时还高，请减小学习率再试。
diagnosis-symmetry = 第 { $layer } 层各神经元的参数完全相同，因此学到的也完全相同；请改用随机的初始值。
diagnosis-unreachable-label = { $loss }与 { $activation } 不匹配：它无法输出 −1；请改用 tanh 或恒等函数。
diagnosis-vanishing-in-softmax = { $loss }与 { $activation } 不匹配：预测错得越多，梯度越接近 0；请改用多分类交叉熵。
diagnosis-vanishing-in-sigmoid = { $loss }与 { $activation } 不匹配：预测错得越多，梯度越接近 0；请改用二元交叉熵。
diagnosis-no-penalty = { $loss }与 { $activation } 不匹配：预测成错误的类别也不受惩罚；请改用二元交叉熵或 softmax。
diagnosis-softmax-single = softmax 层只有一个神经元时，输出总是 1；请改用 sigmoid，或让每个类别有一个神经元。
diagnosis-unreachable-targets = 有些目标值超出 { $activation } 的输出范围；请在输出层使用恒等函数。

# Values of hyperparameters that are words.
hyperparameter-off = 关
batch-of-all = 全部
