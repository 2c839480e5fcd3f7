"""What programs of Brian 1 say about how to compute and what to print. No number depends on it here."""

import difflib

from ..errors import ArgumentError

_KNOWN = frozenset(
    "brianhears_usegpu defaultclock gcc_options magic_useframes openmp usecodegen usecodegenreset "
    "usecodegenstateupdate usecodegenthreshold usecodegenweave usecstdp usenewpropagate useweave "
    "useweave_linear_diffeq weavecompiler".split()
)


def set_global_preferences(**preferences: object) -> None:
    """Take Brian 1's preferences: they choose compilers and buffers, and there is nothing to choose here.

    Raises
    ------
    ArgumentError
        Brian 1 has no such preference, or it is `defaultclock`, which programs set directly.
    """
    for name in preferences:
        if name == "defaultclock":
            raise ArgumentError(
                "the default clock is not a preference here",
                where="set_global_preferences",
                mend="Set its step: defaultclock.dt = 0.1*ms, or give groups a clock: clock=Clock(dt=…).",
            )
        if name not in _KNOWN:
            similar = difflib.get_close_matches(name, _KNOWN, n=1)
            raise ArgumentError(
                f"there is no preference '{name}'",
                where="set_global_preferences",
                mend=f"Did you mean {similar[0]}?" if similar else "",
            )


def log_level_debug() -> None:
    """Nothing is logged, so that every level is the same."""


log_level_info = log_level_warn = log_level_error = log_level_debug
