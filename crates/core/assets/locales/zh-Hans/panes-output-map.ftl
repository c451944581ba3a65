# “输出热图”窗格。

output-map-of = { $neuron } 的输出热图
output-maps-of-outputs = 所有输出的热图
output-map-horizontal = 输出热图的横轴
output-map-vertical = 输出热图的纵轴
output-map-scope = 热图中的神经元
output-map-scope-neuron = 当前神经元
output-map-scope-outputs = 所有输出
output-map-held = {"，"}其中{" "}
output-map-other-inputs = {"，"}其余 { NUMBER($count) } 个输入不变
output-map-point = 输出热图的当前点
    .value = { $horizontal } = { $x }，{ $vertical } = { $y }；{ $neuron } 的输出：{ $output }
