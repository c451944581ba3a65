# Figures: their titles, the legend of a snapshot, and the reasons why they can’t be drawn.

figure-title = { $panes } ({ $architecture } network)
figure-window = The neurodial window
figure-embedded-network = The network that the figure shows
figure-snapshot = snapshot “{ $name }”; { $count ->
    [0] no knob differs
    [one] 1 knob differs
   *[other] { $count } knobs differ
 }
    .with-differences = snapshot “{ $name }”; { $count ->
    [one] 1 knob differs
   *[other] { $count } knobs differ
 } by the small numbers
    .with-differences-short = snapshot “{ $name }”; { $count ->
    [one] 1 differs
   *[other] { $count } differ
 } by the small numbers

# Errors in what is asked for.
figure-width-invalid = a figure can be 1 to { NUMBER($max) } px wide, but this one would be { $width } px wide; choose another width
figure-height-invalid = a figure can be 1 to { NUMBER($max) } px high, but this one would be { $height } px high; choose another height
figure-too-narrow = a width of { $width } is too small for the pane { $pane } at this font size; use at least { $min }, or a smaller font size
figure-too-low = a height of { $height } is too small for { $panes } at this font size; use at least { $min }, or a smaller font size
figure-pixels-invalid = the figure can’t be drawn with { $width } × { $height } pixels; choose a size and a resolution that give 1 to { NUMBER($max) } pixels
figure-too-many-curves = a curve family can have at most { NUMBER($max) } curves, but { NUMBER($count) } values were given; use fewer
figure-caption = { $title }. { $network }
figure-pane-empty = the pane { $pane } is empty; { $remedy }
figure-remedy-data = choose a dataset first, in the pane { pane-training } or with --data
figure-remedy-classes = choose a dataset with classes first
figure-remedy-training = train the network first, or use --epochs
figure-remedy-experiments = record a state first: press R in the window
figure-remedy-saved-inputs = add rows first, in the pane { pane-saved-inputs } or under “cases” in the document
figure-remedy-compare = take a snapshot first: press P in the window
width-invalid = “{ $text }” is not a valid width; write it like 85mm, 12cm, 3.5in, 240pt or 600px, greater than 0, or as one of { $presets }
length-invalid = “{ $text }” is not a valid length; write it like 85mm, 12cm, 3.5in, 240pt or 600px, greater than 0
font-size-invalid = “{ $text }” is not a valid font size; write it like 8pt, from 2pt to 200pt

# Errors in drawing, writing and reading figures.
figure-shape-unsupported = the figure has a shape that can’t be written to a file; choose other panes
figure-character-missing = the figure can’t be drawn: no font has the character “{ $character }” ({ $code }); install a font that has it, or name a font file with --font FILE
figure-size-invalid = the figure can’t be { $width } × { $height } large; choose another size
figure-gif-too-large = a GIF can’t be { $side } pixels wide or high, only 65,535; choose a smaller size
figure-no-frames = the animation has no frames; use at least one
figure-frames-differ = the frames of the animation have different sizes; use one size for all
figure-font-invalid = the font { $font } can’t be used: { $reason }; choose another font file
figure-not-encoded = the figure can’t be written as { $format }: { $reason }
figure-too-large-to-embed = the figure can’t be written as { $format }: its network takes more than 64 MB; do not embed it (--no-embed)
figure-not-embedded = this { $format } file contains no network: it was saved without one, or by another program
figure-embedded-unreadable = the network in this { $format } file can’t be read: { $reason }
font-not-a-file = it is not a file
font-too-large = it is larger than { $size } MB
font-not-a-font = it is not a TrueType or OpenType font
font-damaged = it is damaged
embedded-file-too-large = the file is larger than 128 MB
embedded-text-too-large = it is larger than 64 MB
embedded-damaged = it is damaged, encrypted, or larger than 64 MB
embedded-not-utf8 = it is not UTF-8 text
embedded-missing = its attached file is missing
embedded-streams = it has more than { $limit } streams
embedded-too-deep = its elements are nested too deeply
embedded-compression = it is compressed by an unsupported method
