# “代码”与“文字说明”窗格。

code-language = 代码的语言
code-copy = 复制
    .tooltip = 复制代码。
code-paste = 粘贴…
code-edit = 编辑
    .name = 编辑代码
    .tooltip = 在文本中编辑数值。
    .too-long = 文本太长，不能整体编辑；可以拖动某个数，或单击后输入数值。
code-apply = 应用
    .tooltip = 应用更改的数值（Ctrl+Enter）。
code-cancel = 取消
code-numbers-only = 只能改数值
    .tooltip = 更改的数值会设置对应的旋钮和输入，撤销时算一步。
code-editor = 代码编辑器
code-number = 代码中的{ $name }

