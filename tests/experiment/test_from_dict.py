"""Dictionaries from outside: what is too large, of another type or impossible is refused in words of ours."""

import copy
import json
from dataclasses import replace

import pytest

from neurolab.errors import LimitError, NeurolabError, ParseError
from neurolab.experiment import limits
from neurolab.experiment.checked import check
from neurolab.experiment.experiment import Experiment, Inputs, Parameter, Rule, Synapses
from neurolab.experiment.presets import TUTORIAL
from neurolab.experiment.simulate import simulate
from neurolab.exports.documents import from_json

PLAIN = json.loads(json.dumps(TUTORIAL.to_dict()))
VALUES = (
    1e300,
    -1e300,
    float("nan"),
    5e-324,
    10**400,
    2**63,
    -1,
    "x" * 1_000_000,
    "",
    None,
    [],
    {},
    True,
    "\x00",
    "nix",
    "=1\n",
    [[1e300]],
    [1e300],
    ["x"],
    1e12,
)


def places(node, path=()):
    """The path to every entry, of lists to the first."""
    for key in (
        node
        if isinstance(node, dict)
        else range(min(len(node), 1))
        if isinstance(node, list)
        else ()
    ):
        yield (*path, key)
        yield from places(node[key], (*path, key))


def complaint(plain):
    """What is said of a dictionary; empty where it is run."""
    try:
        simulate(Experiment.from_dict(plain))
    except NeurolabError as error:
        return str(error)
    return ""


def with_entry(path, value):
    plain = copy.deepcopy(PLAIN)
    node = plain
    for key in path[:-1]:
        node = node[key]
    node[path[-1]] = value
    return plain


@pytest.mark.parametrize("path", list(places(PLAIN)), ids=str)
def test_any_value_at_any_place_is_run_or_refused_in_a_short_message(path):
    for value in VALUES:
        assert len(complaint(with_entry(path, value))) < 500


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        (("title",), "x" * 201, "title has 201 characters"),
        (("groups", 1, "name"), "x" * 201, "name has 201 characters"),
        (("groups", 1, "name"), "a\tb", "A group is named"),
        (("groups", 1, "name"), " ", "A group is named"),
        (("groups", 1, "equations"), "x" * 20_001, "equations has 20,001 characters"),
        (("groups", 1, "method"), "nix", "'nix' is not an integration method"),
        (("groups", 1, "kind"), "nix", "kind is 'nix'"),
        (
            ("groups", 1, "refractory"),
            1e300,
            "refractory period is 1e\\+300 ms. It can be at most 1e\\+09 ms",
        ),
        (("groups", 0, "spikes"), [[1e300], []], "A spike of inputs is at 1e\\+300 ms"),
        (("groups", 0, "spikes"), [1.0, 2.0], "a list"),
        (("groups", 0, "rates"), "x", "a list"),
        (("groups", 0, "period"), 1e300, "period of inputs is 1e\\+300 ms"),
        (("connections", 0, "delay"), 1e300, "delay of C1 is 1e\\+300 ms"),
        (("connections", 0, "weights"), [["x"], [1]], "'x'"),
        (("dt",), 5e-324, "would take inf time steps"),
        (("duration",), 10**30, "duration has 31 digits"),
        (("seed",), 10**30, "seed has 31 digits"),
    ],
)
def test_what_is_too_large_or_impossible_is_named(path, value, words):
    with pytest.raises(NeurolabError, match=words):
        simulate(from_json(json.dumps(with_entry(path, value))))


def network(size, count, rule):
    connections = tuple(
        Synapses(f"C{number}", "inputs", "target", "Va", rule) for number in range(count)
    )
    return replace(
        TUTORIAL,
        groups=(Inputs("inputs", ((),) * size), replace(TUTORIAL.group("target"), size=size)),
        connections=connections,
        duration=0.5,
    )


def test_connections_that_are_each_small_enough_may_not_be_too_many_synapses_together():
    rule = Rule("full", 1.0)
    check(network(1000, 5, rule))
    with pytest.raises(LimitError, match=r"about 6,000,000 synapses together. At most 5,000,000"):
        check(network(1000, 6, rule))


def test_chance_may_not_have_to_decide_for_too_many_pairs():
    rule = Rule("random", 1.0, probability=0.001)
    check(network(10_000, 2, rule))
    with pytest.raises(LimitError, match="300,000,000 pairs of neurons"):
        check(network(10_000, 3, rule))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (
            {"parameters": tuple(Parameter(f"p{n}", 1.0) for n in range(limits.MAX_PARTS + 1))},
            "201 parameters",
        ),
        (
            {
                "groups": (
                    *TUTORIAL.groups,
                    *(Inputs(f"i{n}", ((),)) for n in range(limits.MAX_PARTS)),
                )
            },
            "202 groups",
        ),
        (
            {
                "connections": tuple(
                    replace(TUTORIAL.connections[0], name=f"c{n}") for n in range(300)
                )
            },
            "300 connections",
        ),
    ],
)
def test_there_are_at_most_so_many_parts(change, words):
    with pytest.raises(LimitError, match=words):
        check(replace(TUTORIAL, **change))


def test_an_entry_that_is_unknown_or_missing_is_named():
    with pytest.raises(ParseError, match=r"connections\[0\] has an entry 'wait'"):
        Experiment.from_dict(with_entry(("connections", 0, "wait"), 1))
    plain = with_entry(("seed",), 0)
    del plain["groups"][1]["size"]
    with pytest.raises(ParseError, match=r"groups\[1\] lacks size"):
        Experiment.from_dict(plain)
