"""The matrix exponential of small matrices.

`scipy.linalg.expm` does the same, but scipy.linalg takes a third of a second to load.
"""

import math

import numpy as np

from ..array_types import FloatArray

# Numerator of the [13/13] Padé approximant of exp, and the norm up to which it is exact to rounding
# (Higham, SIAM J. Matrix Anal. Appl. 26, 1179, 2005).
_PADE = [
    math.factorial(26 - k)
    * math.factorial(13)
    / (math.factorial(26) * math.factorial(k) * math.factorial(13 - k))
    for k in range(14)
]
_LARGEST_NORM = 5.37


def matrix_exponential(matrices: FloatArray) -> FloatArray:
    """Compute the exponential of each matrix by Padé approximation with scaling and squaring.

    Source: Higham, SIAM J. Matrix Anal. Appl. 26, 1179 (2005).

    Parameters
    ----------
    matrices : ndarray, shape (..., n, n)
        Finite.

    Returns
    -------
    ndarray, same shape
        Not finite where the exponential is too large for a float.

    Examples
    --------
    >>> matrix_exponential(np.array([[0.0, 1.0], [0.0, 0.0]])).tolist()
    [[1.0, 1.0], [0.0, 1.0]]
    """
    size = _size(matrices)
    if not np.isfinite(size):
        return np.full_like(matrices, np.nan)
    halvings = max(0, math.ceil(math.log2(size / _LARGEST_NORM))) if size else 0
    scaled = matrices * 0.5**halvings
    power = np.broadcast_to(np.eye(matrices.shape[-1]), matrices.shape)
    even = np.zeros_like(matrices)
    odd = np.zeros_like(matrices)
    square = scaled @ scaled
    for k in range(0, 14, 2):
        even = even + _PADE[k] * power
        odd = odd + _PADE[k + 1] * power
        power = power @ square
    odd = scaled @ odd
    result = np.asarray(np.linalg.solve(even - odd, even + odd), dtype=float)
    for _ in range(halvings):
        result = result @ result
    return result


def _size(matrices: FloatArray) -> float:
    """Estimate the norm that decides how often a matrix is halved.

    The estimate uses powers of the matrix, not its largest entry: in SI units, a matrix may contain
    a resistance of 10⁸ Ω and rates of 0.01, and each needless squaring loses a bit of precision.
    Source: Al-Mohy & Higham, SIAM J. Matrix Anal. Appl. 31, 970 (2009).
    """
    with np.errstate(over="ignore", invalid="ignore"):
        square = matrices @ matrices
        sixth = square @ square @ square
        roots = [
            np.abs(power).sum(axis=-2).max(initial=0.0) ** (1 / k)
            for k, power in ((6, sixth), (8, sixth @ square), (10, sixth @ square @ square))
        ]
    return float(max(roots[1], min(roots[0], roots[2])))
