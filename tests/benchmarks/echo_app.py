"""``neurolab app`` with a bare slider → label echo below the lab, as the yardstick of its latency."""

from neurolab.cli import main
from neurolab.serving.page import served_notebook

served_notebook.LAB = """
import ipywidgets
from neurolab import Lab

slider, label = ipywidgets.FloatSlider(max=1000), ipywidgets.Label("0")
slider.add_class("echo-slider")
label.add_class("echo-label")
slider.observe(lambda change: setattr(label, "value", str(change["new"])), "value")
ipywidgets.VBox([Lab(), slider, label])
"""

if __name__ == "__main__":
    main()
