# SPDX-FileCopyrightText: 2026 The cogmill authors
# SPDX-License-Identifier: Apache-2.0
"""Alpha: what it hides, how its colours are averaged, and statistics that no longer hold."""
import numpy as np
import pytest
import scenes
from osgeo import gdal

FLOATS = [np.float32, np.float64]
STRAIGHT = scenes.TILED + ("ALPHA=YES",)
PREMULTIPLIED = scenes.TILED + ("PHOTOMETRIC=MINISBLACK", "ALPHA=PREMULTIPLIED")


# --- what it hides --------------------------------------------------------------------------------

def float_alpha(path, dtype):
    """Columns of alpha 0, a little, half, less than half, NaN and full; the colour is the column."""
    alpha = np.tile(np.array([0, 1e-6, 0.5, 0.3, np.nan, 1, 0.01, -0.2], dtype), (64, 8))
    colour = np.tile(np.arange(1, 65, dtype=dtype), (64, 1))
    scenes.write(path, np.stack([colour, alpha]), co=STRAIGHT)
    hidden = ~(np.abs(alpha) > 0)
    return colour, hidden


@pytest.mark.parametrize("dtype", FLOATS)
def test_any_float_alpha_but_0_shows_a_pixel(cogmill, tmp_path, dtype):
    colour, hidden = float_alpha(tmp_path / "in.tif", dtype)
    cogmill("calc", "-i", "A=in.tif", "--calc", "A[1] * 2", "out.tif")
    np.testing.assert_array_equal(scenes.read(tmp_path / "out.tif")[0], np.where(hidden, np.nan, colour * 2))


@pytest.mark.parametrize("dtype", FLOATS)
def test_overviews_keep_colours_under_thin_alpha(cogmill, tmp_path, dtype):
    colour, hidden = float_alpha(tmp_path / "in.tif", dtype)
    cogmill("convert", "in.tif", "out.tif", "--co", "BLOCKSIZE=128", "--co", "OVERVIEW_COUNT=1")
    sums = np.where(hidden, 0, colour).reshape(32, 2, 32, 2).sum((1, 3))
    shown = (~hidden).reshape(32, 2, 32, 2).sum((1, 3))
    assert shown.min() > 0
    np.testing.assert_allclose(scenes.read(tmp_path / "out.tif", 0)[0], sums / shown)


def test_an_image_of_thin_alpha_is_not_empty(cogmill, tmp_path):
    pixels = np.stack([np.full((40, 50), 7), np.full((40, 50), 0.1)]).astype(np.float32)
    scenes.write(tmp_path / "in.tif", pixels, co=STRAIGHT)
    cogmill("convert", "in.tif", "out.tif")  # no warning
    pixels[1] = 0
    scenes.write(tmp_path / "in.tif", pixels, co=STRAIGHT)
    cogmill("convert", "in.tif", "out.tif", "--overwrite", warns=True)


# --- colours that are multiplied by alpha ---------------------------------------------------------

def premultiplied(path, dtype, opaque):
    """White of every opacity, as hard and soft edges.   @return alpha"""
    rows, cols = np.mgrid[0:96, 0:96]
    alpha = np.clip(np.sin(rows / 9) * np.cos(cols / 7) * 3, 0, 1) * ((rows + cols) % 5 > 0) * opaque
    alpha = alpha.astype(dtype)
    scenes.write(path, np.stack([alpha, alpha // 2 if opaque > 1 else alpha / 2, alpha]), co=PREMULTIPLIED)
    return alpha


def check_premultiplied(pixels, opaque, saturates=False):
    """White stays white, and grey half of it.   @param saturates alpha beyond opaque was cut, grey was not"""
    white, grey, alpha = pixels.astype(float)
    np.testing.assert_allclose(white, alpha, atol=1 if opaque > 1 else 1e-6)
    assert alpha.max() > opaque / 2 and np.unique(alpha).size > 20
    if saturates:
        assert (grey <= alpha + 1).all()
    else:
        np.testing.assert_allclose(grey, alpha / 2, atol=1.5 if opaque > 1 else 1e-6)


KINDS = [(np.uint8, 255), (np.uint16, 65535), (np.float32, 1)]


@pytest.mark.parametrize("dtype, opaque", KINDS)
@pytest.mark.parametrize("kernel", ["AVERAGE", "BILINEAR", "CUBIC", "NEAREST"])
def test_premultiplied_overviews(cogmill, tmp_path, dtype, opaque, kernel):
    alpha = premultiplied(tmp_path / "in.tif", dtype, opaque)
    cogmill("convert", "in.tif", "out.tif", "--co", "BLOCKSIZE=128", "--co", "OVERVIEW_COUNT=2",
            "--co", f"OVERVIEW_RESAMPLING={kernel}")
    for level in (0, 1):
        check_premultiplied(scenes.read(tmp_path / "out.tif", level), opaque, kernel == "CUBIC" and opaque > 1)
    if kernel == "AVERAGE":
        mean = alpha.astype(float).reshape(48, 2, 48, 2).mean((1, 3))
        np.testing.assert_allclose(scenes.read(tmp_path / "out.tif", 0)[0], mean, atol=0.5 if opaque > 1 else 1e-6)


@pytest.mark.parametrize("dtype, opaque", KINDS)
@pytest.mark.parametrize("kernel", ["near", "bilinear", "cubic", "average"])
def test_premultiplied_warps(cogmill, tmp_path, dtype, opaque, kernel):
    premultiplied(tmp_path / "in.tif", dtype, opaque)
    cogmill("reproject", "in.tif", "out.tif", "--dst-crs", "EPSG:3857", "-r", kernel, "--resolution", "47,47",
            "--co", "BLOCKSIZE=128", "--co", "OVERVIEW_COUNT=1")
    pixels = scenes.read(tmp_path / "out.tif")
    saturates = kernel == "cubic" and opaque > 1
    check_premultiplied(pixels, opaque, saturates)
    assert (pixels[:, 0, 0] == 0).all() and (pixels[:, -1, -1] == 0).all(), "corners have no source"
    check_premultiplied(scenes.read(tmp_path / "out.tif", 0), opaque, saturates)


EXTRA_SAMPLES = 338


@pytest.mark.parametrize("words", [["convert"], ["reproject", "--dst-crs", "EPSG:3857"],
                                   ["mosaic"]], ids=lambda words: words[0])
@pytest.mark.parametrize("co, kind", [(PREMULTIPLIED, 1), (STRAIGHT, 2)])
def test_the_kind_of_alpha_stays(cogmill, tmp_path, words, co, kind):
    scenes.write(tmp_path / "in.tif", np.full((2, 64, 64), 100, np.uint8), co=co)
    cogmill(words[0], "in.tif", "out.tif", *words[1:], warns=None)
    assert scenes.Tiff(tmp_path / "out.tif").values(EXTRA_SAMPLES) == [kind]


def test_an_overview_in_another_file_has_the_images_kind_of_alpha(cogmill, tmp_path):
    """The .ovr says nothing of it."""
    scenes.write(tmp_path / "in.tif", np.full((2, 512, 512), 100, np.uint8), co=PREMULTIPLIED)
    dataset = gdal.Open(str(tmp_path / "in.tif"))
    dataset.BuildOverviews("NEAREST", [4])
    del dataset
    cogmill("reproject", "in.tif", "out.tif", "--dst-crs", "EPSG:3857", "--resolution", "200,200")
    assert scenes.Tiff(tmp_path / "out.tif").values(EXTRA_SAMPLES) == [1]


def test_straight_alpha_leaves_out_what_it_hides(cogmill, tmp_path):
    pixels = np.zeros((2, 64, 64), np.uint8)
    pixels[:, ::2, ::2] = [[[200]], [[255]]]
    scenes.write(tmp_path / "in.tif", pixels, co=STRAIGHT)
    cogmill("convert", "in.tif", "out.tif", "--co", "BLOCKSIZE=128", "--co", "OVERVIEW_COUNT=1")
    level = scenes.read(tmp_path / "out.tif", 0)
    assert (level[0] == 200).all() and (level[1] == 64).all()


def test_mosaics_of_premultiplied_colours_warn(cogmill, tmp_path):
    premultiplied(tmp_path / "in.tif", np.uint8, 255)
    run = cogmill("mosaic", "in.tif", "out.tif", warns=True)
    assert "multiplied by alpha" in str(run.warnings)


# --- statistics -----------------------------------------------------------------------------------

ITEMS = {"STATISTICS_MINIMUM": "3", "STATISTICS_MAXIMUM": "4999", "STATISTICS_MEAN": "70",
         "STATISTICS_STDDEV": "5", "STATISTICS_VALID_PERCENT": "88"}


def with_statistics(path, **options):
    def dress(dataset):
        dataset.GetRasterBand(1).SetMetadata(ITEMS)
    return scenes.write(path, scenes.ramp(1, 60, 80), dress=dress, **options)


def statistics(path, band=1):
    dataset = gdal.Open(str(path))  # has to outlive its bands
    items = dataset.GetRasterBand(band).GetMetadata()
    return {key: value for key, value in items.items() if key.startswith("STATISTICS_")}


def test_statistics_stay_where_pixels_do(cogmill, tmp_path):
    with_statistics(tmp_path / "in.tif", nodata=9)
    cogmill("convert", "in.tif", "out.tif", "--co", "COMPRESS=ZSTD")
    assert statistics(tmp_path / "out.tif") == ITEMS


@pytest.mark.parametrize("out", ["out.tif", "out.vrt"])
@pytest.mark.parametrize("words", [("--ot", "Byte"), ("--ot", "Float32"), ("--src-nodata", "70"), ("--dst-nodata", "7"),
                                   ("--on-error", "nodata")])
def test_statistics_go_where_pixels_change(cogmill, tmp_path, out, words):
    with_statistics(tmp_path / "in.tif", nodata=9)
    cogmill("convert", "in.tif", out, *words, warns=None)
    assert statistics(tmp_path / out) == {}


@pytest.mark.parametrize("dtype", FLOATS)
def test_statistics_of_infinite_pixels(cogmill, tmp_path, dtype):
    """No number says what their mean is: none is written, and this is said."""
    pixels = scenes.ramp(2, 60, 80, dtype)
    pixels[0, 5, 5] = np.inf
    scenes.write(tmp_path / "in.tif", pixels)
    run = cogmill("convert", "in.tif", "out.tif", "--co", "STATISTICS=YES", warns=True)
    assert "infinite" in str(run.warnings)
    assert statistics(tmp_path / "out.tif") == {"STATISTICS_VALID_PERCENT": "100"}
    assert float(statistics(tmp_path / "out.tif", 2)["STATISTICS_MAXIMUM"]) == pytest.approx(pixels[1].max())
