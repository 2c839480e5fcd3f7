"""The page's widgets, made once before any kernel is forked: each kernel has them from the start, as its own."""

import ast
import logging

CELL = "from neurolab.serving.kernels.prepared_page import page\n\npage()"
"""The code of the page's notebook where kernels are forked."""
_LOG = logging.getLogger(__name__)
_prepared = {}


def prepare(source):
    """Make what a page shows; where that fails, each kernel finds out by itself, and its page says so."""
    _prepared["source"] = source
    try:
        _prepared["page"] = _run(source)
    except Exception:
        _LOG.exception("the page could not be prepared")


def page():
    """What the page shows."""
    return _prepared["page"] if "page" in _prepared else _run(_prepared["source"])


def _run(source):
    """The value of the last line of the server's own page, as a notebook would show it."""
    *before, last = ast.parse(source).body
    names = {}
    exec(compile(ast.Module(before, []), "page", "exec"), names)
    return eval(compile(ast.Expression(last.value), "page", "eval"), names)
