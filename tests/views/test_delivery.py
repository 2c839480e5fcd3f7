"""A message that the page sends twice is heard once; none of the kernel's is dropped."""

from types import SimpleNamespace

from neurolab.views import delivery


def test_a_message_that_comes_again_is_passed_over(monkeypatch):
    heard = []
    thread = SimpleNamespace(schedule=lambda act: None)
    hear = lambda stream, ident, message: heard.append(message["content"])  # noqa: E731
    handlers = {"comm_msg": hear, "comm_open": hear}
    kernel = SimpleNamespace(iopub_thread=thread, shell_handlers=handlers)
    monkeypatch.setattr(delivery, "get_ipython", lambda: SimpleNamespace(kernel=kernel))
    delivery.deliver_all_once()
    delivery.deliver_all_once()  # a second lab on the page
    for name, content in (("a", 1), ("b", 2), ("a", 1), ("b", 2), ("c", 3)):
        kernel.shell_handlers["comm_msg"](None, None, {"header": {"msg_id": name}, "content": content})
    assert heard == [1, 2, 3]


def test_outside_a_kernel_there_is_nothing_to_hear(monkeypatch):
    monkeypatch.setattr(delivery, "get_ipython", lambda: None)
    delivery.deliver_all_once()
