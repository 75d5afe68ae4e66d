# SPDX-FileCopyrightText: 2026 The cogmill authors
# SPDX-License-Identifier: Apache-2.0
"""convert: pixels, structure and creation options. GDAL reads back what cogmill wrote."""
import os
import re

import numpy as np
import pytest
import scenes
from checks import gdal_validate, rio_validate
from osgeo import gdal


def same_pixels(a, b):
    np.testing.assert_array_equal(scenes.read(a), scenes.read(b))


def halved(width, height, block):
    sizes = []
    while width > block or height > block:
        width, height = max(1, width // 2), max(1, height // 2)
        sizes.append((width, height))
    return sizes


def structure(path):
    return gdal.Open(str(path)).GetMetadata("IMAGE_STRUCTURE") | {"block": scenes.block_of(path)}


# --- types and shapes -----------------------------------------------------------------------------

@pytest.mark.parametrize("name", scenes.TYPES)
@pytest.mark.parametrize("bands", [1, 3])
def test_every_type(cogmill, tmp_path, name, bands):
    pixels = scenes.ramp(bands, 401, 523, scenes.NUMPY[name])
    path = scenes.write(tmp_path / "in.tif", pixels, scenes.TYPES[name], co=scenes.TILED)
    complex_type = name.startswith("C")
    cogmill("convert", path, "out.tif", "--co", "BLOCKSIZE=128", warns=complex_type)
    same_pixels(path, tmp_path / "out.tif")
    out = gdal.Open(str(tmp_path / "out.tif"))
    assert out.GetRasterBand(1).DataType == scenes.TYPES[name]
    assert out.RasterCount == bands
    assert scenes.levels(tmp_path / "out.tif") == halved(523, 401, 128)
    predictor = {"Float32": "3", "Float64": "3"}.get(name, None if complex_type else "2")
    assert structure(tmp_path / "out.tif").get("PREDICTOR", predictor) == predictor
    gdal_validate(tmp_path / "out.tif")


def test_signed_bytes_of_old_gdal(cogmill, tmp_path):
    """GDAL before 3.7 knows signed bytes as a Byte with a PIXELTYPE."""
    pixels = (scenes.ramp(1, 200, 300, np.uint8)).astype(np.uint8)
    path = scenes.write(tmp_path / "in.tif", pixels, co=("PIXELTYPE=SIGNEDBYTE",))
    cogmill("convert", path, "out.tif")
    same_pixels(path, tmp_path / "out.tif")
    assert scenes.info(path)["bands"][0]["type"] == scenes.info(tmp_path / "out.tif")["bands"][0]["type"]


SHAPES = [(1, 1), (1, 2), (3, 2), (511, 512), (512, 512), (513, 512), (257, 1), (1, 3000), (3000, 1),
          (127, 521), (1025, 129)]


@pytest.mark.parametrize("height,width", SHAPES)
def test_shapes(cogmill, tmp_path, height, width):
    path = scenes.write(tmp_path / "in.tif", scenes.ramp(2, height, width), co=())
    for block in (128, 512):
        cogmill("convert", path, f"out{block}.tif", "--co", f"BLOCKSIZE={block}")
        same_pixels(path, tmp_path / f"out{block}.tif")
        assert scenes.levels(tmp_path / f"out{block}.tif") == halved(width, height, block)
        gdal_validate(tmp_path / f"out{block}.tif")


@pytest.mark.parametrize("bands", [2, 5, 40])
def test_band_counts(cogmill, tmp_path, bands):
    path = scenes.write(tmp_path / "in.tif", scenes.ramp(bands, 150, 140, np.int16))
    cogmill("convert", path, "out.tif", "--co", "BLOCKSIZE=128")
    same_pixels(path, tmp_path / "out.tif")
    gdal_validate(tmp_path / "out.tif")


# --- how inputs are stored ------------------------------------------------------------------------

STORAGE = {
    "strips": (), "strips-of-7": ("BLOCKYSIZE=7",), "tiles-16": ("TILED=YES", "BLOCKXSIZE=16", "BLOCKYSIZE=16"),
    "oblong-tiles": ("TILED=YES", "BLOCKXSIZE=64", "BLOCKYSIZE=256"), "band": scenes.TILED + ("INTERLEAVE=BAND",),
    "band-deflate": scenes.DEFLATE + ("INTERLEAVE=BAND",), "lzw": scenes.TILED + ("COMPRESS=LZW",),
    "lzw-predictor": scenes.TILED + ("COMPRESS=LZW", "PREDICTOR=2"), "lzw-strips": ("COMPRESS=LZW", "PREDICTOR=2"),
    "packbits": scenes.TILED + ("COMPRESS=PACKBITS",), "zstd": scenes.TILED + ("COMPRESS=ZSTD", "PREDICTOR=2"),
    "big-endian": scenes.DEFLATE + ("ENDIANNESS=BIG",), "big-endian-raw": scenes.TILED + ("ENDIANNESS=BIG",),
    "big-endian-strips": ("ENDIANNESS=BIG", "COMPRESS=LZW", "PREDICTOR=2"),
    "bigtiff": scenes.DEFLATE + ("BIGTIFF=YES",), "bigtiff-big-endian": scenes.DEFLATE + ("BIGTIFF=YES", "ENDIANNESS=BIG"),
}


@pytest.mark.parametrize("storage", STORAGE)
@pytest.mark.parametrize("dtype", [np.uint8, np.int16, np.uint32, np.float64])
def test_storage(cogmill, tmp_path, storage, dtype):
    path = scenes.write(tmp_path / "in.tif", scenes.ramp(3, 333, 277, dtype), co=STORAGE[storage])
    run = cogmill("convert", path, "out.tif", "--log-level", "debug")
    assert re.search("^cogmill: debug: .*in.tif is opened for the tile reader", run.stderr, re.MULTILINE), str(run)
    same_pixels(path, tmp_path / "out.tif")


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("interleave", ["PIXEL", "BAND"])
def test_floating_point_predictor(cogmill, tmp_path, dtype, interleave):
    """Little-endian only: GDAL itself does not read back what it writes as ENDIANNESS=BIG."""
    pixels = scenes.ramp(3, 210, 190, dtype)
    pixels[0, 5, 5], pixels[1, 6, 6], pixels[2, 7, 7] = np.nan, np.inf, -0.0
    path = scenes.write(tmp_path / "in.tif", pixels, co=scenes.TILED + (
        "COMPRESS=DEFLATE", "PREDICTOR=3", f"INTERLEAVE={interleave}"))
    cogmill("convert", path, "out.tif")
    np.testing.assert_array_equal(scenes.read(tmp_path / "out.tif").view(np.uint8), pixels.view(np.uint8))


FALLBACKS = {"jpeg": (np.uint8, scenes.TILED + ("COMPRESS=JPEG", "PHOTOMETRIC=YCBCR")),
             "lerc": (np.float32, scenes.TILED + ("COMPRESS=LERC_ZSTD",)),
             "lzma": (np.uint16, scenes.TILED + ("COMPRESS=LZMA",)),
             "bits": (np.uint16, scenes.TILED + ("NBITS=12",))}


@pytest.mark.parametrize("kind", FALLBACKS)
def test_what_gdal_has_to_read(cogmill, tmp_path, kind):
    dtype, co = FALLBACKS[kind]
    pixels = scenes.ramp(3, 300, 310, dtype)
    if kind == "bits":
        pixels //= 16
    try:
        path = scenes.write(tmp_path / "in.tif", pixels, co=co)
    except RuntimeError as error:
        pytest.skip(f"this GDAL cannot write {kind}: {error}")
    run = cogmill("convert", path, "out.tif", warns=True)
    assert len(run.warnings) == 1 and "in.tif" in run.warnings[0], str(run)  # once, not per tile
    same_pixels(path, tmp_path / "out.tif")
    gdal_validate(tmp_path / "out.tif")


def test_virtual_input(cogmill, tmp_path):
    scenes.write(tmp_path / "in.tif", scenes.ramp(2, 300, 310))
    gdal.BuildVRT(str(tmp_path / "in.vrt"), [str(tmp_path / "in.tif")]).FlushCache()
    cogmill("convert", "in.vrt", "out.tif", warns=True)
    same_pixels(tmp_path / "in.tif", tmp_path / "out.tif")


def test_sparse_input_and_output(cogmill, tmp_path):
    dataset = gdal.GetDriverByName("GTiff").Create(
        str(tmp_path / "in.tif"), 6000, 6000, 1, gdal.GDT_UInt16,
        options=list(scenes.DEFLATE) + ["SPARSE_OK=TRUE"])
    dataset.GetRasterBand(1).WriteArray(scenes.ramp(1, 256, 256)[0], 2560, 2560)
    dataset = None
    cogmill("convert", "in.tif", "out.tif", "--co", "SPARSE_OK=YES")
    same_pixels(tmp_path / "in.tif", tmp_path / "out.tif")
    assert os.path.getsize(tmp_path / "out.tif") < 400_000
    sparse = scenes.Tiff(tmp_path / "out.tif").values(scenes.TILE_OFFSETS)
    assert sparse.count(0) == len(sparse) - 1
    gdal_validate(tmp_path / "out.tif")
    cogmill("convert", "in.tif", "full.tif")
    assert 0 not in scenes.Tiff(tmp_path / "full.tif").values(scenes.TILE_OFFSETS)
    gdal_validate(tmp_path / "full.tif")


# --- creation options -----------------------------------------------------------------------------

@pytest.fixture(scope="module")
def rgb(shared):
    return scenes.write(shared.folder / "rgb.tif", scenes.ramp(3, 700, 900, np.uint8))


@pytest.mark.parametrize("codec", ["DEFLATE", "ZSTD", "LZW", "NONE"])
@pytest.mark.parametrize("predictor", ["YES", "NO", "STANDARD"])
@pytest.mark.parametrize("interleave", ["PIXEL", "BAND"])
def test_codecs(shared, rgb, codec, predictor, interleave):
    out = shared.folder / f"{codec}-{predictor}-{interleave}.tif"
    options = [f"COMPRESS={codec}", f"INTERLEAVE={interleave}", "BLOCKSIZE=256"]
    if codec != "NONE":
        options.append(f"PREDICTOR={predictor}")
    shared("convert", rgb, out, *(word for o in options for word in ("--co", o)), "--overwrite")
    same_pixels(rgb, out)
    found = structure(out)
    assert found.get("COMPRESSION", "NONE") == codec
    assert found["INTERLEAVE"] == interleave and found["LAYOUT"] == "COG"
    assert found["block"] == [256, 256]
    gdal_validate(out)


def test_rio_agrees(shared, rgb):
    """All that test_codecs made, and a few more, in one run of rio-cogeo."""
    for option in ("BIGTIFF=YES", "BLOCKSIZE=640", "SPARSE_OK=YES", "OVERVIEW_COUNT=1"):
        shared("convert", rgb, f"rio-{option}.tif", "--co", option, "--overwrite")
    paths = sorted(shared.folder.glob("*-*.tif"))
    gdal_validate(*paths)
    rio_validate(*paths)


def test_levels_of_effort(shared):
    small = scenes.write(shared.folder / "small.tif", scenes.ramp(1, 256, 256, np.uint8))
    sizes = {}
    for codec, efforts in {"DEFLATE": (1, 6, 12), "ZSTD": (1, 9, 22)}.items():
        for effort in efforts:
            out = shared.folder / f"{codec}{effort}.tif"
            shared("convert", small, out, "--co", f"COMPRESS={codec}", "--co", f"LEVEL={effort}")
            same_pixels(small, out)
            sizes[codec, effort] = os.path.getsize(out)
    assert sizes["DEFLATE", 12] < sizes["DEFLATE", 1] and sizes["ZSTD", 22] < sizes["ZSTD", 1], sizes


def test_creation_options_ignore_case(shared, rgb):
    shared("convert", rgb, "case.tif", "--creation-option", "compress=zstd", "--co", "Blocksize=128")
    assert structure(shared.folder / "case.tif")["COMPRESSION"] == "ZSTD"


@pytest.mark.parametrize("option,sizes", [
    ("OVERVIEWS=NONE", []), ("OVERVIEW_COUNT=0", []), ("OVERVIEW_COUNT=1", [(450, 350)]),
    ("OVERVIEW_COUNT=5", [(450, 350), (225, 175), (112, 87), (56, 43), (28, 21)]),
    ("OVERVIEWS=IGNORE_EXISTING", [(450, 350)])])
def test_overview_options(shared, rgb, option, sizes):
    shared("convert", rgb, "ov.tif", "--co", option, "--overwrite")
    assert scenes.levels(shared.folder / "ov.tif") == sizes


@pytest.mark.parametrize("method", ["NEAREST", "AVERAGE", "BILINEAR", "CUBIC", "MODE"])
def test_overview_methods(shared, rgb, method):
    """Nearest and average as GDAL's COG driver makes them; a bound for the others."""
    path = scenes.write(shared.folder / "even.tif", scenes.ramp(1, 512, 768, np.uint8, noise=900))
    out, want = shared.folder / f"ov-{method}.tif", shared.folder / "want.tif"
    options = ["BLOCKSIZE=128", f"OVERVIEW_RESAMPLING={method}"]
    shared("convert", path, out, *(word for o in options for word in ("--co", o)), "--overwrite")
    gdal.Translate(str(want), path, format="COG", creationOptions=options + ["OVERVIEWS=IGNORE_EXISTING"])
    for level in range(3):
        got, reference = scenes.read(out, level).astype(int), scenes.read(want, level).astype(int)
        worst = np.abs(got - reference).max()
        if method in ("NEAREST", "AVERAGE"):
            assert worst == 0
        elif method != "MODE":  # ties of the mode are free
            assert worst <= 3 + level
    gdal_validate(out)


def test_overviews_of_the_input_are_kept(shared):
    """OVERVIEWS=AUTO means the input's own, as with GDAL's driver; IGNORE_EXISTING makes new ones."""
    path = scenes.write(shared.folder / "own.tif", scenes.ramp(1, 1024, 1024))
    dataset = gdal.Open(path, gdal.GA_Update)
    dataset.BuildOverviews("NEAREST", [2])
    dataset.GetRasterBand(1).GetOverview(0).Fill(77)
    dataset = None
    shared("convert", path, "new.tif", "--co", "OVERVIEWS=IGNORE_EXISTING")
    assert (scenes.read(shared.folder / "new.tif", 0) != 77).any()


@pytest.mark.parametrize("choice,big", [("YES", True), ("NO", False), ("IF_NEEDED", False), ("IF_SAFER", False)])
def test_bigtiff(shared, rgb, choice, big):
    shared("convert", rgb, "big.tif", "--co", f"BIGTIFF={choice}", "--overwrite")
    with open(shared.folder / "big.tif", "rb") as file:
        assert file.read(4) == (b"II+\0" if big else b"II*\0")
    same_pixels(rgb, shared.folder / "big.tif")
    gdal_validate(shared.folder / "big.tif")


def test_statistics(shared, rgb):
    shared("convert", rgb, "stats.tif", "--co", "STATISTICS=YES", "--overwrite")
    shared("convert", rgb, "nostats.tif", "--overwrite")
    pixels = scenes.read(rgb)
    for number, band in enumerate(scenes.info(shared.folder / "stats.tif")["bands"]):
        found = {k: float(v) for k, v in band["metadata"][""].items() if k.startswith("STATISTICS_")}
        plane = pixels[number].astype(np.float64)
        assert found["STATISTICS_MINIMUM"] == plane.min() and found["STATISTICS_MAXIMUM"] == plane.max()
        assert found["STATISTICS_MEAN"] == pytest.approx(plane.mean(), rel=1e-9)
        assert found["STATISTICS_STDDEV"] == pytest.approx(plane.std(), rel=1e-9)
        assert found["STATISTICS_VALID_PERCENT"] == 100
    assert "STATISTICS" not in str(scenes.info(shared.folder / "nostats.tif"))
    gdal_validate(shared.folder / "stats.tif")


def test_statistics_leave_nodata_out(shared):
    path = scenes.vegetation(shared.folder / "veg.tif")
    shared("convert", path, "vegstats.tif", "--co", "STATISTICS=YES")
    plane = scenes.read(path)[2]
    found = scenes.info(shared.folder / "vegstats.tif")["bands"][2]["metadata"][""]
    assert float(found["STATISTICS_MINIMUM"]) == plane[plane != 0].min()
    assert float(found["STATISTICS_VALID_PERCENT"]) == pytest.approx(100 * (plane != 0).mean(), abs=0.01)


# --- other types and formats ----------------------------------------------------------------------

def test_plain_geotiff(shared, rgb):
    shared("convert", rgb, "plain.tif", "--output-format", "GTiff")
    same_pixels(rgb, shared.folder / "plain.tif")
    assert structure(shared.folder / "plain.tif").get("LAYOUT") is None
    assert scenes.block_of(shared.folder / "plain.tif") == [512, 512]


@pytest.mark.parametrize("target", ["Byte", "Int16", "UInt16", "Int32", "Float32", "Float64"])
def test_output_type_rounds_and_saturates(cogmill, tmp_path, target):
    values = np.array([[-1e9, -40000, -128.5, -0.5, -0.49, 0, 0.5, 1.5, 2.5, 254.5, 255.4, 255.6,
                        40000, 70000, 3e9, 1e9]], np.float64)
    path = scenes.write(tmp_path / "in.tif", values)
    cogmill("convert", path, "out.tif", "--output-data-type", target)
    dtype = scenes.NUMPY[target]
    if np.issubdtype(dtype, np.integer):
        away = np.sign(values) * np.floor(np.abs(values) + 0.5)
        want = np.clip(away, np.iinfo(dtype).min, np.iinfo(dtype).max).astype(dtype)
    else:
        want = values.astype(dtype)
    np.testing.assert_array_equal(scenes.read(tmp_path / "out.tif")[0], want)


def test_under_mpi(shared, rgb):
    for ranks in (1, 2, 3, 7):  # more ranks than chunks
        shared("convert", rgb, f"mpi{ranks}.tif", np=ranks)
        same_pixels(rgb, shared.folder / f"mpi{ranks}.tif")
        gdal_validate(shared.folder / f"mpi{ranks}.tif")


def test_nothing_but_the_output_is_left(cogmill, tmp_path):
    scenes.write(tmp_path / "in.tif", scenes.ramp(1, 900, 900))
    cogmill("convert", "in.tif", "out.tif", np=2)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["in.tif", "out.tif"]
