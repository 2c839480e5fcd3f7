"""The lab's page of widgets. No other room imports ipywidgets, bqplot or anywidget, except the notebook's plots."""
