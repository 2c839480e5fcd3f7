"""What a page sets on widgets of its own lab: the lab says what is wrong, and lives on."""

import base64
import math
import time
import zlib

import pytest

from .conftest import still_works

pytestmark = pytest.mark.usefixtures("unharmed")
EDIT = 4  # seconds that the answer to one edit may take on a busy machine
ODD = [
    None,
    True,
    -1,
    1e308,
    math.nan,
    math.inf,
    2**70,
    10**400,
    "",
    "text",
    "9" * 5000,
    [1] * 1000,
    {"a": {}},
    "IPY_MODEL_none",
    "\x00",
    "\ud800",
    "__import__('os').abort()",
]
CONTROLS = [
    {"description": "tau_a (ms)"},
    {"description": "Vt (mV)"},
    {"tooltip": "duration (ms), typed"},
    {"tooltip": "number of neurons in target"},
    {"tooltip": "equations of target"},
    {"tooltip": "spike times of inputs 0, in ms"},
    {"tooltip": "variable that C1 adds to"},
]
LARGE = "x" * 8_000_000  # more than this is too much for one message, which another test tries
BOMB = base64.urlsafe_b64encode(zlib.compress(bytes(30_000_000), 9)).decode().rstrip("=")
HOSTILE = [
    "dVa/dt = -Va/tau_a" + "+1*volt/second" * 5000 + " : volt",
    "(" * 900,
    "dVa/dt = " + "(" * 400 + "Va" + ")" * 400 + "/tau_a : volt",
    "dVa/dt = -Va/tau_a*9**9**9**9 : volt\ndVb/dt = -Vb/tau_b : volt",
    "dVa/dt = -Va/tau_a*(2**50)**50**50 : volt\ndVb/dt = -Vb/tau_b : volt",
    "dVa/dt = exp(exp(exp(exp(Va/volt))))*volt/tau_a : volt\ndVb/dt = -Vb/tau_b : volt",
    "dVa/dt = -Va/tau_a : volt\n" + "\n".join(f"dV{i}/dt = -V{i}/tau_a : volt" for i in range(500)),
    "\n".join(f"a{i} = a{i + 1} + a{i + 1} : volt" for i in range(100))
    + "\na100 = Va : volt\ndVa/dt = a0/tau_a : volt",
    "dVa/dt = (Va" + "*(1+Va/volt)" * 70 + ")/tau_a : volt\ndVb/dt = -Vb/tau_b : volt",
    "dVa/dt = __import__('os').abort() : volt",
    "dVa/dt = Va.__class__ : volt",
    "dVa/dt = [Va for Va in 9] : volt",
    "dVa/dt = 'a'*9999999999 : volt",
    "dVa/dt = -Va/tau_a : " + "volt*" * 3000 + "volt",
    "dVa/dt = 1" + "0" * 900 + "**50*volt/tau_a : volt",
]


def nested(depth):
    """A list in a list in a list."""
    value = []
    for _ in range(depth):
        value = [value]
    return value


def try_in_time(run, page, control, value):
    """Set a value and take it back; the first must not take long."""
    began = time.perf_counter()
    run(page.set(control, value=value))
    assert time.perf_counter() - began < EDIT, str(value)[:200]
    run(page.set(control, value=page.widgets[control]["value"]))


@pytest.mark.parametrize("traits", CONTROLS, ids=lambda traits: next(iter(traits.values())))
def test_values_of_any_kind_leave_the_lab_alive_and_say_no_traceback(run, page, traits):
    control = page.find(**traits)
    trait = "value" if "value" in page.widgets[control] else "index"
    before = page.widgets[control][trait]
    try:
        for value in ODD:
            answers = run(page.set(control, seconds=60, **{trait: value}), 120)
            assert "Traceback" not in str(answers), value
    finally:
        run(page.set(control, seconds=60, **{trait: before}), 120)
    run(still_works(page))


def test_traits_that_no_control_sets_do_not_break_the_lab(run, page):
    slider = page.find(description="tau_a (ms)")
    for name, value in (
        ("min", math.nan),
        ("max", -math.inf),
        ("step", 0),
        ("base", 0),
        ("layout", "IPY_MODEL_none"),
        ("_model_name", "Evil"),
        ("_dom_classes", [1]),
        ("comm", 1),
        ("__class__", "x"),
        ("description", "<script>"),
    ):
        run(page.set(slider, **{name: value}))
    other = page.find(description="tau_b (ms)")
    assert run(page.edit(other, value=0.9)) < EDIT
    run(page.set(slider, min=-1, max=1, step=0.02, base=10, description="tau_a (ms)"))


@pytest.mark.parametrize(
    "traits",
    [
        {"tooltip": "equations of target"},
        {"tooltip": "spike times of inputs 0, in ms"},
        {"tooltip": "duration (ms), typed"},
    ],
    ids=str,
)
def test_a_text_of_megabytes_is_refused_within_seconds(run, page, traits):
    try_in_time(run, page, page.find(**traits), LARGE)
    run(still_works(page))


def test_equations_that_want_all_time_or_memory_get_little_of_it(run, page):
    equations, threshold = (
        page.find(tooltip="equations of target"),
        page.find(tooltip="threshold of target"),
    )
    for text in HOSTILE:
        try_in_time(run, page, equations, text)
        try_in_time(run, page, threshold, text.partition("=")[2].partition(":")[0])
    run(still_works(page))


def test_a_run_without_end_is_refused_or_goes_on_beside_the_page(run, page):
    for traits, value in (
        ({"tooltip": "duration (ms), typed"}, "1e9"),
        ({"tooltip": "dt (ms), typed"}, "1e-9"),
        ({"tooltip": "number of neurons in target"}, 2**31),
        ({"tooltip": "number of neurons in target"}, 10_000),
    ):
        try_in_time(run, page, page.find(**traits), value)
    run(still_works(page))


def test_a_hostile_link_opens_nothing(run, page):
    address = next(key for key, state in page.widgets.items() if "link" in state)
    for link in ("", "x" * 70_000, "eNo" + "A" * 50_000, "é", 7, None, {"a": 1}, BOMB):
        content = {"comm_id": address, "data": {"method": "custom", "content": {"link": link}}}
        began = time.perf_counter()
        run(page.answers(run(page.send("comm_msg", content))))
        assert time.perf_counter() - began < EDIT, str(link)[:20]
    run(still_works(page))


BROKEN = [
    "\ud83dy",
    "\ude42",
    "\x00",
    "\x1b[2J",
    "\u202e",
    "\ufffe",
    "9" * 4000,
    "1e400",
    "\U0001f642",
    "\u0000\ud83d",
]


async def has_all_states(page):
    """Whether the lab still tells the state of all widgets, as each page that opens asks for it."""
    await page.send(
        "comm_open", {"comm_id": "all-states", "target_name": "jupyter.widget.control", "data": {}}
    )
    name = await page.send(
        "comm_msg", {"comm_id": "all-states", "data": {"method": "request_states"}}
    )
    return any(answer.data.get("method") == "update_states" for answer in await page.answers(name))


@pytest.mark.parametrize(
    "traits",
    [*CONTROLS, {"_model_name": "DropdownModel"}, {"_model_name": "AxisModel"}],
    ids=lambda traits: next(iter(traits.values())),
)
def test_text_that_cannot_be_written_leaves_the_lab_able_to_tell_its_state(run, page, traits):
    control = page.find(**traits)
    state = page.widgets[control]
    texts = [
        name
        for name in ("value", "description", "tooltip", "label", "placeholder")
        if name in state
    ]
    for text in BROKEN:
        for name in texts:
            run(page.set(control, **{name: text}))
        run(page.set(control, **{"_dom_classes": [text], "tick_values": {text: text}, text: text}))
    assert run(has_all_states(page))
    run(page.set(control, _dom_classes=[], **{name: state[name] for name in texts}))


@pytest.mark.parametrize(
    "value", [math.nan, math.inf, [math.nan], nested(90), nested(900), 10**4000, -(2**70), 1e308]
)
def test_numbers_and_lists_that_json_does_not_have_leave_the_lab_able_to_tell_its_state(
    run, page, value
):
    axis, slider = page.find(_model_name="AxisModel"), page.find(description="tau_a (ms)")
    for widget, name in (
        (axis, "tick_style"),
        (axis, "label_offset"),
        (axis, "tick_values"),
        (slider, "min"),
        (slider, "_dom_classes"),
        (slider, "layout"),
    ):
        before = page.widgets[widget].get(name)
        for each in (value, {"a": value}):
            run(
                page.answers(
                    run(
                        page.send(
                            "comm_msg",
                            {
                                "comm_id": widget,
                                "data": {
                                    "method": "update",
                                    "state": {name: each},
                                    "buffer_paths": [],
                                },
                            },
                        )
                    ),
                    5,
                )
            )
        run(page.set(widget, **{name: before}))
    assert run(has_all_states(page))


def test_names_of_messages_and_lines_that_cannot_be_written_leave_the_lab_able_to_tell_its_state(
    run, page
):
    async def attack():
        await page.send(
            "comm_open", {"comm_id": "\ud83d", "target_name": "jupyter.widget.control", "data": {}}
        )
        await page.send("comm_msg", {"comm_id": "\ud83d", "data": {"method": "\ud83d"}})
        await page.send("comm_info_request", {"target_name": "\ud83d"})
        await page.send("comm_close", {"comm_id": "\ud83d", "data": {"\ud83d": "\ud83d"}})

    run(attack())
    assert run(has_all_states(page))
