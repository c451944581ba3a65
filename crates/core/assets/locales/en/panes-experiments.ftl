# The panes Experiments and Compare.

experiments-empty = Nothing recorded yet. Change something and press R to record the state; click a row to restore it.
experiments-record = Record
    .tooltip = Record the current state as a row (R).
experiments-copy = Copy ⏷
copy-as-csv = Copy as CSV
copy-as-markdown = Copy as Markdown
experiments-table = Table
experiments-plot = Plot
    .name = { $y } vs { $x }, { $count ->
    [one] 1 point
   *[other] { $count } points
 }
experiments-over = vs
plotted-column = Vertical axis
axis-column = Horizontal axis
experiments-row = Row
    .name = Row { $number }
    .remove = Remove row { $number }
    .note = Note of row { $number }
experiments-snapshot = Snapshot “{ $name }”
    .remove = Remove snapshot “{ $name }”
    .note = Name of snapshot “{ $name }”
experiments-note = Note
    .more-columns = Note · { NUMBER($count) } more

# Compare.
compare-no-snapshot = No snapshot.
compare-hint = No snapshot yet. Take one to compare later changes with it.
compare-take-snapshot = Take a snapshot
compare-show = Show { $snapshot }
compare-heading = { $snapshot } and current state
compare-snapshot = Snapshot
compare-current = Current
compare-change = Change
compare-same = same
compare-output = Output { $number }
    .with-name = Output { $number }, { $name }
compare-row = { $name }: { $before } in the snapshot, { $current } now, change { $change }
    .same = { $name }: { $value } in the snapshot and now
compare-no-difference = All knobs match { $snapshot }. Turn one to see its effect.
compare-one-difference = 1 knob differs from { $snapshot }, so every change is its effect.
compare-all-differ = All knobs differ from { $snapshot }.
compare-differences = { NUMBER($count) } knobs differ from { $snapshot }. Change one knob at a time to see its effect.
