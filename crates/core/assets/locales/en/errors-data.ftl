# Why data is rejected.

unknown-computed-feature = “{ $name }” is not a valid computed feature; write x1^2, x1*x2 or sin(x1), with inputs counted from 1

too-many-points = { NUMBER($count) } points are too many; there can be up to { NUMBER($max) }
wrong-input-count-of-points = custom points have 1 or 2 inputs, not { NUMBER($count) }
classes-need-two-inputs = custom points with classes need 2 inputs
invalid-classes-of-points = custom points have 1 to { $max } classes with different names
invalid-point = point { $number } needs a finite number for each input, and a valid target
not-editable-as-points = only a dataset with 1 or 2 inputs, one target and up to { NUMBER($max) } samples can be edited as custom points
unknown-point = there is no point { $number }

wrong-sample-count = a dataset has 1 to { NUMBER($max) } samples, not { NUMBER($count) }
too-many-numbers = the dataset has more than { NUMBER($max) } numbers; use fewer rows or columns
lengths-of-columns-differ = the inputs and targets don’t have the same number of samples
column-not-finite = “{ $name }” contains a number that is not finite
too-many-classes = the target has { NUMBER($count) } classes; there can be up to { NUMBER($max) }
empty-test-or-training-set = { $samples ->
    [one] a test set fraction of { $fraction } of 1 sample leaves the training set or the test set empty
   *[other] a test set fraction of { $fraction } of { $samples } samples leaves the training set or the test set empty
 }
feature-without-input = { $inputs ->
    [one] the computed feature { $feature } needs more inputs than the 1 that the dataset has
   *[other] the computed feature { $feature } needs more inputs than the { $inputs } that the dataset has
 }
# The place in a condition that a person types is that of a character.
expression-empty = write a condition such as x2 > sin(x1)
expression-too-long = the condition is too long; it can have up to { NUMBER($max) } characters, with a few levels of parentheses
expression-unknown-character = “{ $character }” at character { $place } has no meaning; write numbers, x1, x2, + - * / ^, parentheses, and > >= < <=
expression-unknown-name = “{ $name }” at character { $place } is unknown; write x1, x2, pi, e, sin, cos, tan, exp, log, sqrt, abs, tanh, min, max, and, or, not
expression-invalid-number = “{ $text }” at character { $place } is not a number
expression-value-missing = a value is missing before “{ $found }” at character { $place }
expression-value-missing-at-end = a value is missing at the end
expression-unexpected = “{ $found }” at character { $place } doesn’t belong there
expression-unclosed = the parenthesis at character { $place } is not closed
expression-function-without-parentheses = write parentheses after “{ $function }” at character { $place }, as in { $function }(x1)
expression-wrong-argument-count = { $count ->
    [one] “{ $function }” at character { $place } needs 1 value
   *[other] “{ $function }” at character { $place } needs { $count } values, separated by commas
 }
expression-not-a-condition = a condition needs a comparison, such as > 0, but there is a number at character { $place }
expression-not-a-number = a number is needed at character { $place }, but there is a comparison
condition-undefined = “{ $condition }” is undefined for almost every point from −5 to 5, as the root of a negative number is
condition-always-true = “{ $condition }” is true for every point from −5 to 5, so there is only one class
condition-never-true = “{ $condition }” is true for no point from −5 to 5, so there is only one class

wrong-generated-sample-count = 2 to { NUMBER($max) } samples can be generated, not { NUMBER($count) }
wrong-noise = the noise is a number from 0 to { $max }, not { $noise }
too-large-to-standardize = the numbers of “{ $name }” are too large to be standardized

# Text files with numbers. The name of the file stands before these.
no-row-of-numbers = there is no row of numbers
row-does-not-fit-network = { $found ->
    [one] line { $line } has 1 column, but the network needs { NUMBER($expected) }
   *[other] line { $line } has { $found } columns, but the network needs { NUMBER($expected) }
 }
no-number-in-cell = line { $line }, column { $column }: there is no number
wrong-number-in-cell = line { $line }, column { $column }: { $reason }

unnamed-column = column { $number }
row-is-ragged = { $found ->
    [one] line { $line } has 1 column, but the first row has { NUMBER($expected) }
   *[other] line { $line } has { $found } columns, but the first row has { NUMBER($expected) }
 }
no-number-in-column = line { $line }, column “{ $column }”: there is no number
no-target-in-column = line { $line }, column “{ $column }”: there is no target
wrong-number-in-column = line { $line }, column “{ $column }”: { $reason }
table-is-empty = a dataset needs at least two columns (an input and a target) and a row below the header
no-usable-row = no row can be used: { $reason }
too-many-columns = there are { NUMBER($count) } columns; there can be up to { NUMBER($max) }
unknown-column = there is no column “{ $name }”; the columns are { $names }
unknown-column-of-many = there is no column “{ $name }”; the first columns are { $names }
ambiguous-column = there are several columns “{ $name }”; choose one by its number, such as { $number }
target-among-inputs = column “{ $name }” is the target, so it can’t be an input too
input-without-numbers = column “{ $name }” contains no numbers; choose other columns as inputs, or use it as the target
