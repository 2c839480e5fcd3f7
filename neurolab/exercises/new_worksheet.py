"""The start of a worksheet of one's own."""

import re
from pathlib import Path

_HERE = Path(__file__).parent
SCHEMA_FILE = _HERE / "worksheet.schema.json"


def new_worksheet(stem: str) -> str:
    """Write the text of a new worksheet.

    Parameters
    ----------
    stem : str
        Name of the file without its ending, from which the name of the worksheet is made.

    Examples
    --------
    >>> 'name = "my-sheet"' in new_worksheet("My sheet")
    True
    """
    name = "-".join(re.findall(r"[a-z0-9]+", stem.lower()))[:100].strip("-") or "mine"
    text = (_HERE / "new_worksheet.toml").read_text(encoding="utf-8")
    return f"#:schema {SCHEMA_FILE.as_uri()}\n{text.replace('NAME', name, 1)}"
