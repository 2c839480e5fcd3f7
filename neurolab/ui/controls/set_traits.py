"""Setting traits so that nothing is sent, and next to nothing is done, where a widget shows it already."""

import numpy as np


def update(widget, **traits):
    """Give a widget these traits: in one message those that are others now, and no message where none is.

    To set a trait to what it is, or to hold back the messages of a widget that has none to send, costs ten times what
    the comparison does; most parts of the page stay the same from one edit to the next.
    """
    others = {
        name: value for name, value in traits.items() if not _same(getattr(widget, name), value)
    }
    if others:
        with widget.hold_sync():
            for name, value in others.items():
                setattr(widget, name, value)


def _same(old, new):
    if old is new:
        return True
    if isinstance(old, np.ndarray) or isinstance(new, np.ndarray):
        return np.array_equal(old, new)
    return old == new
