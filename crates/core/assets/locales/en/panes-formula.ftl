# The pane Formula.

formula-of = Calculation of { $neuron }
formula-export = the formula
formula-running-sum = running sum
formula-activation-later = { $activation } is applied after the sum
formula-snapshot = output { $difference }, was { $value }
formula-output = output of { $neuron }
formula-product = product of the { $weight }, in the sum
formula-bias = { $bias }, in the sum
softmax-table-more = { NUMBER($count) } more
softmax-table-total = total
softmax-table-probability = probability
