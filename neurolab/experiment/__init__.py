"""An experiment as a value: describe it, read what is typed, edit it, check it, simulate it."""
