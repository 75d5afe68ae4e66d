# SPDX-FileCopyrightText: 2026 The cogmill authors
# SPDX-License-Identifier: Apache-2.0
"""How ranks and devices find each other, and what is told of it, with devices that are none: the program is linked
with a runtime that answers for COGMILL_FAKE_GPUS of them (tests/fake_gpu)."""
import filecmp
import os

import conftest
import numpy as np
import pytest
import scenes
import yaml
from osgeo import gdal

JOB = ["calc", "-i", "in.tif", "--calc", "exp(b1 / 300)", "--calc", "b1 * 2", "--co", "BLOCKSIZE=128"]


@pytest.fixture
def fake(cogmill, tmp_path, monkeypatch):
    binary = os.environ.get("COGMILL_FAKE_BIN")
    if not binary:
        pytest.skip("built without CUDA: there is no program with a fake GPU")
    monkeypatch.setattr(conftest, "BINARY", binary)
    scenes.write(tmp_path / "in.tif", scenes.ramp(1, 2300, 900))
    return cogmill


def record(fake, *options, gpus=1, np=None, **how):
    fake(*JOB, "out.tif", "--overwrite", "--backend", "cuda", "--record", "run.yaml", *options, np=np,
         env={"COGMILL_FAKE_GPUS": str(gpus)}, **how)
    return yaml.safe_load((fake.folder / "run.yaml").read_text())


def test_record_of_a_device(fake):
    run = record(fake)
    assert run["run"]["backend"] == "cuda" and len(run["gpus"]) == 1
    gpu = run["gpus"][0]
    assert gpu["model"] == "Fake GPU" and gpu["rank"] == 0 and gpu["chunks"] >= 1 and gpu["host_chunks"] == 0
    assert 0 < gpu["peak_bytes"] <= gpu["limit_bytes"] <= gpu["memory_bytes"]
    assert 0 <= gpu["busy_share"] <= 1 and gpu["compute_seconds"] > 0
    assert gpu["to_device_bytes"] >= 2300 * 900 * 2 and gpu["from_device_bytes"] >= 2300 * 900 * 2


@pytest.mark.parametrize("gpus,ranks,taken", [(1, 1, [1]), (1, 3, [1, 1, 1]), (2, 2, [1, 2]), (2, 3, [1, 2, 1]),
                                              (4, 3, [1, 2, 3])])
def test_ranks_take_devices_in_turn(fake, gpus, ranks, taken):
    run = record(fake, gpus=gpus, np=ranks)
    assert [int(gpu["uuid"][-2:], 16) for gpu in run["gpus"]] == taken
    shared = [note for note in run["notes"] if "ranks share Fake GPU" in note]
    assert bool(shared) == (len(set(taken)) < len(taken))
    whole = run["gpus"][0]["memory_bytes"] // taken.count(taken[0])
    assert run["gpus"][0]["limit_bytes"] <= whole


def test_no_device_is_said(fake):
    fake.fails(*JOB, "out.tif", "--backend", "cuda", code=1, env={"COGMILL_FAKE_GPUS": "0"},
               words=["--backend cuda", "no GPU|shows no GPU"])


def test_an_old_device_is_refused(fake):
    fake.fails(*JOB, "out.tif", "--backend", "cuda", code=1, env={"COGMILL_FAKE_CAPABILITY": "61"},
               words=["Fake GPU has compute capability 6.1", "7.5"])


@pytest.mark.parametrize("memory,words", [("8MB", ["memory is short", "not even one chunk"]), ("1GB", [])])
def test_short_memory_changes_no_byte(fake, memory, words):
    fake(*JOB, "cpu.tif", "--backend", "cpu")
    run = fake(*JOB, "out.tif", "--backend", "cuda", "--gpu-memory", memory, warns=bool(words))
    for text in words:
        assert text in run.stderr, str(run)
    assert filecmp.cmp(fake.folder / "cpu.tif", fake.folder / "out.tif", shallow=False)


def test_rows_that_are_made_again_count_once(fake):
    """Short of memory a level is made a few rows at a time, and fewer: the note on moved pixels stays the same."""
    scene = np.random.default_rng(1).integers(0, 256, (1, 700, 900), np.uint8)  # of which many come out as 110
    scenes.write(fake.folder / "bytes.tif", scene, nodata=110)
    notes = []
    for memory in ("1GB", "2MB"):
        run = fake("calc", "-i", "A=bytes.tif", "--calc", "A[1] / 2", "--ot", "Float64", "out.tif", "--overwrite", "--dst-crs",
                   "EPSG:3857", "-r", "lanczos", "--backend", "cuda", "--gpu-memory", memory, "--record", "run.yaml", warns=True)
        assert ("a few rows at a time" in run.stderr) == (memory == "2MB"), str(run)
        record = yaml.safe_load((fake.folder / "run.yaml").read_text())
        notes.append([note for note in record["notes"] if "came out equal to nodata" in note])
    assert notes[0] == notes[1] and len(notes[0]) == 1


@pytest.mark.parametrize("words", [["convert", "bytes.tif"], ["calc", "-i", "bytes.tif", "--calc", "b1", "--ot", "Byte"]],
                         ids=["convert", "calc"])
def test_chunks_that_are_made_again_count_once(fake, words):
    """Memory may be short before and behind the stage that moves pixels."""
    scene = np.random.default_rng(1).integers(0, 256, (1, 1300, 2900), np.uint8)
    scenes.write(fake.folder / "bytes.tif", scene, nodata=3)
    short, said = 0, set()
    for memory in ("1GB", "24MB", "20MB", "16MB", "14MB", "12MB", "10MB", "8MB", "6MB"):
        run = fake(*words, "out.tif", "--overwrite", "--dst-nodata", "110", "--co", "BLOCKSIZE=128", "--backend", "cuda",
                   "--gpu-memory", memory, warns=True)
        short += "memory is short" in run.stderr
        said |= {line for line in run.warnings if "valid pixels came out equal to nodata (110)" in line}
    assert short > 0 and len(said) == 1, str(said)


def test_small_jobs_stay_on_the_cores(fake):
    fake(*JOB, "out.tif", "--record", "run.yaml")
    run = yaml.safe_load((fake.folder / "run.yaml").read_text())
    assert run["run"]["backend"] == "cpu" and any("too small" in note for note in run["notes"])


def test_dry_run_names_the_device(fake):
    assert "Fake GPU" in fake(*JOB, "out.tif", "--dry-run", "--backend", "cuda").stdout


def test_pieces_of_a_vrt(fake):
    fake(*JOB, "out.vrt", "--backend", "cuda", np=3)
    fake(*JOB, "cpu.vrt", "--backend", "cpu", np=3)
    pieces = sorted(path.name for path in fake.folder.glob("out*.tif"))
    assert len(pieces) > 1
    for name in pieces:
        twin = fake.folder / name.replace("out", "cpu")
        assert filecmp.cmp(fake.folder / name, twin, shallow=False), name


@pytest.mark.parametrize("np_", [1, 2])
def test_an_empty_output_is_told(fake, np_):
    scenes.write(fake.folder / "nothing.tif", np.full((1, 900, 700), 3, np.uint16), nodata=3)
    for expression, empty in (("A[1] * 2", True), ("A[1] * 0", True), ("isnodata(A[1])", False)):
        run = fake("calc", "-i", "A=nothing.tif", "--calc", expression, "out.tif", "--overwrite", "--backend", "cuda",
                   "--record", "run.yaml", "--co", "BLOCKSIZE=128", np=np_, warns=empty)
        assert ("not one pixel of out.tif is valid" in run.stderr) == empty, str(run)
        assert yaml.safe_load((fake.folder / "run.yaml").read_text())["outputs"]["empty"] == empty


def write_colours(path):
    table = gdal.ColorTable()
    for i in range(200):
        table.SetColorEntry(i, (i * 37 % 256, i * 91 % 256, i, 255))
    pixels = np.random.default_rng(3).integers(0, 200, (700, 900)).astype(np.uint8)
    scenes.write(path, pixels, dress=lambda d: d.GetRasterBand(1).SetColorTable(table),
                 co=("PHOTOMETRIC=PALETTE",))


def test_colours_are_averaged_on_the_cores(fake):
    write_colours(fake.folder / "table.tif")
    job = ("convert", "table.tif", "out.tif", "--overwrite", "--co", "BLOCKSIZE=128", "--co", "OVERVIEW_RESAMPLING=AVERAGE")
    fake.fails(*job, "--backend", "cuda", code=2, words=["averaged on the cores", "NEAREST or MODE"])
    fake(*job, "--record", "run.yaml")
    run = yaml.safe_load((fake.folder / "run.yaml").read_text())
    assert any("averaged on the cores" in note for note in run["notes"])


@pytest.mark.parametrize("command", ["reproject", "mosaic"])
def test_colours_are_resampled_on_the_cores(fake, command):
    """Beside a device too, which has the rest of the work, and to the same bytes."""
    write_colours(fake.folder / "table.tif")
    for backend in ("cpu", "cuda"):
        fake(command, "table.tif", backend + ".tif", "-r", "cubic", "--dst-crs", "EPSG:3857", "--backend", backend)
    assert filecmp.cmp(fake.folder / "cpu.tif", fake.folder / "cuda.tif", shallow=False)
