"""Labs in a notebook's kernel: run again, a cell leaves no widgets behind; other cells keep theirs."""

import json

import pytest
from jupyter_client.manager import start_new_kernel

from neurolab import Lab
from neurolab.ui.worksheet.worksheet_page import Worksheet

MAKE = "from neurolab import Lab\nLab()"
COUNT = "import ipywidgets, json\nprint(json.dumps(len(ipywidgets.widgets.widget._instances)))"


@pytest.fixture(scope="module")
def client():
    manager, client = start_new_kernel(kernel_name="python3")
    yield client
    client.stop_channels()
    manager.shutdown_kernel(now=True)


def send_cell(client, code, cell):
    """Have code run as a notebook front end does, which names its cell; return the request's name."""
    message = client.session.msg(
        "execute_request",
        {
            "code": code,
            "silent": False,
            "store_history": True,
            "user_expressions": {},
            "allow_stdin": False,
            "stop_on_error": True,
        },
        metadata={"cellId": cell},
    )
    client.shell_channel.send(message)
    return message["header"]["msg_id"]


def answers(client, own):
    """All that comes of a request until it is done."""
    while True:
        answer = client.get_iopub_msg(timeout=60)
        if answer["parent_header"].get("msg_id") != own:
            continue
        assert answer["msg_type"] != "error", "\n".join(answer["content"].get("traceback", []))
        yield answer
        if answer["msg_type"] == "status" and answer["content"]["execution_state"] == "idle":
            return


def run_cell(client, code, cell):
    """Run code, and return what it printed."""
    return "".join(
        answer["content"]["text"]
        for answer in answers(client, send_cell(client, code, cell))
        if answer["msg_type"] == "stream"
    )


MANY = 3000
BURST = f"""
import ipywidgets
text = ipywidgets.Text()
for number in range({MANY}):
    text.value = str(number) * 5000
"""


def count_widgets(client):
    return json.loads(run_cell(client, COUNT, "count").splitlines()[-1])


def test_a_cell_that_is_run_again_leaves_no_widgets_behind(client):
    run_cell(client, MAKE, "first")
    once = count_widgets(client)
    assert once > 100
    for _ in range(3):
        run_cell(client, MAKE, "first")
    assert count_widgets(client) == once


def test_labs_in_two_cells_stand_side_by_side(client):
    run_cell(client, MAKE, "first")
    one = count_widgets(client)
    run_cell(client, MAKE, "second")
    # Layouts and styles are shared by all labs of a kernel.
    assert 2 * one - 10 <= count_widgets(client) <= 2 * one + 2


def test_two_labs_of_one_cell_both_stay(client):
    run_cell(client, MAKE, "third")
    before = count_widgets(client)
    run_cell(client, "pair = [Lab(), Lab()]", "third")
    assert count_widgets(client) > before
    assert (
        run_cell(client, "print([lab.comm is not None for lab in pair])", "look").strip()
        == "[True, True]"
    )


def test_editing_one_lab_leaves_the_other_as_it_is(client):
    code = """
from neurolab import Lab
from neurolab.experiment.edits import set_parameter
a, b = Lab(), Lab()
a._store.edit(("parameter", "tau_a"), lambda experiment: set_parameter(experiment, "tau_a", 3))
print(a.experiment.parameter("tau_a").value, b.experiment.parameter("tau_a").value)
"""
    assert run_cell(client, code, "fourth").split() == ["3.0", "1.0"]


def test_where_widgets_cannot_be_shown_a_page_is_a_short_text():
    lab, sheet = Lab(), Worksheet("connection")
    assert (repr(lab), repr(sheet)) == ("<Lab of inputs, target>", "<Worksheet 'connection'>")
    lab.close()
    sheet.close()


def test_beside_a_lab_no_message_is_dropped_however_many_wait_for_a_page_that_is_busy(client):
    run_cell(client, MAKE, "first")
    own = send_cell(client, BURST, "burst")
    while client.get_shell_msg(timeout=60)["parent_header"]["msg_id"] != own:
        pass  # nothing of it is read before all of it was said
    assert [answer["msg_type"] for answer in answers(client, own)].count("comm_msg") == MANY
