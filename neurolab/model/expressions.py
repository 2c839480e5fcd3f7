"""Formulas: text → whitelisted syntax tree → closures over numpy.

Nothing that a person types is evaluated by Python. The text is parsed to Python's own syntax tree, every node must be on
a short list, its size and its constants are bounded, and what remains is turned into nested closures that call numpy.
"""

import ast
import math
import operator
import re
import warnings
from dataclasses import dataclass
from functools import cached_property, lru_cache, reduce

import numpy as np

from ..characters import plain, visible
from ..errors import DivisionError, LimitError, ParseError, RangeError
from ..grid import ceil, compare, floor
from ..units import unit_divisors

MAX_CHARACTERS = 1000
MAX_NODES = 300
MAX_DEPTH = 40
MAX_EXPONENT = 50

FUNCTIONS = {
    "exp": np.exp,
    "log": np.log,
    "log10": np.log10,
    "sqrt": np.sqrt,
    "abs": np.abs,
    "sign": np.sign,
    "sin": np.sin,
    "cos": np.cos,
    "tan": np.tan,
    "arcsin": np.arcsin,
    "arccos": np.arccos,
    "arctan": np.arctan,
    "sinh": np.sinh,
    "cosh": np.cosh,
    "tanh": np.tanh,
    "floor": np.floor,
    "ceil": np.ceil,
    "expm1": np.expm1,
    "clip": np.clip,
    "minimum": np.minimum,
    "maximum": np.maximum,
}
ARGUMENTS = {"clip": 3, "minimum": 2, "maximum": 2}
CONSTANTS = {"pi": math.pi, "e": math.e}
INFINITE = {"inf": math.inf, "Inf": math.inf}
"""Bounds that are none, as in ``clip(I, 0*nA, inf)``; like 0, they have no unit of their own."""
_BINARY = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}
_UNARY = {ast.USub: operator.neg, ast.UAdd: operator.pos, ast.Not: np.logical_not}
_COMPARE = {
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Eq: operator.eq,
}
_ROUNDING = {"floor": floor, "ceil": ceil}
"""Functions that must not take a rounding error for a step."""
_BOOLEAN = {ast.And: np.logical_and, ast.Or: np.logical_or}
_WORDS = {ast.BitAnd: ast.And, ast.BitOr: ast.Or, ast.Invert: ast.Not}
"""Operators between conditions → the word that means the same."""
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
    """

    text: str
    node: ast.expr

    def __hash__(self):
        return hash(self.text)

    def __eq__(self, other):
        return isinstance(other, Expression) and self.text == other.text

    @cached_property
    def names(self):
        """The variables it mentions, as a frozenset (functions and infinity apart)."""
        called = {id(node.func) for node in ast.walk(self.node) if isinstance(node, ast.Call)}
        return frozenset(
            node.id
            for node in ast.walk(self.node)
            if isinstance(node, ast.Name) and id(node) not in called and node.id not in INFINITE
        )

    @cached_property
    def is_condition(self):
        """Whether it is true or false rather than a number."""
        return _is_condition(self.node)

    @cached_property
    def as_number(self):
        """A condition as a formula that is 1 where it is true, else 0; any other as it is."""
        return (
            Expression(self.text, ast.BinOp(self.node, ast.Mult(), ast.Constant(1)))
            if self.is_condition
            else self
        )

    @cached_property
    def evaluate(self):
        """A function of a mapping from names to values; works on numbers, arrays and anything with arithmetic."""
        return _closure(self.node)


@lru_cache(maxsize=2048)
def parse_expression(text):
    """Parse a formula.

    Parameters
    ----------
    text : str
        Such as ``'(R*I - V)/tau'`` or ``'V > Vt'``.

    Returns
    -------
    Expression

    Raises
    ------
    ParseError
        The text is no formula, or uses something that formulas may not contain.
    LimitError
        It is longer, deeper or holds larger numbers than a formula needs.
    """
    text = " ".join(plain(text).split())
    if not text:
        raise ParseError("there is no formula here", expected="one such as -V/tau")
    if len(text) > MAX_CHARACTERS:
        raise LimitError(
            f"the formula has {len(text)} characters", expected=f"at most {MAX_CHARACTERS}"
        )
    if not _ALLOWED_TEXT.match(text):
        wrong = next(character for character in text if not _ALLOWED_TEXT.match(character))
        raise ParseError(
            f"'{visible(wrong)}' cannot stand in a formula ('{shorten(text)}')",
            mend="Powers are written **." if wrong == "^" else "",
        )
    odd = _ODD_NUMBER.search(text)
    if odd:
        raise ParseError(
            f"'{visible(odd[0])}' is not a number.", mend="Write digits, such as 1000 or 2.5."
        )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter(
                "ignore"
            )  # Python warns of texts such as 1if, which are refused here anyway
            node = ast.parse(text, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise ParseError(
            f"'{shorten(text)}' is not a formula",
            expected="one such as -(V - El)/tau",
            mend=_syntax_hint(text),
        ) from None
    _check_size(node)
    node = _with_words(node)
    _check_node(node)
    return Expression(text, node)


def shorten(text, length=60):
    """A text cut to a length that fits into a message."""
    return visible(text, length)


def _syntax_hint(text):
    if text.count("(") != text.count(")"):
        return f"It has {text.count('(')} opening and {text.count(')')} closing brackets."
    if re.search(r"\d\s*[A-Za-z_(]|\)\s*[\w(]|[A-Za-z_]\w*\s+[A-Za-z_]", text):
        return "A product needs a *."
    return "An operator or a value seems to be missing."


class _Words(ast.NodeTransformer):
    """``&``, ``|`` and ``~`` between conditions, as ``and``, ``or`` and ``not``."""

    def visit_BinOp(self, node):
        word = _WORDS.get(type(node.op))
        self.generic_visit(node)
        if word is None:
            return node
        parts = node.left, node.right
        for part in parts:
            if not _is_condition(part) and not (
                isinstance(part, ast.Name) and any(map(_is_condition, parts))
            ):
                raise ParseError(
                    f"'{_text(part)}' is not a condition, so that & and | cannot join it",
                    expected="a condition in brackets on each side, such as (V > 5*mV) & (t > 2*ms)",
                )
        return ast.BoolOp(word(), [node.left, node.right])

    def visit_UnaryOp(self, node):
        self.generic_visit(node)
        word = _WORDS.get(type(node.op))
        if word is None:
            return node
        if not _is_condition(node.operand):
            raise ParseError(
                f"'{_text(node.operand)}' is not a condition, so that ~ cannot turn it round",
                expected="a condition in brackets, such as ~(V > 5*mV)",
            )
        return ast.UnaryOp(word(), node.operand)

    def visit_Compare(self, node):
        for part in (node.left, *node.comparators):
            if isinstance(part, ast.BinOp) and isinstance(part.op, (ast.BitAnd, ast.BitOr)):
                raise ParseError(
                    f"'{_text(node)}' joins '{_text(part)}' before it compares",
                    mend="Put each condition in brackets: (V > 5*mV) & (t > 2*ms).",
                )
        return self.generic_visit(node)


def _with_words(node):
    if any(type(each) in _WORDS for each in ast.walk(node)):
        return _Words().visit(node)
    return node


def _check_size(node):
    count, layer, depth = 0, [node], 0
    while layer:
        count, depth = count + len(layer), depth + 1
        if depth > MAX_DEPTH:
            raise LimitError(
                "the formula is nested too deeply", expected=f"at most {MAX_DEPTH} levels"
            )
        if count > MAX_NODES:
            raise LimitError(
                "the formula has too many terms", expected=f"at most {MAX_NODES} parts"
            )
        layer = [
            child
            for parent in layer
            for child in ast.iter_child_nodes(parent)
            if not isinstance(
                child, (ast.operator, ast.unaryop, ast.cmpop, ast.boolop, ast.expr_context)
            )
        ]


def _check_node(node):
    """Check a node and all below it; return its value where it is built of numbers alone, else None."""
    match node:
        case ast.Constant(value=bool()) | ast.Constant(value=str() | bytes() | complex() | None):
            raise ParseError(f"'{node.value}' is not a number")
        case ast.Constant(value=int() | float() as value):
            return _bounded(lambda: float(value), node)
        case ast.Name(id=name):
            return CONSTANTS.get(name)
        case ast.UnaryOp(op=op, operand=operand) if type(op) in _UNARY:
            value = _check_node(operand)
            return None if value is None or isinstance(op, ast.Not) else _UNARY[type(op)](value)
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _BINARY:
            first, second = _check_node(left), _check_node(right)
            if isinstance(op, ast.Pow) and second is not None and abs(second) > MAX_EXPONENT:
                raise LimitError(
                    f"the exponent {second:g} is too large", expected=f"at most {MAX_EXPONENT}"
                )
            if first is None or second is None:
                return None
            value = _bounded(lambda: _BINARY[type(op)](first, second), node)
            if isinstance(op, ast.Pow) and value == 0 and first != 0:
                raise LimitError(f"'{shorten(ast.unparse(node))}' is too small a number")
            return value
        case ast.Compare(left=left, ops=ops, comparators=others) if all(
            type(op) in _COMPARE for op in ops
        ):
            for part in (left, *others):
                _check_node(part)
            return None
        case ast.BoolOp(values=values):
            for part in values:
                _check_node(part)
            return None
        case ast.Call(func=ast.Name(id=name), args=arguments, keywords=[]):
            return _check_call(name, arguments)
        case ast.Tuple():
            raise ParseError(
                f"'{shorten(ast.unparse(node))}' cannot stand in a formula.",
                mend="A comma stands between the values of a function only. Write decimals as in 0.5.",
            )
        case _:
            raise ParseError(
                f"'{shorten(ast.unparse(node))}' cannot stand in a formula",
                expected="numbers, names, + - * / ** and functions such as exp",
            )


def _check_call(name, arguments):
    if name not in FUNCTIONS:
        raise ParseError(
            f"'{name}' is not a function that formulas know",
            expected="one of " + ", ".join(sorted(FUNCTIONS)),
            mend=f"If {name} is a variable, a product needs a *.",
        )
    if len(arguments) != ARGUMENTS.get(name, 1):
        raise ParseError(
            f"{name} was given {len(arguments)} values", expected=f"{ARGUMENTS.get(name, 1)}"
        )
    for argument in arguments:
        _check_node(argument)


def _bounded(compute, node):
    """The value of a constant, refused when it is no finite number: such formulas would cost without bound."""
    text = shorten(
        ast.unparse(node) if not isinstance(node, ast.Constant) else f"{node.value!s:.40}"
    )
    try:
        value = compute()
    except ZeroDivisionError:
        raise ParseError(f"'{text}' divides by zero") from None
    except (OverflowError, ValueError):
        raise LimitError(f"'{text}' is too large a number") from None
    if isinstance(value, complex) or not math.isfinite(value):
        raise LimitError(f"'{text}' is not a finite real number")
    return value


def _is_condition(node):
    return (
        isinstance(node, (ast.Compare, ast.BoolOp))
        or isinstance(node, ast.UnaryOp)
        and isinstance(node.op, ast.Not)
    )


def _number(node):
    """The closure of a part that is computed with: there a condition counts 1 or 0, not True or False, whose sum is True."""
    inner = _closure(node)
    return (lambda env: inner(env) * 1.0) if _is_condition(node) else inner


def _divide(node):
    def divide(first, second):
        try:
            return first / second
        except ZeroDivisionError:
            which = "" if isinstance(node.right, ast.Constant) else ", which is 0"
            raise DivisionError(f"'{_text(node)}' divides by {_text(node.right)}{which}") from None

    return divide


def _power(node):
    def power(base, exponent):
        try:
            value = base**exponent
        except (ZeroDivisionError, OverflowError):
            raise RangeError(f"'{_text(node)}' has no finite value") from None
        if isinstance(value, complex):
            raise RangeError(f"{_text(node.left)} is negative, and '{_text(node)}' no real number")
        return value

    return power


_GUARDED = {ast.Div: _divide, ast.Pow: _power}


def value_of(node, env):
    """Value of a part of a checked formula for numpy numbers; not a number where it cannot be computed."""
    try:
        return np.float64(_closure(node)(env))
    except RangeError:
        return np.float64(np.nan)


def _with_unit(node, op, number, name):
    """A number times or divided by a unit such as mV: 3*mV is 3/1000, rounded once, not 3 times a rounded 0.001."""
    factor, divisor = unit_divisors()[name]
    apply, exact = (
        (operator.mul, operator.truediv)
        if isinstance(op, ast.Mult)
        else (_divide(node), operator.mul)
    )

    def value(env):
        known = env[name]
        if type(known) is float and known == factor:
            return exact(number(env), divisor)
        return apply(number(env), known)  # the program calls something else by this name

    return value


def _comparison(op, left, right):
    """The closure of one comparison; values that are equal up to rounding errors count as equal.

    The rounding error of a sum is as large as its largest terms make it: in ``t - t0 > 0.3*ms`` that of t counts, not that
    of the small difference.
    """
    apply, first, second = _COMPARE[type(op)], _number(left), _number(right)
    first_size, second_size = _size(left), _size(right)
    return lambda env: compare(apply, first(env), second(env), first_size(env) + second_size(env))


def _size(node):
    """The closure of how large the terms are from which a value is computed."""
    match node:
        case ast.UnaryOp(op=ast.USub() | ast.UAdd(), operand=operand):
            return _size(operand)
        case ast.BinOp(left=left, op=ast.Add() | ast.Sub(), right=right):
            first, second = _size(left), _size(right)
            return lambda env: first(env) + second(env)
        case ast.BinOp(left=left, op=ast.Mult(), right=right):
            first, second = _size(left), _size(right)
            return lambda env: first(env) * second(env)
        case ast.BinOp(left=left, op=ast.Div(), right=right):
            first, second = _size(left), _number(right)
            return lambda env: first(env) / abs(second(env))
    value = _number(node)
    return lambda env: abs(value(env))


def _text(node):
    return shorten(ast.unparse(node))


def _closure(node):
    match node:
        case ast.Constant(value=value):
            number = float(value)
            return lambda env: number
        case ast.Name(id=name):
            if name in CONSTANTS:
                return lambda env: env.get(name, CONSTANTS[name])
            if name in INFINITE:
                return lambda env: math.inf
            return operator.itemgetter(name)
        case ast.UnaryOp(op=op, operand=operand):
            apply, inner = (
                _UNARY[type(op)],
                _closure(operand) if isinstance(op, ast.Not) else _number(operand),
            )
            return lambda env: apply(inner(env))
        case ast.BinOp(left=left, op=ast.Mult() | ast.Div() as op, right=ast.Name(id=name)) if (
            name in unit_divisors()
        ):
            return _with_unit(node, op, _number(left), name)
        case ast.BinOp(left=left, op=op, right=right):
            apply = _GUARDED[type(op)](node) if type(op) in _GUARDED else _BINARY[type(op)]
            first, second = _number(left), _number(right)
            return lambda env: apply(first(env), second(env))
        case ast.Compare(left=left, ops=ops, comparators=others):
            parts = [left, *others]
            links = [_comparison(op, a, b) for op, a, b in zip(ops, parts, others)]
            if len(links) == 1:
                return links[0]
            return lambda env: reduce(np.logical_and, [link(env) for link in links])
        case ast.BoolOp(op=op, values=values):
            apply, parts = _BOOLEAN[type(op)], [_closure(value) for value in values]
            return lambda env: reduce(apply, [part(env) for part in parts])
        case ast.Call(func=ast.Name(id=name), args=arguments):
            if name in _ROUNDING:
                rounded, part, size = _ROUNDING[name], _number(arguments[0]), _size(arguments[0])
                return lambda env: rounded(part(env), size(env))
            function, parts = FUNCTIONS[name], [_number(argument) for argument in arguments]
            return lambda env: function(*(part(env) for part in parts))
    raise AssertionError(f"unchecked node {ast.dump(node)}")
