# “输入示例”窗格。

saved-inputs-empty = 还没有输入示例。可将当前输入添加为一行，也可从电子表格粘贴若干行。
saved-inputs-add = 添加一行
    .tooltip = 将当前输入添加为一行。
saved-inputs-paste = 粘贴…
    .tooltip = 从电子表格或文件添加若干行。
saved-inputs-clear = 清空
    .tooltip = 删除所有行。
saved-inputs-row = 输入示例第 { $row } 行
    .remove = 删除输入示例第 { $row } 行
    .input = 输入示例第 { $row } 行，输入 { $input }
paste-add = 添加这些行
paste-cancel = 取消
paste-name = 要添加的行
paste-hint = 每行 { $count } 个数，用制表符、分号、逗号或空格隔开
