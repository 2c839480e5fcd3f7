"""The state of the lab in the address of its page, and files that the page saves."""

from pathlib import Path

import anywidget
import traitlets

from ...errors import NeurolabError
from ...experiment.session import Session
from ...exports.link import MOST_KEPT, session_from_link, session_to_link
from ..controls.assets import script
from ..controls.guarded_callbacks import guarded
from ..controls.set_traits import update
from ..store.after_rest import Rest
from .kernel_messages import deliver_all_once

_HERE = Path(__file__).parent
_ELSEWHERE = "This address belongs to a page whose network was too large for it. Here is the tutorial instead."


class Address(anywidget.AnyWidget):
    """Keeps the session in the page's address: a reload, a bookmark or a link opens it again.

    What is too large for an address is kept by the page's tab, for a reload. Only the page that is the lab's own has
    such an address; in a notebook several labs would share it.

    Parameters
    ----------
    store : Store

    Attributes
    ----------
    link : str
        The session; empty for the one that the page opens with, and for one that is too large to be kept at all.
    complete : bool
        Whether the link brings all of the session back.
    """

    _esm = script(_HERE / "page_address.js", "drawn.js", "save.js", "picture.js")
    _css = ".nl-address { display: none; }"

    link = traitlets.Unicode().tag(sync=True)
    complete = traitlets.Bool(True).tag(sync=True)

    def __init__(self, store):
        super().__init__()
        self.add_class("nl-address")
        deliver_all_once()
        self._store, self._rest = store, Rest()
        self._first = store.session  # what the page shows without anything behind the #
        self.on_msg(guarded(self._received))

    def set_state(self, sync_data):
        """Take nothing that a page sets: a link from it comes as a message, and is looked at first."""

    def show(self, snapshot):
        """Follow the session, once it has rested for a moment."""
        self._rest.then(self._follow)

    def _follow(self):
        if self.comm is None:
            return
        session, link, complete = self._store.session, "", True
        for least in (session, Session(session.experiment)) if session != self._first else ():
            try:
                link = session_to_link(least, MOST_KEPT)
                break
            except NeurolabError:  # too large; perhaps without what is kept beside it
                complete = False
        update(self, link=link, complete=complete)

    def save(self, name, text):
        """Have the page save a file."""
        self.send({"kind": "save", "name": name, "text": text})

    def save_picture(self, kind):
        """Have the page save its pictures as one file: ``'svg'`` or ``'png'``."""
        self.send({"kind": "picture", "format": kind, "name": f"lab.{kind}"})

    def copy(self):
        """Have the page put its address, with the state of the moment in it, on the clipboard."""
        self.send({"kind": "copy", "link": session_to_link(self._store.session)})

    def _received(self, _, content, buffers):
        text = content.get("link") if isinstance(content, dict) else None
        if not isinstance(text, str):
            return
        if not text:
            self._store.refuse(_ELSEWHERE)
            return
        try:
            self._store.open(session_from_link(text, MOST_KEPT))
        except NeurolabError as error:
            self._store.refuse(f"{error.advice} Here is the tutorial instead.")
