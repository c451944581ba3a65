# 菜单。

menu-language = 语言
