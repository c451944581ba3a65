# “数据”窗格与混淆矩阵。

data-no-data = 选择数据集，即可查看数据和网络的预测。
data-predictions = 网络的预测
data-target-and-output = 目标值与输出
data-target = 目标值
data-output = 输出

# 自定义点。
edit-points = 编辑点
    .tooltip = 复制这份数据，在副本中可以添加、移动和删除点。
new-point-class = 新点的类别
    .name = 新点的类别：{ $class }
new-point-target = 新点的目标值
    .name = 新点的目标值：{ $target }
new-point-curve = 单击曲线应当经过的位置。
new-class = 新类别
    .tooltip = 添加一个类别。
delete-points = 全部删除
    .name = 删除所有点
    .tooltip = 删除所有点。
point-area = 点的绘图区
    .value = { $count } 个点
    .description = 按 Enter 键在中间添加一个点，按 Page Down 键转到第一个点
point-name = 点 { $number }
    .description = 用方向键移动，按数字键设置类别，按 Delete 键删除
point-number = { $name } { $value }
point-class = 类别 { $class }

# 混淆矩阵。
confusion-no-data = 选择带类别的数据集，即可查看混淆矩阵。
confusion-regression = 这个数据集的目标是数值；混淆矩阵需要类别，请另选数据集。
confusion-training-set = 训练集
confusion-test-set = 测试集
confusion-accuracy = 准确率 { $accuracy }%
    .with-count = 准确率 { $accuracy }%，正确 { NUMBER($correct) }/{ NUMBER($samples) }
    .of-evaluated = 准确率 { $accuracy }%，已评估的样本中正确 { NUMBER($correct) }/{ NUMBER($samples) }
confusion-true-class = 真实类别
confusion-predicted-class = 预测类别
confusion-cell = { $class } 预测为 { $predicted }
    .description = 按 Enter 键或单击，显示这些样本
confusion-samples = { $count } 个属于 { $class } 的样本预测为 { $predicted }
confusion-samples-close = 关闭样本列表
confusion-sample = 样本 { $number }
    .tooltip = 样本 { $number }：单击即作为当前输入。
