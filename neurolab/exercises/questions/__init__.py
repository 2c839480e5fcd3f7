"""Kinds of questions.

Each is a frozen dataclass with `from_table(table, start)`, `is_empty(answer)`, `read(answer, start)`, which gives what
was answered or raises a `NeurolabError` that tells the student why it cannot be read, `judge(given, start)`, which gives
whether it passes and what was seen, and `solution(start)`, an answer that passes.
"""

from .choice import Choice
from .code import Code
from .from_python import answer_from_python
from .number import Number
from .prediction import Prediction
from .shows import Shows

__all__ = ["QUESTIONS", "Choice", "Code", "Number", "Prediction", "Shows", "answer_from_python"]

QUESTIONS = {
    "number": Number,
    "experiment": Shows,
    "choice": Choice,
    "prediction": Prediction,
    "code": Code,
}
"""By the ``kind`` that a worksheet's file gives."""
