"""What people type: numbers with units and lists of times; anything else is an error of ours."""

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from neurolab.errors import NeurolabError
from neurolab.lab.parsing import (
    format_ends,
    format_number,
    format_times,
    parse_ends,
    parse_neurons,
    parse_number,
    parse_parameter,
    parse_times,
)


@pytest.mark.parametrize(("text", "unit", "value"), [
    ("5", "ms", 5), (" 5 ms ", "ms", 5), ("0.005 s", "ms", 5), ("5000us", "ms", 5), ("-3", "mV", -3), ("−3", "mV", -3),
    ("1,5", "mV", 1.5), ("1e-1", "", 0.1), ("+2", "mV", 2), (".5", "", 0.5), ("0.003 volt", "mV", 3), ("1.2ms", "ms", 1.2)])
def test_numbers_may_come_with_a_unit(text, unit, value):
    assert parse_number(text, unit) == value


@pytest.mark.parametrize(("text", "message"), [
    ("", "no number here"), ("abc", "'abc' is not a number"), ("1e400", "too large"),
    ("1.5e308", "too large"), ("5e-324", "too small"), ("3 mV", "'mV' is a unit of volt"),
    ("3 foo", "'foo' is not a unit"), ("nan", "not a number"), ("inf", "not a number"), ("1 2", "not a number"),
    ("1+1", "not a number"), ("__import__('os')", "not a number")])
def test_what_is_no_number_is_refused_in_words(text, message):
    with pytest.raises(NeurolabError, match=message):
        parse_number(text, "ms")


@pytest.mark.parametrize(("text", "times"), [
    ("1, 4", (1, 4)), ("1 ms, 4ms", (1, 4)), ("10:50:10", (10, 20, 30, 40, 50)), ("4 1", (1, 4)), ("", ()), ("1;2", (1, 2)),
    ("1, 1", (1,)), ("0.002 s", (2,)), ("1:3", (1, 2, 3)), ("0:0.3:0.1", (0, 0.1, 0.2, 0.3)), ("5 ms 6 ms", (5, 6))])
def test_lists_of_times_may_be_written_in_many_ways(text, times):
    assert parse_times(text, 100.0) == times


@pytest.mark.parametrize(("text", "message"), [
    ("1,,4", "missing between two commas"), ("abc", "'abc' is not a time, expected a list such as 1, 4"),
    ("-1", "before the start"), ("100", "100 ms lies after the end"), ("10:200:10", "200 ms lies after the end"),
    ("1:2:0", "goes nowhere"), ("5:1", "goes nowhere"), ("1:2:3:4", "not a range"), ("0:99:0.001", "more than 500 spikes"),
    ("3 mV", "unit of volt"), ("1e400", "too large"), (",", "missing")])
def test_what_is_no_list_of_times_is_refused_in_words(text, message):
    with pytest.raises(NeurolabError, match=message):
        parse_times(text, 100.0)


@settings(max_examples=3000)
@given(st.one_of(st.text(max_size=40), st.text("0123456789.,:;- emsuV+", max_size=30)))
def test_any_text_is_read_or_refused_with_an_error_of_ours(text):
    for parse in (lambda: parse_number(text, "ms"), lambda: parse_times(text, 100.0), lambda: parse_parameter(text)):
        with contextlib.suppress(NeurolabError):
            parse()


@given(st.lists(st.floats(0, 99.9).map(lambda value: round(value, 4)), max_size=20))
def test_times_that_are_shown_can_be_read_back(times):
    assert parse_times(format_times(times), 100.0) == tuple(sorted(set(times)))


@pytest.mark.parametrize(("value", "text"), [(1.0, "1"), (0.1, "0.1"), (1.58, "1.58"), (1 / 3, "0.333333333333"),
                                             (123456789.0, "123456789"), (-2.5, "-2.5")])
def test_numbers_are_shown_as_people_write_them(value, text):
    assert format_number(value) == text


def test_a_parameter_is_a_name_a_value_and_a_unit():
    assert parse_parameter("tau_c = 5 ms") == ("tau_c", 5.0, "ms")
    assert parse_parameter("k=-0.5") == ("k", -0.5, "")
    assert parse_parameter("E = 3*mV") == ("E", 3.0, "mV")
    assert parse_parameter("x = 1e3 mV") == ("x", 1000.0, "mV")


@pytest.mark.parametrize(("text", "expected"), [
    ("0", (0,)), ("0, 3, 10:12", (0, 3, 10, 11, 12)), ("5 5; 5", (5,)), ("2:2", (2,)), ("7,", (7,))])
def test_neurons_are_read_from_lists_and_ranges(text, expected):
    assert parse_neurons(text, 100, 6) == expected


@pytest.mark.parametrize(("text", "message"), [
    ("", "no neuron is named"), ("a", "'a' is no neuron"), ("1.5", "'1.5' is no neuron"), ("-1", "'-1' is no neuron"),
    ("100", "no trace of neuron 100, expected neurons from 0 to 99"), ("0:99", "more than 6 neurons"),
    ("0:999999999", "no trace of neuron"), ("1,2,3,4,5,6,7", "more than 6")])
def test_lists_of_neurons_that_cannot_be_drawn_are_refused_in_words(text, message):
    with pytest.raises(NeurolabError, match=message):
        parse_neurons(text, 100, 6)


@pytest.mark.parametrize(("text", "expected"), [
    ("-60 to -50", (-60, -50)), ("-50 mV to -60mV", (-60, -50)), ("−60 … −50", (-60, -50)), ("0..0.5", (0, 0.5)), ("7", (7, 7)),
    ("-0.06 volt to -50", (-60, -50))])
def test_two_ends_are_read_in_any_order_and_unit(text, expected):
    assert parse_ends(text, "mV") == expected


@pytest.mark.parametrize("text", ["", "to", "1 to", "1 to 2 to 3", "a to b", "1 ms to 2 ms"])
def test_what_are_no_two_ends_is_refused(text):
    with pytest.raises(NeurolabError):
        parse_ends(text, "mV")


@pytest.mark.parametrize("ends", [(-60.0, -50.0), (0.0, 0.0), (-1e-3, 2.5e7)])
def test_two_ends_as_text_read_back(ends):
    assert parse_ends(format_ends(*ends)) == ends
