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
PREMULTIPLIED_COLOURS = scenes.TILED + ("PHOTOMETRIC=RGB", "ALPHA=PREMULTIPLIED")


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


# --- its value, and its place ---------------------------------------------------------------------

SIZE, STEP = 64, 8  # columns of an image, and of one value
OPACITIES = {np.uint8: [1, 2, 99, 127, 128, 254, 255, 3], np.uint16: [1, 100, 255, 256, 300, 40000, 65534, 65535],
             np.int16: [1, 100, 255, 256, 300, 9000, 32766, 32767],
             np.int32: [1, 2, 255, 256, 300, 70000, 2**30 + 1, 2**31 - 1],
             np.uint32: [1, 2, 255, 256, 300, 70000, 2**30 + 1, 2**32 - 1],
             np.float32: [1e-30, 0.01, 0.3, 0.49, 0.7, 1, 300, 70000.5],
             np.float64: [1e-300, 0.01, 0.1, 0.49, 0.7, 1, 300, 70000.1]}
BY_CENTRES = [["mosaic"], ["mosaic", "--method", "first"], ["mosaic", "--method", "max"], ["reproject"],
              *([command, "--resolution", "15,15", "-r", kernel] for command in ("mosaic", "reproject")
                for kernel in ("near", "bilinear", "cubic", "lanczos"))]


def stripes(path, dtype, **options):
    """Two bands, the second an alpha of eight values side by side.   @return the alpha"""
    alpha = np.tile(np.repeat(np.array(OPACITIES[dtype], dtype), STEP), (SIZE, 1))
    scenes.write(path, np.stack([np.full_like(alpha, 50), alpha]), co=STRAIGHT, **options)
    return alpha


@pytest.mark.parametrize("words", BY_CENTRES, ids=" ".join)
@pytest.mark.parametrize("dtype", OPACITIES)
def test_alpha_is_that_of_the_pixel_under_the_centre(cogmill, tmp_path, dtype, words):
    alpha = stripes(tmp_path / "in.tif", dtype)
    cogmill(words[0], "in.tif", "out.tif", *words[1:])
    pixels = scenes.read(tmp_path / "out.tif")
    times = pixels.shape[1] // SIZE
    expected = np.repeat(np.repeat(alpha, times, 0), times, 1)
    if words[-1] in ("cubic", "lanczos") and np.dtype(dtype).itemsize <= 2:
        thin = pixels[1] == 0  # GDAL's rule: no pixel where opacity, weighed by the kernel, is below 0
        assert thin.mean() < 0.08 and (expected[thin] < 400).all()
    else:
        thin = np.zeros_like(expected, bool)
    np.testing.assert_array_equal(pixels[1][~thin], expected[~thin])
    np.testing.assert_allclose(pixels[0][~thin], 50, rtol=1e-6)


@pytest.mark.parametrize("words", [["convert"], ["mosaic"], ["reproject", "--resolution", "15,15"],
                                   ["mosaic", "--resolution", "15,15"]], ids=" ".join)
@pytest.mark.parametrize("dtype, to", [(np.float32, "Byte"), (np.float64, "Float32"), (np.float64, "UInt16"),
                                       (np.uint16, "Byte"), (np.int32, "Byte")])
def test_alpha_that_shows_never_becomes_0(cogmill, tmp_path, dtype, to, words):
    stripes(tmp_path / "in.tif", dtype)
    cogmill(words[0], "in.tif", "out.tif", *words[1:], "--ot", to)
    alpha = scenes.read(tmp_path / "out.tif")[1]
    assert (alpha > 0).all()
    if to != "Float32":
        assert alpha[0, 0] == 1, "a little is the least there is"


def test_alpha_of_other_types_is_scaled_in_warps_where_full_is_known(cogmill, tmp_path):
    stripes(tmp_path / "in.tif", np.uint8)
    for command in ("mosaic", "reproject"):
        cogmill(command, "in.tif", "out.tif", "--overwrite", "--resolution", "15,15", "--ot", "UInt16")
        np.testing.assert_array_equal(scenes.read(tmp_path / "out.tif")[1, 0, ::2 * STEP],
                                      np.array(OPACITIES[np.uint8]) * 257)


def test_a_band_without_data_does_not_hide_the_others(cogmill, tmp_path):
    pixels = np.stack([np.zeros((SIZE, SIZE)), np.full((SIZE, SIZE), 9), np.full((SIZE, SIZE), 77)]).astype(np.uint8)
    scenes.write(tmp_path / "in.tif", pixels, co=STRAIGHT, nodata=0)
    for command in ("mosaic", "reproject"):
        cogmill(command, "in.tif", "out.tif", "--overwrite", "--resolution", "15,15")
        assert (scenes.read(tmp_path / "out.tif")[2] == 77).all()


def interpretations(path):
    dataset = gdal.Open(str(path))
    return [gdal.GetColorInterpretationName(dataset.GetRasterBand(i + 1).GetColorInterpretation())
            for i in range(dataset.RasterCount)]


def with_alpha_at(path, place, bands, **options):
    """Band i is 10 (i + 1), with a name of its own; alpha, number `place` from 1, hides the left half.   @return pixels"""
    pixels = np.stack([np.full((SIZE, SIZE), 10 * (i + 1)) for i in range(bands)]).astype(np.uint8)
    pixels[place - 1] = 200
    pixels[place - 1, :, :SIZE // 2] = 0

    def dress(dataset):
        for i in range(bands):
            meaning = gdal.GCI_AlphaBand if i + 1 == place else gdal.GCI_Undefined
            dataset.GetRasterBand(i + 1).SetColorInterpretation(meaning)
    scenes.write(path, pixels, co=scenes.TILED + ("PHOTOMETRIC=MINISBLACK",), dress=dress,
                 descriptions=[f"b{i + 1}" for i in range(bands)], **options)
    return pixels


@pytest.mark.parametrize("place, bands", [(1, 4), (4, 5), (2, 3), (1, 2), (3, 3)])
@pytest.mark.parametrize("words", [[], ["--resolution", "15,15"], ["--method", "mean"]], ids=" ".join)
def test_a_mosaic_has_its_alpha_where_the_sources_have_it(cogmill, tmp_path, words, place, bands):
    pixels = with_alpha_at(tmp_path / "in.tif", place, bands)
    cogmill("mosaic", "in.tif", "out.tif", *words)
    assert interpretations(tmp_path / "out.tif") == interpretations(tmp_path / "in.tif")
    result = scenes.read(tmp_path / "out.tif")
    times = result.shape[1] // SIZE
    shown = np.s_[:, :, SIZE // 2 * times:]
    np.testing.assert_array_equal(result[shown], np.repeat(np.repeat(pixels, times, 1), times, 2)[shown])
    assert (result[place - 1, :, :SIZE // 2 * times] == 0).all()
    dataset = gdal.Open(str(tmp_path / "out.tif"))
    for i in range(bands):
        if i + 1 != place:
            assert dataset.GetRasterBand(i + 1).GetDescription() == f"b{i + 1}"


def test_sources_may_have_their_alpha_in_other_places(cogmill, tmp_path):
    """And none of their own: the first source says where it is, or that it comes last."""
    with_alpha_at(tmp_path / "a.tif", 1, 3)
    right = (scenes.TRANSFORM[0] + 30 * SIZE, *scenes.TRANSFORM[1:])
    with_alpha_at(tmp_path / "b.tif", 3, 3, transform=right)
    plain = np.stack([np.full((SIZE, SIZE), v, np.uint8) for v in (20, 30)])
    scenes.write(tmp_path / "c.tif", plain, co=scenes.TILED, transform=right)
    cogmill("mosaic", "a.tif", "b.tif", "out.tif", warns=None)  # names differ
    np.testing.assert_array_equal(scenes.read(tmp_path / "out.tif")[:, 5, [60, 124]], [[200, 200], [20, 10], [30, 20]])
    cogmill("mosaic", "a.tif", "c.tif", "out.tif", "--add-alpha", "--overwrite", warns=None)
    np.testing.assert_array_equal(scenes.read(tmp_path / "out.tif")[:, 5, [60, 124]], [[200, 255], [20, 20], [30, 30]])
    cogmill("mosaic", "a.tif", "c.tif", "out.tif", "--overwrite", "--dst-nodata", "7", warns=None)
    np.testing.assert_array_equal(scenes.read(tmp_path / "out.tif")[:, 5, [5, 60, 124]], [[7, 20, 20], [7, 30, 30]])
    assert interpretations(tmp_path / "out.tif")[0] != "Alpha"


# --- colours that are multiplied by alpha ---------------------------------------------------------

def premultiplied(path, dtype, opaque):
    """White of every opacity, as hard and soft edges.   @return alpha"""
    rows, cols = np.mgrid[0:96, 0:96]
    alpha = np.clip(np.sin(rows / 9) * np.cos(cols / 7) * 3, 0, 1) * ((rows + cols) % 5 > 0) * opaque
    alpha = alpha.astype(dtype)
    grey = alpha // 2 if opaque > 1 else alpha / 2
    scenes.write(path, np.stack([alpha, grey, grey, alpha]), co=PREMULTIPLIED_COLOURS)
    return alpha


def check_premultiplied(pixels, opaque, saturates=False):
    """White stays white, and grey half of it.   @param saturates what lies beyond opaque or below 0 was cut"""
    white, grey, _, alpha = pixels.astype(float)
    np.testing.assert_allclose(white, alpha, atol=1 if opaque > 1 else 1e-6)
    assert alpha.max() > opaque / 2 and np.unique(alpha).size > 20
    if saturates:
        assert (grey <= alpha).all()
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
        check_premultiplied(scenes.read(tmp_path / "out.tif", level), opaque, kernel == "CUBIC")
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
    saturates = kernel == "cubic"
    check_premultiplied(pixels, opaque, saturates)
    assert (pixels[:, 0, 0] == 0).all() and (pixels[:, -1, -1] == 0).all(), "corners have no source"
    check_premultiplied(scenes.read(tmp_path / "out.tif", 0), opaque, saturates)


NOISE = [["convert", "--co", f"OVERVIEW_RESAMPLING={kernel}", "--co", "BLOCKSIZE=128", "--co", "OVERVIEW_COUNT=2"]
         for kernel in ("CUBIC", "MODE", "BILINEAR", "AVERAGE")]
NOISE += [["reproject", "--resolution", resolution, "-r", kernel] for resolution in ("17,17", "95,95")
          for kernel in ("cubic", "lanczos", "cubicspline", "mode", "max", "rms")]


@pytest.mark.parametrize("words", NOISE, ids=lambda words: words[-1 if words[0] == "reproject" else 2])
@pytest.mark.parametrize("dtype, opaque", KINDS)
def test_premultiplied_colours_never_exceed_alpha(cogmill, tmp_path, dtype, opaque, words):
    random = np.random.default_rng(5)
    alpha = random.random((200, 200)) * opaque
    alpha[random.random((200, 200)) < 0.3] = 0
    alpha[random.random((200, 200)) < 0.2] = opaque
    colours = random.random((3, 200, 200)) * alpha
    pixels = np.concatenate([colours, alpha[None]]).astype(dtype)
    scenes.write(tmp_path / "in.tif", pixels, co=PREMULTIPLIED_COLOURS)
    cogmill(words[0], "in.tif", "out.tif", *words[1:])
    for level in (0, 1) if words[0] == "convert" else (None,):
        result = scenes.read(tmp_path / "out.tif", level)
        assert (result[:3] <= result[3]).all() and result[:3].max() > opaque / 3


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
