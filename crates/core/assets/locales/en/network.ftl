# Names of the parts of a network.

input-number = input { $number }
neuron-number = neuron { $number }
class-number = class { $number }
neuron-of-layer = { $neuron } of layer { $layer }

# Activation functions, as they are written within a sentence.
activation-linear = linear
activation-step = step
activation-relu = ReLU
activation-leaky-relu = leaky ReLU
activation-elu = ELU
activation-sigmoid = sigmoid
activation-tanh = tanh
activation-softplus = softplus
activation-silu = SiLU
activation-gelu = GELU
activation-sine = sine
activation-softmax = softmax
activation-mixed = different activations
