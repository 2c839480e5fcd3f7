"""Scripts and style sheets of the widgets, read from the files beside them."""

import re
from functools import cache
from pathlib import Path

_SHEETS = Path(__file__).parents[1] / "styles"
_IMPORT = re.compile(r'^import (\{[^}]*\}) from "(\.[^"]+)";$', re.MULTILINE)
_COMMENT = re.compile(r"^[ \t]*(?://.*|/\*\*(?:(?!\*/)[\s\S])*\*/[ \t]*)\n", re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|class|const) (\w+))", re.MULTILINE)


def script(own: Path) -> str:
    """Return a widget's script as one module, together with the modules that it imports.

    A widget is sent to the page as one text, which can import nothing from a file. Each imported
    module becomes a function that is called once, so its names stay its own. Comments are left out.

    Parameters
    ----------
    own : Path
        An ES module. It imports by lines such as ``import { svg } from "../js/dom.js";``.

    Returns
    -------
    str

    Raises
    ------
    ValueError
        Two modules have the same file name.
    """
    modules: dict[str, Path] = {}
    _collect(own, modules)
    before = [
        f"const ${name} = (() => {{\n{_body(path)}return {{ {', '.join(_exports(path))} }};\n}})();\n"
        for name, path in modules.items()
        if path != own
    ]
    return "".join([*before, _IMPORT.sub(_binding, _text(own))])


def _collect(path: Path, modules: dict[str, Path]) -> None:
    """Add a module behind those that it imports."""
    for _, place in _IMPORT.findall(_text(path)):
        _collect((path.parent / place).resolve(), modules)
    if modules.setdefault(path.stem, path) != path:
        raise ValueError(f"{path} and {modules[path.stem]} have the same name")


@cache
def _text(path: Path) -> str:
    return _COMMENT.sub("", path.read_text(encoding="utf-8"))


def _body(path: Path) -> str:
    return _EXPORT.sub("", _IMPORT.sub(_binding, _text(path)))


def _exports(path: Path) -> list[str]:
    return _EXPORT.findall(_text(path))


def _binding(imported: re.Match[str]) -> str:
    """Return what takes names out of a module that stands above."""
    return f"const {imported[1]} = ${Path(imported[2]).stem};"


def shared_sheet(name: str) -> str:
    """Read a style sheet in ``neurolab/ui/styles``."""
    return sheet(_SHEETS / name)


def sheet(own: Path) -> str:
    """Read the style sheet of one widget or page."""
    return own.read_text(encoding="utf-8")
