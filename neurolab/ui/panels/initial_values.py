"""The range of the neurons' random initial values."""

from ...errors import NeurolabError
from ...experiment.checked import model_of
from ...experiment.edits import set_spread
from ...experiment.experiment import Experiment, Neurons, Spread
from ...experiment.typed_values import format_ends, parse_ends
from ...units import display_unit
from ..controls import plain_widgets as widgets
from ..controls.fields import TextField
from ..controls.keyed_rows import keep_or_make
from ..store.snapshot import Snapshot
from ..store.store import Store


class Starts:
    """One text, such as ``-60 to -50``, for each variable with random initial values.

    Parameters
    ----------
    store : Store
    group : str
        Name of a group.
    """

    def __init__(self, store: Store, group: str) -> None:
        self._store = store
        self._group = group
        self._fields: dict[tuple[str, str], TextField] = {}
        self.widget = widgets.VBox()

    def show(self, snapshot: Snapshot, group: Neurons) -> None:
        """Follow the group."""
        spreads = {name: values for name, values in group.initial if isinstance(values, Spread)}
        if not (spreads or self._fields):
            return
        dimensions = model_of(snapshot.experiment, group).dimensions
        units = {name: display_unit(dimensions[name]) for name in spreads}
        self._fields = keep_or_make(
            self.widget, self._fields, units.items(), lambda key: self._field(*key)
        )
        for (name, unit_name), field in self._fields.items():
            key = ("starts", self._group, name)
            ends = (spreads[name].low, spreads[name].high)
            typed = snapshot.typing and _reads_as(field.text.value, unit_name, ends)
            field.show(field.text.value if typed else format_ends(*ends), snapshot.wrong(key))

    def _field(self, name: str, unit_name: str) -> TextField:
        group = self._group

        def typed(text: str) -> None:
            def change(experiment: Experiment) -> Experiment:
                low, high = parse_ends(text, unit_name)
                return set_spread(experiment, group, name, low=low, high=high)

            self._store.edit(("starts", group, name), change, typing=True)

        return TextField(
            f"{name} starts ({unit_name})",
            typed,
            name=f"between which values {name} of {group} starts, in {unit_name}",
            hint="-60 to -50",
        )


def _reads_as(text: str, unit_name: str, ends: tuple[float, float]) -> bool:
    try:
        return parse_ends(text, unit_name) == ends
    except NeurolabError:
        return False
