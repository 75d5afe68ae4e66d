# SPDX-FileCopyrightText: 2026 The cogmill authors
# SPDX-License-Identifier: Apache-2.0
"""One rule for pixels without data, whatever the command: what has none before has none afterwards, and nothing else."""
import re

import numpy as np
import pytest
import scenes
import yaml
from osgeo import gdal, ogr

LARGEST = float(np.finfo(np.float32).max)
COPIES = ("convert", "reproject", "mosaic")
FINER = ("--resolution", "15,15", "-r", "near")  # every source pixel becomes 2 x 2


def holes(shape, share=0.1, seed=3):
    return np.random.default_rng(seed).random(shape) < share


def hidden(path, band=1):
    return scenes.read_mask(path, band) == 0


def moved(run):
    """How many pixels the run says it has moved off nodata."""
    found = re.search(r"(\d+) valid pixels came out equal to nodata", run.stderr)
    return int(found[1]) if found else 0


def doubled(pixels):
    return np.repeat(np.repeat(pixels, 2, axis=-2), 2, axis=-1)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("tag", [None, -7777, float("nan")])
@pytest.mark.parametrize("method", ["AVERAGE", "BILINEAR", "CUBIC", "MODE"])
def test_nan_is_left_out_of_overviews(cogmill, tmp_path, method, tag, dtype):
    pixels = np.full((1, 520, 610), 12.5, dtype)
    pixels[0, 3::7, 2::7] = np.nan
    scenes.write(tmp_path / "in.tif", pixels, co=scenes.TILED, nodata=tag)
    cogmill("convert", "in.tif", "out.tif", "--co", f"OVERVIEW_RESAMPLING={method}", "--co", "BLOCKSIZE=128")
    np.testing.assert_array_equal(scenes.read(tmp_path / "out.tif"), pixels)
    for level in range(len(scenes.levels(tmp_path / "out.tif"))):
        values = scenes.read(tmp_path / "out.tif", level)
        np.testing.assert_allclose(values, 12.5, rtol=1e-6, equal_nan=False)


@pytest.mark.parametrize("to", ["Float32", "Int16", "Byte"])
@pytest.mark.parametrize("tag", [None, -7777])
@pytest.mark.parametrize("command", COPIES)
def test_nan_gets_the_new_value(cogmill, tmp_path, command, tag, to):
    pixels = np.full((1, 90, 130), 33, np.float32)
    missing = holes(pixels.shape[1:])
    pixels[0, missing] = np.nan
    if tag is not None:
        missing[:7] = True
        pixels[0, :7] = tag
    scenes.write(tmp_path / "in.tif", pixels, co=scenes.TILED, nodata=tag)
    for options, expected in (((), missing), (FINER, doubled(missing))):
        if command == "convert" and options:
            options = ("--dst-crs", "EPSG:32621", *options)
        cogmill(command, "in.tif", "out.tif", "--dst-nodata", "77", "--ot", to, "--overwrite", *options)
        np.testing.assert_array_equal(scenes.read(tmp_path / "out.tif")[0], np.where(expected, 77, 33))


@pytest.mark.parametrize("pixel,tag", [(-LARGEST, -3.4e38), (-LARGEST, -3.40282e38), (LARGEST, 3.402823e38),
                                       (98765.43, 98765.4)])
def test_tags_of_few_digits(cogmill, tmp_path, pixel, tag):
    pixels = np.full((1, 530, 540), 8, np.float32)
    missing = np.zeros(pixels.shape[1:], bool)
    missing[3::7, 2::7] = True
    pixels[0, missing] = pixel
    source = scenes.write(tmp_path / "in.tif", pixels, co=scenes.TILED, nodata=tag)
    cogmill("convert", source, "out.tif", "--co", "STATISTICS=YES", "--co", "BLOCKSIZE=128")
    assert (scenes.read(tmp_path / "out.tif", 0) == 8).all()
    statistics = scenes.info(tmp_path / "out.tif")["bands"][0]["metadata"][""]
    assert float(statistics["STATISTICS_MINIMUM"]) == float(statistics["STATISTICS_MAXIMUM"]) == 8
    for command in COPIES:
        cogmill(command, source, "new.tif", "--overwrite", "--dst-nodata", "-5")
        np.testing.assert_array_equal(scenes.read(tmp_path / "new.tif")[0], np.where(missing, -5, 8))
    cogmill("calc", "-i", source, "--calc", "b1 * 2", "new.tif", "--overwrite", "--dst-nodata", "-5")
    np.testing.assert_array_equal(scenes.read(tmp_path / "new.tif")[0], np.where(missing, -5, 16))
    cogmill("reproject", source, "new.tif", "--overwrite", "--resolution", "17,17", "-r", "bilinear", "--dst-nodata", "-5")
    values = scenes.read(tmp_path / "new.tif")[0]
    np.testing.assert_allclose(values[values != -5], 8, rtol=1e-6)


def test_a_tag_of_few_digits_in_doubles(cogmill, tmp_path):
    pixels = np.full((1, 60, 70), 4, np.float64)
    missing = holes(pixels.shape[1:])
    pixels[0, missing] = np.finfo(np.float64).min
    scenes.write(tmp_path / "in.tif", pixels, co=scenes.TILED, nodata=-1.79769e308)
    cogmill("convert", "in.tif", "out.tif", "--dst-nodata", "-5")
    np.testing.assert_array_equal(scenes.read(tmp_path / "out.tif")[0], np.where(missing, -5, 4))


def test_values_beside_a_tag_are_data(cogmill, tmp_path):
    pixels = np.array([[[-9999, -9998.99, -9999.01, -9998.5]]], np.float32)
    scenes.write(tmp_path / "in.tif", pixels, co=(), nodata=-9999)
    cogmill("convert", "in.tif", "out.tif", "--dst-nodata", "0")
    np.testing.assert_array_equal(scenes.read(tmp_path / "out.tif")[0], [[0, *pixels[0, 0, 1:]]])


@pytest.mark.parametrize("options", [(), ("--ot", "UInt16"), ("--src-nodata", "255")])
@pytest.mark.parametrize("command", ["convert", "reproject"])
def test_alpha_stays(cogmill, tmp_path, command, options):
    pixels = np.random.default_rng(4).choice(np.array([3, 0, 255, 90], np.uint8), (4, 70, 80))
    def say_alpha(dataset):
        dataset.GetRasterBand(4).SetColorInterpretation(gdal.GCI_AlphaBand)
    scenes.write(tmp_path / "in.tif", pixels, co=("PHOTOMETRIC=RGB",), nodata=3, dress=say_alpha)
    cogmill(command, "in.tif", "out.tif", "--dst-nodata", "200", *options)
    got = scenes.read(tmp_path / "out.tif")
    np.testing.assert_array_equal(got[3], pixels[3])
    np.testing.assert_array_equal(got[:3], np.where(pixels[:3] == (255 if "255" in options else 3), 200, pixels[:3]))


@pytest.mark.parametrize("options", [(), FINER])
@pytest.mark.parametrize("command", COPIES)
@pytest.mark.parametrize("dtype,to,new,beside", [
    (np.uint8, "Byte", 200, 199), (np.uint8, "UInt16", 200, 199), (np.int32, "Byte", 0, 1), (np.int16, "UInt16", 0, 1),
    (np.int16, "Byte", 255, 254), (np.float32, "Byte", 255, 254), (np.float64, "Int16", -32768, -32767)])
def test_data_steps_aside_once(cogmill, tmp_path, command, dtype, to, new, beside, options):
    """Saturation makes equal what was not."""
    pixels = np.full((1, 60, 80), 100, dtype)
    missing, equal = holes((60, 80)), holes((60, 80), 0.2, 5)
    pixels[0, equal] = new
    pixels[0, missing] = 17
    scenes.write(tmp_path / "in.tif", pixels, co=scenes.TILED, nodata=17)
    if command == "convert" and options:
        options = ("--dst-crs", "EPSG:32621", *options)
    run = cogmill(command, "in.tif", "out.tif", "--ot", to, "--dst-nodata", str(new), *options, warns=True)
    expected = np.where(missing, new, np.where(equal, beside, 100))
    np.testing.assert_array_equal(scenes.read(tmp_path / "out.tif")[0], doubled(expected) if options else expected)
    assert moved(run) == (equal & ~missing).sum() * (4 if options else 1), str(run)


@pytest.mark.parametrize("ranks", [1, 3])
def test_results_step_aside(cogmill, tmp_path, ranks):
    pixels = np.full((1, 600, 700), 20, np.uint8)
    missing, equal = holes((600, 700)), holes((600, 700), 0.2, 5)
    pixels[0, equal] = 60
    pixels[0, missing] = 17
    scenes.write(tmp_path / "in.tif", pixels, nodata=17)
    run = cogmill("calc", "-i", "in.tif", "--calc", "b1 * 2", "--ot", "Byte", "--dst-nodata", "120", "out.tif", "--record",
                  "run.yaml", "--co", "BLOCKSIZE=128", np=ranks, warns=True)
    np.testing.assert_array_equal(scenes.read(tmp_path / "out.tif")[0],
                                  np.where(missing, 120, np.where(equal, 119, 40)))
    count = (equal & ~missing).sum()
    assert moved(run) == count
    notes = yaml.safe_load((tmp_path / "run.yaml").read_text())["notes"]
    assert any(note.startswith(f"up to {count} valid pixels came out equal to nodata (120)") for note in notes)


@pytest.mark.parametrize("dtype", [np.int16, np.int32])
def test_signed_averages_are_no_holes(cogmill, tmp_path, dtype):
    pixels = np.random.default_rng(6).choice(np.array([-3, -2, 2, 3], dtype), (1, 530, 540))
    scenes.write(tmp_path / "in.tif", pixels, co=scenes.TILED, nodata=0)
    cogmill("convert", "in.tif", "out.tif", "--co", "BLOCKSIZE=128")
    values = scenes.read(tmp_path / "out.tif", 0)[0]
    assert (values != 0).all()
    square = pixels[0, :520, :540].astype(float).reshape(260, 2, 270, 2).mean(axis=(1, 3))
    assert np.abs(values[:260] - square).max() <= 1.5


def draw(path):
    """A triangle over the corner of scenes.write()'s grid."""
    data = ogr.GetDriverByName("GPKG").CreateDataSource(str(path))
    layer = data.CreateLayer("cut", scenes.crs(32621), ogr.wkbPolygon)
    feature = ogr.Feature(layer.GetLayerDefn())
    feature.SetGeometry(ogr.CreateGeometryFromWkt(
        "POLYGON((717345 -2776995, 719745 -2776995, 717345 -2778795, 717345 -2776995))"))
    layer.CreateFeature(feature)
    return str(path)


@pytest.mark.parametrize("tag", [None, 17])
@pytest.mark.parametrize("dtype,to,new,beside", [(np.uint8, "Byte", 200, 199), (np.uint8, "Int16", -500, None),
                                                 (np.uint16, "Int16", -500, None), (np.float32, "Byte", 200, 199),
                                                 (np.float32, "Float32", 200, None)])
@pytest.mark.parametrize("command", ["reproject", "mosaic"])
def test_outside_a_cutline_there_is_no_data(cogmill, tmp_path, command, dtype, to, new, beside, tag):
    pixels = np.full((1, 60, 80), 100, dtype)
    equal, missing = holes((60, 80), 0.2, 5), holes((60, 80)) & (tag is not None)
    pixels[0, equal] = 200
    pixels[0, missing] = 17
    scenes.write(tmp_path / "in.tif", pixels, co=scenes.TILED, nodata=tag)
    run = cogmill(command, "in.tif", "out.tif", "--ot", to, "--dst-nodata", str(new), "--cutline", draw(tmp_path / "cut.gpkg"),
                  warns=None)
    rows, cols = np.mgrid[0:60, 0:80]
    outside = (rows + 0.5) / 60 + (cols + 0.5) / 80 > 1
    got = scenes.read(tmp_path / "out.tif")[0]
    assert (got[outside | missing] == new).all()
    inside = got[~outside & ~missing]
    other = inside[equal[~outside & ~missing]].astype(float)
    assert (inside != new).all() and (np.abs(other - 200) <= (0.01 if to == "Float32" else 1)).all()
    if beside is not None:
        assert (other == beside).all()
    assert (moved(run) > 0) == (new == 200), str(run)


@pytest.mark.parametrize("dtype,to,new", [(np.uint16, "Int16", -9999), (np.int16, "UInt16", 65535), (np.uint32, "Int16", -1),
                                          (np.uint8, "Int8" if "Int8" in scenes.TYPES else "Int16", -1)])
@pytest.mark.parametrize("command", ["reproject", "mosaic"])
def test_warps_whose_type_has_no_such_value(cogmill, tmp_path, command, dtype, to, new):
    pixels = np.full((1, 60, 80), 100, dtype)
    missing = holes((60, 80))
    pixels[0, missing] = 17
    scenes.write(tmp_path / "in.tif", pixels, co=scenes.TILED, nodata=17)
    cogmill(command, "in.tif", "out.tif", "--ot", to, "--dst-nodata", str(new), *FINER, "--bbox", "717345,-2778795,719775,-2776965")
    expected = np.pad(doubled(np.where(missing, new, 100)), ((2, 0), (0, 2)), constant_values=new)
    np.testing.assert_array_equal(scenes.read(tmp_path / "out.tif")[0], expected)


@pytest.mark.parametrize("method", ["near", "bilinear", "average"])
def test_united_bands_do_not_make_nan_data(cogmill, tmp_path, method):
    pixels = np.full((2, 90, 80), 6, np.float32)
    missing = holes((90, 80))
    pixels[0, missing] = np.nan
    pixels[1, :9] = -5
    scenes.write(tmp_path / "in.tif", pixels, co=scenes.TILED, nodata=-5)
    cogmill("reproject", "in.tif", "out.tif", "--wo", "UNIFIED_SRC_NODATA=YES", "--resolution", "43,43", "-r", method,
            warns=True)  # of the other band's values that equal nodata
    got = scenes.read(tmp_path / "out.tif")
    assert not np.isnan(got).any()
    np.testing.assert_allclose(got[0][got[0] != -5], 6, rtol=1e-6)


def test_int64_tag_and_new_value_are_compared_by_value(cogmill, tmp_path):
    pixels = np.array([[[0, 5, 2**60 + 1, -1]]], np.int64)
    scenes.write(tmp_path / "in.tif", pixels, co=(), nodata=0)
    cogmill("convert", "in.tif", "out.tif", "--dst-nodata", "0")
    np.testing.assert_array_equal(scenes.read(tmp_path / "out.tif"), pixels)


def sparse_rgba(path):
    """Four tiles of colours and alpha, of which the second was never written."""
    tiles = gdal.GetDriverByName("GTiff").Create(str(path), 256, 256, 4, gdal.GDT_Byte, [
        "SPARSE_OK=YES", "TILED=YES", "BLOCKXSIZE=128", "BLOCKYSIZE=128", "ALPHA=YES", "PHOTOMETRIC=RGB", "COMPRESS=DEFLATE"])
    tiles.SetSpatialRef(scenes.crs(32621))
    tiles.SetGeoTransform(scenes.TRANSFORM)
    tiles.GetRasterBand(1).SetNoDataValue(201)
    random = np.random.default_rng(8)
    for col, row in ((0, 0), (0, 128), (128, 128)):
        tiles.WriteArray(random.integers(1, 200, (4, 128, 128), np.uint8), col, row)
    tiles = None
    return str(path)


@pytest.mark.parametrize("options", [(), ("--ot", "UInt16"), ("--dst-nodata", "202")])
def test_a_tile_that_is_not_there_is_transparent(cogmill, tmp_path, options):
    cogmill("convert", sparse_rgba(tmp_path / "in.tif"), "out.tif", *options)
    got = scenes.read(tmp_path / "out.tif")
    assert (got[3, :128, 128:] == 0).all() and (got[3, 128:] != 0).all()
    assert (got[:3, :128, 128:] == (202 if "202" in options else 201)).all()


def test_a_damaged_tile_is_transparent(cogmill, tmp_path):
    scenes.break_tile(sparse_rgba(tmp_path / "in.tif"), 3)
    cogmill("convert", "in.tif", "out.tif", "--on-error", "nodata", warns=True)
    got = scenes.read(tmp_path / "out.tif")
    assert (got[3, 128:, 128:] == 0).all() and (got[:3, 128:, 128:] == 201).all() and (got[3, 128:, :128] != 0).all()


def test_sparse_outputs_read_back_as_they_are(cogmill, tmp_path):
    cogmill("convert", sparse_rgba(tmp_path / "in.tif"), "dense.tif", "--co", "BLOCKSIZE=128")
    cogmill("convert", "in.tif", "sparse.tif", "--co", "BLOCKSIZE=128", "--co", "SPARSE_OK=YES")
    np.testing.assert_array_equal(scenes.read(tmp_path / "sparse.tif"), scenes.read(tmp_path / "dense.tif"))


@pytest.mark.parametrize("dtype,tag,to,new", [(np.int16, -9999, "Byte", 0), (np.float32, float("nan"), "Int16", -32768),
                                              (np.uint16, 65535, "Byte", 255), (np.float32, 0.5, "Byte", 0)])
@pytest.mark.parametrize("command", COPIES)
def test_a_type_without_the_nodata_value_gets_another(cogmill, tmp_path, command, dtype, tag, to, new):
    pixels = np.full((1, 60, 80), 100, dtype)
    missing, equal = holes((60, 80)), holes((60, 80), 0.2, 5)
    pixels[0, equal] = max(new, np.iinfo(dtype).min if np.issubdtype(dtype, np.integer) else new)
    pixels[0, missing] = tag
    scenes.write(tmp_path / "in.tif", pixels, co=scenes.TILED, nodata=tag)
    run = cogmill(command, "in.tif", "out.tif", "--ot", to, warns=True)
    assert re.search(rf"no {to}.* pixel can be .*in\.tif.* become {new}, .*--dst-nodata VALUE", run.stderr), str(run)
    assert sum("pixel can be" in line for line in run.warnings) == 1, str(run)
    assert scenes.nodata_of(tmp_path / "out.tif") == new
    np.testing.assert_array_equal(hidden(tmp_path / "out.tif"), missing)


COMPLEX = {"CInt16": gdal.GDT_CInt16, "CFloat32": gdal.GDT_CFloat32, "CFloat64": gdal.GDT_CFloat64}


def complex_pixels(path, name, tag):
    """Rows of data, of NaN where there is any, and of the tag with and without an imaginary part.   @return holes"""
    pixels = np.full((80, 64), 2 + 3j, scenes.NUMPY[name])
    holes = np.zeros(80, bool)
    if name != "CInt16":
        pixels[:8], pixels[8:16] = complex(np.nan, np.nan), complex(np.nan, 0)
        holes[:16] = True
    pixels[16:24], pixels[24:32] = 5, 5 + 1j
    holes[16:32] = tag == 5
    pixels[32:40] = -7 + 4j  # data that steps aside
    scenes.write(path, pixels, gdal_type=COMPLEX[name], co=scenes.TILED, nodata=tag)
    return holes


@pytest.mark.parametrize("words", [["convert"], ["mosaic"], ["reproject"], ["reproject", *FINER], ["mosaic", *FINER]],
                         ids=" ".join)
@pytest.mark.parametrize("name, tag", [("CInt16", None), ("CInt16", 5), ("CFloat32", None), ("CFloat32", 5),
                                       ("CFloat64", float("nan")), ("CFloat64", 5)])
def test_complex_pixels_are_what_their_real_parts_are(cogmill, tmp_path, name, tag, words):
    holes = complex_pixels(tmp_path / "in.tif", name, tag)
    run = cogmill(words[0], "in.tif", "out.tif", *words[1:], "--dst-nodata", "-7", warns=True)
    assert scenes.nodata_of(tmp_path / "out.tif") == -7
    rows = scenes.read(tmp_path / "out.tif")[0, :, 20]
    rows = rows[::rows.size // 80]
    np.testing.assert_array_equal(rows == -7, holes)
    np.testing.assert_array_equal(rows[40:], 2 + 3j)
    assert (rows[32:40].imag == 4).all() and np.allclose(rows[32:40].real, -7, atol=1.1)
    assert (rows[32:40].real != -7).all() and moved(run) > 0


@pytest.mark.parametrize("command", COPIES)
def test_a_complex_file_without_a_valid_pixel_is_warned_of(cogmill, tmp_path, command):
    for pixel, tag, empty in ((5, 5, True), (complex(np.nan, 1), None, True), (5 + 1j, 5, True), (5j, 5, False)):
        scenes.write(tmp_path / "in.tif", np.full((60, 70), pixel, np.complex64), co=scenes.TILED, nodata=tag)
        run = cogmill(command, "in.tif", "out.tif", "--overwrite", warns=True)
        assert ("not one pixel" in run.stderr or "every pixel" in run.stderr) == empty, str(run)


def test_no_complex_pixel_can_have_a_value_that_its_parts_have_not(cogmill, tmp_path):
    complex_pixels(tmp_path / "in.tif", "CInt16", 5)
    cogmill.fails("convert", "in.tif", "out.tif", "--dst-nodata", "0.5", code=2, words=["0.5", "CInt16"])


@pytest.mark.parametrize("tag", ["-1.79769313486232e+308", "-1.797693134862316e+308", "-1.79769e+308"])
@pytest.mark.parametrize("by", ["vrt", "option", "new"])
def test_the_largest_double_in_digits_that_were_rounded_up(cogmill, tmp_path, tag, by):
    """No double is as large: C libraries read infinity."""
    least = -np.finfo(np.float64).max
    pixels = np.full((1, 64, 64), 10, np.float64)
    pixels[0, :16] = least
    scenes.write(tmp_path / "in.tif", pixels, co=scenes.TILED, nodata=least if by == "new" else None)
    text = gdal.Translate("", str(tmp_path / "in.tif"), format="VRT").GetMetadata("xml:VRT")[0]
    if by == "vrt":
        text = text.replace("<ColorInterp>", f"<NoDataValue>{tag}</NoDataValue><ColorInterp>", 1)
    (tmp_path / "in.vrt").write_text(text)
    option = {"vrt": (), "option": (f"--src-nodata={tag}",), "new": (f"--dst-nodata={tag}",)}[by]
    cogmill("calc", "-i", "A=in.vrt", "--calc", "isnodata(A)", "c.tif", "--ot", "Byte", *option[:by == "option"], warns=None)
    assert scenes.read(tmp_path / "c.tif").mean() == 0.25
    for command in COPIES:
        new = option if by == "new" else ("--dst-nodata", "-5", *option)
        cogmill(command, "in.vrt", "out.tif", "--overwrite", *new, warns=None)
        result = scenes.read(tmp_path / "out.tif")[0]
        assert (result[16:] == 10).all() and (result[:16] == (max(float(tag), least) if by == "new" else -5)).all()


@pytest.mark.parametrize("words", [["convert"], ["reproject"], ["mosaic"], ["calc", "--calc", "A + 1"]],
                         ids=lambda words: words[0])
def test_a_nodata_option_that_no_pixel_can_have_is_warned_of(cogmill, tmp_path, words):
    scenes.write(tmp_path / "in.tif", np.full((1, 64, 64), 10, np.uint8))
    files = ["-i", "in.tif", "out.tif"] if words[0] == "calc" else ["in.tif", "out.tif"]
    run = cogmill(*words, *files, "--src-nodata", "300", warns=True)
    assert "300" in str(run.warnings) and "Byte" in str(run.warnings)
    cogmill(*words, *files, "--src-nodata", "255", "--overwrite")
