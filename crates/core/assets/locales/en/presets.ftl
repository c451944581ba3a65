# The bundled networks: their titles, and a sentence about each.

preset-neuron = One neuron
    .note = One input, one neuron: the weight scales, the bias shifts.
preset-article = Article network
    .note = Worked example: 4 inputs, 3 ReLU neurons.
preset-article-quiet = Inactive ReLU
    .note = The worked example with a smaller bias in neuron 2: its weighted sum is below 0, so ReLU outputs 0.
preset-and = AND
    .note = Logical AND: the step function outputs 1 only when both inputs are 1.
preset-xor = XOR
    .note = Exclusive OR, solved by hand: the hidden neurons compute OR and AND; the output is OR and not AND.
preset-bump = Bump
    .note = Two step functions make a bump: 1 for 0.3 < x ≤ 0.7, otherwise 0.
preset-softmax = Softmax
    .note = The worked example with softmax: three outputs that add up to 1.
preset-deep = Two hidden layers
    .note = Two hidden layers with random initial weights (Xavier, random seed 7): how much does one weight still matter?
