# 课程的问题，检查时列给教师看。

lesson-problem-at-line = { $file } 第 { $line } 行：{ $problem }
lesson-problem-in-file = { $file }：{ $problem }
lesson-problem-of-key = { $key }：{ $problem }
lesson-problem-warning = 警告：{ $problem }

lesson-too-large = 文件超过 { $limit } KB；请缩短，或分成几课
lesson-no-title = 没有标题；文件开头请写“# 阈值在哪里”这样的标题
lesson-second-title = 有第二个标题；步骤以 ## 开头，步骤的各部分以 ### 开头
lesson-no-head = 标题下没有 toml 代码块
lesson-unclosed-block = 这个 { $language } 代码块没有结束；请另起一行写 ```
lesson-not-toml = 不是有效的 TOML：{ $reason }
lesson-unknown-key = 这里没有设置“{ $key }”；可用的有 { $known }
lesson-unknown-key-suggestion = 这里没有设置“{ $key }”；是否想写“{ $suggestion }”？
lesson-missing-key = 缺少“{ $key }”；请写 { $key } = { $example }
lesson-wrong-value = “{ $key }”请写成 { $key } = { $example } 的形式
lesson-unknown-part = 没有名为“{ $part }”的部分；步骤的各部分是“想一想”“动手”“提示”“小结”
lesson-deep-heading = 标题“{ $text }”的级别太低；步骤以 ## 开头，步骤的各部分以 ### 开头
lesson-part-before-step = “{ $part }”出现在第一个步骤之前；请在它上面写“## 增大偏置 { "{" }#more-bias{ "}" }”这样的标题
lesson-no-steps = 没有步骤；步骤以“## 增大偏置 { "{" }#more-bias{ "}" }”这样的标题开头
lesson-too-many-steps = 共有 { $count } 个步骤，一课最多 { $limit } 个；请分成几课
lesson-too-many-choices = 共有 { $count } 个选项，一个问题最多 { $limit } 个
lesson-too-many-hints = 共有 { $count } 条提示，一个步骤最多 { $limit } 条
lesson-step-without-id = 步骤“{ $title }”没有 id；请写 ## { $title } { "{" }#{ $proposal }{ "}" }
lesson-duplicate-id = 第 { $line } 行的步骤已使用 id“{ $id }”；请换一个
lesson-invalid-id = “{ $id }”不能作为 id；请用小写字母、数字和连字符，例如 more-bias
lesson-second-task = 这个步骤有第二个“动手”；请用 ## 开始新的步骤
lesson-misplaced-block = { $language } 代码块在这里没有意义；请删去
lesson-no-question = 这个问题没有可回答的内容；请加上“- [x] 左”这样的选项，或含 number 或 sketch 的 toml 代码块，或 [[1.21]] 这样的空
lesson-several-kinds = 这个问题要求几种回答；请为每种回答各写一个“想一想”
lesson-no-right-choice = 没有标出正确的选项；请在方框里写 x：- [x]
lesson-single-choice = 只有一个选项；请再加一个：- [ ]
lesson-mixed-list = 这个选项没有方框；请在前面写 - [ ] 或 - [x]
lesson-no-blanks = 文字里没有空；请写 [[1.21]] 或 [[= z[1,2]]] 这样的空
lesson-reply-without-number = “{ $text }”没有以数开头；请写“- −2：权重为 1 时才对。”这样的回应
lesson-partly-sentences = 有 { $conditions } 个条件和 { $sentences } 句话；请用列表为每个条件写一句话
lesson-unclosed-brace = “{ $brace }”没有在同一行结束；如果要写这个字符，请写 \{ $brace }
lesson-inserted-expression = { $text }：{ $problem }
lesson-no-alt-text = 图片 { $path } 没有替代文本；请写在方括号里：![曲线在 −2 处跳变]({ $path })
lesson-outside-folder = { $path } 在课程文件夹之外；请把文件放进该文件夹，只写文件名
lesson-missing-file = 课程文件夹里没有文件 { $path }
lesson-missing-document = 既没有预设“{ $name }”，课程文件夹里也没有文件 { $name }.json
lesson-unknown-preset = 没有预设“{ $name }”；预设有 { $names }
lesson-document-with-data-file = { $name } 的数据来自文件；课程的文档请用生成的、自带的或自定义的数据点
lesson-no-json-block = 设置下面没有 json 代码块；请把文档放在那里，或写 start = { "{" } preset = { "\"" }neuron{ "\"" } { "}" }
lesson-unused-json-block = 这个 json 代码块没有用到；请写 start = { "{" } here = true { "}" }
lesson-unknown-pane = 没有窗格“{ $pane }”；窗格有 { $names }
lesson-unknown-pane-suggestion = 没有窗格“{ $pane }”；是否想写“{ $suggestion }”？
lesson-not-a-neuron = “{ $text }”不是神经元；请写成 neuron[1,1]
lesson-not-an-address = “{ $text }”不是旋钮或输入；请写 w[layer,neuron,input]、b[layer,neuron] 或 x[input]
lesson-sketch-form = “{ $text }”不是曲线；请写成 a[1,1] over x[1]、loss over w[1,1,1] 或 test_loss over epoch

# 表达式所指的内容。
lesson-no-layer = 这个网络没有 { $address }；它有 { $layers } 层
lesson-no-bias = 这个网络没有 { $address }；第 { $layer } 层有 { $neurons ->
    [one] 1 个神经元，偏置是 b[{ $layer },1]
   *[other] { $neurons } 个神经元，偏置是 b[{ $layer },1] 到 b[{ $layer },{ $neurons }]
 }
lesson-no-neuron = 这个网络没有 { $address }；第 { $layer } 层有 { $neurons ->
    [one] 1 个神经元，请写 { $first }
   *[other] { $neurons } 个神经元，请写 { $first } 到 { $last }
 }
lesson-no-weight = 这个网络没有 { $address }；该神经元有 { $inputs ->
    [one] 1 个输入，权重是 { $start }1]
   *[other] { $inputs } 个输入，权重是 { $start }1] 到 { $start }{ $inputs }]
 }
lesson-no-input = 这个网络没有 { $address }；它有 { $inputs ->
    [one] 1 个输入：x[1]
   *[other] { $inputs } 个输入：x[1] 到 x[{ $inputs }]
 }
lesson-no-output = 这个网络没有 { $address }；它有 { $outputs ->
    [one] 1 个输出：out[1]
   *[other] { $outputs } 个输出：out[1] 到 out[{ $outputs }]
 }
lesson-several-outputs = 这个网络有 { $outputs } 个输出；请写明哪一个，例如 out[1]
lesson-input-count = { $call } 需要 { $inputs ->
    [one] 1 个数，因为这个网络有 1 个输入
   *[other] { $inputs } 个数，因为这个网络有 { $inputs } 个输入
 }
lesson-threshold-input = 这个网络有 { $inputs } 个输入；请写明沿哪一个，例如 threshold(x[1])
lesson-saved-input-count = agrees 需要为输入示例的每一行写一个数；这里有 { NUMBER($wanted) } 个数和 { NUMBER($rows) } 行
lesson-needs-data = “{ $quantity }”需要数据，而开始时没有；请在文档里加上 { "\"" }data{ "\"" }，或改用 out(…)
lesson-needs-classes = “{ $quantity }”需要带类别的数据；请改用 loss
lesson-needs-test-set = “{ $quantity }”需要测试样本，而这里没有；请在 set 里加上 test=0.2
lesson-only-in-sketch = “{ $quantity }”只用于手绘曲线；请写在手绘问题的“good”里

# 课程运行时的问题。
lesson-refused = { $instruction }：{ $reason }
lesson-too-much-training = { $instruction } 需要太长时间；请减少轮数或数据
lesson-locked-knob = { $instruction } 会调节 { $knob }，但它在这个步骤里已锁定；请把它加到 free
lesson-passed-at-start = 步骤“{ $step }”什么都没做就已通过；在它的初始状态下，{ $condition } 已经成立
lesson-not-passed = 步骤“{ $step }”的参考解没有使它通过：执行 { $solution } 后，{ $condition } 不成立
lesson-not-passed-with-values = 步骤“{ $step }”的参考解没有使它通过：执行 { $solution } 后，{ $condition } 不成立（{ $values }）
lesson-value-is = { $quantity } 为 { $value }
lesson-no-solution = 步骤“{ $step }”没有参考解；请加上 solution = [{ "\"" }b[1,1]=2{ "\"" }] 这样的一行
lesson-no-pass = 步骤“{ $step }”有参考解，但没有条件；请加上 pass = { "\"" }near(b[1,1], 2, 0.05){ "\"" } 这样的一行
lesson-answer-not-finite = 在题目所给的状态下，正确答案 { $answer } 没有值；请检查 given

# 译文。
lesson-block-in-translation = 译文里没有 toml 和 json 代码块，所有设置都在原文里；请删去这一块
lesson-missing-step = 缺少 { $original } 的步骤“{ $step }”；这一步将显示原文
lesson-unknown-step = { $original } 里没有步骤“{ $step }”；两边的 id 要相同
lesson-missing-part = 步骤“{ $step }”在这里没有 { $part }，而 { $original } 里有
lesson-different-count = 步骤“{ $step }”在这里有 { $count }，在 { $original } 里有 { $there }
lesson-count-choices = { NUMBER($count) } 个选项
lesson-count-replies = { NUMBER($count) } 条回应
lesson-count-items = { NUMBER($count) } 条回应
lesson-count-hints = { NUMBER($count) } 条提示
lesson-count-questions = { NUMBER($count) } 个问题
lesson-count-expressions = { NUMBER($count) } 个花括号里的数
lesson-different-expressions = 步骤“{ $step }”的表达式在这里是 { $here }，在 { $original } 里是 { $there }；请照原样抄写
lesson-different-digits = 步骤“{ $step }”里的数在这里是 { $here }，在 { $original } 里是 { $there }
lesson-no-edition = 没有写明版次；请在标题下写 <!-- translates edition { $edition } -->
lesson-other-edition = 译自第 { $here } 版，而 { $original } 是第 { $there } 版；请对照原文后在这里改成新的版次
lesson-other-edition-changed = 译自第 { $here } 版，而 { $original } 是第 { $there } 版；此后改动过：{ $changed }
