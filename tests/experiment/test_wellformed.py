"""What comes from outside can be written again, whatever it is."""

import base64
import json
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from neurolab.errors import NeurolabError
from neurolab.exercises.handin import HandIn
from neurolab.experiment.wellformed import DEEPEST, read_json, wellformed
from neurolab.exports.documents import from_json
from neurolab.exports.link import from_link

ANY_TEXT = st.text(
    st.characters(exclude_categories=()), max_size=30
)  # halves of characters and NUL among them
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | ANY_TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(ANY_TEXT, inner, max_size=4),
    max_leaves=15,
)


@settings(max_examples=200, deadline=None)
@given(VALUES)
def test_any_value_of_json_can_be_written_after_it_was_read(value):
    found = read_json(json.dumps(value))
    json.dumps(found, ensure_ascii=False, allow_nan=False).encode()
    if found == value:
        assert wellformed(found) == found


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("plain", "plain"),
        ("\U0001f642", "\U0001f642"),
        ("\ud83dy", "\ufffdy"),
        ("\ude42", "\ufffd"),
        ("a\ud83d", "a\ufffd"),
        ("\ud83d\ude42", "\U0001f642"),
        ("\x00", "\x00"),
        ("", ""),
    ],
)
def test_half_a_character_becomes_the_replacement_character(text, mended):
    assert wellformed(text) == mended
    assert wellformed({text: [text]}) == {mended: [mended]}


@pytest.mark.parametrize(
    "text",
    [
        "NaN",
        "[Infinity]",
        '{"a": -Infinity}',
        "1e999",
        "[" * (DEEPEST + 1) + "]" * (DEEPEST + 1),
        "[" * 100_000,
        '{"a":' * 5000 + "1" + "}" * 5000,
        "9" * 5000,
        "",
        "{",
        "\ud83d",
    ],
)
def test_what_is_no_json_is_refused(text):
    with pytest.raises(ValueError):  # noqa: PT011  whatever it says, those who call it say it in their own words
        read_json(text)


BROKEN = [
    '{"title": "\\ud83dy"}',
    '{"\\ud83d": 1}',
    '{"groups": [{"name": "\\udc00"}]}',
    "[" * 100_000,
    "NaN",
    '{"a": NaN}',
    '{"schema": 1, "worksheet": "\\ud83d", "seed": null, "answers": {"\\ud83d": null}, "attempts": {}}',
]


@pytest.mark.parametrize("text", BROKEN)
def test_files_and_links_with_broken_text_are_refused_or_read_and_what_is_said_can_be_shown(text):
    link = base64.urlsafe_b64encode(zlib.compress(text.encode())).decode().rstrip("=")
    for read, given_text in ((from_json, text), (HandIn.from_json, text), (from_link, link)):
        try:
            found = read(given_text)
        except NeurolabError as error:
            (str(error) + error.advice).encode()
        else:
            found.to_json().encode()
