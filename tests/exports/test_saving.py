"""Files that are written whole or not at all, on disks that are really full: a device that is, and a limit to a file's size."""

import os
import subprocess
import sys

import pytest

from neurolab.errors import NeurolabError
from neurolab.exports.saving import save

resource = pytest.importorskip("resource")


def typed(*words, most=None, **options):
    def limit():
        if most is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

    return subprocess.run(
        [sys.executable, "-m", "neurolab", *map(str, words)],
        stderr=subprocess.PIPE,
        text=True,
        timeout=60,
        preexec_fn=limit,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        **options,
    )


@pytest.mark.parametrize(
    "words",
    [
        ("run", "tutorial", "--csv"),
        ("export", "tutorial", "--to", "json", "-o"),
        ("worksheet", "connection", "--html"),
    ],
)
def test_a_file_that_does_not_fit_on_the_disk_is_said_in_a_line_and_the_old_one_stays(
    tmp_path, words
):
    (tmp_path / "out").write_text("old")
    done = typed(*words, tmp_path / "out", most=500)
    assert done.returncode == 1
    [line] = done.stderr.splitlines()
    assert f"'{tmp_path / 'out'}' cannot be written" in line
    assert os.listdir(tmp_path) == ["out"]
    assert (tmp_path / "out").read_text() == "old"


def test_an_assignment_that_does_not_fit_leaves_no_half_of_a_notebook(tmp_path):
    done = typed("worksheet", "connection", "--nbgrader", tmp_path, most=500)
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no device that is always full")
def test_a_full_device_is_said_in_a_line_and_stays_what_it_is():
    done = typed("export", "tutorial", "--to", "json", "-o", "/dev/full")
    assert done.returncode == 1
    assert "'/dev/full' cannot be written: No space left on device" in done.stderr
    assert os.path.exists("/dev/full")
    with open("/dev/full", "w") as full:
        done = typed("export", "tutorial", "--to", "json", stdout=full)
    assert done.returncode != 0
    assert "No space left on device" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_file_keeps_its_permissions_and_a_link_to_it_its_place(tmp_path):
    (tmp_path / "file").write_text("old")
    (tmp_path / "file").chmod(0o640)
    (tmp_path / "link").symlink_to(tmp_path / "file")
    save(tmp_path / "link", "new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "file").read_text() == "new"
    assert (tmp_path / "file").stat().st_mode & 0o777 == 0o640


def test_a_folder_that_is_not_there_is_said(tmp_path):
    with pytest.raises(NeurolabError, match="No such file or directory"):
        save(tmp_path / "none" / "file", "text")
