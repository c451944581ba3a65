# The effect of a small change of a knob or an input. These are clauses without a full stop.

sensitivity-computed-input = { $symbol } is computed from the other inputs
sensitivity-missing = this network has no { $address }
sensitivity-independent = { $quantity } does not depend on { $symbol }
sensitivity-step = a step function has slope 0: a small change of { $symbol } either has no effect on { $quantity } or makes it jump
sensitivity-not-finite = { $quantity } is not a finite number
sensitivity-flat = the slope is 0 here: small changes of { $symbol } have no effect on { $quantity }
sensitivity-increases = increase { $symbol } by { $step }, and { $quantity } increases by { $change }
sensitivity-decreases = increase { $symbol } by { $step }, and { $quantity } decreases by { $change }
sensitivity-slope = the slope of { $quantity } along { $symbol } is { $slope }
sensitivity-loss-unavailable = the loss is not available: { $reason }
sensitivity-without-data = there is no loss without a dataset

# The quantities.
quantity-loss = the loss
quantity-output-number = output { $number }
quantity-output = the output of { $neuron }
quantity-sum = the weighted sum of { $neuron }
