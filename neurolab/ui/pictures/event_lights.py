"""What of the pictures lights up at an event of the run."""


def lit_jump(event):
    """The jump of an event in the traces.

    Returns
    -------
    unit : str
        Of the figure in which it is.
    jump : (time, before, after) or None
        In ms and that unit; `before` is None where nothing jumps but a value is pointed at.
    """
    if event is None or event.after is None:
        return "", None
    return event.unit, (
        event.time,
        event.shown(event.before) if event.is_jump else None,
        event.shown(event.after),
    )


def lit_spike(event, keys, rows, step):
    """The spike of an event in the raster.

    Parameters
    ----------
    event : Event or None
    keys : list of (group, neuron)
        What the rows of the raster stand for.
    rows : list of dict
        Their times, in ms.
    step : float
        Time step of the run, in ms.

    Returns
    -------
    list
        Row and time of the spike; empty for none.
    """
    if event is None or event.kind == "release":
        return []
    key, fired = (
        ((event.sender, event.source), event.fired)
        if event.connection
        else ((event.group, event.neuron), event.time)
    )
    if key not in keys:
        return []
    row = keys.index(key)
    # A spike that was asked for between two steps fires at the second of them.
    near = [time for time in rows[row]["times"] if fired - step < time <= fired + 1e-9 * step]
    return [row, max(near, default=fired)]
