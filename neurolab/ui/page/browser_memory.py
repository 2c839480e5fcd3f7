"""What the browser remembers of a page, without a server that would keep it."""

from pathlib import Path

import anywidget
import traitlets

from ..controls.assets import script
from ..controls.guarded_callbacks import guarded
from ..store.after_rest import Rest
from .kernel_messages import deliver_all_once

_HERE = Path(__file__).parent
MOST_CHARACTERS = 2_000_000


class Memory(anywidget.AnyWidget):
    """Keeps a text in the browser, gives back what an earlier visit left there, saves files, and prints.

    Parameters
    ----------
    name : str
        Under which the browser keeps it.
    on_recall : callable
        ``on_recall(text)`` once the page is drawn; the text is empty on a first visit, and as untrusted as any that comes
        from a page.
    on_unkept : callable
        ``on_unkept()`` where the browser has no room, or is told to keep nothing.
    """

    _esm = script(_HERE / "browser_memory.js", "drawn.js", "save.js")
    _css = ".nl-memory { display: none; }"

    name = traitlets.Unicode().tag(sync=True)

    def __init__(self, name, on_recall, on_unkept):
        super().__init__(name=name)
        self.add_class("nl-memory")
        deliver_all_once()
        self._on_recall, self._on_unkept, self._recalled, self._rest = (
            on_recall,
            on_unkept,
            False,
            Rest(),
        )
        self.on_msg(guarded(self._received))

    def set_state(self, sync_data):
        """Take nothing that a page sets: what it remembers comes as a message, and is looked at first."""

    def _received(self, _, content, buffers):
        if isinstance(content, dict) and content.get("unkept") is True:
            self._on_unkept()
        text = content.get("recalled") if isinstance(content, dict) else None
        if not isinstance(text, str) or self._recalled:
            return
        self._recalled = True
        if len(text) <= MOST_CHARACTERS:
            self._on_recall(text)

    def keep(self, write, rested=False):
        """Have the browser keep what `write` gives.

        Parameters
        ----------
        write : callable
        rested : bool
            Only once nothing has changed for a moment.
        """
        self._rest.then(lambda: self._keep(write), at_once=not rested)

    def _keep(self, write):
        # Before the browser has said what it holds, nothing is overwritten.
        if self._recalled and self.comm is not None:
            self.send({"kind": "keep", "text": write()})

    def save(self, name, text):
        """Have the page save a file."""
        self.send({"kind": "save", "name": name, "text": text})

    def print(self, html):
        """Open the browser's print dialogue for this part of a page."""
        self.send({"kind": "print", "html": html})
