"""Panel: a link, files, and the experiment as two programs with the last changes marked."""

import difflib
import html
from collections.abc import Callable, Mapping
from typing import Any, Protocol

from ...errors import NeurolabError
from ...experiment.experiment import Experiment
from ...experiment.result import Result
from ...exports.brian2 import to_brian2
from ...exports.documents import from_json, to_json
from ...exports.script import to_script
from ...exports.tables import spikes_csv, traces_csv
from ..controls import plain_widgets as widgets
from ..controls.fold import Fold
from ..controls.guarded_callbacks import guarded
from ..controls.note import Note
from ..store.snapshot import Snapshot
from ..store.store import Store

_PROGRAMS = (("neurolab", to_script, "lab.py"), ("Brian 2", to_brian2, "lab_brian2.py"))


class Saver(Protocol):
    """What the panel needs of the page's address."""

    def copy(self) -> None:
        """Copy the link."""

    def save(self, name: str, text: str) -> None:
        """Save a file."""

    def save_picture(self, kind: str) -> None:
        """Save the plots as ``'png'`` or ``'svg'``."""


class TakePanel:
    """Buttons that save and open, and two programs side by side.

    Parameters
    ----------
    store : Store
    address : Address
        Saves files in the page.
    """

    def __init__(self, store: Store, address: Saver) -> None:
        self._store = store
        self._address = address
        self._fold = Fold(
            "Take it with you",
            "a link, files, pictures, and the network as a program",
            "nl-take",
            self._build,
        )
        self._fold.on_toggle(lambda _: store.refresh_pictures())
        self.widget = self._fold.widget
        self._texts: dict[str, str] = {}
        self._seen: Experiment | None = None

    def _build(self) -> list[widgets.Widget]:
        self._said = Note()
        self._upload = widgets.FileUpload(
            accept=".json", multiple=False, description="Open a file", tooltip="Open a saved file"
        )
        self._upload.observe(guarded(self._opened), "value")
        buttons = widgets.HBox(
            [
                self._button("Copy link", self._address.copy),
                self._button("Save", lambda: self._save("lab.json", to_json)),
                self._upload,
                self._button("Picture (PNG)", lambda: self._address.save_picture("png")),
                self._button("Picture (SVG)", lambda: self._address.save_picture("svg")),
                self._button("Traces (CSV)", lambda: self._table("traces.csv", traces_csv)),
                self._button("Spikes (CSV)", lambda: self._table("spikes.csv", spikes_csv)),
            ]
        )
        self._programs = {title: widgets.HTML() for title, _, _ in _PROGRAMS}
        columns = []
        for title, write, name in _PROGRAMS:
            self._programs[title].add_class("nl-program")
            columns.append(
                widgets.VBox(
                    [
                        self._button(f"Save {title} program", self._saver(name, write)),
                        self._programs[title],
                    ]
                )
            )
        row = widgets.Box(columns)
        for box, css_class in ((buttons, "nl-take-buttons"), (row, "nl-programs")):
            box.add_class(css_class)
        return [buttons, self._said, row]

    def _button(self, title: str, action: Callable[[], None]) -> widgets.Button:
        button = widgets.Button(description=title, tooltip=title)

        def clicked(_: object) -> None:
            try:
                action()
                self._said.say("")
            except NeurolabError as error:
                self._said.say(error.advice)

        button.on_click(guarded(clicked))
        return button

    def _saver(self, name: str, write: Callable[[Experiment], str]) -> Callable[[], None]:
        return lambda: self._save(name, write)

    def _save(self, name: str, write: Callable[[Experiment], str]) -> None:
        self._address.save(name, write(self._store.experiment))

    def _table(self, name: str, write: Callable[[Result], str]) -> None:
        self._address.save(name, write(self._store.curtain.seen(self._store.result)))

    def _opened(self, change: Mapping[str, Any]) -> None:
        if not change["new"]:
            return
        try:
            self._store.load(
                from_json(bytes(change["new"][0]["content"]).decode("utf-8", errors="replace"))
            )
            self._said.say("")
        except NeurolabError as error:
            self._said.say(error.advice)
        self._upload.value = ()

    def show(self, snapshot: Snapshot) -> None:
        """Write the programs, while the panel is open, and mark the lines that have changed."""
        if not self._fold.opened or snapshot.experiment is self._seen:
            return
        self._seen = snapshot.experiment
        for title, write, _ in _PROGRAMS:
            try:
                text = write(snapshot.experiment)
            except NeurolabError as error:
                text = f"# This network cannot be written as a program.\n# {error}"
            self._programs[title].value = _marked(self._texts.get(title, text), text, title)
            self._texts[title] = text


def _marked(old: str, new: str, title: str) -> str:
    """Return the lines of a program as HTML, with those marked that differ from before."""
    before, after = old.splitlines(), new.splitlines()
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    fresh = {
        line
        for tag, _, _, first, last in matcher.get_opcodes()
        if tag != "equal"
        for line in range(first, last)
    }
    lines = [
        f"<mark>{html.escape(line)}</mark>" if place in fresh else html.escape(line)
        for place, line in enumerate(after)
    ]
    return (
        f'<pre tabindex="0" role="region" aria-label="{html.escape(title)} program">'
        + "\n".join(lines)
        + "</pre>"
    )
