"""Panel: a target behind the traces, and the distance of the present run from it."""

import html
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from ...errors import NeurolabError
from ...experiment.challenges import CHALLENGES, TOLERANCE
from ...experiment.result import Result
from ...experiment.session import OWN
from ...experiment.simulate import simulate
from ...explain.comparison import differences
from ...explain.target import distance
from ..controls import plain_widgets as widgets
from ..controls.fold import Fold
from ..controls.guarded_callbacks import guarded
from ..controls.note import Note
from ..controls.set_traits import update
from ..pictures.overlay import Overlay
from ..pictures.run_overlays import run_overlays
from ..store.pins_and_target import Run
from ..store.snapshot import Snapshot
from ..store.store import Store


class MatchPanel:
    """Challenges, the person's own target, and a meter of the distance.

    Parameters
    ----------
    store : Store
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._kept = store.kept
        self._listing = False
        self._seen: tuple[Result, Result] | None = None
        self._distance = 0.0
        self._problem = ""
        self._fold = Fold("Match the target", "find what made a trace", "nl-match", self._build)
        self._fold.on_toggle(lambda _: store.refresh_pictures())
        self.widget = self._fold.widget
        self._kept.on_taken(self._taken)

    def _taken(self) -> None:
        """Show the target that came with a link."""
        built = self._fold.built
        self._fold.opened |= bool(self._kept.challenge)
        if built:
            self._list_choices()

    @property
    def _key(self) -> str:
        return self._kept.challenge

    @property
    def _target(self) -> Result | None:
        """The result to be matched, if there is one."""
        if self._key == OWN:
            self._kept.simulate()
            return self._kept.target.result if self._kept.target else None
        return _hidden(self._key) if self._key else None

    def _build(self) -> list[widgets.Widget]:
        self._choice = widgets.Dropdown(
            description="challenge",
            tooltip="challenge to take on",
            options=_options(self._kept.target),
            value=self._key,
        )
        self._choice.observe(self._chosen, "value")
        self._again = widgets.Button(
            description="Start again", tooltip="Back to the start of this challenge"
        )
        self._again.on_click(self._begin)
        self._own = widgets.Button(
            description="Use this run as target",
            tooltip="Keep the traces of this run as a target for others",
        )
        self._own.on_click(self._make_own)
        row = widgets.HBox([self._again, self._own])
        row.add_class("nl-row")
        self._task, self._meter, self._verdict = Note(), widgets.HTML(), widgets.HTML()
        self._meter.add_class("nl-meter")
        self._verdict.add_class("nl-verdict")
        return [self._choice, self._task, self._meter, self._verdict, row]

    @guarded
    def _chosen(self, change: Mapping[str, Any]) -> None:
        if self._listing:
            return
        self._kept.challenge = change["new"]
        if self._key in CHALLENGES:
            self._begin(None)
        else:
            self._store.refresh_pictures()

    @guarded
    def _begin(self, _: object) -> None:
        self._store.load(CHALLENGES[self._key].start)

    @guarded
    def _make_own(self, _: object) -> None:
        self._kept.target = Run("target", self._store.experiment, self._store.result)
        self._kept.challenge = OWN
        self._list_choices()
        self._store.refresh_pictures()

    def _list_choices(self) -> None:
        self._listing = True
        try:
            self._choice.options = _options(self._kept.target)
            self._choice.value = self._key
        finally:
            self._listing = False

    def overlays(self, snapshot: Snapshot) -> list[Overlay]:
        """Return the traces of the target."""
        target = self._target if self._fold.opened else None
        if target is None:
            return []
        return run_overlays(target, "to match", "target")

    def show(self, snapshot: Snapshot) -> None:
        """Follow the run, while the panel is open."""
        if not self._fold.opened:
            return
        hidden = snapshot.hidden_after is not None
        target = self._target
        self._own.disabled = hidden
        widgets.show_if(self._again, self._key in CHALLENGES)
        if hidden or target is None:
            self._say(self._waits_for(hidden), "", "")
            return
        self._measure(target, snapshot.result)
        if self._problem:
            verdict = f'<p role="status">{html.escape(self._problem)}</p>'
            self._say(self._instructions(), "", verdict)
            return
        meter = _meter(self._distance, self._tolerance)
        verdict = ""
        if self._distance < self._tolerance:
            verdict = f'<p role="status">{self._congratulation()}</p>'
        self._say(self._instructions(), meter, verdict)

    def _waits_for(self, hidden: bool) -> str:
        if hidden:
            return "This waits until the traces are shown again."
        if self._key == OWN and self._kept.target:
            problem = self._kept.target.problem
            if problem:
                return f"The target cannot be shown: {problem}"
            return "The target is being run …"
        return "A broad band shows the target. Change the network until its traces lie on it."

    def _say(self, task: str, meter: str, verdict: str) -> None:
        self._task.say(task)
        update(self._meter, value=meter)
        update(self._verdict, value=verdict)

    @property
    def _tolerance(self) -> float:
        return CHALLENGES[self._key].tolerance if self._key in CHALLENGES else TOLERANCE

    def _measure(self, target: Result, result: Result) -> None:
        if self._seen != (result, target):
            self._seen = (result, target)
            self._problem = ""
            try:
                self._distance = distance(target, result)
            except NeurolabError as error:
                self._problem = error.advice

    def _instructions(self) -> str:
        if self._key not in CHALLENGES:
            return (
                "The broad band is the run that was made the target. Change the network, or reset "
                "it, and let others find the way back: a link contains the target."
            )
        challenge = CHALLENGES[self._key]
        return f"{challenge.task} What differs: {' and '.join(challenge.controls)}."

    def _congratulation(self) -> str:
        if self._key not in CHALLENGES:
            return "<b>Matched.</b>"
        challenge = CHALLENGES[self._key]
        made = ", ".join(
            f"{row.what} {row.after}" for row in differences(challenge.start, challenge.hidden)
        )
        return f"<b>Matched.</b> The target was made with {html.escape(made)}."


@lru_cache
def _hidden(key: str) -> Result:
    return simulate(CHALLENGES[key].hidden)


def _options(own: Run | None) -> list[tuple[str, str]]:
    return [
        ("none", ""),
        *((challenge.title, key) for key, challenge in CHALLENGES.items()),
        *([("your target", OWN)] if own else []),
    ]


def _meter(share: float, tolerance: float) -> str:
    """Return a bar that empties as the run approaches the target.

    Its length is the root of the distance, so that the last few per cent are visible.
    """
    percent = 100 * share
    text = f"{percent:.2g} % away" if percent < 10 else f"{percent:.0f} % away"
    width, mark = (100 * min(1.0, part) ** 0.5 for part in (share, tolerance))
    return (
        '<div class="nl-meter-line"><div class="nl-meter-bar" role="meter" '
        'aria-label="distance from the target" aria-valuemin="0" aria-valuemax="100" '
        f'aria-valuenow="{min(percent, 100):.3g}" aria-valuetext="{text}">'
        f'<span style="width: {width:.1f}%"></span><i style="left: {mark:.1f}%"></i></div>'
        f"<b>{text}</b></div>"
    )
