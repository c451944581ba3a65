# 命令面板：可以搜索的命令列表。

command-palette = 命令面板
palette-hint = 搜索命令
palette-no-match = 没有包含“{ $query }”的命令。

# 在菜单中名称较短的命令。
palette-preset = { menu-open-preset }：{ $preset }
palette-pane = 显示或隐藏“{ $pane }”窗格
palette-language = { menu-language }：{ $language }
palette-zoom-in = 放大界面
palette-zoom-out = 缩小界面
palette-actual-size = 按实际大小显示界面
