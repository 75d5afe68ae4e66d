# SPDX-FileCopyrightText: 2026 The cogmill authors
# SPDX-License-Identifier: Apache-2.0
"""The same bytes on any x86-64 processor: ranks of one job may run on different ones. Old ones are emulated.

Without FMA, which came in 2012 and 2013, the C library rounds exp, log and sin otherwise now and then: Float64 pixels
that come from them are compared within that there (docs/concepts.md)."""
import shutil
import subprocess
import sys

import conftest
import numpy as np
import pytest
import scenes

QEMU = shutil.which("qemu-x86_64")
EMULATED = ["Nehalem", "Haswell"]  # SSE 4.2 without AVX; AVX2 without AVX-512

WITHOUT_FMA = ["Nehalem"]
WITH_FUNCTIONS = ["doubles", "lanczos"]  # of Float64 pixels


def measurements(dtype, bands=3, size=300):
    """Land with sensor noise, a part of it empty: what the codecs treat differently."""
    random = np.random.default_rng(7)
    rows, cols = np.mgrid[0:size, 0:size]
    land = 0.5 + 0.3 * np.sin(rows / 40) * np.cos(cols / 30)
    noise = random.normal(0, 0.01, (bands, size, size))
    pixels = (land + noise) * (1 if np.dtype(dtype).kind == "f" else np.iinfo(dtype).max * 0.6)
    pixels[:, :, : size // 5] = 0
    return pixels.astype(dtype)


def classes(size=300):
    """A class map, of which a longer search makes much."""
    rows, cols = np.mgrid[0:size, 0:size]
    return ((rows // 17 + cols // 23) % 9 + (rows * cols % 31 == 0)).astype(np.uint8)[None]


JOBS = {
    "convert": ["convert", "uint16.tif"],
    "zstd": ["convert", "uint16.tif", "--co", "COMPRESS=ZSTD"],
    "lzw": ["convert", "uint8.tif", "--co", "COMPRESS=LZW"],
    "classes": ["convert", "classes.tif", "--co", "OVERVIEW_RESAMPLING=MODE"],
    "index": ["calc", "-i", "A=uint16.tif", "--calc", "(b3 - b1) / (b3 + b1) * sqrt(b2)"],
    "doubles": ["calc", "-i", "A=float64.tif", "--calc", "exp(b1) + ln(b2 + 2) * sin(b3)", "--ot", "Float64"],
    "cubic": ["reproject", "uint16.tif", "--dst-crs", "EPSG:3857", "-r", "cubic"],
    "lanczos": ["reproject", "float64.tif", "--dst-crs", "EPSG:4326", "-r", "lanczos"],
    "average": ["reproject", "uint8.tif", "--dst-crs", "EPSG:3857", "-r", "average", "--resolution", "90,90"],
    "mosaic": ["mosaic", "uint16.tif", "shifted.tif", "-r", "bilinear"],
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    path = tmp_path_factory.mktemp("processors")
    for dtype in (np.uint8, np.uint16, np.float64):
        scenes.write(path / f"{np.dtype(dtype).name}.tif", measurements(dtype))
    scenes.write(path / "classes.tif", classes())
    scenes.write(path / "shifted.tif", measurements(np.uint16, size=200))
    return path


def output(folder, start, job, name):
    run = subprocess.run([*start, conftest.BINARY, *JOBS[job], name, "--overwrite", "--backend", "cpu", "--threads", "1"],
                         cwd=folder, env=conftest.environment(), stdin=subprocess.DEVNULL, capture_output=True,
                         text=True, timeout=300, check=False)
    assert run.returncode == 0, run.stderr
    return (folder / name).read_bytes()


@pytest.mark.skipif(QEMU is None, reason="no qemu-x86_64 here (Debian: qemu-user): "
                                         "BYTES OF OTHER PROCESSORS ARE NOT COMPARED")
@pytest.mark.parametrize("job", JOBS)
def test_bytes_are_those_of_older_processors(folder, job):
    here = output(folder, [], job, f"{job}_here.tif")
    for processor in EMULATED:
        there = output(folder, [QEMU, "-cpu", processor], job, f"{job}_{processor}.tif")
        if job in WITH_FUNCTIONS and processor in WITHOUT_FMA:
            pixels = [scenes.read(folder / f"{job}_{where}.tif") for where in ("here", processor)]
            np.testing.assert_allclose(*pixels, rtol=1e-15, err_msg=f"{job} on {processor}")
        else:
            assert there == here, f"{job} on {processor}"


FEATURES = """
try:
    from numpy._core._multiarray_umath import __cpu_features__ as features
except ImportError:
    from numpy.core._multiarray_umath import __cpu_features__ as features
print(features["SSE42"], features["AVX2"], features["AVX512F"])
"""


@pytest.mark.skipif(QEMU is None, reason="no qemu-x86_64 here")
def test_the_emulated_processors_are_older_ones():
    """Without this the comparison could be one of the same code with itself."""
    said = [subprocess.run([QEMU, "-cpu", processor, sys.executable, "-c", FEATURES], capture_output=True, text=True,
                           timeout=300, check=True).stdout.split() for processor in EMULATED]
    assert said == [["True", "False", "False"], ["True", "True", "False"]]
