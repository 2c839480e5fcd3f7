"""Variants: the same exercise with other numbers for each seed."""

import random
import re
from collections.abc import Mapping
from typing import Any

from ..errors import ParseError
from ..experiment.typed_values import format_number
from .tables import Table


def variant(table: Table, worksheet: str, seed: int | None) -> Table:
    """Fill the numbers of one variant into an exercise's table.

    Parameters
    ----------
    table : dict
        The table of the file. Its entry ``vary`` gives lists of values: the first values of all
        lists belong together, and so on. Elsewhere, ``{name}`` stands for the value; a text that
        consists only of ``{name}`` becomes the value itself.
    worksheet : str
        Name of the worksheet.
    seed : int or None
        None takes the first values.

    Returns
    -------
    dict
        Without the entry ``vary``.

    Examples
    --------
    >>> variant({"prompt": "After {t} ms?", "vary": {"t": [5, 8]}}, "connection", None)
    {'prompt': 'After 5 ms?'}
    """
    table = dict(table)
    lists = table.pop("vary", {})
    lengths = {len(values) for values in lists.values()}
    if not lists:
        return table
    if len(lengths) != 1 or 0 in lengths:
        raise ParseError(
            "the lists of values differ in length", where="vary", expected="as many values in each"
        )
    row = 0
    if seed is not None:
        # The names are part of the seed, so that exercises are drawn independently.
        chance = random.Random(f"{worksheet}/{table.get('name')}/{seed}")
        row = chance.randrange(lengths.pop())
    values = {name: each[row] for name, each in lists.items()}
    return _filled(table, values, re.compile(r"\{(" + "|".join(map(re.escape, values)) + r")\}"))


def _filled(item: Any, values: Mapping[str, Any], pattern: re.Pattern[str]) -> Any:
    if isinstance(item, dict):
        return {name: _filled(value, values, pattern) for name, value in item.items()}
    if isinstance(item, list):
        return [_filled(value, values, pattern) for value in item]
    if not isinstance(item, str):
        return item
    alone = pattern.fullmatch(item)
    return (
        values[alone[1]] if alone else pattern.sub(lambda match: _written(values[match[1]]), item)
    )


def _written(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(_written, value))
    return value if isinstance(value, str) else format_number(value)
