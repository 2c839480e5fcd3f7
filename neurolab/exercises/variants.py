"""Variants: the same exercise with other numbers for each seed."""

import random
import re
from collections.abc import Mapping
from typing import Any

from ..errors import ParseError
from ..experiment.calculation import calculate
from ..experiment.typed_values import format_number
from .tables import Table


def variant(table: Table, worksheet: str, seed: int | None) -> Table:
    """Fill the numbers of one variant into an exercise's table.

    Parameters
    ----------
    table : dict
        The table of the file. Its entry ``vary`` gives lists of values: the first values of all
        lists belong together, and so on. Its entry ``range`` gives numbers to be drawn: each a list
        of the first value, the least one, the largest one and the step. Its entry ``derive`` gives
        calculations with these names, such as ``answer = "{tau}*log(2)"``. Elsewhere, ``{name}``
        stands for the value; a text that consists only of ``{name}`` becomes the value itself.
    worksheet : str
        Name of the worksheet.
    seed : int or None
        None takes the first values.

    Returns
    -------
    dict
        Without these entries.

    Examples
    --------
    >>> variant({"prompt": "After {t} ms?", "vary": {"t": [5, 8]}}, "connection", None)
    {'prompt': 'After 5 ms?'}
    """
    table = dict(table)
    lists = table.pop("vary", {})
    ranges = table.pop("range", {})
    derived = table.pop("derive", {})
    lengths = {len(values) for values in lists.values()}
    if not (lists or ranges):
        return table
    if lists and (len(lengths) != 1 or 0 in lengths):
        raise ParseError(
            "The lists of values differ in length.",
            where="vary",
            mend="Give as many values in each.",
        )
    # The names are part of the seed, so that exercises are drawn independently.
    chance = random.Random(f"{worksheet}/{table.get('name')}/{seed}")
    row = 0 if seed is None or not lists else chance.randrange(lengths.pop())
    values = {name: each[row] for name, each in lists.items()}
    for name, (first, least, largest, step) in ranges.items():
        drawn = least + step * chance.randrange(round((largest - least) / step) + 1)
        values[name] = first if seed is None else float(f"{drawn:.9g}")
    for name, calculation in derived.items():
        values[name] = float(f"{calculate(_filled(calculation, values, _names(values))):.9g}")
    return _filled(table, values, _names(values))


def _names(values: Mapping[str, Any]) -> re.Pattern[str]:
    return re.compile(r"\{(" + "|".join(map(re.escape, values)) + r")\}")


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
