# SPDX-FileCopyrightText: 2026 The cogmill authors
# SPDX-License-Identifier: Apache-2.0
"""Same bytes whatever the decomposition: ranks, threads, memory limits, tiles in RAM or spilled."""
import itertools
import os
import re

import numpy as np
import pytest
import scenes
import yaml
from checks import gdal_validate, rio_validate, sha256
from conftest import Cogmill, least_memory

HEIGHT, WIDTH = 6001, 701  # 6 chunks of 128-pixel tiles, 8 tiles high each; the last tiles 113 x 61 px

JOBS = {
    "convert-deflate": ["convert", "noise.tif", "--co", "BLOCKSIZE=128"],
    "convert-zstd-band-cubic": ["convert", "noise.tif", "--co", "BLOCKSIZE=128", "--co", "COMPRESS=ZSTD",
                                "--co", "INTERLEAVE=BAND", "--co", "OVERVIEW_RESAMPLING=CUBIC",
                                "--co", "STATISTICS=YES"],
    "convert-mask-average": ["convert", "masked.tif", "--co", "BLOCKSIZE=128", "--co", "SPARSE_OK=YES"],
    "calc": ["calc", "-i", "A=noise.tif", "-i", "B=masked.tif", "--calc", "(A[2]-A[1])/(A[2]+A[1])",
             "--calc", "ln(A[1]) + sqrt(B[1])", "--co", "BLOCKSIZE=128", "--co", "STATISTICS=YES"],
}


@pytest.fixture(scope="module")
def bench(tmp_path_factory):
    """A Cogmill in a folder with the inputs: 17 MB that do not compress, and a masked one."""
    folder = tmp_path_factory.mktemp("invariance")
    random = np.random.default_rng(7)
    noise = random.integers(1, 65535, (2, HEIGHT, WIDTH), np.uint16)
    scenes.write(folder / "noise.tif", noise, nodata=0, co=scenes.TILED)
    mask = np.full((HEIGHT, WIDTH), 255, np.uint8)
    mask[:1500] = 0
    mask[3000:3100, 50:600] = 0
    scenes.write(folder / "masked.tif", scenes.ramp(1, HEIGHT, WIDTH, np.uint8), mask=mask)
    return Cogmill(folder)


def make(bench, job, ranks, threads, tight, scratch=False):
    """Runs the job. @return (checksum, bytes spilled)"""
    words = JOBS[job] + ["--threads", str(threads)]
    extra = ["--memory", least_memory(bench, words, ranks)] if tight else []
    if scratch:
        (bench.folder / "scratch").mkdir(exist_ok=True)
        extra += ["--scratch", "scratch"]
    bench(*words, *extra, "out.tif", "--overwrite", "--record", "r.yaml", np=ranks)
    record = yaml.safe_load((bench.folder / "r.yaml").read_text())
    assert record["run"]["ranks"] == (ranks or 1) and record["run"]["threads"] == threads
    assert not scratch or list((bench.folder / "scratch").iterdir()) == []
    return sha256(bench.folder / "out.tif"), record["run"]["spilled_bytes"], record["run"]["chunks"]


@pytest.fixture(scope="module", params=JOBS)
def reference(request, bench):
    """The job by one rank and thread, which is itself a good COG."""
    checksum, spilled, chunks = make(bench, request.param, None, 1, tight=False)
    assert spilled == 0 and chunks >= 4
    gdal_validate(bench.folder / "out.tif")
    rio_validate(bench.folder / "out.tif")
    return request.param, checksum


# All ways of one job, and half of those of the others: every value of one axis still meets every value of another.
WAYS = [(job, ranks, threads, tight)
        for job, ranks, threads, tight in itertools.product(JOBS, (1, 2, 3, 4), (1, 2), (False, True))
        if job == "convert-deflate" or (ranks + threads + tight) % 2 == 0]


@pytest.mark.parametrize("reference,ranks,threads,tight", WAYS, indirect=["reference"])
def test_same_bytes(bench, reference, ranks, threads, tight):
    job, checksum = reference
    assert make(bench, job, ranks, threads, tight)[0] == checksum


def test_spilled_tiles_are_the_same(bench, reference):
    """With little memory one rank has to put what it compressed on disk, here and elsewhere."""
    job, checksum = reference
    for scratch in (False, True):
        got, spilled, _ = make(bench, job, None, 1, tight=True, scratch=scratch)
        assert got == checksum
        if job.startswith("convert-deflate"):
            assert spilled > 1_000_000, "nothing was spilled: this test tests nothing"


def test_twice_the_same(bench, reference):
    job, checksum = reference
    assert make(bench, job, 2, 2, tight=False)[0] == checksum


def test_many_more_ranks_than_chunks(bench, reference):
    job, checksum = reference
    assert make(bench, job, 9, 1, tight=False)[0] == checksum


def test_storage_of_the_input_does_not_show(bench):
    """The same pixels from strips, tiles and another codec make the same file."""
    pixels = scenes.ramp(2, 900, 800)
    checksums = set()
    for i, co in enumerate([(), scenes.TILED, scenes.DEFLATE, scenes.TILED + ("INTERLEAVE=BAND",),
                            ("COMPRESS=LZW", "BLOCKYSIZE=3")]):
        scenes.write(bench.folder / f"s{i}.tif", pixels, co=co)
        bench("convert", f"s{i}.tif", "out.tif", "--overwrite", np=1 + i % 2)
        checksums.add(sha256(bench.folder / "out.tif"))
    assert len(checksums) == 1


@pytest.mark.skipif("ASAN_OPTIONS" in os.environ, reason="AddressSanitizer's own memory is not bounded")
def test_memory_bounds_the_peak(bench):
    """A raster more than ten times larger than --memory: the record's peak stays below the limit."""
    dataset = scenes.gdal.GetDriverByName("GTiff").Create(
        str(bench.folder / "large.tif"), 8000, 48000, 4, scenes.gdal.GDT_UInt16,
        options=[*scenes.DEFLATE, "SPARSE_OK=TRUE"])
    block = scenes.ramp(4, 1000, 8000)
    for row in range(0, 48000, 8000):
        dataset.WriteArray(block, 0, row)
    dataset = None  # 3 GB of pixels
    words = ["convert", "large.tif", "--co", "BLOCKSIZE=256", "--threads", "2"]
    limit = least_memory(bench, words, None)
    number, unit = re.match(r"([\d.]+)([kMG]i?B)", limit).groups()
    bytes_ = float(number) * {"kB": 1e3, "MB": 1e6, "GB": 1e9}[unit]
    assert 10 * bytes_ < 8000 * 48000 * 8
    bench(*words, "out.tif", "--overwrite", "--memory", limit, "--record", "r.yaml", timeout=120)
    record = yaml.safe_load((bench.folder / "r.yaml").read_text())
    assert record["run"]["memory_bytes"] == pytest.approx(bytes_, rel=0.01)
    assert max(record["outputs"]["peak_rss_bytes"]) <= record["run"]["memory_bytes"]
