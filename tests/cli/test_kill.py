# SPDX-FileCopyrightText: 2026 The cogmill authors
# SPDX-License-Identifier: Apache-2.0
"""kill -9 at any moment: under the final name there is nothing, or the old file, or the whole new one."""
import functools
import os
import random
import re
import signal
import subprocess
import time

import numpy as np
import pytest
import scenes
from checks import gdal_validate, sha256
from conftest import MPIRUN, Cogmill, command, environment, kill_tree, least_memory, processes_below

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


def start_and_signal(folder, words, ranks, name, how=None):
    """Starts a job and sends a signal as soon as the job has begun to make its output.
    @param how called with the process before that   @return (exit code, stderr)"""
    output = next(word for word in words if word.startswith("out."))
    process = subprocess.Popen(command(words, ranks), cwd=folder, env=environment(), text=True,
                               stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                               stderr=subprocess.PIPE)
    try:
        while not (folder / (output + ".partial")).exists():
            assert process.poll() is None, "over before it could be interrupted"
            time.sleep(0.002)
        if how:
            how(process)
        process.send_signal(getattr(signal, name))
        _, stderr = process.communicate(timeout=30)
        return process.returncode, stderr
    finally:
        kill_tree(process.pid)
        process.wait()


@functools.lru_cache
def mpirun_swallows_last_words():
    """That of Open MPI 5 passes on nothing that its ranks say once it has been told to end."""
    said = subprocess.run([MPIRUN, "--version"], env=environment(), capture_output=True, text=True, check=True).stdout
    return re.search(r"\(Open MPI\) [5-9]", said) is not None  # mpiexec of 4 calls itself OpenRTE


def check_last_words(stderr, words, ranks):
    """The one error, or nothing where the launcher that was signalled lets nothing through."""
    swallowed = ranks is not None and mpirun_swallows_last_words()
    assert errors_in(stderr) == [words] or (swallowed and errors_in(stderr) == []), stderr


def errors_in(stderr):
    return [line for line in stderr.replace("\0", "").splitlines() if line.startswith("cogmill:")]


@pytest.fixture
def slow(tmp_path):
    """A folder with a scene that keeps a rank busy for seconds."""
    noise = np.random.default_rng(3).integers(0, 60000, (2, 6000, 2000), np.uint16)
    scenes.write(tmp_path / "in.tif", noise, co=scenes.TILED)
    return tmp_path


SLOW = ["--co", "BLOCKSIZE=128", "--co", "COMPRESS=ZSTD", "--co", "LEVEL=22", "--threads", "1",
        "--progress", "none"]


@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT"])
@pytest.mark.parametrize("ranks", [None, 1, 3])
@pytest.mark.parametrize("output", ["out.tif", "out.vrt"])
def test_asked_to_stop(slow, name, ranks, output):
    """By a person, or by Slurm before its time is up. mpirun turns every signal into SIGTERM."""
    code, stderr = start_and_signal(slow, ["convert", "in.tif", output, *SLOW], ranks, name)
    received = name if ranks is None else "SIGTERM"
    check_last_words(stderr, f"cogmill: error: interrupted by {received}; nothing was written to {output}", ranks)
    assert sorted(p.name for p in slow.iterdir()) == ["in.tif"]
    # Alone it ends as a shell expects of an interrupted program, so that a loop over files stops.
    assert code == -getattr(signal, name) if ranks is None else code not in (0, None), stderr


def test_asked_to_stop_keeps_the_old_file(slow):
    (slow / "out.tif").write_text("the old file")
    (slow / "out.tif.msk").write_text("its mask")
    start_and_signal(slow, ["convert", "in.tif", "out.tif", "--overwrite", *SLOW], None, "SIGTERM")
    assert (slow / "out.tif").read_text() == "the old file"
    assert (slow / "out.tif.msk").read_text() == "its mask"
    assert not (slow / "out.tif.partial").exists()


def test_asked_to_stop_with_spilled_tiles(slow):
    """Tiles on another disk are removed, too."""
    (slow / "scratch").mkdir()

    def wait_for_a_spill(process):
        while not any(p.stat().st_size for p in slow.glob("scratch/*/*")):
            assert process.poll() is None, "nothing was spilled: this test tests nothing"
            time.sleep(0.01)
    job = ["convert", "in.tif", *SLOW]
    words = [*job, "out.tif", "--scratch", "scratch", "--memory", least_memory(Cogmill(slow), job, 2)]
    code, stderr = start_and_signal(slow, words, 2, "SIGTERM", wait_for_a_spill)
    assert code != 0, stderr
    check_last_words(stderr, "cogmill: error: interrupted by SIGTERM; nothing was written to out.tif", 2)
    assert sorted(p.name for p in slow.rglob("*")) == ["in.tif", "scratch"]


def test_one_rank_asked_to_stop(slow):
    """The others end with it, and root has the word."""
    def stop_rank_1(process):
        time.sleep(0.5)
        os.kill(ranks_of(process.pid)[1], signal.SIGTERM)
        process.send_signal = lambda _: None
    code, stderr = start_and_signal(slow, ["convert", "in.tif", "out.tif", *SLOW], 2, "SIGTERM",
                                       stop_rank_1)
    assert code == 1, stderr
    assert errors_in(stderr) == [
        "cogmill: error: interrupted by SIGTERM; nothing was written to out.tif"], stderr
    assert sorted(p.name for p in slow.iterdir()) == ["in.tif"]
