# The pane Network diagram.

diagram-input = input
diagram-inputs = inputs
diagram-layers-left-out = { $count ->
    [one] 1 layer
   *[other] { $count } layers
 }
diagram-hidden-layer = hidden · { $activation }
diagram-output-layer = output · { $activation }
diagram-mixed = mixed
diagram-more = { NUMBER($count) } more
diagram-neuron = { $neuron } in the diagram
diagram-dead-neuron = { $neuron } in the diagram, dead
diagram-dead = dead
    .description = dead ReLU: its output is 0 for every sample, so it learns nothing
diagram-bias-ring = bias ring of { $neuron }
diagram-connection = connection: { $weight }
diagram-snapshot-output = was { $value }
activation-over-layer = { $activation } over { NUMBER($count) } outputs
activation-on = { $activation }: on
activation-off = { $activation }: off

# The picture of the inputs.
diagram-picture = Image of the inputs, { NUMBER($columns) } × { NUMBER($rows) } pixels
    .description = Drag to draw; hold Shift or use the right button to erase.
diagram-weights-of = weights of { $neuron }
diagram-clear = Clear
    .tooltip = Clear the image of the inputs.
diagram-tikz-export = the network diagram

# The plain style of figures.
diagram-input-layer-plain = input layer
diagram-hidden-layer-plain = hidden layer
diagram-hidden-layers-plain = hidden layers
diagram-output-layer-plain = output layer
diagram-legend-positive = positive weight
diagram-legend-negative = negative weight
diagram-legend-magnitude = thicker: larger |w|
