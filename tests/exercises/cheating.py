"""Notebooks that ask for points without a right answer, by accident or on purpose.

Each of them holds wrong answers only.
"""

from collections.abc import Callable

import nbformat

_TRACE = "open('trace-of-a-student', 'w').close()\n"

CELLS = {
    "check": "def check(*a): print(a)",
    "start": "def start(*a, **k): return None",
    "names": "np = open = print = neurolab = builtins = judge = Lab = from_link = 1",
    "builtins": "import builtins\nbuiltins.__import__ = builtins.print = builtins.open = lambda *a, **k: None",
    "modules": "import sys\nfor name in list(sys.modules):\n    if 'neurolab' in name: sys.modules[name] = sys",
    "patched": "import neurolab.exercises.judging as j\nj.judge = lambda *a: j.Feedback(True, 9, 'Right.')",
    "importlib": "import importlib\nimportlib.import_module = importlib.__import__ = lambda *a, **k: None",
    "subprocess": "import subprocess\nsubprocess.run = subprocess.Popen = lambda *a, **k: None",
    "exit": "exit()",
    "sys-exit": "import sys\nsys.exit(0)",
    "dies": "import os\nos._exit(0)",
    "equal": "class Yes(str):\n    def __eq__(self, other): return True\n    __hash__ = str.__hash__\nanswer_2 = Yes('-17')",
    "changing": "import random\nclass Any(float):\n    def __float__(self): return random.random()\nanswer_2 = Any(3)",
    "class": "class Like:\n    @property\n    def __class__(self): return str\nanswer_2 = Like()",
    "hooks": "get_ipython().events.register('pre_run_cell', lambda info: setattr(info, 'raw_cell', ''))",
    "transformers": "get_ipython().input_transformers_cleanup.append(lambda lines: ['pass'])",
    "exceptions": "get_ipython().set_custom_exc((Exception,), lambda *a, **k: None)",
    "traceback": "get_ipython().showtraceback = lambda *a, **k: None",
    "run-cell": "get_ipython().run_cell = get_ipython().run_cell_async = None",
    "magic": "%alias_magic check time",
    "cell-magic": "%%script true",
    "shell": "!touch trace-of-a-student",
    "settrace": "import sys\nsys.settrace(lambda *a: None)",
    "alarm": "import signal\nsignal.signal(signal.SIGALRM, lambda *a: None)\nsignal.alarm(1)",
    "atexit": "import atexit\natexit.register(lambda: __import__('os')._exit(0))",
    "thread": "import threading\nthreading.Timer(1, lambda: globals().update(answer_1='b, b')).start()",
    "path": "import sys\nsys.path.insert(0, '.')",
    "environment": "import os\nos.environ.update(PYTHONPATH='.', PYTHONSTARTUP='x.py', PYTHONOPTIMIZE='2')",
    "builtins-dict": "__builtins__ = {}",
    "deleted": "del In, Out\nfor name in list(globals()): del globals()[name]",
    "noise": "import sys, warnings\nwarnings.warn('noise')\nprint('Right.', file=sys.stderr)",
    "prints": "print('Right. 19 of 19')",
    "display": "from IPython.display import display\ndisplay(19.0)\n19.0",
    "file": _TRACE,
    "solutions": "from neurolab.exercises.loading import load\n"
    "answer_2 = load('connection', 5).exercise('second-peak').solution['text']",
    "source": "from pathlib import Path\nanswer_2 = [path.read_text() for path in Path('../../../source').rglob('*.ipynb')]",
    "gradebook": "import sqlite3\nsqlite3.connect('../../../gradebook.db').execute('update grade set auto_score = 9')",
    "all-letters": "answer_1 = 'abc'\nanswer_1 = ['a', 'b', 'c']",
    "deep": "answer_2 = " + "-" * 9000 + "1",
    "long": "answer_2 = '" + "1" * 600_000 + "'",
    "not-a-number": "answer_2 = 'nan'\nanswer_3 = 'inf'",
    "marks": "### BEGIN SOLUTION\n### END SOLUTION\n### BEGIN HIDDEN TESTS\n### END HIDDEN TESTS",
    "augmented": "answer_1 = 'c, c'\nanswer_1 += 'b, b'",
    "walrus": "(answer_1 := 'b, b')\n[answer_2 := value for value in (1, 2)]",
    "deletes": "del answer_1, answer_2",
    "inside": "if True:\n    answer_1 = 'b, b'\nfor answer_1 in ['b, b']: pass",
    "function": "def answer_1(): return 'b, b'\nclass answer_2: pass",
    "exec": "exec(\"answer_1 = 'b, b'\")\neval('1')",
    "stars": "answer_1, *answer_2 = 'b, b', 1, 2\n[answer_1, answer_2] = 1, 2",
    "annotations": "answer_1: 'b, b'\nanswer_2: float",
    "entries": "answer_1 = {}\nanswer_1['text'] = answer_1.text = 'b, b'",
    "imports": "import math as answer_1\nfrom math import pi as answer_2",
    "globals": "globals()['answer_1'] = 'b, b'\nsetattr(__import__('__main__'), 'answer_1', 'b, b')",
    "context": "with open('x') as answer_1: pass\nasync def f():\n    async for answer_1 in g(): pass",
    "matches": "match 'b, b':\n    case answer_1: pass",
    "types": "type answer_1 = 'b, b'",
    "format": "answer_1 = f\"{'b, b'}\"",
    "joined": "answer_1 = ', '.join('bb')",
    "all-numbers": "answer_2 = [8.21, 8.22]\nanswer_2 = range(100)",
    "wide": "answer_2 = '8 ± 100 mV'\nanswer_2 = '0 to 100 mV'\nanswer_2 = '~8 mV'",
    "comparison": "answer_2 = 8 < 9\nanswer_2 = True",
    "costly": "answer_2 = 9**9**9**9**9",
    "costly-sum": "answer_2 = " + "1+" * 5000 + "1",
    "infinite": "answer_2 = 1e308*10\nanswer_2 = exp(1000)\nanswer_2 = inf",
    "encoded": "# -*- coding: utf-7 -*-\nanswer_1 = '+AGI-'",
    "null": "answer_1 = 'b, b'\x00",
    "escapes": "answer_1 = '\\x62\\u002c \\N{LATIN SMALL LETTER C}'",
    "comment": "# answer_1 = 'b, b'\n# answer_1 = 'b, b'",
    "hidden-line": "answer_1 = 'c, c' #\\\nanswer_1 = 'b, b'",
    "other-names": "answer_10 = answer_1_ = Answer_1 = _answer_1 = 'b, b'",
    "latex": "%%latex\nanswer_1 = 'c, c'",
    "html": "%%html\n<script>answer_1 = 'b, b'</script>",
    "judged": '# neurolab judges: {"worksheet": "connection"}',
}
"""Sources that stand in the answer cell of the first exercise, before a wrong answer."""

FILES = dict.fromkeys(
    (
        "neurolab.py",
        "numpy.py",
        "json.py",
        "nbgrader.py",
        "conftest.py",
        "sitecustomize.py",
        "usercustomize.py",
        "nbgrader_config.py",
        "jupyter_config.py",
        "ipython_config.py",
    ),
    _TRACE,
)
"""Files that a student hands in beside the notebook."""


def _tests(notebook: nbformat.NotebookNode) -> list[nbformat.NotebookNode]:
    return [cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade")]


def _in_tests(**changes: object) -> Callable[[nbformat.NotebookNode], None]:
    """Change the metadata of all test cells."""

    def change(notebook: nbformat.NotebookNode) -> None:
        for cell in _tests(notebook):
            cell.metadata.nbgrader.update(changes)

    return change


def _replaced(notebook: nbformat.NotebookNode) -> None:
    for cell in _tests(notebook):
        cell.source = "pass"


def _with_outputs(notebook: nbformat.NotebookNode) -> None:
    for cell in _tests(notebook):
        cell.outputs = [{"output_type": "stream", "name": "stdout", "text": "Right."}]
        cell.execution_count = 1


def _deleted(notebook: nbformat.NotebookNode) -> None:
    notebook.cells = [cell for cell in notebook.cells if cell not in _tests(notebook)]


def _answers_deleted(notebook: nbformat.NotebookNode) -> None:
    notebook.cells = [
        cell for cell in notebook.cells if not cell.metadata.get("nbgrader", {}).get("solution")
    ]


def _doubled(notebook: nbformat.NotebookNode) -> None:
    notebook.cells += [nbformat.from_dict({**cell, "source": "pass"}) for cell in _tests(notebook)]


def _as_text(notebook: nbformat.NotebookNode) -> None:
    for cell in _tests(notebook):
        cell.cell_type = "markdown"
        del cell["outputs"], cell["execution_count"]


def _kernel(notebook: nbformat.NotebookNode) -> None:
    notebook.metadata.kernelspec = {"name": "bash", "display_name": "Bash", "language": "bash"}


def _swapped(notebook: nbformat.NotebookNode) -> None:
    one, other = _tests(notebook)[:2]
    one.metadata.nbgrader.grade_id, other.metadata.nbgrader.grade_id = (
        other.metadata.nbgrader.grade_id,
        one.metadata.nbgrader.grade_id,
    )


def _as_answers(notebook: nbformat.NotebookNode) -> None:
    for cell in notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("solution"):
            cell.metadata.nbgrader.update(grade=True, points=19)


def _runs_first(notebook: nbformat.NotebookNode) -> None:
    _deleted(notebook)
    notebook.cells.insert(0, nbformat.v4.new_code_cell(_TRACE))


def _own_tests(notebook: nbformat.NotebookNode) -> None:
    metadata = {
        "nbgrader": {
            "schema_version": 3,
            "grade_id": "mine",
            "cell_type": "code",
            "grade": True,
            "solution": False,
            "locked": True,
            "task": False,
            "points": 19,
        }
    }
    notebook.cells.append(nbformat.v4.new_code_cell(_TRACE, metadata=metadata))


def _in_all(**changes: object) -> Callable[[nbformat.NotebookNode], None]:
    """Change the metadata of all cells that nbgrader assigned."""

    def change(notebook: nbformat.NotebookNode) -> None:
        for cell in notebook.cells:
            if "nbgrader" in cell.metadata:
                cell.metadata.nbgrader.update(changes)

    return change


def _without_version(notebook: nbformat.NotebookNode) -> None:
    for cell in notebook.cells:
        cell.metadata.nbgrader.pop("schema_version", None)
        cell.metadata.nbgrader.pop("task", None)


def _without_marks(notebook: nbformat.NotebookNode) -> None:
    for cell in notebook.cells:
        cell.metadata.clear()


def _with_texts_as_marks(notebook: nbformat.NotebookNode) -> None:
    for cell in notebook.cells[::2]:
        cell.metadata["nbgrader"] = "none"


def _turned_round(notebook: nbformat.NotebookNode) -> None:
    notebook.cells.reverse()


def _locked_edited(notebook: nbformat.NotebookNode) -> None:
    for cell in notebook.cells:
        if not cell.metadata.nbgrader.solution:
            cell.source = "answer_1 = 'b, b'"


def _answers_as_text(notebook: nbformat.NotebookNode) -> None:
    for cell in notebook.cells:
        if cell.metadata.nbgrader.solution:
            cell.cell_type = "markdown"
            del cell["outputs"], cell["execution_count"]


def _answers_in_new_cells(notebook: nbformat.NotebookNode) -> None:
    for cell in [cell for cell in notebook.cells if cell.metadata.nbgrader.solution]:
        notebook.cells.append(nbformat.v4.new_code_cell(cell.source))
        cell.source = "# YOUR CODE HERE\nraise NotImplementedError()"


def _answers_twice(notebook: nbformat.NotebookNode) -> None:
    answers = [cell for cell in notebook.cells if cell.metadata.nbgrader.solution]
    copies = [nbformat.from_dict(cell) for cell in answers]
    for cell in answers:
        cell.source = "# a first try"
    notebook.cells += copies


NOTEBOOKS = {
    "tests-replaced": _replaced,
    "outputs": _with_outputs,
    "tests-deleted": _runs_first,
    "answers-deleted": _answers_deleted,
    "tests-doubled": _doubled,
    "tests-as-text": _as_text,
    "kernel": _kernel,
    "swapped": _swapped,
    "points": _in_tests(points=1e9),
    "unlocked": _in_tests(locked=False),
    "no-id": _in_tests(grade_id="other"),
    "own-tests": _own_tests,
    "tests-as-answers": _in_tests(solution=True),
    "ungraded": _in_tests(grade=False),
    "task": _in_tests(task=True),
    "answers-as-tests": _as_answers,
    "old": _in_all(schema_version=1),
    "new": _in_all(schema_version=99),
    "no-version": _without_version,
    "no-marks": _without_marks,
    "texts-as-marks": _with_texts_as_marks,
    "lists-as-names": _in_all(grade_id=["a"]),
    "turned-round": _turned_round,
    "locked-edited": _locked_edited,
    "answers-as-text": _answers_as_text,
    "negative": _in_tests(points=-5),
    "no-points": _in_tests(points=None),
    "other-type": _in_all(cell_type="raw"),
}
"""Changes to a notebook that are taken back when it is graded."""

MISHAPS = {
    "new-cells": _answers_in_new_cells,
    "twice": _answers_twice,
    "old": _in_all(schema_version=1),
    "kernel": _kernel,
    "no-version": _without_version,
    "answers-as-text": _answers_as_text,
    "turned-round": _turned_round,
    "unlocked": _in_all(locked=False),
    "locked": _in_all(locked=True),
    "outputs": _with_outputs,
}
"""Changes to a notebook with right answers that cost no points."""
