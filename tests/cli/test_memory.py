# SPDX-FileCopyrightText: 2026 The cogmill authors
# SPDX-License-Identifier: Apache-2.0
"""--memory: what small and many-banded images need, and what is advised where it is too little."""
import os
import re

import numpy as np
import pytest
import scenes
import yaml
from conftest import least_memory
from scenes import ramp, read, write

RUNTIME = 1
UNITS = {"kB": 1e3, "MB": 1e6, "GB": 1e9}
unbounded = pytest.mark.skipif("ASAN_OPTIONS" in os.environ, reason="AddressSanitizer's own memory is not bounded")


def bytes_of(text):
    number, unit = re.match(r"([\d.]+) ?([kMG]B)", text).groups()
    return float(number) * UNITS[unit]


def runs_within(cogmill, words, limit):
    cogmill(*words, "out.tif", "--overwrite", "--memory", limit, "--record", "r.yaml", warns=None)
    peak = yaml.safe_load((cogmill.folder / "r.yaml").read_text())["outputs"]["peak_rss_bytes"]
    assert max(peak) <= bytes_of(limit)


SMALL = {
    "mosaic": ["mosaic", "a.tif", "b.tif", "--dst-crs", "EPSG:3857"],
    "reproject": ["reproject", "rgba.tif", "--dst-crs", "EPSG:3857", "-r", "cubic"],
    "exact": ["reproject", "rgba.tif", "--dst-crs", "EPSG:3857", "--error-threshold", "0"],
    "globe": ["reproject", "globe.tif", "--dst-crs", "EPSG:8857"],
    "convert": ["convert", "a.tif"]}


def write_small(folder):
    here = {"epsg": 32631, "co": ("COMPRESS=DEFLATE",)}
    for i, name in enumerate(("a.tif", "b.tif")):
        write(folder / name, ramp(1, 20, 20, np.uint8, seed=i),
              transform=(500000 + 150 * i, 10, 0, 5400000, 0, -10), **here)

    def opaque(dataset):
        dataset.GetRasterBand(4).SetColorInterpretation(scenes.gdal.GCI_AlphaBand)
    write(folder / "rgba.tif", ramp(4, 60, 60, np.uint8), dress=opaque,
          transform=(500000, 10, 0, 5400000, 0, -10), **here)
    write(folder / "globe.tif", ramp(1, 18, 36, np.uint8), epsg=4326,
          transform=(-180, 10, 0, 90, 0, -10))


@unbounded
@pytest.mark.parametrize("job", SMALL)
def test_small_images_need_little(cogmill, tmp_path, job):
    write_small(tmp_path)
    words = [*SMALL[job], "--threads", "2"]
    cogmill(*words, "start.tif", "--record", "r.yaml", warns=None)
    resident = yaml.safe_load((tmp_path / "r.yaml").read_text())["outputs"]["peak_rss_bytes"][0]
    least = least_memory(cogmill, words, None)
    assert bytes_of(least) < resident + 60e6
    runs_within(cogmill, words, least)


@unbounded
def test_a_tiny_mosaic_runs_in_150_mb(cogmill, tmp_path):
    write_small(tmp_path)
    runs_within(cogmill, [*SMALL["mosaic"], "--threads", "2"], "150MB")
    assert read(tmp_path / "out.tif").any()


@unbounded
def test_many_small_sources(cogmill, tmp_path):
    """What is read ahead grows with the sources, up to a bound."""
    random = np.random.default_rng(3)
    for i in range(40):
        write(tmp_path / f"s{i:02d}.tif", random.integers(0, 60000, (3, 256, 256)).astype(np.uint16), epsg=32631,
              co=scenes.TILED, transform=(500000 + 2560 * (i % 8), 10, 0, 5400000 - 2560 * (i // 8), 0, -10))
    names = [f"s{i:02d}.tif" for i in range(40)]
    for extra in ([], ["--dst-crs", "EPSG:3857", "-r", "average", "--resolution", "300"]):
        words = ["mosaic", *names, *extra, "--threads", "2"]
        runs_within(cogmill, words, least_memory(cogmill, words, None))


@unbounded
def test_bands_one_by_one_need_less(cogmill, tmp_path):
    write(tmp_path / "in.tif", ramp(60, 300, 300), co=(*scenes.TILED, "INTERLEAVE=BAND"))
    words = ["convert", "in.tif", "--threads", "4"]
    together = bytes_of(least_memory(cogmill, words, None))
    words += ["--co", "INTERLEAVE=BAND"]
    apart = least_memory(cogmill, words, None)
    assert bytes_of(apart) < together - 4 * 2 * 512 * 512 * 2 * 59
    runs_within(cogmill, words, apart)
    assert np.array_equal(read(tmp_path / "out.tif"), read(tmp_path / "in.tif"))


# --- advice ---------------------------------------------------------------------------------------

def refusal(cogmill, *words):
    run = cogmill.run(*words, "no.tif", "--overwrite")
    assert run.code == RUNTIME and len(run.errors) == 1, str(run)
    return run.errors[0]


def test_nothing_is_advised_that_does_not_help(cogmill, tmp_path):
    """A few pixels: neither threads nor tiles are what takes the memory."""
    write_small(tmp_path)
    text = refusal(cogmill, "convert", "a.tif", "--memory", "20MB", "--co", "BLOCKSIZE=128", "--threads", "2")
    assert "at least" in text and "BLOCKSIZE" not in text and "--threads" not in text


def test_tiles_that_the_input_makes_large_are_not_blamed(cogmill, tmp_path):
    """One strip of all rows: smaller tiles of the output change nothing."""
    write(tmp_path / "strip.tif", ramp(40, 900, 900), co=("COMPRESS=DEFLATE", "BLOCKYSIZE=900"))
    text = refusal(cogmill, "convert", "strip.tif", "--memory", "60MB", "--co", "BLOCKSIZE=128", "--threads", "4")
    assert "with --threads 1" in text and "BLOCKSIZE" not in text


@pytest.mark.parametrize("what", ["--threads", "--co"])
def test_the_advice_runs(cogmill, tmp_path, what):
    write(tmp_path / "in.tif", ramp(20, 1200, 1200))
    words = ["convert", "in.tif", "--threads", "8", "--co", "BLOCKSIZE=1024"]
    least = bytes_of(least_memory(cogmill, words, None))
    limit = f"{least / 1e6 - (30 if what == '--threads' else 200):.0f}MB"
    text = refusal(cogmill, *words, "--memory", limit)
    advised = re.search(what + r" \S+", text)
    assert advised, text
    name, value = advised[0].split()
    kept = [w for i, w in enumerate(words) if w != name and words[i - 1] != name]
    cogmill(*kept, name, value.rstrip(","), "out.tif", "--memory", limit)
