"""A page whose buttons take all time or all memory: what a fault in the lab would do. Arguments: port, seconds."""

import sys

from neurolab.serving.app import serve
from neurolab.serving.options import Options
from neurolab.serving.ports import listening_sockets

PAGE = """
import time
import ipywidgets as widgets

answer = widgets.Text(description="answer")
kept = []

def busy(_):
    while True:
        pass

def hoard(_):
    kept.append(bytearray(3 * 2**30))

def count(change):
    answer.value = str(change["new"] + 1)

number = widgets.IntText(description="number")
number.observe(count, "value")
buttons = [widgets.Button(description="busy"), widgets.Button(description="hoard")]
for button, action in zip(buttons, (busy, hoard)):
    button.on_click(action)
widgets.VBox([number, answer, *buttons])
"""

serve(listening_sockets("127.0.0.1", int(sys.argv[1])), "127.0.0.1", PAGE, False,
      Options(edit_seconds=float(sys.argv[2]), in_class=True))
