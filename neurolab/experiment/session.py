"""A session: the experiment on a page, and the others that are kept beside it."""

from dataclasses import dataclass

from ..errors import LimitError, ParseError
from .challenges import CHALLENGES
from .experiment import Experiment
from .from_dict import read
from .validate import step_count, validate

SCHEMA = 1
"""Version of the dictionaries that `to_dict` writes."""
MOST_PINS = 4
LONGEST_NAME = 30
OWN = "own"
"""The challenge to match a target of one's own."""


@dataclass(frozen=True)
class Pinned:
    """A run that is kept under a name."""

    name: str
    experiment: Experiment
    shown: bool = True


@dataclass(frozen=True)
class Session:
    """The state of a page."""

    experiment: Experiment
    start: Experiment | None = None
    """Where resetting leads, if not to the experiment itself."""
    pins: tuple[Pinned, ...] = ()
    target: Experiment | None = None
    """The run that somebody has made a target of."""
    challenge: str = ""
    """What is to be matched: a key of `CHALLENGES`, `OWN`, or nothing."""

    @property
    def experiments(self):
        """All of them, the present one first."""
        rest = (self.start, *(pin.experiment for pin in self.pins), self.target)
        return (self.experiment, *(experiment for experiment in rest if experiment))

    def to_dict(self):
        """Plain dictionaries and lists, fit for JSON, of what there is; `from_dict` gives the session back."""
        plain = {"session": SCHEMA, "experiment": self.experiment.to_dict()}
        plain |= {
            name: getattr(self, name).to_dict()
            for name in ("start", "target")
            if getattr(self, name)
        }
        if self.pins:
            plain["pins"] = [
                {"name": pin.name, "shown": pin.shown, "experiment": pin.experiment.to_dict()}
                for pin in self.pins
            ]
        if self.challenge:
            plain["challenge"] = self.challenge
        return plain

    @classmethod
    def from_dict(cls, plain):
        """Read what `to_dict` wrote; all of its experiments can be simulated.

        Raises
        ------
        NeurolabError
            It is no session, or one of a later version, or an experiment in it cannot be simulated.
        """
        if not isinstance(plain, dict) or plain.get("session") != SCHEMA:
            found = plain.get("session") if isinstance(plain, dict) else type(plain).__name__
            raise ParseError(
                f"its version is {found!s:.60}",
                where="session",
                expected=f"version {SCHEMA}",
                mend="It may come from another version of neurolab.",
            )
        plain = {name: value for name, value in plain.items() if name != "session"}
        for name in plain.keys() & {"experiment", "start", "target"}:
            plain[name] = Experiment.from_dict(plain[name])
        if isinstance(plain.get("pins"), list):
            plain["pins"] = [_read_pin(pin) for pin in plain["pins"][: MOST_PINS + 1]]
        session = read(cls, plain, "session")
        _check(session)
        return session


def _read_pin(plain):
    if isinstance(plain, dict) and "experiment" in plain:
        plain = {**plain, "experiment": Experiment.from_dict(plain["experiment"])}
    return read(Pinned, plain, "pinned run")


def _check(session):
    names = [pin.name for pin in session.pins]
    if len(names) > MOST_PINS:
        raise LimitError("there are more pinned runs", expected=f"at most {MOST_PINS}")
    for name in names:
        if not (
            name.strip()
            and name.isprintable()
            and len(name) <= LONGEST_NAME
            and names.count(name) == 1
        ):
            raise ParseError(
                f"a pinned run is named {name!r:.60}", expected="a short name of its own"
            )
    if session.challenge not in ("", OWN, *CHALLENGES) or (
        session.challenge == OWN and not session.target
    ):
        raise ParseError(f"the challenge is {session.challenge!r:.60}", expected="one of the lab's")
    for experiment in session.experiments:
        validate(experiment)
        step_count(experiment)
