# 图：标题、快照的图例，以及无法绘制的原因。

figure-title = { $panes }（{ $architecture } 网络）
figure-window = neurodial 窗口
figure-embedded-network = 图中所示的网络
figure-snapshot = 快照“{ $name }”：{ $count ->
    [0] 各旋钮都相同
   *[other] 有 { $count } 个旋钮不同
 }
    .with-differences = 快照“{ $name }”：有 { NUMBER($count) } 个旋钮不同，小号数字为差值
    .with-differences-short = 快照“{ $name }”：{ NUMBER($count) } 个不同，小号数字为差值

# 所要求的图有误。
figure-width-invalid = 图的宽度须为 1～{ NUMBER($max) } px，而这张图的宽度会是 { $width } px；请改用其他宽度
figure-height-invalid = 图的高度须为 1～{ NUMBER($max) } px，而这张图的高度会是 { $height } px；请改用其他高度
figure-too-narrow = 以当前字号，宽度 { $width } 放不下“{ $pane }”窗格；请至少用 { $min }，或减小字号
figure-too-low = 以当前字号，高度 { $height } 放不下{ $panes }；请至少用 { $min }，或减小字号
figure-pixels-invalid = 无法以 { $width } × { $height } 像素绘制这张图；请调整尺寸和分辨率，使总像素数为 1～{ NUMBER($max) }
figure-too-many-curves = 曲线族最多可有 { NUMBER($max) } 条曲线，但给出了 { NUMBER($count) } 个值；请减少
figure-caption = { $title }。{ $network }
figure-pane-empty = “{ $pane }”窗格中没有内容；{ $remedy }
figure-remedy-data = 请先在“{ pane-training }”窗格中或用 --data 选择数据集
figure-remedy-classes = 请先选择带类别的数据集
figure-remedy-training = 请先训练网络，或使用 --epochs
figure-remedy-experiments = 请先在窗口中按 R 记录一个状态
figure-remedy-saved-inputs = 请先在“{ pane-saved-inputs }”窗格中或在文档的“cases”中添加行
figure-remedy-compare = 请先在窗口中按 P 拍一个快照
width-invalid = “{ $text }”不是有效的宽度；请写成 85mm、12cm、3.5in、240pt 或 600px 这样的形式，且大于 0，或写成 { $presets } 之一
length-invalid = “{ $text }”不是有效的长度；请写成 85mm、12cm、3.5in、240pt 或 600px 的形式，且大于 0
font-size-invalid = “{ $text }”不是有效的字号；请写成 8pt 的形式，范围为 2pt～200pt

# 绘制、写入和读取图时的错误。
figure-shape-unsupported = 图中有无法写入文件的图形；请选择其他窗格
figure-character-missing = 无法绘制这张图：没有字体包含字符“{ $character }”（{ $code }）；请安装包含该字符的字体，或用 --font FILE 指定字体文件
figure-size-invalid = 图的大小不能是 { $width } × { $height }；请改用其他大小
figure-gif-too-large = GIF 的宽度和高度不能是 { $side } 像素，最多为 65,535；请减小尺寸
figure-no-frames = 动画中没有帧；至少需要一帧
figure-frames-differ = 动画各帧的大小不同；请统一大小
figure-font-invalid = 无法使用字体 { $font }：{ $reason }；请改用其他字体文件
figure-not-encoded = 无法把图写成 { $format }：{ $reason }
figure-too-large-to-embed = 无法把图写成 { $format }：网络超过 64 MB；请不要嵌入网络（--no-embed）
figure-not-embedded = 这个 { $format } 文件中没有网络：保存时没有嵌入网络，或者文件来自其他程序
figure-embedded-unreadable = 无法读取这个 { $format } 文件中的网络：{ $reason }
font-not-a-file = 它不是文件
font-too-large = 它超过 { $size } MB
font-not-a-font = 它不是 TrueType 或 OpenType 字体
font-damaged = 它已损坏
embedded-file-too-large = 文件超过 128 MB
embedded-text-too-large = 内容超过 64 MB
embedded-damaged = 内容已损坏、已加密或超过 64 MB
embedded-not-utf8 = 内容不是 UTF-8 文本
embedded-missing = 缺少附件
embedded-streams = 数据流超过 { $limit } 个
embedded-too-deep = 元素嵌套过深
embedded-compression = 压缩方式不受支持
