# Dialogs, except those for data and figures.

dialog-ok = OK
dialog-cancel = Cancel
dialog-close = Close

# Leaving a document.
unsaved-changes-title = Unsaved changes
unsaved-changes-question = Save changes to “{ $name }” before closing?
unsaved-changes-save = Save
unsaved-changes-discard = Discard

# Documents that were not saved when the program ended.
changed-file-title = The file has changed
changed-file-explanation = Another program has changed “{ $name }” since it was opened or saved here.
removed-file-title = The file is gone
removed-file-explanation = “{ $name }” has been removed or renamed since it was opened or saved here.
changed-file-save-as = Save as…
changed-file-keep = Keep mine
changed-file-overwrite = Save mine
changed-file-load = Load theirs
changed-file-compare = Compare versions
changed-file-same = Both have the same content.
changed-file-item = Item
changed-file-mine = Mine
changed-file-theirs = Theirs
changed-file-more = { NUMBER($count) ->
    [one] { NUMBER($count) } more difference
   *[other] { NUMBER($count) } more differences
}
changed-file-entries = { NUMBER($count) ->
    [one] { NUMBER($count) } entry
   *[other] { NUMBER($count) } entries
}
changed-file-network = Network
changed-file-note = Note
changed-file-ranges = Ranges
changed-file-locks = Locked knobs
changed-file-saved-inputs = Saved inputs
changed-file-snapshots = Snapshots
changed-file-experiments = Experiment log
changed-file-training = Data and training

recovery-title = Recovered document
    .without-document = neurodial stopped unexpectedly
crash-report-written = neurodial stopped because of an internal error. A report for its developers is in { $path }.
recovery-unreadable = An unsaved document can’t be read and stays where it is: { $reason }
recovered-network = neurodial closed unexpectedly. An unsaved network was recovered.
    .of-document = neurodial closed unexpectedly. Unsaved changes to “{ $name }” were recovered.
    .of-several = { NUMBER($count) } unsaved documents were recovered. This is the most recent one.
recovery-open = Open
recovery-discard = Discard
recovery-later = Ask again next time

# The buttons beside the field of a number.
stepper-decrease = { $name }: decrease by 1
stepper-increase = { $name }: increase by 1

# A new network, and the initial values of the knobs.
new-network-title = New network
new-network-inputs = Inputs
new-network-neurons = Neurons in layer { $layer }
new-network-activation = Activation function of layer { $layer }
new-network-remove-layer = Remove layer { $layer }
new-network-add-layer = Add hidden layer
new-network-create = Create
not-an-input-count = “{ $text }” is not a valid number of inputs; enter an integer from 1 to { $maximum }.
not-a-neuron-count = “{ $text }” is not a valid number of neurons; enter an integer from 1 to { $maximum }.
initialize-title = Initialize knobs
initialize-description = Set new initial values for all unlocked knobs.
initialize-apply = Initialize
initialize-weights = Weights
initialize-seed = Random seed
initialize-biases = Randomize biases too (otherwise 0)
not-a-seed = “{ $text }” is not a valid random seed; enter an integer ≥ 0.
initializer-zeros = Zeros
initializer-uniform = Uniform
initializer-normal = Normal
initializer-xavier = Xavier (Glorot)
initializer-he = He (Kaiming)

# Importing weights from a text.
import-weights-title = Import weights
import-weights-description = Paste weight matrices and bias vectors to create a network.
import-weights-formats = Accepts Python lists, NumPy or PyTorch as code or output, MATLAB, rows from a spreadsheet, or a whole program
import-weights-text = Weights and biases
import-weights-create = Create network
import-weights-transposed = { $summary } The weights had one row per input, so they were transposed.
imported-weights-note = Imported weights

# The range of a knob or an input.
range-title = Range and increment
range-minimum = Minimum
range-maximum = Maximum
range-increment = Increment
invalid-range = The minimum must be below the maximum, and the increment above 0.

# Names.
rename-title = Rename
rename-input = Name of input { $input }
rename-neuron = Name of neuron { $neuron } of layer { $layer }
rename-snapshot = Name of snapshot { $snapshot }

# About the program.
about-title = About neurodial
about-version = Version { $version }
about-program = A hands-on workbench for small neural networks: change any weight or bias and watch the diagram, the curves, and the formula follow.
about-license = Licensed under MIT or Apache-2.0, at your option. The fonts are under the SIL Open Font License.

# Keyboard shortcuts: a key or a gesture, and its effect.
shortcuts-title = Keyboard shortcuts
shortcuts-knobs = Knobs, inputs, and neurons
shortcuts-mouse = Mouse
shortcuts-everywhere = Everywhere
shortcut-tab = Tab
    .effect = Next pane or control
shortcut-up-down = Up, Down
    .effect = Previous or next knob
shortcut-shift-up-down = Shift+Up, Shift+Down
    .effect = Same input, previous or next neuron
shortcut-left-right = Left, Right
    .effect = Decrease or increase by the increment (0.1)
shortcut-shift-left-right = Shift+Left, Shift+Right
    .effect = By a tenth of the increment (0.01)
shortcut-page-down-up = Page Down, Page Up
    .effect = By ten increments (1)
shortcut-home-end = Home, End
    .effect = Minimum or maximum of the range
shortcut-digits = 0 to 9, −
    .effect = Type a value
shortcut-enter = Enter, F2
    .effect = Edit the value; select a neuron
shortcut-delete = Delete
    .effect = Restore the value from when the document was opened
shortcut-play = Space
    .effect = Play: move through the range and back; stop
shortcut-lock = L
    .effect = Lock or unlock
shortcut-axis = C
    .effect = Horizontal axis of the curves
shortcut-menu = M, Menu, Shift+F10
    .effect = Open the menu of the knob, input, or neuron
shortcut-escape = Esc
    .effect = Cancel, or show all panes again
shortcut-settings = Training settings
    .effect = Same keys; Delete restores the default
gesture-drag = Drag
    .effect = Change the value; hold Shift for fine control
gesture-dial = Drag a dial
    .effect = Drag its ring around, or its middle up and down
gesture-double-click = Double-click
    .effect = Restore the value from when the document was opened
gesture-number = Click a number
    .effect = Type a value
gesture-right-click = Right-click, or long press
    .effect = Open the menu of a knob, input, or neuron
gesture-wheel = Scroll wheel
    .effect = Change the focused value; zoom the curves
outside-data-title = Data from another folder
outside-data-question = This document asks for data that is not in its own folder:
outside-data-hint = If you don’t know why, leave it unread: figures and files made from the document would contain this data. Your answer is remembered if you read it.
outside-data-read = Read the data
outside-data-leave = Leave it unread
