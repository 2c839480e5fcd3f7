"""How the scripts of widgets become one module each."""

import re

import pytest

from neurolab.ui.controls.assets import script
from tests.conftest import ROOT

SCRIPTS = sorted((ROOT / "neurolab" / "ui").rglob("*.js"))
WIDGETS = [path for path in SCRIPTS if "export default" in path.read_text(encoding="utf-8")]


@pytest.mark.parametrize("path", WIDGETS, ids=lambda path: path.stem)
def test_a_widgets_script_is_one_module_without_imports_and_comments(path):
    text = script(path)
    assert not re.search(r"^\s*import\b|^export (?!default)|^\s*//|/\*\*\n", text, re.MULTILINE)
    assert text.count("export default { render };") == 1


def test_modules_stand_before_those_that_use_them_and_keep_their_names_apart(tmp_path):
    (tmp_path / "own.js").write_text(
        '// Own.\nimport { two } from "./part.js";\nimport { one } from "./base.js";\n'
        "const count = one + two();\nexport default { count };\n"
    )
    (tmp_path / "part.js").write_text(
        'import { one } from "./base.js";\n\nconst count = one;\n'
        "/**\n * Two.\n */\nexport function two() {\n  return count + one;\n}\n"
    )
    (tmp_path / "base.js").write_text("export const one = 1;\n")
    assert script(tmp_path / "own.js") == (
        "const $base = (() => {\nconst one = 1;\nreturn { one };\n})();\n"
        "const $part = (() => {\nconst { one } = $base;\n\nconst count = one;\n"
        "function two() {\n  return count + one;\n}\nreturn { two };\n})();\n"
        "const { two } = $part;\nconst { one } = $base;\n"
        "const count = one + two();\nexport default { count };\n"
    )


def test_two_modules_of_one_name_are_an_error(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "own.js").write_text(
        'import { x } from "./part.js";\nimport { y } from "./a/part.js";\n'
    )
    (tmp_path / "part.js").write_text("export const x = 1;\n")
    (tmp_path / "a" / "part.js").write_text("export const y = 1;\n")
    with pytest.raises(ValueError, match="have the same name"):
        script(tmp_path / "own.js")


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.stem)
def test_scripts_have_short_files_and_lines(path):
    lines = path.read_text(encoding="utf-8").splitlines()
    assert len(lines) <= 315
    assert max(map(len, lines)) <= 100
