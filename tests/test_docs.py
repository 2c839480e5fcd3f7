"""README, CONTRIBUTING and the pages of docs/ describe what exists, and their programs run."""

import importlib
import inspect
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from ipywidgets import Widget
from ipywidgets.widgets.widget import _instances
from numpydoc.docscrape import NumpyDocString

from neurolab.cli import main
from neurolab.exercises.loading import load, names
from neurolab.exercises.questions import QUESTIONS
from neurolab.names import HOMES

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), ROOT / "deploy" / "README.md"])
LONGEST_README = 150
OTHER_PROGRAMS = {
    "--strip_sources": "voila",
    "--create": "nbgrader",
    "--no-deps": "pip",
    "--global": "npm",
    "--values": "helm",
    "--build-arg": "docker",
    "--driver": "docker",
    "--attachable": "docker",
}
"""Options on the pages that belong to other programs."""
each_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))


def text_of(page: Path) -> str:
    """Return the text of a page."""
    return page.read_text(encoding="utf-8")


def code_in(page: Path) -> list[str]:
    """Return the lines of code blocks and the pieces of inline code of a page."""
    text = text_of(page)
    blocks = re.findall(r"^```\w*\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    prose = re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE)
    inline = [" ".join(piece.split()) for piece in re.findall(r"`([^`]+)`", prose)]
    return [line for block in blocks for line in block.splitlines()] + inline


def python_blocks(page: Path) -> list[str]:
    """Return the Python programs of a page; one without an import continues the program before."""
    return re.findall(r"^```python\n(.*?)^```", text_of(page), re.DOTALL | re.MULTILINE)


def targets() -> set[str]:
    """Return the targets of the Makefile."""
    [names] = re.findall(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text(), re.MULTILINE)
    return set(names.split())


def options_of(command: click.Command) -> set[str]:
    """Return the options of a command, in all their spellings."""
    options = [option for option in command.params if isinstance(option, click.Option)]
    spelled = {name for option in options for name in (*option.opts, *option.secondary_opts)}
    return {*spelled, "--help", "-h"}


def test_readme_is_short() -> None:
    assert len(text_of(ROOT / "README.md").splitlines()) <= LONGEST_README


@each_page
def test_make_targets_of_a_page_exist(page: Path) -> None:
    named = {name for code in code_in(page) for name in re.findall(r"^make ([a-z]+)", code)}
    assert named <= targets()


def test_every_make_target_is_described_and_in_the_help() -> None:
    described = {
        name
        for code in code_in(ROOT / "CONTRIBUTING.md")
        for name in re.findall(r"^make ([a-z]+)", code)
    }
    shown = set(re.findall(r'@echo "make ([a-z]+) ', (ROOT / "Makefile").read_text()))
    assert described | {"app", "help"} == targets()
    assert shown | {"help"} == targets()


@each_page
def test_commands_and_options_of_a_page_exist(page: Path) -> None:
    assert isinstance(main, click.Group)
    everywhere = {option for command in main.commands.values() for option in options_of(command)}
    for code in code_in(page):
        if re.match(r"\$? ?neurolab [a-z]", code):
            name, *words = code.partition("#")[0].split()[1:]
            assert name in main.commands, code
            known = options_of(main.commands[name])
        else:
            known = everywhere | {"--version", *OTHER_PROGRAMS}
            words = code.split() if code.startswith(("--", "neurolab --")) else []
        options = {word.partition("=")[0] for word in words if word.startswith("-") and word != "-"}
        assert options <= known, code


def test_the_page_on_serving_describes_every_option_of_serve() -> None:
    rows = re.findall(r"^\| `(--[\w-]+)` \|", text_of(ROOT / "docs" / "serving.md"), re.MULTILINE)
    assert {*rows} == {
        name for name in options_of(main.commands["serve"]) if name not in ("--help", "-h")
    }


def test_every_command_is_in_getting_started() -> None:
    rows = re.findall(
        r"^\| `neurolab (\w+)` \|", text_of(ROOT / "docs" / "getting_started.md"), re.MULTILINE
    )
    assert {*rows} == {*main.commands}


def test_the_page_on_teaching_lists_the_worksheets_with_their_sizes() -> None:
    text = text_of(ROOT / "docs" / "teaching.md")
    rows = re.findall(r"^\| `(\w+)` \| (.+) \| (\d+) \| (\d+) \| (\d+) \|$", text, re.MULTILINE)
    assert rows == [
        (name, sheet.title, str(len(sheet.exercises)), str(sheet.points), str(sheet.minutes))
        for name in names()
        for sheet in [load(name)]
    ]


def test_the_page_on_teaching_lists_the_kinds_of_questions() -> None:
    kinds = text_of(ROOT / "docs" / "teaching.md").partition("| kind |")[2].partition("\n\n")[0]
    assert re.findall(r"^\| `(\w+)` \|", kinds, re.MULTILINE) == list(QUESTIONS)


def test_extras_that_pages_install_exist() -> None:
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"][
        "optional-dependencies"
    ]
    for page in PAGES:
        lists = re.findall(r'"\.\[([\w,]+)\]"', text_of(page))
        assert {name for each in lists for name in each.split(",")} <= {*extras}, page


RUNNER = """
import re, sys
from pathlib import Path
names = {}
for place, text in enumerate(re.findall(r"^```python\\n(.*?)^```", Path(sys.argv[1]).read_text(), re.S | re.M)):
    if text.startswith("from neurolab import *"):
        names = {}
    exec(compile(text, f"{sys.argv[1]}, program {place + 1}", "exec"), names)
"""


@pytest.mark.parametrize(
    "page",
    [page for page in PAGES if python_blocks(page)],
    ids=lambda page: str(page.relative_to(ROOT)),
)
def test_programs_of_a_page_run(page: Path, tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-W",
        "error::neurolab.errors.NeurolabWarning",
        "-c",
        RUNNER,
        str(page),
    ]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def anchors_of(page: Path) -> set[str]:
    """Return the anchors of a page's headings, as web pages of repositories make them."""
    headings = re.findall(r"^#+ (.+)$", text_of(page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def links_of(page: Path) -> Iterator[tuple[Path, str]]:
    """Yield the file and the anchor of each link to another file of the repository."""
    for target in re.findall(r"\]\(([^)\s]+)\)", text_of(page)):
        if not re.match(r"https?:", target):
            path, _, anchor = target.partition("#")
            yield (page.parent / path if path else page).resolve(), anchor


@each_page
def test_links_of_a_page_lead_somewhere(page: Path) -> None:
    for path, anchor in links_of(page):
        assert path.exists(), path
        included = re.findall(r"{include} (\S+)", text_of(path)) if anchor else []
        found = (
            set().union(*(anchors_of(path.parent / name) for name in [path.name, *included]))
            if anchor
            else set()
        )
        assert not anchor or anchor in found, (path, anchor)


@pytest.mark.parametrize(
    "page",
    [
        ROOT / "CONTRIBUTING.md",
        ROOT / "docs" / "development.md",
        ROOT / "docs" / "teaching.md",
        ROOT / "docs" / "scripts.md",
    ],
    ids=lambda page: page.name,
)
def test_files_that_a_page_names_exist(page: Path) -> None:
    pattern = r"\b(?:neurolab|tests|docs|notebooks|deploy)/[\w./*-]*"
    named = {path for code in code_in(page) for path in re.findall(pattern, code)}
    assert named
    for path in named:
        assert "_build" in path or [*ROOT.glob(path.rstrip("/"))], path


def layout() -> tuple[list[str], dict[str, list[str]]]:
    """Return the parts of the package as CONTRIBUTING lists them, and the parts of those that have some."""
    text = text_of(ROOT / "CONTRIBUTING.md")
    text = text.partition("<!-- rooms -->")[2].partition("<!-- end of rooms -->")[0]
    parts: list[str] = []
    inner: dict[str, list[str]] = {}
    for indent, name in re.findall(r"^( {2,4})([\w.]+)/? ", text, re.MULTILINE):
        if len(indent) == 2:
            parts.append(name)
        else:
            inner.setdefault(parts[-1], []).append(name)
    return parts, inner


def folders_in(folder: Path) -> set[str]:
    """Return the names of the folders in a folder."""
    return {path.name for path in folder.iterdir() if path.is_dir() and path.name != "__pycache__"}


def test_the_layout_in_contributing_lists_every_part_and_nothing_else() -> None:
    parts, inner = layout()
    package = ROOT / "neurolab"
    modules = {path.name for path in package.glob("*.py")} - {"__main__.py"}
    assert sorted(parts) == sorted({*modules, *folders_in(package)})
    for name in ("ui", "serving"):
        assert sorted(inner.pop(name)) == sorted(folders_in(package / name))
    assert inner == {}


def test_the_layout_in_contributing_has_the_order_of_imports() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"][
        "contracts"
    ]
    layers = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    places = {
        name.strip(" ()"): -place for place, layer in enumerate(layers) for name in layer.split("|")
    }
    listed = [places[name.removesuffix(".py")] for name in layout()[0] if name != "__init__.py"]
    assert listed == sorted(listed)


def test_the_api_reference_names_everything_that_neurolab_exports_but_matplotlibs_functions() -> (
    None
):
    pages = "\n".join(text_of(page) for page in ROOT.glob("docs/api/*.md"))
    described = {*re.findall(r"auto\w+:: neurolab\.(\w+)$", pages, re.MULTILINE)}
    own = {name for home, names in HOMES.items() if "plotting" not in home for name in names}
    assert own - {"defaultclock"} <= described
    assert "`defaultclock`" in pages


def described_objects() -> Iterator[tuple[str, object]]:
    """Yield what the API reference describes, by its full name."""
    for page in sorted(ROOT.glob("docs/api/*.md")):
        module = "neurolab"
        for directive, name in re.findall(r"^\.\. (\w+):: ([\w.]+)$", text_of(page), re.MULTILINE):
            if directive == "currentmodule":
                module = name
            elif directive != "automodule":
                home, _, own = name.rpartition(".")
                yield name, getattr(importlib.import_module(home or module), own)


def test_the_sections_of_docstrings_in_the_api_reference_can_be_read() -> None:
    for name, item in described_objects():
        methods = (
            [each for each in vars(item).values() if inspect.isfunction(each)]
            if inspect.isclass(item)
            else []
        )
        for each in (item, *(method for method in methods if method.__doc__)):
            assert each.__doc__, name
            read = NumpyDocString(inspect.cleandoc(each.__doc__))
            listed = [one for section in ("Parameters", "Attributes") for one in read[section]]
            wrong = [
                one.name
                for one in listed
                if not re.fullmatch(r"\*{0,2}\w+(, \*{0,2}\w+)*", one.name)
            ]
            assert wrong == [], (name, each)


def test_the_page_on_the_lab_names_every_panel() -> None:
    from neurolab import Lab

    before = set(_instances)  # other tests may leave some
    lab = Lab()
    try:
        created = [widget for key, widget in _instances.items() if key not in before]
        headings = [widget for widget in created if isinstance(widget, Widget)]
        folds = {widget.title for widget in headings if type(widget).__name__ == "FoldHeading"}
        titles = {
            text
            for widget in headings
            for text in re.findall(r"^<h2>([\w ]+)</h2>$", str(getattr(widget, "value", "")))
        }
    finally:
        lab.close()
    text = text_of(ROOT / "docs" / "the_lab.md")
    assert len(folds) > 5
    assert len(titles) > 4
    assert {
        fold for fold in folds if not re.search(rf"^{re.escape(fold)}\n: ", text, re.MULTILINE)
    } == set()
    assert {
        title for title in titles if f"**{title}**" not in text and f"## {title}" not in text
    } == set()


def test_the_documentation_builds_without_a_warning(tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "sphinx",
        "-W",
        "--keep-going",
        "--quiet",
        "-b",
        "html",
        str(ROOT / "docs"),
        str(tmp_path / "html"),
        "-d",
        str(tmp_path / "doctrees"),
    ]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "html" / "index.html").is_file()
