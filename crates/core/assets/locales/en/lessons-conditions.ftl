# Problems of the conditions and instructions of lessons.

condition-empty = the condition is empty
condition-too-long = a condition can have at most { $limit } characters
condition-too-many-calls = a condition can have at most { $limit } calls
condition-too-deep = the parentheses are nested too deeply
condition-unknown-character = the character “{ $character }” has no meaning here
condition-unclosed-text = the text “{ $text }” has no closing quotation mark
condition-invalid-number = “{ $text }” is not a number
condition-unknown-name = there is no quantity “{ $name }”; see the list of quantities in docs/lessons.md
condition-unknown-name-suggestion = there is no quantity “{ $name }”; did you mean “{ $suggestion }”?
condition-value-missing = after “{ $before }” a value is missing
condition-value-missing-at-start = a value is missing at the beginning
condition-unexpected = after “{ $before }” an operator such as and, < or + is missing; “{ $found }” was found
condition-single-equal = after “{ $before }”, write == to compare, or near(…)
condition-chained = after “{ $before }” a second comparison follows; write both with and between them, as in 1 < loss and loss < 2
condition-argument-missing = after “{ $before }” a comma and { $argument } are missing, as in { $example }
condition-first-argument-missing = after “{ $before }” the arguments are missing, as in { $example }
condition-unclosed = after “{ $before }” a closing parenthesis is missing
condition-too-many-arguments = after “{ $before }” there is an argument too many, as in { $example }
condition-arguments-needed = { $name } needs arguments, as in { $example }
condition-wrong-argument = “{ $found }” is not { $argument }, as in { $example }
condition-address = “{ $found }” is not complete; write { $form }, as in { $example }
condition-not-a-number = “{ $found }” is not a number
condition-not-a-condition = “{ $found }” is not a condition; compare it, as in b[1,1] > 0
condition-not-comparable = “{ $found }” compares different kinds of values; compare numbers with numbers, and texts with == or { "!" }=

argument-value = the value
argument-target = the target value
argument-distance = the distance
argument-lower = the lower limit
argument-upper = the upper limit
argument-knob = a knob
argument-input = an input
argument-knob-or-input = a knob or an input
argument-differentiated = out, out[1] or loss
argument-quantity = a quantity
argument-layer = a layer
argument-neuron = a neuron
argument-metric = a loss or an accuracy
argument-wanted = a wanted output

instruction-unknown = “{ $text }” is not an instruction; write one such as b[1,1]=2, learning_rate=0.1, train 60, update 1, epoch 34, forward 6, init xavier 3, range w[1,1,1] -20 20 or document xor
instruction-unknown-place = there is nothing named “{ $place }” to set; write w[layer,neuron,input], b[layer,neuron], x[input], activation[layer], cell.current, cell.refractory, or a setting of training such as learning_rate
instruction-number = { $instruction }: “{ $found }” is not a number
instruction-form = “{ $text }” is not complete; write { $form }, as in { $example }
instruction-unknown-name = there is no “{ $name }”; use one of { $names }

answer-log-not-csv = line { $line } can’t be read as CSV
answer-log-missing-column = there is no column “{ $column }”, so this is not an answer log
answer-log-value = line { $line }: “{ $found }” does not belong into the column “{ $column }”
answer-log-too-large = an answer log can have at most { $limit } rows
