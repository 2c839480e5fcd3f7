"""A worksheet as a page: one exercise at a time, the lab to answer it with, and what has been reached."""

import html
import json
import logging
from dataclasses import replace
from pathlib import Path

import ipywidgets as widgets

from ...errors import NeurolabError, ParseError
from ...exercises.handin import HandIn, total
from ...exercises.judging import judge
from ...exercises.loading import load_source
from ...exercises.paper import answers_html
from ...exercises.prose import line_html, prose_html
from ...exercises.questions import Code, Number, Prediction, Shows
from ...experiment.experiment import Experiment
from ...experiment.presets import TUTORIAL
from ...experiment.wellformed import read_json
from ..controls.assets import sheet
from ..controls.close_widgets import close_all
from ..controls.guarded_callbacks import guarded
from ..controls.note import Note
from ..controls.set_traits import update
from ..controls.styles import style_sheet
from ..page import notebook_cells
from ..page.browser_memory import Memory
from ..page.toolbar import Bar
from ..page.workbench import Bench
from ..store.keys import LOADING
from ..store.store import Store
from .answers import answer_field
from .exercise_list import Steps
from .feedback import explanation_html, hints_html, verdict_html

_HERE = Path(__file__).parent

_LOG = logging.getLogger(__name__)


class Worksheet(widgets.VBox):
    """A worksheet with a lab.

    Parameters
    ----------
    name : str
        One of `neurolab.exercises.loading.names()`, or the path of a teacher's own file.
    seed : int, optional
        Which student's numbers; without it, those of the book.

    Attributes
    ----------
    handin : HandIn
        What has been answered so far.

    Raises
    ------
    NeurolabError
        There is no such worksheet.
    """

    _store = None  # until there is one: a worksheet that cannot be loaded is put away as well

    def __init__(self, name, seed=None):
        self._worksheet = load_source(name, seed)
        self.handin = HandIn(self._worksheet.name, seed)
        self._feedback, self._drafts = {}, {}  # by the names of exercises
        self._place, self._field = 0, None
        first = next(
            (exercise.start for exercise in self._worksheet.exercises if exercise.start), TUTORIAL
        )
        self._store = Store(first)
        bar = Bar(self._store, presets={})
        self._bench = Bench(self._store, bar)
        self._bench.pictures.painters = [*self._bench.pictures.painters, self]
        self._memory = Memory(
            f"worksheet {name} {'' if seed is None else seed}", self._recall, self._warn
        )
        self._lab = widgets.VBox([bar.widget, self._bench.body])
        self._steps = Steps(self._worksheet, guarded(self.turn_to))
        self._store.subscribe(self._follow)
        styles = (self._bench.style, style_sheet(sheet(_HERE / "worksheet_page.css")))
        super().__init__(
            [
                *styles,
                self._bench.voice,
                self._memory,
                self._head(),
                self._steps,
                self._question(),
                self._lab,
            ]
        )
        self.add_class("neurolab-lab")
        self.add_class("neurolab-worksheet")
        self.turn_to(0)
        notebook_cells.adopt(self)

    def __repr__(self):
        return f"<Worksheet {self.handin.worksheet!r}>"

    def _head(self):
        """Title, goals, and what concerns the whole sheet."""
        sheet = self._worksheet
        goals = "".join(f"<li>{line_html(goal)}</li>" for goal in sheet.goals)
        title = widgets.HTML(
            f"<h1>{html.escape(sheet.title)}</h1><details><summary>What you will be able to do "
            f"(about {sheet.minutes} minutes)</summary><ul>{goals}</ul></details>"
        )
        title.add_class("nl-sheet-title")
        self._upload = widgets.FileUpload(accept=".json", tooltip="Open saved answers")
        self._upload.observe(guarded(self._opened), "value")
        buttons = widgets.HBox(
            [
                _button(
                    "Save answers",
                    "Save your answers as a file, to hand in or to go on later",
                    self._save,
                ),
                self._upload,
                _button("Print", "Print, or save as PDF", self._print),
            ]
        )
        buttons.add_class("nl-sheet-buttons")
        self._said = Note()
        head = widgets.VBox([widgets.HBox([title, buttons]), self._said])
        head.add_class("nl-sheet-head")
        return head

    def _question(self):
        self._prompt, self._verdict, self._help = widgets.HTML(), widgets.HTML(), widgets.HTML()
        self._prompt.add_class("nl-sheet-prompt")
        self._verdict.add_class("nl-sheet-feedback")
        self._help.add_class("nl-sheet-feedback")
        self._help.add_class("nl-sheet-help")
        self._answer = widgets.Box()
        self._check = _button("Check", "Check the answer", self._judge)
        self._check.button_style = "primary"
        self._next = _button(
            "Next exercise", "Go to the next exercise", lambda: self.turn_to(self._place + 1)
        )
        self._hint = _button("Hint", "Show a hint", self._give_help)
        row = widgets.HBox([self._check, self._hint, self._next])
        row.add_class("nl-row")
        box = widgets.VBox([self._prompt, self._answer, row, self._verdict, self._help])
        box.add_class("nl-panel")
        box.add_class("nl-sheet-question")
        return box

    @property
    def exercise(self):
        """The exercise that is shown."""
        return self._worksheet.exercises[self._place]

    def turn_to(self, place):
        """Show the exercise at this place, with what was answered before."""
        if self._field:
            self._field.put_away()
            close_all(self._field.widget)
        self._field, self._place = None, place
        exercise = self.exercise
        self._show_lab()
        self._field = answer_field(exercise.question, self._store, self._changed)
        self._answer.children = [self._field.widget]
        given = self.handin.answers.get(exercise.name)
        said = self._feedback.get(exercise.name)
        if given and said and said.readable:
            self._field.show(given)
            if said.passed:
                self._field.reveal()
        update(
            self._prompt,
            value=f"<h2>{place + 1}. {line_html(exercise.title)} <small>{_points(exercise.points)}"
            f"</small></h2>{prose_html(exercise.prompt)}",
        )
        self._next.disabled = place + 1 == len(self._worksheet.exercises)
        self._show(said)
        self._keep()

    def _begin(self, exercise):
        """Set the lab to where the exercise starts, or to what the student had made of it."""
        try:
            self._store.begin(exercise.start, self._drafts.get(exercise.name))
        except NeurolabError:
            self._store.begin(exercise.start)

    def _has_lab(self) -> bool:
        """Return whether the lab is shown with the exercise.

        The lab would show the answer to a question for a number; it opens after the answer.
        """
        exercise = self.exercise
        if exercise.start is None or not isinstance(exercise.question, Number):
            return exercise.start is not None
        said = self._feedback.get(exercise.name)
        return exercise.name in self.handin.shown or (said is not None and said.passed)

    def _show_lab(self) -> None:
        """Show the lab with the network of the exercise, or hide it."""
        is_shown = self._has_lab()
        if is_shown:
            self._begin(self.exercise)
        for part in (self._lab, self._bench.voice):
            # Plots that are not displayed have no size and cannot be drawn, so they are put aside.
            if is_shown:
                part.remove_class("nl-put-aside")
            else:
                part.add_class("nl-put-aside")

    def _follow(self, snapshot):
        """Remember what the student makes of the lab, exercise by exercise."""
        if (
            self._field
            and self._has_lab()
            and self._drafts.get(self.exercise.name) != self._store.experiment
        ):
            self._drafts[self.exercise.name] = self._store.experiment
            self._keep(rested=True)

    def _changed(self):
        """The answer is another one: what was said to the last does not hold for it."""
        self._show(None)

    def _judge(self):
        answer, exercise = self._field.answer(), self.exercise
        said = judge(exercise, answer, self.handin.attempts.get(exercise.name, 0))
        if said.answered:
            self.handin = self.handin.answered(exercise.name, answer, said)
            if exercise.name in self.handin.shown:
                said = replace(said, points=0)
            self._feedback[exercise.name] = said
            if said.passed:
                self._field.reveal()
                self._open_lab()
            elif said.is_attempt:
                self._add_hint()
            if said.is_attempt and isinstance(exercise.question, Code):
                self._try_out(exercise.question.read(answer, exercise.start))
            self._keep()
        self._show(said)

    def _open_lab(self) -> None:
        """Open the lab after the answer to a question for a number."""
        if isinstance(self.exercise.question, Number) and not self._is_lab_shown():
            self._show_lab()

    def _is_lab_shown(self) -> bool:
        return "nl-put-aside" not in self._lab._dom_classes

    def _add_hint(self) -> None:
        """Show one more hint, if there is one."""
        name = self.exercise.name
        count = min(self.handin.hints.get(name, 0) + 1, len(self.exercise.hints))
        self.handin = self.handin.with_hints(name, count)

    def _give_help(self) -> None:
        """Show the next hint; after the last one, show a solution."""
        if self.handin.hints.get(self.exercise.name, 0) < len(self.exercise.hints):
            self._add_hint()
            self._keep()
            self._show_help()
        else:
            self._show_solution()

    def _show_solution(self) -> None:
        """Show a solution in the answer field and in the lab, and record that."""
        exercise = self.exercise
        self.handin = self.handin.with_solution_shown(exercise.name)
        solution = exercise.solution
        if isinstance(exercise.question, (Code, Shows)):
            self._try_out(exercise.question.read(solution, exercise.start))
        self._field.show(solution)
        if isinstance(exercise.question, Prediction):
            self._field.reveal()
        self._open_lab()
        self._keep()
        self._show(self._feedback.get(exercise.name))

    def _show_help(self) -> None:
        """Show the hints so far, the explanation if it is due, and what the button does next."""
        exercise = self.exercise
        said = self._feedback.get(exercise.name)
        is_shown = exercise.name in self.handin.shown
        is_solved = said is not None and said.passed
        count = self.handin.hints.get(exercise.name, 0)
        parts = [hints_html(exercise, count)]
        if is_solved or is_shown:
            parts.append(explanation_html(exercise, is_shown))
        shown = "".join(parts)
        update(self._help, value=f'<div aria-live="polite">{shown}</div>' if shown else "")
        title = "Hint" if count < len(exercise.hints) else "Show a solution"
        update(
            self._hint,
            description=title,
            tooltip="Show a hint" if title == "Hint" else "Show a solution; no points for it",
            disabled=is_solved or is_shown,
        )

    def _try_out(self, experiment):
        """Let the lab show what the verdict speaks of."""
        self._store.edit(LOADING, lambda _: experiment)

    def _show(self, said):
        update(
            self._verdict,
            value="" if said is None else f'<div role="status">{verdict_html(said)}</div>',
        )
        self._show_help()
        self._steps.show(self._place, self._feedback)

    def overlays(self, snapshot):
        """What the answer draws into the traces."""
        return self._field.overlays() if self._field else []

    def _keep(self, rested=False):
        """Have the browser remember all of it, for a reload."""
        self._memory.keep(self._text, rested)

    def _text(self):
        drafts = {name: draft.to_dict() for name, draft in self._drafts.items()}
        return json.dumps({"place": self._place, "handin": self.handin.to_json(), "drafts": drafts})

    def _save(self):
        self._memory.save(f"{self._worksheet.name}-answers.json", self.handin.to_json())

    def _print(self):
        handin = self.handin
        self._memory.print(answers_html(self._worksheet, handin.answers, handin.shown))

    def _opened(self, change):
        if not change["new"]:
            return
        self._upload.value = ()
        try:
            self._take_over(
                HandIn.from_json(
                    bytes(change["new"][0]["content"]).decode("utf-8", errors="replace")
                )
            )
            self._said.say("")
        except NeurolabError as error:
            self._said.say(error.advice)
        self.turn_to(self._place)

    def _recall(self, text):
        """Go on where an earlier visit ended; what cannot be read is as if it were not there."""
        if not text:
            return
        try:
            kept = read_json(text)
            self._take_over(HandIn.from_json(kept["handin"]))
            self._drafts |= {
                name: Experiment.from_dict(draft) for name, draft in kept["drafts"].items()
            }
            place = kept["place"]
        except (
            NeurolabError,
            ValueError,
            TypeError,
            KeyError,
            AttributeError,
            RecursionError,
        ) as error:
            _LOG.warning("what the browser remembered cannot be read: %s", error)
            return
        self.turn_to(
            place if type(place) is int and 0 <= place < len(self._worksheet.exercises) else 0
        )

    def _warn(self):
        self._said.say("This browser has no room to remember your answers. Save them as a file.")

    def _take_over(self, handin):
        """Go on with answers that were given before."""
        sheet = self._worksheet
        if (handin.worksheet, handin.seed) != (sheet.name, sheet.seed):
            raise ParseError(
                f"these are answers to the worksheet '{handin.worksheet}'"
                + ("" if handin.seed is None else f", variant {handin.seed}"),
                where="answers",
                mend=f"This page is '{sheet.name}'"
                + ("." if sheet.seed is None else f", variant {sheet.seed}."),
            )
        self.handin = handin
        self._feedback = {
            name: said
            for name, said in total(sheet, handin.answers, handin.shown).feedback.items()
            if said.answered
        }
        self._drafts = {
            name: Experiment.from_dict(answer["experiment"])
            for name, answer in handin.answers.items()
            if name in self._feedback and self._feedback[name].readable and "experiment" in answer
        }

    def close(self):
        """Take the worksheet off the page, and all that belongs to it out of the kernel."""
        if self._store:
            self._store.close()
        close_all(self)


def _button(title, tooltip, action):
    button = widgets.Button(description=title, tooltip=tooltip)
    button.on_click(guarded(lambda _: action()))
    return button


def _points(points):
    return f"{points} point" if points == 1 else f"{points} points"
