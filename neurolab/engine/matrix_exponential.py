"""The matrix exponential of small matrices, without the third of a second that scipy.linalg takes to load."""

import math

import numpy as np

# Numerator of the [13/13] Padé approximant of exp, and the norm up to which it is exact to rounding
# (Higham, SIAM J. Matrix Anal. Appl. 26, 1179, 2005).
_PADE = [
    math.factorial(26 - k)
    * math.factorial(13)
    / (math.factorial(26) * math.factorial(k) * math.factorial(13 - k))
    for k in range(14)
]
_LARGEST_NORM = 5.37


def matrix_exponential(matrices):
    """Exponential of each matrix, by Padé approximation with scaling and squaring.

    Parameters
    ----------
    matrices : ndarray, shape (..., n, n)
        Finite.

    Returns
    -------
    ndarray, same shape
        Not finite where the exponential is too large for a float.
    """
    size = _size(matrices)
    if not np.isfinite(size):
        return np.full_like(matrices, np.nan)
    halvings = max(0, math.ceil(math.log2(size / _LARGEST_NORM))) if size else 0
    scaled = matrices * 0.5**halvings
    power, even, odd = np.broadcast_to(np.eye(matrices.shape[-1]), matrices.shape), 0.0, 0.0
    square = scaled @ scaled
    for k in range(0, 14, 2):
        even, odd = even + _PADE[k] * power, odd + _PADE[k + 1] * power
        power = power @ square
    odd = scaled @ odd
    result = np.linalg.solve(even - odd, even + odd)
    for _ in range(halvings):
        result = result @ result
    return result


def _size(matrices):
    """How large they are for the approximation.

    Judged by their powers, not by their largest entry: in SI units a resistance of 10⁸ Ω may stand beside rates of 0.01,
    and each squaring in vain costs a bit (Al-Mohy & Higham, SIAM J. Matrix Anal. Appl. 31, 970, 2009).
    """
    with np.errstate(over="ignore", invalid="ignore"):
        square = matrices @ matrices
        sixth = square @ square @ square
        roots = [
            np.abs(power).sum(axis=-2).max(initial=0.0) ** (1 / k)
            for k, power in ((6, sixth), (8, sixth @ square), (10, sixth @ square @ square))
        ]
    return max(roots[1], min(roots[0], roots[2]))
