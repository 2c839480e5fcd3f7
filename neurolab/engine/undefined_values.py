"""Find the part of a formula that has no finite value, and the values of its variables.

The step loop only notices that a state is infinite or not a number. The functions here evaluate the
last step again, formula by formula and part by part, until they reach the part that has no finite
value although everything that it is computed from has one.
"""

import ast
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from ..errors import BlowUpError, NeurolabError, NoValueError
from ..model.closures import value_of
from ..model.expressions import Expression
from ..model.model import Model
from ..model.vocabulary import shorten
from ..units import NAMES, SECOND, display_factor, display_unit

_DOMAINS = {
    "log": "is given a value that is not positive",
    "log10": "is given a value that is not positive",
    "sqrt": "is given a negative value",
    "arcsin": "is given a value outside -1 … 1",
    "arccos": "is given a value outside -1 … 1",
}
_ELSEWHERE = (
    "Write the formula so that it has a value there (its limit, for example), "
    "or let the variables keep away from it."
)


class Flag:
    """Notes that numpy met a division by zero, an invalid operation or an overflow."""

    def __init__(self) -> None:
        self.raised = False

    def __call__(self, kind: str, number: int) -> None:
        self.raised = True


def blow_up(
    model: Model,
    name: str,
    neuron: int,
    row: int,
    situations: Sequence[Mapping[str, Any]],
    time: float,
) -> NeurolabError:
    """Return the error for a state that is infinite or not a number.

    Parameters
    ----------
    model : Model
    name : str
        The group, for the message.
    neuron, row : int
        The first neuron, and the row of its state, that is not finite.
    situations : list of mapping
        Values of all names but static equations with which the formulas were evaluated in the last
        step, in order.
    time : float
        Seconds.
    """
    reason = ""
    for values in situations:
        error = without_value(model, values, neuron, name, time)
        if isinstance(error, NoValueError):
            return error
        reason = reason or (f" {error.problem}" if error else "")
    return BlowUpError(
        f"{model.states[row]} of neuron {neuron} grew beyond all bounds by "
        f"t = {time * 1e3:.6g} ms.{reason}.",
        where=name,
        mend="Use a smaller dt, or equations in which the variable stays finite.",
    )


def without_value(
    model: Model, values: Mapping[str, Any], neuron: int, name: str, time: float
) -> NeurolabError | None:
    """Return the error for the first formula that has no finite value for one neuron, or None."""
    env = _of_one_neuron(values, neuron)
    with np.errstate(all="ignore"):
        for where, target, expression in _formulas(model):
            value = value_of(expression.node, env)
            if target:
                env[target] = np.float64(value)
            if not np.isfinite(value):
                part = _culprit(expression.node, env)
                if part is not None:
                    moment = f"neuron {neuron}, t = {time * 1e3:.6g} ms"
                    return _explained(model, expression, part, env, f"{name}, {where}", moment)
    return None


def comparison_without_value(
    model: Model, values: Mapping[str, Any], size: int, name: str, time: float
) -> NoValueError | None:
    """Return the error for the first side of a comparison that has no value, or None.

    Parameters
    ----------
    model : Model
    values : mapping
        Values of all names but static equations; arrays have one entry a neuron.
    size : int
        Number of neurons.
    name : str
        The group, for the message.
    time : float
        Seconds.
    """
    env = dict(values)
    with np.errstate(all="ignore"):
        for static, expression in model.statics:
            env[static] = expression.evaluate(env)
        for where, expression, side in model.compared:
            missing = ~np.isfinite(np.broadcast_to(value_of(side, env), (size,)))
            if missing.any():
                error = _side_without_value(
                    model, expression, side, env, int(missing.argmax()), f"{name}, {where}", time
                )
                if error:
                    return error
    return None


def _side_without_value(
    model: Model,
    expression: Expression,
    side: ast.expr,
    values: Mapping[str, Any],
    neuron: int,
    where: str,
    time: float,
) -> NoValueError | None:
    env = _of_one_neuron(values, neuron)
    part = _culprit(side, env)
    if part is None:
        return None
    error = _explained(
        model, expression, part, env, where, f"neuron {neuron}, t = {time * 1e3:.6g} ms"
    )
    # A number that is too large compares correctly.
    return error if isinstance(error, NoValueError) else None


def _of_one_neuron(values: Mapping[str, Any], neuron: int) -> dict[str, np.float64]:
    return {
        key: np.float64(value[min(neuron, len(value) - 1)] if np.ndim(value) else value)
        for key, value in values.items()
    }


def _formulas(model: Model) -> Iterator[tuple[str, str, Expression]]:
    places = {equation.name: equation.where for equation in model.equations}
    for static, expression in model.statics:
        yield places[static], static, expression
    for state, derivative in zip(model.states, model.derivatives):
        yield places[state], "", derivative
    for assignment in model.reset:
        yield "reset", "", assignment.expression


def _culprit(node: ast.expr, env: Mapping[str, Any]) -> ast.expr | None:
    """Return the innermost part that has no finite value although all its own parts have one."""
    for part in ast.iter_child_nodes(node):
        if isinstance(part, ast.expr) and not (isinstance(node, ast.Call) and part is node.func):
            culprit = _culprit(part, env)
            if culprit is not None:
                return culprit
    if isinstance(node, (ast.Name, ast.Constant)):
        return None
    return node if not np.isfinite(value_of(node, env)) else None


def _explained(
    model: Model,
    expression: Expression,
    part: ast.expr,
    env: Mapping[str, Any],
    where: str,
    moment: str,
) -> NeurolabError:
    text = shorten(ast.get_source_segment(expression.text, part) or ast.unparse(part))
    names = [
        each.id
        for each in ast.walk(part)
        if isinstance(each, ast.Name) and each.id in env and each.id not in NAMES
    ]
    shown = ", ".join(_shown(model, name, env[name]) for name in dict.fromkeys(names))
    place = f" where {shown} ({moment})" if shown else f" ({moment})"
    match part:
        case ast.BinOp(left=left, op=ast.Div(), right=right) if value_of(right, env) == 0:
            if value_of(left, env) == 0:
                what = "is 0/0, which has no value,"
            else:
                what = "divides by 0 and has no value"
            if isinstance(right, ast.Name):
                what += f" (it divides by {right.id}, which is 0)"
            return NoValueError(f"'{text}' {what}{place}.", where=where, mend=_ELSEWHERE)
        case ast.Call(func=ast.Name(id=function)) if function in _DOMAINS and not np.isposinf(
            value_of(part, env)
        ):
            return NoValueError(
                f"'{text}' has no value: {function} {_DOMAINS[function]}{place}.",
                where=where,
                mend=_ELSEWHERE,
            )
        case ast.BinOp(op=ast.Pow()) if np.isnan(value_of(part, env)):
            base = shorten(ast.unparse(part.left))
            return NoValueError(
                f"'{base}' is negative, and '{text}' is no real number{place}.",
                where=where,
                mend=_ELSEWHERE,
            )
    if np.isnan(value_of(part, env)):
        return NoValueError(f"'{text}' has no value{place}.", where=where, mend=_ELSEWHERE)
    return BlowUpError(
        f"'{text}' is too large a number{place}.",
        where=where,
        mend="A variable has left its usual range: use a smaller dt, a lower threshold, "
        "or equations in which it comes back.",
    )


def _shown(model: Model, name: str, value: float) -> str:
    dimensions = {"t": SECOND, **{each.name: each.dimension for each in model.equations}}
    dimension = dimensions.get(name)
    if dimension is None:
        return f"{name} = {value:.6g} (SI)" if name not in dimensions else f"{name} = {value:.6g}"
    return f"{name} = {value / display_factor(dimension):.6g} {display_unit(dimension)}".rstrip()
