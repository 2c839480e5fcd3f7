"""The rules that every worksheet keeps, in all variants: those of the package and teachers' own."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from ..errors import NeurolabError
from .judging import judge
from .loading import WRONG_VALUE, ExerciseError, names, worksheet_of
from .prose import prose_html
from .questions import Choice, Code, Number, Prediction, Shows
from .runs import run
from .tables import Table
from .variants import variant
from .worksheet import Exercise, Worksheet
from .worksheet_file import Place, WorksheetFile

SEEDS = (None, *range(21))
"""The variants that are tried."""
LEAST_VARIANTS = 6
LEAST_HINTS = 2
_MOST_WORK = 1_000_000  # steps × neurons of a start, so that answers are judged at once
# Entries that only explain: variants that differ in nothing else are not other exercises.
_EXPLAINING = ("hints", "explanation", "mistakes", "remarks", "reason_remarks")


@dataclass(frozen=True)
class Finding:
    """A rule that a worksheet breaks.

    Attributes
    ----------
    place : tuple
        The keys and positions that lead to the entry, such as ``('exercise', 0, 'hints')``.
    problem, mend : str
        Whole sentences: what is wrong, and how to correct it.
    """

    place: Place
    problem: str
    mend: str


def findings_in(file: WorksheetFile) -> list[str]:
    """Check a teacher's file.

    Returns
    -------
    list of str
        A line of text for each finding: the file, the line, the exercise, the problem and how to
        correct it; sorted by lines. Empty if the worksheet keeps all rules.
    """
    said = {}
    for finding in (*broken_laws(file.table), *_own_name(file.table)):
        name = _exercise_name(file.table, finding.place)
        exercise = f"exercise '{name}': " if name else ""
        line = file.line(finding.place)
        said[f"{file.path}:{line}: {exercise}{finding.problem} {finding.mend}"] = line
    return sorted(said, key=lambda text: said[text])


def _exercise_name(table: Table, place: Place) -> str:
    if len(place) < 2 or not isinstance(place[1], int):
        return ""
    return str(table["exercise"][place[1]].get("name", f"number {place[1] + 1}"))


def broken_laws(table: Table) -> list[Finding]:
    """Check the table of a worksheet in all variants.

    Each exercise is reported once for each rule that it breaks, whatever the number of variants.

    Parameters
    ----------
    table : dict
        A worksheet's file as `tomllib` reads it.

    Returns
    -------
    list of Finding

    Examples
    --------
    >>> [finding.problem for finding in broken_laws({"name": "Mine!"})]
    ["The name is 'Mine!'."]
    """
    variants = []
    findings: dict[tuple[object, ...], Finding] = {}

    def add(finding: Finding) -> None:
        findings.setdefault((finding.place, finding.mend), finding)

    for seed in SEEDS:
        try:
            variants.append(worksheet_of(table, seed))
        except NeurolabError as error:
            for finding in _unreadable(table, error, seed):
                add(finding)
            break  # the other variants would mostly say the same
    if len(variants) == len(SEEDS):
        for finding in _of_worksheet(variants[0]):
            add(finding)
        for number, first in enumerate(variants[0].exercises):
            others = [worksheet.exercises[number] for worksheet in variants]
            for finding in _of_exercise(number, first, others, table):
                add(finding)
    return list(findings.values())


def _unreadable(table: Table, error: NeurolabError, seed: int | None) -> Iterator[Finding]:
    """Return a finding for each exercise that cannot be loaded, or one for the worksheet."""
    if not isinstance(error, ExerciseError):
        yield Finding((), error.problem, error.mend or "Correct the worksheet.")
        return
    for number, exercise in enumerate(table["exercise"]):
        try:
            worksheet_of({**table, "exercise": [exercise]}, seed)
        except ExerciseError as own:
            with_seed = "" if seed is None else f" This happens with --seed {seed}."
            place = ("exercise", number, own.entry)
            yield Finding(place, f"{own.problem}{with_seed}", own.mend or "Correct the exercise.")
        except NeurolabError as other:
            yield Finding((), other.problem, other.mend)


def _of_worksheet(worksheet: Worksheet) -> Iterator[Finding]:
    seen: set[str] = set()
    for number, exercise in enumerate(worksheet.exercises):
        if exercise.name in seen:
            yield Finding(
                ("exercise", number, "name"),
                "Another exercise has this name too.",
                "Give each exercise a name of its own.",
            )
        seen.add(exercise.name)
    if worksheet.minutes <= 0:
        yield Finding(
            ("minutes",), f"The duration is {worksheet.minutes} minutes.", "Give a positive number."
        )
    if not worksheet.goals or not all(_is_text(goal) for goal in worksheet.goals):
        yield Finding(("goals",), "There are no goals.", "Say what students will be able to do.")


def _own_name(table: Table) -> Iterator[Finding]:
    """Check that a teacher's worksheet has no name of the package's worksheets."""
    if table.get("name") in names():
        yield Finding(
            ("name",),
            f"A worksheet of neurolab has the name '{table['name']}' too.",
            "Choose another name, so that saved answers belong to one worksheet.",
        )


def _of_exercise(
    number: int, first: Exercise, others: list[Exercise], table: Table
) -> Iterator[Finding]:
    """Check an exercise in all its variants; `others` begins with the first one."""
    for law in _OF_FIRST:
        for entry, problem, mend in law(first):
            yield Finding(("exercise", number, entry), problem, mend)
    for seed, exercise in zip(SEEDS, others):
        with_seed = "" if seed is None else f" with --seed {seed}"
        for each in _OF_EVERY:
            for entry, problem, mend in each(exercise):
                text = f"{problem} This happens{with_seed}." if with_seed else problem
                yield Finding(("exercise", number, entry), text, mend)
    for compared in _OF_VARIANTS:
        for entry, problem, mend in compared(others):
            yield Finding(("exercise", number, entry), problem, mend)
    for entry, problem, mend in _too_few_variants(first, table, number):
        yield Finding(("exercise", number, entry), problem, mend)


# A rule of one exercise yields the entry, the problem, and how to correct it.
Broken = Iterator[tuple[str, str, str]]


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _has_its_parts(exercise: Exercise) -> Broken:
    if exercise.points <= 0:
        yield "points", f"The exercise has {exercise.points} points.", "Give at least one point."
    if not _is_text(exercise.prompt):
        yield "prompt", "The prompt is empty.", "Write the question."
    if not _is_text(exercise.explanation):
        yield "explanation", "The explanation is empty.", "Say why the solution is right."
    if not exercise.question.is_judged:
        return
    if len(exercise.hints) < LEAST_HINTS or not all(map(_is_text, exercise.hints)):
        yield (
            "hints",
            f"The exercise has fewer than {LEAST_HINTS} hints.",
            "Write a first hint that asks, and a second one that says more.",
        )


def _texts(exercise: Exercise) -> Iterator[tuple[str, str]]:
    """Return the texts that students see, each with the entry that holds it."""
    yield "title", exercise.title
    yield "prompt", exercise.prompt
    for hint in exercise.hints:
        yield "hints", str(hint)
    yield "explanation", exercise.explanation
    if isinstance(exercise.question, Choice):
        for entry in ("options", "reasons", "remarks", "reason_remarks"):
            for text in getattr(exercise.question, entry):
                yield entry, str(text)


def _texts_are_complete(exercise: Exercise) -> Broken:
    for entry, text in _texts(exercise):
        # Braces of mathematics remain; in them stand commands, or numbers.
        for found in re.findall(r"(?<![\\\w}^_])\{[a-z_]+\}", text):
            yield (
                entry,
                f"The placeholder {found} has no value.",
                f"Give {found[1:-1]} values in vary, range or derive.",
            )
        try:
            shown = prose_html(text)
        except Exception as error:  # the converter of formulas has errors of many kinds
            yield entry, f"A formula cannot be read: {error!s:.80}.", "Correct the LaTeX."
            continue
        if "$" in shown or "\\" in shown.replace("\\,", ""):
            yield (
                entry,
                "A formula is not shown as mathematics.",
                "Look for a missing $, or an unknown command. In a text between double quotation "
                "marks, write each backslash twice.",
            )


def _solution_passes(exercise: Exercise) -> Broken:
    feedback = judge(exercise, exercise.solution)
    if not feedback.passed and (feedback.judged or not feedback.answered):
        words = feedback.error or feedback.seen
        yield (
            "solution",
            f"The solution does not pass. {words}",
            "Change the solution, or what is checked.",
        )


def _start_does_not_pass(exercise: Exercise) -> Broken:
    question = exercise.question
    if not isinstance(question, (Shows, Code)) or exercise.start is None:
        return
    if question.checks.judge(exercise.start)[0]:
        yield (
            "start",
            "The network at the start passes already.",
            "Change the start, or check more.",
        )


def _number_is_not_revealed(exercise: Exercise) -> Broken:
    question = exercise.question
    if not isinstance(question, Number):
        return
    texts = [("prompt", exercise.prompt)]
    texts += [("hints", hint) for hint in exercise.hints]
    texts += [("mistakes", mistake.says) for mistake in question.mistakes]
    for entry, text in texts:
        if any(abs(number - question.value) <= question.tolerance for number in _numbers(text)):
            yield (
                entry,
                f"The right number, {question.value:g}, appears in this text.",
                "Leave the number out, or choose other values for the variants.",
            )
    wrong = [question.value * 3 + 7, -question.value]
    wrong += [mistake.value for mistake in question.mistakes]
    for value in wrong:
        if abs(value - question.value) <= question.tolerance:
            if value in wrong[2:]:
                yield (
                    "mistakes",
                    f"The wrong number {value:g} lies within the tolerance of the right one.",
                    "Choose values for the variants with which the two differ, or a smaller "
                    "tolerance.",
                )
            continue
        feedback = judge(exercise, {"text": f"{value:.9g} {question.unit}"})
        reveals = question.value in _numbers(feedback.seen) and -question.value != value
        if feedback.passed or reveals:
            yield (
                "mistakes",
                f"The feedback to the wrong answer {value:g} reveals the right one.",
                "Describe the wrong idea without the right number.",
            )


def _numbers(text: str) -> list[float]:
    return [float(number) for number in re.findall(r"\d+(?:\.\d+)?", text)]


def _only_right_pairs_pass(exercise: Exercise) -> Broken:
    question = exercise.question
    if not isinstance(question, Choice):
        return
    for option in range(len(question.options)):
        for reason in range(max(len(question.reasons), 1)):
            answer = {"choice": option, **({"reason": reason} if question.reasons else {})}
            chosen = (option, reason if question.reasons else question.right_reason)
            if judge(exercise, answer).passed != (chosen in question.right_pairs):
                yield (
                    "right",
                    f"Answer {option} with reason {reason} is judged wrongly.",
                    "Give the right pairs of answers and reasons.",
                )
    if len(question.options) < 2:
        yield "options", "There is nothing to choose from.", "Give at least two options."
    if len(set(question.options)) < len(question.options) or len(set(question.reasons)) < len(
        question.reasons
    ):
        yield (
            "options",
            "Two answers or two reasons have the same text.",
            "Give each of them a text of its own.",
        )


def _drawing_passes(exercise: Exercise) -> Broken:
    """Check that a curve by the corners that the page draws passes."""
    question = exercise.question
    if not isinstance(question, Prediction) or exercise.start is None:
        return
    group, state, neuron = question.trace
    result = run(exercise.start)
    times = np.linspace(question.after, exercise.start.duration, 49)
    values = np.interp(times, result.times * 1e3, result.trace(group, state)[neuron])
    points = [[*pair] for pair in zip(times.tolist(), values.tolist())]
    if not judge(exercise, {"points": points}).passed:
        yield (
            "tolerance",
            "The trace itself does not pass when it is drawn on the page.",
            "Make the tolerance larger, or the trace simpler.",
        )


def _start_is_small(exercise: Exercise) -> Broken:
    start = exercise.start
    if start is None:
        return
    work = start.duration / start.dt * sum(group.size for group in start.groups)
    if work > _MOST_WORK:
        yield (
            "start",
            f"The network is too large to be judged at once: steps times neurons are {work:,.0f}.",
            f"Make it smaller, or the run shorter, so that they are at most {_MOST_WORK:,}.",
        )


def _only_numbers_vary(exercises: list[Exercise]) -> Broken:
    def shape(text: str) -> str:
        return re.sub(r"[\d.]+|once|twice", "#", text)

    first = exercises[0]
    for each in exercises:
        if (each.title, each.points, type(each.question)) != (
            first.title,
            first.points,
            type(first.question),
        ):
            yield (
                "title",
                "The title or the points differ between variants.",
                "Let only numbers in the prompt vary.",
            )
            return
        if [shape(hint) for hint in each.hints] != [shape(hint) for hint in first.hints]:
            yield (
                "hints",
                "The hints differ between variants in more than numbers.",
                "Let only numbers vary.",
            )
            return


def _numbers_vary(exercises: list[Exercise]) -> Broken:
    questions = [each.question for each in exercises if isinstance(each.question, Number)]
    if not questions:
        return
    if len({round(question.value, 6) for question in questions}) < 2:
        yield (
            "vary",
            "The right number is the same in every variant.",
            "Let a value vary that the right number depends on, in vary or range.",
        )
    first = questions[0]
    for question, exercise in zip(questions, exercises):
        differs = abs(question.value - first.value) > 0.1 * abs(first.value)
        if differs and judge(exercises[0], exercise.solution).passed:
            yield (
                "percent",
                f"The right number of another variant, {question.value:g}, passes here too.",
                "Make the tolerance smaller.",
            )
            return


def _too_few_variants(first: Exercise, table: Table, number: int) -> Broken:
    if not first.question.is_judged:
        return
    raw = table["exercise"][number]
    try:
        variants = {
            repr({name: value for name, value in filled.items() if name not in _EXPLAINING})
            for filled in (variant(raw, str(table.get("name", "")), seed) for seed in range(60))
        }
    except (NeurolabError, *WRONG_VALUE) as error:
        yield "vary", f"The values of a variant cannot be used ({error!s:.80}).", "Correct them."
        return
    if len(variants) < LEAST_VARIANTS:
        yield (
            "vary",
            f"The exercise has too few variants: {len(variants)}.",
            f"Give at least {LEAST_VARIANTS} values in vary, or a wider range.",
        )


_OF_FIRST: tuple[Callable[[Exercise], Broken], ...] = (_has_its_parts,)
_OF_EVERY: tuple[Callable[[Exercise], Broken], ...] = (
    _texts_are_complete,
    _start_is_small,
    _solution_passes,
    _start_does_not_pass,
    _number_is_not_revealed,
    _only_right_pairs_pass,
    _drawing_passes,
)
_OF_VARIANTS: tuple[Callable[[list[Exercise]], Broken], ...] = (_only_numbers_vary, _numbers_vary)
