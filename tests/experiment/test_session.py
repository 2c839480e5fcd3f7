"""A page's state as a value, and as a link."""

import base64
import copy
import json
import zlib
from dataclasses import replace

import numpy as np
import pytest

from neurolab.errors import NeurolabError
from neurolab.experiment.edits import set_parameter
from neurolab.experiment.experiment import Inputs
from neurolab.experiment.presets import COUPLED, TUTORIAL
from neurolab.experiment.session import LONGEST_NAME, MOST_PINS, OWN, Pinned, Session
from neurolab.exports.link import from_link, session_from_link, session_to_link, to_link

SLOW = set_parameter(TUTORIAL, "tau_a", 3.0)
FULL = Session(
    SLOW,
    TUTORIAL,
    (Pinned("first", TUTORIAL), Pinned("second′", COUPLED, shown=False)),
    set_parameter(TUTORIAL, "tau_b", 4.0),
    OWN,
)


def link_of(plain):
    return (
        base64.urlsafe_b64encode(zlib.compress(json.dumps(plain).encode(), 9)).decode().rstrip("=")
    )


@pytest.mark.parametrize(
    "session",
    [Session(SLOW), FULL, Session(SLOW, challenge="decay"), replace(FULL, challenge="")],
    ids=["experiment", "full", "challenge", "target"],
)
def test_a_link_holds_the_whole_session(session):
    assert session_from_link(session_to_link(session)) == session


def test_a_link_without_anything_beside_the_experiment_is_that_of_the_experiment():
    assert session_from_link(to_link(SLOW)) == Session(SLOW)
    assert from_link(session_to_link(FULL)) == SLOW


def test_what_is_kept_beside_an_experiment_makes_a_link_little_longer():
    assert len(session_to_link(FULL)) < 1.5 * len(to_link(SLOW))


def changed(**entries):
    return FULL.to_dict() | entries


def pin(**entries):
    return {"name": "a", "shown": True, "experiment": TUTORIAL.to_dict()} | entries


IMPOSSIBLE = {**TUTORIAL.to_dict(), "dt": -1.0}
HUGE = {**TUTORIAL.to_dict(), "duration": 1e12}


@pytest.mark.parametrize(
    ("plain", "words"),
    [
        (changed(session=2), "session is 2. It must be 1"),
        (TUTORIAL.to_dict(), "session is None"),
        ([], "session is ... It must be a dictionary"),
        (changed(surprise=1), "an entry 'surprise'"),
        (changed(experiment=3), "experiment is 3"),
        (changed(start=IMPOSSIBLE), "dt is -1"),
        (changed(target=IMPOSSIBLE), "dt is -1"),
        (changed(pins=[pin(experiment=IMPOSSIBLE)]), "dt is -1"),
        (changed(pins=[pin(experiment=HUGE)]), "time steps"),
        (changed(target=HUGE), "time steps"),
        (changed(pins=3), "a list"),
        (changed(pins=[3]), "It must be a dictionary"),
        (changed(pins=[{"name": "a"}]), "lacks experiment"),
        (changed(pins=[pin(), pin()]), "named 'a'"),
        (changed(pins=[pin(name="")]), "named ''"),
        (changed(pins=[pin(name="x" * (LONGEST_NAME + 1))]), "short name"),
        (changed(pins=[pin(name="a\x00")]), "short name"),
        (changed(pins=[pin(name=3)]), "name is 3"),
        (changed(pins=[pin(shown=1)]), "shown is 1"),
        (changed(pins=[pin(name=str(n)) for n in range(MOST_PINS + 1)]), "more than 4"),
        (changed(pins=[pin(name=str(n)) for n in range(500)]), "more than 4"),
        (changed(challenge="nix"), "challenge is 'nix'"),
        (changed(challenge=3), "challenge is 3"),
    ],
)
def test_a_damaged_session_is_refused_with_the_reason(plain, words):
    with pytest.raises(NeurolabError, match=words) as caught:
        session_from_link(link_of(plain))
    assert caught.value.where == "link"
    assert len(str(caught.value)) < 400


def test_an_own_target_needs_one():
    plain = changed()
    del plain["target"]
    with pytest.raises(NeurolabError, match="challenge is 'own'"):
        session_from_link(link_of(plain))


def test_any_part_of_a_session_may_be_of_any_kind():
    for name in FULL.to_dict():
        for value in (None, True, 1, -1.5, "x", [], [[]], {}, {"name": "a"}, "\x00"):
            plain = copy.deepcopy(FULL.to_dict()) | {name: value}
            try:
                session_from_link(link_of(plain))
            except NeurolabError as error:
                assert error.where == "link"  # noqa: PT017


def test_what_no_address_holds_is_refused_before_it_is_packed(monkeypatch):
    trains = tuple(tuple(train) for train in np.linspace(0, 9, 60_000).reshape(2, -1).tolist())
    large = replace(TUTORIAL, groups=(Inputs("inputs", trains), TUTORIAL.group("target")))
    monkeypatch.setattr(Session, "to_dict", lambda _: pytest.fail("it was packed"))
    with pytest.raises(NeurolabError, match="kept with it are too large for a link"):
        session_to_link(Session(TUTORIAL, pins=(Pinned("a", large), Pinned("b", large))))
