# 打开和保存文件。

document-untitled = 未命名
window-title = { $name } — neurodial
    .unsaved = { $name }（未保存）— neurodial

file-open = 打开
file-save-as = 另存为
file-export-experiments = 导出实验记录
file-path = 文件路径
file-will-be-replaced = 已有同名文件，该文件将被替换。
file-filter-documents = neurodial 文档和图
file-filter-tables = 数据表格（CSV）
file-filter-all = 所有文件
file-filter-experiments = CSV 或 Markdown 表格
file-filter-figure = { $format } 图

file-saved = 已保存 { $path }
file-exported = 已导出 { $path }
could-not-open = 无法打开“{ $name }”
could-not-save = 无法保存“{ $name }”
link-copied = 已复制链接，把它接在 neurodial 网页地址的后面即可
link-copied-without-data = 已复制链接。链接中只有数据文件的名称“{ $name }”，没有文件内容

# 打开窗口时的提示。
preferences-unreadable = 无法读取偏好设置，已使用默认值：{ $reason }
preferences-replaced = { $path } 中没有偏好设置，已使用默认值。
    .with-copy = { $path } 中没有偏好设置，已使用默认值；原文件保留为 { $copy }。
preferences-defaults = { $path } 中有些偏好设置无法识别，已恢复默认值：{ $keys }。
    .with-copy = { $path } 中有些偏好设置无法识别，已恢复默认值：{ $keys }。原文件保留为 { $copy }。
autosave-failed = 程序崩溃时会丢失未保存的更改，请经常保存：{ $reason }
autosave-without-folder = 没有主文件夹可存放未保存的更改，程序崩溃时会丢失，请经常保存。
