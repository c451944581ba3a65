# The names of the datasets in lists.

dataset-iris = Iris flowers
dataset-digits = Handwritten digits
dataset-circle = Circle in a ring
dataset-xor = XOR
dataset-gaussians = Two Gaussians
dataset-spiral = Two spirals
dataset-moons = Two moons
dataset-plane = Plane
dataset-bumps = Six bumps
dataset-line = Line
dataset-parabola = Parabola
dataset-sine = Sine wave
dataset-step = Step
dataset-bump = Bump
dataset-noisy-sine = Noisy sine wave
datasets-measured = Measured data
datasets-classification = Classification
datasets-regression-map = Regression with 2 inputs
datasets-regression-curve = Regression with 1 input
datasets-condition = Above and below a curve
dataset-condition-text = Condition for class 1
    .tooltip = Class 1 is where this is true: x1, x2, numbers, + - * / ^, sin, cos, tan, exp, log, sqrt, abs, tanh, min, max, and, or.
dataset-condition-use = Use points above and below the curve
dataset-custom = Custom points
