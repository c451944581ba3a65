# 导入数据的对话框。

import-data-title = 导入数据
import-data-size = { $rows } 行，{ $inputs } 个输入
import-data-loading = 正在读取…
import-data-input = 输入
import-data-target = 目标值
import-data-column = 列
import-data-first-rows = 前几行
import-data-use-as-input = 将“{ $column }”列用作输入
import-data-use-as-target = 将“{ $column }”列用作目标值
column-is-numeric = 数值
column-is-text = 文本
target-kind = 目标值
    .number = 数值（回归）
    .numeric-class = 类别（数字标签）
    .text-class = 类别（文字标签）
target-class-count = { $class }：{ NUMBER($samples) }
target-more-classes = 另有 { NUMBER($count) } 个
import-data-standardize = 输入标准化
    .tooltip = 仅在训练时将输入标准化（均值 0，标准差 1）；网络本身使用原始输入。
import-data-test-set = 测试集
rows-skipped = 已跳过 { $count } 行无法读取的数据
rows-skipped-more = 另有 { $count } 行
import-data-use = 用于当前网络
no-input-column = 请至少选择一个输入列。
