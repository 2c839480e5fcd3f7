"""What the names in equations and code of synapses stand for."""

from collections.abc import Iterable, Mapping
from typing import Any

from ...engine.synapse_block import LAST_UPDATE
from ...engine.synaptic_code import NeuronVariable, SynapticCode
from ...errors import NotAvailableError, ParseError
from ...model.event_code import Statement
from ...model.expressions import Expression, parse_expression
from ...model.model import Model
from ...model.random_names import is_random
from ...model.syntax_trees import substituted
from ...units import DIMENSIONLESS, SECOND, Dimension
from ..groups import Group
from ..plasticity.code import CodeNames, statements_of
from .equations import SynapticEquations

PRE = "_pre"
POST = "_post"


class SynapticNames:
    """The variables that equations and code of synapses may use.

    Parameters
    ----------
    equations : SynapticEquations
    source, target : Group
    label : str
        Of the synapses, for messages.

    Attributes
    ----------
    neurons : dict of str to NeuronVariable
        Names that stand for variables of neurons. A variable of the target has its own name; with
        ``_post`` it is the same.
    """

    def __init__(
        self, equations: SynapticEquations, source: Group, target: Group, label: str
    ) -> None:
        self._label = label
        self._ends = {True: source, False: target}
        self._statics: dict[str, str] = {}
        self.neurons: dict[str, NeuronVariable] = {}
        self._aliases: dict[str, Expression] = {}
        self._own = {line.name for line in equations.lines}
        self._ambiguous: set[str] = set()
        for of_source, end in self._ends.items():
            model = getattr(end, "model", None)
            if isinstance(model, Model):
                self._add(model, of_source)

    def _add(self, model: Model, of_source: bool) -> None:
        suffix = PRE if of_source else POST
        for name in (*model.states, *model.parameters):
            variable = NeuronVariable(name, of_source)
            if of_source:
                self.neurons[name + suffix] = variable
            elif name in self._own:
                self._ambiguous.add(name)
                self.neurons[name + suffix] = variable
            else:
                self.neurons[name] = variable
                self._aliases[name + suffix] = parse_expression(name)
        for name, _ in model.statics:
            self._statics[name + suffix] = name
            if not of_source:
                self._statics[name] = name

    def dimension(self, name: str) -> Dimension:
        """Return the dimension of a variable of neurons."""
        variable = self.neurons[name]
        return self._ends[variable.of_source].dimension(variable.name)

    def in_one_form(self, equations: SynapticEquations) -> SynapticEquations:
        """Write variables of the target without ``_post`` in equations."""
        used = {
            alias: str(expression.text)
            for alias, expression in self._aliases.items()
            if any(line.expression and alias in line.expression.names for line in equations.lines)
        }
        if not used:
            return equations
        return SynapticEquations(equations, **used)

    def statements(
        self, text: object, place: str, given: Mapping[str, Any]
    ) -> tuple[Statement, ...]:
        """Parse code, and write variables of the target without ``_post``."""
        where = f"{self._label}, {place}"
        for one in statements_of(text, where, given):
            for name in sorted(self._ambiguous & {*one.reads, one.variable}):
                raise ParseError(
                    f"'{one.text}' uses {name}, which is a variable of the synapses and of the "
                    "target.",
                    where=where,
                    mend="Give one of them another name.",
                )
        return tuple(
            Statement(
                self._aliases[one.variable].text if one.variable in self._aliases else one.variable,
                one.adds,
                substituted(one.expression, self._aliases),
                one.text,
            )
            for one in statements_of(text, where, given)
        )

    def check_known(self, names: Iterable[str], seen: Mapping[str, Any], where: str) -> None:
        """Refuse static equations of the neurons, which have no stored value."""
        for name in sorted(names):
            if name in self._statics and name not in seen:
                raise NotAvailableError(
                    f"'{name}' is a static equation of the neurons, which code and equations of "
                    "synapses cannot use.",
                    where=where,
                    mend=f"Write its formula instead of {name}.",
                )


def compiled(
    statements: tuple[Statement, ...],
    place: str,
    rows: Mapping[str, int],
    own: Mapping[str, Dimension],
    names: SynapticNames,
    seen: Mapping[str, Any],
    label: str,
) -> SynapticCode:
    """Look up all names of code, check it, and compile it.

    Parameters
    ----------
    statements : tuple of Statement
    place : str
        'pre' or 'post', for messages.
    rows : mapping
        Row of each variable of the synapses.
    own : mapping
        Their dimensions.
    names : SynapticNames
    seen : mapping
        The program's names.
    label : str
        Of the synapses.

    Raises
    ------
    ParseError
        The code changes something that is no variable of synapses or of the target.
    """
    where = f"{label}, {place}"
    neurons = names.neurons
    for one in statements:
        _check_target(one, own, neurons, where)
        names.check_known(one.expression.names, seen, where)
    dimensions = {**own, **{name: names.dimension(name) for name in neurons}, "t": SECOND}
    dimensions[LAST_UPDATE] = SECOND
    for one in statements:
        drawn = filter(is_random, one.expression.names)
        dimensions.update(dict.fromkeys(drawn, DIMENSIONLESS))
    code = CodeNames(seen, dimensions, label).code(statements, place)
    return SynapticCode(code, rows, neurons)


def _check_target(
    one: Statement,
    own: Mapping[str, Dimension],
    neurons: Mapping[str, NeuronVariable],
    where: str,
) -> None:
    name = one.variable
    if name in own and name != LAST_UPDATE:
        return
    if name in neurons and not neurons[name].of_source:
        return
    if name in neurons:
        problem = f"'{one.text}' changes a variable of the source."
        mend = "Code of synapses can read it, and change variables of the synapses or the target."
        raise ParseError(problem, where=where, mend=mend)
    known = sorted({*own, *(each for each in neurons if not neurons[each].of_source)})
    raise ParseError(
        f"'{one.text}' changes {name}, which is no variable of the synapses or of the target.",
        where=where,
        mend=f"It can change {' or '.join(known)}." if known else "Add a variable to the model.",
    )
