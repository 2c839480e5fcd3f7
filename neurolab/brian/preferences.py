"""Settings of Brian 1 programs about how to compute and what to print; they change no result."""

import difflib

from ..errors import ArgumentError

_KNOWN = frozenset(
    "brianhears_usegpu defaultclock gcc_options magic_useframes openmp usecodegen usecodegenreset "
    "usecodegenstateupdate usecodegenthreshold usecodegenweave usecstdp usenewpropagate useweave "
    "useweave_linear_diffeq weavecompiler".split()
)


def set_global_preferences(**preferences: object) -> None:
    """Accept Brian 1's preferences, which choose compilers and buffers and have no effect here.

    Raises
    ------
    ArgumentError
        Brian 1 has no such preference, or it is `defaultclock`, which programs set directly.
    """
    for name in preferences:
        if name == "defaultclock":
            raise ArgumentError(
                "The default clock is not a preference here.",
                where="set_global_preferences",
                mend="Set its step: defaultclock.dt = 0.1*ms, or give groups a clock: "
                "clock=Clock(dt=…).",
            )
        if name not in _KNOWN:
            similar = difflib.get_close_matches(name, _KNOWN, n=1)
            raise ArgumentError(
                f"There is no preference '{name}'.",
                where="set_global_preferences",
                mend=f"Did you mean {similar[0]}?" if similar else "",
            )


def log_level_debug() -> None:
    """Do nothing, as nothing is logged."""


log_level_info = log_level_warn = log_level_error = log_level_debug
