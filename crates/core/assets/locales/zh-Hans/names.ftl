unknown-locale = 没有语言“{ $name }”；可用：{ $names }
unknown-optimizer = 没有优化器“{ $name }”；可用：{ $names }
unknown-loss = 没有损失函数“{ $name }”；可用：{ $names }
unknown-initializer = 没有初始化方法“{ $name }”；可用：{ $names }
unknown-layout = 没有布局“{ $name }”；可用：{ $names }
unknown-code-language = 网络不能写成“{ $name }”；可用：{ $names }
unknown-activation = 没有激活函数“{ $name }”；可用：{ $names }
unknown-generator = 没有数据集“{ $name }”；可生成的数据集：{ $names }
