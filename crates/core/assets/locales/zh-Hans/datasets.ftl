# 列表中数据集的名称。

dataset-iris = 鸢尾花
dataset-digits = 手写数字
dataset-circle = 圆与圆环
dataset-xor = 异或（XOR）
dataset-gaussians = 两个高斯分布
dataset-spiral = 双螺旋
dataset-moons = 双月形
dataset-plane = 平面
dataset-bumps = 六个凸起
dataset-line = 直线
dataset-parabola = 抛物线
dataset-sine = 正弦曲线
dataset-step = 阶跃
dataset-bump = 钟形凸起
dataset-noisy-sine = 带噪声的正弦曲线
datasets-measured = 实测数据
datasets-classification = 分类
datasets-regression-map = 两个输入的回归
datasets-regression-curve = 一个输入的回归
datasets-condition = 曲线的上方与下方
dataset-condition-text = 类别 1 的条件
    .tooltip = 条件成立之处为类别 1：可用 x1、x2、数字、+ - * / ^、sin、cos、tan、exp、log、sqrt、abs、tanh、min、max、and、or。
dataset-condition-use = 使用曲线上方与下方的点
dataset-custom = 自定义点
