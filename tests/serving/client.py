"""A page without a browser: opens a lab as the page does, and speaks to its kernel over the page's websocket."""

import asyncio
import json
import re
import time
import uuid
from typing import NamedTuple

from jupyter_client.jsonutil import json_default
from jupyter_server.services.kernels.connection.base import (
    deserialize_msg_from_ws_v1,
    serialize_msg_to_ws_v1,
)
from tornado.httpclient import AsyncHTTPClient, HTTPRequest
from tornado.websocket import websocket_connect

from ..browser.waiting import patient

PROTOCOL = "v1.kernel.websocket.jupyter.org"
COOKIE = "neurolab-lab"
LARGEST = 2**27


class Message(NamedTuple):
    """What the kernel says."""

    channel: str
    kind: str
    parent: str
    content: dict
    buffers: list

    @property
    def data(self):
        return self.content.get("data", {})


class LabClient:
    """One page of one browser.

    Parameters
    ----------
    url : str
        Of the served lab, with a slash at its end.
    """

    def __init__(self, url):
        self.url, self.http = url, AsyncHTTPClient(force_instance=True, max_clients=1000)
        self.kernel_id, self.cookie, self.line = "", "", None
        self.widgets = {}

    async def open(self, query=""):
        """Get the page and connect; `widgets` then holds the state of each widget by its id."""
        await self.get_page(query)
        self.line = await self.connect()
        await self._read_widgets()
        return self

    def listen(self):
        """From now on hear whatever comes, as browsers do; who lets it lie does not answer the server's pings either."""
        heard, read = asyncio.Queue(), self.line.read_message

        async def hear():
            while (data := await read()) is not None:
                heard.put_nowait(data)
            heard.put_nowait(None)

        self.line.read_message, self._hearing = heard.get, asyncio.ensure_future(hear())

    async def get_page(self, query=""):
        """Get the page: with it come the kernel's id and the cookie that opens it."""
        answer = await self.http.fetch(self.url + query, request_timeout=patient(120))
        self.kernel_id = re.search(r'"kernelId": "([\w-]+)"', answer.body.decode()).group(1)
        # A stock Voila, beside which ours is measured, has no such cookie.
        self.cookie = next(
            (
                re.match(rf"{COOKIE}=([^;]+)", text).group(1)
                for text in answer.headers.get_list("Set-Cookie")
                if text.startswith(COOKIE)
            ),
            "",
        )

    async def connect(self, protocols=(PROTOCOL,), headers=None, kernel_id=None, session=None):
        """A websocket to the lab, with this page's cookie unless other headers are given."""
        address = f"{self.url}api/kernels/{kernel_id or self.kernel_id}/channels?session_id={session or uuid.uuid4()}"
        headers = {"Cookie": f"{COOKIE}={self.cookie}"} if headers is None else headers
        request = HTTPRequest(
            address.replace("http", "ws", 1), headers=headers, request_timeout=patient(20)
        )
        return await websocket_connect(
            request, subprotocols=list(protocols), max_message_size=LARGEST
        )

    async def send(self, kind, content, channel="shell", buffers=(), line=None):
        """Send a message and return its name."""
        name = uuid.uuid4().hex
        await (line or self.line).write_message(
            packed(kind, content, name, channel, buffers), binary=True
        )
        return name

    async def receive(self, seconds=20, line=None):
        """The next message; raises where the line is closed or silent."""
        data = await asyncio.wait_for((line or self.line).read_message(), patient(seconds))
        if data is None:
            raise ConnectionError("the line is closed")
        channel, (header, parent, _, content, *buffers) = deserialize_msg_from_ws_v1(data)
        kind, parent = json.loads(header)["msg_type"], json.loads(parent).get("msg_id", "")
        return Message(channel, kind, parent, json.loads(content), buffers)

    async def answers(self, name, seconds=20, others=False):
        """What the kernel says to a message, and to others where they are wanted, until it is idle after it."""
        found, end = [], time.monotonic() + patient(seconds)
        while True:
            message = await self.receive(max(0.01, end - time.monotonic()))
            if message.parent != name and not others:
                continue
            found.append(message)
            if (
                message.parent == name
                and message.kind == "status"
                and message.content["execution_state"] == "idle"
            ):
                return found

    async def _read_widgets(self):
        control = uuid.uuid4().hex
        await self.send(
            "comm_open", {"comm_id": control, "target_name": "jupyter.widget.control", "data": {}}
        )
        name = await self.send(
            "comm_msg", {"comm_id": control, "data": {"method": "request_states"}}
        )
        states = next(
            message.data["states"] for message in await self.answers(name, 60) if message.data
        )
        self.widgets = {key: widget["state"] for key, widget in states.items()}

    def find(self, **traits):
        """The id of the first widget with these traits."""
        return next(
            key
            for key, state in self.widgets.items()
            if traits.items()
            <= {name: value for name, value in state.items() if name in traits}.items()
        )

    async def set(self, widget, buffers=(), seconds=20, **traits):
        """Set traits of a widget, as its control on the page does, and return what the kernel says to it."""
        data = {"method": "update", "state": traits, "buffer_paths": []}
        return await self.answers(
            await self.send("comm_msg", {"comm_id": widget, "data": data}, buffers=buffers), seconds
        )

    async def edit(self, widget, seconds=20, **traits):
        """Set traits, and return the seconds until new data of a trace came; raises where none came."""
        began = time.perf_counter()
        data = {"method": "update", "state": traits, "buffer_paths": []}
        name = await self.send("comm_msg", {"comm_id": widget, "data": data})
        while True:
            message = await self.receive(seconds)
            if message.parent == name and message.kind == "comm_msg" and message.buffers:
                return time.perf_counter() - began
            if (
                message.parent == name
                and message.kind == "status"
                and message.content["execution_state"] == "idle"
            ):
                raise AssertionError("the edit changed no trace")

    async def close(self):
        """Leave the page, which ends its lab."""
        if self.line:
            self.line.close()
        await self.http.fetch(
            f"{self.url}voila/api/shutdown/{self.kernel_id}",
            method="POST",
            body="",
            headers={"Cookie": f"{COOKIE}={self.cookie}"},
            raise_error=False,
        )
        self.http.close()


def packed(kind, content, name="", channel="shell", buffers=()):
    """A message as it goes over the websocket."""
    header = {
        "msg_id": name or uuid.uuid4().hex,
        "msg_type": kind,
        "username": "",
        "session": "page",
        "date": "",
        "version": "5.3",
    }
    parts = [
        json.dumps(part, default=json_default).encode()
        for part in (header, {}, {"version": "1.0.0"}, content)
    ]
    return serialize_msg_to_ws_v1([*parts, *buffers], channel)
