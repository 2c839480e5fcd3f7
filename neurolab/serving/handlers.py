"""The server's answers that differ from Voila's own."""

from tornado.web import HTTPError
from tornado.websocket import WebSocketClosedError
from voila.tornado.handler import TornadoVoilaHandler
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler

KERNEL_PROTOCOL = "v1.kernel.websocket.jupyter.org"
# A message starts with how many offsets follow: its channel, four parts, an end, and one more for each buffer.
FEWEST_OFFSETS, MOST_OFFSETS = 3, 4095


class PageHandler(TornadoVoilaHandler):
    """The page; sets the cookie without which the server refuses the closing page's request to end its kernel."""

    async def get(self, path=None):
        if path:
            raise HTTPError(404)
        _ = self.xsrf_token  # reading it sets the cookie; Voila leaves it out, and kernels would stay (voila #1458)
        await super().get()


class ChannelsHandler(VoilaKernelWebsocketHandler):
    """The page's line to its kernel: no waiting for a full packet, and no message that would stop the server.

    The decoders trust the count of offsets that a message starts with; a random one takes all memory. Pages use the
    protocol that has the count, so other clients are refused, and a message with an absurd count ends the connection.
    """

    def prepare(self):
        offered = self.request.headers.get("Sec-WebSocket-Protocol", "")
        if KERNEL_PROTOCOL not in [name.strip() for name in offered.split(",")]:
            raise HTTPError(400, "This address is for the lab's own page.")
        return super().prepare()

    async def open(self, kernel_id):
        self.set_nodelay(True)
        await super().open(kernel_id)

    def write_message(self, message, binary=False):
        # A page that was closed while its kernel was talking is no error.
        try:
            written = super().write_message(message, binary)
        except WebSocketClosedError:
            return None
        if written is not None:
            written.add_done_callback(lambda future: future.exception())
        return written

    def on_message(self, message):
        if isinstance(message, bytes) and has_plausible_offsets(message):
            super().on_message(message)
        else:
            self.close(code=1003)


def has_plausible_offsets(message):
    """Whether a kernel message's count of offsets is one that a real message can have."""
    return FEWEST_OFFSETS <= int.from_bytes(message[:8], "little") <= MOST_OFFSETS
