# The description of the network: `describe`, the pane Description and the alt text of figures.

description-network = A dense neural network with { $inputs ->
    [one] 1 input
   *[other] { $inputs } inputs
 }.
description-layer = Layer { $layer } has { $neurons ->
    [one] 1 neuron
   *[other] { $neurons } neurons
 } ({ $activation }).
sentence-separator = {" "}

# Inputs and outputs.
description-value = { $value } for { $name }
description-more = { NUMBER($count) } more
description-inputs = The { $count ->
    [one] input is
   *[other] inputs are
 } { $values }.
description-inputs-rounded = The { $count ->
    [one] input, rounded to
   *[other] inputs, rounded to
 } { $decimals ->
    [0] whole numbers,
    [one] 1 decimal,
   *[other] { $decimals } decimals,
 } { $count ->
    [one] is
   *[other] are
 } { $values }.
description-outputs = The { $count ->
    [one] output is
   *[other] outputs are
 } { $values }.
description-outputs-rounded = The { $count ->
    [one] output, rounded to
   *[other] outputs, rounded to
 } { $decimals ->
    [0] whole numbers,
    [one] 1 decimal,
   *[other] { $decimals } decimals,
 } { $count ->
    [one] is
   *[other] are
 } { $values }.
description-largest-outputs = The largest of the { NUMBER($count) } outputs are { $values }; there are { NUMBER($others) } more.
description-largest-outputs-rounded = The largest of the { NUMBER($count) } outputs, rounded to { $decimals ->
    [0] whole numbers,
    [one] 1 decimal,
   *[other] { $decimals } decimals,
 } are { $values }; there are { NUMBER($others) } more.

# Numbers that are rounded.
number-about = about { $number }
number-less-than = less than { $number }
number-between = between { $low } and { $high }
number-just-above-zero = just above 0
number-just-below-zero = just below 0

# Probabilities of a softmax layer.
description-softmax-single = A softmax over a single neuron is always 1.
description-most-probable = { $class } is the most probable ({ $probability }), followed by { $second } ({ $second-probability }).
description-most-probable-close = { $class } is the most probable ({ $probability }), closely followed by { $second }.
description-most-probable-equal-seconds = { $class } is the most probable ({ $probability }), followed by { $seconds } ({ $second-probability } each).
description-most-probable-many-seconds = { $class } is the most probable ({ $probability }), followed by { NUMBER($count) } other classes ({ $second-probability } each).
description-equally-probable = The most probable are { $classes } ({ $probability } each).
description-equally-probable-many = The most probable are { NUMBER($count) } classes ({ $probability } each).

# The state of the selected neuron, with its weighted sum written out.
description-not-finite = { $neuron } can’t be computed: its weighted sum is not a finite number.
description-linear = { $neuron } outputs its weighted sum: { $sum }.
description-passes = { $neuron } is on: { $sum }, which is its output.
description-on = { $neuron } is on: { $sum }, so its output is { $output }.
description-off = { $neuron } is off: { $sum }, so its output is { $output }.
description-leaking = { $neuron } is off, with a small leak: { $sum }, so its output is { $output }.
description-almost-off = { $neuron } is almost off: { $sum }, so its output is { $output }.
description-at-zero = { $neuron } is at 0: { $sum }, so its output is { $output }.
description-saturated = { $neuron } is saturated near { $limit }: { $sum }, so its output is { $output }.
description-transition = { $neuron } is in its transition region: { $sum }, so its output is { $output }.
description-above-half = { $neuron } is above 0.5: { $sum }, so its output is { $output }.
description-below-half = { $neuron } is below 0.5: { $sum }, so its output is { $output }.
description-at-half = { $neuron } is at 0.5: { $sum }, so its output is { $output }.
description-positive = { $neuron } is positive: { $sum }, so its output is { $output }.
description-negative = { $neuron } is negative: { $sum }, so its output is { $output }.
description-slightly-above-sum = { $neuron } outputs a little more than its weighted sum: { $sum }, so its output is { $output }.
description-mostly-open = { $neuron } lets more than half of its weighted sum through: { $sum }, so its output is { $output }.
description-mostly-closed = { $neuron } lets less than half of its weighted sum through: { $sum }, so its output is { $output }.
description-periodic = { $neuron } oscillates with its weighted sum: { $sum }, so its output is { $output }.
description-softmax = { $neuron } is part of a softmax layer: { $sum }, so its probability is { $output }.

# The weighted sum.
sum-near-zero = { $terms }, unrounded, is { $sum }
sum-of-many = the products { $products }, { NUMBER($count) } more, and the bias { $bias } add up to { $sum }

# Contributions.
contribution-only = Its only input, { $input }, contributes { $amount }.
contribution-none = No input contributes: every product is 0.
contribution-positive = Largest positive contribution: { $input }, { $amount }.
contribution-positive-equal = Largest positive contributions: { $inputs }, { $amount } each.
contribution-positive-many = Largest positive contributions: { NUMBER($count) } inputs, { $amount } each.
contribution-no-positive = No input contributes positively.
contribution-negative = Largest negative contribution: { $input }, { $amount }.
contribution-negative-equal = Largest negative contributions: { $inputs }, { $amount } each.
contribution-negative-many = Largest negative contributions: { NUMBER($count) } inputs, { $amount } each.
contribution-no-negative = No input contributes negatively.

# What would take the neuron across its threshold. The condition is the next part, or a list of two with “or if”.
threshold-bias = its bias { $bias }
threshold-fell = { $quantity } fell below { $value }
threshold-rose = { $quantity } rose above { $value }
threshold-either = { $first }, or if { $second }
threshold-turns-on = It would turn on if { $condition }.
threshold-turns-off = It would turn off if { $condition }.
threshold-above-half = It would rise above 0.5 if { $condition }.
threshold-below-half = It would drop below 0.5 if { $condition }.
threshold-becomes-positive = It would become positive if { $condition }.
threshold-becomes-negative = It would become negative if { $condition }.
threshold-exact-on = Its weighted sum is exactly 0: it would turn on if its bias rose at all.
threshold-exact-half = Its weighted sum is exactly 0: it would rise above 0.5 if its bias rose at all.
threshold-exact-positive = Its weighted sum is exactly 0: it would become positive if its bias rose at all.
