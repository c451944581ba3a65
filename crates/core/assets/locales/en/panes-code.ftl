# The panes Code and Description.

code-language = Code language
code-copy = Copy
    .tooltip = Copy the code.
code-paste = Paste…
code-edit = Edit
    .name = Edit the code
    .tooltip = Edit the numbers in the text.
    .too-long = This text is too long to edit as a whole; drag a number, or click it to type a value.
code-apply = Apply
    .tooltip = Apply the changed numbers (Ctrl+Enter).
code-cancel = Cancel
code-numbers-only = Numbers only
    .tooltip = Changed numbers set their knobs and inputs in one undo step.
code-editor = Code editor
code-number = { $name }, in the code

