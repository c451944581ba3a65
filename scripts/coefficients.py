#!/usr/bin/env python3
"""Computes the coefficients of the polynomials in crates/core/src/network/kernel with 60 digits.

Each polynomial interpolates its function at the Chebyshev points of an interval; the lowest power comes first. Prints
Rust constants with the maximum error of each, in units of 2^-53 of the final result. Needs mpmath.
"""

from mpmath import (atanh, cos, erf, erfc, exp, expm1, log, lu_solve, matrix, mp, mpf, nstr, pi, polyval, sin, sqrt)

mp.dps = 60


def interpolate(f, low, high, degree):
    points = degree + 1
    middle, half = (low + high) / 2, (high - low) / 2
    a, y = matrix(points, points), matrix(points, 1)
    for i in range(points):
        x = middle + half * cos(pi * (2 * i + 1) / (2 * points))
        for j in range(points):
            a[i, j] = x**j
        y[i] = f(x)
    return list(lu_solve(a, y))


def max_error(coefficients, f, low, high, weight):
    """Returns the maximum error of the rounded coefficients; weight(x) is the share of f(x) in the final result."""
    rounded = [mpf(float(c)) for c in coefficients][::-1]
    points = [low + (high - low) * i / mpf(1000) for i in range(1001)]
    return max(abs(polyval(rounded, x) - f(x)) * weight(x) for x in points if abs(x) > mpf("1e-9")) * 2**53


def print_constant(name, f, low, high, degree, weight):
    coefficients = interpolate(f, low, high, degree)
    print(f"/// An error of at most {nstr(max_error(coefficients, f, low, high, weight), 2)} · 2⁻⁵³.")
    print(f"const {name}: [f64; {degree + 1}] = [")
    for c in coefficients:
        print(f"    {float(c)!r},")
    print("];")


def with_limit(x, at_zero, f):
    """Returns f(x), or its limit where x is so close to 0 that f(x) loses digits."""
    return at_zero if abs(x) < mpf("1e-12") else f(x)


half_ln_2 = mpf("1.001") * log(2) / 2
quarter = (mpf("1.001") * pi / 4) ** 2
print_constant("EXP", lambda r: with_limit(r, mpf(1) / 2, lambda r: (expm1(r) - r) / r**2),
               -half_ln_2, half_ln_2, 10, lambda r: r**2 / abs(expm1(r)))
print_constant("EXP_ABOVE", lambda r: with_limit(r, mpf(1) / 2, lambda r: (expm1(r) - r) / r**2),
               mpf("-0.001"), 2 * half_ln_2, 12, lambda r: r**2 / abs(expm1(r)))
print_constant("SINE", lambda u: with_limit(u, -mpf(1) / 6, lambda u: (sin(sqrt(u)) / sqrt(u) - 1) / u),
               mpf(0), quarter, 6, lambda u: u)
print_constant("COSINE", lambda u: with_limit(u, mpf(1) / 24, lambda u: (cos(sqrt(u)) - 1 + u / 2) / u**2),
               mpf(0), quarter, 6, lambda u: u**2)
print_constant("LN_1P", lambda u: with_limit(u, mpf(1) / 3, lambda u: (atanh(sqrt(u)) / sqrt(u) - 1) / u),
               mpf(0), mpf(1) / 9, 9, lambda u: u)
print_constant("ERF", lambda u: with_limit(u, 2 / sqrt(pi) - 1, lambda u: erf(sqrt(u)) / sqrt(u) - 1),
               mpf(0), mpf("0.875") ** 2, 11, lambda u: mpf(1))

K = mpf("2.5")


def scaled_erfc(t):
    x = K * (1 + t) / (1 - t)
    return (1 + 2 * x) * exp(x * x) * erfc(x)


print_constant("ERFC", scaled_erfc, (mpf("0.86") - K) / (mpf("0.86") + K), (28 - K) / (28 + K), 20, lambda t: mpf(1))
