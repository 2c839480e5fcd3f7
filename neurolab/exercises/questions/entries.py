"""Entries of an answer, which may hold anything."""

from typing import Any

from ...errors import ParseError
from .question import Answer

MOST_CHARACTERS = 2000


def is_blank(answer: Answer, name: str) -> bool:
    """Return whether an entry is missing or empty."""
    value = answer.get(name)
    return value is None or value in ([], (), {}) or isinstance(value, str) and not value.strip()


def text_of(answer: object) -> str:
    """Return the text of an answer."""
    text = entry(answer, "text")
    if not isinstance(text, str) or len(text) > MOST_CHARACTERS:
        raise ParseError(
            "This is not a text, or it is too long.",
            where="answer",
            mend=f"Write at most {MOST_CHARACTERS} characters.",
        )
    return text


def entry(answer: object, name: str) -> Any:
    """Return an entry of an answer, or None if it is missing."""
    if not isinstance(answer, dict):
        raise ParseError(
            f"This is {answer!r:.40}.",
            where="answer",
            mend=f"Give an answer with an entry '{name}'.",
        )
    return answer.get(name)
