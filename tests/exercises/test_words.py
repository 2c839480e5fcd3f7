"""The words of worksheets and notebooks: the field's terms, and plain sentences."""

import re
from pathlib import Path

import nbformat
import pytest

from neurolab.exercises.loading import load, names
from neurolab.exercises.questions import Choice, Number

AVOIDED = {
    r"\bfad(e|es|ed|ing)\b": "decays",
    r"\bpause": "refractory period",
    r"\bpictures?\b": "plot",
    r"\bshall\b": "must",
    r"\bforesee": "predict",
    r"\b(nobody|looks at|feels|felt)\b": "a sentence without a person in the machine",
    r"\bwhose doing\b": "model or method",
    r"\bturn (it|that) round\b": "reverse it",
    r"\bhalf way\b": "halfway",
    r"\ball the same\b": "nevertheless",
    r"\bworked out\b": "computed",
    r"\bAfter this page\b": "By the end of this notebook",
    r"\b(is|are) no (number|spike|text|file)\b": "is not a …",
}
"""Pattern → what to write instead."""
TERMS = {
    "01": ("presynaptic", "postsynaptic", "leaky integrate-and-fire", "temporal summation"),
    "02": ("EPSP", "IPSP", "reversal potential", "conductance", "shunting", "superposition"),
    "03": ("coincidence detector", "artefact", "refractory period"),
    "04": ("Dale's law", "balanced"),
}
NOTEBOOKS = sorted((Path(__file__).parents[2] / "notebooks").glob("0*.ipynb"))


def texts_of(exercise):
    """All texts of an exercise that a student reads."""
    question = exercise.question
    yield from (exercise.title, exercise.prompt, exercise.explanation, *exercise.hints)
    if isinstance(question, Choice):
        yield from (*question.options, *question.reasons)
        yield from (*question.remarks, *question.reason_remarks)
    elif isinstance(question, Number):
        yield from (mistake.says for mistake in question.mistakes)
    elif hasattr(question, "checks"):
        yield from (idea.says for idea in question.checks.wrong_ideas)
        yield from (trial.name for trial in question.checks.trials)


def prose(path):
    cells = nbformat.read(path, as_version=4).cells
    return "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")


def check(text):
    for pattern, better in AVOIDED.items():
        found = re.search(pattern, text, re.IGNORECASE)
        assert not found, f"'{found[0]}' in '{text.strip():.60}': write {better}"


@pytest.mark.parametrize("name", names())
def test_worksheets_use_the_terms_of_the_field(name):
    worksheet = load(name)
    for goal in worksheet.goals:
        check(goal)
    for exercise in worksheet.exercises:
        for text in texts_of(exercise):
            check(text)


@pytest.mark.parametrize("name", names())
def test_remarks_are_whole_sentences(name):
    for exercise in load(name).exercises:
        question = exercise.question
        says = [*exercise.hints]
        if isinstance(question, Choice):
            says += [text for text in (*question.remarks, *question.reason_remarks) if text]
        elif isinstance(question, Number):
            says += [mistake.says for mistake in question.mistakes]
        elif hasattr(question, "checks"):
            says += [idea.says for idea in question.checks.wrong_ideas]
        for text in says:
            assert re.match(r"[A-Z`$]", text), text
            assert re.search(r"[.?]$", text.strip()), text


@pytest.mark.parametrize("name", names())
def test_wrong_options_and_reasons_have_a_remark_each(name):
    for exercise in load(name).exercises:
        question = exercise.question
        if isinstance(question, Choice):
            for place, remark in enumerate(question.reason_remarks):
                assert bool(remark) or place == question.right_reason, exercise.name
            assert question.reason_remarks, exercise.name


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_notebooks_introduce_the_terms_of_the_field(path):
    text = prose(path)
    check(text)
    for term in TERMS[path.name[:2]]:
        assert term.lower() in text.lower(), term


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_notebooks_ask_for_a_prediction_and_fold_the_answer(path):
    cells = nbformat.read(path, as_version=4).cells
    asked = [place for place, cell in enumerate(cells) if re.search(r"\bPredict\b", cell.source)]
    folded = [place for place, cell in enumerate(cells) if "Compare with your" in cell.source]
    assert len(folded) >= 1
    for place in folded:
        assert any(before < place for before in asked)
