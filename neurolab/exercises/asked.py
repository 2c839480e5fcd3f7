"""The line in the hidden part of an assignment's test cell that names the exercise."""

import json
import re
from typing import NamedTuple

_MARK = "# neurolab judges: "


class Asked(NamedTuple):
    """Which answer belongs to which exercise.

    Attributes
    ----------
    worksheet, exercise : str
    seed : int or None
        The variant.
    answer : str
        The name to which the answer cell assigns the answer, such as ``'answer_3'``.
    cell : str
        The `grade_id` of the answer cell.
    """

    worksheet: str
    exercise: str
    seed: int | None
    answer: str
    cell: str

    def line(self) -> str:
        """Write the line."""
        return _MARK + json.dumps(self._asdict())


def asked_in(source: str) -> Asked | None:
    """Read the line from the text of a cell; None if there is none."""
    found = re.search(f"^{_MARK}(.*)$", source, re.MULTILINE)
    return Asked(**json.loads(found[1])) if found else None
