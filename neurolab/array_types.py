"""Types of arrays, by what they hold. Docstrings say their shapes."""

from collections.abc import Mapping
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

FloatArray: TypeAlias = NDArray[np.float64]
ComplexArray: TypeAlias = NDArray[np.complex128]
IntArray: TypeAlias = NDArray[np.intp]
BoolArray: TypeAlias = NDArray[np.bool_]
AnyArray: TypeAlias = NDArray[Any]

Number: TypeAlias = float | FloatArray
"""One value for all neurons, or an array with one value a neuron."""
Constants: TypeAlias = Mapping[str, Number]
"""SI values of a model's external names and parameters."""
