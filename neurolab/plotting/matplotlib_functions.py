"""Functions that a script takes from matplotlib as they are."""

from collections.abc import Callable
from typing import Any

import numpy as np

from ..errors import NotAvailableError
from ..names import HOMES
from ..units import Quantity
from .drawing import notebook, paper


def _of_matplotlib(name: str) -> Callable[..., Any]:
    """Return a function that calls matplotlib in a script, and refuses in a notebook."""

    def draw(*values: Any, **options: Any) -> Any:
        if notebook() is not None:
            raise NotAvailableError(
                f"The figures of a notebook have no {name}.",
                where=name,
                mend="Draw this one with matplotlib: import matplotlib.pyplot as plt; "
                f"plt.{name}(…).",
            )
        return paper().call(
            name,
            [_bare(value) for value in values],
            {key: _bare(value) for key, value in options.items()},
        )

    draw.__name__ = draw.__qualname__ = name
    draw.__doc__ = f"matplotlib's {name}, in a script; quantities are drawn by their SI values."
    return draw


def _bare(value: Any) -> Any:
    return np.asarray(value) if isinstance(value, Quantity) else value


globals().update({_name: _of_matplotlib(_name) for _name in HOMES["plotting.matplotlib_functions"]})
