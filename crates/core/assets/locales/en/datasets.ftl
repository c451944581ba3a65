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
dataset-custom = Custom points
