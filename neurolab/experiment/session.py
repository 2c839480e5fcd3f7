"""A session: the experiment on a page, and the experiments that are kept with it."""

from collections import Counter
from dataclasses import dataclass
from typing import Any, Self

from ..errors import LimitError, ParseError
from .challenges import CHALLENGES
from .checked import check
from .experiment import Experiment
from .from_dict import read, read_version

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
    """The state of a page.

    Examples
    --------
    >>> from neurolab.experiment.presets import TUTORIAL
    >>> session = Session(TUTORIAL, challenge="decay")
    >>> sorted(session.to_dict())
    ['challenge', 'experiment', 'session']
    >>> Session.from_dict(session.to_dict()) == session
    True
    """

    experiment: Experiment
    start: Experiment | None = None
    """The experiment that a reset restores, if it is another one."""
    pins: tuple[Pinned, ...] = ()
    target: Experiment | None = None
    """The run that a user has made a target."""
    challenge: str = ""
    """The target to match: a key of `CHALLENGES`, `OWN`, or nothing."""

    @property
    def experiments(self) -> tuple[Experiment, ...]:
        """All experiments, the present one first."""
        rest = (self.start, *(pin.experiment for pin in self.pins), self.target)
        return (self.experiment, *(experiment for experiment in rest if experiment))

    def to_dict(self) -> dict[str, Any]:
        """Return plain dictionaries and lists, fit for JSON; `from_dict` reads them back."""
        entries: dict[str, Any] = {"session": SCHEMA, "experiment": self.experiment.to_dict()}
        if self.start:
            entries["start"] = self.start.to_dict()
        if self.target:
            entries["target"] = self.target.to_dict()
        if self.pins:
            entries["pins"] = [
                {"name": pin.name, "shown": pin.shown, "experiment": pin.experiment.to_dict()}
                for pin in self.pins
            ]
        if self.challenge:
            entries["challenge"] = self.challenge
        return entries

    @classmethod
    def from_dict(cls, entries: object) -> Self:
        """Read what `to_dict` wrote; all of its experiments can be simulated.

        Raises
        ------
        NeurolabError
            It is not a session of this version, or an experiment in it cannot be simulated.
        """
        entries = read_version(entries, "session", SCHEMA, "session")
        if isinstance(entries.get("pins"), list):
            entries["pins"] = entries["pins"][: MOST_PINS + 1]  # enough to refuse them
        session = read(cls, entries, "session")
        _check(session)
        return session


def _check(session: Session) -> None:
    names = [pin.name for pin in session.pins]
    if len(names) > MOST_PINS:
        raise LimitError(
            f"The session has more than {MOST_PINS} pinned runs.", mend="Remove some of them."
        )
    for name, count in Counter(names).items():
        if count > 1 or not name.strip() or not name.isprintable() or len(name) > LONGEST_NAME:
            raise ParseError(
                f"A pinned run is named {name!r:.60}.", mend="Give each a short name of its own."
            )
    if session.challenge not in ("", OWN, *CHALLENGES):
        raise ParseError(
            f"The challenge is {session.challenge!r:.60}.",
            mend=f"Choose one of {', '.join(CHALLENGES)}.",
        )
    if session.challenge == OWN and not session.target:
        raise ParseError("The challenge is 'own', but the session has no target.")
    for experiment in session.experiments:
        check(experiment).step_count()
