"""``python -m neurolab`` is the command ``neurolab``."""

from .cli import main

if __name__ == "__main__":
    main(prog_name="neurolab")
