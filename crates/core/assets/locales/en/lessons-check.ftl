# Problems of lessons, which the check lists for teachers.

lesson-problem-at-line = { $file }, line { $line }: { $problem }
lesson-problem-in-file = { $file }: { $problem }
lesson-problem-of-key = { $key }: { $problem }
lesson-problem-warning = warning: { $problem }

lesson-too-large = the text is larger than { $limit } KB; shorten it, or divide the lesson
lesson-no-title = there is no title; begin the file with a heading such as # Where it turns on
lesson-second-title = there is a second title; a step begins with ## and a part of it with ###
lesson-no-head = there is no toml block under the title
lesson-unclosed-block = this { $language } block does not end; close it with ``` on a line of its own
lesson-not-toml = this is not TOML: { $reason }
lesson-unknown-key = there is no setting “{ $key }” here; there are { $known }
lesson-unknown-key-suggestion = there is no setting “{ $key }” here; did you mean “{ $suggestion }”?
lesson-missing-key = “{ $key }” is missing; write { $key } = { $example }
lesson-wrong-value = “{ $key }” has to be written as in { $key } = { $example }
lesson-unknown-part = there is no part “{ $part }”; the parts of a step are Ask, Do, Hint and After
lesson-deep-heading = the heading “{ $text }” is too deep; a step begins with ## and a part of it with ###
lesson-part-before-step = the part “{ $part }” stands before the first step; write a heading such as ## More bias { "{" }#more-bias{ "}" } above it
lesson-no-steps = there are no steps; a step begins with a heading such as ## More bias { "{" }#more-bias{ "}" }
lesson-too-many-steps = there are { $count } steps, and a lesson can have at most { $limit }; divide it
lesson-too-many-choices = there are { $count } choices, and a question can have at most { $limit }
lesson-too-many-hints = there are { $count } hints, and a step can have at most { $limit }
lesson-step-without-id = step “{ $title }” has no id; write ## { $title } { "{" }#{ $proposal }{ "}" }
lesson-duplicate-id = the id “{ $id }” is already that of the step in line { $line }; choose another one
lesson-invalid-id = “{ $id }” is not an id; write lower-case letters, digits and hyphens, as in more-bias
lesson-second-task = this step has a second Do; begin a new step with ##
lesson-misplaced-block = a { $language } block has no meaning here; remove it
lesson-no-question = this question has nothing to answer; add choices such as - [x] left, or a toml block with number or sketch, or a blank such as [[1.21]]
lesson-several-kinds = this question asks for several kinds of answers; write an Ask for each of them
lesson-no-right-choice = no choice is marked as right; put an x in its box: - [x]
lesson-single-choice = there is only one choice; add another one: - [ ]
lesson-mixed-list = this choice has no box; write - [ ] or - [x] before it
lesson-no-blanks = there are no blanks in the text; write one such as [[1.21]] or [[= z[1,2]]]
lesson-reply-without-number = “{ $text }” doesn’t begin with a number; write a reply such as - −2: That would be right for weight 1.
lesson-partly-sentences = { $conditions ->
    [one] there is 1 condition
   *[other] there are { $conditions } conditions
 } but { $sentences ->
    [one] 1 sentence
   *[other] { $sentences } sentences
 }; write a list with one sentence for each
lesson-unclosed-brace = a “{ $brace }” is not closed on the same line; for the character itself write \{ $brace }
lesson-inserted-expression = { $text }: { $problem }
lesson-no-alt-text = the picture { $path } has no words for those who don’t see it; write them between the brackets: { "!" }[The curve jumps at −2]({ $path })
lesson-outside-folder = { $path } is outside of the lesson’s folder; put the file into that folder and write its name alone
lesson-missing-file = there is no file { $path } in the lesson’s folder
lesson-missing-document = there is neither a preset “{ $name }” nor a file { $name }.json in the lesson’s folder
lesson-unknown-preset = there is no preset “{ $name }”; the presets are { $names }
lesson-document-with-data-file = { $name } takes its data from a file; a lesson needs a document with generated, bundled or custom points
lesson-no-json-block = there is no json block under the head; add the document there, or write start = { "{" } preset = { "\"" }neuron{ "\"" } { "}" }
lesson-unused-json-block = this json block is not used; write start = { "{" } here = true { "}" }
lesson-unknown-pane = there is no pane “{ $pane }”; the panes are { $names }
lesson-unknown-pane-suggestion = there is no pane “{ $pane }”; did you mean “{ $suggestion }”?
lesson-not-a-neuron = “{ $text }” is not a neuron; write it as neuron[1,1]
lesson-not-an-address = “{ $text }” is not a knob or an input; write w[layer,neuron,input], b[layer,neuron] or x[input]
lesson-sketch-form = “{ $text }” is not a curve; write it as a[1,1] over x[1], loss over w[1,1,1] or test_loss over epoch

# What an expression refers to.
lesson-no-layer = this network has no { $address }; it has { $layers ->
    [one] 1 layer
   *[other] { $layers } layers
 }
lesson-no-bias = this network has no { $address }; layer { $layer } has { $neurons ->
    [one] 1 neuron, so its bias is b[{ $layer },1]
   *[other] { $neurons } neurons, so its biases are b[{ $layer },1] to b[{ $layer },{ $neurons }]
 }
lesson-no-neuron = this network has no { $address }; layer { $layer } has { $neurons ->
    [one] 1 neuron, so write { $first }
   *[other] { $neurons } neurons, so write { $first } to { $last }
 }
lesson-no-weight = this network has no { $address }; the neuron has { $inputs ->
    [one] 1 input, so its weight is { $start }1]
   *[other] { $inputs } inputs, so its weights are { $start }1] to { $start }{ $inputs }]
 }
lesson-no-input = this network has no { $address }; it has { $inputs ->
    [one] 1 input, x[1]
   *[other] { $inputs } inputs, x[1] to x[{ $inputs }]
 }
lesson-no-output = this network has no { $address }; it has { $outputs ->
    [one] 1 output, out[1]
   *[other] { $outputs } outputs, out[1] to out[{ $outputs }]
 }
lesson-several-outputs = this network has { $outputs } outputs; write which one, as in out[1]
lesson-input-count = { $call } needs { $inputs ->
    [one] 1 number, as this network has 1 input
   *[other] { $inputs } numbers, as this network has { $inputs } inputs
 }
lesson-threshold-input = this network has { $inputs } inputs; write along which one, as in threshold(x[1])
lesson-saved-input-count = agrees needs a number for each row of saved inputs; there { $wanted ->
    [one] is 1 number
   *[other] are { $wanted } numbers
 } and { $rows ->
    [one] 1 row
   *[other] { $rows } rows
 }
lesson-needs-data = { "\"" }{ $quantity }{ "\"" } needs data, and the start has none; add { "\"" }data{ "\"" } to the document or use out(…)
lesson-needs-classes = “{ $quantity }” needs data with classes; use loss
lesson-needs-test-set = “{ $quantity }” needs held-out samples, and there are none; add test=0.2 to set
lesson-only-in-sketch = “{ $quantity }” belongs to a sketch; use it in the setting “good” of a question with a sketch

# What happens when the lesson is played.
lesson-refused = { $instruction }: { $reason }
lesson-too-much-training = { $instruction } would take too long; train fewer epochs, or use less data
lesson-locked-knob = { $instruction } turns { $knob }, which is locked in this step; add it to free
lesson-passed-at-start = step “{ $step }” is passed before anything is done; with the state at its start, { $condition } is already true
lesson-not-passed = step “{ $step }” is not passed by its own solution: after { $solution }, { $condition } is false
lesson-not-passed-with-values = step “{ $step }” is not passed by its own solution: after { $solution }, { $condition } is false ({ $values })
lesson-value-is = { $quantity } is { $value }
lesson-no-solution = step “{ $step }” has no solution; add a line such as solution = [{ "\"" }b[1,1]=2{ "\"" }]
lesson-no-pass = step “{ $step }” has a solution but no condition; add a line such as pass = { "\"" }near(b[1,1], 2, 0.05){ "\"" }
lesson-answer-not-finite = the true answer { $answer } has no value in the state that the question is about; check given

# Translations.
lesson-block-in-translation = a translation has no toml and no json blocks; remove this one, as all settings are in the original
lesson-missing-step = step “{ $step }” of { $original } is missing here; it is shown in the original language
lesson-unknown-step = step “{ $step }” is not in { $original }; write the same id there and here
lesson-missing-part = step “{ $step }” has no { $part } here, but { $original } has one
lesson-different-count = step “{ $step }” has { $count } here and { $there } in { $original }
lesson-count-choices = { $count ->
    [one] 1 choice
   *[other] { $count } choices
 }
lesson-count-replies = { $count ->
    [one] 1 reply
   *[other] { $count } replies
 }
lesson-count-items = { $count ->
    [one] 1 reply
   *[other] { $count } replies
 }
lesson-count-hints = { $count ->
    [one] 1 hint
   *[other] { $count } hints
 }
lesson-count-questions = { $count ->
    [one] 1 question
   *[other] { $count } questions
 }
lesson-count-expressions = { $count ->
    [one] 1 number in braces
   *[other] { $count } numbers in braces
 }
lesson-different-expressions = step “{ $step }” has the expressions { $here } here and { $there } in { $original }; copy them as they are
lesson-different-digits = step “{ $step }” has the numbers { $here } here and { $there } in { $original }
lesson-no-edition = the edition is not named; write <!-- translates edition { $edition } --> under the title
lesson-other-edition = translates edition { $here } and { $original } is edition { $there }; compare the texts, then write the new edition here
lesson-other-edition-changed = translates edition { $here } and { $original } is edition { $there }; changed since: { $changed }
