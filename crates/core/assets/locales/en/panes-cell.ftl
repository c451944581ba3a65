# The pane Nerve cell.

cell-current = Current
    .tooltip = The current into the cell, in nA. Above 1.5 nA the cell fires.
    .out-of-range = the current must be from 0 to { $max } nA; it was { $value }
cell-refractory = Refractory period
    .tooltip = The time after each impulse in which the cell can’t fire, in ms.
    .out-of-range = the refractory period must be from 0 to { $max } ms; it was { $value }
cell-phase-charging = charging
cell-phase-impulse = impulse
cell-phase-refractory = refractory period
cell-play = Play
    .name = Play the nerve cell
    .tooltip = Let the 100 ms pass slowly and watch where the cell lights up.
cell-pause = Pause
    .name = Pause the nerve cell
cell-time = Time
    .name = Time of the nerve cell
    .tooltip = The moment at which the drawing shows the cell, in ms.
cell-settings = Current { $current } nA, refractory period { $refractory } ms
cell-rate = Firing rate { $rate } impulses a second
cell-impulses = { $count ->
    [one] 1 impulse in the first 100 ms
   *[other] { $count } impulses in the first 100 ms
 }
cell-moment = { $time } ms: { $potential } mV, { $phase }
cell-threshold = threshold { $potential } mV
cell-time-axis = time in ms
cell-potential-axis = membrane potential in mV
cell-trace = Membrane potential
cell-neuron = Nerve cell
cell-artificial = Artificial neuron: step(1 · x − 1.5)
cell-artificial-name = Artificial neuron
    .value = input { $input }, output { $output }
cell-input-axis = input x
cell-output-axis = output
cell-computed = Computed: the membrane potential below the threshold, the times of the impulses, the firing rate. Drawn: the shape of an impulse and its way along the axon. Left out: the relative refractory period.
cell-description = A nerve cell with a current of { $current } nA and a refractory period of { $refractory } ms fires { $rate } impulses a second, all of the same height.
cell-description-silent = A nerve cell with a current of { $current } nA stays below its threshold and never fires.
