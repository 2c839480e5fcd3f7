"""Panel: the duration and the time step of the run."""

from collections.abc import Callable

from ...experiment.edits import set_run
from ...experiment.simulate import needs_chance
from ..controls import plain_widgets as widgets
from ..controls.fields import NumberField, WholeField, panel
from ..store.snapshot import Snapshot
from ..store.store import Store


class RunPanel:
    """Duration and time step; also the seed, if the network is random.

    Parameters
    ----------
    store : Store
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._fields = {
            "duration": NumberField(
                "duration", "ms", self._changed("duration"), logarithmic=True, low=1.0, high=1000.0
            ),
            "dt": NumberField(
                "dt", "ms", self._changed("dt"), logarithmic=True, low=0.01, high=1.0
            ),
        }
        self._seed = WholeField(
            "seed",
            self._drawn,
            name="seed of what is random: another number, another draw",
            what="seed",
        )
        fields = [*(field.widget for field in self._fields.values()), self._seed.widget]
        self.widget = panel("Run", [widgets.VBox(fields)], "nl-run")

    def _drawn(self, seed: Callable[[], int]) -> None:
        self._store.edit(("run", "seed"), lambda experiment: set_run(experiment, seed=seed()))

    def _changed(self, name: str) -> Callable[[Callable[[], float], bool], None]:
        def changed(number: Callable[[], float], typing: bool) -> None:
            self._store.edit(
                ("run", name), lambda experiment: set_run(experiment, **{name: number()}), typing
            )

        return changed

    def show(self, snapshot: Snapshot) -> None:
        """Follow the experiment."""
        for name, field in self._fields.items():
            key = ("run", name)
            field.show(
                getattr(snapshot.experiment, name),
                snapshot.wrong(key),
                typing=snapshot.typing,
                notice=snapshot.notice(key),
            )
        self._seed.show(str(snapshot.experiment.seed), snapshot.wrong(("run", "seed")))
        widgets.show_if(self._seed.widget, needs_chance(snapshot.experiment))
