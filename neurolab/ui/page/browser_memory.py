"""The memory of the browser: it keeps a page's text from one visit to the next."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import traitlets

from ..controls.assets import script
from ..controls.page_widget import PageWidget
from ..store.after_rest import Rest
from .kernel_messages import deliver_all_once

_HERE = Path(__file__).parent
MOST_CHARACTERS = 2_000_000


class Memory(PageWidget):
    """Keeps a text in the browser, recalls the text of an earlier visit, saves files, and prints.

    Parameters
    ----------
    name : str
        The browser keeps the text under this name.
    on_recall : callable
        ``on_recall(text)`` is called when the page is drawn. The text is empty on a first visit; it
        comes from a page, so it need not be valid.
    on_unkept : callable
        ``on_unkept()`` is called if the browser keeps nothing, because it is full or told so.
    """

    _esm = script(_HERE / "browser_memory.js")
    _css = ".nl-memory { display: none; }"

    name = traitlets.Unicode().tag(sync=True)

    def __init__(
        self, name: str, on_recall: Callable[[str], object], on_unkept: Callable[[], object]
    ) -> None:
        super().__init__(name=name)
        self.add_class("nl-memory")
        deliver_all_once()
        self._on_recall = on_recall
        self._on_unkept = on_unkept
        self._recalled = False
        self._rest = Rest()

    def _act(self, content: Mapping[str, Any]) -> None:
        if content.get("unkept") is True:
            self._on_unkept()
        text = content.get("recalled")
        if not isinstance(text, str) or self._recalled:
            return
        self._recalled = True
        if len(text) <= MOST_CHARACTERS:
            self._on_recall(text)

    def keep(self, write: Callable[[], str], rested: bool = False) -> None:
        """Keep a text in the browser.

        Parameters
        ----------
        write : callable
            ``write()`` returns the text.
        rested : bool
            Wait until nothing has changed for a moment.
        """
        self._rest.then(lambda: self._keep(write), at_once=not rested)

    def _keep(self, write: Callable[[], str]) -> None:
        # Until the browser has sent its text, nothing is overwritten.
        if self._recalled and self.comm is not None:
            self.send({"kind": "keep", "text": write()})

    def save(self, name: str, text: str) -> None:
        """Save a file in the browser."""
        self.send({"kind": "save", "name": name, "text": text})

    def print(self, html: str) -> None:
        """Open the browser's print dialogue for a part of a page."""
        self.send({"kind": "print", "html": html})
