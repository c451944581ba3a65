# The dialog that exports a figure.

export-figure-title = Export figure
export-panes = Panes, from left to right
export-format = Format
export-color-theme = Color theme
    .print = Print
    .grayscale = Grayscale
    .light = Light
    .dark = Dark
export-weights = Weights on connections
    .automatic = Automatic
    .all = All
    .selected = Selected neuron
    .hidden = None
export-width = Width
export-height = Height
    .automatic = Automatic
export-font-size = Font size
export-highlight = Highlight selected neuron
export-transparent = Transparent background
export-outlines = Text as outlines
export-embed = Embed network in the file
export-write = Export…
export-copy = Copy
export-preview = Preview of the figure
export-installed-fonts = Some text is drawn with fonts installed on this computer: { $fonts }
figure-copied = Copied the figure
