# SPDX-FileCopyrightText: 2026 The cogmill authors
# SPDX-License-Identifier: Apache-2.0
"""mosaic: what becomes of many sources, against numpy and GDAL's own tools."""
import re
import resource
import subprocess

import numpy as np
import pytest
import scenes
import yaml
from checks import gdal_validate, rio_validate, sha256
from conftest import command, environment
from osgeo import gdal
from scenes import ramp, read, read_mask, write

RUNTIME, USAGE = 1, 2
EPSG, ORIGIN, STEP = 32631, (500000, 5400000), 100


def put(path, pixels, row=0, col=0, step=STEP, **options):
    """A source whose first pixel is that of row and col of the common grid."""
    options.setdefault("epsg", EPSG)
    options.setdefault("transform", (ORIGIN[0] + col * STEP, step, 0, ORIGIN[1] - row * STEP, 0, -step))
    return write(path, pixels, **options)


def four(folder, dtype=np.int16, nodata=-7, **options):
    """Four sources of 3 bands that overlap, with holes. @return their pixels, as on the union"""
    random = np.random.default_rng(5)
    stack = []
    for number, (row, col) in enumerate([(0, 0), (30, 200), (190, 20), (170, 170)]):
        pixels = ramp(3, 230, 260, dtype, seed=number, noise=200)
        pixels[:, 40 + number * 20:90 + number * 20, 60:200] = nodata
        pixels[number % 3, random.random((230, 260)) < 0.1] = nodata
        put(folder / f"s{number}.tif", pixels, row, col, nodata=nodata, **options)
        whole = np.full((3, 420, 460), nodata, dtype)
        whole[:, row:row + 230, col:col + 260] = pixels
        stack.append(whole)
    return np.stack(stack)


def mosaic_of(stack, nodata, method):
    """The oracle."""
    valid = (stack != nodata) & ~np.isnan(stack.astype(float))
    layers = np.ma.masked_array(stack.astype(float), ~valid)
    if method in ("last", "first"):
        result = np.full(stack.shape[1:], nodata, stack.dtype)
        order = stack if method == "last" else stack[::-1]
        for layer, data in zip(order, valid if method == "last" else valid[::-1]):
            result[data] = layer[data]
        return result
    merged = {"mean": layers.mean, "min": layers.min, "max": layers.max}[method](axis=0)
    if np.issubdtype(stack.dtype, np.integer):
        merged = np.sign(merged) * np.floor(np.abs(merged) + 0.5)
        merged[merged == nodata] -= 1  # valid, and told from nodata by the next value
    return merged.filled(nodata).astype(stack.dtype)


SOURCES = [f"s{i}.tif" for i in range(4)]


# --- methods --------------------------------------------------------------------------------------

@pytest.mark.parametrize("dtype", [np.uint8, np.int16, np.uint32, np.float32, np.float64])
@pytest.mark.parametrize("method", ["last", "first", "mean", "min", "max"])
def test_methods(cogmill, tmp_path, method, dtype):
    nodata = 7 if np.issubdtype(dtype, np.unsignedinteger) else -7
    stack = four(tmp_path, dtype, nodata)
    cogmill("mosaic", *SOURCES, "out.tif", "--method", method, "--co", "BLOCKSIZE=128",
            warns=None if method == "mean" else False)
    expected = mosaic_of(stack, nodata, method)
    ours = read(tmp_path / "out.tif")
    assert ours.shape == expected.shape and np.array_equal(ours, expected)
    assert scenes.nodata_of(tmp_path / "out.tif") == nodata
    gdal_validate(tmp_path / "out.tif")


@pytest.mark.parametrize("kernel", ["near", "bilinear", "cubic", "lanczos", "average", "mode", "sum"])
def test_sources_on_the_grid_are_copied(cogmill, tmp_path, kernel):
    stack = four(tmp_path)
    cogmill("mosaic", *SOURCES, "out.tif", "-r", kernel, "--record", "r.yaml")
    assert np.array_equal(read(tmp_path / "out.tif"), mosaic_of(stack, -7, "last"))
    notes = " ".join(yaml.safe_load((tmp_path / "r.yaml").read_text())["notes"])
    assert "4 sources: 4 on the output's grid already" in notes
    theirs = gdal.BuildVRT("", [str(tmp_path / s) for s in SOURCES])
    assert np.array_equal(read(tmp_path / "out.tif"), theirs.ReadAsArray())


@pytest.mark.parametrize("options,theirs", [
    (["--src-nodata", "-7", "--dst-nodata", "-9"], dict(srcNodata=-7, dstNodata=-9)),
    (["--wo", "UNIFIED_SRC_NODATA=YES"], dict(warpOptions=["UNIFIED_SRC_NODATA=YES"])),
    (["--dst-crs", "EPSG:3857", "--src-nodata", "-7"], dict(dstSRS="EPSG:3857", srcNodata=-7, dstNodata=-7))])
def test_nodata_of_all_bands(cogmill, tmp_path, options, theirs):
    """What is nodata in one band only is data where bands go together, as with gdalwarp."""
    four(tmp_path)
    cogmill("mosaic", *SOURCES, "out.tif", "--et", "0", *options, warns=None)
    warped = gdal.Warp("", [str(tmp_path / s) for s in SOURCES], format="MEM", errorThreshold=0, **theirs)
    ours, theirs = read(tmp_path / "out.tif"), warped.ReadAsArray()
    assert (np.abs(ours.astype(int) - theirs.astype(int)) > 1).mean() < 1e-5  # 1: moved off nodata


@pytest.mark.parametrize("method", ["last", "mean"])
def test_nan_is_no_data(cogmill, tmp_path, method):
    a, b = ramp(1, 50, 60, np.float32), ramp(1, 50, 60, np.float32, seed=2)
    b[0, 10:20] = np.nan
    a[0, 15:30] = np.nan
    put(tmp_path / "a.tif", a)
    put(tmp_path / "b.tif", b)
    cogmill("mosaic", "a.tif", "b.tif", "out.tif", "--method", method)
    stack = np.stack([a, b])
    with np.errstate(invalid="ignore"):
        expected = np.where(np.isnan(b), a, b) if method == "last" else np.nanmean(stack[:, :, :10], axis=0)
    ours = read(tmp_path / "out.tif")
    assert np.array_equal(ours if method == "last" else ours[:, :10], expected.astype(np.float32), equal_nan=True)
    assert np.isnan(ours[0, 15:20]).all() and np.isnan(scenes.nodata_of(tmp_path / "out.tif"))


def test_complex_pixels_can_be_picked(cogmill, tmp_path):
    a, b = ramp(1, 40, 50, np.complex64), ramp(1, 40, 50, np.complex64, seed=2)
    put(tmp_path / "a.tif", a, gdal_type=gdal.GDT_CFloat32)
    put(tmp_path / "b.tif", b, 20, gdal_type=gdal.GDT_CFloat32)
    cogmill("mosaic", "a.tif", "b.tif", "out.tif", warns=True)  # read through GDAL
    assert np.array_equal(read(tmp_path / "out.tif")[0], np.concatenate([a[0, :20], b[0]]))
    cogmill.fails("mosaic", "a.tif", "b.tif", "c.tif", "--method", "mean", code=USAGE, words=["--method", "real"])


def test_wider_output_type_keeps_the_fraction(cogmill, tmp_path):
    put(tmp_path / "a.tif", np.full((1, 20, 20), 3, np.uint8))
    put(tmp_path / "b.tif", np.full((1, 20, 20), 4, np.uint8))
    cogmill("mosaic", "a.tif", "b.tif", "out.tif", "--method", "mean", "--ot", "Float32")
    assert (read(tmp_path / "out.tif") == 3.5).all()


VALID = {
    "plain": [], "small blocks": ["--co", "BLOCKSIZE=128"], "zstd": ["--co", "COMPRESS=ZSTD"],
    "alpha": ["--add-alpha", "--co", "BLOCKSIZE=128"], "warped": ["--dst-crs", "EPSG:3857", "-r", "cubic"],
    "mean": ["--method", "mean"], "bigtiff": ["--co", "BIGTIFF=YES"], "bands": ["--co", "INTERLEAVE=BAND"],
    "cropped": ["--bbox", "510000,5370000,530000,5390000"], "empty corner": ["--bbox", "480000,5340000,530000,5390000"]}


@pytest.mark.parametrize("options", VALID.values(), ids=VALID.keys())
@pytest.mark.parametrize("ranks", [None, 2])
def test_valid_cogs(cogmill, tmp_path, options, ranks):
    four(tmp_path)
    cogmill("mosaic", *SOURCES, "out.tif", *options, np=ranks, warns=None)
    gdal_validate(tmp_path / "out.tif")
    cogmill("validate", "out.tif")
    rio_validate(tmp_path / "out.tif")


@pytest.mark.parametrize("output", ["out.tif", "out.vrt"])
def test_valid_with_masks(cogmill, tmp_path, output):
    mask = np.full((90, 100), 255, np.uint8)
    mask[20:60, 10:50] = 0
    put(tmp_path / "a.tif", ramp(2, 90, 100), mask=mask)
    put(tmp_path / "b.tif", ramp(2, 90, 100, seed=4), 4900, 300)
    cogmill("mosaic", "a.tif", "b.tif", output, "--co", "BLOCKSIZE=128", np=2)
    files = sorted(tmp_path.glob("out*.tif"))
    assert len(files) >= (2 if output == "out.vrt" else 1)
    for file in files:
        gdal_validate(file)
    cogmill("validate", *files)
    rio_validate(*files)


# --- masks and alpha ------------------------------------------------------------------------------

@pytest.mark.parametrize("sidecar", [False, True])
def test_masks(cogmill, tmp_path, sidecar):
    a, b = ramp(2, 90, 100), ramp(2, 90, 100, seed=4)
    mask = np.full((90, 100), 255, np.uint8)
    mask[20:60, 10:50] = 0
    put(tmp_path / "a.tif", a, mask=mask, sidecar_mask=sidecar)
    put(tmp_path / "b.tif", b, 40, 0, mask=mask, sidecar_mask=sidecar)
    cogmill("mosaic", "a.tif", "b.tif", "out.tif")
    whole = np.zeros((2, 130, 100), np.uint16)
    seen = np.zeros((130, 100), np.uint8)
    for pixels, row in ((a, 0), (b, 40)):
        part = whole[:, row:row + 90]
        part[:, mask > 0] = pixels[:, mask > 0]
        seen[row:row + 90][mask > 0] = 255
    assert np.array_equal(read(tmp_path / "out.tif"), whole)
    assert np.array_equal(read_mask(tmp_path / "out.tif"), seen) and (seen == 0).any()


def with_alpha(pixels, alpha):
    return np.concatenate([pixels, alpha[np.newaxis]])


def test_alpha_of_the_source_that_is_seen(cogmill, tmp_path):
    dress = lambda d: d.GetRasterBand(4).SetColorInterpretation(gdal.GCI_AlphaBand)
    a, b = ramp(3, 90, 100, np.uint8), ramp(3, 90, 100, np.uint8, seed=4)
    alpha = np.add.outer(np.arange(90), np.arange(100)).astype(np.uint8)
    alpha[:, 30:60] = 0
    put(tmp_path / "a.tif", with_alpha(a, alpha), dress=dress)
    put(tmp_path / "b.tif", with_alpha(b, alpha), 0, 40, dress=dress)
    cogmill("mosaic", "a.tif", "b.tif", "out.tif")
    whole = np.zeros((4, 90, 140), np.uint8)
    for pixels, col in ((a, 0), (b, 40)):
        part = whole[:, :, col:col + 100]
        part[:, alpha > 0] = with_alpha(pixels, alpha)[:, alpha > 0]
    assert np.array_equal(read(tmp_path / "out.tif"), whole)
    dataset = gdal.Open(str(tmp_path / "out.tif"))
    assert dataset.GetRasterBand(4).GetColorInterpretation() == gdal.GCI_AlphaBand


def test_alpha_of_some_becomes_a_mask(cogmill, tmp_path):
    dress = lambda d: d.GetRasterBand(2).SetColorInterpretation(gdal.GCI_AlphaBand)
    a, b = ramp(1, 40, 50, np.uint8), ramp(1, 40, 50, np.uint8, seed=4)
    alpha = np.full((40, 50), 255, np.uint8)
    alpha[:, :25] = 0
    put(tmp_path / "a.tif", a)
    put(tmp_path / "b.tif", with_alpha(b, alpha), 0, 30, dress=dress)
    cogmill("mosaic", "a.tif", "b.tif", "out.tif")
    ours, mask = read(tmp_path / "out.tif")[0], read_mask(tmp_path / "out.tif")
    assert np.array_equal(ours[:, :50], a[0]) and np.array_equal(ours[:, 55:], b[0, :, 25:])
    assert (mask[:, 50:55] == 0).all() and (mask == 0).sum() == 200


def test_added_alpha(cogmill, tmp_path):
    stack = four(tmp_path)
    cogmill("mosaic", *SOURCES, "out.tif", "--add-alpha")
    alpha = read(tmp_path / "out.tif")[3]
    assert np.array_equal(alpha == 32767, (stack != -7).any(axis=(0, 1)))
    assert set(np.unique(alpha)) == {0, 32767}


# --- grids ----------------------------------------------------------------------------------------

@pytest.fixture
def mixed(tmp_path):
    """Two zones and two resolutions."""
    for number, (row, col) in enumerate([(0, 0), (0, 180), (150, 40)]):
        pixels = ramp(2, 200, 210, np.int16, seed=number)
        pixels[:, 30:50, 60:90] = 0
        put(tmp_path / f"m{number}.tif", pixels, row, col, nodata=0)
    put(tmp_path / "m3.tif", ramp(2, 130, 120, np.int16, seed=8), 180, 190, step=150, nodata=0)
    write(tmp_path / "m4.tif", ramp(2, 230, 200, np.int16, seed=9), epsg=32632, nodata=0,
          transform=(76000, 110, 0, 5402000, 0, -110))
    return [str(tmp_path / f"m{i}.tif") for i in range(5)]


def grid(path):
    dataset = gdal.Open(str(path)) if not isinstance(path, gdal.Dataset) else path
    return dataset.RasterXSize, dataset.RasterYSize, dataset.GetGeoTransform()


def same_grid(ours, theirs):
    a, b = grid(ours), grid(theirs)
    return a[:2] == b[:2] and np.allclose(a[2], b[2], rtol=1e-12, atol=1e-9)


GRIDS = [
    ([], {}),
    (["--dst-crs", "EPSG:3857"], {"dstSRS": "EPSG:3857"}),
    (["--dst-crs", "EPSG:4326"], {"dstSRS": "EPSG:4326"}),
    (["--dst-crs", "EPSG:3035", "--resolution", "137,209"], {"dstSRS": "EPSG:3035", "xRes": 137, "yRes": 209}),
    (["--dst-crs", "EPSG:3035", "--resolution", "150", "--tap"],
     {"dstSRS": "EPSG:3035", "xRes": 150, "yRes": 150, "targetAlignedPixels": True}),
    (["--dst-crs", "EPSG:3857", "--size", "400,0"], {"dstSRS": "EPSG:3857", "width": 400}),
    (["--bbox", "3.0,48.6,3.2,48.7", "--bbox-crs", "EPSG:4326", "--resolution", "90"],
     {"outputBounds": (3.0, 48.6, 3.2, 48.7), "outputBoundsSRS": "EPSG:4326", "xRes": 90, "yRes": 90}),
]


@pytest.mark.parametrize("options,theirs", GRIDS, ids=[" ".join(g[0]) or "default" for g in GRIDS])
def test_grid_and_pixels_are_gdalwarps(cogmill, tmp_path, mixed, options, theirs):
    cogmill("mosaic", *mixed, "out.tif", "--et", "0", *options)
    warped = gdal.Warp("", mixed, format="MEM", errorThreshold=0, warpMemoryLimit=2000, **theirs)
    assert same_grid(tmp_path / "out.tif", warped)
    differ = (read(tmp_path / "out.tif") != warped.ReadAsArray()).mean()
    assert differ <= 2e-5, differ


@pytest.mark.parametrize("options,theirs", [
    (["--resolution", "200"], {"xRes": 200, "yRes": 200}),
    (["--resolution", "201.6,130", "--tap"], {"xRes": 201.6, "yRes": 130, "targetAlignedPixels": True}),
    (["--resolution", "311,207", "--dst-crs", "EPSG:3035"], {"xRes": 311, "yRes": 207, "dstSRS": "EPSG:3035"}),
    (["--size", "31,0"], {"width": 31})])
@pytest.mark.parametrize("beyond", [49, 51, 199])
def test_extent_is_counted_in_pixels_of_the_finest(cogmill, tmp_path, options, theirs, beyond):
    """gdalwarp rounds it to whole ones before it lays -tr over it: one pixel more, or one less."""
    put(tmp_path / "a.tif", ramp(1, 40, 60))
    put(tmp_path / "b.tif", ramp(1, 21, 31, seed=2), beyond / STEP, beyond / STEP, step=200)
    sources = [str(tmp_path / name) for name in ("a.tif", "b.tif")]
    cogmill("mosaic", *sources, "out.tif", *options)
    assert same_grid(tmp_path / "out.tif", gdal.Warp("", sources, format="MEM", **theirs))


@pytest.mark.parametrize("step,n", [(0.02, 30), (0.003, 25), (1.1, 30)])
def test_aligned_tiles_get_no_row_from_rounding(cogmill, tmp_path, step, n):
    sources = [write(tmp_path / f"{col}{row}.tif", np.full((n, n), 5, np.uint8), epsg=4326, nodata=0,
                     transform=(n * step * col, step, 0, n * step * (row + 1), 0, -step))
               for col in range(3) for row in range(3)]
    cogmill("mosaic", *sources, "out.tif", "--resolution", f"{step},{step}", "--tap")
    assert read(tmp_path / "out.tif")[0].shape == (3 * n, 3 * n) and (read(tmp_path / "out.tif") == 5).all()


@pytest.mark.parametrize("kernel", ["bilinear", "cubic", "average"])
def test_kernels_are_gdalwarps(cogmill, tmp_path, mixed, kernel):
    scale = ["XSCALE=1", "YSCALE=1"]
    cogmill("mosaic", *mixed, "out.tif", "--et", "0", "--dst-crs", "EPSG:3857", "-r", kernel, "--wo", scale[0],
            "--wo", scale[1], warns=None)  # values that come out as nodata
    warped = gdal.Warp("", mixed, format="MEM", errorThreshold=0, warpMemoryLimit=2000, dstSRS="EPSG:3857",
                       resampleAlg=kernel, warpOptions=scale)
    ours, theirs = read(tmp_path / "out.tif").astype(int), warped.ReadAsArray().astype(int)
    # GDAL's average finds pixels for boxes that lie just beyond a rotated source, too.
    assert (np.abs(ours - theirs) > 1).mean() < (0.01 if kernel == "average" else 1e-5)


def test_sum_where_sources_meet(cogmill, tmp_path):
    """As with gdalwarp a pixel over both has the part of the upper one: the rest of the total is lost."""
    pixels = np.abs(ramp(1, 90, 110, np.float64)) + 1
    put(tmp_path / "west.tif", pixels[:, :, :53], nodata=0)
    put(tmp_path / "east.tif", pixels[:, :, 53:], 0, 53, nodata=0)
    box = (499937, 5390900, 511113, 5400111)
    cogmill("mosaic", "west.tif", "east.tif", "out.tif", "-r", "sum", "--bbox", ",".join(map(str, box)), "--resolution",
            "137")
    theirs = gdal.Warp("", [str(tmp_path / n) for n in ("west.tif", "east.tif")], format="MEM", resampleAlg="sum",
                       outputBounds=box, xRes=137, yRes=137).ReadAsArray()
    ours = read(tmp_path / "out.tif")[0]
    assert np.allclose(ours, theirs, rtol=1e-9) and 0.99 < ours.sum() / pixels.sum() < 0.999


@pytest.mark.parametrize("rule", ["highest", "lowest", "average"])
def test_resolution_rules_are_gdalbuildvrts(cogmill, tmp_path, mixed, rule):
    cogmill("mosaic", *mixed[:4], "out.tif", "--resolution", rule)
    theirs = gdal.BuildVRT("", mixed[:4], resolution=rule)
    assert same_grid(tmp_path / "out.tif", theirs)


def test_like(cogmill, tmp_path, mixed):
    write(tmp_path / "like.tif", ramp(1, 77, 88), epsg=3857, transform=(340000, 200, 0, 6225000, 0, -200))
    cogmill("mosaic", *mixed, "out.tif", "--like", "like.tif")
    assert same_grid(tmp_path / "out.tif", tmp_path / "like.tif")
    assert (read(tmp_path / "out.tif") != 0).mean() > 0.3


def test_off_the_grid_by_half_a_pixel(cogmill, tmp_path):
    put(tmp_path / "a.tif", ramp(1, 50, 60))
    put(tmp_path / "b.tif", ramp(1, 50, 60, seed=2), 20.5, 30.5)
    cogmill("mosaic", "a.tif", "b.tif", "out.tif", "--record", "r.yaml", "-r", "bilinear")
    notes = " ".join(yaml.safe_load((tmp_path / "r.yaml").read_text())["notes"])
    assert "1 on the output's grid already, 1 resampled with bilinear" in notes
    b = ramp(1, 50, 60, seed=2)[0].astype(float)
    middle = (b[:-1, :-1] + b[1:, :-1] + b[:-1, 1:] + b[1:, 1:]) / 4
    assert np.abs(read(tmp_path / "out.tif")[0][21:70, 31:90] - middle).max() <= 0.5


def test_across_the_antimeridian(cogmill, tmp_path):
    """Longitudes told a turn apart are one place."""
    west, east = ramp(1, 40, 50), ramp(1, 40, 50, seed=2)
    write(tmp_path / "west.tif", west, epsg=4326, transform=(175, 0.1, 0, 10, 0, -0.1))
    write(tmp_path / "east.tif", east, epsg=4326, transform=(-180, 0.1, 0, 10, 0, -0.1))
    cogmill("mosaic", "west.tif", "east.tif", "out.tif", "--bbox", "175,6,185,10", "--resolution", "0.1")
    assert np.array_equal(read(tmp_path / "out.tif")[0], np.concatenate([west[0], east[0]], axis=1))


@pytest.mark.parametrize("crs,box", [("EPSG:3832", "3340000,6450000,4450000,7170000"),
                                     ("EPSG:4269", "-180,50,-170,54")])
def test_longitudes_beyond_180(cogmill, tmp_path, crs, box):
    """Tiles of a globe from 0 to 360 degrees, warped: PROJ is asked for the area that they mean."""
    for name, turn in (("east", 360), ("west", 0)):
        for number, left in enumerate((-180, -175)):
            write(tmp_path / f"{name}{number}.tif", ramp(1, 40, 50, seed=number), epsg=4326, nodata=0,
                  transform=(left + turn, 0.1, 0, 54, 0, -0.1))
        cogmill("mosaic", f"{name}0.tif", f"{name}1.tif", f"{name}.tif", "--dst-crs", crs, "--bbox", box, "--size",
                "200,80", warns=crs == "EPSG:4269")  # the shift for the Aleutians begins at 51.3 north
    assert np.array_equal(read(tmp_path / "east.tif"), read(tmp_path / "west.tif"))
    assert (read(tmp_path / "east.tif") != 0).mean() > 0.9


def test_vrt_pieces_show_one_image(cogmill, tmp_path, mixed):
    cogmill("mosaic", *mixed, "one.tif", "--co", "BLOCKSIZE=128")
    cogmill("mosaic", *mixed, "all.vrt", "--co", "BLOCKSIZE=128", np=2)
    assert np.array_equal(read(tmp_path / "one.tif"), read(tmp_path / "all.vrt"))


def test_overviews_are_read_where_they_help(cogmill, tmp_path):
    put(tmp_path / "in.tif", ramp(1, 800, 900))
    cogmill("convert", "in.tif", "cog.tif", "--co", "BLOCKSIZE=128")
    words = ["mosaic", "cog.tif", "out.tif", "--resolution", "450", "-r", "bilinear", "--record", "r.yaml"]
    cogmill(*words)
    notes = " ".join(yaml.safe_load((tmp_path / "r.yaml").read_text())["notes"])
    assert "1 of them from an overview" in notes
    cogmill(*words, "--ovr", "none", "--overwrite")
    assert "overview" not in " ".join(yaml.safe_load((tmp_path / "r.yaml").read_text())["notes"])
