"""Record what Brian 2 gives for a fixed sample of exported programs: ``make record``.

``brian2_record.npz`` holds for each sample the experiment, the program, and every `STRIDE`-th value that Brian 2
recorded. `test_generated.py` compares the lab with it.
"""

import json
import os
import subprocess
import tempfile
from pathlib import Path

import numpy as np

from neurolab.exports.brian2 import to_brian2
from tests.exports import edges, generated

ROOT = Path(__file__).resolve().parents[2]
RECORD = Path(__file__).with_name("brian2_record.npz")
PEERS = ROOT / ".venv-peers" / "bin" / "python"
PROGRAM = ROOT / "tests" / "benchmarks" / "peers" / "brian2_scripts.py"
DRAWN = 30
STRIDE = 4


def sample():
    """The experiments of the record, by name."""
    edge = {
        name: experiment
        for name, experiment in edges.EXACT.items()
        if not name.startswith(("variables", "parameters", "units"))
    }
    return {
        **edge,
        **{f"drawn {seed}": experiment for seed, experiment, _ in generated.experiments(DRAWN)},
    }


def run_by_brian2(programs):
    """What Brian 2 records for programs: name → traces, or a text that says why it refuses the program."""
    # Brian 2 needs another numpy: what our environment adds to the path is not for it.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    with tempfile.TemporaryDirectory() as folder:
        given, found = Path(folder, "programs.json"), Path(folder, "found.npz")
        given.write_text(json.dumps(programs))
        subprocess.run(
            [str(PEERS), str(PROGRAM), str(given), str(found)],
            check=True,
            cwd=folder,
            env=environment,
        )
        with np.load(found) as stored:
            stored = dict(stored)
    answers = {}
    for name in programs:
        if f"{name}/error" in stored:
            answers[name] = str(stored[f"{name}/error"])
        else:
            count = sum(key.rpartition("/")[0] == name for key in stored)
            answers[name] = [stored[f"{name}/{number}"] for number in range(count)]
    return answers


def record():
    """Run the sample by Brian 2 and write the record anew."""
    experiments = sample()
    programs = {name: to_brian2(experiment) for name, experiment in experiments.items()}
    answers = run_by_brian2(programs)
    refused = {name: answer for name, answer in answers.items() if isinstance(answer, str)}
    if refused:
        raise SystemExit("\n".join(f"{name}: {reason}" for name, reason in refused.items()))
    values = {
        f"{name}/{number}": trace[:, ::STRIDE]
        for name, answer in answers.items()
        for number, trace in enumerate(answer)
    }
    texts = json.dumps(
        {name: (experiments[name].to_dict(), programs[name]) for name in experiments}
    )
    np.savez_compressed(RECORD, texts=np.frombuffer(texts.encode(), dtype=np.uint8), **values)
    print(f"{len(experiments)} programs recorded in {RECORD.relative_to(ROOT)}")


def recorded():
    """The record: name → (experiment as a dictionary, program, traces at every `STRIDE`-th step)."""
    with np.load(RECORD) as stored:
        stored = dict(stored)
    texts = json.loads(stored.pop("texts").tobytes())
    found = {}
    for name, (plain, program) in texts.items():
        count = sum(key.rpartition("/")[0] == name for key in stored)
        found[name] = plain, program, [stored[f"{name}/{number}"] for number in range(count)]
    return found


if __name__ == "__main__":
    record()
