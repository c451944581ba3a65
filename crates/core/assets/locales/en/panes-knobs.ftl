# The pane Knobs, and its dials and heat map.

knob-layout-sliders = Sliders
    .tooltip = Show the knobs as sliders.
knob-layout-dials = Dials
    .tooltip = Show the knobs as dials.
knob-layout-heat-map = Heat map
    .tooltip = Show the knobs as a heat map.
knob-play = play { $knob }
knob-lock = lock { $knob }
knob-bias = bias
knob-hidden-layer = Hidden layer { $number }
knob-output-layer = Output layer
knob-neuron-output = output { $value }
heat-map-legend = Weights and biases
    .with-strokes = Weights and biases (stroke: negative)

# The quantity that the colors and arrows show.
sensitivity-target = Quantity shown by colors and arrows
    .tooltip = { $target }. Choose the quantity shown by colors and arrows.
sensitivity-loss = Loss
sensitivity-loss-of-all = Loss ({ $samples ->
    [one] 1 sample
   *[other] { $samples } samples
 })
sensitivity-loss-of-some = Loss ({ NUMBER($samples) } of { NUMBER($all) } samples)
sensitivity-no-loss = No loss: { $reason }
sensitivity-no-data = Choose a dataset in { pane-training } first.
sensitivity-output = Output of { $neuron }
sensitivity-sum = Weighted sum of { $neuron }
sensitivity-output-number = Output { $number }
sensitivity-selected-output = Selected: output of { $neuron }
sensitivity-selected-sum = Selected: weighted sum of { $neuron }
sensitivity-lowest-loss = the loss is lowest near { $value }
value-outside-range = { $value } (outside the range)
would-turn-off = { $neuron } would turn off at { $value }
would-turn-on = { $neuron } would turn on at { $value }
would-fall-below-half = the output of { $neuron } would fall below 0.5 at { $value }
would-rise-above-half = the output of { $neuron } would rise above 0.5 at { $value }
would-become-negative = { $neuron } would become negative at { $value }
would-become-positive = { $neuron } would become positive at { $value }

# The legend of colors, marks and arrows.
legend-colors-tooltip = The color at each place of a track shows the value there of this quantity: { $target }.
legend-threshold = threshold
    .tooltip = The triangle is at the threshold: if the knob passes it, { $neuron } turns on or off.
legend-half = output is 0.5
    .tooltip = The triangle is where the output of { $neuron } would be 0.5.
legend-lowest-loss = lowest loss
    .tooltip = The diamond is where the loss would be lowest if only this knob changed.
legend-arrow = effect of an increase
    .tooltip = { $target }: the arrow points to the right if it increases with the knob, and to the left if it decreases. A long arrow stands for a strong effect.
