# Menus.

menu-language = 语言
