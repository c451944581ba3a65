# The menus of a knob, an input and a neuron.

element-menu-axis = Use { $symbol } as horizontal axis
element-menu-bias-axis = Use its bias as horizontal axis
element-menu-reset = Reset to original value
element-menu-play = Play
element-menu-stop = Stop
element-menu-play-speed = Play speed
play-speed-slow = Slow
play-speed-normal = Normal
play-speed-fast = Fast
element-menu-set-to-zero = Set to 0
element-menu-copy-value = Copy value
element-menu-lock = Lock
element-menu-unlock = Unlock
element-menu-range = Range and increment…
element-menu-rename = Rename…
element-menu-remove = Remove
element-menu-select = Select
element-menu-activation = Activation function
