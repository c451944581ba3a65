# The Training pane.

training-no-data = Choose a dataset, then press { training-train }: training turns the knobs to reduce the loss.
training-not-trained = Not trained yet.
training-press-train = Press { training-train } to plot the loss.
create-matching-network = Create matching network
    .tooltip = Replace the network by one whose inputs and outputs fit the dataset.
use-matching-network = Use a { $shape } network
percentage = { $number }%

# Buttons.
training-train = Train
training-pause = Pause
train-or-pause-tooltip = Start or pause training (Ctrl+Space).
training-one-epoch = One epoch
    .name = Train for 1 epoch
    .tooltip = Train with every sample of the training set once.
training-one-update = One update
    .name = Train for 1 update
    .tooltip = Update the knobs once, with one mini-batch of samples.
training-reset = ↺ Reset
    .name = Reset training
    .tooltip = Restore the knobs from before training.
training-speed = Training speed
epochs-per-second = { $count ->
    [one] 1 epoch/s
   *[other] { $count } epochs/s
 }
training-speed-max = Max speed
training-challenge = Challenge
    .name = Challenge gradient descent
    .tooltip = You and gradient descent start from the same knobs. Who reaches the lower loss?
training-settings = Settings
    .name = Training settings
    .tooltip = Show or hide the dataset, the loss function, and the other settings of training.
training-log-scale = Log scale
    .name = Logarithmic loss axis
    .tooltip = Use a logarithmic axis for the loss.

# The challenge.
challenge-stop = Stop
    .name = Stop the challenge
    .tooltip = Stop gradient descent and keep the curves.
challenge-restart = Restart
    .name = Restart the challenge
    .tooltip = Start again, both from the current knobs.
challenge-restore-best = Restore my best
    .tooltip = Restore the knobs of your lowest loss.
challenge-continue = Continue training from here
    .tooltip = Let gradient descent continue from your current knobs.
challenge-close = Close
    .name = Close the challenge
    .tooltip = Return to training.
challenge-by-moves = By moves
    .name = Plot the challenge by moves
    .tooltip = Plot your moves and its epochs instead of the time.
challenge-you = You
challenge-gradient-descent = Gradient descent
challenge-seconds = Time (s)
challenge-moves = Your moves, or epochs of gradient descent
challenge-your-loss = Your loss
challenge-your-best = Your lowest loss
challenge-ahead = ahead
challenge-tie = tie
challenge-best-so-far = best so far
challenge-moves-and-epochs = Moves : epochs
challenge-duration = { $seconds } s

# Numbers with their names.
readout = { $name }: { $value }
    .with-detail = { $name }: { $value }, { $detail }
readout-epoch = Epoch
readout-last-epoch = of { $epoch }
readout-training-loss = Training loss
readout-test-loss = Test loss
readout-estimated = estimated
readout-lowest-loss = Lowest loss
readout-lowest-at-epoch = Lowest (epoch { $epoch })
readout-at-epoch = epoch { $epoch }

# The loss curve.
loss-curve-epoch = Epoch
loss-curve-training = Training
loss-curve-test = Test
loss-curve-branches = Branches
loss-curve-at-epoch = Epoch { $epoch }
loss-curve-training-loss = Training { $loss }
    .with-accuracy = Training { $loss }, accuracy { $accuracy }%
    .short = Training { $loss }, { $accuracy }%
loss-curve-test-loss = Test { $loss }
    .with-accuracy = Test { $loss }, accuracy { $accuracy }%
    .short = Test { $loss }, { $accuracy }%
loss-curve-name = Loss curve
loss-curve-description = Moves through the epochs; training continues from the current one as a new branch
loss-curve-value = Epoch { $epoch } of { $last }
    .with-training = Epoch { $epoch } of { $last }, training loss { $training }
    .with-test = Epoch { $epoch } of { $last }, training loss { $training }, test loss { $test }
branch-name = Branch { $number } of training
branch-value = To epoch { $epoch }, training loss { $loss }

# Settings.
standardization-name = Standardization of the inputs
    .tooltip = Choose whether training standardizes every input.
inputs-standardized = Standardized
inputs-not-standardized = Not standardized
standardize-inputs = Standardized for training (mean 0, standard deviation 1)
loss-function-name = Loss function
    .tooltip = Choose what training minimizes.
loss-automatic = Automatic (by output layer)
optimizer-name = Optimizer
    .tooltip = Choose the rule that updates the knobs.
schedule-name = Learning-rate schedule
    .tooltip = Choose how the learning rate changes over the epochs.
schedule-factor = Factor, such as 0.97
    .name = Other factor per epoch
dataset-name = Dataset
    .tooltip = Choose the samples to learn from.
choose-dataset = Choose a dataset
open-csv-file = Open a CSV file…
columns-of-file = Columns of this file…
custom-classification = Custom points: classification
custom-regression-map = Custom points: regression with 2 inputs
custom-regression-curve = Custom points: regression with 1 input (a curve)
computed-features = Computed features
computed-feature-name = Computed feature { $feature }
