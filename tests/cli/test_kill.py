# SPDX-FileCopyrightText: 2026 The cogmill authors
# SPDX-License-Identifier: Apache-2.0
"""kill -9 at any moment: under the final name there is nothing, or the old file, or the whole new one."""
import os
import random
import signal
import subprocess
import time

import numpy as np
import pytest
import scenes
from checks import gdal_validate, sha256
from conftest import Cogmill, command, environment, kill_tree, processes_below

JOB = ["convert", "in.tif", "out.tif", "--overwrite", "--co", "BLOCKSIZE=128", "--threads", "1"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("kill")
    noise = np.random.default_rng(3).integers(0, 60000, (3, 4000, 1500), np.uint16)
    scenes.write(folder / "in.tif", noise, co=scenes.TILED)
    return folder


@pytest.fixture(scope="module")
def whole(folder):
    """(checksum, seconds) of a run that nobody disturbs."""
    run = Cogmill(folder)(*JOB)
    return sha256(folder / "out.tif"), run.seconds


def ranks_of(pid):
    return sorted(child for child, name in processes_below(pid) if name == "cogmill")


def start_and_kill(folder, ranks, moment, seed):
    """Starts the job and kills the process, or one of the ranks, after `moment` seconds."""
    process = subprocess.Popen(command(JOB, ranks), cwd=folder, env=environment(),
                               stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL)
    try:
        time.sleep(moment)
        targets = [process.pid] if ranks is None else ranks_of(process.pid)
        if targets:
            try:
                os.kill(targets[seed % len(targets)], signal.SIGKILL)
            except ProcessLookupError:
                pass
        return process.wait(timeout=30)
    finally:
        kill_tree(process.pid)
        process.wait()


def old_file(folder, there):
    for path in folder.glob("out.tif*"):
        if path.is_file():
            path.unlink()
    if there:
        (folder / "out.tif").write_text("the old file")


@pytest.mark.parametrize("ranks", [None, 2])
@pytest.mark.parametrize("there", [False, True], ids=["new", "overwrite"])
def test_killed_at_random(folder, whole, ranks, there):
    checksum, seconds = whole
    moments, killed = random.Random(f"{ranks}{there}"), 0
    for attempt in range(8):
        old_file(folder, there)
        code = start_and_kill(folder, ranks, moments.uniform(0.02, seconds * 1.1), attempt)
        killed += code != 0
        final = folder / "out.tif"
        if code == 0:
            assert sha256(final) == checksum
        elif final.exists():
            assert sha256(final) == checksum or (there and final.read_text() == "the old file")
        else:
            assert not there, "the old file is gone and the new one is not there"
    assert killed >= 3, "hardly any run was killed: this test tests nothing"
    # What the killed ones left behind is in nobody's way, and is gone afterwards.
    Cogmill(folder)(*JOB, np=ranks)
    assert sha256(folder / "out.tif") == checksum
    gdal_validate(folder / "out.tif")
    assert sorted(p.name for p in folder.iterdir()) == ["in.tif", "out.tif"]


@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT"])
def test_asked_to_stop(folder, whole, name):
    old_file(folder, there=False)
    process = subprocess.Popen(command(JOB), cwd=folder, env=environment(), stdin=subprocess.DEVNULL,
                               stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    time.sleep(whole[1] / 2)
    process.send_signal(getattr(signal, name))
    process.communicate(timeout=30)
    assert process.returncode != 0
    assert not (folder / "out.tif").exists()
