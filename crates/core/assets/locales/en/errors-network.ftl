# Why an architecture is not possible.

wrong-layer-count = a network has 1 to { NUMBER($max) } layers, not { NUMBER($count) }
wrong-input-count = a network has 1 to { NUMBER($max) } inputs, not { NUMBER($count) }
wrong-layer-width = { $width ->
    [one] layer { $layer } has 1 neuron; a layer has 1 to { NUMBER($max) }
   *[other] layer { $layer } has { $width } neurons; a layer has 1 to { NUMBER($max) }
 }
too-many-knobs = this network would have { NUMBER($count) } knobs; it can have up to { NUMBER($max) }, so use fewer neurons
partial-softmax = only some neurons of layer { $layer } use softmax; it belongs to a whole layer, so use it for all of its neurons or for none
