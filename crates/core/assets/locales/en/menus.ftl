# The menus.

menu-file = File
menu-edit = Edit
menu-network = Network
menu-train = Train
menu-view = View
menu-help = Help

menu-open-preset = Open preset
menu-open-recent = Open recent
menu-show-snapshot = Show snapshot
menu-no-snapshot = None
menu-snapshot-unnamed = Snapshot { $number }
menu-remove-input = Remove input
menu-step-through = Step through
menu-maximize-pane = Maximize pane
menu-theme = Theme
menu-language = Language
menu-zoom = Zoom: { $percent }%
menu-decimals = Decimals: { $decimals }
menu-knob-display = Knob display
menu-curve-display = Curve display

# Changes of the network.
menu-add-input = Add input
menu-add-neuron = Add neuron to layer { $layer }
menu-remove-neuron = Remove { $neuron }
menu-insert-layer-before = Insert layer before layer { $layer }
menu-insert-layer-after = Insert layer after layer { $layer }
menu-remove-layer = Remove layer { $layer }
menu-activation-of-layer = Activation function of layer { $layer }
menu-activation-of-neuron = Activation function of { $neuron }
menu-rename-neuron = Rename { $neuron }…

# The reasons why entries are disabled.
disabled-no-changes = There are no unsaved changes.
disabled-nothing-to-undo = There is nothing to undo.
disabled-nothing-to-redo = There is nothing to redo.
disabled-as-opened = Nothing has changed since the document was opened.
disabled-no-experiments = No experiment has been recorded yet.
disabled-no-recent-files = No file has been opened yet.
disabled-no-data-file = The data is not from a file.
disabled-window-too-small = The window is too small for a larger interface, or the interface has its maximum size.
disabled-nothing-locked = No knob is locked.
disabled-locked = The knob is locked; unlock it first.
disabled-computed-input = The input is computed from other inputs; play one of them instead.
disabled-during-training = Pause training first.
disabled-no-snapshots = There is no snapshot yet.
disabled-only-input = A network needs at least one input.
disabled-only-neuron = A layer needs at least one neuron.
disabled-only-layer = A network needs at least one layer.
disabled-softmax = Softmax needs all neurons of its layer.
disabled-not-stepping = Step forward first.
disabled-one-input = An output map needs at least two inputs.
