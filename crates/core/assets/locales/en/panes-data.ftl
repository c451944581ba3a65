# The Data pane and the confusion matrix.

data-no-data = Choose a dataset to see it with the network’s predictions.
data-predictions = Predictions of the network
data-target-and-output = Target and output
data-target = Target
data-output = Output

# Custom points.
edit-points = Edit points
    .tooltip = Make a copy of the data whose points can be added, moved, and deleted.
new-point-class = Class of new points
    .name = New points: class { $class }
new-point-target = Target of new points
    .name = New points: target { $target }
new-point-curve = Click where the curve should pass.
new-class = New class
    .tooltip = Add a class.
delete-points = Delete all
    .name = Delete all points
    .tooltip = Delete all points.
point-area = Plot area of the points
    .value = { $count ->
    [one] 1 point
   *[other] { $count } points
 }
    .description = Enter adds a point in the middle; Page Down goes to the first point
point-name = Point { $number }
    .description = Arrow keys move the point, a digit sets its class, and Delete deletes it
point-number = { $name } { $value }
point-class = class { $class }

# The confusion matrix.
confusion-no-data = Choose a dataset with classes to see the confusion matrix.
confusion-regression = This dataset has numeric targets; a confusion matrix needs classes. Choose another dataset.
confusion-training-set = Training set
confusion-test-set = Test set
confusion-accuracy = Accuracy { $accuracy }%
    .with-count = Accuracy { $accuracy }%, { NUMBER($correct) } of { NUMBER($samples) } correct
    .of-evaluated = Accuracy { $accuracy }%, { NUMBER($correct) } of { NUMBER($samples) } evaluated correct
confusion-true-class = True class
confusion-predicted-class = Predicted class
confusion-cell = { $class } predicted as { $predicted }
    .description = Enter or a click shows its samples
confusion-samples = { $count ->
    [one] 1 sample of { $class } predicted as { $predicted }
   *[other] { $count } samples of { $class } predicted as { $predicted }
 }
confusion-samples-close = Close the samples
confusion-sample = Sample { $number }
    .tooltip = Sample { $number }: click to make it the current inputs.
