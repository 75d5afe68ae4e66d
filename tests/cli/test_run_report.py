# SPDX-FileCopyrightText: 2026 The cogmill authors
# SPDX-License-Identifier: Apache-2.0
"""For the person watching and for the one who pays: progress, plan, record."""
import json
import os
import re

import numpy as np
import pytest
import scenes
import yaml
from conftest import listing
from osgeo import gdal


@pytest.fixture
def scene(tmp_path):
    return scenes.vegetation(tmp_path / "in.tif", 1500, 700)


JOB = ["calc", "-i", "A=in.tif", "--index", "ndvi", "--co", "BLOCKSIZE=128", "out.tif"]


def record_of(cogmill, *options, job=tuple(JOB), **how):
    cogmill(*job, "--record", "r.yaml", *options, **how)
    return yaml.safe_load((cogmill.folder / "r.yaml").read_text())


# --- record ---------------------------------------------------------------------------------------

def test_record(cogmill, scene):
    record = record_of(cogmill, "--threads", "2", np=2)
    assert record["hardware"]["cpu"] and record["hardware"]["cores"] >= 1
    assert {"cogmill", "gdal", "proj", "mpi", "codecs"} <= set(record["software"])
    assert record["software"]["gdal"].startswith(gdal.__version__.split(".")[0])
    source = record["inputs"][0]
    assert source["name"] == "A" and source["path"].endswith("in.tif")
    assert source["file_bytes"] == os.path.getsize(scene)
    assert (source["width"], source["height"], source["bands"], source["dtype"]) == (700, 1500, 4, "UInt16")
    assert (source["tile_width"], source["tile_height"], source["compression"]) == (256, 256, "DEFLATE")
    assert source["crs"] == "EPSG:32621" and source["transform"] == list(scenes.TRANSFORM)
    run = record["run"]
    assert (run["command"], run["ranks"], run["threads"], run["tile"]) == ("calc", 2, 2, 128)
    assert "--index ndvi" in run["command_line"] and len(run["pattern"]) == 1
    out = record["outputs"]
    assert out["file_bytes"] == os.path.getsize(cogmill.folder / "out.tif")
    assert out["tiles"] == 6 * 12 and out["wall_seconds"] > 0 and len(out["peak_rss_bytes"]) == 2
    assert out["bytes_decoded"] >= 700 * 1500 * 2 * 2  # red and nir at least
    assert out["bytes_written"] >= out["file_bytes"] * 0.9
    assert out["tiles_per_s"] == pytest.approx(out["tiles"] / out["wall_seconds"], rel=1e-6)
    assert isinstance(record["notes"], list)


def test_bytes_read_count_all_pieces_of_a_window(cogmill, tmp_path):
    """84 MB of source behind one small window: some of it is read while the window is decoded."""
    path = scenes.write(tmp_path / "wide.tif", np.full((1, 8192, 10240), 7, np.uint8), co=scenes.TILED,
                        transform=(0, 30, 0, 0, 0, -30))
    record = record_of(cogmill, job=["reproject", path, "out.tif", "--resolution", "3000", "-r", "average"])
    assert 8192 * 10240 <= record["outputs"]["bytes_read"] <= 1.5 * 8192 * 10240


def test_cost(cogmill, scene):
    record = record_of(cogmill, "--price-per-hour", "3.06")
    hours, gigabytes = record["outputs"]["wall_seconds"] / 3600, record["outputs"]["bytes_decoded"] / 1e9
    assert record["price_per_hour"] == 3.06
    assert record["cost_per_100gb"] == pytest.approx(3.06 * hours * 100 / gigabytes, rel=1e-6)


def test_record_names_the_fallback(cogmill, tmp_path):
    scenes.write(tmp_path / "in.tif", scenes.ramp(1, 300, 300), co=scenes.TILED + ("COMPRESS=LZMA",))
    record = record_of(cogmill, job=("convert", "in.tif", "out.tif"), warns=True)
    assert "LZMA" in str(record["run"]["pattern"]) and "LZMA" in str(record["notes"])


def test_failed_job_leaves_no_record(cogmill, scene):
    os.truncate(scene, os.path.getsize(scene) * 2 // 3)
    cogmill.fails(*JOB, "--record", "r.yaml", "--trace", "t.json", "--quicklook", "q.png", code=1,
                  words=["in.tif"])


# --- plan -----------------------------------------------------------------------------------------

@pytest.mark.parametrize("ranks", [None, 3])
def test_dry_run(cogmill, scene, ranks):
    before = listing(cogmill.folder)
    run = cogmill(*JOB, "--dry-run", np=ranks)
    assert listing(cogmill.folder) == before
    for word in ("memory", "disk", "ranks?", "threads?", "chunk", "out.tif"):
        assert re.search(word, run.stdout, re.IGNORECASE), f"{word}\n{run}"


def test_dry_run_finds_errors(cogmill, scene):
    (cogmill.folder / "out.tif").touch()
    cogmill.fails(*JOB, "--dry-run", code=(1, 2), words=["out.tif", "--overwrite"])


# --- progress -------------------------------------------------------------------------------------

def test_plain_lines_where_there_is_no_terminal(cogmill, scene):
    run = cogmill(*JOB)
    assert "\r" not in run.stderr and "\x1b" not in run.stderr, str(run)
    assert any(line.startswith("progress: 100%") for line in run.stderr.splitlines()), str(run)


def test_json_lines(cogmill, scene):
    run = cogmill(*JOB, "--progress", "json", np=2)
    events = [json.loads(line) for line in run.stderr.splitlines() if line.startswith("{")]
    assert events and events[-1]["tiles"] == events[-1]["total"] > 0, str(run)
    done = [e["tiles"] for e in events if e["event"] == "progress"]
    assert done == sorted(done)


def test_no_progress(cogmill, scene):
    run = cogmill(*JOB, "--progress", "none")
    assert "progress" not in run.stderr, str(run)


def test_summary_line(cogmill, scene):
    """One line at the end: what was made, how large, how long it took."""
    run = cogmill(*JOB, "--progress", "none", np=2)
    lines = [line for line in run.stderr.splitlines() if "out.tif" in line]
    assert len(lines) == 1 and re.search(r"\d ?(k|M|G)?B", lines[0]) and re.search(r"\d ?(m?s|h)\b", lines[0]), str(run)


def test_quiet_log(cogmill, scene):
    run = cogmill(*JOB, "--progress", "none", "--log-level", "error")
    assert len(run.stderr.splitlines()) <= 1, str(run)
