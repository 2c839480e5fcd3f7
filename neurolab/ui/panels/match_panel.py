"""Panel: a target behind the traces, and how far the present run is from it."""

import html
from functools import lru_cache

import ipywidgets as widgets

from ...errors import NeurolabError
from ...experiment.challenges import CHALLENGES, TOLERANCE
from ...experiment.session import OWN
from ...experiment.simulate import simulate
from ...explain.comparison import MOST_NEURONS, differences
from ...explain.target import distance
from ..controls.fold import Fold
from ..controls.guarded_callbacks import guarded
from ..controls.note import Note
from ..pictures.overlay import Overlay
from ..store.pins_and_target import Run


class MatchPanel:
    """Challenges, a target of one's own, and a meter of the distance.

    Parameters
    ----------
    store : Store
    """

    def __init__(self, store):
        self._store, self._kept, self._listing = store, store.kept, False
        self._seen, self._distance, self._problem = None, None, ""
        self._fold = Fold("Match the target", "find what made a trace", "nl-match", self._build)
        self._fold.on_toggle(lambda _: store.refresh_pictures())
        self.widget = self._fold.widget
        self._kept.on_taken(self._taken)

    def _taken(self):
        """A target came with a link: it is to be seen."""
        built = self._fold.built
        self._fold.opened |= bool(self._kept.challenge)
        if built:
            self._list_choices()

    @property
    def _key(self):
        return self._kept.challenge

    @property
    def _target(self):
        """The result to be matched, if there is one."""
        if self._key == OWN:
            self._kept.simulate()
            return self._kept.target.result
        return _hidden(self._key) if self._key else None

    def _build(self):
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
    def _chosen(self, change):
        if self._listing:
            return
        self._kept.challenge = change["new"]
        if self._key in CHALLENGES:
            self._begin(None)
        else:
            self._store.refresh_pictures()

    @guarded
    def _begin(self, _):
        self._store.load(CHALLENGES[self._key].start)

    @guarded
    def _make_own(self, _):
        self._kept.target, self._kept.challenge = (
            Run("target", self._store.experiment, self._store.result),
            OWN,
        )
        self._list_choices()
        self._store.refresh_pictures()

    def _list_choices(self):
        self._listing = True
        try:
            self._choice.options = _options(self._kept.target)
            self._choice.value = self._key
        finally:
            self._listing = False

    def overlays(self, snapshot):
        """The target's traces."""
        target = self._target if self._fold.opened else None
        if target is None:
            return []
        times = target.times * 1e3
        return [
            Overlay(group, state, neuron, "to match", times, values, "target")
            for group, states in target.states.items()
            for state in states
            for neuron, values in enumerate(target.trace(group, state)[:MOST_NEURONS])
        ]

    def show(self, snapshot):
        """Follow the run, while the panel is open."""
        if not self._fold.opened:
            return
        hidden = snapshot.hidden_after is not None
        self._own.disabled = hidden
        display = "" if self._key in CHALLENGES else "none"
        if self._again.layout.display != display:
            self._again.layout.display = display
        if hidden or self._target is None:
            self._say(self._waits_for(hidden), "", "")
            return
        self._measure(snapshot)
        if self._problem:
            self._say(
                self._instructions(), "", f'<p role="status">{html.escape(self._problem)}</p>'
            )
        else:
            matched = self._distance < self._tolerance
            self._say(
                self._instructions(),
                _meter(self._distance, self._tolerance),
                f'<p role="status">{self._congratulation()}</p>' if matched else "",
            )

    def _waits_for(self, hidden):
        if hidden:
            return "This waits until the traces are shown again."
        if self._key == OWN:
            problem = self._kept.target.problem
            return (
                f"The target cannot be shown: {problem}" if problem else "The target is being run …"
            )
        return "A broad band shows the target. Change the network until its traces lie on it."

    def _say(self, task, meter, verdict):
        self._task.say(task)
        for part, text in ((self._meter, meter), (self._verdict, verdict)):
            if part.value != text:
                part.value = text

    @property
    def _tolerance(self):
        return CHALLENGES[self._key].tolerance if self._key in CHALLENGES else TOLERANCE

    def _measure(self, snapshot):
        key = (snapshot.result, self._target)
        if key != self._seen:
            self._seen, self._problem = key, ""
            try:
                self._distance = distance(self._target, snapshot.result)
            except NeurolabError as error:
                self._problem = f"{error.advice[0].upper()}{error.advice[1:]}"

    def _instructions(self):
        if self._key not in CHALLENGES:
            return (
                "The broad band is the run that was made the target. Change the network, or reset it, and let others "
                "find the way back: a link holds the target."
            )
        challenge = CHALLENGES[self._key]
        return f"{challenge.task} What differs: {' and '.join(challenge.controls)}."

    def _congratulation(self):
        if self._key not in CHALLENGES:
            return "<b>Matched.</b>"
        challenge = CHALLENGES[self._key]
        made = ", ".join(
            f"{row.what} {row.after}" for row in differences(challenge.start, challenge.hidden)
        )
        return f"<b>Matched.</b> The target was made with {html.escape(made)}."


@lru_cache
def _hidden(key):
    return simulate(CHALLENGES[key].hidden)


def _options(own):
    return [
        ("none", ""),
        *((challenge.title, key) for key, challenge in CHALLENGES.items()),
        *([("your target", OWN)] if own else []),
    ]


def _meter(share, tolerance):
    """A bar that empties as the target comes nearer; its root, so that the last per cents are still to be seen."""
    percent = 100 * share
    text = f"{percent:.2g} % away" if percent < 10 else f"{percent:.0f} % away"
    width, mark = (100 * min(1.0, part) ** 0.5 for part in (share, tolerance))
    return (
        f'<div class="nl-meter-line"><div class="nl-meter-bar" role="meter" aria-label="distance from the target" '
        f'aria-valuemin="0" aria-valuemax="100" aria-valuenow="{min(percent, 100):.3g}" aria-valuetext="{text}">'
        f'<span style="width: {width:.1f}%"></span><i style="left: {mark:.1f}%"></i></div><b>{text}</b></div>'
    )
