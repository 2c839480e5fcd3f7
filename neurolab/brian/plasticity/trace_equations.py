"""Which traces belong to source neurons and which to target neurons, from the text of a rule."""

from collections.abc import Iterable
from dataclasses import dataclass

from ...characters import plain_lines
from ...engine.spike_timing import WEIGHT
from ...errors import ParseError
from ...model.equations import Equation
from ...model.event_code import Statement
from ...model.expressions import Expression
from ..script_equations import Equations
from .code import with_statics


@dataclass(frozen=True)
class Side:
    """The traces and the code of a rule for one side of its connection.

    Attributes
    ----------
    kind : {'pre', 'post'}
    traces : tuple of str
    equations : Equations
        Those of the traces, and the static ones that they need.
    statements : tuple of Statement
        In which static equations are replaced by their formulas.
    """

    kind: str
    traces: tuple[str, ...]
    equations: Equations
    statements: tuple[Statement, ...]


def sides_of(
    equations: Equations, pre: tuple[Statement, ...], post: tuple[Statement, ...], where: str
) -> tuple[Side, Side]:
    """Tell the traces of source neurons from those of target neurons.

    A trace belongs to the side whose code changes it. One that no code changes belongs to the side
    of the traces with which its equation joins it.

    Raises
    ------
    ParseError
        A trace belongs to both sides or to neither, a side has no trace, or code changes anything
        but traces of its side and the weight.
    """
    traces = [line.name for line in equations.lines if line.kind != "static"]
    statics = {
        line.name: line.expression
        for line in equations.lines
        if line.kind == "static" and line.expression
    }
    _check_assigned(traces, statics, (pre, post), where)
    sets = _joined_traces(equations.lines, traces, statics)
    assigned = {
        "pre": {one.variable for one in pre} - {WEIGHT},
        "post": {one.variable for one in post} - {WEIGHT},
    }
    owners = {name: _owner(name, sets[name], assigned, where) for name in traces}
    made = []
    for kind, code in (("pre", pre), ("post", post)):
        own = tuple(name for name in traces if owners[name] == kind)
        others = tuple(name for name in traces if name not in own)
        if not own:
            raise ParseError(
                f"The code {kind} changes no trace.",
                where=where,
                mend=f"Add an equation such as dA_{kind}/dt = -A_{kind}/tau : 1 and let {kind} "
                f"change it: A_{kind} += 1.",
            )
        statements = with_statics(code, statics)
        _check_own_traces(statements, own, others, where, kind)
        made.append(Side(kind, own, _equations_of(equations, own, statics), statements))
    return made[0], made[1]


def _check_assigned(
    traces: list[str],
    statics: dict[str, Expression],
    codes: tuple[tuple[Statement, ...], ...],
    where: str,
) -> None:
    if WEIGHT in (*traces, *statics):
        raise ParseError(
            f"{WEIGHT} is the weight and needs no equation.",
            where=where,
            mend="Leave its line out.",
        )
    for kind, code in zip(("pre", "post"), codes):
        for one in code:
            if one.variable not in (*traces, WEIGHT):
                raise ParseError(
                    f"'{one.text}' changes {one.variable}, which is not a trace of the rule.",
                    where=f"{where}, {kind}",
                    mend=f"It can change {' or '.join((*traces, WEIGHT))}.",
                )


def _joined_traces(
    lines: Iterable[Equation], traces: list[str], statics: dict[str, Expression]
) -> dict[str, set[str]]:
    """Return for each trace the set of those with which equations join it."""
    sets = {name: {name} for name in traces}
    for line in lines:
        if line.kind != "differential" or not line.expression:
            continue
        for other in _all_names(line.expression, statics) & sets.keys():
            joined = sets[line.name] | sets[other]
            for name in joined:
                sets[name] = joined
    return sets


def _all_names(expression: Expression, statics: dict[str, Expression]) -> set[str]:
    """Return the names in a formula, and those in the static equations that it needs."""
    names: set[str] = set()
    todo = set(expression.names)
    while todo:
        name = todo.pop()
        names.add(name)
        if name in statics:
            todo |= statics[name].names - names
    return names


def _owner(name: str, joined: set[str], assigned: dict[str, set[str]], where: str) -> str:
    owners = [kind for kind, changed in assigned.items() if changed & joined]
    if len(owners) == 1:
        return owners[0]
    if owners:
        others = sorted(joined - {name})
        problem = f"{name} would belong to source and to target neurons"
        if others:
            problem += f" (its equation joins it with {', '.join(others)})"
        raise ParseError(
            problem,
            where=where,
            mend="Each trace is changed either by pre or by post. Use one trace for each side.",
        )
    raise ParseError(
        f"Neither pre nor post changes {name}.",
        where=where,
        mend="Leave the trace out, or let the code of one side change it.",
    )


def _check_own_traces(
    statements: tuple[Statement, ...],
    own: tuple[str, ...],
    others: tuple[str, ...],
    where: str,
    kind: str,
) -> None:
    """Refuse a trace that is set from values that differ from synapse to synapse."""
    neuron = {"pre": "source", "post": "target"}[kind]
    for one in statements:
        varying = sorted(one.expression.names & {WEIGHT, *others})
        if one.variable in own and varying:
            raise ParseError(
                f"'{one.text}' sets {one.variable} from {varying[0]}, which differs from synapse "
                f"to synapse, but each {neuron} neuron has one value of {one.variable}.",
                where=f"{where}, {kind}",
                mend=f"Set {one.variable} from numbers and from traces of the {neuron} neuron.",
            )


def _equations_of(
    equations: Equations, own: tuple[str, ...], statics: dict[str, Expression]
) -> Equations:
    """Return the lines of some traces and of the static equations that they need."""
    needed: set[str] = set(own)
    for line in equations.lines:
        if line.name in own and line.expression:
            needed |= _all_names(line.expression, statics) & statics.keys()
    text = plain_lines(equations.text).replace("\\\n", " ").splitlines()
    lines = sorted(line.line for line in equations.lines if line.name in needed)
    part = Equations("\n".join(text[number - 1] for number in lines))
    part.values = {name: equations.values[name] for name in _names(part) & equations.values.keys()}
    return part


def _names(equations: Equations) -> set[str]:
    return {name for line in equations.lines if line.expression for name in line.expression.names}
