"""Experiments whose formulas are drawn from the whole grammar of the lab.

The nodes and functions come from the tables of the parser (`neurolab.model.expressions`). Dimensions are right by
construction. The same seed gives the same experiment.
"""

import ast
import random

from neurolab.errors import NeurolabError
from neurolab.experiment.experiment import Experiment, Inputs, Neurons, Parameter, Synapses
from neurolab.experiment.simulate import simulate
from neurolab.model import vocabulary

NUMBERS = [0, 1, 2, 3, 7, 0.5, 0.1, 0.25, 1.5, 1e-3, 0.30000000000000004, 1 / 3, 12.75, 100000.0]
EXPONENTS = [2, 3, 1, 0.5, -1, 0, 1.5]
NAMES = [
    "x",
    "v",
    "I",
    "N",
    "i",
    "j",
    "beta",
    "gamma",
    "S",
    "E",
    "C",
    "A",
    "V",
    "s",
    "lambda_",
    "zeta",
    "Q",
    "mM",
    "gram",
    "name",
    "delay",
    "weight",
    "dt",
    "clock",
    "where",
    "exprel",
    "lastspike",
    "not_refractory",
    "source",
    "rand",
    "start",
    "rates",
    "ge",
    "h",
    "second",
    "mV",
    "run",
    "w_post",
    "next_x",
    "slope_x",
    "M",
    "step",
    "sympy",
    "oo",
    "zoo",
    "Rational",
    "Symbol",
    "timestep",
    "poisson",
    "array",
    "log1p",
    "refractory",
    "arccosh",
]
UNITS = {
    "1": [""],
    "volt": ["mV", "volt", "uvolt"],
    "second": ["ms", "second", "usecond"],
    "amp": ["nA", "pA"],
    "ohm": ["Mohm", "ohm"],
}
_PRODUCTS = {
    "volt": ("ohm", "amp"),
}


class Grammar:
    """Draws formulas of a dimension, as syntax trees.

    Parameters
    ----------
    rng : random.Random
    names : dict
        Dimension → names that a formula may use.
    """

    def __init__(self, rng, names):
        self.rng, self.names = rng, names

    def number(self, dimension="1", depth=3):
        """A formula of this dimension."""
        if depth == 0 or self.rng.random() < 0.15:
            return self.leaf(dimension)
        kinds = [self._unary, self._sum, self._product, self._keeping, self._power]
        if dimension == "1":
            kinds += [self._function, self._function, self._condition, self._ratio]
        return self.rng.choice(kinds)(dimension, depth - 1)

    def leaf(self, dimension):
        names = self.names.get(dimension, [])
        if names and self.rng.random() < 0.7:
            return ast.Name(self.rng.choice(names))
        number = ast.Constant(self.rng.choice(NUMBERS))
        if dimension == "1":
            return (
                ast.Name(self.rng.choice([*vocabulary.CONSTANTS]))
                if self.rng.random() < 0.2
                else number
            )
        return ast.BinOp(number, ast.Mult(), ast.Name(self.rng.choice(UNITS[dimension])))

    def condition(self, depth=3):
        """A formula that is true or false."""
        kind = self.rng.choice(["compare", "compare", "and", "not", "sign"]) if depth else "compare"
        if kind == "sign":
            return self._sign_between_conditions(depth - 1)
        if kind == "not":
            return ast.UnaryOp(ast.Not(), self.truth(depth - 1))
        if kind == "and":
            op = self.rng.choice([*vocabulary.BOOLEAN])()
            return ast.BoolOp(
                op, [self.truth(depth - 1) for _ in range(self.rng.choice([2, 2, 3]))]
            )
        dimension = self.rng.choice(
            [name for name in ("1", "1", "volt", "second") if name in self.names]
        )
        count = self.rng.choice([1, 1, 1, 2])
        parts = [self.number(dimension, max(depth - 1, 0)) for _ in range(count + 1)]
        if self.rng.random() < 0.15:
            parts[self.rng.randrange(len(parts))] = self._without_unit()
        return ast.Compare(
            parts[0],
            [self.rng.choice([*vocabulary.COMPARISONS])() for _ in range(count)],
            parts[1:],
        )

    def _sign_between_conditions(self, depth):
        """Conditions joined or turned round by a sign in place of a word."""
        sign = self.rng.choice([ast.BitAnd, ast.BitOr, ast.Invert])()
        if isinstance(sign, ast.unaryop):
            return ast.UnaryOp(sign, self.condition(depth))
        return ast.BinOp(self.condition(depth), sign, self.condition(depth))

    def _without_unit(self):
        """A number that every dimension takes as it is: 0 or an infinite one, of either sign."""
        if self.rng.random() < 0.5:
            return ast.Constant(0)
        endless = ast.Name(self.rng.choice([*vocabulary.INFINITE]))
        return endless if self.rng.random() < 0.5 else ast.UnaryOp(ast.USub(), endless)

    def truth(self, depth):
        """A condition, or now and then a number in its place."""
        return self.number("1", depth) if self.rng.random() < 0.1 else self.condition(depth)

    def _unary(self, dimension, depth):
        signs = [op for op in vocabulary.UNARY if op is not ast.Not]
        return ast.UnaryOp(self.rng.choice(signs)(), self.number(dimension, depth))

    def _sum(self, dimension, depth):
        parts = [self.number(dimension, depth), self.number(dimension, depth)]
        if self.rng.random() < 0.1:
            parts[self.rng.randrange(2)] = ast.Constant(0)
        return ast.BinOp(parts[0], self.rng.choice([ast.Add, ast.Sub])(), parts[1])

    def _product(self, dimension, depth):
        if dimension in _PRODUCTS and self.rng.random() < 0.3:
            first, second = _PRODUCTS[dimension]
            return ast.BinOp(self.number(first, depth), ast.Mult(), self.number(second, depth))
        other = self.number("1", depth)
        value = self.number(dimension, depth)
        if self.rng.random() < 0.5:
            return ast.BinOp(value, self.rng.choice([ast.Mult, ast.Div])(), other)
        return ast.BinOp(other, ast.Mult(), value)

    def _ratio(self, dimension, depth):
        other = self.rng.choice([name for name in self.names if name != "1"])
        return ast.BinOp(self.number(other, depth), ast.Div(), self.number(other, depth))

    def _keeping(self, dimension, depth):
        name = self.rng.choice([*vocabulary.ARGUMENTS, "abs", "floor", "ceil"])
        values = [self.number(dimension, depth) for _ in range(vocabulary.ARGUMENTS.get(name, 1))]
        if len(values) > 1 and self.rng.random() < 0.2:
            values[self.rng.randrange(len(values))] = self._without_unit()
        return ast.Call(ast.Name(name), values, [])

    def _power(self, dimension, depth):
        if dimension == "1":
            exponent = (
                ast.Constant(self.rng.choice(EXPONENTS))
                if self.rng.random() < 0.7
                else self.number("1", depth)
            )
            return ast.BinOp(self.number("1", depth), ast.Pow(), exponent)
        square = ast.BinOp(self.number(dimension, depth), ast.Pow(), ast.Constant(2))
        if self.rng.random() < 0.5:
            return ast.Call(ast.Name("sqrt"), [square], [])
        return ast.BinOp(square, ast.Pow(), ast.Constant(0.5))

    def _function(self, dimension, depth):
        name = self.rng.choice(
            [name for name in vocabulary.FUNCTIONS if name not in vocabulary.ARGUMENTS]
        )
        return ast.Call(ast.Name(name), [self.number("1", depth)], [])

    def _condition(self, dimension, depth):
        return self.condition(depth)


def text(node):
    """A formula as a person would type it."""
    return ast.unparse(ast.fix_missing_locations(ast.Expression(node)))


def draw(seed):
    """One experiment; it may be one that the lab refuses."""
    rng = random.Random(seed)
    first, second, static, voltage, own = rng.sample(NAMES, 5)
    if rng.random() < 0.5:
        first, second, static, voltage, own = "x", "v", "s", "w", "k"
    names = {
        "1": [first, "a"],
        "volt": [second, "U"],
        "second": ["t", "tau"],
        "amp": ["I0"],
        "ohm": ["R0"],
    }
    known = Grammar(rng, {dimension: list(found) for dimension, found in names.items()})
    lines, initial, size = (
        [],
        [
            (first, tuple(rng.uniform(-1, 1) for _ in range(2))),
            (second, tuple(rng.uniform(-20, 20) for _ in range(2))),
        ],
        2,
    )
    if rng.random() < 0.4:
        lines.append(f"{own} : 1")
        names["1"].append(own)
        initial.append((own, tuple(rng.uniform(0.5, 2) for _ in range(size))))
    grammar = Grammar(rng, names)
    method = rng.choice(["", "", "euler", "rk2", "rk4", "exponential_euler", "linear"])
    if rng.random() < 0.5 and method != "linear":
        lines.append(f"{static} = {text(grammar.number('1'))} : 1")
        lines.append(f"{voltage} = {text(grammar.number('volt'))}")
        names["1"].append(static)
        names["volt"].append(voltage)
    lines += _differential(rng, grammar, names, method, first, second)
    rng.shuffle(lines)
    resets = [
        f"{first} {rng.choice(['=', '+=', '-=', '='])} {text(grammar.number('1'))}",
        f"{second} {rng.choice(['=', '+=', '-='])} {text(grammar.number('volt'))}",
        f"{second} = 0",
        f"{first} *= 0.5",
    ]
    neurons = Neurons(
        "cells",
        size,
        "\n".join(lines),
        text(grammar.condition()),
        rng.choice(["; ", "\n"]).join(rng.sample(resets, rng.choice([1, 1, 2, 3]))),
        rng.choice([0.0, 0.0, 0.5, 1.0, 2.3]),
        method,
        tuple(initial),
    )
    inputs = Inputs(
        "inputs", ((0.5, 1.0, 2.35), (0.3, 0.95)), rng.choice([0.0, 0.0, 3.0, 1.0, 2.5])
    )
    parameters = (
        Parameter("a", rng.choice([2.0, 0.7, -1.0]), ""),
        Parameter("U", 5.5, "mV"),
        Parameter("tau", 8.0, "ms"),
        Parameter("I0", 0.3, "nA"),
        Parameter("R0", 20.0, "Mohm"),
    )
    connection = Synapses(
        "C",
        "inputs",
        "cells",
        rng.choice([first, second]),
        ((0.6, 0.0), (0.3, -0.45)),
        rng.choice([0.0, 0.0, 0.2, 0.7]),
    )
    return Experiment(
        (inputs, neurons),
        (connection,),
        parameters,
        duration=6.0,
        dt=rng.choice([0.1, 0.1, 0.05, 0.3]),
    )


def _differential(rng, grammar, names, method, first, second):
    """The equations of both states, in the form that a method wants."""
    lines = []
    for state, dimension, unit in ((first, "1", "1"), (second, "volt", "volt")):
        if method in ("exponential_euler", "linear"):
            fixed = (
                ["a", "U", "tau", "I0", "R0"]
                if method == "linear"
                else [first, second, *names["second"], "a", "U"]
            )
            others = {
                key: [name for name in found if name in fixed and name != state]
                for key, found in names.items()
            }
            part = Grammar(rng, others)
            rate = f"({text(part.number('1', 2))})" if rng.random() < 0.7 else "1"
            lines.append(
                f"d{state}/dt = ({text(part.number(dimension, 2))} - {state}*{rate})/tau : {unit}"
            )
        else:
            lines.append(
                f"d{state}/dt = ({text(grammar.number(dimension))} - {state})/tau : {unit}"
            )
    return lines


def experiments(count, first=0):
    """Drawn experiments that the lab runs, each with its seed and its result; values stay within bounds."""
    found = []
    seed = first
    while len(found) < count:
        experiment = draw(seed)
        try:
            result = simulate(experiment)
        except NeurolabError:
            result = None
        if (
            result is not None
            and max(abs(result.trace("cells", state)).max() for state in result.states["cells"])
            < 1e9
        ):
            found.append((seed, experiment, result))
        seed += 1
    return found
