# The pane with saved inputs.

saved-inputs-empty = No saved inputs yet. Add the current inputs as a row, or paste rows from a spreadsheet.
saved-inputs-add = Add row
    .tooltip = Add the current inputs as a row.
saved-inputs-paste = Paste…
    .tooltip = Add rows from a spreadsheet or a file.
saved-inputs-clear = Clear
    .tooltip = Remove all rows.
saved-inputs-row = Saved inputs, row { $row }
    .remove = Remove row { $row } of the saved inputs
    .input = Saved inputs, row { $row }, input { $input }
paste-add = Add rows
paste-cancel = Cancel
paste-name = Rows to add
paste-hint = One row per line, { $count ->
    [one] 1 number
   *[other] { $count } numbers
 } each, separated by tabs, semicolons, commas, or spaces
