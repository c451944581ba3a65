# 并列的词语之间只用顿号，这样不必看两侧是汉字还是数字来决定空格。

list-separator = 、
list-of-two = { $first }、{ $second }
list-of-several = { $start }、{ $last }
