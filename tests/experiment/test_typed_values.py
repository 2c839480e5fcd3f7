"""What people type: one grammar for numbers, quantities and lists; anything else is an error of ours."""

import contextlib
import re
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from neurolab.characters import plain, plain_lines, visible
from neurolab.errors import NeurolabError, ParseError
from neurolab.experiment.list_items import LONGEST
from neurolab.experiment.typed_lists import format_times, parse_neurons, parse_times
from neurolab.experiment.typed_values import (
    format_ends,
    format_number,
    parse_ends,
    parse_number,
    parse_parameter,
    parse_whole,
)

NUMBERS = [
    ("5", 5),
    (" 5 mV ", 5),
    ("0.005 V", 5),
    ("5000uV", 5),
    ("-3", -3),
    ("+2", 2),
    ("0.003 volt", 3),
    ("1.2mV", 1.2),
    (".5", 0.5),
    ("5.", 5),
    ("-.5", -0.5),
    ("- 3", -3),
    # A comma is the decimal mark where nothing else is possible.
    ("1,5", 1.5),
    ("-6,5mV", -6.5),
    ("1,50", 1.5),
    ("0,125", 0.125),
    ("1,0005", 1.0005),
    (",5", 0.5),
    ("5,", 5),
    # Groups of three digits, where only one reading is possible.
    ("1 000", 1000),
    ("1\u00a0000", 1000),
    ("1\u202f000,5", 1000.5),
    ("1'000", 1000),
    ("1’000.5", 1000.5),
    ("1_000", 1000),
    ("1,000.5", 1000.5),
    ("1.000,5", 1000.5),
    ("1,000,000", 1e6),
    ("1.000.000", 1e6),
    ("12 345 678", 12345678),
    # Powers of ten.
    ("1e3", 1000),
    ("1E-3", 0.001),
    ("1e+3", 1000),
    ("2,5e2", 250),
    ("1·10³", 1000),
    ("2×10⁻³", 0.002),
    ("2*10^3 mV", 2000),
    ("2 x 10**3", 2000),
    ("10^3", 1000),
    ("10³ mV", 1000),
    ("0e-999", 0),
    # Characters that mean the same.
    ("−6", -6),
    ("–6", -6),
    ("6\u00a0mV", 6),
    ("6\u2009mV", 6),
    ("6\u202fmV", 6),
    ("8210 µV", 8.21),
    ("8210 μV", 8.21),
    ("\u202a5\u202c", 5),
    ("\u20665\u2069 mV", 5),
    ("5\u00adm\u00adV", 5),
    ("5\u180e", 5),
    ("5\ufe0f", 5),
    ("5 ㎷", 5),
    ("5\t㎶", 0.005),
    # What surrounds a number that was copied from elsewhere.
    ("(5)", 5),
    ("[5 mV]", 5),
    ("'5'", 5),
    ('"5 mV"', 5),
    ("“5”", 5),
    ("„5 mV“", 5),
    ("5 mV.", 5),
    ("5 mV,", 5),
    ("5;", 5),
    ("(5*mV)", 5),
    ("5\tmV", 5),
    ("5\nmV", 5),
    ("5 e3", 5000),
    ("5X10^3", 5000),
    ("８．２１ｍＶ", 8.21),
    ("٣٫٥", 3.5),
    ("१२", 12),
    ("\u200b5\ufeff", 5),
    ("8,21\u00a0mV", 8.21),
]
TWO_READINGS = [
    ("10,000", "10", "10000"),
    ("1,000", "1", "1000"),
    ("-1,500", "-1.5", "-1500"),
    ("123,456", "123.456", "123456"),
]
NOT_NUMBERS = [
    ("", "no number here"),
    ("\u00a0", "no number here"),
    ("abc", "'abc' is not a number"),
    ("1e400", "too large"),
    ("1.5e308", "too large"),
    ("1e999999999999", "too large"),
    ("5e-324", "too small"),
    ("1e-999", "too small"),
    ("3 ms", "'ms' is a unit of time, not of voltage. Write a number in mV."),
    ("3 foo", "'foo' is not a unit"),
    ("nan", "not a number"),
    ("inf", "not a number"),
    ("∞", "not a number"),
    ("1 2", "not a number"),
    ("1+1", "not a number"),
    ("__import__('os')", "not a number"),
    ("1e", "exponent of '1e' is missing"),
    ("e3", "not a number"),
    ("3e+", "exponent"),
    ("1,2,3", "not a number"),
    ("1.2.3", "not a number"),
    ("1_0", "not a number"),
    ("12,34,567", "not a number"),
    ("½", "not a number"),
    (".", "not a number"),
    (",", "no number here"),
    ("--3", "not a number"),
    ("1.5e3,5", "not a number"),
    ("0x10", "not a unit"),
    ("5 MV", "'MV' means a million volts. Write mV for millivolts."),
    ("5 Mvolt", "a million volts. Write mvolt"),
    ("5 megavolts", "a million volts"),
    ("5 MS", "Write mS for millisiemens or ms for milliseconds."),
    ("5 MA", "a million amps"),
    ("5 mv", "'mv' is not a unit. Did you mean mV?"),
    ("5 Mv", "Did you mean mV?"),
    ("5 hz", "Did you mean Hz?"),
    ("5 v", "Did you mean V?"),
    ("5 Volt", "Did you mean volt?"),
    ("5 m", "a unit of length, not of voltage"),
    ("5 mV2", "'mV2' is not a unit of voltage"),
    ("5 %", "a percentage"),
    ("5\u2030", "a percentage"),
    ("5\u00a0±\u00a01", "not a number"),
    ("~5", "not a number"),
    ("=5", "not a number"),
    ("5\n000", "not a number"),
    ("5/2", "not a number"),
    ("1½", "not a number"),
    ("((5))", "not a number"),
    ("(1), (2)", "not a number"),
    ("1,00,000", "not a number"),
    ("\ud800", "not a number"),
    ("5\ud83d", "not a number"),
    ("1" * 300, "300 characters"),
    ("5 mV mV", "not a number"),
]


@pytest.mark.parametrize(("text", "value"), NUMBERS)
def test_a_number_is_read_however_it_is_written(text, value):
    assert parse_number(text, "mV") == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (text, value)
        for text, value in NUMBERS
        if value >= 0 and not re.search(r"\d,\d|,5|^\d[\d ]* \d{3}|\u00a0000", text)
    ],
)
def test_a_list_of_one_number_reads_as_the_number_does(text, value):
    in_volt = {"volt": "second", "mV": "ms", "uV": "us", " V": " s"}
    text = plain(text)
    for volt, second in in_volt.items():
        text = text.replace(volt, second)
    assert parse_times(text) == (value,)


@pytest.mark.parametrize(("text", "one", "other"), TWO_READINGS)
@pytest.mark.parametrize("unit", ["", " mV", "\u00a0mV"])
def test_a_number_with_two_readings_is_refused_with_both(text, one, other, unit):
    with pytest.raises(ParseError, match=f"can mean {one} or {other}. Write {one} or {other}."):
        parse_number(text + unit, "mV")


@pytest.mark.parametrize(("text", "message"), NOT_NUMBERS)
def test_what_is_no_number_is_refused_in_words(text, message):
    with pytest.raises(NeurolabError, match=message):
        parse_number(text, "mV")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3", 3),
        ("10.0", 10),
        ("1e3", 1000),
        ("4 000", 4000),
        ("１０", 10),
        ("-3", -3),
        ("123456789012345678", 123456789012345678),
    ],
)
def test_a_whole_number_is_read_exactly(text, value):
    assert parse_whole(text) == value


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("1.5", "1.5 is not a whole number"),
        ("1,5", "not a whole number"),
        ("1e-1", "not a whole number"),
        ("3 ms", "has a unit"),
        ("1,000", "can mean 1 or 1000"),
        ("", "no whole number here"),
        ("ten", "not a whole number"),
        ("1e999", "too large"),
    ],
)
def test_what_is_not_whole_is_refused(text, message):
    with pytest.raises(NeurolabError, match=message):
        parse_whole(text)


LISTS = [
    ("1, 4", (1, 4)),
    ("1 ms, 4ms", (1, 4)),
    ("10:50:10", (10, 20, 30, 40, 50)),
    ("4 1", (1, 4)),
    ("", ()),
    ("1;2", (1, 2)),
    ("1, 1", (1,)),
    ("0.002 s", (2,)),
    ("1:3", (1, 2, 3)),
    ("1 : 3", (1, 2, 3)),
    ("0:0.3:0.1", (0, 0.1, 0.2, 0.3)),
    ("5 ms 6 ms", (5, 6)),
    ("1,", (1,)),
    ("1, 4, ", (1, 4)),
    ("1,4,6", (1, 4, 6)),
    ("1,2,3,4", (1, 2, 3, 4)),
    ("0.5,1.5", (0.5, 1.5)),
    ("0, 5, 1", (0, 1, 5)),
    # Commas between digits that can only be decimal marks.
    ("0,5; 1,5", (0.5, 1.5)),
    ("0,5;1,5", (0.5, 1.5)),
    ("0,5 1,5", (0.5, 1.5)),
    ("0,5\u00a0ms 1,5\u00a0ms", (0.5, 1.5)),
    ("0,5:2:0,5; 4", (0.5, 1, 1.5, 2, 4)),
    ("2; 1,5", (1.5, 2)),
    # Characters that mean the same.
    ("1、4", (1, 4)),
    ("1；２", (1, 2)),
    ("6\u00a0ms; 7\u2009ms", (6, 7)),
    ("500 µs, 600 μs", (0.5, 0.6)),
    ("1'000, 2", (2, 1000)),
    ("1·10² ms, 2e1", (20, 100)),
    ("10⁻³ s", (1,)),
    ("1､4", (1, 4)),
    ("1؛ 4", (1, 4)),
    ("1∶3", (1, 2, 3)),
    ("4 e0, 5 e-1", (0.5, 4)),
    # Lists from programs, tables and sentences.
    ("[1, 4]", (1, 4)),
    ("(1*ms, 4*ms)", (1, 4)),
    ("{1, 4}", (1, 4)),
    ("[1, 4]*ms", (1, 4)),
    ("[0.001, 0.004] s", (1, 4)),
    ("'1, 4'", (1, 4)),
    ("[1. 4.]", (1, 4)),
    ("['1 ms', '4 ms']", (1, 4)),
    ("1\t4", (1, 4)),
    ("1\n4\n", (1, 4)),
    ("1 and 4", (1, 4)),
    ("1 ms, 2 ms, and 4 ms.", (1, 2, 4)),
    ("1 & 4", (1, 4)),
    ("1 und 4", (1, 4)),
    ("4, 1, 4", (1, 4)),
    # One unit for all, or one for each.
    ("1, 2, 4 ms", (1, 2, 4)),
    ("1 ms, 2000 us", (1, 2)),
    ("0, 0.002 s", (0, 2)),
    ("0 s : 0.003 s : 1 ms", (0, 1, 2, 3)),
    # A number does not start with 0 and a digit, so that the comma is the decimal mark.
    ("0,05", (0.05,)),
    ("1,05 2,5", (1.05, 2.5)),
    ("1.000,2.000", (1, 2)),
]
AMBIGUOUS_LISTS = [
    ("0,5", "0, 5", "0.5"),
    ("0,5 ms", "0, 5ms", "0.5ms"),
    ("1,4", "1, 4", "1.4"),
    ("1,5, 2,5", "1, 5, 2, 5", "1.5, 2.5"),
    ("0,5,1,5", "0, 5, 1, 5", "0.5, 1.5"),
    ("0,5, 1", "0, 5, 1", "0.5, 1"),
    ("1 4,6", "1, 4, 6", "1, 4.6"),
    ("1 500", "1, 500", "1500"),
    ("1\u202f500", "1, 500", "1500"),
    ("100 200 300", "100, 200, 300", "100200300"),
    ("1,500", "1, 500", "1.5"),
    ("1,500,000", "1, 500, 0", "1500000"),
    ("1.000,5", "1.000, 5", "1000.5"),
    ("0,5:7", "0, 5:7", "0.5:7"),
    ("1, 2, 3 s", "1 ms, 2 ms, 3s", "1 s, 2 s, 3s"),
    ("1 us, 4", "1us, 4 ms", "1us, 4 us"),
    ("0.001, 0.002 s", "0.001 ms, 0.002s", "0.001 s, 0.002s"),
    ("1:3 us", "1 ms:3us", "1 us:3us"),
    ("1; 4 ms; 6 us", "1 ms, 4ms, 6us", "1 us, 4ms, 6us"),
]


@pytest.mark.parametrize(("text", "times"), LISTS)
def test_lists_of_times_may_be_written_in_many_ways(text, times):
    assert parse_times(text) == times


@pytest.mark.parametrize(("text", "one", "other"), AMBIGUOUS_LISTS)
def test_a_list_with_two_readings_is_refused_and_each_of_them_is_taken_as_it_is_written(
    text, one, other
):
    with pytest.raises(ParseError) as caught:
        parse_times(text)
    assert f"can mean {one} or {other}" in caught.value.advice
    assert (
        f"Write '{one}' or '{other}'" in caught.value.advice
        or "Write a unit after each number" in caught.value.advice
    )
    assert said(lambda: parse_times(one)) != said(lambda: parse_times(other))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("1,,4", "missing between two commas"),
        ("abc", "'abc' is not a time. Write a list such as 1, 4."),
        ("-1", "before the start"),
        ("1:2:0", "goes nowhere"),
        ("5:1", "goes nowhere"),
        ("1:2:3:4", "not a range"),
        ("0:99:0.001", "more than 500 spikes"),
        ("3 mV", "unit of volt"),
        ("1e400", "too large"),
        (",", "missing"),
        (";", "missing"),
        ("1..4", "not a list"),
        ("1 … 4", "not a list"),
        ("1 to 4", "not a list"),
        ("1 ms - 4 ms", "not a list"),
        ("1-4 ms", "not a list"),
        ("(0, 1*ms)", "a neuron with a time. Write only the times of this neuron"),
        ("[(0, 1*ms), (1, 4 ms)]", "a neuron with a time"),
        ("5 ms [2]", "not a time"),
        ("5 Ms", "a million seconds. Write ms"),
        ("5 mv", "Did you mean mV"),
        ("1,00,000", "starts with a 0"),
        ("50 00", "starts with a 0"),
        ("5 0000", "starts with a 0"),
        ("1, 007", "starts with a 0"),
        ("1–4", "not a list. Write a range as first:last:step"),
        ("1,500; 2", "can mean 1.5 or 1500"),
        ("1 " * LONGEST, "characters"),
        ("\ud800", "not a time"),
    ],
)
def test_what_is_no_list_of_times_is_refused_in_words(text, message):
    with pytest.raises(NeurolabError, match=message):
        parse_times(text)


def said(parse):
    try:
        return str(parse())
    except NeurolabError as error:
        return error.advice


@settings(max_examples=500, deadline=None)
@given(
    st.one_of(
        st.text(max_size=40),
        st.text(st.characters(categories=["Cs", "Nd", "Zs", "Sm", "Po", "No"]), max_size=20),
        st.text("0123456789.,:;- emsuV+'_^*x×·³⁻µμ\u00a0", max_size=30),
    )
)
@example("1,000")
def test_any_text_is_read_or_refused_with_an_error_of_ours_that_can_be_shown(text):
    parsers = (
        lambda: parse_number(text, "ms"),
        lambda: parse_times(text),
        lambda: parse_parameter(text),
        lambda: parse_whole(text),
        lambda: parse_ends(text, "mV"),
        lambda: parse_neurons(text, 100, 6),
    )
    for parse in parsers:
        assert said(parse).encode("utf-8")


@pytest.mark.parametrize(
    "text",
    [
        "1" * 20_000,
        "1," * 10_000,
        "1 " * 10_000,
        "1-" * 10_000,
        "(1, " * 6_000,
        "1 us," * 4_000,
        "and" * 6_000,
        "1e" * 10_000,
        " " * 20_000,
        "1:" * 10_000,
        "1,1" * 6_000,
        "'" * 20_000,
        "1.000." * 3_000,
        "^" * 20_000,
        " *" * 10_000,
    ],
)
def test_no_text_takes_long(text):
    begin = time.perf_counter()
    for parse in (
        parse_number,
        parse_whole,
        parse_times,
        parse_parameter,
        parse_ends,
        lambda t: parse_neurons(t, 100, 6),
    ):
        with contextlib.suppress(NeurolabError):
            parse(text)
    assert time.perf_counter() - begin < 5


@given(
    st.floats(-1e12, 1e12)
    .map(lambda value: float(f"{value:.12g}"))
    .filter(lambda value: not 0 < abs(value) < 1e-20)
)
def test_a_number_that_is_shown_reads_back_as_itself(value):
    assert parse_number(format_number(value)) == value
    assert parse_number(f"{format_number(value)} mV", "mV") == value
    assert parse_number(format_number(value).replace("-", "−")) == value


@given(
    st.lists(
        st.floats(0, 1e6)
        .map(lambda value: float(f"{value:.12g}"))
        .filter(lambda v: v == 0 or v > 1e-20),
        max_size=20,
    )
)
def test_times_that_are_shown_can_be_read_back(times):
    assert parse_times(format_times(times)) == tuple(sorted(set(times)))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1.0, "1"),
        (0.1, "0.1"),
        (1.58, "1.58"),
        (1 / 3, "0.333333333333"),
        (123456789.0, "123456789"),
        (-2.5, "-2.5"),
        (0.1 + 0.2, "0.3"),
    ],
)
def test_numbers_are_shown_as_people_write_them(value, text):
    assert format_number(value) == text


@pytest.mark.parametrize(
    ("text", "parameter"),
    [
        ("tau_c = 5 ms", ("tau_c", 5.0, "ms")),
        ("k=-0.5", ("k", -0.5, "")),
        ("k = −0,5", ("k", -0.5, "")),
        ("E = 3*mV", ("E", 3.0, "mV")),
        ("x = 1e3 mV", ("x", 1000.0, "mV")),
        ("C\u00a0=\u00a05\u00a0µF", ("C", 5.0, "uF")),
        ("R = 1 MΩ", ("R", 1.0, "Mohm")),
        ("x = 1·10³ mV", ("x", 1000.0, "mV")),
    ],
)
def test_a_parameter_is_a_name_a_value_and_a_unit(text, parameter):
    assert parse_parameter(text) == parameter


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "not a definition"),
        ("5 ms", "not a definition"),
        ("τ = 5 ms", "not a definition"),
        ("x =", "no value"),
        ("x = 1,000 ms", "can mean 1 or 1000"),
        ("x = 3 foo", "'foo' is not a unit"),
        ("x == 3", "not a value"),
        ("x = y", "not a value"),
        ("x = 5 MV", "a million volts"),
        ("tau = 5 Ms", "a million seconds"),
        ("x = 5 mv", "Did you mean mV"),
    ],
)
def test_what_defines_no_parameter_is_refused_in_words(text, message):
    with pytest.raises(NeurolabError, match=message):
        parse_parameter(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0", (0,)),
        ("0, 3, 10:12", (0, 3, 10, 11, 12)),
        ("5 5; 5", (5,)),
        ("2:2", (2,)),
        ("7,", (7,)),
        ("0,3", (0, 3)),
        ("1,2,3", (1, 2, 3)),
        ("３; ４", (3, 4)),
    ],
)
def test_neurons_are_read_from_lists_and_ranges(text, expected):
    assert parse_neurons(text, 100, 6) == expected


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "No neuron is named"),
        ("a", "'a' is not a neuron"),
        ("1.5", "'1.5' is not a neuron"),
        ("-1", "'-1' is not a neuron"),
        ("100", "There is no trace of neuron 100. Write neurons from 0 to 99."),
        ("0:99", "more than 6 neurons"),
        ("0:999999999", "no trace of neuron"),
        ("1,2,3,4,5,6,7", "more than 6"),
        ("3:1", "goes nowhere"),
        ("1,100", "can mean 1, 100 or 1100"),
        ("1 100", "can mean 1, 100 or 1100"),
        ("1:2:3", "not a range"),
    ],
)
def test_lists_of_neurons_that_cannot_be_drawn_are_refused_in_words(text, message):
    with pytest.raises(NeurolabError, match=message):
        parse_neurons(text, 100, 6)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("-60 to -50", (-60, -50)),
        ("-50 mV to -60mV", (-60, -50)),
        ("−60 … −50", (-60, -50)),
        ("0..0.5", (0, 0.5)),
        ("7", (7, 7)),
        ("-0.06 volt to -0.05 V", (-60, -50)),
        ("0 to 0.05 V", (0, 50)),
        ("−60,5\u00a0mV to −50", (-60.5, -50)),
    ],
)
def test_two_ends_are_read_in_any_order_and_unit(text, expected):
    assert parse_ends(text, "mV") == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "to",
        "1 to",
        "1 to 2 to 3",
        "a to b",
        "1 ms to 2 ms",
        "1,000 to 2",
        "-60 to -0.05 V",
        "-0.06 volt to -50",
        "-60 - -50",
        "-60, -50",
    ],
)
def test_what_are_no_two_ends_is_refused(text):
    with pytest.raises(NeurolabError):
        parse_ends(text, "mV")


@pytest.mark.parametrize("ends", [(-60.0, -50.0), (0.0, 0.0), (-1e-3, 2.5e7)])
def test_two_ends_as_text_read_back(ends):
    assert parse_ends(format_ends(*ends)) == ends


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("−V/τ", "-V/τ"),
        ("V ≥ Vt", "V >= Vt"),
        ("x²", "x**2"),
        ("x⁻¹²", "x**(-12)"),
        ("3×5·mV", "3*5*mV"),
        ("6\u00a0µV", "6 uV"),
        ("8 μV", "8 uV"),
        ("MΩ", "Mohm"),
        ("M\u2126", "Mohm"),
        ("μ", "μ"),
        ("plain", "plain"),
    ],
)
def test_characters_become_plain(text, expected):
    assert plain(text) == expected
    assert plain(expected) == expected


def test_comments_of_a_model_keep_their_characters():
    assert (
        plain_lines("dV/dt = −V/tau : volt  # leak – slow\n# µ")
        == "dV/dt = -V/tau : volt  # leak – slow\n# µ"
    )


def test_a_text_in_a_message_can_be_sent_and_is_short():
    assert visible("a\ud800\n\tb\u202e") == "a\ufffd b\ufffd"
    assert len(visible("x" * 100, 30)) == 30
