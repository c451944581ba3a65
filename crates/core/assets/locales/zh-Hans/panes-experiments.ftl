# “实验记录”与“对比”窗格。

experiments-empty = 还没有记录。调节后按 R 键即可记录当前状态；单击某一行可恢复该状态。
experiments-record = 记录
    .tooltip = 把当前状态记录为一行（R）。
experiments-copy = 复制 ⏷
copy-as-csv = 复制为 CSV
copy-as-markdown = 复制为 Markdown
experiments-table = 表格
experiments-plot = 图
    .name = { $y } 随 { $x } 的变化，{ $count } 个点
experiments-over = 横轴：
plotted-column = 纵轴
axis-column = 横轴
experiments-row = 行
    .name = 第 { $number } 行
    .remove = 删除第 { $number } 行
    .note = 第 { $number } 行的备注
experiments-snapshot = 快照“{ $name }”
    .remove = 删除快照“{ $name }”
    .note = 快照“{ $name }”的名称
experiments-note = 备注
    .more-columns = 备注 · 另有 { NUMBER($count) } 列

# 对比。
compare-no-snapshot = 没有快照。
compare-hint = 还没有快照。先拍一个快照，再与之后的更改对比。
compare-take-snapshot = 拍快照
compare-show = 显示{ $snapshot }
compare-heading = { $snapshot }与当前状态
compare-snapshot = 快照
compare-current = 当前
compare-change = 变化
compare-same = 相同
compare-output = 输出 { $number }
    .with-name = 输出 { $number }（{ $name }）
compare-row = { $name }：快照中为 { $before }，当前为 { $current }，变化 { $change }
    .same = { $name }：快照中与当前都是 { $value }
compare-no-difference = 所有旋钮与{ $snapshot }一致。调节其中一个，看看有什么变化。
compare-one-difference = 只有 1 个旋钮与{ $snapshot }不同，所有变化都由它引起。
compare-all-differ = 所有旋钮都与{ $snapshot }不同。
compare-differences = 有 { NUMBER($count) } 个旋钮与{ $snapshot }不同。一次只调一个旋钮，才能看出它的作用。
