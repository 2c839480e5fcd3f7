"""Kinds of questions; `Question` is their contract."""

from typing import Any

from .choice import Choice
from .code import Code
from .from_python import answer_from_python
from .number import Number
from .prediction import Prediction
from .question import Answer, Question
from .shows import Shows
from .text import Text

__all__ = [
    "QUESTIONS",
    "Answer",
    "Choice",
    "Code",
    "Number",
    "Prediction",
    "Question",
    "Shows",
    "Text",
    "answer_from_python",
]

QUESTIONS: dict[str, type[Question[Any]]] = {
    "number": Number,
    "experiment": Shows,
    "choice": Choice,
    "prediction": Prediction,
    "code": Code,
    "text": Text,
}
"""By the ``kind`` that a worksheet's file gives."""
