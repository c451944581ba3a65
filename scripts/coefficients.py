#!/usr/bin/env python3
"""The coefficients of the polynomials in crates/core/src/network/kernel, from the functions themselves at 60 digits.

Each is the polynomial through the Chebyshev points of its interval, lowest power first. Prints Rust constants and, for
each, how far it is from the function at most, in units of 2^-53 of what it is a part of. Needs mpmath.
"""

from mpmath import (atanh, cos, erf, erfc, exp, expm1, log, lu_solve, matrix, mp, mpf, nstr, pi, polyval, sin, sqrt)

mp.dps = 60


def fit(f, low, high, degree):
    points = degree + 1
    middle, half = (low + high) / 2, (high - low) / 2
    a, y = matrix(points, points), matrix(points, 1)
    for i in range(points):
        x = middle + half * cos(pi * (2 * i + 1) / (2 * points))
        for j in range(points):
            a[i, j] = x**j
        y[i] = f(x)
    return list(lu_solve(a, y))


def far(coefficients, f, low, high, part):
    rounded = [mpf(float(c)) for c in coefficients][::-1]
    places = [low + (high - low) * i / mpf(1000) for i in range(1001)]
    return max(abs(polyval(rounded, x) - f(x)) * part(x) for x in places if abs(x) > mpf("1e-9")) * 2**53


def show(name, f, low, high, degree, part):
    coefficients = fit(f, low, high, degree)
    print(f"/// Off by {nstr(far(coefficients, f, low, high, part), 2)} · 2⁻⁵³ at most.")
    print(f"const {name}: [f64; {degree + 1}] = [")
    for c in coefficients:
        print(f"    {float(c)!r},")
    print("];")


def near(x, at_zero, f):
    return at_zero if abs(x) < mpf("1e-12") else f(x)


half_ln_2 = mpf("1.001") * log(2) / 2
quarter = (mpf("1.001") * pi / 4) ** 2
show("EXP", lambda r: near(r, mpf(1) / 2, lambda r: (expm1(r) - r) / r**2), -half_ln_2, half_ln_2, 10,
     lambda r: r**2 / abs(expm1(r)))
show("EXP_ABOVE", lambda r: near(r, mpf(1) / 2, lambda r: (expm1(r) - r) / r**2), mpf("-0.001"), 2 * half_ln_2, 12,
     lambda r: r**2 / abs(expm1(r)))
show("SINE", lambda u: near(u, -mpf(1) / 6, lambda u: (sin(sqrt(u)) / sqrt(u) - 1) / u), mpf(0), quarter, 6,
     lambda u: u)
show("COSINE", lambda u: near(u, mpf(1) / 24, lambda u: (cos(sqrt(u)) - 1 + u / 2) / u**2), mpf(0), quarter, 6,
     lambda u: u**2)
show("LN_1P", lambda u: near(u, mpf(1) / 3, lambda u: (atanh(sqrt(u)) / sqrt(u) - 1) / u), mpf(0), mpf(1) / 9, 9,
     lambda u: u)
show("ERF", lambda u: near(u, 2 / sqrt(pi) - 1, lambda u: erf(sqrt(u)) / sqrt(u) - 1), mpf(0), mpf("0.875") ** 2, 11,
     lambda u: mpf(1))

K = mpf("2.5")


def scaled_erfc(t):
    x = K * (1 + t) / (1 - t)
    return (1 + 2 * x) * exp(x * x) * erfc(x)


show("ERFC", scaled_erfc, (mpf("0.86") - K) / (mpf("0.86") + K), (28 - K) / (28 + K), 20, lambda t: mpf(1))
