# The steps in the undo menu, written to follow “Undo” and “Redo”.

undo-change = change { $symbol }
undo-set = set { $symbol }
undo-set-numbers = set { NUMBER($count) } numbers
undo-reset = reset { $symbol }
undo-range = change range of { $symbol }
undo-lock = lock { $symbol }
undo-unlock = unlock { $symbol }
undo-unlock-all = unlock all knobs
undo-initialize = initialize unlocked knobs
undo-train = train
undo-restore-best = restore your best knobs
undo-set-inputs = choose inputs
undo-saved-inputs = change saved inputs
undo-saved-input = change row { $row } of the saved inputs
undo-name-input = rename input { $number }
undo-name-neuron = rename neuron { $number }
undo-activation = change activation function to { $activation }
undo-add-input = add input
undo-remove-input = remove input { $number }
undo-add-neuron = add neuron to layer { $layer }
undo-remove-neuron = remove neuron { $neuron } of layer { $layer }
undo-add-layer = add layer { $layer }
undo-remove-layer = remove layer { $layer }
undo-load-document = load changed file
undo-revert = revert to opened state
undo-take-snapshot = take snapshot
undo-rename-snapshot = rename snapshot
undo-remove-snapshot = remove snapshot
undo-restore-snapshot = restore snapshot
undo-swap-snapshot = swap with snapshot
undo-record-row = record row
undo-annotate-row = edit note
undo-remove-row = remove row
undo-restore-row = restore row
undo-matching-network = create matching network
undo-add-point = add point
undo-move-point = move point
undo-remove-point = delete point
undo-choose-dataset = choose dataset { $dataset }
undo-remove-dataset = remove dataset
undo-cell = change nerve cell
undo-layout = change layout of the document
undo-setting = change { $setting }

# Settings of training that are not hyperparameters, within a sentence.
setting-dataset = dataset
setting-features = computed features
setting-standardization = standardization of the inputs
setting-class-targets = targets as classes
setting-loss = loss function
setting-optimizer = optimizer
setting-schedule = learning-rate schedule

# A change of settings while training, beside the loss curve: “learning rate 0.02 → 0.1”.
setting-change = { $setting } { $before } → { $after }
setting-change-samples = other samples
