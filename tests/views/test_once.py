"""A message that the page sends twice is heard once."""

from types import SimpleNamespace

from neurolab.views import once


def test_a_message_that_comes_again_is_passed_over(monkeypatch):
    heard = []
    kernel = SimpleNamespace(shell_handlers={"comm_msg": lambda stream, ident, message: heard.append(message["content"])})
    monkeypatch.setattr(once, "get_ipython", lambda: SimpleNamespace(kernel=kernel))
    once.hear_once()
    once.hear_once()  # a second lab on the page
    for name, content in (("a", 1), ("b", 2), ("a", 1), ("b", 2), ("c", 3)):
        kernel.shell_handlers["comm_msg"](None, None, {"header": {"msg_id": name}, "content": content})
    assert heard == [1, 2, 3]


def test_outside_a_kernel_there_is_nothing_to_hear(monkeypatch):
    monkeypatch.setattr(once, "get_ipython", lambda: None)
    once.hear_once()
