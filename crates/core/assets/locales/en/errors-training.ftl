# Why training cannot begin.

# What the data has and what the network has: “4 inputs (a, b, c, and d)”, “2 inputs”.
inputs-do-not-fit = the dataset has { $inputs } ({ $names }), but the network has { $expected }
many-inputs-do-not-fit = the dataset has { $inputs } (the first ones are { $names }), but the network has { $expected }
two-classes-do-not-fit = { $outputs ->
    [one] the dataset has 2 classes ({ $names }), but the network has 1 output; the output layer needs one neuron for each class, or a single one
   *[other] the dataset has 2 classes ({ $names }), but the network has { $outputs } outputs; the output layer needs one neuron for each class, or a single one
 }
classes-do-not-fit = { $outputs ->
    [one] the dataset has { NUMBER($classes) } classes ({ $names }), but the network has 1 output; the output layer needs one neuron for each class
   *[other] the dataset has { NUMBER($classes) } classes ({ $names }), but the network has { $outputs } outputs; the output layer needs one neuron for each class
 }
many-classes-do-not-fit = { $outputs ->
    [one] the dataset has { NUMBER($classes) } classes (the first ones are { $names }), but the network has 1 output; the output layer needs one neuron for each class
   *[other] the dataset has { NUMBER($classes) } classes (the first ones are { $names }), but the network has { $outputs } outputs; the output layer needs one neuron for each class
 }
count-of-targets = { $count ->
    [one] 1 target
   *[other] { $count } targets
 }
count-of-outputs = { $count ->
    [one] 1 output
   *[other] { $count } outputs
 }
targets-do-not-fit = the dataset has { $targets } for each sample, but the network has { $outputs }; the output layer needs one neuron for each target

wrong-learning-rate = the learning rate is a number above 0, not { $value }
wrong-regularization = the { $name } regularization is a number ≥ 0, not { $value }
wrong-batch-size = a batch has at least 1 sample
too-many-epochs = { NUMBER($count) } epochs are too many; there can be up to { NUMBER($max) }
wrong-target-loss = the target loss is a number above 0, not { $value }
wrong-target-accuracy = the target accuracy is a number above 0 and up to 1, not { $value }
wrong-patience = training can stop after at least 1 epoch without progress, not after 0
target-accuracy-without-classes = training cannot stop at an accuracy, because the data has no classes; turn off the target accuracy, or choose data with classes
test-patience-without-test-set = training cannot stop by the test loss, because there is no test set; turn off early stopping, or choose a test set fraction above 0
unknown-schedule = “{ $name }” is not a valid learning-rate schedule; write constant, linear, cosine, or a factor per epoch above 0 and up to 1, such as 0.99
loss-does-not-fit = { $loss } needs outputs between 0 and 1, but the activation of the output layer is { $activation }; use { $required } there, or another loss function
loss-does-not-fit-mixed-layer = { $loss } needs outputs between 0 and 1, but the neurons of the output layer have different activations; use { $required } there, or another loss function
initial-loss-not-finite = the loss at the initial values is not a finite number; use smaller weights or inputs
