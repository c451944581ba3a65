# The layouts of the window.

layout-explore = Explore
    .tooltip = Every knob beside the diagram, the curves, and the formula.
layout-train = Train
    .tooltip = The network, its predictions for a dataset, and the loss while it learns.
layout-present = Present
    .tooltip = The diagram and the curves, large, for a projector.
layout-figure = Figure
    .tooltip = The panes beside the settings and the preview of a figure.

layout-button-name = { $layout } layout
layout-button-tooltip = { $description } Shortcut: { $shortcut }.
layout-list-name = Layout
