# The pane Loss landscape.

landscape-over-one = Loss vs { $symbol }
landscape-over-two = Loss vs { $horizontal } and { $vertical }
landscape-no-data = There is no loss without a dataset. Choose one.
landscape-horizontal = Horizontal axis of the loss landscape
landscape-vertical = Vertical axis of the loss landscape
landscape-log = Log scale
    .tooltip = Use a logarithmic axis for the loss.
    .name = Log scale of the loss landscape
landscape-no-second-knob = none
landscape-other-knobs = Select another neuron to list its knobs
landscape-loss = loss
    .log = loss (log scale)
landscape-loss-of-some = loss ({ NUMBER($samples) } of { NUMBER($all) } samples)
landscape-almost-zero = almost 0
landscape-lowest = lowest { $loss }
landscape-lowest-at = lowest { $loss } at { $value }
landscape-point = current point of the loss landscape
    .value = { $horizontal } = { $x }, { $vertical } = { $y }; loss { $loss }
    .value-with-lowest = { $horizontal } = { $x }, { $vertical } = { $y }; loss { $loss }; lowest loss { $lowest } at { $lowest-x }, { $lowest-y }
landscape-knob = { $knob } on the loss landscape
    .value = { $value }, loss { $loss }
    .lowest = lowest loss { $loss } at { $value }
