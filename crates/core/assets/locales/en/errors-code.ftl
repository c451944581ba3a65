# Numbers that are edited in the code.

code-error-text = line { $line }: only numbers can be edited, but { $found } was found instead of { $expected }
code-error-rest = line { $line }: only numbers can be edited, but “{ $found }” was added
code-error-not-a-number = line { $line }: “{ $text }” is not a number
code-error-too-large = line { $line }: “{ $text }” is too large
end-of-line = the end of the line
end-of-text = the end of the text

# Pasted matrices.
matrix-problem = line { $line }, column { $column }: { $problem }
matrix-not-understood = “{ $text }” is not expected here
matrix-line-end = a number is missing at the end of this line
matrix-text-end = a number is missing at the end of the text
matrix-not-a-number = “{ $text }” is not a number
matrix-ellipsis = the “…” stands for numbers that were left out; paste the matrix with all its numbers
matrix-open-quote = this quotation mark is not closed
matrix-open-bracket = this bracket is not closed
matrix-open-bracket-before = a bracket before this is not closed
matrix-too-deep = these brackets are nested too deeply; a matrix has rows and columns
matrix-three-dimensions = these numbers have three dimensions; a matrix has rows and columns
matrix-not-finite = this is not a finite number
matrix-too-many-numbers = there are more than { NUMBER($limit) } numbers
matrix-empty-row = a row of this matrix is empty
matrix-mixed = this bracket mixes numbers and rows
matrix-row-length = this row has { $found ->
    [one] 1 number
   *[other] { $found } numbers
 }, but the row before it has { NUMBER($expected) }
matrix-row-length-first = row { $row } has { $found ->
    [one] 1 number
   *[other] { $found } numbers
 }, but the first row of this matrix has { NUMBER($expected) }

# Networks from pasted matrices.
pasted-no-matrix = there is no matrix in this text; write one such as W1 = [[0.2, 0.8], [0.5, −0.9]]
pasted-problem = line { $line }: { $problem }
pasted-this-matrix = this matrix
pasted-several-inputs = { $matrix } holds several rows of inputs; paste one row, or the weights
pasted-second-bias = { $matrix } is a second bias of the same layer
pasted-bias-alone = { $matrix } is a bias, but there are no weights for it
pasted-size = the size of { $matrix } is { $rows } × { $columns }, which does not fit the other matrices
pasted-size-after-layer = the size of { $matrix } is { $rows } × { $columns }, which does not fit the layer before with { $neurons ->
    [one] 1 neuron
   *[other] { $neurons } neurons
 }
pasted-size-after-inputs = the size of { $matrix } is { $rows } × { $columns }, which does not fit { $inputs ->
    [one] 1 input
   *[other] the { $inputs } inputs
 }
pasted-size-with-bias = the size of { $matrix } is { $rows } × { $columns }, which does not fit its { $biases ->
    [one] 1 bias
   *[other] { $biases } biases
 }
pasted-size-with-bias-after-layer = the size of { $matrix } is { $rows } × { $columns }, which does not fit both its { $biases ->
    [one] 1 bias
   *[other] { $biases } biases
 } and the layer before with { $neurons ->
    [one] 1 neuron
   *[other] { $neurons } neurons
 }
pasted-size-with-bias-after-inputs = the size of { $matrix } is { $rows } × { $columns }, which does not fit both its { $biases ->
    [one] 1 bias
   *[other] { $biases } biases
 } and { $inputs ->
    [one] 1 input
   *[other] the { $inputs } inputs
 }
