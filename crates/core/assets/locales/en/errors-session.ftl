# Actions that are rejected.

action-locked = The { $target } is locked; unlock it first
action-computed-input = The { $input } is computed from { $source }; change that instead
action-computed-input-several = The { $input } is computed from { $sources }; change those instead
action-another-knob-differs = The { $knob } differs from the snapshot; with one knob at a time, restore it before you change another
action-changes-all-knobs = Only one knob at a time may differ from the snapshot; allow several before you change them all
action-no-adjustable = This network has no { $address }
action-no-neuron = This network has no neuron { $neuron } in layer { $layer }
action-no-product = Neuron { $neuron } in layer { $layer } has no product { $product }
action-no-saved-input = The saved inputs have no input { $input } in row { $row }
action-no-snapshot = There is no snapshot { $number }
action-no-experiment-row = The experiment log has no row { $number }
action-invalid-value = { $value } is not a finite number
action-invalid-range = { $min } to { $max } is not a valid range; use finite numbers, a minimum below the maximum, and an increment above 0
action-invalid-axes = These axes are not valid; use finite ends in ascending order
action-invalid-saved-input = Row { $row } has a value that is not a finite number
action-saved-inputs-full = { NUMBER($rows) } rows are too many; the saved inputs hold { NUMBER($limit) }
action-saved-input-numbers-full = { NUMBER($rows) } rows of { NUMBER($inputs) } inputs are too many; the saved inputs hold { NUMBER($limit) } numbers
action-snapshots-full = There are already { NUMBER($limit) } snapshots; remove one first
action-experiment-rows-full = There are already { NUMBER($limit) } rows; remove some first
action-saved-numbers-full = The snapshots and the experiment log of a document hold up to { NUMBER($limit) } numbers; remove some first
action-snapshot-needed = Take a snapshot first, to compare with it
action-different-network = This state belongs to another network
action-same-number = { $address } is the horizontal axis of the curves; vary another number
action-data-too-large = This data is too large for a network
action-not-custom-points = These points can’t be edited; edit a copy of them in { pane-data }
action-knob-count = { NUMBER($values) } values do not fit the { NUMBER($knobs) } knobs; give one for each
action-knob-not-finite = The { $knob } would not be a finite number
action-no-data = There is no dataset; choose one in { pane-training }
action-same-axis = Choose two different numbers for the two axes
action-nothing-to-undo = There is nothing to undo
action-nothing-to-redo = There is nothing to redo


# Settings of training.
not-a-batch-size = “{ $text }” is not a batch size; enter an integer or “all”
test-fraction-out-of-range = { $value } is not a valid test set fraction; use a number from 0 to below 1
several-targets = the data has several targets; classes need exactly one
no-custom-points = there are no points yet; click in { pane-data } to add one
data-not-read = { $file } has not been read

# Pasted rows.
rows-empty = There are no rows of numbers in this text
rows-ragged = Row { $row } has { $found ->
    [one] 1 number
   *[other] { $found } numbers
 }; this network has { $expected ->
    [one] 1 input
   *[other] { $expected } inputs
 }
rows-not-a-number = Row { $row }: “{ $cell }” is not a number
rows-too-many = There are too many rows; the saved inputs hold { NUMBER($limit) }

# Keys of a newer program, when a document is opened.
ignored-keys = This document has content that this version of neurodial does not know and keeps unchanged: { $names }
ignored-keys-more = { NUMBER($count) } more

snapshot-number = Snapshot { $number }
