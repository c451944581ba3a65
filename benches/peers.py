"""The times of the same cases with NumPy in f64: a name and a median in seconds on each line. See peers.sh."""

import time

import numpy as np

random = np.random.default_rng(0)


def median(run):
    count = 1
    while True:
        start = time.perf_counter()
        for _ in range(count):
            run()
        if time.perf_counter() - start > 4e-3:
            break
        count *= 2
    samples = []
    for _ in range(41):
        start = time.perf_counter()
        for _ in range(count):
            run()
        samples.append((time.perf_counter() - start) / count)
    return sorted(samples)[20]


def network(widths):
    pairs = list(zip(widths, widths[1:]))
    return [random.normal(size=p) / p[0] ** 0.5 for p in pairs], [random.normal(size=n) for _, n in pairs]


def forward(weights, biases, x):
    outputs = []
    for w, b in zip(weights, biases):
        x = np.tanh(x @ w + b)
        outputs.append(x)
    return outputs


def epoch(widths):
    """Return a function that trains on 500 samples in batches of 10 and then evaluates the loss of all."""
    weights, biases = network(widths)
    x, y = random.normal(size=(500, 2)), random.choice([-1.0, 1.0], size=(500, 1))

    def run():
        order = random.permutation(500)
        for start in range(0, 500, 10):
            chosen = order[start : start + 10]
            outputs = forward(weights, biases, x[chosen])
            d = 2 * (outputs[-1] - y[chosen]) / 10 * (1 - outputs[-1] ** 2)
            for layer in reversed(range(len(weights))):
                inputs = outputs[layer - 1] if layer else x[chosen]
                w, b = inputs.T @ d, d.sum(0)
                if layer:
                    d = (d @ weights[layer].T) * (1 - inputs**2)
                weights[layer] -= 1e-3 * w
                biases[layer] -= 1e-3 * b
        return ((forward(weights, biases, x)[-1] - y) ** 2).mean()

    return run


def maps(widths, size):
    weights, biases = network(widths)
    axis = np.linspace(-6, 6, size)
    grid = np.stack(np.meshgrid(axis, axis), -1).reshape(-1, 2)
    return lambda: forward(weights, biases, grid)


W, B = network([784, 128, 64, 10])
X = random.random((256, 784))
Y = np.eye(10)[random.integers(0, 10, 256)]
ONE = X[0].copy()


def wide(x):
    h = np.maximum(x @ W[0] + B[0], 0)
    h2 = np.maximum(h @ W[1] + B[1], 0)
    z = h2 @ W[2] + B[2]
    e = np.exp(z - z.max(-1, keepdims=True))
    return h, h2, e / e.sum(-1, keepdims=True)


def step():
    h, h2, p = wide(X)
    d = (p - Y) / len(X)
    d2 = (d @ W[2].T) * (h2 > 0)
    d1 = (d2 @ W[1].T) * (h > 0)
    gradients = [(X.T @ d1, d1.sum(0)), (h.T @ d2, d2.sum(0)), (h2.T @ d, d.sum(0))]
    for layer, (w, b) in enumerate(gradients):
        W[layer] -= 1e-3 * w
        B[layer] -= 1e-3 * b


W43, B43 = network([4, 3])
X43 = np.array([1.0, 2.0, 3.0, 2.5])
SWEEP = np.repeat(X43[None], 400, 0)
SWEEP[:, 1] = np.linspace(-5, 5, 400)
Z = np.linspace(-4, 4, 1024)

for name, run, item_count in [
    ("tanh of one number", lambda: np.tanh(Z), 1),
    ("train 2-4-2-1, tanh, batch 10", epoch([2, 4, 2, 1]), 1),
    ("train 2-8-8-8-8-8-8-1, tanh, batch 10", epoch([2, 8, 8, 8, 8, 8, 8, 1]), 1),
    ("maps 100×100, all 7 of 2-4-2-1", maps([2, 4, 2, 1], 100), 1),
    ("maps 100×100, all 49 of 2-8-8-8-8-8-8-1", maps([2, 8, 8, 8, 8, 8, 8, 1], 100), 1),
    ("map 256×256, output of 2-8-8-1", maps([2, 8, 8, 1], 256), 1),
    ("forward pass of 4-3", lambda: np.maximum(X43 @ W43[0] + B43[0], 0), 1),
    ("sweep of 4-3, 400 points", lambda: np.maximum(SWEEP @ W43[0] + B43[0], 0), 1),
    ("forward 784-128-64-10, one input", lambda: wide(ONE), 1),
    ("forward 784-128-64-10, 256 inputs", lambda: wide(X), 1),
    ("training step 784-128-64-10, 256 inputs", step, 1),
]:
    print(f"{name}\t{median(run) / item_count}")
