# SPDX-FileCopyrightText: 2026 The cogmill authors
# SPDX-License-Identifier: Apache-2.0
"""Which pixels are data: what one GeoTIFF cannot say of several bands is refused, not lost."""
import numpy as np
import pytest
import scenes
from osgeo import gdal

COMMANDS = ("convert", "reproject", "mosaic")


def virtual(path, source, nodata):
    """A VRT of `source` whose bands have these nodata values. @return its path"""
    dataset = gdal.Translate(str(path), str(source), format="VRT")
    for number, value in enumerate(nodata, 1):
        if value is not None:
            dataset.GetRasterBand(number).SetNoDataValue(value)
    dataset = None
    return str(path)


@pytest.fixture
def quiet(cogmill):
    """Inputs here are VRTs, which GDAL reads, with a notice."""
    return lambda *words, **how: cogmill(*words, **{"warns": None, **how})


@pytest.mark.parametrize("out", ["out.tif", "out.vrt"])
@pytest.mark.parametrize("command", COMMANDS)
def test_nodata_differs_by_band(cogmill, tmp_path, command, out):
    scenes.write(tmp_path / "in.tif", scenes.ramp(3, 60, 80, np.uint8))
    source = virtual(tmp_path / "in.vrt", tmp_path / "in.tif", (70, None, 90))
    cogmill.fails(command, source, out, code=1, words=[
        "band 1: 70", "band 2: none", "band 3: 90", "--dst-nodata VALUE"])


@pytest.mark.parametrize("command", COMMANDS)
def test_nodata_differs_and_one_is_chosen(quiet, tmp_path, command):
    pixels = scenes.ramp(3, 60, 80, np.uint8)
    scenes.write(tmp_path / "in.tif", pixels)
    source = virtual(tmp_path / "in.vrt", tmp_path / "in.tif", (70, None, 90))
    quiet(command, source, "out.tif", "--dst-nodata", "255")
    assert [scenes.nodata_of(tmp_path / "out.tif", b) for b in (1, 2, 3)] == [255] * 3
    hidden = np.stack([scenes.read_mask(tmp_path / "out.tif", b) == 0 for b in (1, 2, 3)])
    assert (pixels != 255).all()
    np.testing.assert_array_equal(hidden, [pixels[0] == 70, pixels[1] < 0, pixels[2] == 90])


def test_nodata_of_a_computed_image_is_its_own(quiet, tmp_path):
    pixels = scenes.ramp(2, 60, 80, np.uint8)
    scenes.write(tmp_path / "in.tif", pixels)
    source = virtual(tmp_path / "in.vrt", tmp_path / "in.tif", (70, 75))
    quiet("calc", "-i", source, "--calc", "b1 + b2", "out.tif")
    np.testing.assert_array_equal(np.isnan(scenes.read(tmp_path / "out.tif")[0]),
                                  (pixels[0] == 70) | (pixels[1] == 75))


def test_nodata_that_no_pixel_has_may_differ(quiet, tmp_path):
    scenes.write(tmp_path / "in.tif", scenes.ramp(2, 60, 80, np.uint8))
    quiet("convert", virtual(tmp_path / "in.vrt", tmp_path / "in.tif", (None, -1)), "out.tif")
    assert scenes.read_mask(tmp_path / "out.tif").min() == 255


def test_alpha_needs_no_nodata(quiet, tmp_path):
    scenes.write(tmp_path / "in.tif", scenes.ramp(2, 60, 80, np.uint8), co=("ALPHA=YES",))
    quiet("convert", virtual(tmp_path / "in.vrt", tmp_path / "in.tif", (70, None)), "out.tif")
    assert scenes.nodata_of(tmp_path / "out.tif") == 70
