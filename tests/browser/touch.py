"""Fingers on a page, as the browser gets them from a touch screen."""


class Finger:
    """One finger.

    Parameters
    ----------
    page : playwright page
        Of a context with touch.
    """

    def __init__(self, page):
        self._session = page.context.new_cdp_session(page)

    def _send(self, kind, *points):
        self._session.send(
            "Input.dispatchTouchEvent",
            {"type": kind, "touchPoints": [{"x": x, "y": y} for x, y in points]},
        )

    def tap(self, x, y):
        self._send("touchStart", (x, y))
        self._send("touchEnd")

    def down(self, x, y):
        self._send("touchStart", (x, y))

    def move(self, x, y):
        self._send("touchMove", (x, y))

    def up(self):
        self._send("touchEnd")

    def down_too(self, first, second):
        """Put a second finger down beside the first."""
        self._send("touchStart", first, second)

    def move_both(self, first, second):
        self._send("touchMove", first, second)
