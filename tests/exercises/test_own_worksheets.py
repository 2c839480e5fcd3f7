"""A teacher's own file: opened, started, and checked by the rules of the package's worksheets."""

import copy
import re
import tomllib

import pytest
from click.testing import CliRunner

from neurolab.cli import main
from neurolab.errors import NeurolabError
from neurolab.exercises import laws
from neurolab.exercises.assignment import assignment
from neurolab.exercises.judging import judge
from neurolab.exercises.laws import broken_laws
from neurolab.exercises.loading import load_source
from neurolab.exercises.new_worksheet import new_worksheet
from neurolab.exercises.paper import answers_html
from neurolab.exercises.worksheet_file import MOST_BYTES, lines_of, read_worksheet_file

NEW = tomllib.loads(new_worksheet("mine"))


def typed(*arguments):
    return CliRunner().invoke(main, ["worksheet", *map(str, arguments)], catch_exceptions=False)


@pytest.fixture
def mine(tmp_path):
    path = tmp_path / "mine.toml"
    assert typed("new", path).exit_code == 0
    return path


def test_a_new_worksheet_passes_the_check_and_is_not_overwritten(mine):
    text = mine.read_text()
    checked = typed("check", mine)
    assert (checked.exit_code, "keeps all rules" in checked.output) == (0, True), checked.output
    again = typed("new", mine)
    assert again.exit_code == 1
    assert "exists and was not changed" in again.output
    assert mine.read_text() == text


def test_a_new_file_must_be_named_as_toml(tmp_path):
    assert "must end in .toml" in typed("new", tmp_path / "mine.txt").output


def test_a_file_is_opened_like_a_worksheet_of_the_package(mine):
    worksheet = load_source(str(mine), 5)
    assert (worksheet.name, worksheet.seed) == ("mine", 5)
    for exercise in worksheet.exercises[:-1]:
        assert judge(exercise, exercise.solution).passed
    page = typed(mine, "--seed", 5, "--html", "-")
    assert "The second peak" in page.output
    served = typed(mine, "--html", "-", "--answers").output
    assert "summation" in served


def test_a_file_becomes_an_assignment_that_grading_can_find(mine, tmp_path):
    course = tmp_path / "course"
    written = typed(mine, "--nbgrader", course)
    assert "nbgrader generate_assignment mine --create" in written.output
    assert (course / "worksheets" / "mine.toml").read_text() == mine.read_text()
    config = (course / "nbgrader_config.py").read_text()
    typed(mine, "--nbgrader", course)
    assert (course / "nbgrader_config.py").read_text() == config
    assert config.count("add_folder(") == 1


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (b'name = "x"\ntitle = "unfinished\n', 2, "not TOML"),
        (b'name = "x"\n\xff = 3\n', 2, "UTF-8"),
        (b"a = " + b"[" * 5000, 1, ""),
        (b'name = "x"\nname = "y"\n', 2, "overwrite"),
        (b"a = 1" + b"0" * 6000, 1, "long"),
        (b"exercise = 3\n", 1, "name"),
        (b'name = "../../etc"\n', 1, "name"),
        (b'name = "x"\nexercise = 3\n', 1, "not tables"),
        (b'name = "x"\n\n[[exercise]]\nname = "a"\nkind = "poem"\n', 5, "kind is 'poem'"),
        (b'name = "x"\n[[exercise]]\nname = "a"\nvary = 3\n', 2, "wrong value"),
        (b'name = "x"\n[[exercise]]\nname = "a"\n[exercise.range]\nw = [1, 2, 3, 0]\n', 2, ""),
        (b'name = "x"\n[[exercise]]\nname = "a"\n[exercise.range]\nw = [1, 2, 3, 1e-300]\n', 2, ""),
        (b'name = "x"\n[[exercise]]\nname = "a"\nderive = {w = "__import__(1)"}\n', 2, ""),
    ],
)
def test_a_broken_or_hostile_file_ends_in_a_sentence_with_the_line(tmp_path, text, line, words):
    path = tmp_path / "broken.toml"
    path.write_bytes(text)
    opened = typed(path, "--html", "-")
    assert opened.exit_code == 1
    assert f"broken.toml, line {line}" in opened.output
    assert words in opened.output
    assert "Traceback" not in opened.output
    assert typed("check", path).exit_code == 1


def test_a_file_that_is_too_long_or_missing_is_refused(tmp_path):
    path = tmp_path / "long.toml"
    path.write_text("#" * (MOST_BYTES + 1))
    with pytest.raises(NeurolabError, match="more than"):
        read_worksheet_file(path)
    assert "No such file" in typed(tmp_path / "none.toml").output


def test_lines_are_those_of_the_file():
    text = (
        'name = "x"\n# a = 1\ntexts = [\n  "b = 1",\n]\nlong = """\nc = 1\n"""\n'
        "[[exercise]]\nname = 'p'\n[exercise.start]\npreset = 'a'\n[[exercise]]\nname = 'q'\n"
    )
    assert lines_of(text) == {
        ("name",): 1,
        ("texts",): 3,
        ("long",): 6,
        ("exercise",): 9,
        ("exercise", 0): 9,
        ("exercise", 0, "name"): 10,
        ("exercise", 0, "start"): 11,
        ("exercise", 0, "start", "preset"): 12,
        ("exercise", 1): 13,
        ("exercise", 1, "name"): 14,
    }


NUMBER, CHOICE, SHOWS = range(3)


@pytest.mark.parametrize(
    ("number", "change", "words"),
    [
        (NUMBER, {"hints": ["Only one."]}, "fewer than 2 hints"),
        (NUMBER, {"hints": ["Look.", 3]}, "hints holds 3"),
        (NUMBER, {"points": 0}, "0 points"),
        (NUMBER, {"explanation": " "}, "explanation is empty"),
        (NUMBER, {"name": "which-variable"}, "has this name too"),
        (NUMBER, {"hints": ["It is 8.2 mV at first.", "Look."]}, "appears in this text"),
        (NUMBER, {"hints": ["Use {tua}.", "Look."]}, "placeholder {tua}"),
        (NUMBER, {"hints": ["What is $\\tau?", "Look."]}, "not shown as mathematics"),
        (NUMBER, {"measure": {"what": "value", "of": "Va", "at": 1}, "percent": 100}, "tolerance"),
        (NUMBER, {"unit": "mw"}, "mw"),
        (NUMBER, {"range": {"w": [6, 6, 6, 1], "t": [3, 3, 3, 1], "tau": [2, 2, 2, 1]}}, "too few"),
        (NUMBER, {"range": {"w": [6, 6, 6, 1], "t": [3, 3, 3, 1], "tau": [2, 2, 2, 1]}}, "same in"),
        (CHOICE, {"options": ["It fires.", "It fires."]}, "same text"),
        (CHOICE, {"right": 7}, "not among"),
        (SHOWS, {"solution": {"weights": {"C1": [[1], [0]]}}}, "solution does not pass"),
        (SHOWS, {"check": [{"property": "fires", "at_least": 0}]}, "passes already"),
        (SHOWS, {"check": [{"property": "fries"}]}, "fries"),
        (SHOWS, {"start": {"preset": "tutorial", "duration": 90000}}, "200,000 steps"),
    ],
)
def test_each_rule_is_checked(number, change, words):
    table = copy.deepcopy(NEW)
    table["exercise"][number] |= change
    findings = broken_laws(table)
    assert any(words in finding.problem for finding in findings), findings
    for finding in findings:
        assert finding.problem.endswith((".", "?", "`")), finding
        assert finding.mend.endswith("."), finding


def test_a_network_must_be_small_enough_to_be_judged_at_once(monkeypatch):
    monkeypatch.setattr(laws, "_MOST_WORK", 100)
    assert any("too large" in finding.problem for finding in broken_laws(NEW))


def test_findings_are_said_with_file_line_and_exercise(mine):
    lines = mine.read_text().split("\n")
    place = next(place for place, line in enumerate(lines) if line.startswith("hints"))
    lines[place : place + 2] = ['hints = ["Look."]']
    mine.write_text("\n".join(lines))
    checked = typed("check", mine)
    assert checked.exit_code == 1
    assert checked.output == (
        f"{mine}:{place + 1}: exercise 'second-peak': The exercise has fewer than 2 hints. "
        "Write a first hint that asks, and a second one that says more.\n"
    )


def test_a_worksheet_of_the_package_lends_its_name_to_no_other(mine):
    mine.write_text(mine.read_text().replace('name = "mine"', 'name = "connection"', 1))
    assert "has the name 'connection' too" in typed("check", mine).output


def test_a_free_text_is_kept_and_neither_right_nor_wrong(mine):
    exercise = load_source(str(mine)).exercise("explain")
    feedback = judge(exercise, {"text": "Because."})
    assert (feedback.answered, feedback.passed, feedback.points) == (True, False, 0)
    assert not feedback.is_attempt
    assert "your teacher" in feedback.seen
    assert not judge(exercise, {"text": " "}).answered
    assert not judge(exercise, {"text": 3}).readable
    shown = answers_html(load_source(str(mine)), {"explain": {"text": "<b>Because</b>"}})
    assert "&lt;b&gt;Because" in shown
    assert "The teacher gives the points, up to 1" in shown
    notebook = assignment(load_source(str(mine)))
    [cell] = [
        each for each in notebook.cells if each.metadata.nbgrader.grade_id == "explain-answer"
    ]
    assert (cell.cell_type, cell.metadata.nbgrader.grade, cell.metadata.nbgrader.points) == (
        "markdown",
        True,
        1,
    )


def test_a_choice_may_have_several_right_pairs():
    table = copy.deepcopy(NEW)
    table["exercise"][CHOICE]["also_right"] = [[1, 2]]
    assert broken_laws(table) == []
    table["exercise"][CHOICE]["also_right"] = [[1]]
    assert "also_right" in broken_laws(table)[0].problem


def test_the_example_of_the_documentation_keeps_all_rules(root):
    page = (root / "docs" / "own_worksheets.md").read_text(encoding="utf-8")
    examples = re.findall(r"```toml\n(\[\[exercise\]\].*?)```", page, re.DOTALL)
    head = {name: value for name, value in NEW.items() if name != "exercise"}
    table = {**head, **tomllib.loads("\n".join(examples))}
    assert [exercise["name"] for exercise in table["exercise"]] == ["decay", "explain"]
    assert broken_laws(table) == []
