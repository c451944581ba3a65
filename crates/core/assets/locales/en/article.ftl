# The figures of the article.

article-biological-neuron = A nerve cell (biological neuron)
    .description = A nerve cell (biological neuron). On the left, branching dendrites receive signals. The cell body (soma) with its nucleus integrates them. The axon hillock, where the axon leaves the cell body, decides whether the cell fires. The axon carries the signal to the right; it is wrapped in the segments of the myelin sheath, with nodes of Ranvier between them. The axon terminals pass the signal on. A row of arrows below sums this up: receive, add up, fire and transmit.
article-artificial-neuron = An artificial neuron
    .description = An artificial neuron. On the left, each of four inputs x1 to x4 is multiplied by its weight w1 to w4. The weighted sum is z = w1 x1 + w2 x2 + w3 x3 + w4 x4 + b, with the bias b. The activation function turns it into the output a = f(z), which goes to the next neurons. A row of arrows below matches that of the nerve cell: receive, add up, activate and pass on.
article-weight-family = The effect of a weight
    .description = The effect of the weight on a neuron with one input; the bias stays 0. (a) The weighted sum z = w·x + b vs the input x for nine weights from −4 to 4: straight lines through the origin. The larger the weight, the steeper the line; lines with a negative weight fall. (b) The output a = sigmoid(z) for the same weights: S-shaped curves that all pass through 0.5 at x = 0. The larger the weight, the steeper the curve; curves with a negative weight are mirrored.
article-bias-family = The effect of a bias
    .description = The effect of the bias on a neuron with one input; the weight stays 1. (a) The weighted sum z = w·x + b vs the input x for nine biases from −4 to 4: parallel lines. The larger the bias, the higher the line. (b) The output a = sigmoid(z) for the same biases: nine copies of one S-shaped curve. The larger the bias, the farther left the curve; it passes through 0.5 at x = −b.
article-step = The step function
    .description = The step function of x. It is 0 for all x up to and including 0, where a filled dot stands; it is 1 for all x above 0, where its upper part begins with an open ring.
article-network = A network with 4 inputs and 3 neurons
article-output = The computation of the network
    .description = The computation of the network: output = activation(sum(input · weight) + bias). The products and the bias of each neuron stand below each other. Each has a bar that begins where the bar above it ends: to the right for a positive contribution, to the left and hatched for a negative one.
    .neuron = For { $neuron }, { $terms } = { $sum }; { $activation } gives { $output }.

# Roles of the parts of both neurons.
article-receive = receive
article-add-up = add up
article-transmit = fire and transmit
article-pass-on = activate and pass on

# Parts of the biological neuron, with their function.
article-cell = nerve cell
article-dendrites = Dendrites
    .detail = receive signals
article-nucleus = Nucleus
article-cell-body = Cell body (soma)
    .detail = integrates the inputs
article-axon-hillock = Axon hillock
    .detail = decides whether to fire
article-myelin = Myelin sheath
    .detail = speeds conduction
article-node = Node of Ranvier
    .detail = a gap in the sheath
article-axon = Axon
    .detail = carries signals
article-terminals = Axon terminals
    .detail = pass the signal on

# Parts of the artificial neuron, with their function.
article-neuron = neuron
article-inputs = Inputs
    .detail = input values
article-weights = Weights
    .detail = scale the inputs
article-weight-of = weight of { $input }
article-bias = Bias
    .detail = shifts the sum
article-sum = Weighted sum
    .detail = adds everything up
article-activation = Activation function
    .detail = non-linearity f(z)
article-output-part = Output
    .detail = output value

# The curve families of a weight and of a bias.
article-weight-slope = The weight sets the slope
article-weight-steepness = and the steepness.
article-bias-line = The bias shifts the line up
article-bias-curve = and the curve sideways.
article-weight-fixed = weight fixed
article-bias-fixed = bias fixed

# The step function; x is typeset.
article-step-low = 0 if x ≤ 0
article-step-high = 1 if x > 0
article-step-values = 0 up to x = 0, then 1

# The computation of the network.
article-formula = output = { $activation } ( sum ( input × weight ) + bias )
article-input-column = input
article-weight-column = weight
article-product-column = product
article-plus-bias = + bias
article-positive = positive contribution
article-negative = negative contribution
article-product-of = product of { $knob }
