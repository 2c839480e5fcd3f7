"""Controls of one number: slider and text say the same, and keep what is wrong until it is mended."""

import math

import pytest

from neurolab.errors import RangeError
from neurolab.ui.controls.fields import NumberField


class Keeper:
    """Takes numbers up to 50, as the store does: the field is shown what came of it."""

    def __init__(self):
        self.value, self.edits = 10.0, 0
        self.field = NumberField("tau", "ms", self.change, logarithmic=True, low=0.1, high=100.0)
        self.field.show(self.value)

    @property
    def slider(self):
        return self.field.slider.control

    def reports(self, value):
        """The page says where the handle is: on its grid, near to this value."""
        self.slider.set_state(
            {"value": 10 ** (0.02 * round(math.log10(value) / 0.02)) * (1 + 1e-12)}
        )

    def change(self, number, typing):
        self.edits += 1
        try:
            value = number()
            if value > 50:
                raise RangeError("too much")
        except Exception as error:
            self.field.show(self.value, str(error), typing=True)
        else:
            self.value = value
            self.field.show(value, None, typing=True)


@pytest.fixture
def keeper():
    return Keeper()


def test_the_text_follows_the_slider_in_one_edit(keeper):
    keeper.slider.value = 10**1.2
    assert (keeper.value, keeper.field.text.value, keeper.edits) == (15.8, "15.8", 1)


def test_a_slider_that_snaps_to_its_grid_is_no_edit(keeper):
    keeper.slider.value = 9.9999999
    keeper.field.show(5.0)
    keeper.slider.value = 5.011872336272722
    assert (keeper.field.text.value, keeper.edits) == ("5", 0)


def test_what_a_slow_page_reports_of_where_the_slider_was_put_is_no_edit(keeper):
    keeper.reports(10)
    for value in (2.0, 5.0, 2.0):  # undone, done again and undone before the page has answered
        keeper.field.show(value)
    for value in (2.0, 5.0):
        keeper.reports(value)
        assert (keeper.edits, keeper.field.text.value) == (0, "2")
        assert keeper.slider.value == pytest.approx(2.0, rel=0.01)


def test_after_its_reports_a_slow_page_can_move_the_slider_to_where_it_was(keeper):
    for value in (2.0, 5.0):
        keeper.field.show(value)
    for value in (10.0, 2.0, 5.0, 5.0):
        keeper.reports(value)
    keeper.reports(2.0)
    assert (keeper.edits, keeper.field.text.value) == (1, "2")


def test_a_move_before_the_page_knows_of_a_new_place_is_an_edit_and_what_it_reports_then_is_one_too(
    keeper,
):
    keeper.field.show(2.0)
    keeper.reports(30)
    assert keeper.field.text.value == "30.2"
    keeper.reports(2.0)
    assert (keeper.edits, keeper.field.text.value) == (2, "2")


def test_a_slider_at_a_wrong_value_stays_there_with_its_text_until_it_comes_back(keeper):
    keeper.slider.value = 10**1.9
    assert (keeper.value, keeper.field.text.value) == (10.0, "79.4")
    assert "too much" in keeper.field.message.value
    keeper.slider.value = 10.0
    assert (keeper.value, keeper.field.text.value, keeper.field.message.value) == (10.0, "10", "")


def test_a_typed_value_is_left_as_it_was_typed(keeper):
    keeper.field.text.value = "2 ms"
    assert (keeper.value, keeper.field.text.value) == (2.0, "2 ms")
    assert keeper.slider.value == 2.0


def test_a_wrong_text_stays_and_the_last_good_one_typed_again_clears_the_message(keeper):
    keeper.field.text.value = "abc"
    assert "not a number" in keeper.field.message.value
    keeper.field.show(keeper.value, "'abc' is not a number")
    assert keeper.field.text.value == "abc"
    keeper.field.text.value = "10"
    assert keeper.field.message.value == ""


def test_the_slider_grows_for_a_typed_value_and_stays_long_until_all_is_shown_anew(keeper):
    keeper.field.text.value = "0.02"
    assert keeper.slider.min == pytest.approx(-2)
    slider = keeper.slider
    slider.value = 10**1.5
    assert keeper.slider is slider
    assert keeper.value == 31.6
    keeper.field.show(10.0)  # after Reset all
    assert (keeper.slider.min, keeper.slider.max, keeper.slider.value) == pytest.approx((-1, 2, 10))
