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

# How a table is read.
unknown-encoding = “{ $text }” is not an encoding; write utf-8, utf-16le, windows-1252, gb18030, or shift_jis
unknown-separator = “{ $text }” is not a separator; write a character such as , or ; or tab or spaces
unknown-decimal-sign = “{ $text }” is not a decimal sign; write . or ,
unknown-thousands-separator = “{ $text }” is not a thousands separator; write a character such as , or . or space
unknown-date-order = “{ $text }” is not an order of dates; write dmy, mdy, ymd, or no
unknown-header-choice = “{ $text }” is not a header; write yes, no, or the number of its line
unknown-comment-character = “{ $text }” is not a single character
same-signs = { $character } can’t be both the decimal sign and the thousands separator
not-a-table-picture = this is a picture, not a table
not-a-table-pdf = this is a PDF document, not a table; export the table as CSV
not-a-table-archive = this is an archive, not a table; unpack it first
not-a-table-old-workbook = this is a workbook of an old Excel version (.xls) or another Office file; save it as .xlsx or .csv
not-a-table-numpy = this is a NumPy array, not a table; write it with numpy.savetxt
not-a-table-hdf5 = this is an HDF5 file, not a table; export the table as CSV
not-a-table-parquet = this is a Parquet file; export the table as CSV
not-a-table-database = this is an SQLite database; export a table of it as CSV
not-a-table-markup = this is a web page or another XML file, not a table; export the table as CSV
not-a-table-json = this is a JSON file, not a table; export the table as CSV
not-a-table-arff = this is an ARFF file of Weka, not a table; save it as CSV
not-a-table-sparse = this has rows of number:value pairs, as LIBSVM writes them; write every column, with zeros, as CSV
not-a-table-binary = this is neither text nor a spreadsheet
invalid-bytes = line { $line } is not valid in the encoding { $encoding }; choose another encoding (option --encoding)
no-row-of-numbers = there is no row of numbers
reading-canceled = reading was canceled
unclosed-quote = the quote that opens on line { $line } is not closed
no-header-on-line = there is no row on line { $line } that could be the header
spreadsheet-unreadable = the spreadsheet can’t be read ({ $reason })
spreadsheet-too-large = the spreadsheet is too large; save the table as CSV
unknown-sheet = there is no sheet “{ $name }”; the sheets are { $sheets }
ambiguous-thousands = line { $line }, column “{ $column }”: “{ $cell }” can have thousands or decimals, and no other number decides; choose the decimal sign or the thousands separator (options --decimal and --thousands)
ambiguous-date-order = line { $line }, column “{ $column }”: the order of day and month in “{ $cell }” is unknown, and no other date decides; choose it (option --dates)
ambiguous-fraction = line { $line }, column “{ $column }”: “{ $cell }” can be a fraction or a date, and no other cell decides; choose the order of dates, or no for fractions (option --dates)
wrong-date-in-column = line { $line }, column “{ $column }”: “{ $cell }” is not a date
some-inputs-without-column = there is no column for { $missing }, although there is one for { $found }; rename the columns, or choose them with --columns
columns-do-not-fit-network = { $count ->
    [one] there is 1 column ({ $names }), but the network needs { NUMBER($expected) }
   *[other] there are { $count } columns ({ $names }), but the network needs { NUMBER($expected) }
 }
row-and-others = { $count ->
    [one] { $row } (and 1 more such row)
   *[other] { $row } (and { $count } more such rows)
 }
note-numbers-as-header = the numbers on line { $line } are taken as the header; choose no header if they are data (option --header)
note-titles = lines above the header are left out: { $lines }
note-comments = { $count ->
    [one] 1 line that begins with { $prefix } is left out as a comment (option --comment)
   *[other] { $count } lines that begin with { $prefix } are left out as comments (option --comment)
 }
note-units = line { $line } is left out, because it has the units of the columns
note-similar-classes = column “{ $column }” has classes that differ only in letter case: { $classes }; they stay apart unless they are merged (option --merge-classes)
note-columns-left-out = columns that are not used: { $names }
note-columns-by-position = no column has the name of an input, so the columns are used in their order: { $names }
note-dates-as-days = dates are read as days since 1970: { $names }
note-single-class = the target has the single class “{ $name }”, so there is nothing to tell apart

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
