"""From the three texts of a model to a checked `Model`, once per text."""

from dataclasses import replace
from functools import lru_cache

from ..errors import NeurolabError, ParseError, UndefinedNameError
from .equations import Assignment, parse_equations, parse_reset
from .expressions import Expression, parse_expression
from .model import Model
from .program_functions import Functions


def compile_model(
    equations: str, threshold: str = "", reset: str = "", functions: Functions = ()
) -> Model:
    """Parse the three texts of a model.

    Parameters
    ----------
    equations, threshold, reset : str
        ``''`` for no threshold (the neuron never fires) or no reset.
    functions : tuple of ProgramFunction
        Functions of the program that the texts may call.

    Returns
    -------
    Model

    Raises
    ------
    ParseError, UnknownNameError, LimitError

    Examples
    --------
    >>> model = compile_model("dV/dt = (El - V)/tau : volt", "V > Vt", "V = Vr")
    >>> model.states, sorted(model.external)
    (('V',), ['El', 'Vr', 'Vt', 'tau'])
    """
    if functions:
        return _compiled(equations, threshold, reset, functions)
    return _compiled_once(equations, threshold, reset)


@lru_cache(maxsize=256)
def _compiled_once(equations: str, threshold: str, reset: str) -> Model:
    return _compiled(equations, threshold, reset, ())


def _compiled(equations: str, threshold: str, reset: str, functions: Functions) -> Model:
    lines = parse_equations(equations, functions)
    assignments = _parsed_reset(reset, functions)
    moves = any(equation.kind == "differential" for equation in lines)
    driven = {assignment.variable for assignment in assignments}
    # A parameter that a reset changes is a state with derivative 0. So are all parameters of a
    # model without differential equations.
    lines = tuple(
        replace(equation, kind="differential", expression=parse_expression("0"))
        if equation.kind == "parameter" and (equation.name in driven or not moves)
        else equation
        for equation in lines
    )
    if not any(equation.kind == "differential" for equation in lines):
        raise ParseError(
            "There is no differential equation.",
            where="equations",
            mend="Write at least one line such as dV/dt = -V/tau : volt.",
        )
    model = Model(lines, _parsed_threshold(threshold, functions), assignments)
    _check_reset(model)
    if model.threshold:
        _refuse_noise(model, model.threshold, "threshold")
    return model


def _check_reset(model: Model) -> None:
    """Raise if a reset sets anything but state variables, or contains noise."""
    for assignment in model.reset:
        if assignment.variable not in model.states:
            raise UndefinedNameError(
                f"'{assignment.variable}' is not a state variable.",
                where="reset",
                mend=f"The state variables are {', '.join(model.states)}.",
            )
        _refuse_noise(model, assignment.expression, "reset")


def _refuse_noise(model: Model, expression: Expression, where: str) -> None:
    if "xi" in expression.names or any(map(model.is_noisy, expression.names)):
        raise ParseError(
            f"xi is noise and has no value at one moment ('{expression.text}' needs it).",
            where=where,
        )


def _parsed_threshold(text: str, functions: Functions) -> Expression | None:
    if not text.strip():
        return None
    try:
        expression = parse_expression(text, functions)
    except NeurolabError as error:
        error.located("threshold")
        raise
    if not expression.is_condition:
        raise ParseError(
            f"'{expression.text}' is a number, not a condition.",
            where="threshold",
            mend="Write a comparison such as V > Vt.",
        )
    return expression


def _parsed_reset(text: str, functions: Functions) -> tuple[Assignment, ...]:
    try:
        return parse_reset(text, functions)
    except NeurolabError as error:
        error.located("reset")
        raise
