"""The state of the lab in the address of its page, and files that the page saves."""

import asyncio
from pathlib import Path

import anywidget
import traitlets

from ..errors import NeurolabError
from ..exports.link import session_from_link, session_to_link
from ..lab.session import Session
from .guarded import guarded
from .update import update

_HERE = Path(__file__).parent
# The address follows once nothing has changed for a moment, so that it costs a moving slider nothing.
_QUIET = 0.5


class Address(anywidget.AnyWidget):
    """Keeps the session in the page's address: a reload, a bookmark or a link opens it again.

    Only the page that is the lab's own has such an address; in a notebook several labs would share it.

    Parameters
    ----------
    store : Store

    Attributes
    ----------
    link : str
        What stands behind the # of the address; empty for a network that is too large for one.
    """

    _esm = "".join((_HERE / name).read_text() for name in ("drawn.js", "save.js", "picture.js", "address.js"))
    _css = ".nl-address { display: none; }"

    link = traitlets.Unicode().tag(sync=True)

    def __init__(self, store):
        super().__init__()
        self.add_class("nl-address")
        self._store, self._timer = store, None
        self._first = store.session  # what the page shows without anything behind the #
        self.on_msg(guarded(self._received))

    def set_state(self, sync_data):
        """Take nothing that a page sets: a link from it comes as a message, and is looked at first."""

    def show(self, snapshot):
        """Follow the session, once it has rested for a moment."""
        if self._timer:
            self._timer.cancel()
        try:
            self._timer = asyncio.get_running_loop().call_later(_QUIET, self._follow)
        except RuntimeError:
            self._follow()

    def _follow(self):
        if self.comm is None:
            return
        session, link = self._store.session, ""
        for least in (session, Session(session.experiment)) if session != self._first else ():
            try:
                link = session_to_link(least)
                break
            except NeurolabError:  # too large; perhaps without what is kept beside it
                continue
        update(self, link=link)

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
        try:
            self._store.open(session_from_link(text))
        except NeurolabError as error:
            self._store.refuse(f"{error.advice} Here is the tutorial instead.")
