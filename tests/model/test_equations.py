"""Equations: what a model may say, and the errors that name variable, dimensions and line."""

import pytest

from neurolab.brian.script_equations import Equations
from neurolab.errors import NeurolabError, ParseError, UnitsError, UnknownNameError
from neurolab.model.compilation import compile_model
from neurolab.model.dimension_checks import check_dimensions
from neurolab.model.equations import parse_equations, parse_reset, parse_unit
from neurolab.model.linearity import linear_coefficients
from neurolab.units import SECOND, dimension_name, unit

VOLT = unit("volt")[1]
TAU = (("tau", SECOND),)


def checked(text, threshold="", reset="", **dimensions):
    model = compile_model(text, threshold, reset)
    check_dimensions(model, tuple({"tau": SECOND, **dimensions}.items()))
    return model


def test_lines_may_be_differential_static_or_parameters():
    lines = parse_equations("""
        dV/dt = (I*R - V)/tau : volt   # comment
        I = g*(E - V) : amp
        tau : second
    """)
    assert [(line.kind, line.name) for line in lines] == [
        ("differential", "V"),
        ("parameter", "tau"),
        ("static", "I"),
    ]
    assert [line.line for line in lines] == [2, 4, 3]


def test_static_equations_are_put_in_the_order_in_which_they_can_be_computed():
    model = compile_model("dV/dt = a/tau : volt\na = b + b : volt\nb = V : volt")
    assert [name for name, _ in model.statics] == ["b", "a"]


def test_equations_may_compare_with_or_equal():
    model = checked("dV/dt = -V/tau*(V >= Vt)*low : volt\nlow = V <= 2*Vt : 1", Vt=VOLT)
    assert model.derivatives[0].text == "-V/tau*(V >= Vt)*low"
    assert dict(model.statics)["low"].text == "V <= 2*Vt"


@pytest.mark.parametrize("text", ["dV/dt = V => 1 : volt", "dV/dt = a = b : volt", "V >= 1 : volt"])
def test_no_other_equals_sign_stands_in_an_equation(text):
    with pytest.raises(ParseError, match="is not an equation"):
        parse_equations(text)


def test_a_plus_before_an_exponent_changes_nothing():
    assert parse_unit("volt**+2") == VOLT**2


def test_units_may_be_products_and_powers():
    assert parse_unit("siemens/metre**2") == unit("siemens")[1] / unit("metre")[1] ** 2
    assert dimension_name(parse_unit("volt/second")) == "volt/second"


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("5*volt", "5"),
        ("volt*0.001", "0.001"),
        ("2", "2"),
        ("0", "0"),
        ("volt + volt", r"volt \+ volt"),
        ("-volt", "-volt"),
        ("exp(1)*volt", r"exp\(1\)"),
        ("volt**second", r"volt \*\* second"),
        ("volt > 1", "volt > 1"),
    ],
)
def test_a_unit_is_a_product_of_units_without_a_factor(text, wrong):
    with pytest.raises(ParseError, match=f"line 1.*'{wrong}' cannot be part of a unit"):
        parse_equations(f"dV/dt = -V/tau : {text}")


@pytest.mark.parametrize(
    "text",
    ["1", "1.0", "1*volt", "(volt)", "amp*ohm", "volt**1", "siemens**-1*amp", "1/siemens*amp"],
)
def test_powers_and_a_factor_of_one_are_units(text):
    assert parse_unit(text) in (VOLT, unit("")[1])


@pytest.mark.parametrize(
    ("threshold", "reset", "where"),
    [
        ("V > I", "V = 0", "threshold"),
        ("V > 0", "V = I", "reset"),
        ("V > 0", "V = xi*second**0.5", "reset"),
    ],
)
def test_a_threshold_or_reset_that_needs_noise_is_refused_also_where_a_static_equation_holds_it(
    threshold, reset, where
):
    with pytest.raises(ParseError, match=f"{where}: xi is noise"):
        compile_model("dV/dt = -V/tau : 1\nI = J + V : 1\nJ = xi*tau**0.5 : 1", threshold, reset)


@pytest.mark.parametrize(
    ("text", "kind", "message"),
    [
        (
            "dV/dt = -V : volt",
            UnitsError,
            r"line 1 \(dV/dt\).*V has dimension volt. It must have dimension volt/second.*time constant",
        ),
        (
            "dV/dt = (V + tau)/tau : volt",
            UnitsError,
            r"line 1.*'V' \(volt\) and 'tau' \(second\) cannot be added",
        ),
        (
            "dV/dt = exp(V)/tau : volt",
            UnitsError,
            r"exp\(V\) is given a value in volt. It needs a plain number",
        ),
        (
            "\n\ndV/dt = V**tau/tau : volt",
            UnitsError,
            r"line 3.*The exponent 'tau' has dimension second",
        ),
        (
            "dV/dt = -V/tau : amp\nI = V*tau : amp",
            UnitsError,
            r"line 2 \(I\).*right-hand side of I",
        ),
        (
            "dV/dt = -V/tau_x : volt",
            UnknownNameError,
            r"line 1 \(dV/dt\): 'tau_x' is not known.*Give tau_x a value",
        ),
        ("dV/dt = -V/tau", ParseError, r"line 1: 'dV/dt = -V/tau' has no unit"),
        ("dV/dt = -V/tau : furlong", UnknownNameError, r"'furlong' is not a unit"),
        ("dV/dt -V/tau : volt", ParseError, r"line 1: .* is not an equation"),
        (
            "dV/dt = -V/tau : volt\ndV/dt = 1*V/tau : volt",
            ParseError,
            r"line 2.*V is defined a second time",
        ),
        ("I = 3 : 1", ParseError, "no differential equation"),
        ("dV/dt = a/tau : volt\na = b : volt\nb = a : volt", ParseError, "need each other"),
        ("dt/dt = 1/tau : 1", ParseError, "t already means something else"),
        ("dNone/dt = 1/tau : 1", ParseError, "None already means something else"),
        ("dTrue/dt = 1/tau : 1", ParseError, "True already means something else"),
        ("lambda : 1", ParseError, "lambda already means something else"),
        ("dV/dt = -V/tau : ", ParseError, r"has no unit.*\(line: dV/dt = -V/tau : volt\)"),
        ("dV/dt = -V/tau : : volt", ParseError, "One colon stands before the unit"),
        ("dV/dt = open('x') : volt", ParseError, "cannot stand in a formula"),
    ],
)
def test_a_wrong_model_is_refused_with_variable_and_line(text, kind, message):
    with pytest.raises(kind, match=message):
        checked(text)


def test_threshold_and_reset_are_checked_for_dimensions_and_names():
    with pytest.raises(
        UnitsError, match=r"threshold: 'V' \(volt\) and 'tau' \(second\) cannot be compared"
    ):
        checked("dV/dt = -V/tau : volt", "V > tau")
    with pytest.raises(
        UnitsError, match=r"V is set to a value in second. Set it to a value in volt"
    ):
        checked("dV/dt = -V/tau : volt", "V > 0", "V = tau")
    with pytest.raises(
        UnknownNameError, match=r"'W' is not a state variable. The state variables are V"
    ):
        checked("dV/dt = -V/tau : volt", "V > 0", "W = 0")
    with pytest.raises(ParseError, match="is a number, not a condition"):
        checked("dV/dt = -V/tau : volt", "V - tau")


def test_resets_may_set_and_add():
    assert [
        (a.variable, a.adds, a.expression.text) for a in parse_reset("V = Vr; w += 0.3*mV\nu -= b")
    ] == [("V", False, "Vr"), ("w", True, "0.3*mV"), ("u", True, "-( b)")]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (("Va", "Vb"), "Va"),
        (("a", "V"), "V"),
        (("a", "vm"), "vm"),
        (("a", "V", "v"), "a"),
        (("ge", "Vm", "gi"), "Vm"),
    ],
)
def test_a_scalar_threshold_acts_on_the_only_voltage_name_else_on_the_first(names, expected):
    assert (
        compile_model("\n".join(f"d{name}/dt = -{name}/tau : volt" for name in names)).default_state
        == expected
    )


def test_linearity_and_coefficients_are_read_off_the_equations():
    model = compile_model(
        "dV/dt = (I - V + E)/tau : volt\ndw/dt = -2*w/tau : volt\nI = 3*(V + w) : volt"
    )
    assert linear_coefficients(model, {"tau": 2.0, "E": 5.0}) == [
        ({"V": 1.0, "w": 1.5}, 2.5),
        ({"w": -1.0}, 0.0),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "dV/dt = V*V/tau : volt",
        "dV/dt = exp(V)/tau : 1",
        "dV/dt = V*t/tau : 1",
        "dV/dt = 1/V/tau : 1",
        "dV/dt = -V/tau + xi : 1",
        "dV/dt = V**2/tau : 1",
        "dV/dt = (V and 1)/tau : 1",
        "dV/dt = (1 or V)/tau : 1",
    ],
)
def test_nonlinear_and_time_dependent_models_have_no_coefficients(text):
    assert linear_coefficients(compile_model(text), {"tau": 1.0}) is None


def test_equations_can_be_joined_and_given_values():
    joined = Equations("dV/dt = -V/tau : volt", tau=3) + "dw/dt = -w/tau : volt"
    assert compile_model(joined.text).states == ("V", "w")
    assert joined.values == {"tau": 3}
    with pytest.raises(NeurolabError):
        Equations(3)
