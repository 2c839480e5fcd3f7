"""What the original's programs say about how to compute and what to print: accepted, and of no effect on any number."""


def set_global_preferences(**preferences):
    """Nothing depends on compilers or on the sizes of buffers here."""


def log_level_debug():
    """Nothing is logged."""


log_level_info = log_level_warn = log_level_error = log_level_debug
