# 在代码中编辑的数值。

code-error-text = 第 { $line } 行：只能修改数值，但原来的{ $expected }变成了{ $found }
code-error-rest = 第 { $line } 行：只能修改数值，但多出了“{ $found }”
code-error-not-a-number = 第 { $line } 行：“{ $text }”不是数值
code-error-too-large = 第 { $line } 行：“{ $text }”太大
end-of-line = 行尾
end-of-text = 文本末尾

# 粘贴的矩阵。
matrix-problem = 第 { $line } 行第 { $column } 列：{ $problem }
matrix-not-understood = 此处不应有“{ $text }”
matrix-line-end = 行尾缺少数值
matrix-text-end = 文本末尾缺少数值
matrix-not-a-number = “{ $text }”不是数值
matrix-ellipsis = “…”表示省略的数值；请粘贴完整的矩阵
matrix-open-quote = 引号没有闭合
matrix-open-bracket = 括号没有闭合
matrix-open-bracket-before = 前面有括号没有闭合
matrix-too-deep = 括号嵌套太深；矩阵只有行和列
matrix-three-dimensions = 这些数有三个维度；矩阵只有行和列
matrix-not-finite = 这不是有限的数
matrix-too-many-numbers = 超过 { NUMBER($limit) } 个数
matrix-empty-row = 矩阵中有空行
matrix-mixed = 括号中混有数值和行
matrix-row-length = 这一行有 { NUMBER($found) } 个数，而上一行有 { NUMBER($expected) } 个
matrix-row-length-first = 第 { $row } 行有 { NUMBER($found) } 个数，而矩阵的第一行有 { NUMBER($expected) } 个

# 由粘贴的矩阵创建网络。
pasted-no-matrix = 文本中没有矩阵；请写成 W1 = [[0.2, 0.8], [0.5, −0.9]] 的形式
pasted-problem = 第 { $line } 行：{ $problem }
pasted-this-matrix = 这个矩阵
pasted-several-inputs = { $matrix }含有多行输入；请粘贴一行输入，或只粘贴权重
pasted-second-bias = { $matrix }是同一层的第二组偏置
pasted-bias-alone = { $matrix }是偏置，但没有对应的权重
pasted-size = { $matrix }的大小为 { $rows } × { $columns }，与其他矩阵不匹配
pasted-size-after-layer = { $matrix }的大小为 { $rows } × { $columns }，与前一层的 { NUMBER($neurons) } 个神经元不匹配
pasted-size-after-inputs = { $matrix }的大小为 { $rows } × { $columns }，与 { NUMBER($inputs) } 个输入不匹配
pasted-size-with-bias = { $matrix }的大小为 { $rows } × { $columns }，与它的 { NUMBER($biases) } 个偏置不匹配
pasted-size-with-bias-after-layer = { $matrix }的大小为 { $rows } × { $columns }，与它的 { NUMBER($biases) } 个偏置、前一层的 { NUMBER($neurons) } 个神经元不能同时匹配
pasted-size-with-bias-after-inputs = { $matrix }的大小为 { $rows } × { $columns }，与它的 { NUMBER($biases) } 个偏置、{ NUMBER($inputs) } 个输入不能同时匹配
