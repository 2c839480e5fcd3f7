"""The JSON schema agrees with the loader, so that editors and `neurolab` say the same."""

import copy
import json
import tomllib

import jsonschema
import pytest

from neurolab.errors import NeurolabError
from neurolab.exercises.loading import FOLDER, names, worksheet_of
from neurolab.exercises.new_worksheet import SCHEMA_FILE, new_worksheet
from neurolab.exercises.schema import schema_text, worksheet_schema

VALIDATOR = jsonschema.Draft7Validator(worksheet_schema())
NEW = tomllib.loads(new_worksheet("mine"))


def test_the_published_file_is_the_schema():
    assert SCHEMA_FILE.read_text(encoding="utf-8") == schema_text(), (
        "run: neurolab worksheet schema > neurolab/exercises/worksheet.schema.json"
    )
    jsonschema.Draft7Validator.check_schema(json.loads(schema_text()))


@pytest.mark.parametrize("name", names())
def test_worksheets_of_the_package_fit_it(name):
    table = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    assert [error.message for error in VALIDATOR.iter_errors(table)] == []


def test_a_new_worksheet_fits_it_and_names_it_for_editors():
    assert list(VALIDATOR.iter_errors(NEW)) == []
    assert new_worksheet("mine").splitlines()[0] == f"#:schema {SCHEMA_FILE.as_uri()}"


def changed(number, **changes):
    table = copy.deepcopy(NEW)
    for name, value in changes.items():
        if value is None:
            del table["exercise"][number][name]
        else:
            table["exercise"][number][name] = value
    return table


@pytest.mark.parametrize(
    "table",
    [
        {**NEW, "tilte": "x"},
        {**NEW, "minutes": "many"},
        {**NEW, "exercise": []},
        {**NEW, "name": "../x"},
        changed(0, pionts=3),
        changed(0, kind="poem"),
        changed(0, unit=None),
        changed(0, start=None),
        changed(0, hints="one"),
        changed(0, points="many"),
        changed(0, start="tutroial"),
        changed(0, start={"preset": "tutorial", "wieghts": {}}),
        changed(0, measure={"what": "colour"}),
        changed(0, measure={"what": "value", "of": "Va"}),
        changed(0, range={"w": [1, 2]}),
        changed(1, options=None),
        changed(2, check=[{"property": "fries"}]),
        changed(2, check=[{"property": "fires", "exacty": 2}]),
        changed(2, check=[]),
        changed(2, solution=None),
    ],
)
def test_both_refuse_the_same_mistakes(table):
    assert list(VALIDATOR.iter_errors(table))
    with pytest.raises(NeurolabError):
        worksheet_of(table)
