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
dataset-custom = 自定义点
