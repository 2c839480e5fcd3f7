"""A worksheet as a page: one exercise at a time, the lab to answer it with, and the points."""

import logging
from pathlib import Path

from ...errors import NeurolabError
from ...exercises.handin import HandIn
from ...exercises.loading import load_source
from ...exercises.paper import answers_html
from ...exercises.questions import Code, Number, Prediction, Shows
from ...exercises.worksheet import Exercise
from ...experiment.experiment import Experiment
from ...experiment.presets import TUTORIAL
from ..controls import plain_widgets as widgets
from ..controls.assets import sheet
from ..controls.close_widgets import close_all
from ..controls.guarded_callbacks import guarded
from ..controls.styles import style_sheet
from ..page import notebook_cells
from ..page.browser_memory import Memory
from ..page.toolbar import Bar
from ..page.workbench import Bench
from ..pictures.overlay import Overlay
from ..store.keys import LOADING
from ..store.snapshot import Snapshot
from ..store.store import Store
from .answers import AnswerField, answer_field
from .exercise_list import Steps
from .question_box import QuestionBox
from .sheet_head import Head
from .student_work import Work

_HERE = Path(__file__).parent

_LOG = logging.getLogger(__name__)


class Worksheet(widgets.VBox):
    """A worksheet with a lab.

    Parameters
    ----------
    name : str
        One of `neurolab.exercises.loading.names()`, or the path of a teacher's own file.
    seed : int, optional
        Number of the student's variant; without it, the numbers are the first ones of the file.

    Attributes
    ----------
    handin : HandIn
        The answers so far.

    Raises
    ------
    NeurolabError
        There is no such worksheet.

    Examples
    --------
    >>> page = Worksheet("connection", seed=3)
    >>> page
    <Worksheet 'connection'>
    >>> page.handin.seed
    3
    >>> page.close()
    """

    def __init__(self, name: str, seed: int | None = None) -> None:
        worksheet = load_source(name, seed)
        self._work = Work(worksheet)
        self._place = 0
        self._field: AnswerField | None = None
        starts = (exercise.start for exercise in worksheet.exercises if exercise.start)
        self._store = store = Store(next(starts, TUTORIAL))
        bar = Bar(store, presets={})
        self._bench = Bench(store, bar)
        self._bench.pictures.painters = [*self._bench.pictures.painters, self]
        self._memory = Memory(
            f"worksheet {name} {'' if seed is None else seed}", self._recall, self._warn
        )
        self._lab = widgets.VBox([bar.widget, self._bench.body])
        self._steps = Steps(worksheet, guarded(self.turn_to))
        store.subscribe(self._follow)
        self._head = Head(worksheet, self._save, self._print, self._open)
        self._question = QuestionBox(
            self._judge, self._give_help, lambda: self.turn_to(self._place + 1)
        )
        super().__init__(
            [
                self._bench.style,
                style_sheet(sheet(_HERE / "worksheet_page.css")),
                self._bench.voice,
                self._memory,
                self._head,
                self._steps,
                self._question,
                self._lab,
            ]
        )
        self.add_class("neurolab-lab")
        self.add_class("neurolab-worksheet")
        self.turn_to(0)
        notebook_cells.adopt(self)

    def __repr__(self) -> str:
        return f"<Worksheet {self.handin.worksheet!r}>"

    @property
    def handin(self) -> HandIn:
        """The answers so far."""
        return self._work.handin

    @property
    def exercise(self) -> Exercise:
        """The exercise on the page."""
        return self._work.worksheet.exercises[self._place]

    def turn_to(self, place: int) -> None:
        """Show the exercise with this index, and its earlier answer."""
        if self._field:
            self._field.put_away()
            close_all(self._field.widget)
        self._field = None
        self._place = place
        exercise = self.exercise
        self._show_lab()
        field = answer_field(exercise.question, self._store, self._changed)
        self._field = field
        self._question.ask(
            exercise, place + 1, field, place + 1 == len(self._work.worksheet.exercises)
        )
        given = self.handin.answers.get(exercise.name)
        feedback = self._work.feedback.get(exercise.name)
        if given and feedback and feedback.readable:
            field.show(given)
            if feedback.passed:
                field.reveal()
        self._show_verdict()
        self._keep()

    def _show_lab(self) -> None:
        """Show the lab with the network of the exercise, or hide it."""
        exercise = self.exercise
        is_shown = self._work.has_lab(exercise)
        if is_shown and exercise.start:
            store = self._store
            try:
                store.begin(exercise.start, self._work.drafts.get(exercise.name))
            except NeurolabError:
                store.begin(exercise.start)
        for part in (self._lab, self._bench.voice):
            # Plots that are not displayed have no size and cannot be drawn, so they are put aside.
            if is_shown:
                part.remove_class("nl-put-aside")
            else:
                part.add_class("nl-put-aside")

    def _follow(self, snapshot: Snapshot) -> None:
        """Keep the experiment in the lab, for each exercise."""
        exercise = self.exercise
        drafts = self._work.drafts
        experiment = self._store.experiment
        if not (self._field and self._work.has_lab(exercise)):
            return
        if drafts.get(exercise.name) != experiment:
            drafts[exercise.name] = experiment
            self._keep(rested=True)

    def _changed(self) -> None:
        """Remove the verdict, because the answer is another one."""
        self._question.show_verdict(None)
        self._show_progress()

    def _judge(self) -> None:
        """Judge the answer on the page."""
        if not self._field:
            return
        exercise = self.exercise
        answer = self._field.answer()
        feedback = self._work.judge(exercise, answer)
        if feedback.passed:
            self._field.reveal()
            self._open_lab()
        if answer and feedback.is_attempt and isinstance(exercise.question, Code):
            self._try_out(exercise.question.read(answer, exercise.start))
        if feedback.answered:
            self._keep()
        self._question.show_verdict(feedback)
        self._show_progress()

    def _open_lab(self) -> None:
        """Open the lab after the answer to a question for a number."""
        if isinstance(self.exercise.question, Number) and not self._is_lab_shown():
            self._show_lab()

    def _is_lab_shown(self) -> bool:
        return "nl-put-aside" not in self._lab._dom_classes

    def _give_help(self) -> None:
        """Show the next hint; after the last one, show a solution."""
        exercise = self.exercise
        if self._work.hints(exercise) < len(exercise.hints):
            self._work.add_hint(exercise)
            self._keep()
            self._question.show_help(exercise, self._work)
        else:
            self._show_solution(exercise)

    def _show_solution(self, exercise: Exercise) -> None:
        """Show a solution in the answer field and in the lab, and record that."""
        work, question = self._work, exercise.question
        work.handin = work.handin.with_solution_shown(exercise.name)
        if isinstance(question, (Code, Shows)):
            self._try_out(question.read(exercise.solution, exercise.start))
        if self._field:
            self._field.show(exercise.solution)
            if isinstance(question, Prediction):
                self._field.reveal()
        self._open_lab()
        self._keep()
        self._show_verdict()

    def _try_out(self, experiment: Experiment) -> None:
        """Show the experiment of an answer in the lab."""
        self._store.edit(LOADING, lambda _: experiment)

    def _show_verdict(self) -> None:
        """Show the feedback to the last answer."""
        self._question.show_verdict(self._work.feedback.get(self.exercise.name))
        self._show_progress()

    def _show_progress(self) -> None:
        self._question.show_help(self.exercise, self._work)
        self._steps.show(self._place, self._work.feedback)

    def overlays(self, snapshot: Snapshot) -> list[Overlay]:
        """Return what the answer draws into the traces."""
        return self._field.overlays() if self._field else []

    def _keep(self, rested: bool = False) -> None:
        """Keep the work in the browser, for a reload."""
        self._memory.keep(self._text, rested)

    def _text(self) -> str:
        return self._work.to_json(self._place)

    def _save(self) -> None:
        self._memory.save(f"{self._work.worksheet.name}-answers.json", self.handin.to_json())

    def _print(self) -> None:
        handin = self.handin
        self._memory.print(answers_html(self._work.worksheet, handin.answers, handin.shown))

    def _open(self, text: str) -> None:
        """Continue with the answers in a file."""
        try:
            self._work.take_over(HandIn.from_json(text))
            self._head.note.say("")
        except NeurolabError as error:
            self._head.note.say(error.advice)
        self.turn_to(self._place)

    def _recall(self, text: str) -> None:
        """Continue an earlier visit; a text that cannot be read is ignored."""
        if not text:
            return
        try:
            place = self._work.recall(text)
        except (
            NeurolabError,
            ValueError,
            TypeError,
            KeyError,
            AttributeError,
            RecursionError,
        ) as error:
            _LOG.warning("the text in the browser's memory cannot be read: %s", error)
            return
        self.turn_to(place)

    def _warn(self) -> None:
        self._head.note.say(
            "This browser has no room to remember your answers. Save them as a file."
        )

    def close(self) -> None:
        """Remove the worksheet from the page and from the kernel."""
        store = getattr(self, "_store", None)  # a worksheet that is not found has none
        if store:
            store.close()
        close_all(self)
