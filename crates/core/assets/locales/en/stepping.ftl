# Stepping through the forward pass.
step-product = Step { $number } of { $steps }, { $neuron }: add { $weight } × { $input } = { $product }; running sum { $sum }
step-bias = Step { $number } of { $steps }, { $neuron }: add the bias { $bias }; z = { $z }
step-activation = Step { $number } of { $steps }, { $neuron }: apply { $activation } to { $z }; output { $output }
step-keys = N: next · B: back · G: automatic · Esc: exit
step-end = The forward pass ends here; press Esc to exit.

# Stepping through the backward pass, which computes the derivatives of L.
step-back-loss = { $neuron }: L is the loss for sample { NUMBER($sample) } of the training set, { $loss }; { $derivative } = { $value }
    .together = { $neuron }: L is the loss for sample { NUMBER($sample) } of the training set, { $loss }; its derivative and that of { $activation } are computed together
step-back-output = { $neuron }: L is the output of { $of }, { $output }; { $derivative } = { $value }
    .together = { $neuron }: L is the output of { $of }, { $output }, which depends on all weighted sums of the layer
step-back-hidden = { $neuron }: { $derivative } = { $products } = { $value }
step-back-activation = { $neuron }: { $z } = { $a } × { $activation }′({ $sum }) = { $output } × { $slope } = { $value }
step-back-together = { $neuron }: { $z } = { $value }
step-back-weight = { $neuron }: { $weight } = { $z } × { $input } = { $derivative } × { $value } = { $result }
step-back-bias = { $neuron }: { $bias } = { $z } = { $value }
step-back-end = The backward pass ends here; press Esc to exit.
step-back-inputs = The inputs were set to those of sample { NUMBER($sample) } of the training set.
