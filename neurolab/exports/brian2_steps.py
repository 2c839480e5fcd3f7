"""A time step of a model as statements, for equations that Brian 2 integrates in another way.

The program runs them by ``run_regularly(…, when='groups')``, at the time when Brian 2 integrates.
"""

import ast
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ..model.expressions import Expression
from ..model.model import Model, Static
from ..units import SECOND, Dimension
from .brian2_affinity import Affinity, NamedPart
from .brian2_formulas import Translator
from .brian2_trees import written
from .writing import free_name

_LATER_STAGES = (0.5, 0.5, 1)
"""Times of the later stages of the classical Runge-Kutta method, as parts of the time step."""


@dataclass
class StepWriter:
    """Writes the statements of one time step.

    Parameters
    ----------
    model : Model
    dimensions : mapping
        Dimension of every name of the model.
    names : mapping
        Name in the model → syntax tree that replaces it in the program.
    used : set of str
        Names that the statements cannot use for intermediate values.
    """

    model: Model
    dimensions: Mapping[str, Dimension]
    names: Mapping[str, ast.expr]
    used: set[str]
    lines: list[str] = field(default_factory=list)

    def write(self, method: str) -> list[str]:
        """Return the statements of the method euler, rk2, rk4 or exponential_euler."""
        writers = {
            "euler": self._euler,
            "rk2": self._rk2,
            "rk4": self._rk4,
            "exponential_euler": self._exponential,
        }
        writers[method]()
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
        for number, part in enumerate(_LATER_STAGES, 1):
            stages.append(self._slopes(number, self._shifted(stages[-1], part), part))
        updates = {}
        for state in stages[0]:
            k1, k2, k3, k4 = (stage[state] for stage in stages)
            updates[state] = f"{self._text(state)} + dt/6*({k1} + 2*{k2} + 2*{k3} + {k4})"
        self._assign(updates)

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

    def _with_named_parts(self, parts: Mapping[str, NamedPart], state: str) -> Translator:
        """Write long parts of formulas as statements, and return a translator for their names."""
        names = dict(self.names)
        dimensions = dict(self.dimensions)
        for name, part in parts.items():
            dimension = dimensions[part.static]
            if part.is_factor:
                dimension /= dimensions[state]
            value = Translator(dimensions, names).value(Expression(name, part.node), dimension)
            kind = "factor" if part.is_factor else "constant"
            names[name] = self._local(f"{kind}_{part.static}", written(value))
            dimensions[name] = dimension
        return Translator(dimensions, names)

    def _slopes(
        self, stage: int, states: Mapping[str, ast.expr], part: float = 0
    ) -> dict[str, str]:
        """Write the derivatives at these states and time; return their names."""
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

    def _slope(
        self, stage: int, state: str, derivative: Expression, names: Mapping[str, ast.expr]
    ) -> str:
        noisy = [
            (name, static)
            for name, static in self.model.statics_for(derivative.names)
            if self.model.is_noisy(name)
        ]
        if noisy or "xi" in derivative.names:  # each variable has a noise of its own
            own_names = {**names, "xi": self._local(f"noise_{state}", "randn()/sqrt(dt)")}
            self._statics(noisy, own_names, f"_{state}")
            names = own_names
        dimension = self.dimensions[state] / SECOND
        slope = written(Translator(self.dimensions, names).value(derivative, dimension))
        return self._local(f"slope_{state}" + (f"_{stage}" if stage else ""), slope).id

    def _statics(self, statics: Iterable[Static], names: dict[str, ast.expr], suffix: str) -> None:
        """Write static equations, and add the names of their values."""
        for name, expression in statics:
            value = Translator(self.dimensions, names).value(expression, self.dimensions[name])
            names[name] = self._local(name + suffix, written(value))

    def _shifted(self, slopes: Mapping[str, str], part: float) -> dict[str, ast.expr]:
        length = "dt" if part == 1 else f"{part}*dt"
        return {
            state: self._local(f"on_{state}", f"{self._text(state)} + {length}*{slope}")
            for state, slope in slopes.items()
        }

    def _assign(self, updates: Mapping[str, str], at_once: bool = False) -> None:
        """Write the assignments of new values; at once, if they depend on the old values."""
        if not at_once:
            self.lines += [f"{self._text(state)} = {value}" for state, value in updates.items()]
            return
        names = {state: self._local(f"next_{state}", value).id for state, value in updates.items()}
        self.lines += [f"{self._text(state)} = {name}" for state, name in names.items()]

    def _local(self, wanted: str, value: str) -> ast.Name:
        name = free_name(wanted, self.used)
        self.used.add(name)
        self.lines.append(f"{name} = {value}")
        return ast.Name(name, ast.Load())

    def _text(self, state: str) -> str:
        return written(self.names.get(state, ast.Name(state, ast.Load())))
