# 步骤的各部分。
lesson-part-do = 动手
lesson-part-after = 小结

# 新的课。
lesson-template-title = 新课
lesson-template-introduction = 用一两句话说明这一课讲什么。
lesson-template-step = 第一步
lesson-template-do = 说明要做什么。
lesson-template-after = 说明从中看到了什么。

# 根据教师的操作推荐的条件。
suggestion-only-changed = { $count ->
    [one] 只改变了 { $knobs }
   *[other] 只改变了 { $knobs }
 }
suggestion-near = { $quantity } 接近 { $value }（±{ $distance }）
suggestion-turns-on = 神经元在 { $place } 附近开启
suggestion-output-near = 输出接近 { $value }
suggestion-loss-below = 损失低于 { $value }
suggestion-accuracy-from = 准确率不低于 { $value }
suggestion-trained = 已训练 { NUMBER($epochs) } 轮
suggestion-activation = 第 { $layer } 层的激活函数是 { $name }

# 手绘曲线的坐标轴。
lesson-axis-output = 输出
lesson-axis-weighted-sum = 加权和
lesson-axis-loss = 损失
lesson-axis-test-loss = 测试损失

# 练习单。
worksheet-description = “{ $title }”一课的练习单：题目和作答空间
worksheet-name = 姓名
worksheet-answer = 答案

# 全班的作答。
class-summary-title = 全班作答情况
class-summary-description = { NUMBER($lessons) } 课的作答情况：各步骤的统计表，以及叠在正确曲线上的全部手绘曲线
class-summary-learners = { NUMBER($count) } 名学生
class-summary-step = 步骤
class-summary-right = 首次答对
class-summary-wrong = 最常见的错误答案
class-summary-time = 用时中位数
class-summary-hints = 提示中位数
class-summary-not-reached = 无人学到
class-summary-share = { NUMBER($part) }/{ NUMBER($all) }
class-summary-seconds = { $seconds } s
class-summary-answer = { $answer }（{ NUMBER($count) } 次）
class-summary-sketches = { $step }：正确曲线上的 { NUMBER($count) } 条手绘曲线
