"""What questions read from an answer, which may hold anything."""

from ...errors import ParseError

MOST_CHARACTERS = 2000


def is_blank(answer, name):
    """Whether an entry is missing or empty."""
    value = answer.get(name)
    return value is None or value in ([], (), {}) or isinstance(value, str) and not value.strip()


def text_of(answer):
    """The text of an answer."""
    text = entry(answer, "text")
    if not isinstance(text, str) or len(text) > MOST_CHARACTERS:
        raise ParseError(
            "this is no text, or a very long one",
            where="answer",
            expected=f"up to {MOST_CHARACTERS} characters",
        )
    return text


def entry(answer, name):
    """An entry of an answer; None where it has none."""
    if not isinstance(answer, dict):
        raise ParseError(
            f"this is {answer!r:.40}", where="answer", expected=f"an answer with an entry '{name}'"
        )
    return answer.get(name)
