# Titles of the panes, in menus and on tabs.

pane-code = Code
pane-description = Description
pane-training = Training
pane-compare = Compare
