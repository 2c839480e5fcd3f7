"""Variants: the same exercise with other numbers for every seed."""

import random
import re

from ..errors import ParseError
from ..experiment.typed_values import format_number


def variant(table, worksheet, seed):
    """An exercise's table with the numbers of one variant in it.

    Parameters
    ----------
    table : dict
        As it stands in the file. Its entry ``vary`` gives lists of values: the first of each list belong together, so do
        the second of each, and so on. ``{name}`` stands for the value everywhere else; a text that is nothing but
        ``{name}`` becomes the value itself.
    worksheet : str
        Name of the worksheet.
    seed : int or None
        None takes the first values.

    Returns
    -------
    dict
        Without the entry ``vary``.
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
    # From the names too, so that two exercises are not drawn alike.
    row = (
        0
        if seed is None
        else random.Random(f"{worksheet}/{table.get('name')}/{seed}").randrange(lengths.pop())
    )
    values = {name: each[row] for name, each in lists.items()}
    return _filled(table, values, re.compile(r"\{(" + "|".join(map(re.escape, values)) + r")\}"))


def _filled(item, values, pattern):
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


def _written(value):
    if isinstance(value, list):
        return ", ".join(map(_written, value))
    return value if isinstance(value, str) else format_number(value)
