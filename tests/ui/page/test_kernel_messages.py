"""A message that the page sends twice is heard once; none of the kernel's is dropped."""

import json
from types import SimpleNamespace

from neurolab.ui.page import kernel_messages


def test_a_message_that_comes_again_is_passed_over(monkeypatch):
    heard = []
    thread = SimpleNamespace(schedule=lambda act: None)
    hear = lambda stream, ident, message: heard.append(message["content"])  # noqa: E731
    handlers = {"comm_msg": hear, "comm_open": hear}
    session = SimpleNamespace(pack=lambda value: json.dumps(value, ensure_ascii=False).encode())
    kernel = SimpleNamespace(iopub_thread=thread, shell_handlers=handlers, session=session)
    monkeypatch.setattr(kernel_messages, "get_ipython", lambda: SimpleNamespace(kernel=kernel))
    kernel_messages.deliver_all_once()
    kernel_messages.deliver_all_once()  # a second lab on the page
    for name, content in (("a", 1), ("b", 2), ("a", 1), ("b", 2), ("c", 3)):
        kernel.shell_handlers["comm_msg"](
            None, None, {"header": {"msg_id": name}, "content": content}
        )
    assert heard == [1, 2, 3]
    kernel.shell_handlers["comm_msg"](
        None, None, {"header": {"msg_id": "d"}, "content": {"\ud83d": ["\ud83dy"]}}
    )
    assert heard[3:] == [{"\ufffd": ["\ufffdy"]}]
    kernel.shell_handlers["comm_msg"](
        None, None, {"header": {"msg_id": "e"}, "content": float("nan")}
    )
    assert len(heard) == 4
    assert (
        kernel.session.pack({"text": ("\ud83dy", "\u00e9")})
        == '{"text": ["\ufffdy", "\u00e9"]}'.encode()
    )


def test_outside_a_kernel_there_is_nothing_to_hear(monkeypatch):
    monkeypatch.setattr(kernel_messages, "get_ipython", lambda: None)
    kernel_messages.deliver_all_once()
