"""A teacher's own worksheet in a course of nbgrader, where its answers are graded."""

from pathlib import Path

from ..exports.saving import save

_FOLDER_LINES = """
# The teacher's own worksheets, by which answers are graded. Students do not get this folder.
from pathlib import Path
from neurolab.exercises.loading import add_folder

add_folder(Path(__file__).resolve().parent / "worksheets")
"""


def keep_own_worksheet(file: Path, name: str, course: Path) -> Path:
    """Copy a worksheet's file into a course, and let the course's configuration find it.

    Parameters
    ----------
    file : Path
    name : str
        Name of the worksheet.
    course : Path
        A folder in which `write_assignment` has written the assignment.

    Returns
    -------
    Path
        Of the copy.
    """
    copy = course / "worksheets" / f"{name}.toml"
    copy.parent.mkdir(exist_ok=True)
    save(copy, file.read_text(encoding="utf-8"))
    config = course / "nbgrader_config.py"
    present = config.read_text(encoding="utf-8")
    if _FOLDER_LINES not in present:
        save(config, f"{present.rstrip()}\n{_FOLDER_LINES}")
    return copy
