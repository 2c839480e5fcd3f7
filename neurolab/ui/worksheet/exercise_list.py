"""The exercises of a worksheet in a row: which is shown, which are solved, and how many points that makes."""

import ipywidgets as widgets

from ...exercises.prose import plain
from ..controls.guarded_callbacks import guarded
from ..controls.set_traits import update


class Steps(widgets.VBox):
    """One button for each exercise, and the points.

    Parameters
    ----------
    worksheet : Worksheet
    on_choice : callable
        Called with the place of the exercise that was chosen.
    """

    def __init__(self, worksheet, on_choice):
        self._worksheet = worksheet
        self._buttons = [
            widgets.Button(description=str(place + 1)) for place in range(len(worksheet.exercises))
        ]
        for place, button in enumerate(self._buttons):
            button.on_click(guarded(lambda _, place=place: on_choice(place)))
        row = widgets.HBox(self._buttons)
        row.add_class("nl-steps")
        self._points = widgets.HTML()
        self._points.add_class("nl-steps-points")
        super().__init__([row, self._points])
        self.add_class("nl-sheet-steps")

    def show(self, place, feedback):
        """Mark the exercise that is shown, and those that are solved.

        Parameters
        ----------
        place : int
        feedback : mapping
            Name of an exercise → what was said to the last answer.
        """
        for number, (button, exercise) in enumerate(zip(self._buttons, self._worksheet.exercises)):
            said = feedback.get(exercise.name)
            solved = said is not None and said.passed
            state = "solved" if solved else "not solved yet" if said else "open"
            update(
                button,
                description=f"{number + 1}{' ✓' if solved else ' …' if said else ''}",
                tooltip=f"exercise {number + 1}, {plain(exercise.title)}: "
                f"{state}{', shown' if number == place else ''}",
                button_style="primary" if number == place else "success" if solved else "",
            )
        earned, most = sum(said.points for said in feedback.values()), self._worksheet.points
        update(
            self._points,
            value=f'<div class="nl-meter-line"><b>{earned} of {most} points</b><div class="nl-meter-bar">'
            f'<span style="width: {100 * earned / most:.0f}%"></span></div></div>',
        )
