"""What is promised about installing, importing and the files of the repository."""

import ast
import json
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import packages_distributions

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import neurolab

LATE = ("ipywidgets", "bqplot", "anywidget", "pandas", "sympy", "matplotlib", "voila")
MACHINE_PATHS = re.compile(r"(?<![\w.~$}])/(?:work|tmp|home|root|Users|opt)/")
MADE = {"__pycache__", "build", "dist", "node_modules"}
TEXT = {
    ".py",
    ".toml",
    ".yml",
    ".yaml",
    ".md",
    ".ipynb",
    ".js",
    ".css",
    ".html",
    ".j2",
    ".json",
    ".txt",
    ".cfg",
    "",
}


@pytest.fixture(scope="module")
def project(root):
    """What pyproject.toml says of the project."""
    return tomllib.loads((root / "pyproject.toml").read_text())["project"]


def bounds(lines):
    """Each package's version bounds, by its canonical name."""
    requirements = [Requirement(line) for line in lines]
    return {canonicalize_name(each.name): str(each.specifier) for each in requirements}


def files_of(root):
    """The text files of the repository; folders that start with a dot hold what tools have made, but for .ci."""
    for path in root.rglob("*"):
        folders = path.relative_to(root).parts[:-1]
        made = any(name in MADE or (name.startswith(".") and name != ".ci") for name in folders)
        if (
            path.suffix in TEXT and path.is_file() and not made and path.name != ".git"
        ):  # a file in a work tree of git
            yield path


def test_environment_file_has_the_same_packages_and_bounds_as_pyproject(root, project):
    environment = yaml.safe_load((root / "environment.yml").read_text())
    lines = [line for line in environment["dependencies"] if line != "pip"]
    assert environment["name"] == "neurolab"
    assert bounds(lines) == {
        **bounds(project["dependencies"]),
        **bounds(project["optional-dependencies"]["serve"]),
        "python": project["requires-python"],
    }


def imported_packages(root):
    """The names of the packages outside the standard library that neurolab imports."""
    names = set()
    for path in (root / "neurolab").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names |= {each.name.partition(".")[0] for each in node.names}
            elif isinstance(node, ast.ImportFrom) and not node.level:
                names.add(node.module.partition(".")[0])
    return names - set(sys.stdlib_module_names) - {"neurolab"}


def test_what_is_imported_is_declared(root, project):
    extras = project["optional-dependencies"]
    used = [*extras["serve"], *extras["plot"], *extras["teach"]]
    declared = bounds([*project["dependencies"], *used])
    distributions = packages_distributions()
    undeclared = {
        name
        for name in imported_packages(root)
        if not any(canonicalize_name(each) in declared for each in distributions.get(name, [name]))
    }
    assert not undeclared


def without_server(project, code):
    """Run code in a process in which the packages of the extra `serve` cannot be imported."""
    names = [Requirement(line).name for line in project["optional-dependencies"]["serve"]]
    blocked = f"import sys; sys.modules.update(dict.fromkeys({names}))\n"
    return subprocess.run([sys.executable, "-c", blocked + code], capture_output=True, text=True)


def test_the_lab_and_a_run_need_no_server(project):
    code = (
        "from neurolab.experiment import presets, simulate\n"
        "import neurolab.ui.page.lab, neurolab.ui.worksheet.worksheet_page, neurolab.exports\n"
        "import neurolab.exercises.assignment\n"
    )
    done = without_server(project, code)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("command", ["app", "serve", "worksheet"])
def test_the_command_says_how_to_install_the_server(project, command):
    arguments = [command, *(["connection"] if command == "worksheet" else [])]
    done = without_server(project, f"from neurolab.cli import main; main({arguments})")
    assert done.returncode == 1
    assert done.stderr == (
        "Error: The server of the lab is not installed. Install it with: "
        'pip install "neurolab-connections[serve]"\n'
    )


def test_every_dependency_has_a_lower_bound(project):
    extras = [line for lines in project["optional-dependencies"].values() for line in lines]
    for name, specifier in bounds([*project["dependencies"], *extras]).items():
        assert ">=" in specifier, f"{name} has no lower bound"


def test_no_page_tells_to_install_the_unrelated_package_neurolab(root):
    pages = [
        root / "README.md",
        root / "CONTRIBUTING.md",
        *root.glob("docs/**/*.md"),
        root / "deploy" / "README.md",
    ]
    text = "\n".join(page.read_text(encoding="utf-8") for page in pages)
    installs = re.findall(
        r"\b(?:pip|pipx|uv|conda|mamba)\b[^\n`]*\b(?:add|install)\b([^\n`]*)", text
    )
    assert not [line for line in installs if re.search(r"(?<![-\w./])neurolab(?![-\w./])", line)]


def test_importing_neurolab_loads_nothing_heavy():
    code = f"import sys, neurolab; print(*[name for name in {LATE} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_the_commands_help_loads_no_server():
    code = (
        "import sys; from click.testing import CliRunner; from neurolab.cli import main; "
        "result = CliRunner().invoke(main, ['app', '--help']); assert '--no-browser' in result.output; "
        f"print(*[name for name in {(*LATE, 'tornado', 'numpy')} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_the_command_tells_the_version():
    done = subprocess.run(
        [sys.executable, "-m", "neurolab", "--version"], capture_output=True, text=True, check=True
    )
    assert done.stdout == f"neurolab {neurolab.__version__}\n"


def test_imports_point_one_way_and_only_views_know_widgets(root):
    code = "import sys; from importlinter.cli import lint_imports_command; sys.exit(lint_imports_command())"
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_style_is_kept(root):
    command = [sys.executable, "-m", "ruff", "check", "--no-cache", "--output-format=concise", "."]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_no_file_names_a_path_of_some_machine(root):
    found = [
        f"{path.relative_to(root)}:{number}: {line.strip()[:100]}"
        for path in files_of(root)
        if path.name != "test_packaging.py"
        for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1)
        if MACHINE_PATHS.search(line)
    ]
    assert not found, "\n".join(found)


def test_continuous_integration_runs_make_test_and_nothing_else(root):
    lines = (root / ".ci" / "run").read_text().splitlines()
    assert lines == [
        "#!/usr/bin/env bash",
        "set -euo pipefail",
        'cd "$(dirname "$0")/.."',
        "make test",
    ]


def test_wheel_holds_the_page_and_its_scripts_and_no_tests(root, tmp_path):
    # A copy, so that building leaves nothing behind.
    for name in ("neurolab", "pyproject.toml", "README.md", "LICENSE"):
        source = root / name
        copy = shutil.copytree if source.is_dir() else shutil.copy
        copy(source, tmp_path / name)
    code = "import hatchling.build, sys; print(hatchling.build.build_wheel(sys.argv[1]))"
    subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], cwd=tmp_path, check=True, capture_output=True
    )
    [wheel] = tmp_path.glob("neurolab_connections-*.whl")
    held = set(zipfile.ZipFile(wheel).namelist())
    package = root / "neurolab"
    wanted = {
        f"neurolab/{path.relative_to(package).as_posix()}"
        for path in package.rglob("*")
        if path.suffix in {".py", ".js", ".css", ".j2", ".html", ".toml"}
    }
    assert wanted <= held
    assert not [name for name in held if name.startswith("tests")]
    installed = {name.partition(".data/data/")[2] for name in held if ".data/data/" in name}
    extension = "share/jupyter/labextensions/neurolab-connections"
    assert installed == {f"{extension}/package.json", f"{extension}/static/patient.js"}


def test_the_extension_of_jupyterlab_has_the_version_of_the_package(root):
    [path] = (root / "neurolab").rglob("labextension/package.json")
    assert json.loads(path.read_text())["version"] == neurolab.__version__
