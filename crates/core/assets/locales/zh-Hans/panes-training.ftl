# “训练”窗格。

training-no-data = 先选择数据集，再按“{ training-train }”：训练会调节旋钮，使损失减小。
training-not-trained = 尚未训练。
training-press-train = 按“{ training-train }”即可绘制损失曲线。
create-matching-network = 创建与数据匹配的网络
    .tooltip = 换成输入和输出与数据集相符的网络。
use-matching-network = 使用 { $shape } 网络
percentage = { $number }%

# 按钮。
training-train = 开始训练
training-pause = 暂停
train-or-pause-tooltip = 开始或暂停训练（Ctrl+Space）。
training-one-epoch = 训练 1 轮
    .name = 训练 1 轮
    .tooltip = 用训练集的全部样本训练一遍。
training-one-update = 更新 1 次
    .name = 更新 1 次
    .tooltip = 用一个小批量的样本更新一次旋钮。
training-reset = ↺ 重置
    .name = 重置训练
    .tooltip = 恢复训练前的旋钮。
training-speed = 训练速度
epochs-per-second = 每秒 { $count } 轮
training-speed-max = 最快
training-challenge = 挑战
    .name = 与梯度下降比一比
    .tooltip = 你和梯度下降从相同的参数出发，比一比谁的损失更低。
training-settings = 设置
    .name = 训练设置
    .tooltip = 显示或隐藏数据集、损失函数等训练设置。
training-log-scale = 对数坐标
    .name = 损失的对数坐标
    .tooltip = 损失使用对数坐标。

# 挑战。
challenge-stop = 停止
    .name = 停止挑战
    .tooltip = 停止梯度下降，保留曲线。
challenge-restart = 重新开始
    .name = 重新开始挑战
    .tooltip = 双方从当前的旋钮重新开始。
challenge-restore-best = 恢复我的最好成绩
    .tooltip = 恢复损失最低时的旋钮。
challenge-continue = 从这里继续训练
    .tooltip = 让梯度下降从你当前的旋钮继续。
challenge-close = 关闭
    .name = 关闭挑战
    .tooltip = 回到训练。
challenge-by-moves = 按次数
    .name = 按调节次数绘制
    .tooltip = 横轴改为你的调节次数和梯度下降的轮数，不再是时间。
challenge-you = 你
challenge-gradient-descent = 梯度下降
challenge-seconds = 时间（秒）
challenge-moves = 你的调节次数，或梯度下降的轮数
challenge-your-loss = 你的损失
challenge-your-best = 你的最低损失
challenge-ahead = 领先
challenge-tie = 持平
challenge-best-so-far = 目前最好
challenge-moves-and-epochs = 调节次数 : 轮数
challenge-duration = { $seconds } 秒

# 带名称的数值。
readout = { $name }：{ $value }
    .with-detail = { $name }：{ $value }，{ $detail }
readout-epoch = 轮（epoch）
readout-last-epoch = 共 { $epoch } 轮
readout-training-loss = 训练损失
readout-test-loss = 测试损失
readout-estimated = 估算
readout-lowest-loss = 最低损失
readout-lowest-at-epoch = 最低损失（第 { $epoch } 轮）
readout-at-epoch = 第 { $epoch } 轮

# 损失曲线。
loss-curve-epoch = 轮（epoch）
loss-curve-training = 训练
loss-curve-test = 测试
loss-curve-branches = 分支
loss-curve-at-epoch = 第 { $epoch } 轮
loss-curve-training-loss = 训练 { $loss }
    .with-accuracy = 训练 { $loss }，准确率 { $accuracy }%
    .short = 训练 { $loss }，{ $accuracy }%
loss-curve-test-loss = 测试 { $loss }
    .with-accuracy = 测试 { $loss }，准确率 { $accuracy }%
    .short = 测试 { $loss }，{ $accuracy }%
loss-curve-name = 损失曲线
loss-curve-description = 可在各轮之间来回移动；继续训练时，从当前一轮开始新的分支
loss-curve-value = 第 { $epoch } 轮，共 { $last } 轮
    .with-training = 第 { $epoch } 轮，共 { $last } 轮，训练损失 { $training }
    .with-test = 第 { $epoch } 轮，共 { $last } 轮，训练损失 { $training }，测试损失 { $test }
branch-name = 训练分支 { $number }
branch-value = 到第 { $epoch } 轮，训练损失 { $loss }

# 设置。
standardization-name = 输入的标准化
    .tooltip = 选择训练时是否将各个输入标准化。
inputs-standardized = 已标准化
inputs-not-standardized = 未标准化
standardize-inputs = 训练时标准化（均值 0，标准差 1）
loss-function-name = 损失函数
    .tooltip = 选择训练要减小的损失。
loss-automatic = 自动（由输出层决定）
optimizer-name = 优化器
    .tooltip = 选择更新旋钮的规则。
schedule-name = 学习率调度
    .tooltip = 选择学习率怎样逐轮变化。
schedule-factor = 倍数，如 0.97
    .name = 其他每轮倍数
dataset-name = 数据集
    .tooltip = 选择用来学习的样本。
choose-dataset = 选择数据集
open-csv-file = 打开 CSV 文件…
columns-of-file = 选择此文件的列…
custom-classification = 自定义点：分类
custom-regression-map = 自定义点：两个输入的回归
custom-regression-curve = 自定义点：一个输入的回归（曲线）
computed-features = 衍生特征
computed-feature-name = 衍生特征 { $feature }
