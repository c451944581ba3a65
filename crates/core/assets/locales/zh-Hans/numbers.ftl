# 输入或读到的数有什么问题。

not-a-number = “{ $text }”不是有效的数值；可写作 0.5、0,5、1/3 或 -2e-3
not-an-integer = “{ $text }”不是大于或等于 0 的整数
divides-by-zero = “{ $text }”的除数为零
number-too-large = “{ $text }”超出了可表示的范围
