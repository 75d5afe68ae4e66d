# SPDX-FileCopyrightText: 2026 The cogmill authors
# SPDX-License-Identifier: Apache-2.0
"""Landsat 8 and aerial scenes from a folder beside the repository, where there is one."""
import os
from pathlib import Path

import numpy as np
import pytest
import scenes
from checks import gdal_validate, rio_validate, sha256
from conftest import ROOT
from osgeo import gdal
from warp_reference import differences, gdalwarp, positions, reproject

DATA = Path(os.environ.get("COGMILL_SHARED_DATA", ROOT.parent / "shared/data"))
LANDSAT = DATA / "LC08_L1TP_224078_20200518_20200518_01_RT.TIF"
RED_78 = DATA / "LC08_L1TP_224078_20200518_20200518_01_RT_B4.TIF"
RED_77 = DATA / "LC08_L1TP_224077_20200518_20200518_01_RT_B4.TIF"
AERIAL = DATA / "rgbn.tif"

pytestmark = pytest.mark.skipif(
    not all(p.exists() for p in (LANDSAT, RED_78, RED_77, AERIAL)),
    reason=f"NO REAL SCENES in {DATA}: set COGMILL_SHARED_DATA to the folder that holds them")


@pytest.mark.parametrize("source", [LANDSAT, RED_77, AERIAL], ids=lambda p: p.name[:22])
@pytest.mark.parametrize("codec", ["DEFLATE", "ZSTD"])
def test_convert(cogmill, tmp_path, source, codec):
    cogmill("convert", source, "out.tif", "--co", f"COMPRESS={codec}", np=2)
    np.testing.assert_array_equal(scenes.read(tmp_path / "out.tif"), scenes.read(source))
    out, given = gdal.Open(str(tmp_path / "out.tif")), gdal.Open(str(source))
    assert out.GetGeoTransform() == given.GetGeoTransform()
    assert out.GetSpatialRef().IsSame(given.GetSpatialRef()) == 1
    assert out.GetMetadataItem("AREA_OR_POINT") == given.GetMetadataItem("AREA_OR_POINT")
    gdal_validate(tmp_path / "out.tif")
    rio_validate(tmp_path / "out.tif")
    gdal.Translate(str(tmp_path / "gdal.tif"), str(source), format="COG", creationOptions=[
        f"COMPRESS={codec}", "PREDICTOR=YES", "OVERVIEW_RESAMPLING=AVERAGE"])
    ours, theirs = (os.path.getsize(tmp_path / n) for n in ("out.tif", "gdal.tif"))
    assert ours < 1.05 * theirs, f"{ours} bytes against {theirs} of GDAL"


def test_ndvi(cogmill, tmp_path):
    cogmill("calc", "-i", f"A={AERIAL}", "--index", "ndvi", "--red", "1", "--nir", "4", "out.tif", np=2)
    red, nir = scenes.read(AERIAL)[[0, 3]].astype(np.float64)
    with np.errstate(all="ignore"):
        want = (nir - red) / (nir + red)
    np.testing.assert_allclose(scenes.read(tmp_path / "out.tif")[0], want, rtol=1e-6, atol=1e-7)
    gdal_validate(tmp_path / "out.tif")


def test_band_math_over_two_files(cogmill, tmp_path):
    cogmill("calc", "-i", f"A={LANDSAT}", "-i", f"B={RED_78}", "--calc", "A[3] - B[1]",
            "--output-data-type", "Int32", "out.tif")
    want = scenes.read(LANDSAT)[2].astype(int) - scenes.read(RED_78)[0]
    np.testing.assert_array_equal(scenes.read(tmp_path / "out.tif")[0], want)


def test_neighbours_are_not_on_one_grid(cogmill):
    cogmill.fails("calc", "-i", f"A={RED_77}", "-i", f"B={RED_78}", "--calc", "A[1]-B[1]", "out.tif",
                  code=1, words=["224077", "224078", "--dst-crs", "--like"])


def test_ranks_do_not_show(cogmill, tmp_path):
    checksums = set()
    for ranks in (None, 2, 4):
        cogmill("convert", LANDSAT, "out.tif", "--overwrite", "--co", "BLOCKSIZE=256", np=ranks)
        checksums.add(sha256(tmp_path / "out.tif"))
    assert len(checksums) == 1


@pytest.mark.parametrize("source", [LANDSAT, RED_77, AERIAL], ids=lambda p: p.name[:22])
@pytest.mark.parametrize("kernel", ["near", "bilinear", "average"])
def test_reproject_is_gdalwarps(cogmill, tmp_path, source, kernel):
    """Scale factors of 1, as GDAL 3.6 and later agree on their meaning there."""
    fixed = ["--wo", "XSCALE=1", "--wo", "YSCALE=1"]
    ours, record = reproject(cogmill, source, "out.tif", "--dst-crs", "EPSG:3857", *fixed,
                             kernel=kernel, np=2)
    theirs = gdalwarp(source, tmp_path / "out.tif", record, kernel)
    wrong = (ours != theirs) if kernel == "near" else differences(ours, theirs)
    where = np.argwhere(wrong.any(axis=0))
    if kernel == "average" and len(where):  # GDAL 3.6 lets boxes beside the image see it: docs/warp.md
        at, size = positions(source, tmp_path / "out.tif", where), scenes.read(source).shape[:0:-1]
        where = where[((at >= 0) & (at <= size)).all(axis=1)]
    assert len(where) < 1e-6 * ours.size and (ours != 0).mean() > 0.2
    gdal_validate(tmp_path / "out.tif")
