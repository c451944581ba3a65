# Files that can’t be read or written.

file-problem = { $path }: { $reason }
file-not-written = { $path } was not written: { $reason }
file-has-new-owner = { $path } was saved, but now belongs to you, because the system doesn’t let you give it back to its former owner
file-has-lost-links = { $path } was saved, but its other names (hard links) still have the old content
file-has-new-owner-and-lost-links = { $path } was saved, but now belongs to you, and its other names (hard links) still have the old content
file-read-only-format = { $path } was not written: documents can’t be saved in the format “{ $format }”; use { $extensions }, or export a figure
file-too-large = { $path } is larger than { NUMBER($limit) } MB, the limit for files
data-file-too-large = { $path } is larger than { NUMBER($limit) } MB, the limit for data files
data-file-not-regular = { $path } is not a file but a folder, a pipe, or a device, so it was not read
data-file-outside = the data is outside of the document’s folder and was not read: { $paths }; open the document again and allow it, or move the data beside the document
file-links-in-circle = { $path } was not written: its links lead in a circle
file-current-folder = { $path } was not written: this is the current folder or contains it, so it can’t be replaced; use another one, such as frames/
file-folder-not-empty = { $path } was not written: the folder exists and holds other files; use another name
file-no-text-name = { $path }: the name of this file is not valid Unicode; rename it
file-row-counts = { $path } has { $rows ->
    [one] 1 row
   *[other] { $rows } rows
 } and { $other-path } has { $other-rows ->
    [one] 1 row
   *[other] { $other-rows } rows
 }; both need one row for each sample
file-has-changed = { $path } has changed on disk; its new contents are used

# What the operating system reports.
io-not-found = there is no such file or folder
io-permission-denied = permission denied
io-disk-full = the disk is full
io-is-a-folder = this is a folder
io-not-text = this is not UTF-8 text

# Kinds of documents.
format-document = neurodial document
format-svg = SVG figure
format-png = PNG figure
format-pdf = PDF figure
format-link = share link

# Figures that are opened as documents.
figure-not-recognized = this is not the content of a figure

# Links that are shared.
link-damaged = the link is damaged or cut; copy all of it again
link-newer = the link was made by a newer neurodial; update neurodial to open it
link-too-large = the document in the link is too large; open its file instead

# Documents. A place is, for example, “layer 1, weights, entry 2”.
json-place = { $place } (line { $line }, column { $column }): { $problem }
json-position = line { $line }, column { $column }: { $problem }
json-layer = layer { $number }
json-entry = entry { $number }
json-in-key = “{ $key }”: { $problem }
json-in-layer = layer { $number }: { $problem }
json-too-large = this file is too large; a network has up to { NUMBER($limit) } knobs
json-not-a-document = this is not a neurodial document: “neurodial” is missing at its top level
json-other-version = this document has version { $found }, but this program reads version { $known }; open it with a newer neurodial
json-number-too-large = this number is too large
json-cut-off = the text ends too early; it was cut off
json-not-json = this is not JSON ({ $problem })
json-missing-field = “{ $field }” is missing
json-unknown-field = “{ $field }” is unknown here; the keys are { $names }
json-unknown-field-alone = “{ $field }” is unknown here
json-duplicate-field = “{ $field }” appears twice
json-expected = { $expected } is needed here
json-wrong-type = { $expected } is needed here, not { $found }
json-unreadable = this can’t be read ({ $problem })
json-object = an object in braces
json-list = a list in brackets
json-text = a text in quotes
json-number = a number
json-integer = an integer from 0 on
json-boolean = true or false
json-null = null
json-schedule = a name or a factor
json-batch = an integer or “all”
json-no-layers = “layers” is empty; a network has at least one layer
json-numbers-do-not-fit = the numbers do not fit the layers
json-inputs = “inputs” has { $found ->
    [one] 1 number
   *[other] { $found } numbers
 }, but each neuron of layer 1 has { $expected ->
    [one] 1 weight
   *[other] { $expected } weights
 }; give one number for each input
json-note-length = “note” has { NUMBER($found) } characters; shorten it to { NUMBER($limit) } or fewer
json-too-many-rows = “{ $key }” has { NUMBER($found) } entries; the limit is { NUMBER($limit) }
json-row-length = row { $row } of “cases” has { $found ->
    [one] 1 number
   *[other] { $found } numbers
 }; the network has { $expected ->
    [one] 1 input
   *[other] { $expected } inputs
 }
json-too-many-input-numbers = “cases” has more than { NUMBER($limit) } numbers; remove some rows
json-too-many-saved-numbers = “pins” and “experiments” have more than { NUMBER($limit) } numbers; remove some entries
json-state-size = entry { $number } of “{ $key }” has { NUMBER($found-knobs) } knobs and { NUMBER($found-inputs) } inputs, but the network has { NUMBER($knobs) } and { NUMBER($inputs) }
json-state-name = entry { $number } of “{ $key }”: the name must be one line of up to { NUMBER($limit) } characters
json-first-layer-row = layer 1: row { $row } of “weights” has { NUMBER($found) } numbers, but row 1 has { NUMBER($expected) }
json-layer-row = layer { $layer }: row { $row } of “weights” has { NUMBER($found) } numbers, but the layer before has { NUMBER($expected) } neurons
json-biases = layer { $layer }: “biases” has { $found ->
    [one] 1 number
   *[other] { $found } numbers
 }, but “weights” has { $expected ->
    [one] 1 row
   *[other] { $expected } rows
 }; give one of each for every neuron
json-activations = layer { $layer }: “activations” has { $found ->
    [one] 1 name
   *[other] { $found } names
 }; give one for each of the { $expected ->
    [one] 1 neuron
   *[other] { $expected } neurons
 }
json-two-activations = layer { $layer }: “activation” and “activations” exclude each other; give one of them
json-input-names = “input_names” has { $found ->
    [one] 1 name
   *[other] { $found } names
 }, but there are { NUMBER($expected) } inputs
json-neuron-names = layer { $layer }: “names” has { $found ->
    [one] 1 name
   *[other] { $found } names
 }, but there are { NUMBER($expected) } neurons
json-name = “{ $name }” is not a valid name; use 1 to { NUMBER($limit) } characters without line breaks, or null
json-address = this network has no { $address }; write w[layer,neuron,input], b[layer,neuron] or x[input]
json-range = the range of { $address } is not valid: “min” must be below “max”, and “step” above 0
json-locked-input = { $address } is an input; only knobs can be locked

# The keys that another program may ignore.
json-ignorable-count = “ignorable” has more than { NUMBER($limit) } names; give fewer
json-ignorable-type = “ignorable” must be a list of names, such as { $example }
json-ignorable-required = “ignorable”: “{ $name }” can’t be ignored, because every program needs it
json-ignorable-name = “ignorable”: “{ $name }” is not a valid name; use 1 to { NUMBER($limit) } characters without line breaks
json-ignored-size = the keys listed in “ignorable” take more than { NUMBER($limit) } MB; shorten them

# Data and training in a document.
json-training-alone = “training” needs “data” beside it
json-training-data = “data” and “training”: { $problem }
json-training-key = “training”, “{ $key }”: { $problem }
json-data-key = “data”, “{ $key }”: { $problem }
json-checksum = “{ $text }” is not a hexadecimal number
json-dataset = “data”: there is no dataset “{ $name }”; use one of { $names }
json-targets-file = “data”: “inputs_file” needs “targets_file” beside it
json-no-source = “data” needs one of “set”, “file”, “points” or “inputs_file”
json-several-sources = “data”: “set”, “file”, “points” and “inputs_file” exclude each other; give one of them
json-other-source = “data”: “{ $key }” belongs to another kind of data
json-point-targets = “data”: “classes” and “target” exclude each other; give one of them
json-point = “data”, “points”, entry { $number }: { $problem }
json-point-empty = this is empty; give the inputs and the target
json-point-input = an input is not a number
json-point-target = the target is not a number
json-point-class = the last value is not one of “classes”
json-targets = “{ $text }” is not a kind of target; use numbers or classes
json-batch-size = “{ $text }” is not a batch size; use an integer or “all”
