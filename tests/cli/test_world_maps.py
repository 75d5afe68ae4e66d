# SPDX-FileCopyrightText: 2026 The cogmill authors
# SPDX-License-Identifier: Apache-2.0
"""Grids of the whole world: pixels of many degrees, and maps that do not fill their frame."""
import contextlib

import numpy as np
import pytest
from checks import sha256
from osgeo import gdal, osr
from scenes import read, write

COMMANDS = ["reproject", "mosaic", "convert"]


def world(path, step=1.0, west=-180.0):
    """Columns count from 180 W to the east, whatever longitude the first one has."""
    across = round(360 / step)
    columns = np.roll(np.arange(across, dtype=np.float32), -round((west + 180) / step))
    return write(path, np.tile(columns, (round(180 / step), 1)), nodata=-1, epsg=4326,
                 transform=(west, step, 0, 90, 0, -step))


# --- pixels of many degrees -----------------------------------------------------------------------

@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("kernel", ["near", "average", "max"])
@pytest.mark.parametrize("west", [-180, 0])
def test_large_pixels_go_round_the_globe(cogmill, tmp_path, command, kernel, west):
    world(tmp_path / "in.tif", west=west)
    for across in (1, 2, 3, 5, 15, 30, 45):
        cogmill(command, "in.tif", "out.tif", "--dst-crs", "EPSG:4326", "--bbox", "-180,-90,180,90",
                "--size", f"{across},9", "-r", kernel, "--overwrite")
        degrees = 360 / across
        first = np.arange(across) * degrees
        expected = {"near": first + degrees / 2, "average": first + (degrees - 1) / 2,
                    "max": first + degrees - 1}[kernel]
        found = read(tmp_path / "out.tif")[0]
        off = np.abs(found - expected)
        assert np.minimum(off, 360 - off).max() <= 0.5, f"{across}: {found[0]}"


@pytest.mark.parametrize("degrees", [1.5, 6, 12, 25])
@pytest.mark.parametrize("kernel", ["near", "average"])
def test_a_region_on_large_pixels(cogmill, tmp_path, kernel, degrees):
    """A country of 18 x 12 degrees has pixels where it lies, and nowhere else."""
    write(tmp_path / "in.tif", np.full((48, 72), 5, np.uint8), nodata=0, epsg=4326,
          transform=(112, 0.25, 0, -23, 0, -0.25))
    across, down = int(360 / degrees), int(168 / degrees)
    cogmill("reproject", "in.tif", "out.tif", "--bbox",
            f"-180,{84 - down * degrees},{-180 + across * degrees},84",
            "--size", f"{across},{down}", "-r", kernel, warns=None)  # 25 degrees: no centre lies in it
    found = read(tmp_path / "out.tif")[0]
    lon = -180 + degrees * (np.arange(across) + 0.5)
    lat = 84 - degrees * (np.arange(down) + 0.5)
    reach = degrees / 2 if kernel == "average" else 0
    cols, rows = np.abs(lon - 121) < 9 + reach, np.abs(lat + 29) < 6 + reach
    assert np.array_equal(found != 0, np.outer(rows, cols))


@pytest.mark.parametrize("crs, half", [("EPSG:3857", 20037508.34), ("+proj=merc +R=6371000", 20015086.8),
                                       ("+proj=cea +R=6371000", 20015086.8)])
def test_maps_that_are_symmetric_about_the_equator(cogmill, tmp_path, crs, half):
    """One cell of the control grid spans both sides: the middle of its edges says nothing about latitudes between."""
    rows = np.arange(360, dtype=np.float32)[:, np.newaxis]
    write(tmp_path / "in.tif", np.tile(rows, (1, 720)), epsg=4326, transform=(-180, 0.5, 0, 90, 0, -0.5))
    top = half if "cea" not in crs else 6371000
    for size in (14, 28, 56, 112, 150, 224):
        words = ["reproject", "in.tif", "--dst-crs", crs, "--bbox", f"-{half},-{top},{half},{top}",
                 "--size", f"{size},{size}", "-r", "bilinear", "--overwrite"]
        cogmill(*words, "out.tif")
        cogmill(*words, "exact.tif", "--error-threshold", "0")
        ours, exact = read(tmp_path / "out.tif"), read(tmp_path / "exact.tif")
        assert np.nanmax(np.abs(ours - exact)) <= 0.2, f"{size}: a row is 1, the threshold 0.125"


# --- maps that do not fill their frame ------------------------------------------------------------

MAPS = ["+proj=eqearth", "ESRI:54012", "+proj=sinu +lon_0=20", "+proj=natearth2", "+proj=hammer", "+proj=aitoff",
        "+proj=wintri", "+proj=vandg", "+proj=goode", "+proj=igh", "+proj=bonne +lat_1=45", "+proj=robin", "+proj=moll",
        "+proj=eck4", "+proj=tmerc +lon_0=30"]


def reference(text):
    crs = osr.SpatialReference()
    crs.SetFromUserInput(text)
    crs.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    return crs


def transformed(source, target, x, y):
    """Coordinates in the other CRS, not finite where PROJ has none."""
    way = osr.CoordinateTransformation(source, target)
    found = np.full((x.size, 2), np.inf)
    gdal.PushErrorHandler("CPLQuietErrorHandler")
    for i, point in enumerate(zip(x.ravel().tolist(), y.ravel().tolist())):
        with contextlib.suppress(RuntimeError):
            found[i] = way.TransformPoint(*point)[:2] if np.isfinite(point).all() else np.inf
    gdal.PopErrorHandler()
    return found[:, 0].reshape(x.shape), found[:, 1].reshape(x.shape)


def centres(path):
    dataset = gdal.Open(str(path))
    transform = dataset.GetGeoTransform()
    col, row = np.meshgrid(np.arange(dataset.RasterXSize) + 0.5, np.arange(dataset.RasterYSize) + 0.5)
    crs = dataset.GetSpatialRef()
    crs.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    return transform[0] + col * transform[1], transform[3] + row * transform[5], crs, transform[1]


def on_map(path):
    """(pixels whose position on the globe has its place on the map there, those far from any edge of the globe)"""
    x, y, crs, pixel = centres(path)
    globe = reference("EPSG:4326")
    lon, lat = transformed(crs, globe, x, y)
    back_x, back_y = transformed(globe, crs, lon, lat)
    there = np.hypot(back_x - x, back_y - y) < pixel / 100
    return there, there & (np.abs(lat) < 89) & (np.abs(lon) < 179)


@pytest.fixture(scope="module")
def outlines():
    """on_map of each map, which all of its tests share."""
    return {}


@pytest.mark.parametrize("crs", MAPS)
@pytest.mark.parametrize("words", [["reproject"], ["reproject", "--error-threshold", "0"], ["convert"], ["mosaic"],
                                   ["reproject", "-r", "average"]], ids=" ".join)
def test_nothing_beyond_the_outline(cogmill, tmp_path, outlines, crs, words):
    write(tmp_path / "in.tif", np.full((90, 180), 3, np.uint8), nodata=0, epsg=4326, transform=(-180, 2, 0, 90, 0, -2))
    box = ["--bbox", "-19000000,-19000000,19000000,19000000", "--size", "150,150"]
    cogmill(*words, "in.tif", "out.tif", "--dst-crs", crs, *box, warns=None)  # TIFF tags have no word for some
    if crs not in outlines:
        outlines[crs] = on_map(tmp_path / "out.tif")
    there, surely = outlines[crs]
    found = read(tmp_path / "out.tif")[0] != 0
    assert not (found & ~there).any() or "average" in words, f"{(found & ~there).sum()} pixels beyond the outline"
    inner = np.all([np.roll(surely, (i, j), (0, 1)) for i in (-1, 0, 1) for j in (-1, 0, 1)], axis=0)
    lost = (surely if "average" not in words else inner) & ~found
    beside_cuts = 10 if "average" in words else 0  # corners of pixels on the other side of one
    assert lost.sum() <= beside_cuts, f"{lost.sum()} of {surely.sum()} pixels are lost"
    assert (found & ~there).sum() <= there.sum() * 0.03


def test_a_map_of_meridians_ends_where_its_formula_says(cogmill, tmp_path):
    """Sinusoidal on a sphere: x = R lon cos(lat), y = R lat."""
    world(tmp_path / "in.tif")
    radius = 1000000
    cogmill("reproject", "in.tif", "out.tif", "--src-crs", f"+proj=longlat +R={radius}", "--dst-crs",
            f"+proj=sinu +R={radius}", "--bbox", "-4000000,-2000000,4000000,2000000", "--size", "400,200", warns=None)
    x, y, _, _ = centres(tmp_path / "out.tif")
    inside = (np.abs(y) < radius * np.pi / 2) & (np.abs(x) < np.pi * radius * np.cos(y / radius))
    assert np.array_equal(read(tmp_path / "out.tif")[0] != -1, inside)


@pytest.mark.parametrize("words", [["reproject"], ["mosaic"], ["reproject", "--error-threshold", "0"]], ids=" ".join)
def test_utm_has_no_second_scene_far_away(cogmill, tmp_path, words):
    """Beyond about 80 degrees from its meridian PROJ's UTM answers with positions of its own."""
    write(tmp_path / "in.tif", np.full((120, 120), 9, np.uint8), nodata=0, epsg=32736,
          transform=(300000, 3000, 0, 9000000, 0, -3000))
    cogmill(*words, "in.tif", "out.tif", "--dst-crs", "EPSG:4326", "--bbox", "-180,-40,180,40", "--resolution", "0.1,0.1")
    lon, _, _, _ = centres(tmp_path / "out.tif")
    found = read(tmp_path / "out.tif")[0] != 0
    assert found.any() and lon[found].min() > 30 and lon[found].max() < 36


def test_like_a_world_map(cogmill, tmp_path):
    """calc's inputs on the grid of a file."""
    world(tmp_path / "in.tif")
    cogmill("reproject", "in.tif", "like.tif", "--dst-crs", "EPSG:8857", "--size", "90,0", warns=None)
    cogmill("calc", "--calc", "A + 1", "-i", "A=in.tif", "out.tif", "--like", "like.tif", warns=None)
    there, surely = on_map(tmp_path / "like.tif")
    found = read(tmp_path / "out.tif")[0]
    valid = np.isfinite(found) & (found > 0)
    assert not (valid & ~there).any() and valid[surely].all()


@pytest.mark.parametrize("crs, step", [("EPSG:3857", 100000), ("+proj=eqc +datum=WGS84", 100000),
                                       ("EPSG:4326", 1)])
def test_maps_that_repeat_run_on_beyond_the_antimeridian(cogmill, tmp_path, crs, step):
    """A box across 180 degrees in web maps, where the Pacific is in one piece."""
    world(tmp_path / "in.tif")
    half = 180 if step == 1 else 20037508.34
    cogmill("reproject", "in.tif", "out.tif", "--dst-crs", crs, "--bbox",
            f"{half - 20 * step},{-5 * step},{half + 20 * step},{5 * step}", "--resolution", f"{step},{step}")
    lon = 180 + (np.arange(40) - 19.5) * step * 180 / half
    assert np.array_equal(read(tmp_path / "out.tif")[0, 5], np.floor(lon + 180) % 360)


@pytest.mark.parametrize("crs", ["EPSG:4326", "+proj=eqc +datum=WGS84"])
@pytest.mark.parametrize("kernel", ["near", "average"])
def test_a_pole_is_one_place_on_every_meridian(cogmill, tmp_path, crs, kernel):
    """The upper corners of the first row are all the pole: the way back from it has one longitude only."""
    write(tmp_path / "in.tif", np.full((200, 200), 4, np.uint8), nodata=0, epsg=3413,
          transform=(-2000000, 20000, 0, 2000000, 0, -20000))
    unit = 1 if crs == "EPSG:4326" else 20037508.342789244 / 180
    cogmill("reproject", "in.tif", "out.tif", "--dst-crs", crs, "-r", kernel, "--bbox",
            f"{-180 * unit!r},{80 * unit!r},{180 * unit!r},{90 * unit!r}", "--size", "360,20")
    assert (read(tmp_path / "out.tif")[0] == 4).all()


def test_threads_do_not_fail_one_anothers_points(cogmill, tmp_path):
    """Interrupted maps are made of others, whose errors are not those of all threads."""
    write(tmp_path / "in.tif", np.full((90, 180), 3, np.uint8), nodata=0, epsg=4326, transform=(-180, 2, 0, 90, 0, -2))
    sums = set()
    for _ in range(12):
        cogmill("reproject", "in.tif", "out.tif", "--dst-crs", "+proj=goode", "--error-threshold", "0", "--threads", "4",
                "--overwrite", warns=None)
        sums.add(sha256(tmp_path / "out.tif"))
    assert len(sums) == 1
