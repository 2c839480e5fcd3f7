"""Rows of a box, one for each key, which stay while their keys stay."""

from collections.abc import Callable, Iterable
from typing import Any, Protocol, TypeVar

from . import plain_widgets as widgets
from .close_widgets import close_all


class Row(Protocol):
    """Anything that has a widget."""

    widget: Any


Key = TypeVar("Key")
AnyRow = TypeVar("AnyRow", bound=Row)


def keep_or_make(
    box: widgets.Box, old: dict[Key, AnyRow], keys: Iterable[Key], make: Callable[[Key], AnyRow]
) -> dict[Key, AnyRow]:
    """Show one row for each key in a box: rows that exist stay, others are made or closed.

    A click on a row that is replaced would be lost.

    Parameters
    ----------
    box : ipywidgets.Box
    old : dict
        The rows so far.
    keys : iterable
    make : callable
        ``make(key)`` returns a row, an object with the attribute `widget`.

    Returns
    -------
    dict
        Key → row, in the order of the keys.
    """
    rows = {key: old[key] if key in old else make(key) for key in keys}
    if list(rows) == list(old):
        return rows
    box.children = [row.widget for row in rows.values()]
    for key, row in old.items():
        if key not in rows:
            close_all(row.widget)
    return rows
