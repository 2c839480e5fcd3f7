"""From a checked syntax tree to nested closures that call numpy.

A closure takes a mapping from names to values. It works on numbers, on arrays and on anything else
with arithmetic, such as affine forms.
"""

import ast
import math
import operator
from collections.abc import Callable, Mapping
from functools import reduce
from typing import Any, TypeAlias

import numpy as np

from ..errors import DivisionError, RangeError
from ..grid import compare
from ..units import unit_divisors
from .program_functions import call_of
from .vocabulary import (
    BINARY,
    BOOLEAN,
    COMPARISONS,
    CONSTANTS,
    FUNCTIONS,
    INFINITE,
    ROUNDING,
    UNARY,
    is_condition,
    text_of,
)

Closure: TypeAlias = Callable[[Mapping[str, Any]], Any]
"""The value of a formula for the values of its names."""


def _number(node: ast.expr) -> Closure:
    """Return the closure of a part that is used as a number.

    A condition counts as 1 or 0 there, not as True or False, because True + True is True for numpy.
    """
    inner = closure(node)
    return (lambda env: inner(env) * 1.0) if is_condition(node) else inner


def _divide(node: ast.BinOp) -> Callable[[Any, Any], Any]:
    def divide(first: Any, second: Any) -> Any:
        try:
            return first / second
        except ZeroDivisionError:
            which = "" if isinstance(node.right, ast.Constant) else ", which is 0"
            raise DivisionError(
                f"'{text_of(node)}' divides by {text_of(node.right)}{which}."
            ) from None

    return divide


def _power(node: ast.BinOp) -> Callable[[Any, Any], Any]:
    def power(base: Any, exponent: Any) -> Any:
        try:
            value = base**exponent
        except (ZeroDivisionError, OverflowError):
            raise RangeError(f"'{text_of(node)}' has no finite value.") from None
        if isinstance(value, complex):
            raise RangeError(
                f"{text_of(node.left)} is negative, and '{text_of(node)}' no real number."
            )
        return value

    return power


_GUARDED = {ast.Div: _divide, ast.Pow: _power}


def value_of(node: ast.expr, env: Mapping[str, Any]) -> np.float64:
    """Evaluate a part of a checked formula for numpy numbers; nan if it cannot be computed."""
    try:
        return np.float64(closure(node)(env))
    except RangeError:
        return np.float64(np.nan)


def _with_unit(node: ast.BinOp, op: ast.operator, number: Closure, name: str) -> Closure:
    """Return the closure of a number times or divided by a unit such as mV.

    The value of 3*mV is 3/1000, rounded once, not 3 times a rounded 0.001.
    """
    factor, divisor = unit_divisors()[name]
    if isinstance(op, ast.Mult):
        apply = operator.mul
        exact = operator.truediv
    else:
        apply = _divide(node)
        exact = operator.mul

    def value(env: Mapping[str, Any]) -> Any:
        known = env[name]
        if type(known) is float and known == factor:
            return exact(number(env), divisor)
        return apply(number(env), known)  # the program calls something else by this name

    return value


def _comparison(op: ast.cmpop, left: ast.expr, right: ast.expr) -> Closure:
    """Return the closure of one comparison; values that are equal up to rounding errors are equal.

    The rounding error of a sum is as large as its largest terms make it: in ``t - t0 > 0.3*ms``
    that of t counts, not that of the small difference.
    """
    apply = COMPARISONS[type(op)]
    first = _number(left)
    second = _number(right)
    first_size = _size(left)
    second_size = _size(right)
    return lambda env: compare(apply, first(env), second(env), first_size(env) + second_size(env))


def _size(node: ast.expr) -> Closure:
    """Return the closure of how large the terms are from which a value is computed."""
    match node:
        case ast.UnaryOp(op=ast.USub() | ast.UAdd(), operand=operand):
            return _size(operand)
        case ast.BinOp(left=left, op=ast.Add() | ast.Sub(), right=right):
            first = _size(left)
            second = _size(right)
            return lambda env: first(env) + second(env)
        case ast.BinOp(left=left, op=ast.Mult(), right=right):
            first = _size(left)
            second = _size(right)
            return lambda env: first(env) * second(env)
        case ast.BinOp(left=left, op=ast.Div(), right=right):
            first = _size(left)
            second = _number(right)
            return lambda env: first(env) / abs(second(env))
    value = _number(node)
    return lambda env: abs(value(env))


def closure(node: ast.expr) -> Closure:
    """Return the function that evaluates a checked syntax tree.

    Parameters
    ----------
    node : ast.expr
        A tree that `check_node` has accepted.

    Examples
    --------
    >>> closure(ast.parse("2*x + 1", mode="eval").body)({"x": 3.0})
    7.0
    """
    match node:
        case ast.Constant(value=int() | float() as value):
            number = float(value)
            return lambda env: number
        case ast.Name(id=name):
            if name in CONSTANTS:
                return lambda env: env.get(name, CONSTANTS[name])
            if name in INFINITE:
                return lambda env: math.inf
            return operator.itemgetter(name)
        case ast.UnaryOp(op=op, operand=operand):
            function = UNARY[type(op)]
            inner = closure(operand) if isinstance(op, ast.Not) else _number(operand)
            return lambda env: function(inner(env))
        case ast.BinOp(left=left, op=ast.Mult() | ast.Div() as op, right=ast.Name(id=name)) if (
            name in unit_divisors()
        ):
            return _with_unit(node, op, _number(left), name)
        case ast.BinOp(left=left, op=op, right=right):
            apply = _GUARDED[type(op)](node) if type(op) in _GUARDED else BINARY[type(op)]
            first = _number(left)
            second = _number(right)
            return lambda env: apply(first(env), second(env))
        case ast.Compare(left=left, ops=ops, comparators=others):
            sides = [left, *others]
            links = [_comparison(op, a, b) for op, a, b in zip(ops, sides, others)]
            if len(links) == 1:
                return links[0]
            return lambda env: reduce(np.logical_and, [link(env) for link in links])
        case ast.BoolOp(op=op, values=values):
            join = BOOLEAN[type(op)]
            conditions = [closure(value) for value in values]
            return lambda env: reduce(join, [condition(env) for condition in conditions])
        case ast.Call(func=ast.Name(id=name), args=arguments):
            call = call_of(node)
            if call is None:
                return _call(name, arguments)
            parts = [_number(argument) for argument in arguments]
            return lambda env: call.value(*(part(env) for part in parts))
    raise AssertionError(f"unchecked node {ast.dump(node)}")


def _call(name: str, arguments: list[ast.expr]) -> Closure:
    """Return the closure of a function call."""
    if name in ROUNDING:
        rounded = ROUNDING[name]
        value = _number(arguments[0])
        size = _size(arguments[0])
        return lambda env: rounded(value(env), size(env))
    function = FUNCTIONS[name]
    values = [_number(argument) for argument in arguments]
    return lambda env: function(*(value(env) for value in values))
