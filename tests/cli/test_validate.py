# SPDX-FileCopyrightText: 2026 The cogmill authors
# SPDX-License-Identifier: Apache-2.0
"""validate: the same verdicts as GDAL's full check, and what rio-cogeo's strict mode adds."""
import json
import os
import struct

import numpy as np
import pytest
import scenes
from checks import gdal_verdict
from osgeo import gdal


def cog(path, bands=3, size=700, *, options=("BLOCKSIZE=128", "COMPRESS=DEFLATE"), mask=False):
    source = scenes.write(str(path) + ".src.tif", scenes.ramp(bands, size, size + 33, np.uint8),
                          mask=np.tile(np.uint8(255), (size, size + 33)) if mask else None)
    gdal.Translate(str(path), source, format="COG", creationOptions=list(options))
    os.remove(source)
    return str(path)


def first_tile(path, level=None):
    """Offset and size of the first tile of a level."""
    dataset = gdal.Open(path)
    band = dataset.GetRasterBand(1)
    band = band if level is None else band.GetOverview(level)
    return (int(band.GetMetadataItem("BLOCK_OFFSET_0_0", "TIFF")),
            int(band.GetMetadataItem("BLOCK_SIZE_0_0", "TIFF")))


def poke(path, offset, data):
    with open(path, "r+b") as file:
        file.seek(offset)
        file.write(data)


GOOD = {"plain": {}, "mask": {"mask": True}, "bigtiff": {"options": ("BIGTIFF=YES", "BLOCKSIZE=128")},
        "small": {"size": 100}, "uncompressed": {"options": ("COMPRESS=NONE", "BLOCKSIZE=256")},
        "zstd": {"options": ("COMPRESS=ZSTD", "BLOCKSIZE=256")},
        "sparse": {"options": ("SPARSE_OK=TRUE", "BLOCKSIZE=128", "COMPRESS=LZW")}}


@pytest.mark.parametrize("kind", GOOD)
def test_gdals_own_cogs_are_valid(cogmill, tmp_path, kind):
    path = cog(tmp_path / "good.tif", **GOOD[kind])
    assert gdal_verdict(path)[0] == []
    run = cogmill("validate", path)
    assert "valid" in run.stdout.lower() and "good.tif" in run.stdout, str(run)


@pytest.mark.parametrize("options", [[], ["--co", "COMPRESS=ZSTD"], ["--co", "INTERLEAVE=BAND"],
                                     ["--co", "BIGTIFF=YES"], ["--co", "SPARSE_OK=YES"]])
def test_own_cogs_are_valid(cogmill, tmp_path, options):
    mask = np.full((700, 600), 255, np.uint8)
    mask[:, :300] = 0
    path = scenes.write(tmp_path / "in.tif", scenes.ramp(2, 700, 600), mask=mask)
    cogmill("convert", path, "out.tif", "--co", "BLOCKSIZE=128", *options)
    cogmill("validate", "out.tif")


def stripped(path):
    scenes.write(path, scenes.ramp(1, 600, 1100, np.uint8), co=())


def no_overviews(path):
    scenes.write(path, scenes.ramp(1, 900, 900, np.uint8), co=scenes.DEFLATE)


def sidecar_overviews(path):
    scenes.write(path, scenes.ramp(1, 900, 900, np.uint8), co=scenes.DEFLATE)
    gdal.Open(path).BuildOverviews("NEAREST", [2, 4])


def appended_overviews(path):
    scenes.write(path, scenes.ramp(1, 900, 900, np.uint8), co=scenes.DEFLATE)
    gdal.Open(path, gdal.GA_Update).BuildOverviews("NEAREST", [2, 4])


def edited(path):
    """What GDAL leaves in the header when it changes pixels of a COG."""
    with open(cog(path), "rb") as file:
        at = file.read(1000).index(b"KNOWN_INCOMPATIBLE_EDITION=NO\n ")
    poke(path, at, b"KNOWN_INCOMPATIBLE_EDITION=YES\n")


def wrong_leader(path):
    offset, size = first_tile(cog(path))
    poke(path, offset - 4, struct.pack("<I", size + 1))


def wrong_trailer(path):
    offset, size = first_tile(cog(path), level=0)
    poke(path, offset + size, b"\x99\x98\x97\x96")


def cut_off(path):
    os.truncate(cog(path), os.path.getsize(path) - 3000)


BAD = {f.__name__: f for f in (stripped, sidecar_overviews, appended_overviews, edited, wrong_leader,
                               wrong_trailer, cut_off)}


@pytest.mark.parametrize("kind", BAD)
def test_bad_files(cogmill, tmp_path, kind):
    path = str(tmp_path / "bad.tif")
    BAD[kind](path)
    if kind != "cut_off":
        assert gdal_verdict(path)[0], "GDAL finds nothing wrong: this test tests nothing"
    run = cogmill.run("validate", path)
    assert run.code == 1 and "bad.tif" in run.stdout + run.stderr, str(run)
    assert len((run.stdout + run.stderr).split()) > 4, "a verdict without a reason"


def test_missing_overviews_are_a_warning_as_in_gdal(cogmill, tmp_path):
    path = str(tmp_path / "flat.tif")
    no_overviews(path)
    errors, warnings = gdal_verdict(path)
    assert errors == [] and len(warnings) == 1
    run = cogmill("validate", path)
    assert "warning: " in run.stdout and "overviews" in run.stdout, str(run)
    assert cogmill.run("validate", "--strict", path).code == 1


def test_several_files(cogmill, tmp_path):
    cog(tmp_path / "good.tif")
    stripped(str(tmp_path / "bad.tif"))
    run = cogmill.run("validate", "good.tif", "bad.tif")
    assert run.code == 1, str(run)
    assert "good.tif" in run.stdout + run.stderr and "bad.tif" in run.stdout + run.stderr
    assert cogmill.run("validate", "good.tif", "good.tif").code == 0


def test_json(cogmill, tmp_path):
    cog(tmp_path / "good.tif")
    stripped(str(tmp_path / "bad.tif"))
    run = cogmill.run("validate", "--json", "good.tif", "bad.tif")
    verdicts = json.loads(run.stdout)
    assert run.code == 1 and [v["valid"] for v in verdicts] == [True, False], str(run)
    assert verdicts[1]["findings"] and not verdicts[0]["findings"]


def test_file_that_cannot_be_read(cogmill, tmp_path):
    (tmp_path / "notes.tif").write_text("no raster")
    for name in ("gone.tif", "notes.tif"):
        run = cogmill.run("validate", name)
        assert run.code == 1 and name in run.stdout + run.stderr, str(run)
