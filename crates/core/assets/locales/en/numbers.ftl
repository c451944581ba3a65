# What is wrong with a number that was typed or read.

not-a-number = “{ $text }” is not a number; write it like 0.5, 0,5, 1/3 or -2e-3
not-an-integer = “{ $text }” is not an integer ≥ 0
divides-by-zero = “{ $text }” divides by zero
number-too-large = “{ $text }” is too large
