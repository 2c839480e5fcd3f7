"""The prediction's curve on the page: which finger draws, and which keys are the browser's."""

import numpy as np
import pytest

from .conftest import PHONE
from .folds import FoldedLab
from .test_lab_predict import TITLE, dots, hide, value
from .test_lab_raster import HELD_WITH
from .touch import Finger
from .waiting import wait_for_lab, wait_until


@pytest.fixture
def phone(open_page):
    """A phone with a trace hidden from the middle of the run on."""
    phone = FoldedLab(wait_for_lab(open_page(PHONE)))
    phone.open(TITLE)
    hide(phone, 5)
    return phone


def test_a_second_finger_does_not_draw_and_keys_with_another_key_held_move_no_point(phone):
    box, finger = phone.page.locator(".nl-drawing .paper").bounding_box(), Finger(phone.page)
    low, high = (
        float(dots(phone).first.get_attribute(f"aria-value{end}")) for end in ("min", "max")
    )
    level, second = (
        box["y"] + box["height"] / 4,
        (box["x"] + box["width"] / 2, box["y"] + 0.9 * box["height"]),
    )
    finger.down(box["x"] + 2, level)
    for part in np.linspace(0.1, 0.9, 9):
        if part < 0.5:
            finger.move(box["x"] + part * box["width"], level)
        else:
            finger.down_too((box["x"] + part * box["width"], level), second)
            finger.move_both((box["x"] + part * box["width"], level), second)
    finger.up()
    drawn = high - (high - low) / 4
    wait_until(
        lambda: (
            [value(dots(phone).nth(i)) for i in range(7)] == pytest.approx([drawn] * 7, rel=0.03)
        )
    )
    dot = dots(phone).first
    assert [
        dot.evaluate(HELD_WITH, ["ArrowUp", modifier])
        for modifier in ("altKey", "ctrlKey", "metaKey")
    ] == [False] * 3
    assert value(dot) == pytest.approx(drawn, rel=0.03)
