# The parts of a step.
lesson-part-do = Do
lesson-part-after = After

# A new lesson.
lesson-template-title = New lesson
lesson-template-introduction = Say in one or two sentences what this lesson is about.
lesson-template-step = First step
lesson-template-do = Say what to do.
lesson-template-after = Say what was to be seen.

# Conditions that are suggested from what a teacher did.
suggestion-only-changed = Only { $knobs } { $count ->
    [one] was
   *[other] were
 } changed
suggestion-near = { $quantity } is near { $value } (±{ $distance })
suggestion-turns-on = The neuron turns on near { $place }
suggestion-output-near = The output is near { $value }
suggestion-loss-below = The loss is below { $value }
suggestion-accuracy-from = The accuracy is at least { $value }
suggestion-trained = { $epochs ->
    [one] 1 epoch was trained
   *[other] { $epochs } epochs were trained
 }
suggestion-activation = The activation function of layer { $layer } is { $name }

# Axes of sketches.
lesson-axis-output = output
lesson-axis-weighted-sum = weighted sum
lesson-axis-loss = loss
lesson-axis-test-loss = test loss

# Worksheets.
worksheet-description = Worksheet of the lesson “{ $title }”: its questions, with room for answers
worksheet-name = Name
worksheet-answer = Answer

# The answers of a class.
class-summary-title = Answers of a class
class-summary-description = { $lessons ->
    [one] The answers to 1 lesson: a table of its steps, and all sketches over the true curves
   *[other] The answers to { $lessons } lessons: a table of their steps, and all sketches over the true curves
 }
class-summary-learners = { $count ->
    [one] 1 learner
   *[other] { $count } learners
 }
class-summary-step = Step
class-summary-right = Right at first
class-summary-wrong = Commonest wrong answer
class-summary-time = Median time
class-summary-hints = Median hints
class-summary-not-reached = not reached
class-summary-share = { NUMBER($part) } of { NUMBER($all) }
class-summary-seconds = { $seconds } s
class-summary-answer = { $answer } ({ NUMBER($count) }×)
class-summary-sketches = { $step }: { $count ->
    [one] 1 sketch
   *[other] { $count } sketches
 } over the true curve
