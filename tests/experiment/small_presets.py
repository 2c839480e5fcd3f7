"""The presets whose neurons one can tell apart."""

from neurolab.experiment.presets import PRESETS

SMALL = {
    key: preset.experiment
    for key, preset in PRESETS.items()
    if sum(group.size for group in preset.experiment.groups) < 10
}
