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

# Names of inputs, neurons and knobs within a sentence.
input-named = input { $number } ({ $name })
neuron-named = neuron { $number } ({ $name })
weight-between = weight from { $source } to { $neuron }
bias-of = bias of { $neuron }

# The effect of an activation function on the weighted sum z, for z above 0 and for other z.
activation-note-overflow = z is not a finite number
activation-note-linear = Linear: a = z
activation-note-step-on = Step function: z > 0, so a = 1
activation-note-step-off = Step function: z ≤ 0, so a = 0
activation-note-relu-on = ReLU: a = z
activation-note-relu-off = ReLU: a = 0 (off)
activation-note-leaky-relu-on = Leaky ReLU: z > 0, so a = z
activation-note-leaky-relu-off = Leaky ReLU: z ≤ 0, so a = 0.01 z
activation-note-elu-on = ELU: z > 0, so a = z
activation-note-elu-off = ELU: z ≤ 0, so a = exp(z) − 1
activation-note-sigmoid = Sigmoid maps z to a number between 0 and 1
activation-note-tanh = tanh maps z to a number between −1 and 1
activation-note-softplus = Softplus: a smooth ReLU
activation-note-silu-on = SiLU: a is near z for large z
activation-note-silu-off = SiLU: a is near 0 for z far below 0
activation-note-gelu-on = GELU: a is near z for large z
activation-note-gelu-off = GELU: a is near 0 for z far below 0
activation-note-sine = Sine: a wave between −1 and 1
activation-note-softmax = Softmax: the probability within the layer

# A summary of the architecture: “2 inputs, then 4 neurons (tanh), then 1 neuron (sigmoid).”
count-of-inputs = { $count ->
    [one] 1 input
   *[other] { $count } inputs
 }
summary-with-layer = { $count ->
    [one] { $before }, then 1 neuron ({ $activation })
   *[other] { $before }, then { $count } neurons ({ $activation })
 }
summary-sentence = { $parts }.
