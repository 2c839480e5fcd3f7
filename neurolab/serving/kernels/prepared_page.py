"""The page's widgets, created once before kernels are forked: each kernel starts with a copy."""

import ast
import logging
from typing import Any

CELL = "from neurolab.serving.kernels.prepared_page import page\n\npage()"
"""The code of the page's notebook, if kernels are forked."""
_LOG = logging.getLogger(__name__)
_prepared: dict[str, Any] = {}


def prepare(source: str) -> None:
    """Create the widgets of a page; if this fails, each kernel repeats it, and shows the error."""
    _prepared["source"] = source
    try:
        _prepared["page"] = _run(source)
    except Exception:
        _LOG.exception("The page could not be prepared.")


def page() -> Any:
    """Return the widget that the page shows."""
    return _prepared["page"] if "page" in _prepared else _run(_prepared["source"])


def _run(source: str) -> Any:
    """Run the server's own page, and return the value of its last line, as a notebook does."""
    *before, last = ast.parse(source).body
    assert isinstance(last, ast.Expr)
    names: dict[str, Any] = {}
    exec(compile(ast.Module(before, []), "page", "exec"), names)
    return eval(compile(ast.Expression(last.value), "page", "eval"), names)
