"""The network with which an exercise starts: a preset, a preset with edits, or another network."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from ..errors import NeurolabError, ParseError
from ..experiment.checked import check
from ..experiment.edits import (
    define_parameter,
    set_connection,
    set_neurons,
    set_rates,
    set_rule,
    set_run,
    set_size,
    set_spikes,
)
from ..experiment.experiment import SCHEMA, Experiment
from ..experiment.presets import PRESETS, Preset
from ..experiment.typed_values import parse_parameter
from ..explain.comparison import Difference, differences
from .tables import Table


def start_of(given: str | Table) -> Experiment:
    """Build the experiment that a worksheet's file describes.

    Parameters
    ----------
    given : str or dict
        The name of a preset; a table of edits to its entry ``preset``; or, with ``groups``, a
        network in the form of `Experiment.to_dict`.

    Raises
    ------
    NeurolabError
        It cannot be simulated.

    Examples
    --------
    >>> start_of({"preset": "tutorial", "duration": 20}).duration
    20.0
    """
    table = {"preset": given} if isinstance(given, str) else dict(given)
    if "groups" in table:
        experiment = Experiment.from_dict(
            {"schema": SCHEMA, **table, "parameters": _parameters(table)}
        )
    else:
        name = table.pop("preset", None)
        if name not in PRESETS:
            raise ParseError(
                f"There is no preset '{name}'.",
                where="start",
                mend=f"Choose one of {', '.join(PRESETS)}.",
            )
        experiment = edited(PRESETS[name].experiment, table)
    check(experiment)
    return experiment


def nearest_preset(start: Experiment) -> tuple[Preset | None, list[Difference]]:
    """Find the preset that differs from an experiment in the fewest settings.

    Returns
    -------
    Preset or None
        None if no preset has the same groups and connections, which the page cannot add.
    list of Difference
        The changes from the preset to the experiment.
    """
    offered = [
        (preset, differences(preset.experiment, start))
        for preset in PRESETS.values()
        if _fixed(preset.experiment) == _fixed(start)
    ]
    return min(offered, key=lambda found: len(found[1]), default=(None, []))


def _fixed(experiment: Experiment) -> tuple[Any, ...]:
    """Return the settings that no control of the page changes."""
    return (
        [
            (group.name, getattr(group, "refractory", None), getattr(group, "initial", None))
            for group in experiment.groups
        ],
        [(each.name, each.source, each.target) for each in experiment.connections],
    )


def _parameters(table: Table) -> list[dict[str, Any]]:
    """Read parameters such as ``tau = '5 ms'`` as a list of tables."""
    read = (
        parse_parameter(f"{name} = {value}") for name, value in table.get("parameters", {}).items()
    )
    return [{"name": name, "value": value, "unit": unit} for name, value, unit in read]


def edited(experiment: Experiment, table: Table) -> Experiment:
    """Return the experiment with a table's edits: ``parameters``, ``weights``, ``duration``, …"""
    for what, changes in table.items():
        if what in ("duration", "dt", "seed"):
            experiment = set_run(experiment, **{what: type(getattr(experiment, what))(changes)})
        elif what in EDITS and isinstance(changes, dict):
            for name, value in changes.items():
                experiment = EDITS[what](experiment, name, value)
        else:
            raise ParseError(
                f"'{what}' is not an edit.",
                where="start",
                mend=f"Use one of duration, dt, seed, {', '.join(EDITS)}.",
            )
    return experiment


def _parameter(experiment: Experiment, name: str, value: Any) -> Experiment:
    if isinstance(value, str):
        return define_parameter(experiment, *parse_parameter(f"{name} = {value}"))
    return experiment.with_parameter(replace(experiment.parameter(name), value=float(value)))


def _weights(experiment: Experiment, name: str, value: Any) -> Experiment:
    """Set all weights by rows, or the weight of a rule by one number."""
    if not isinstance(value, list):
        return set_rule(experiment, name, weight=float(value))
    rows = tuple(tuple(map(float, row)) for row in value)
    return experiment.with_connection(replace(experiment.connection(name), weights=rows))


def _spikes(experiment: Experiment, name: str, trains: Sequence[Sequence[float]]) -> Experiment:
    if len(trains) != experiment.group(name).size:
        raise NeurolabError(
            f"{name} is given {len(trains)} lists of spikes.",
            where="start",
            mend=f"Give {experiment.group(name).size}, one for each neuron.",
        )
    for neuron, times in enumerate(trains):
        experiment = set_spikes(experiment, name, neuron, [float(time) for time in times])
    return experiment


EDITS = {
    "sizes": set_size,
    "neurons": lambda experiment, name, changes: set_neurons(experiment, name, **changes),
    "parameters": _parameter,
    "connections": lambda experiment, name, changes: set_connection(experiment, name, **changes),
    "weights": _weights,
    "spikes": _spikes,
    "rates": lambda experiment, name, rate: set_rates(experiment, name, float(rate)),
    "probabilities": lambda experiment, name, value: set_rule(
        experiment, name, probability=float(value)
    ),
}
