# The commands, as they are written in menus and in the list of keyboard shortcuts.

command-new = New network…
command-open = Open…
command-import-weights = Import weights…
command-import-data = Import data (CSV)…
command-choose-columns = Choose data columns…
command-save = Save
command-save-as = Save as…
command-export-figure = Export figure…
command-copy-figure = Copy figure
command-copy-link = Copy link
command-export-experiments = Export experiment log…
command-quit = Quit

command-undo = Undo
    .action = Undo { $action }
command-redo = Redo
    .action = Redo { $action }
command-revert = Revert to opened state
command-randomize = Randomize unlocked knobs
    .done = The unlocked knobs have new initial values: Xavier initialization, random seed { $seed }, biases 0.
command-initialize = Initialize knobs…
command-rename-neuron = Rename selected neuron…
command-unlock-all = Unlock all knobs
command-save-inputs = Save current inputs as a row
command-record = Record current state
    .done = The current state was recorded as row { $row } of the experiment log.
command-take-snapshot = Take snapshot

command-next-product = Step to next product
command-next-step-neuron = Step to next neuron
command-next-layer = Step to next layer
command-step-back = Step back
command-auto-step = Step automatically
    .stop = Stop automatic steps
command-start-backward-pass = Step through backward pass
command-stop-stepping = Exit step-through

command-start-or-pause = Start or pause training
command-go-to-epoch = Go to epoch
command-switch-branch = Switch to branch

command-next-knob-layout = Switch between sliders, dials, and heat map
command-knob-profiles = Colors, marks, and arrows on knobs
    .tooltip = Color each slider by the value that the output or the loss would have there, mark the threshold, and show the effect of an increase as an arrow.
command-next-sensitivity-target = Switch quantity shown by colors and arrows
command-neuron-maps = Output maps in neurons
command-curve-quantity = Switch between output and weighted sum
command-curve-scope = Switch between neuron, layer, and all outputs
command-zoom-curves-in = Zoom in on curves
command-zoom-curves-out = Zoom out of curves
command-pan-left = Pan curves left
command-pan-right = Pan curves right
command-pan-up = Pan curves up
command-pan-down = Pan curves down
command-next-neuron = Select next neuron
command-previous-neuron = Select previous neuron

command-maximize-pane = Maximize { $pane }
command-reset-layout = Reset layout
command-layout = Layout: { $layout }
command-keep-layout = Open the document in this layout
    .tooltip = Save the name of this layout in the document, so that it opens in it.
command-presentation = Presentation mode
command-dark-mode = Dark mode
    .light = Light mode
command-high-contrast = High contrast
command-reduced-motion = Reduced motion
command-zoom-in = Zoom in
command-zoom-out = Zoom out
command-actual-size = Actual size
command-more-decimals = More decimals
command-fewer-decimals = Fewer decimals
command-shortcuts = Keyboard shortcuts
command-about = About neurodial
