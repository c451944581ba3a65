# The command palette: a list of all commands that can be searched.

command-palette = Command palette
palette-hint = Search for a command
palette-no-match = No command contains “{ $query }”.

# Commands that have a shorter name in their menu.
palette-preset = { menu-open-preset }: { $preset }
palette-pane = Show or hide { $pane }
palette-language = { menu-language }: { $language }
palette-zoom-in = Zoom in on the interface
palette-zoom-out = Zoom out of the interface
palette-actual-size = Actual size of the interface
