# 网络结构不可行的原因。

wrong-layer-count = 网络可有 1～{ NUMBER($max) } 层，不能有 { NUMBER($count) } 层
wrong-input-count = 网络可有 1～{ NUMBER($max) } 个输入，不能有 { NUMBER($count) } 个
wrong-layer-width = 第 { $layer } 层有 { NUMBER($width) } 个神经元；每层可有 1～{ NUMBER($max) } 个
too-many-knobs = 这个网络将有 { NUMBER($count) } 个旋钮，超过上限 { NUMBER($max) } 个；请减少神经元
partial-softmax = 第 { $layer } 层只有部分神经元使用 softmax；softmax 属于整层，请让该层的神经元全部使用或全部不用
