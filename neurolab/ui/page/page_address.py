"""The address of the page, which contains the state of the lab, and files that the page saves."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import traitlets

from ...errors import NeurolabError
from ...experiment.session import Session
from ...exports.link import MOST_KEPT, session_from_link, session_to_link
from ..controls.assets import script
from ..controls.page_widget import PageWidget
from ..controls.set_traits import update
from ..store.after_rest import Rest
from ..store.snapshot import Snapshot
from ..store.store import Store
from .kernel_messages import deliver_all_once

_HERE = Path(__file__).parent
_ELSEWHERE = (
    "This address belongs to a page whose network was too large for it. "
    "Here is the tutorial instead."
)


class Address(PageWidget):
    """Keeps the session in the page's address, so that a reload, a bookmark or a link restores it.

    If the session is too large for an address, the page's tab keeps it for a reload. Only a lab
    with a page of its own has such an address; in a notebook, several labs would share it.

    Parameters
    ----------
    store : Store

    Attributes
    ----------
    link : str
        The session; empty for the one with which the page opens, and for one that is too large.
    complete : bool
        Whether the link contains the whole session.
    """

    _esm = script(_HERE / "page_address.js")
    _css = ".nl-address { display: none; }"

    link = traitlets.Unicode().tag(sync=True)
    complete = traitlets.Bool(True).tag(sync=True)

    def __init__(self, store: Store) -> None:
        super().__init__()
        self.add_class("nl-address")
        deliver_all_once()
        self._store = store
        self._rest = Rest()
        self._first = store.session  # the page shows this without a link

    def show(self, snapshot: Snapshot) -> None:
        """Follow the session, once it has not changed for a moment."""
        self._rest.then(self._follow)

    def _follow(self) -> None:
        if self.comm is None:
            return
        session = self._store.session
        if session == self._first:
            update(self, link="", complete=True)
            return
        for candidate in (session, Session(session.experiment)):
            try:
                link = session_to_link(candidate, MOST_KEPT)
            except NeurolabError:  # it is too large; the experiment alone may fit
                continue
            update(self, link=link, complete=candidate is session)
            return
        update(self, link="", complete=False)

    def save(self, name: str, text: str) -> None:
        """Save a file in the browser."""
        self.send({"kind": "save", "name": name, "text": text})

    def save_picture(self, kind: str) -> None:
        """Save the plots as one file in the browser: ``'svg'`` or ``'png'``."""
        self.send({"kind": "picture", "format": kind, "name": f"lab.{kind}"})

    def copy(self) -> None:
        """Copy the page's address, with the present state in it, to the clipboard."""
        self.send({"kind": "copy", "link": session_to_link(self._store.session)})

    def _act(self, content: Mapping[str, Any]) -> None:
        text = content.get("link")
        if not isinstance(text, str):
            return
        if not text:
            self._store.refuse(_ELSEWHERE)
            return
        try:
            self._store.open(session_from_link(text, MOST_KEPT))
        except NeurolabError as error:
            self._store.refuse(f"{error.advice} Here is the tutorial instead.")
