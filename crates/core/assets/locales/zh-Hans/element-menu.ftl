# 旋钮、输入和神经元的菜单。

element-menu-axis = 将 { $symbol } 用作横轴
element-menu-bias-axis = 将它的偏置用作横轴
element-menu-reset = 恢复到打开时的值
element-menu-play = 播放
element-menu-stop = 停止
element-menu-play-speed = 播放速度
play-speed-slow = 慢速
play-speed-normal = 正常
play-speed-fast = 快速
element-menu-set-to-zero = 设为 0
element-menu-copy-value = 复制数值
element-menu-lock = 锁定
element-menu-unlock = 解锁
element-menu-range = 取值范围和步长…
element-menu-rename = 重命名…
element-menu-remove = 删除
element-menu-select = 选中
element-menu-activation = 激活函数
