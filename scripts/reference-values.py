#!/usr/bin/env python3
"""Values of the functions in crates/core/src/network/kernel at 60 digits: crates/core/tests/core/reference/functions.csv.

    scripts/reference-values.py [COUNT] > crates/core/tests/core/reference/functions.csv

A line is a name, a place, and the value there as a sum of two numbers: the nearest one, and what it leaves. Needs mpmath.
"""

import math
import random
import sys

from mpmath import cos, erf, erfc, exp, expm1, log1p, mp, mpf, pi, sin, sqrt, tanh

mp.dps = 60
count = int(sys.argv[1]) if len(sys.argv) > 1 else 60
random.seed(20)


def sigmoid(x):
    return 1 / (1 + exp(-x))


def density(x):
    return exp(-x * x / 2) / sqrt(2 * pi)


def gelu_slope(x):
    return erfc(-x / sqrt(2)) / 2 + x * density(x)


FUNCTIONS = {
    "exp": exp,
    "tanh": tanh,
    "erf": erf,
    "sin": sin,
    "cos": cos,
    "erfc": erfc,
    "sigmoid": sigmoid,
    "softplus": lambda x: log1p(exp(x)),
    "silu": lambda x: x * sigmoid(x),
    "gelu": lambda x: x * erfc(-x / sqrt(2)) / 2,
    "elu": lambda x: x if x > 0 else expm1(x),
    "tanh'": lambda x: 1 / ((exp(x) + exp(-x)) / 2) ** 2,
    "sigmoid'": lambda x: exp(-abs(x)) / (1 + exp(-abs(x))) ** 2,
    "softplus'": sigmoid,
    "silu'": lambda x: sigmoid(x) + x * exp(-abs(x)) / (1 + exp(-abs(x))) ** 2,
    "gelu'": gelu_slope,
    "elu'": lambda x: mpf(1) if x > 0 else exp(x),
    "sine'": cos,
}
EVERYWHERE = [0.0, 5e-324, 2.2250738585072014e-308, 1e-300, 1e-17, 1e-8, 0.1, 0.25, 0.346, 0.347, 0.5, 0.549306, 0.6931471805599453,
              0.875, 0.8749999999999999, 1.0, 1.5, 2.0, 3.0, 5.0, 5.9, 9.0, 19.0, 19.1, 20.0, 22.0, 26.5, 30.0, 36.0, 37.0, 40.0]
HALF_TURNS = [float(mpf(n) * pi / 2) for n in list(range(1, 12)) + [710, 8192, 100_003, 636_619]]
MORE = {
    # Where a quotient that is rounded twice is off by more than 2 ulp.
    "tanh": [0.03104106718143157, 0.059436001208014205, 0.2349465839636832, 0.05984216959100853, 3.47052431130287],
    "exp": [88.0, 700.0, 709.0, 709.782712893384, -708.0, -708.4, -709.0, -720.5, -740.0, -744.4400719213812, -745.0,
            -745.1332191019411, -745.1332191019412, -746.0],
    "sin": HALF_TURNS + [1e6, 1000000.0000000001, 1e7, 2.0**53, 1e22, 1e100, 6381956970095103.0 * 2.0**797, 1.7976931348623157e308],
    "sigmoid": [-708.0, -740.0, 700.0],
    "erfc": [-26.0, 26.2, 27.0],
    "gelu": [-38.0],
}
MORE["cos"] = MORE["sine'"] = MORE["sin"]
RANGES = {
    "exp": [(-1, 1), (-745.2, 709.7), (-745.2, -708)],
    "sin": [(-2, 2), (-100, 100), (-1e6, 1e6), (-1e9, 1e9)],
    "erf": [(-1.2, 1.2), (-6.2, 6.2)],
    "erfc": [(-2, 2), (0, 27)],
    "tanh": [(-0.6, 0.6), (-4, 4), (-20, 20)],
}
RANGES["cos"] = RANGES["sine'"] = RANGES["sin"]


def line(name, f, x):
    value = f(mpf(x))
    near = float(value)
    if math.isinf(near) or math.isnan(near):
        return
    print(f"{name},{x!r},{near!r},{float(value - mpf(near))!r}")


for name, f in FUNCTIONS.items():
    for x in EVERYWHERE:
        line(name, f, x)
        line(name, f, -x)
    for x in MORE.get(name, []):
        line(name, f, x)
    for low, high in RANGES.get(name, [(-3, 3), (-40, 40)]):
        for _ in range(count // len(RANGES.get(name, [0, 0]))):
            line(name, f, random.uniform(low, high))
