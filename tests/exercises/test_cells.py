"""Answers that are read from the text of a notebook's cells, which nobody runs."""

from string import ascii_lowercase

import pytest
from hypothesis import given
from hypothesis import strategies as st

from neurolab.exercises.assignments_in_cells import find_answer
from neurolab.exercises.cells import judge_cell, read_cell
from neurolab.exercises.loading import load
from neurolab.exercises.questions import Choice, Prediction, Shows
from neurolab.experiment.experiment import Experiment
from neurolab.exports.link import to_link

from .answering import EXERCISES, given_as

SHEET = load("connection")
CHOICE, NUMBER, CURVE, NETWORK, TIMES, EQUATIONS = (
    SHEET.exercise(name)
    for name in ("matrix-entry", "second-peak", "draw-vb", "fire-often", "hold-up", "depend")
)
LINK = to_link(Experiment.from_dict(NETWORK.solution["experiment"]))
LINES = EQUATIONS.solution["text"]


def as_python(exercise, answer):
    """An answer as a student writes it into a cell."""
    if isinstance(exercise.question, Choice):
        return repr(", ".join(ascii_lowercase[place] for place in answer.values()))
    if isinstance(exercise.question, Prediction):
        return repr([(time, value * 1e3) for time, value in answer["points"]])
    if isinstance(exercise.question, Shows):
        return repr(to_link(Experiment.from_dict(answer["experiment"])))
    return repr(answer["text"])


@pytest.mark.parametrize(("worksheet", "name", "answer", "seen"), [*given_as("right")])
def test_what_is_right_on_the_page_is_right_in_a_cell(worksheet, name, answer, seen):
    exercise = EXERCISES[worksheet, name]
    feedback = judge_cell(exercise, "answer_1", f"answer_1 = {as_python(exercise, answer)}")
    assert feedback.passed, feedback


@pytest.mark.parametrize(("worksheet", "name", "answer", "seen"), [*given_as("wrong")])
def test_what_is_wrong_on_the_page_is_wrong_in_a_cell(worksheet, name, answer, seen):
    exercise = EXERCISES[worksheet, name]
    feedback = judge_cell(exercise, "answer_1", f"answer_1 = {as_python(exercise, answer)}")
    assert (feedback.passed, feedback.readable) == (False, True)
    assert seen in feedback.seen


@pytest.mark.parametrize(
    ("exercise", "right"),
    [
        *(
            (CHOICE, text)
            for text in (
                "'b', 'b'",
                "('b', 'b')",
                "['B', 'b)']",
                "'b, b'",
                "b, b",
                "'bb'",
                "'b because b'",
                "'(b); (b)'",
            )
        ),
        *(
            (NUMBER, text)
            for text in (
                "8.21",
                "+8.21",
                "8,21",
                "'8,21'",
                "8.21 mV",
                "'8.21mV'",
                "8.21*mV",
                "0.00821*volt",
                "'8207 µV'",
                "'8207 μV'",
                "8207 μV",
                "'8207 uV'",
                "(8.21)",
                "[8.21]",
                "8.21  # read off",
                "“8.21 mV”",
                "'''8.21\n'''",
                "'8.21\xa0mV'",
                "'8.21\u202fmV'",
                "'8' '.21'",
                "'8.21 mV",
                "\\\n8.21",
            )
        ),
        *(
            (TIMES, text)
            for text in (
                "3, 4, 9, 15",
                "[3, 4, 9, 15]",
                "(3, 4, 9, 15)",
                "{3, 4, 9, 15}",
                "'3 4 9 15'",
                "'3; 4; 9; 15'",
                "3*ms, 4*ms, 9*ms, 15*ms",
                "['3 ms', '4ms', 9, 15.0]",
                "3 ms, 4 ms, 9 ms, 15 ms",
                "3 4 9 15",
            )
        ),
        *(
            (EQUATIONS, text)
            for text in (
                f"'''{LINES}'''",
                f'"""\n{LINES}\n"""',
                LINES,
                f"\n{LINES}",
                repr(LINES),
                f"'''{LINES}",
            )
        ),
        *(
            (NETWORK, text)
            for text in (
                repr(LINK),
                LINK,
                f"'http://localhost:8866/#lab={LINK}'",
                f"https://x.example/lab/#lab={LINK}",
                f"'''\n{LINK}\n'''",
            )
        ),
        (CURVE, "[(1, 0), (1.99, 0), (2, 3), (5, 2.2), (5.1, 5.2), (10, 3.2)]"),
        (CURVE, "[1, 0], [1.99, 0], [2, 3], [5, 2.2], [5.1, 5.2], [10, 3.2]"),
        (CURVE, "'[(1, 0), (1.99, 0), (2, 3), (5, 2.2), (5.1, 5.2), (10, 3.2)]'"),
        (CURVE, "[(1, 0), (1.99*ms, '0 mV'), (2, 3*mV), (5, '2.2 mV'), (5.1, 5.2), (10, 3.2)]"),
    ],
)
def test_a_right_answer_passes_however_it_is_written(exercise, right):
    feedback = judge_cell(exercise, "answer_1", f"answer_1 = {right}")
    assert feedback.passed, feedback


@pytest.mark.parametrize(
    "source",
    [
        "answer_1 = 3\nanswer_1 = 8.21",
        "x = answer_1 = 8.21",
        "answer_1 = y = 8.21",
        "answer_1: float = 8.21",
        "%%time\nanswer_1 = 8.21",
        "!ls\nanswer_1 = 8.21",
        "import os\ndef check(): pass\nanswer_1 = 8.21\nprint(answer_1)",
        "answer_1=8.21;",
        "# answer_1 = 3\nanswer_1 = 8.21",
        "answer_11 = 3\nanswer_1 = 8.21 mV",
        "answer_1 = 3 mV\nanswer_1 = 8.21 mV\n# I think",
        "ü = 'ü'; answer_1 = '8.21 mV'",
        "'\ud800'; answer_1 = '8.21 mV'",
    ],
)
def test_the_answer_is_what_the_cell_assigns_last(source):
    assert judge_cell(NUMBER, "answer_1", source).passed


@pytest.mark.parametrize(
    "source",
    [
        "",
        "pass",
        "8.21",
        "answer_2 = 8.21",
        "answer_1 == 8.21",
        "answer_1 = None",
        "answer_1 = ...",
        "answer_1 = ''",
        "answer_1 =",
        "def f():\n    answer_1 = 8.21",
        "class A:\n    answer_1 = 8.21",
        "exec('answer_1 = 8.21')",
        "answer_1: float",
        "# answer_1 = 8.21",
        "# YOUR CODE HERE\nraise NotImplementedError()",
    ],
)
def test_a_cell_without_an_answer_is_not_answered(source):
    feedback = judge_cell(NUMBER, "answer_1", source)
    assert (feedback.passed, feedback.answered) == (False, False)


@pytest.mark.parametrize(
    "source",
    [
        "answer_1 = 8\nanswer_1 += 0.21",
        "if True:\n    answer_1 = 8.21",
        "for answer_1 in [8.21]: pass",
        "(answer_1 := 8.21)",
        "a, answer_1 = 1, 8.21",
        "*answer_1, = [8.21]",
        "answer_1 = 8.21\ndel answer_1",
        "def answer_1(): pass",
        "import numpy as answer_1",
        "answer_1 = [0]\nanswer_1[0] = 8.21",
        "answer_1[0] = 8.21",
        "answer_1.x = 8.21",
        "answer_1 = 8.21\nif answer_1:\n    answer_1 = 3",
        "[answer_1 := 8.21 for _ in 'a']",
        "match 8.21:\n    case answer_1: pass",
        "try: pass\nexcept E as answer_1: pass",
    ],
)
def test_an_answer_that_is_set_in_another_way_is_said_to_be(source):
    feedback = judge_cell(NUMBER, "answer_1", source)
    assert (feedback.passed, feedback.readable, feedback.error) == (False, False, "")
    assert (
        "in a way that cannot be read. Write answer_1 = and the answer on a line of its own"
        in feedback.seen
    )


@pytest.mark.parametrize(
    "written",
    [
        "6 + 2.21",
        "np.sqrt(8.21**2)",
        "6*mV + 2.21*mV",
        "8.21*mV*exp(0)",
        "volt*8.21e-3",
        "8.21e-3*V",
        "-(-8.21)",
        "abs(-8.21)",
        "82.1/10",
        "math.exp(log(8.21))",
        "'6*mV + 2.21*mV'",
        "2.21 + 6*exp(-3*ms/(1e6*ms))",
        "8.21*mV/mV",
    ],
)
def test_a_calculation_with_numbers_units_and_functions_is_computed(written):
    feedback = judge_cell(NUMBER, "answer_1", f"answer_1 = {written}")
    assert feedback.passed, feedback


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("2*ms + 6*mV", "cannot be added"),
        ("4*ms*2", "is a time"),
        ("exp(6*mV)", "plain number"),
        ("exp(1000)", "no finite value"),
        ("2*x", "'x' is not a unit"),
        ("2 + x", "cannot be computed"),
        ("5*MV + 1*mV", "a million volts"),
    ],
)
def test_a_calculation_with_a_mistake_is_refused_in_words(written, said):
    feedback = judge_cell(NUMBER, "answer_1", f"answer_1 = {written}")
    assert (feedback.passed, feedback.readable, feedback.error) == (False, False, "")
    assert said in feedback.seen


@pytest.mark.parametrize(
    "written",
    [
        "float('8.21')",
        "np.float64(8.21)",
        "x",
        "True",
        "b'8.21'",
        "f'{8.21}'",
        "8.21 if True else 0",
        "lambda: 8.21",
        "__import__('os')",
        "[8.21 for _ in range(1)]",
        "type('T', (float,), {})(8.21)",
        "'8.21'.strip()",
        "8.21j",
        "9**9**9**9",
        "round(8.21)",
        "8.21 or 0",
        "8.21 == 8.21",
        "1/0",
        "6,0*exp(-1)",
    ],
)
def test_code_in_an_answer_is_said_not_to_be_run(written):
    feedback = judge_cell(NUMBER, "answer_1", f"answer_1 = {written}")
    assert (feedback.passed, feedback.readable, feedback.error) == (False, False, "")
    assert (
        "cannot be computed, because the cell is not run. Write a number, or a calculation"
        in feedback.seen
    )


@pytest.mark.parametrize(
    "source",
    [
        "-" * 100_000 + "1",
        "(" * 100_000,
        "1+" * 100_000 + "1",
        "[" * 99 + "]" * 99,
        "f'{" * 70,
        "a" + ".b" * 90_000,
        "'" + "x" * 600_000 + "'",
        "9" * 100_000,
        "\x00",
        "'\\ud800'",
        "'\\N{nothing}'",
        "0x" + "f" * 9000,
        "'\\m'",
    ],
    ids=lambda source: ascii(source[:9]),
)
@pytest.mark.parametrize(
    "exercise", [CHOICE, NUMBER, CURVE, NETWORK, TIMES, EQUATIONS], ids=lambda each: each.name
)
def test_a_cell_that_no_parser_takes_is_unreadable(exercise, source):
    feedback = judge_cell(exercise, "answer_1", f"answer_1 = {source}")
    assert (feedback.passed, feedback.error) == (False, "")
    assert feedback.seen


@given(st.text(max_size=80) | st.text("answer_1=\n'\"()[]{},.#*+- 8\\mVb%!:", max_size=60))
def test_any_text_is_read_or_refused_in_words(text):
    for source in (text, f"answer_1 = {text}"):
        for exercise in (CHOICE, NUMBER, CURVE, NETWORK, TIMES, EQUATIONS):
            assert not judge_cell(exercise, "answer_1", source).error


def test_what_is_read_is_made_of_plain_values():
    assert read_cell(NUMBER, "answer_1", "answer_1 = 8.21*mV") == {"text": "8.21 mV"}
    assert read_cell(CHOICE, "answer_1", "answer_1 = 'b, a'") == {"choice": 1, "reason": 0}
    assert find_answer("answer_1", "answer_1 = V = Vr").text == "V = Vr"
