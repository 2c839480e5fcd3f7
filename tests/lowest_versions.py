"""Print the simulator's packages in the lowest versions that pyproject.toml allows, for pip to install."""

import tomllib
from pathlib import Path

PYPROJECT = Path(__file__).resolve().parents[1] / "pyproject.toml"
SIMULATOR = ("numpy", "scipy", "sympy", "mpmath", "pint", "tqdm", "matplotlib")


def lowest_versions() -> list[str]:
    """Return requirements such as ``numpy==2.0``."""
    project = tomllib.loads(PYPROJECT.read_text())["project"]
    lines = [*project["dependencies"], *project["optional-dependencies"]["plot"]]
    bounds = dict(line.split(">=") for line in lines)
    return [f"{name}=={bounds[name]}" for name in SIMULATOR]


if __name__ == "__main__":
    print("\n".join(lowest_versions()))
