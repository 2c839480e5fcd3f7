"""Scripts and style sheets of the widgets, read from the files beside them."""

from pathlib import Path

_UI = Path(__file__).parents[1]
_SHARED_SCRIPTS = _UI / "js"
_SHEETS = _UI / "styles"


def script(own: Path, *shared: str) -> str:
    """Read the script of a widget.

    Parameters
    ----------
    own : Path
        The widget's own file.
    *shared : str
        Names of files in ``neurolab/ui/js`` whose functions the script uses.

    Returns
    -------
    str
        The shared files, followed by the widget's own.
    """
    files = [*(_SHARED_SCRIPTS / name for name in shared), own]
    return "".join(file.read_text(encoding="utf-8") for file in files)


def shared_sheet(name: str) -> str:
    """Read a style sheet in ``neurolab/ui/styles``."""
    return (_SHEETS / name).read_text(encoding="utf-8")


def sheet(own: Path) -> str:
    """Read the style sheet of one widget or page."""
    return own.read_text(encoding="utf-8")
