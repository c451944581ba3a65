# 无法开始训练的原因。

inputs-do-not-fit = 数据集有 { $inputs }（{ $names }），而网络有 { $expected }
many-inputs-do-not-fit = 数据集有 { $inputs }（前几个为 { $names }），而网络有 { $expected }
two-classes-do-not-fit = 数据集有 2 个类别（{ $names }），而网络有 { NUMBER($outputs) } 个输出；输出层应为每个类别设一个神经元，也可以只设一个
classes-do-not-fit = 数据集有 { NUMBER($classes) } 个类别（{ $names }），而网络有 { NUMBER($outputs) } 个输出；输出层应为每个类别设一个神经元
many-classes-do-not-fit = 数据集有 { NUMBER($classes) } 个类别（前几个为 { $names }），而网络有 { NUMBER($outputs) } 个输出；输出层应为每个类别设一个神经元
count-of-targets = { NUMBER($count) } 个目标值
count-of-outputs = { NUMBER($count) } 个输出
targets-do-not-fit = 数据集的每个样本有 { $targets }，而网络有 { $outputs }；输出层应为每个目标值设一个神经元

wrong-learning-rate = 学习率应大于 0，不能是 { $value }
wrong-regularization = { $name } 正则化系数应大于或等于 0，不能是 { $value }
wrong-batch-size = 批量大小至少为 1
too-many-epochs = { NUMBER($count) } 轮太多，最多可训练 { NUMBER($max) } 轮
wrong-target-loss = 损失达标值应大于 0，不能是 { $value }
wrong-target-accuracy = 准确率达标值应大于 0 且不超过 1，不能是 { $value }
wrong-patience = 至少要有 1 轮没有进展才能停止训练，不能是 0 轮
target-accuracy-without-classes = 数据没有类别，无法按准确率停止训练；请关闭准确率达标值，或选择带类别的数据
test-patience-without-test-set = 没有测试集，无法按测试损失停止训练；请关闭早停，或把测试集比例设为大于 0
unknown-schedule = “{ $name }”不是有效的学习率调度；可写作 constant、linear、cosine，或每轮的系数（大于 0，不超过 1），例如 0.99
loss-does-not-fit = { $loss }要求输出在 0 与 1 之间，而输出层使用 { $activation }；请改用 { $required }，或换一种损失函数
loss-does-not-fit-mixed-layer = { $loss }要求输出在 0 与 1 之间，而输出层各神经元的激活函数不同；请统一改用 { $required }，或换一种损失函数
initial-loss-not-finite = 初始值下的损失不是有限的数值；请减小权重或输入
