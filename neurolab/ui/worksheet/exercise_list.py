"""The list of a worksheet's exercises: the present one, the solved ones, and the points."""

from collections.abc import Callable, Mapping

from ...exercises.judging import Feedback
from ...exercises.prose import plain
from ...exercises.worksheet import Worksheet
from ..controls import plain_widgets as widgets
from ..controls.guarded_callbacks import guarded
from ..controls.set_traits import update


class Steps(widgets.VBox):
    """One button for each exercise, and the points.

    Parameters
    ----------
    worksheet : Worksheet
    on_choice : callable
        ``on_choice(place)`` is called with the index of the chosen exercise.
    """

    def __init__(self, worksheet: Worksheet, on_choice: Callable[[int], object]) -> None:
        self._worksheet = worksheet
        self._buttons = [
            _number_button(place, on_choice) for place in range(len(worksheet.exercises))
        ]
        row = widgets.HBox(self._buttons)
        row.add_class("nl-steps")
        self._points = widgets.HTML()
        self._points.add_class("nl-steps-points")
        super().__init__([row, self._points])
        self.add_class("nl-sheet-steps")

    def show(self, place: int, feedback: Mapping[str, Feedback]) -> None:
        """Mark the exercise on the page, and the solved ones.

        Parameters
        ----------
        place : int
            Index of the exercise on the page.
        feedback : mapping
            Name of an exercise → feedback to the last answer.
        """
        for index, exercise in enumerate(self._worksheet.exercises):
            state, mark, style = _state(feedback.get(exercise.name))
            if index == place:
                state += ", shown"
                style = "primary"
            update(
                self._buttons[index],
                description=f"{index + 1}{mark}",
                tooltip=f"exercise {index + 1}, {plain(exercise.title)}: {state}",
                button_style=style,
            )
        earned = sum(said.points for said in feedback.values())
        most = self._worksheet.points
        bar = f'<span style="width: {100 * earned / most:.0f}%"></span>'
        update(
            self._points,
            value=f'<div class="nl-meter-line"><b>{earned} of {most} points</b>'
            f'<div class="nl-meter-bar">{bar}</div></div>',
        )


def _number_button(place: int, on_choice: Callable[[int], object]) -> widgets.Button:
    button = widgets.Button(description=str(place + 1))
    button.on_click(guarded(lambda _: on_choice(place)))
    return button


def _state(feedback: Feedback | None) -> tuple[str, str, str]:
    """Return the state of an exercise in words, its mark, and the style of its button."""
    if feedback is None:
        return "open", "", ""
    if feedback.passed:
        return "solved", " ✓", "success"
    return "not solved yet", " …", ""
