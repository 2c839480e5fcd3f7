"""A server with other times than a person meets: of the lab, or of a page whose buttons take all time or all memory.

Arguments: port, ``lab``, ``stuck`` or ``unstartable``, and options as JSON.
"""

import json
import sys

from neurolab.serving.app import serve
from neurolab.serving.page.served_notebook import LAB
from neurolab.serving.web.ports import listening_sockets
from neurolab.serving.web.server_options import Options

STUCK = """
import mmap
import sys
import time
import traceback
import ipywidgets as widgets

answer = widgets.Text(description="answer")

def busy(_):
    while True:
        pass

def deaf(_):
    while True:
        try:
            time.sleep(9)
        except KeyboardInterrupt:
            pass

def hoard(_):
    answer.value = "too much"
    mmap.mmap(-1, 3 * 2**30)
    answer.value = "got it"

filled = []

def fill(size):
    filled.append(bytearray(size * 2**20))
    answer.value = f"{size} MiB"

def talk(_):
    for place in range(12):
        answer.value = f"{place}" + "x" * 2**20

def fail(_):
    try:
        float("typed by a pupil")
    except ValueError:
        traceback.print_exc(file=sys.__stderr__)

def count(change):
    answer.value = str(change["new"] + 1)

number = widgets.IntText(description="number")
number.observe(count, "value")
actions = {"busy": busy, "deaf": deaf, "hoard": hoard, "fail": fail, "talk": talk,
           "fill little": lambda _: fill(150), "fill much": lambda _: fill(250)}
buttons = [widgets.Button(description=name) for name in actions]
for button, action in zip(buttons, actions.values()):
    button.on_click(action)
widgets.VBox([number, answer, *buttons])
"""

PAGES = {"lab": LAB, "stuck": STUCK, "unstartable": "import os; os._exit(1)"}

serve(
    listening_sockets("127.0.0.1", int(sys.argv[1])),
    "127.0.0.1",
    PAGES[sys.argv[2]],
    False,
    Options(in_class=True, **json.loads(sys.argv[3])),
)
