# 导出图的对话框。

export-figure-title = 导出图
export-panes = 窗格，从左到右
export-format = 格式
export-color-theme = 配色
    .print = 印刷
    .grayscale = 灰度
    .light = 浅色
    .dark = 深色
export-weights = 连接上的权重
    .automatic = 自动
    .all = 全部
    .selected = 选中的神经元
    .hidden = 无
export-width = 宽度
export-height = 高度
    .automatic = 自动
export-font-size = 字号
export-highlight = 突出显示选中的神经元
export-transparent = 透明背景
export-outlines = 文字转为轮廓
export-embed = 在文件中嵌入网络
export-write = 导出…
export-copy = 复制
export-preview = 图的预览
export-installed-fonts = 部分文字使用了这台计算机上安装的字体：{ $fonts }
figure-copied = 已复制图
