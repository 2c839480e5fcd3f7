"""The lab as a page of widgets.

No other package imports ipywidgets, bqplot or anywidget, except the plots of notebooks.
"""
