# Menus.

menu-language = Language
