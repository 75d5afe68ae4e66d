# SPDX-FileCopyrightText: 2026 The cogmill authors
# SPDX-License-Identifier: Apache-2.0
""".vrt output: one COG per rank beside a VRT that opens as one image."""
import shutil

import numpy as np
import pytest
import scenes
from checks import gdal_validate
from osgeo import gdal

BLOCKS = ("--co", "BLOCKSIZE=128")


@pytest.fixture
def scene(tmp_path):
    return scenes.vegetation(tmp_path / "in.tif", 5000, 300)


def parts(path):
    """The files a VRT is made of, without itself."""
    return [f for f in gdal.Open(str(path)).GetFileList() if not f.endswith(".vrt")]


@pytest.mark.parametrize("ranks", [None, 1, 2, 3, 7])
def test_one_image(cogmill, tmp_path, scene, ranks):
    cogmill("convert", scene, "out.vrt", *BLOCKS, np=ranks)
    np.testing.assert_array_equal(scenes.read(tmp_path / "out.vrt"), scenes.read(scene))
    out, source = gdal.Open(str(tmp_path / "out.vrt")), gdal.Open(scene)
    assert out.GetGeoTransform() == source.GetGeoTransform()
    assert out.GetSpatialRef().IsSame(source.GetSpatialRef()) == 1
    assert [out.GetRasterBand(i).GetDescription() for i in (1, 2, 3, 4)] == ["blue", "green", "red", "nir"]
    assert out.GetRasterBand(1).GetNoDataValue() == 0
    files = parts(tmp_path / "out.vrt")
    assert 1 <= len(files) <= (ranks or 1)
    if ranks in (2, 3):
        assert len(files) == ranks
    gdal_validate(*files)


def test_calc_into_a_vrt(cogmill, tmp_path, scene):
    words = ["calc", "-i", f"A={scene}", "--index", "ndvi", *BLOCKS]
    cogmill(*words, "one.tif")
    cogmill(*words, "out.vrt", np=3)
    np.testing.assert_array_equal(scenes.read(tmp_path / "out.vrt"), scenes.read(tmp_path / "one.tif"))
    assert np.isnan(scenes.nodata_of(tmp_path / "out.vrt"))


def test_overviews_are_there(cogmill, tmp_path, scene):
    cogmill("convert", scene, "out.vrt", *BLOCKS, np=2)
    assert scenes.levels(tmp_path / "out.vrt")


def test_mask(cogmill, tmp_path):
    mask = np.full((5000, 200), 255, np.uint8)
    mask[1000:3000, :100] = 0
    scenes.write(tmp_path / "in.tif", scenes.ramp(3, 5000, 200, np.uint8), mask=mask)
    cogmill("convert", "in.tif", "out.vrt", *BLOCKS, np=2)
    np.testing.assert_array_equal(scenes.read_mask(tmp_path / "out.vrt"), mask)


def test_folder_can_be_moved(cogmill, tmp_path, scene):
    (tmp_path / "a").mkdir()
    cogmill("convert", scene, "a/out.vrt", *BLOCKS, np=2)
    shutil.move(tmp_path / "a", tmp_path / "b")
    np.testing.assert_array_equal(scenes.read(tmp_path / "b/out.vrt"), scenes.read(scene))
    assert 'relativeToVRT="1"' in (tmp_path / "b/out.vrt").read_text()


def test_overwrite_leaves_no_old_parts(cogmill, tmp_path, scene):
    cogmill("convert", scene, "out.vrt", *BLOCKS, np=3)
    cogmill.fails("convert", scene, "out.vrt", *BLOCKS, code=(1, 2), words=["out.vrt", "--overwrite"])
    cogmill("convert", scene, "out.vrt", *BLOCKS, "--overwrite")
    np.testing.assert_array_equal(scenes.read(tmp_path / "out.vrt"), scenes.read(scene))
    left = {str(p) for p in tmp_path.rglob("*.tif")} - {scene}
    assert left == set(map(str, parts(tmp_path / "out.vrt")))
