"""The page's line to its kernel, which is a module of the page."""

_MODULE = "import(document.querySelector('link[href*=\"/static/line.js\"]').href)"
# Closes the line as a server does that ends sessions which nobody uses.
END = f"""() => {_MODULE}.then((line) => line.allSockets().forEach(
    (socket) => socket.dispatchEvent(new CloseEvent('close', {{ code: 4001 }}))))"""


def has_all_answers(page) -> bool:
    """Whether the kernel has answered all that the page has sent."""
    return page.evaluate(f"() => {_MODULE}.then((line) => line.unansweredCount())") == 0
