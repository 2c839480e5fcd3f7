"""The question of an exercise on the page: prompt, answer, buttons, verdict and help."""

from collections.abc import Callable

from ...exercises.judging import Feedback
from ...exercises.prose import line_html, prose_html
from ...exercises.worksheet import Exercise
from ..controls import plain_widgets as widgets
from ..controls.guarded_callbacks import guarded
from ..controls.set_traits import update
from .answers import AnswerField
from .feedback import explanation_html, hints_html, verdict_html
from .student_work import Work


class QuestionBox(widgets.VBox):
    """The question of the exercise on the page.

    Parameters
    ----------
    on_check, on_help, on_next : callable
        Called without arguments when a person presses a button.
    """

    def __init__(
        self,
        on_check: Callable[[], object],
        on_help: Callable[[], object],
        on_next: Callable[[], object],
    ) -> None:
        self.prompt = widgets.HTML()
        self.prompt.add_class("nl-sheet-prompt")
        self.verdict = widgets.HTML()
        self.verdict.add_class("nl-sheet-feedback")
        self.help = widgets.HTML()
        self.help.add_class("nl-sheet-feedback")
        self.help.add_class("nl-sheet-help")
        self.answer = widgets.Box()
        self.check = button("Check", "Check the answer", on_check)
        self.check.button_style = "primary"
        self.hint = button("Hint", "Show a hint", on_help)
        self.next = button("Next exercise", "Go to the next exercise", on_next)
        row = widgets.HBox([self.check, self.hint, self.next])
        row.add_class("nl-row")
        super().__init__([self.prompt, self.answer, row, self.verdict, self.help])
        self.add_class("nl-panel")
        self.add_class("nl-sheet-question")

    def ask(self, exercise: Exercise, number: int, field: AnswerField, is_last: bool) -> None:
        """Show an exercise with its number and its answer field."""
        self.answer.children = [field.widget]
        points = f"{exercise.points} point" if exercise.points == 1 else f"{exercise.points} points"
        heading = f"{number}. {line_html(exercise.title)} <small>{points}</small>"
        update(self.prompt, value=f"<h2>{heading}</h2>{prose_html(exercise.prompt)}")
        self.next.disabled = is_last

    def show_verdict(self, feedback: Feedback | None) -> None:
        """Show the verdict on an answer; None removes it."""
        text = ""
        if feedback is not None:
            text = f'<div role="status">{verdict_html(feedback)}</div>'
        update(self.verdict, value=text)

    def show_help(self, exercise: Exercise, work: Work) -> None:
        """Show the hints so far, the explanation if it is due, and what the button does next."""
        count = work.hints(exercise)
        is_shown = work.is_shown(exercise)
        is_over = is_shown or work.is_solved(exercise)
        parts = [hints_html(exercise, count)]
        if is_over:
            parts.append(explanation_html(exercise, is_shown))
        text = "".join(parts)
        update(self.help, value=f'<div aria-live="polite">{text}</div>' if text else "")
        title, tooltip = "Hint", "Show a hint"
        if count == len(exercise.hints):
            title, tooltip = "Show a solution", "Show a solution; no points for it"
        update(self.hint, description=title, tooltip=tooltip, disabled=is_over)


def button(title: str, tooltip: str, action: Callable[[], object]) -> widgets.Button:
    """Return a button; errors of its action go to the log."""
    made = widgets.Button(description=title, tooltip=tooltip)
    made.on_click(guarded(lambda _: action()))
    return made
