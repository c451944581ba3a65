# The pane Curves and curve families.

curves-output-of = Output of { $neuron }
curves-sum-of = Weighted sum of { $neuron }
curves-outputs-of-layer = Outputs of layer { $layer }
curves-sums-of-layer = Weighted sums of layer { $layer }
curves-outputs-of-network = Outputs of the network
curves-sums-of-network = Weighted sums of the network
curves-export = the points of the curves
curve-of = curve of { $neuron }
curve-of-family = curve of { $neuron } for { $symbol }
curves-plot-area = plot area of the curves
    .value = { $left } to { $right } horizontally, { $low } to { $high } vertically
curves-current-point = current point of { $neuron } vs { $symbol }
curves-current = current: { $value }
curves-current-outside = current: { $value } at { $position }
curves-threshold = threshold of { $neuron }
curves-turns-on = turns on at { $position }
curves-turns-off = turns off at { $position }
curves-half = output is 0.5 at { $position }
curves-sum-zero = weighted sum is 0 at { $position }

# Controls.
axis-horizontal = vs
    .name = Horizontal axis
axis-vertical = and
curves-fit = Fit axes
    .tooltip = Show all of the curves.
curves-bias-item = { $symbol }  bias
curves-other-items = Press C on any other number to use it as the horizontal axis
curves-quantity = Plotted quantity
curves-quantity-output = output
    .item = output a, after the activation function
curves-quantity-sum = weighted sum
    .item = weighted sum z, before the activation function
curves-scope = Plotted neurons
curves-scope-neuron = this neuron
curves-scope-layer = this layer
curves-scope-network = all outputs
curves-activation = Activation function
curves-activation-of-neuron = this neuron
curves-activation-of-layer = whole layer
curves-target = Target curve
curves-target-none = no target
curves-target-chosen = target: { $dataset }
curves-target-custom = custom points, set in { pane-data }
curves-family = Family
    .tooltip = Show the curve for nine values of the knob that was changed last.
