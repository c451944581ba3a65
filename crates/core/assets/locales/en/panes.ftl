# Titles of the panes, in menus and on tabs.

pane-knobs = Knobs
pane-diagram = Network diagram
pane-curves = Curves
pane-formula = Formula
pane-saved-inputs = Saved inputs
pane-code = Code
pane-description = Description
pane-output-map = Output map
pane-experiments = Experiments
pane-training = Training
pane-compare = Compare
pane-data = Data
pane-confusion = Confusion matrix
pane-loss-landscape = Loss landscape
pane-cell = Nerve cell
pane-dials = Dials
pane-heat-map = Heat map
pane-curve-family = Curve family
pane-small-multiples = Small multiples

# Elements of all panes.
named-value = { $name }: { $value }
clause-separator = {"; "}
element-out-of-view = { $element }, out of view
value-of = value of { $name }
new-value-of = new value of { $name }
too-many-rows = the list of knobs has { NUMBER($rows) } rows, which is more than a figure can hold; choose another pane

# The pane Description.
description-copy = Copy as alt text
    .tooltip = Copy the description as alt text for an image.
description-of-network = Description of the network
