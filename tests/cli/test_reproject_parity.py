# SPDX-FileCopyrightText: 2026 The cogmill authors
# SPDX-License-Identifier: Apache-2.0
"""reproject against gdalwarp of the same GDAL: exact positions, fixed scale factors, one chunk.

Differences that are GDAL's are named in docs/warp.md ("Differences from gdalwarp") and beside what
allows for them here. All hold for GDAL 3.6; 3.10 differs in the gap of the scales and mode only."""
import numpy as np
import pytest
from osgeo import gdal, osr
from scenes import NUMPY, TYPES, ramp, read, write
from warp_reference import (BOXES, KERNELS, differences, gdalwarp, grid_of, is_beside_image, is_near_jump,
                            lanczos, positions, reproject, scales)

WEB, GEO, LAEA, POLAR, MOLLWEIDE, UTM = ("EPSG:3857", "EPSG:4326", "EPSG:3035", "EPSG:3413",
                                         "ESRI:54009", "EPSG:32631")
HERE = dict(epsg=32631, transform=(500000, 100, 0, 5400000, 0, -100))  # 49 N, 3 E
REAL = [name for name in TYPES if not name.startswith("C")]
# Before 3.13 GDAL widens bilinear and cubic from 1:1.05 on, later versions and cogmill from 1:2 on;
# before 3.7 or so it weighs Lanczos of a coarser output at whole distances. At 1:1 all agree.
UNSCALED = ["--wo", "XSCALE=1", "--wo", "YSCALE=1"]


def unscaled(kernel):
    return UNSCALED if kernel in ("bilinear", "cubic", "lanczos") else []


def system(name):
    found = osr.SpatialReference()
    found.SetFromUserInput(name)
    found.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    return found


def here(crs):
    """Georeferencing of the test scene in any system: pixels of about 100 m."""
    to = osr.CoordinateTransformation(system(UTM), system(crs))
    x, y, _ = to.TransformPoint(500000, 5400000)
    pixel = 0.001 if crs == GEO else 150 if crs == WEB else 100
    return dict(epsg=None, transform=(x, pixel, 0, y, 0, -pixel),
                dress=lambda dataset: dataset.SetSpatialRef(system(crs)))


def scene(path, dtype="UInt16", size=(173, 211), bands=2, **options):
    pixels = ramp(bands, *size, dtype=NUMPY[dtype])
    if dtype in ("UInt64", "Int64"):  # GDAL computes all in double: values that it holds
        pixels = pixels // NUMPY[dtype](2**40 + 1)
    holes = options.pop("holes", None)
    if holes is not None:
        random = np.random.default_rng(7)
        pixels[:, random.random(size) < 0.1] = holes
        pixels[:, 40:60, 30:90] = holes
        options["nodata"] = holes
    return write(path, pixels, TYPES[dtype], co=["TILED=YES"], **{**HERE, **options})


def holes_of(dtype):
    return 0 if dtype.startswith("UInt") or dtype == "Byte" else -99 if dtype == "Int8" else -9999


def explained(kernel, source, output, where, ours):
    known = is_near_jump(kernel, source, output, where)
    if kernel in BOXES:
        known |= is_beside_image(source, output, where)
    if kernel == "mode" and ours.dtype == np.int16:  # GDAL's mark for "none yet" is -1
        known |= np.array([(ours[:, row, col] == -1).any() for row, col in where])
    return known


def compare(cogmill, source, kernel, *options, **gdal_options):
    ours, record = reproject(cogmill, source, "out.tif", *options, kernel=kernel)
    theirs = gdalwarp(source, cogmill.folder / "out.tif", record, kernel, **gdal_options)
    assert (theirs != theirs.flat[0]).any(), "GDAL found nothing to warp"
    wrong = (ours != theirs) & ~((ours != ours) & (theirs != theirs)) if kernel == "near" \
        else differences(ours, theirs)
    where = np.argwhere(wrong.any(axis=0))
    if len(where):
        known = explained(kernel, source, cogmill.folder / "out.tif", where, ours)
        rest = where[~known]
        assert len(rest) == 0, (
            f"{len(rest)} of {wrong[0].size} pixels, the first at (row, col) {rest[0]}: "
            f"{ours[:, rest[0][0], rest[0][1]]} against {theirs[:, rest[0][0], rest[0][1]]}")
        assert len(where) < 0.02 * wrong[0].size
    return ours, theirs


RING = [UTM, GEO, WEB, LAEA, POLAR, MOLLWEIDE, UTM]
PAIRS = list(zip(RING, RING[1:])) + list(zip(RING[1:], RING))


@pytest.mark.parametrize("start,end", PAIRS)
@pytest.mark.parametrize("kernel", ["near", "cubic", "average"])
def test_from_system_to_system(cogmill, tmp_path, kernel, start, end):
    source = scene(tmp_path / "in.tif", **here(start))
    compare(cogmill, source, kernel, "--dst-crs", end, *unscaled(kernel))


@pytest.mark.parametrize("crs", [LAEA, GEO])
@pytest.mark.parametrize("kernel", [k for k in KERNELS if k not in ("near", "cubic", "average",
                                                                    "sum")])
def test_kernels(cogmill, tmp_path, kernel, crs):
    source = scene(tmp_path / "in.tif", "Float32" if kernel in ("lanczos", "rms") else "UInt16")
    compare(cogmill, source, kernel, "--dst-crs", crs, *unscaled(kernel))


@pytest.mark.parametrize("dtype", REAL)
@pytest.mark.parametrize("kernel", ["near", "cubic", "average", "mode"])
def test_types_with_nodata(cogmill, tmp_path, kernel, dtype):
    source = scene(tmp_path / "in.tif", dtype, holes=holes_of(dtype))
    compare(cogmill, source, kernel, "--dst-crs", GEO, *unscaled(kernel))


@pytest.mark.parametrize("dtype", ["Byte", "Int16", "Float64"])
@pytest.mark.parametrize("kernel", ["bilinear", "cubicspline", "lanczos", "rms", "min", "q1"])
def test_kernels_with_nodata(cogmill, tmp_path, kernel, dtype):
    source = scene(tmp_path / "in.tif", dtype, holes=holes_of(dtype))
    compare(cogmill, source, kernel, "--dst-crs", GEO, *unscaled(kernel))


@pytest.mark.parametrize("dtype", ["CInt16", "CInt32", "CFloat32", "CFloat64"])
@pytest.mark.parametrize("kernel", ["near", "bilinear", "average"])
def test_complex(cogmill, tmp_path, kernel, dtype):
    source = scene(tmp_path / "in.tif", dtype)
    compare(cogmill, source, kernel, "--dst-crs", GEO, *unscaled(kernel))


@pytest.mark.parametrize("kernel", ["near", "bilinear", "cubic", "cubicspline", "lanczos",
                                    "average", "max", "med"])
def test_nan_is_nodata(cogmill, tmp_path, kernel):
    source = scene(tmp_path / "in.tif", "Float32", holes=np.nan)
    compare(cogmill, source, kernel, "--dst-crs", WEB, *unscaled(kernel))


# 100 m here are 152 m of Web Mercator: 1:3.8, 1:0.49 and 1:0.1; 10 times finer below.
@pytest.mark.parametrize("metres", [40, 310, 1520])
@pytest.mark.parametrize("kernel", [k for k in KERNELS if k not in ("lanczos", "sum")])
def test_up_and_downsampling(cogmill, tmp_path, kernel, metres):
    source = scene(tmp_path / "in.tif", "Int16", size=(120, 131), holes=-9999)
    compare(cogmill, source, kernel, "--dst-crs", WEB, "--resolution", f"{metres},{metres}")


@pytest.mark.parametrize("kernel", ["near", "bilinear", "cubic", "average"])
def test_upsampling_ten_times(cogmill, tmp_path, kernel):
    """GDAL #13464."""
    source = scene(tmp_path / "in.tif", size=(31, 37))
    compare(cogmill, source, kernel, "--dst-crs", WEB, "--resolution", "15,15")


@pytest.mark.parametrize("kernel", ["bilinear", "cubic"])
def test_few_samples_down_to_one_in_two(cogmill, tmp_path, kernel):
    """GDAL before 3.13 widens the kernel in between, which blurs; later ones and cogmill do not."""
    source = scene(tmp_path / "in.tif")
    grid = ["--dst-crs", WEB, "--resolution", "200,200"]
    ours, record = reproject(cogmill, source, "out.tif", *grid, kernel=kernel)
    assert all(0.5 < float(scale) < 0.95 for scale in scales(record))
    unwidened, record = reproject(cogmill, source, "out.tif", *grid, *UNSCALED, kernel=kernel)
    theirs = gdalwarp(source, tmp_path / "out.tif", record, kernel)
    assert (ours == unwidened).all() and not differences(ours, theirs).any()


@pytest.mark.parametrize("metres", [200, 1520])
def test_coarse_lanczos_is_its_formula(cogmill, tmp_path, metres):
    """GDAL 3.6 takes the distances from the centre of the pixel left of and above the position, so
    that pictures shift by half a pixel; 3.10 the real ones."""
    source = scene(tmp_path / "in.tif", "Float64", size=(120, 131))
    ours, record = reproject(cogmill, source, "out.tif", "--dst-crs", WEB, "--resolution",
                             f"{metres},{metres}", kernel="lanczos")
    where = np.argwhere(np.ones(ours[0].shape))
    at = positions(source, tmp_path / "out.tif", where)
    inside = ((at > 1e-6) & (at < np.array([131, 120]) - 1e-6)).all(axis=1)
    expected = lanczos(read(source), at[inside], [float(scale) for scale in scales(record)])
    found = ours[:, where[inside][:, 0], where[inside][:, 1]]
    assert inside.sum() > 100 and not differences(found, expected).any()


# GDAL clips the source pixel in the output's plane, cogmill the output pixel in the source's: what
# differs is the curvature of one pixel. GDAL's clipping loses pieces whose corners touch a pixel's.
@pytest.mark.parametrize("crs,options", [
    (LAEA, []), (POLAR, []), (MOLLWEIDE, []), (WEB, ["--resolution", "40,40"]),
    (WEB, ["--resolution", "310,310"]), (WEB, ["--resolution", "1520,1520"])])
def test_sum(cogmill, tmp_path, crs, options):
    source = scene(tmp_path / "in.tif", "Float64", size=(120, 131))
    ours, record = reproject(cogmill, source, "out.tif", "--dst-crs", crs, *options, kernel="sum")
    theirs = gdalwarp(source, tmp_path / "out.tif", record, "sum")
    apart = np.abs(ours - theirs) > 5e-5 * np.maximum(np.abs(theirs), np.abs(theirs).max() * 0.05)
    assert apart.sum() < 1e-4 * apart.size
    assert np.allclose(ours.sum(axis=(1, 2)), theirs.sum(axis=(1, 2)), rtol=1e-5)
    # Outputs are whole pixels: the last row and column may be cut.
    assert np.allclose(ours.sum(axis=(1, 2)), read(source).sum(axis=(1, 2)), rtol=1e-3)


@pytest.mark.parametrize("kernel", ["near", "bilinear", "cubic", "average", "max"])
def test_rotated_source(cogmill, tmp_path, kernel):
    source = scene(tmp_path / "in.tif", transform=(500000, 90, 35, 5400000, 40, -95))
    compare(cogmill, source, kernel, "--dst-crs", GEO, *unscaled(kernel))


def test_rotated_sum_keeps_the_total(cogmill, tmp_path):
    """GDAL 3.6 and 3.10 lose 0.25 % of it here."""
    source = scene(tmp_path / "in.tif", "Float64", transform=(500000, 90, 35, 5400000, 40, -95))
    ours, _ = reproject(cogmill, source, "out.tif", "--dst-crs", GEO, kernel="sum")
    assert np.allclose(ours.sum(axis=(1, 2)), read(source).sum(axis=(1, 2)), rtol=2e-6)


# Grids around the whole of a 110 x 90 scene of HERE, and their resolution.
AROUND = [(GEO, "2.99,48.6,3.17,48.8", 0.0037), (LAEA, "3805500,2862500,3819000,2875000", 457),
          (LAEA, "3805500,2862500,3819000,2875000", 101), (UTM, "499937,5390900,511113,5400111", 137)]


@pytest.mark.parametrize("verb", ["reproject", "mosaic"])
@pytest.mark.parametrize("crs,box,resolution", AROUND)
@pytest.mark.parametrize("dtype", ["Float64", "Float32", "UInt16"])
def test_sum_keeps_the_total(cogmill, tmp_path, verb, crs, box, resolution, dtype):
    """Where the output goes round the whole source. Integers are rounded pixel by pixel."""
    pixels = (np.abs(ramp(1, 90, 110, np.float64)) / 2 + 1).astype(NUMPY[dtype])
    source = write(tmp_path / "in.tif", pixels, nodata=0, **HERE)
    cogmill(verb, source, "out.tif", "-r", "sum", "--et", "0", "--dst-crs", crs, "--bbox", box, "--resolution",
            str(resolution), warns=None)
    ours, dataset = read(tmp_path / "out.tif")[0], gdal.Open(str(tmp_path / "out.tif"))
    theirs = gdal.Warp("", source, format="MEM", dstSRS=crs, **grid_of(dataset), resampleAlg="sum",
                       errorThreshold=0).ReadAsArray()
    totals = [image.sum(dtype=np.float64) for image in (pixels, ours, theirs)]
    bound = {"UInt16": 2 * np.sqrt(ours.size), "Float32": 1e-7 * totals[0], "Float64": 1e-12 * totals[0]}[dtype]
    assert abs(totals[1] - totals[0]) <= bound and abs(totals[2] - totals[0]) <= bound, totals
    assert np.abs(ours.astype(float) - theirs).max() <= max(2e-6 * ours.max(), 1 if dtype == "UInt16" else 0)


@pytest.mark.parametrize("crs,rest", [(WEB, 5e-4), (GEO, 2e-3)])
def test_default_grids_cut_the_sum(cogmill, tmp_path, crs, rest):
    """They are gdalwarp's, and end a part of a pixel inside the source: both lose what lies beyond."""
    pixels = np.abs(ramp(1, 90, 110, np.float64)) + 1
    source = write(tmp_path / "in.tif", pixels, nodata=0, **HERE)
    ours, record = reproject(cogmill, source, "out.tif", "--dst-crs", crs, kernel="sum")
    theirs = gdalwarp(source, tmp_path / "out.tif", record, "sum")
    assert ours.sum() == pytest.approx(theirs.sum(), rel=1e-7)
    assert 0 < 1 - ours.sum() / pixels.sum() < rest


@pytest.mark.parametrize("kernel", ["near", "bilinear", "cubic", "average"])
def test_south_up_source(cogmill, tmp_path, kernel):
    source = scene(tmp_path / "in.tif", transform=(500000, 100, 0, 5380000, 0, 100))
    compare(cogmill, source, kernel, "--dst-crs", WEB, *unscaled(kernel))


@pytest.mark.parametrize("kernel", ["near", "bilinear", "average"])
def test_eight_bands_over_the_pole(cogmill, tmp_path, kernel):
    """GDAL #8917: band count changed the pixels of polar warps."""
    pixels = ramp(8, 60, 720)
    source = write(tmp_path / "in.tif", pixels, epsg=4326, transform=(-180, 0.5, 0, 90, 0, -0.5))
    ours, _ = reproject(cogmill, source, "all.tif", "--dst-crs", POLAR, kernel=kernel)
    write(tmp_path / "one.tif", pixels[5:6], epsg=4326, transform=(-180, 0.5, 0, 90, 0, -0.5))
    one, _ = reproject(cogmill, "one.tif", "one_out.tif", "--dst-crs", POLAR, kernel=kernel)
    assert (ours[5] == one[0]).all() and len(np.unique(one)) > 100


@pytest.mark.parametrize("epsg,x,y", [(27700, 400000, 300000), (2154, 700000, 6600000),
                                      (3035, 4321000, 3210000), (31370, 150000, 170000),
                                      (4267, -100, 40)])
def test_datum_shifts(cogmill, tmp_path, epsg, x, y):
    """xarray-spatial #3094: 96 m off where a shortcut skipped the datum shift."""
    pixel = 0.001 if epsg == 4267 else 100
    source = scene(tmp_path / "in.tif", epsg=epsg, transform=(x, pixel, 0, y, 0, -pixel))
    compare(cogmill, source, "near", "--dst-crs", GEO)


def test_threshold_bounds_the_error(cogmill, tmp_path):
    """A scene whose values are its own columns and rows shows how far positions are off."""
    rows, cols = np.mgrid[0:400, 0:500].astype(np.float64)
    source = write(tmp_path / "in.tif", np.stack([cols, rows]), **HERE)
    exact, _ = reproject(cogmill, source, "exact.tif", "--dst-crs", GEO, kernel="bilinear")
    fast, _ = reproject(cogmill, source, "fast.tif", "--dst-crs", GEO, kernel="bilinear",
                        exact=False)
    both = (exact > 1).all(axis=0) & (fast > 1).all(axis=0)
    error = np.abs(exact - fast)[:, both].sum(axis=0)
    assert both.sum() > 100000 and 0 < error.max() <= 0.125


GRIDS = [
    [],
    ["--resolution", "120,80"],
    ["--size", "150,0"],
    ["--size", "0,77"],
    ["--size", "90,77"],
    ["--bbox", "330000,6230000,360000,6251000"],
    ["--bbox", "330000,6230000,360000,6251000", "--resolution", "77,77"],
    ["--bbox", "3,48.6,3.2,48.7", "--bbox-crs", "EPSG:4326", "--size", "100,100"],
    ["--resolution", "100,100", "--tap"],
]


@pytest.mark.parametrize("options", GRIDS, ids=lambda o: " ".join(o) or "none")
def test_grid_is_gdals(cogmill, tmp_path, options):
    source = scene(tmp_path / "in.tif")
    reproject(cogmill, source, "out.tif", "--dst-crs", WEB, *options)
    named = dict(zip(options[::2], options[1::2])) if "--tap" not in options else \
        {"--resolution": "100,100"}
    numbers = {key: [float(v) for v in value.split(",")] for key, value in named.items()
               if key != "--bbox-crs"}
    arguments = {}
    if "--resolution" in numbers:
        arguments |= dict(zip(("xRes", "yRes"), numbers["--resolution"]))
    if "--size" in numbers:
        arguments |= dict(zip(("width", "height"), map(int, numbers["--size"])))
    if "--bbox" in numbers:
        arguments |= {"outputBounds": numbers["--bbox"]}
    if "--bbox-crs" in named:
        arguments |= {"outputBoundsSRS": named["--bbox-crs"]}
    theirs = gdal.Warp("", source, format="VRT", dstSRS=WEB, targetAlignedPixels="--tap" in options,
                       **arguments)
    ours = gdal.Open(str(tmp_path / "out.tif"))
    assert (ours.RasterXSize, ours.RasterYSize) == (theirs.RasterXSize, theirs.RasterYSize)
    assert np.allclose(ours.GetGeoTransform(), theirs.GetGeoTransform(), rtol=1e-12, atol=1e-9)
    assert ours.GetSpatialRef().IsSame(theirs.GetSpatialRef())
