# What training is configured with, as it is written in lists, and the warnings about it.

loss-mean-squared-error = Mean squared error (MSE)
loss-mean-absolute-error = Mean absolute error (MAE)
loss-huber = Huber loss
loss-binary-cross-entropy = Binary cross-entropy
loss-categorical-cross-entropy = Categorical cross-entropy
loss-hinge = Hinge loss

optimizer-sgd = SGD
optimizer-momentum = Momentum
optimizer-nesterov = Nesterov momentum
optimizer-adagrad = AdaGrad
optimizer-rmsprop = RMSProp
optimizer-adam = Adam

schedule-constant = Constant
schedule-linear = Linear decay
schedule-cosine = Cosine decay
schedule-exponential = Exponential decay (× { $factor } per epoch)

# The `.name` is spoken where the label is abbreviated.
hyperparameter-samples = Samples
    .name = Number of samples
    .tooltip = Set how many samples are generated.
hyperparameter-noise = Noise
    .name = Noise of the data
    .tooltip = Set the standard deviation of the noise.
hyperparameter-test-fraction = Test set
    .name = Test set fraction
    .tooltip = Set the fraction of the samples that is held out for testing.
hyperparameter-seed = Seed
    .name = Random seed of the data
    .tooltip = Set the random seed for generating, splitting, and shuffling the data; the same seed gives the same run.
hyperparameter-learning-rate = Learning rate
    .tooltip = Set how far an update moves the knobs.
hyperparameter-batch-size = Batch size
    .tooltip = Set how many samples each update uses; “all” is the full batch.
hyperparameter-epochs = Epochs
    .name = Number of epochs
    .tooltip = Set how often training goes through all samples.
hyperparameter-l1 = L1
    .name = L1 regularization
    .tooltip = Set the L1 regularization, a penalty on the absolute value of every weight.
hyperparameter-l2 = L2
    .name = L2 regularization
    .tooltip = Set the L2 regularization, a penalty on the square of every weight.
hyperparameter-target-loss = Target loss
    .name = Target training loss
    .tooltip = Stop training when the training loss is at or below this value; “off” is never.
hyperparameter-target-accuracy = Target accuracy
    .name = Target accuracy on the training set
    .tooltip = Stop training when the accuracy on the training set is at or above this value; “off” is never.
hyperparameter-patience = Patience
    .name = Epochs without progress of the training loss
    .tooltip = Stop training when the training loss has not fallen for this number of epochs; “off” is never.
hyperparameter-test-patience = Early stopping
    .name = Epochs without progress of the test loss
    .tooltip = Stop training when the test loss has not fallen for this number of epochs, a sign of overfitting; “off” is never.

# The reason why training stopped before its last epoch; a part of the sentence in `training-stopped`.
stopped-at-target-loss = the training loss has reached its target
stopped-at-target-accuracy = the accuracy has reached its target
stopped-without-progress = the training loss has made no progress since epoch { $epoch }
stopped-without-test-progress = the test loss has made no progress since epoch { $epoch }
training-stopped = Training stopped at epoch { $epoch }: { $reason }.

# What keeps a network from learning.
diagnosis-step = Layer { $layer } uses the step function, whose gradient is 0, so it and the layers before it cannot learn; try sigmoid or tanh.
diagnosis-dead = Neuron { $neuron } of layer { $layer } outputs 0 for every sample (dead ReLU), so it receives no gradient; try new initial values if the loss stays high.
diagnosis-dead-several = { NUMBER($count) } neurons, such as neuron { $neuron } of layer { $layer }, output 0 for every sample (dead ReLU), so they receive no gradient; try new initial values if the loss stays high.
diagnosis-saturated = Neuron { $neuron } of layer { $layer } is saturated for almost every sample, where the gradient is nearly 0; try smaller weights, or standardized inputs with new initial values, if the loss stays high.
diagnosis-saturated-several = { NUMBER($count) } neurons, such as neuron { $neuron } of layer { $layer }, are saturated for almost every sample, where the gradient is nearly 0; try smaller weights, or standardized inputs with new initial values, if the loss stays high.
diagnosis-diverged = Training diverged, so it was stopped and the best epoch was restored; try a smaller learning rate.
diagnosis-loss-has-risen = The loss is higher than at the start; try a smaller learning rate.
diagnosis-symmetry = All neurons of layer { $layer } have equal knobs, so they learn the same and stay equal; try random initial values.
diagnosis-unreachable-label = { $loss } is a poor match for { $activation }, which cannot output −1; try tanh or linear.
diagnosis-vanishing-in-softmax = { $loss } is a poor match for { $activation }: its gradient vanishes for very wrong predictions; try categorical cross-entropy.
diagnosis-vanishing-in-sigmoid = { $loss } is a poor match for { $activation }: its gradient vanishes for very wrong predictions; try binary cross-entropy.
diagnosis-no-penalty = { $loss } is a poor match for { $activation }, because wrong classes are not penalized; try binary cross-entropy, or softmax.
diagnosis-softmax-single = Softmax over a single neuron is always 1; try sigmoid, or one neuron for each class.
diagnosis-unreachable-targets = Some targets are outside the output range of { $activation }; try linear in the output layer.

# Values of hyperparameters that are words.
hyperparameter-off = off
batch-of-all = all
