"""Formulas: text → checked syntax tree → closures over numpy.

Python never evaluates a text that a person typed. The text is parsed to Python's own syntax tree,
every node must be on a short list, the size of the tree and of its constants is bounded, and the
rest is turned into nested closures that call numpy.
"""

import ast
import re
import warnings
from dataclasses import dataclass
from functools import cached_property, lru_cache

from ..characters import plain, visible
from ..errors import LimitError, ParseError
from .closures import Closure, closure
from .condition_words import with_words
from .program_functions import Functions, calls_in, mark_calls
from .syntax_checks import check_node, check_size
from .vocabulary import INFINITE, is_condition, shorten

MAX_CHARACTERS = 1000
_ODD_NUMBER = re.compile(r"(?<![\w.])(?:0[xXoObB]\w*|\d+_\w*)", re.ASCII)
_ALLOWED_TEXT = re.compile(r"[\w\s.,+\-*/()<>=&|~]*\Z", re.ASCII)


@dataclass(frozen=True)
class Expression:
    """A checked formula.

    Attributes
    ----------
    text : str
        As it was typed, stripped.
    node : ast.expr
        Its syntax tree; only whitelisted nodes.

    Examples
    --------
    >>> expression = parse_expression("(El - V)/tau")
    >>> sorted(expression.names)
    ['El', 'V', 'tau']
    >>> expression.evaluate({"El": 2.0, "V": 1.0, "tau": 4.0})
    0.25
    """

    text: str
    node: ast.expr

    def __hash__(self) -> int:
        return hash(self.text)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Expression) and self.text == other.text

    @cached_property
    def names(self) -> frozenset[str]:
        """The variables in it; functions and infinity are left out."""
        called = {id(node.func) for node in ast.walk(self.node) if isinstance(node, ast.Call)}
        return frozenset(
            node.id
            for node in ast.walk(self.node)
            if isinstance(node, ast.Name) and id(node) not in called and node.id not in INFINITE
        )

    @cached_property
    def calls_program(self) -> bool:
        """Whether it calls a function of the program."""
        return any(calls_in(self.node))

    @cached_property
    def is_condition(self) -> bool:
        """Whether it is true or false rather than a number."""
        return is_condition(self.node)

    @cached_property
    def as_number(self) -> "Expression":
        """A condition as a formula that is 1 or 0; any other formula as it is."""
        if not self.is_condition:
            return self
        return Expression(self.text, ast.BinOp(self.node, ast.Mult(), ast.Constant(1)))

    @cached_property
    def evaluate(self) -> Closure:
        """A function from values of the names to the value of the formula.

        It works on numbers, arrays and anything else with arithmetic.
        """
        return closure(self.node)


def parse_expression(text: str, functions: Functions = ()) -> Expression:
    """Parse a formula.

    Parameters
    ----------
    text : str
        Such as ``'(R*I - V)/tau'`` or ``'V > Vt'``.
    functions : tuple of ProgramFunction
        Functions of the program that it may call, in addition to those of the vocabulary.

    Returns
    -------
    Expression

    Raises
    ------
    ParseError
        The text is no formula, or uses something that formulas may not contain.
    LimitError
        It is longer, deeper or holds larger numbers than a formula needs.

    Examples
    --------
    >>> parse_expression("V > Vt").is_condition
    True
    >>> parse_expression("2 V")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    neurolab.errors.ParseError: '2 V' is not a formula. A product needs a *.
    """
    return _parsed(text, functions) if functions else _parsed_once(text)


@lru_cache(maxsize=2048)
def _parsed_once(text: str) -> Expression:
    return _parsed(text, ())


def _parsed(text: str, functions: Functions) -> Expression:
    """Parse a formula; with functions, it is not cached, as that would keep them alive."""
    text = " ".join(plain(text).split())
    _check_text(text)
    try:
        with warnings.catch_warnings():
            # Python warns about texts such as 1if, which are refused here anyway.
            warnings.simplefilter("ignore")
            node = ast.parse(text, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise ParseError(
            f"'{shorten(text)}' is not a formula.",
            mend=_syntax_hint(text) or "Write one such as -(V - El)/tau.",
        ) from None
    check_size(node)
    node = with_words(node)
    mark_calls(node, functions)
    check_node(node)
    return Expression(text, node)


def _check_text(text: str) -> None:
    """Raise if a text is empty or too long, or has characters that formulas cannot have."""
    if not text:
        raise ParseError("There is no formula here.", mend="Write one such as -V/tau.")
    if len(text) > MAX_CHARACTERS:
        raise LimitError(
            f"The formula has {len(text)} characters. At most {MAX_CHARACTERS} are allowed."
        )
    if not _ALLOWED_TEXT.match(text):
        wrong = next(character for character in text if not _ALLOWED_TEXT.match(character))
        raise ParseError(
            f"'{visible(wrong)}' cannot stand in a formula ('{shorten(text)}').",
            mend="Powers are written **." if wrong == "^" else "",
        )
    odd = _ODD_NUMBER.search(text)
    if odd:
        raise ParseError(
            f"'{visible(odd[0])}' is not a number.", mend="Write digits, such as 1000 or 2.5."
        )


def _syntax_hint(text: str) -> str:
    if text.count("(") != text.count(")"):
        return f"It has {text.count('(')} opening and {text.count(')')} closing brackets."
    if re.search(r"\d\s*[A-Za-z_(]|\)\s*[\w(]|[A-Za-z_]\w*\s+[A-Za-z_]", text):
        return "A product needs a *."
    return "An operator or a value seems to be missing."
