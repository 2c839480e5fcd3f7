"""The head of a worksheet's page: title, goals, and buttons for the whole worksheet."""

import html
from collections.abc import Callable, Mapping
from typing import Any

from ...exercises.prose import line_html
from ...exercises.worksheet import Worksheet
from ..controls import plain_widgets as widgets
from ..controls.guarded_callbacks import guarded
from ..controls.note import Note
from .question_box import button


class Head(widgets.VBox):
    """The head of a worksheet's page.

    Parameters
    ----------
    worksheet : Worksheet
    on_save, on_print : callable
        Called without arguments when a person presses a button.
    on_open : callable
        ``on_open(text)`` is called with the text of an uploaded file.

    Attributes
    ----------
    note : Note
        A line for messages.
    """

    def __init__(
        self,
        worksheet: Worksheet,
        on_save: Callable[[], object],
        on_print: Callable[[], object],
        on_open: Callable[[str], object],
    ) -> None:
        self._on_open = on_open
        goals = "".join(f"<li>{line_html(goal)}</li>" for goal in worksheet.goals)
        title = widgets.HTML(
            f"<h1>{html.escape(worksheet.title)}</h1><details><summary>What you will be able to do "
            f"(about {worksheet.minutes} minutes)</summary><ul>{goals}</ul></details>"
        )
        title.add_class("nl-sheet-title")
        self.upload = widgets.FileUpload(accept=".json", tooltip="Open saved answers")
        self.upload.observe(guarded(self._uploaded), "value")
        save = "Save your answers as a file, to hand in or to go on later"
        buttons = widgets.HBox(
            [
                button("Save answers", save, on_save),
                self.upload,
                button("Print", "Print, or save as PDF", on_print),
            ]
        )
        buttons.add_class("nl-sheet-buttons")
        self.note = Note()
        super().__init__([widgets.HBox([title, buttons]), self.note])
        self.add_class("nl-sheet-head")

    def _uploaded(self, change: Mapping[str, Any]) -> None:
        if not change["new"]:
            return
        self.upload.value = ()
        content = bytes(change["new"][0]["content"])
        self._on_open(content.decode("utf-8", errors="replace"))
