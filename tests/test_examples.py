"""The examples in docstrings run and give what they show."""

import doctest
import importlib

import pytest

from .conftest import ROOT


def modules_with_examples():
    """Return the names of the modules of neurolab that show examples."""
    for path in sorted((ROOT / "neurolab").rglob("*.py")):
        if ">>> " in path.read_text():
            parts = path.relative_to(ROOT).with_suffix("").parts
            yield ".".join(part for part in parts if part != "__init__")


@pytest.mark.parametrize("name", modules_with_examples())
def test_the_examples_of_a_module_give_what_they_show(name):
    result = doctest.testmod(importlib.import_module(name))
    assert result.attempted > 0
    assert result.failed == 0
