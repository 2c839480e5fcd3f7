"""The checked model of synapses: equations, code and the numbers that their names stand for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ...engine.integrators import method_of_options
from ...engine.synapse_block import LAST_UPDATE, EventDriven, StoredVariables
from ...engine.synaptic_code import SynapticCode
from ...errors import ParseError
from ...model.affine import Affine, affine_value
from ...model.compilation import compile_model
from ...model.dimension_checks import check_dimensions
from ...model.expressions import Expression
from ...model.model import Model
from ...units import SECOND, Dimension, dimension_of, si_value
from ..called_functions import program_functions
from ..plasticity.code import program_value, with_statics
from .equations import SynapticEquations
from .names import SynapticNames, compiled


@dataclass(frozen=True)
class Options:
    """How the continuous equations of synapses are integrated; see `NeuronGroup`."""

    method: str
    order: int
    implicit: bool


class SynapticModel:
    """Equations and code of synapses, checked.

    Parameters
    ----------
    equations : SynapticEquations
    codes : sequence of str
        Code of the pathways from the source.
    post : str or None
        Code of the pathway from the target.
    names : SynapticNames
    seen : mapping
        The program's names.
    given : mapping
        Names of the code that count before all others.
    options : Options
    label : str

    Attributes
    ----------
    stored : StoredVariables
    dimensions : dict
        Of all variables.
    constants : dict
        SI values of the names in the equations.
    codes : list of SynapticCode
        Those from the source, then the one from the target.
    """

    def __init__(
        self,
        equations: SynapticEquations,
        codes: Sequence[object],
        post: object,
        names: SynapticNames,
        seen: Mapping[str, Any],
        given: Mapping[str, Any],
        options: Options,
        label: str,
    ) -> None:
        self.equations = names.in_one_form(equations)
        self._names = names
        self._label = label
        self._seen = {**seen, **self.equations.values, **given}
        self.statics = self.equations.statics
        statements = [
            with_statics(names.statements(text, place, given), self.statics)
            for text, place in (*((text, "pre") for text in codes), (post or "", "post"))
        ]
        timed = any(LAST_UPDATE in one.reads for code in statements for one in code)
        last = (LAST_UPDATE,) if timed or self.equations.event_driven else ()
        self.stored = StoredVariables((*self.equations.stored, *last))
        self.rows = {name: row for row, name in enumerate(self.stored.states)}
        self._look_up()
        own = {name: self.dimensions[name] for name in self.rows}
        places = [*("pre" for _ in codes), "post"]
        self.codes: list[SynapticCode] = [
            compiled(code, place, self.rows, own, names, self._seen, label)
            for code, place in zip(statements, places)
        ]
        self.assigned = {one.variable for code in statements for one in code}
        self.event_driven = [self._event_driven(name) for name in self.equations.event_driven]
        self._set_continuous(options)

    def _look_up(self) -> None:
        """Find the values of all names in the equations, and check dimensions."""
        model = Model(self.equations.lines, None, ())
        constants: dict[str, Any] = {}
        dimensions: dict[str, Dimension] = {LAST_UPDATE: SECOND}
        used = dict(model.external)
        self.neurons = {name: one for name, one in self._names.neurons.items() if name in used}
        for name, where in used.items():
            place = f"{self._label}, {where}"
            if name in self.neurons:
                dimensions[name] = self._names.dimension(name)
            elif name != LAST_UPDATE:
                self._names.check_known((name,), self._seen, place)
                value = program_value(name, self._seen, (), place)
                constants[name] = float(si_value(value))
                dimensions[name] = dimension_of(value)
        check_dimensions(model, tuple(dimensions.items()))
        self.constants = constants
        self.dimensions = {**model.dimensions(dimensions)}

    def _event_driven(self, name: str) -> EventDriven:
        formula = self.equations.formula(name, self.statics)
        where = f"{self._label}, d{name}/dt (event-driven)"
        own = set(self.equations.of_kind("parameter")) | {name}
        others = formula.names & (self.rows.keys() - own)
        if others or formula.names & self.neurons.keys() or "t" in formula.names:
            other = sorted(others | (formula.names & {*self.neurons, "t"}))[0]
            raise ParseError(
                f"It depends on {other}, which changes between events.",
                where=where,
                mend="Leave (event-driven) out, so that it is integrated in every step.",
            )
        env = {**dict.fromkeys(formula.names, 1.0), name: Affine(0.0, {name: 1.0})}
        if affine_value(formula.evaluate, env) is None:
            raise ParseError(
                f"It is not linear in {name}.",
                where=where,
                mend="Leave (event-driven) out, so that it is integrated in every step.",
            )
        return EventDriven(name, self.rows[name], formula)

    def _set_continuous(self, options: Options) -> None:
        """Compile the continuous equations, and choose how to integrate them."""
        self.continuous: Model | None = None
        names = self.equations.of_kind("continuous")
        if not names:
            return
        lines = self.equations.text.splitlines()
        needed = self._statics_needed(names)
        chosen = [
            lines[line.line - 1] for line in self.equations.lines if line.name in {*names, *needed}
        ]
        self.continuous = compile_model(
            "\n".join(chosen), functions=program_functions(self.equations.functions)
        )
        outside = self.continuous.external.keys()
        self.changing = sorted(outside & ({*self.rows, *self.neurons} - {*names}))
        fixed = {*self.equations.of_kind("parameter")} - self.assigned
        steady = not self.neurons and set(self.changing) <= fixed
        constants = {**self.constants, **dict.fromkeys(self.changing, np.ones(1))}
        self.method = method_of_options(
            options.method, options.order, options.implicit, self.continuous, constants
        )
        if not steady and not self.method:
            self.method = "rk2" if options.order == 2 else "euler"
        if steady:
            self.changing = sorted(fixed & outside)
        self.is_steady = steady

    def _statics_needed(self, names: Sequence[str]) -> set[str]:
        needed: set[str] = set()
        todo: set[str] = set().union(*(self.equations.formula(name).names for name in names))
        while todo:
            name = todo.pop()
            if name in self.statics and name not in needed:
                needed.add(name)
                todo |= self.statics[name].names
        return needed

    def static_formulas(self) -> list[tuple[str, Expression]]:
        """Return the static equations, in the order in which they can be computed."""
        return list(self.statics.items())
