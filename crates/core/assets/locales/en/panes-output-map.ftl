# The pane Output map.

output-map-of = Output map of { $neuron }
output-maps-of-outputs = Output maps of all outputs
output-map-horizontal = Horizontal axis of the output map
output-map-vertical = Vertical axis of the output map
output-map-scope = Mapped neurons
output-map-scope-neuron = this neuron
output-map-scope-outputs = all outputs
output-map-held = {", with "}
output-map-other-inputs = { $count ->
    [one] , with the other input fixed
   *[other] , with the other { $count } inputs fixed
 }
output-map-point = current point of the output map
    .value = { $horizontal } = { $x }, { $vertical } = { $y }; output of { $neuron }: { $output }
