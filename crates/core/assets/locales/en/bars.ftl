# The bars around the panes, and the headers of the panes.

# The top bar.
bar-undo = ↶ Undo
bar-redo = ↷ Redo
bar-revert = ⟲ Revert
bar-snapshot = Snapshot
bar-unsaved = There are unsaved changes.
bar-tooltip = { $command } ({ $shortcut })

# The bar of presentation mode.
presentation-panes = Panes
presentation-leave = Exit (Esc)
    .tooltip = Leave presentation mode and show everything as before.

# The header of a pane.
header-close = Close { $pane }
header-show-all = Show all panes

# The bar of the snapshot that is shown.
snapshot-bar-menu = Snapshots
    .tooltip = Show another snapshot, rename this one, or remove it.
snapshot-bar-hide = Hide snapshot “{ $name }” and keep it
snapshot-bar-compare = Show snapshot “{ $name }” and the current state side by side.
snapshot-bar-swap = Swap
    .name = Swap the current state with snapshot “{ $name }”
snapshot-bar-restore = Restore
    .name = Restore snapshot “{ $name }”
snapshot-bar-one-knob = Change one knob at a time
    .tooltip = While one knob differs from the snapshot, no other knob can be changed.
snapshot-bar-rename = Rename…
snapshot-bar-remove = Remove

# The status line.
status-network = { $inputs ->
    [one] 1 input
   *[other] { $inputs } inputs
 } · { $layers ->
    [one] 1 layer
   *[other] { $layers } layers
 } · { $knobs ->
    [one] 1 knob
   *[other] { $knobs } knobs
 }
status-no-dataset = No dataset
status-mismatch = The dataset does not match the network
status-loss = Loss { $loss }
    .with-accuracy = Loss { $loss } · Accuracy { $accuracy }%
    .tooltip = Loss function: { $function }; dataset: { $dataset }
status-best-loss = Your best loss: { $loss }
    .name = Restore the knobs of your best loss

# The element under the pointer, and the effect of dragging it.
status-help = Drag a slider, a connection, a bias ring, or a number. Click a neuron to select it. Press F1 for keyboard shortcuts.
status-plot-area = Drag to pan, scroll to zoom, double-click to fit
status-point-area = Click to add a point
status-point = Point { $number }: drag to move it, right-click or press Delete to delete it
status-loss-curve = Drag to move through the epochs; training continues from the current one as a new branch
status-branch = Branch up to epoch { $epoch } (loss { $loss }): click to switch to it
    .with-changes = Branch up to epoch { $epoch } (loss { $loss }; changed: { $changes }): click to switch to it
status-map-point = Drag to change { $horizontal } and { $vertical } together; arrow keys change them one at a time
status-play = Click to move the { $knob } through its range and back, or to stop it
status-lock = Click to lock or unlock the { $knob }
status-number = Value of { $name }: drag to change it, click to type it
status-value = { $name } = { $value } (range { $min } to { $max })
    .locked = { $name } = { $value } (range { $min } to { $max }), locked
    .computed = { $name } = { $value } (range { $min } to { $max }), computed from other inputs
status-neuron = Click to select { $neuron }
    .dead = Click to select { $neuron } (dead ReLU: its output is 0 for every sample, so it learns nothing)
drag-two = Drag to change { $horizontal } and { $vertical } together
drag-computed = { $symbol } is computed from other inputs
drag-locked = { $symbol } is locked
drag-track = Drag left or right to change { $symbol }
drag-vertical = Drag up or down to change { $symbol }
drag-dial = Drag around, or up or down, to change { $symbol }
drag-curve = Drag the curve to change { $symbol }
drag-or-type = { $drag }; click to type a value
