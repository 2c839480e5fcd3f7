"""The former names of `checked`, for modules that do not import from there yet."""

from .checked import (
    check,
    external_values,
    model_of,
    parameter_values,
    state_unit,
    step_count,
)

validate = check

__all__ = [
    "external_values",
    "model_of",
    "parameter_values",
    "state_unit",
    "step_count",
    "validate",
]
