"""Controls of one number: slider and text say the same, and keep what is wrong until it is mended."""

import pytest

from neurolab.errors import RangeError
from neurolab.views.fields import NumberField


class Keeper:
    """Takes numbers up to 50, as the store does: the field is shown what came of it."""

    def __init__(self):
        self.value, self.edits = 10.0, 0
        self.field = NumberField("tau", "ms", self.change, logarithmic=True, low=0.1, high=100.0)
        self.field.show(self.value)

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
    keeper.field.slider.value = 10 ** 1.2
    assert (keeper.value, keeper.field.text.value, keeper.edits) == (15.8, "15.8", 1)


def test_a_slider_that_snaps_to_its_grid_is_no_edit(keeper):
    keeper.field.slider.value = 9.9999999
    keeper.field.show(5.0)
    keeper.field.slider.value = 5.011872336272722
    assert (keeper.field.text.value, keeper.edits) == ("5", 0)


def test_a_slider_at_a_wrong_value_stays_there_with_its_text_until_it_comes_back(keeper):
    keeper.field.slider.value = 10 ** 1.9
    assert (keeper.value, keeper.field.text.value) == (10.0, "79.4")
    assert "too much" in keeper.field.message.value
    keeper.field.slider.value = 10.0
    assert (keeper.value, keeper.field.text.value, keeper.field.message.value) == (10.0, "10", "")


def test_a_typed_value_is_left_as_it_was_typed(keeper):
    keeper.field.text.value = "2 ms"
    assert (keeper.value, keeper.field.text.value) == (2.0, "2 ms")
    assert keeper.field.slider.value == 2.0


def test_a_wrong_text_stays_and_the_last_good_one_typed_again_clears_the_message(keeper):
    keeper.field.text.value = "abc"
    assert "not a number" in keeper.field.message.value
    keeper.field.show(keeper.value, "'abc' is not a number")
    assert keeper.field.text.value == "abc"
    keeper.field.text.value = "10"
    assert keeper.field.message.value == ""


def test_the_slider_grows_for_a_typed_value_and_stays_long_until_all_is_shown_anew(keeper):
    keeper.field.text.value = "0.02"
    assert keeper.field.slider.min == pytest.approx(-2)
    slider = keeper.field.slider
    slider.value = 10 ** 1.5
    assert keeper.field.slider is slider
    assert keeper.value == 31.6
    keeper.field.show(10.0)  # after Reset all
    assert (keeper.field.slider.min, keeper.field.slider.max, keeper.field.slider.value) == pytest.approx((-1, 2, 10))
