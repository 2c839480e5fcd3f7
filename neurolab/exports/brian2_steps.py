"""A time step of a model as statements, for equations that Brian 2 does not integrate as the lab does.

The statements go into ``run_regularly(…, when='groups')``, which Brian 2 carries out where it integrates equations.
"""

import ast
from collections.abc import Mapping
from dataclasses import dataclass, field

from ..errors import ParseError
from ..model.expressions import Expression
from ..model.model import Model
from ..units import SECOND
from .brian2_formulas import Translator, written
from .writing import free_name

_LONGEST_PART = 60  # nodes of a syntax tree
_HALF_WAY = (0.5, 0.5, 1)
"""Where in the time step the later stages of the classical Runge-Kutta method lie."""


@dataclass
class StepWriter:
    """Writes the statements of one time step.

    Parameters
    ----------
    model : Model
    dimensions : mapping
        Dimension of every name of the model.
    names : mapping
        Name in the model → syntax tree that stands for it in the program.
    used : set of str
        Names that the statements cannot take for what they compute on the way.
    """

    model: Model
    dimensions: Mapping
    names: Mapping
    used: set
    lines: list = field(default_factory=list)

    def write(self, method: str) -> list[str]:
        """The statements of a method: ``'euler'``, ``'rk2'``, ``'rk4'`` or ``'exponential_euler'``."""
        {
            "euler": self._euler,
            "rk2": self._rk2,
            "rk4": self._rk4,
            "exponential_euler": self._exponential,
        }[method]()
        return self.lines

    @property
    def _moving(self) -> list[tuple[str, Expression]]:
        pairs = zip(self.model.states, self.model.derivatives)
        return [(state, derivative) for state, derivative in pairs if derivative.text != "0"]

    def _euler(self) -> None:
        slopes = self._slopes(0, {})
        self._assign(
            {state: f"{self._text(state)} + dt*{slope}" for state, slope in slopes.items()}
        )

    def _rk2(self) -> None:
        first = self._slopes(0, {})
        second = self._slopes(1, self._shifted(first, 0.5), 0.5)
        self._assign(
            {state: f"{self._text(state)} + dt*{slope}" for state, slope in second.items()}
        )

    def _rk4(self) -> None:
        stages = [self._slopes(0, {})]
        for number, part in enumerate(_HALF_WAY, 1):
            stages.append(self._slopes(number, self._shifted(stages[-1], part), part))
        self._assign(
            {
                state: f"{self._text(state)} + dt/6*({k1} + 2*{k2} + 2*{k3} + {k4})"
                for state, k1, k2, k3, k4 in (
                    (state, *(stage[state] for stage in stages)) for state in stages[0]
                )
            }
        )

    def _exponential(self) -> None:
        updates = {}
        for state, derivative in self._moving:
            affinity = Affinity(self.model, state)
            constant, factor = affinity.parts(derivative.node)
            translator = self._with_named_parts(affinity.named, state)
            now = self._text(state)
            rate = "0*hertz" if factor is None else written(translator.number(factor, SECOND**-1))
            terms = [f"{now}*exp(({rate})*dt)"]
            if constant is not None:
                driven = written(translator.number(constant, self.dimensions[state] / SECOND))
                terms.append(f"({driven})*dt*exprel(({rate})*dt)")
            updates[state] = " + ".join(terms)
        self._assign(updates, at_once=True)

    def _with_named_parts(self, parts: Mapping, state: str) -> Translator:
        """Write what several parts of a formula share as statements; gives a translator that knows their names."""
        names, dimensions = dict(self.names), dict(self.dimensions)
        for name, (node, static, is_factor) in parts.items():
            dimension = dimensions[static] / dimensions[state] if is_factor else dimensions[static]
            value = Translator(dimensions, names).value(Expression(name, node), dimension)
            names[name] = self._local(
                f"{'factor' if is_factor else 'constant'}_{static}", written(value)
            )
            dimensions[name] = dimension
        return Translator(dimensions, names)

    def _slopes(self, stage: int, states: Mapping, part: float = 0) -> dict[str, str]:
        """Write the derivatives at these states and time; gives the name of each."""
        names = {**self.names, **states}
        if part:
            names["t"] = ast.parse("t + dt" if part == 1 else f"t + {part}*dt", mode="eval").body
        if stage:
            needed = frozenset().union(*(derivative.names for _, derivative in self._moving))
            self._statics(self.model.statics_for(needed), names, f"_{stage}")
        return {
            state: self._slope(stage, state, derivative, names)
            for state, derivative in self._moving
        }

    def _slope(self, stage: int, state: str, derivative: Expression, names: Mapping) -> str:
        noisy = [
            (name, static)
            for name, static in self.model.statics_for(derivative.names)
            if self.model.is_noisy(name)
        ]
        if noisy or "xi" in derivative.names:  # each variable has a noise of its own
            names = {**names, "xi": self._local(f"noise_{state}", "randn()/sqrt(dt)")}
            self._statics(noisy, names, f"_{state}")
        dimension = self.dimensions[state] / SECOND
        slope = written(Translator(self.dimensions, names).value(derivative, dimension))
        return self._local(f"slope_{state}" + (f"_{stage}" if stage else ""), slope).id

    def _statics(self, statics: list, names: dict, suffix: str) -> None:
        for name, expression in statics:
            value = Translator(self.dimensions, names).value(expression, self.dimensions[name])
            names[name] = self._local(name + suffix, written(value))

    def _shifted(self, slopes: Mapping, part: float) -> dict[str, ast.expr]:
        length = "dt" if part == 1 else f"{part}*dt"
        return {
            state: self._local(f"on_{state}", f"{self._text(state)} + {length}*{slope}")
            for state, slope in slopes.items()
        }

    def _assign(self, updates: Mapping, at_once: bool = False) -> None:
        """Give all variables their new values: one by one, where none is needed for another."""
        if not at_once:
            self.lines += [f"{self._text(state)} = {value}" for state, value in updates.items()]
            return
        found = {state: self._local(f"next_{state}", value).id for state, value in updates.items()}
        self.lines += [f"{self._text(state)} = {name}" for state, name in found.items()]

    def _local(self, wanted: str, value: str) -> ast.Name:
        name = free_name(wanted, self.used)
        self.used.add(name)
        self.lines.append(f"{name} = {value}")
        return ast.Name(name, ast.Load())

    def _text(self, state: str) -> str:
        return written(self.names.get(state, ast.Name(state, ast.Load())))


class Affinity:
    """Splits formulas that are linear in one variable x into a constant and a factor: a + b x.

    Parameters
    ----------
    model : Model
    variable : str

    Attributes
    ----------
    named : dict
        Parts of static equations that are too long to be written at each use: name in the formulas → syntax tree,
        static equation, and whether it is the factor. Without them, the length of a formula would double with each
        static equation that uses the one before it twice.
    """

    def __init__(self, model: Model, variable: str) -> None:
        self._variable = variable
        self.named = {}
        self._parts = {}
        self._statics = {
            name: expression.node
            for name, expression in model.statics
            if any(variable in static.names for _, static in model.statics_for({name}))
        }

    def parts(self, node: ast.expr) -> tuple[ast.expr | None, ast.expr | None]:
        """The constant and the factor of a formula; None stands for 0.

        Raises
        ------
        ParseError
            The formula is not linear in the variable.
        """
        names = {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}
        if not names & {self._variable, *self._statics}:
            return node, None
        match node:
            case ast.Name(id=self._variable):
                return None, ast.Constant(1)
            case ast.Name(id=name):
                return self._parts_of_static(name)
            case ast.UnaryOp(op=ast.USub() | ast.UAdd() as op, operand=operand):
                return tuple(part and ast.UnaryOp(op, part) for part in self.parts(operand))
            case ast.BinOp(left=left, op=ast.Add() | ast.Sub() as op, right=right):
                return tuple(
                    _combined(first, op, second)
                    for first, second in zip(self.parts(left), self.parts(right))
                )
            case ast.BinOp(left=left, op=ast.Mult() | ast.Div() as op, right=right):
                return self._scaled(left, op, right)
            case ast.BinOp(left=left, op=ast.Pow(), right=ast.Constant(value=1)):
                return self.parts(left)
        raise self._not_linear()

    def _parts_of_static(self, static: str) -> tuple[ast.expr | None, ast.expr | None]:
        if static not in self._parts:
            constant, factor = self.parts(self._statics[static])
            self._parts[static] = (
                self._shortened(constant, static, False),
                self._shortened(factor, static, True),
            )
        return self._parts[static]

    def _shortened(self, node: ast.expr | None, static: str, is_factor: bool) -> ast.expr | None:
        """A part, or a name that stands for it; the space keeps the name apart from all names that can be typed."""
        if node is None or sum(1 for _ in ast.walk(node)) <= _LONGEST_PART:
            return node
        name = f"{static} {'factor' if is_factor else 'constant'}"
        self.named[name] = node, static, is_factor
        return ast.Name(name, ast.Load())

    def _scaled(
        self, left: ast.expr, op: ast.operator, right: ast.expr
    ) -> tuple[ast.expr | None, ast.expr | None]:
        first, second = self.parts(left), self.parts(right)
        if second[1] is None:
            return tuple(part and ast.BinOp(part, op, right) for part in first)
        if first[1] is None and isinstance(op, ast.Mult):
            return tuple(part and ast.BinOp(left, op, part) for part in second)
        raise self._not_linear()

    def _not_linear(self) -> ParseError:
        return ParseError(
            f"d{self._variable}/dt is not linear in {self._variable}",
            where="method",
            mend="exponential_euler needs each equation linear in its own variable: "
            "choose euler, rk2 or rk4.",
        )


def _combined(first: ast.expr | None, op: ast.operator, second: ast.expr | None) -> ast.expr | None:
    if second is None:
        return first
    if first is None:
        return ast.UnaryOp(ast.USub(), second) if isinstance(op, ast.Sub) else second
    return ast.BinOp(first, op, second)
