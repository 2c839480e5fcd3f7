"""Exports of experiments whose formulas are drawn from the whole grammar."""

import ast
import json
import re

import numpy as np
import pytest

from neurolab.errors import NeurolabError, ParseError
from neurolab.experiment.experiment import Experiment, Neurons, Parameter
from neurolab.experiment.simulate import simulate
from neurolab.exports.brian2 import to_brian2
from neurolab.exports.documents import from_json, to_json
from neurolab.exports.link import from_link, to_link
from neurolab.exports.script import to_script
from neurolab.model import expressions, vocabulary
from tests.exports import edges, generated
from tests.exports.agreement import RELATIVE, difference, traces
from tests.exports.record import STRIDE, recorded

DRAWN = 120

NUMBER = re.compile(r"(?<![\w.])\d+(?:\.\d*)?(?:e[-+]?\d+)?")


@pytest.fixture(scope="module")
def drawn():
    return generated.experiments(DRAWN)


def traces_of_program(text):
    """What the state monitors of a program of ours recorded, in the order in which it makes them."""
    names = {}
    exec(compile(text.partition("plot(")[0], "program", "exec"), names)
    return [
        np.asarray(value.values)
        for name, value in names.items()
        if name.startswith("M_") and hasattr(value, "variable")
    ]


def formulas(experiment):
    """The syntax trees of all formulas of an experiment's equations, threshold and reset."""
    for group in experiment.neurons:
        lines = [line.split(":")[0] for line in group.equations.splitlines() if "=" in line]
        for part in (*lines, *group.reset.replace("\n", ";").split(";")):
            yield ast.parse(part.partition("=")[2].strip(), mode="eval")
        yield ast.parse(group.threshold, mode="eval")


def is_taken(node):
    """Whether the parser takes a formula."""
    try:
        expressions.parse_expression(generated.text(node))
    except NeurolabError:
        return False
    return True


def operators():
    """All operators of Python that the parser takes between numbers or between conditions."""
    number, condition = ast.Name("x"), ast.Compare(ast.Name("x"), [ast.Gt()], [ast.Constant(1)])
    for operand in (number, condition):
        for operator in (
            *ast.operator.__subclasses__(),
            *ast.unaryop.__subclasses__(),
            *ast.cmpop.__subclasses__(),
            *ast.boolop.__subclasses__(),
        ):
            if issubclass(operator, ast.operator):
                formula = ast.BinOp(operand, operator(), operand)
            elif issubclass(operator, ast.unaryop):
                formula = ast.UnaryOp(operator(), operand)
            elif issubclass(operator, ast.cmpop):
                formula = ast.Compare(operand, [operator()], [operand])
            else:
                formula = ast.BoolOp(operator(), [operand, operand])
            if is_taken(formula):
                yield operator


PYTHON = [
    "x",
    "2",
    "x + 1",
    "-x",
    "x > 1",
    "x > 1 and x < 2",
    "exp(x)",
    "x if x > 1 else 2",
    "lambda: x",
    "x.real",
    "x[0]",
    "[x]",
    "(x, x)",
    "{x}",
    "{x: x}",
    "[x for x in x]",
    "{x for x in x}",
    "{x: x for x in x}",
    "(x for x in x)",
    "f'{x}'",
    "(x := 1)",
    "exp(*x)",
]
"""One formula for each kind of expression that Python has (apart from await and yield)."""
KINDS = {
    type(node) for node in (ast.parse(text, mode="eval").body for text in PYTHON) if is_taken(node)
}
OPERATORS = set(operators())


def test_the_drawn_formulas_hold_every_operator_function_and_constant_of_the_grammar(drawn):
    nodes = [
        node
        for _, experiment, _ in drawn
        for tree in formulas(experiment)
        for node in ast.walk(tree)
    ]
    kinds = {type(node) for node in nodes}
    grammar = OPERATORS | KINDS
    assert len(grammar) > 20
    assert grammar <= kinds, f"not drawn: {grammar - kinds}"
    called = {node.func.id for node in nodes if isinstance(node, ast.Call)}
    assert set(vocabulary.FUNCTIONS) <= called, f"not drawn: {set(vocabulary.FUNCTIONS) - called}"
    named = {node.id for node in nodes if isinstance(node, ast.Name)}
    constants = vocabulary.CONSTANTS.keys() | vocabulary.INFINITE.keys()
    assert constants <= named, f"not drawn: {constants - named}"
    assert any(isinstance(node, ast.Compare) and len(node.ops) > 1 for node in nodes)


def test_dictionaries_documents_and_links_give_a_drawn_experiment_back(drawn):
    for _, experiment, _ in drawn:
        assert Experiment.from_dict(json.loads(json.dumps(experiment.to_dict()))) == experiment
        assert from_json(to_json(experiment)) == experiment
        assert from_link(to_link(experiment)) == experiment


def test_the_script_of_a_drawn_experiment_gives_its_traces(drawn):
    written = 0
    for seed, experiment, result in drawn[:30]:
        try:
            text = to_script(experiment)
        except ParseError:  # a name that every group has already
            continue
        found = traces_of_program(text)
        written += 1
        for values, expected in zip(found, traces(result), strict=True):
            np.testing.assert_array_equal(values, expected, err_msg=f"seed {seed}")
    assert written > 20


def test_brian_2_gave_the_traces_that_the_lab_gives():
    apart = {}
    for name, (plain, _, theirs) in recorded().items():
        ours = [trace[:, ::STRIDE] for trace in traces(simulate(Experiment.from_dict(plain)))]
        apart[name] = difference(ours, theirs)
    assert not {name: value for name, value in apart.items() if value > RELATIVE}


def test_exported_programs_are_those_that_brian_2_ran():
    """If this fails because the exporter writes other programs now, run ``make record``.

    The last digits of a step's matrix depend on the processor, so numbers are compared as numbers.
    """
    for name, (plain, program, _) in recorded().items():
        outdated = f"{name}: the record is outdated, run: make record"
        ours, theirs = to_brian2(Experiment.from_dict(plain)), program
        assert NUMBER.sub("0", ours) == NUMBER.sub("0", theirs), outdated
        ours, theirs = (np.array(NUMBER.findall(text), dtype=float) for text in (ours, theirs))
        np.testing.assert_allclose(ours, theirs, rtol=1e-12, atol=1e-15, err_msg=outdated)


def test_a_sample_of_every_edge_is_in_the_record():
    assert {
        name for name in edges.EXACT if not name.startswith(("variables", "parameters", "units"))
    } <= recorded().keys()


def test_names_that_brian_2_reserves_are_renamed_in_every_formula():
    neurons = Neurons(
        "N",
        1,
        "dbeta/dt = (E_N - beta + lastspike)/tau : 1\nlastspike = 0.5*dt : 1",
        "beta > exprel and not beta > 1e3",
        "beta = i; beta += dt",
    )
    experiment = Experiment(
        (neurons,),
        (),
        tuple(
            Parameter(name, 1.5, "ms" if name == "tau" else "")
            for name in ("tau", "exprel", "i", "dt", "E_N")
        ),
    )
    written = to_brian2(experiment)
    assert "dbeta_1/dt = (E_N - beta_1 + lastspike_1) / tau : 1" in written
    assert "threshold='beta_1 > exprel_1" in written
    assert r"reset='beta_1 = i_1\nbeta_1 += dt_1'" in written
    assert "N_1 = NeuronGroup(" in written


@pytest.mark.parametrize(
    ("equation", "threshold", "message"),
    [
        ("dx/dt = -x/(5*ms) : 1", "x > arcsin(2)", r"cells, threshold: 'arcsin\(2\)' has no value"),
        (
            "dx/dt = (sqrt(-1) - x)/(5*ms) : 1",
            "x > 1",
            r"equations, line 1 \(dx/dt\): 'sqrt\(-1\)' has no value",
        ),
        (
            "dx/dt = -x/(5*ms) : 1",
            "x > sqrt(t/ms)*ms/(0*ms)",
            r"cells, threshold: .* divides by zero",
        ),
    ],
)
def test_a_formula_without_a_value_is_refused_with_its_place_and_reason(
    equation, threshold, message
):
    with pytest.raises(NeurolabError, match=message):
        to_brian2(Experiment((Neurons("cells", 1, equation, threshold, "x = 0"),)))


@pytest.mark.parametrize(
    "equation",
    [
        "dx/dt = (1.0*(t > 2.05*ms) - x)/(5*ms) : 1",
        "dx/dt = (minimum(x, 0.5) - x)/(5*ms) : 1",
        "dx/dt = (1.0*(0.3 < x < 20) - x)/(5*ms) : 1",
        "dx/dt = floor(x)/(5*ms) : 1",
    ],
)
def test_no_exported_formula_holds_what_brian_2_cannot_read(equation):
    program = ast.parse(to_brian2(Experiment((Neurons("cells", 1, equation),))))
    texts = [
        node.value
        for node in ast.walk(program)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    (code,) = [text for text in texts if "slope_x" in text]
    tree = ast.parse("\n".join(line.strip() for line in code.strip().splitlines()))
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare):
            assert len(node.ops) == 1
        if isinstance(node, ast.BinOp):
            assert not isinstance(node.left, ast.Compare | ast.BoolOp)
            assert not isinstance(node.right, ast.Compare | ast.BoolOp)
        if isinstance(node, ast.Call):
            assert node.func.id in ("int", "clip", "abs")


@pytest.mark.parametrize("first", ["0.1*x", "0.1*xi*tau**0.5", "0.1*x + (t > 1*ms)"])
@pytest.mark.parametrize("method", ["", "euler", "rk2", "rk4", "exponential_euler"])
def test_the_length_of_a_program_grows_evenly_with_a_chain_of_static_equations(first, method):
    if "exponential" in method and "xi" in first:
        pytest.skip("noise has no exponential Euler method")
    lengths = [len(to_brian2(edges.chain(length, method, first))) for length in (20, 30, 40)]
    assert lengths[2] - lengths[1] < 1.5 * (lengths[1] - lengths[0])
    assert lengths[2] < 20_000


def test_a_function_that_brian_2_lacks_is_refused_by_name(monkeypatch):
    monkeypatch.setitem(vocabulary.FUNCTIONS, "cbrt", np.cbrt)
    with pytest.raises(
        NeurolabError, match=r"line 1 \(dx/dt\): Brian 2 has no function cbrt \('cbrt\(x\)'\)"
    ):
        to_brian2(Experiment((Neurons("cells", 1, "dx/dt = -cbrt(x)/(5*ms) : 1"),)))
