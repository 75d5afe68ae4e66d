# SPDX-FileCopyrightText: 2026 The cogmill authors
# SPDX-License-Identifier: Apache-2.0
"""Scenes across 180 degrees, longitudes from 0 to 360, whole worlds, and CRSs used far from home:
the output's extent without --bbox, and the pixels in it."""
import numpy as np
import pytest
from checks import sha256
from osgeo import gdal
from scenes import crs, ramp, read, write

RUNTIME, USAGE = 1, 2
FIJI = dict(epsg=32760, transform=(780000, 60, 0, 8130000, 0, -60))


def bounds(path):
    dataset = gdal.Open(str(path))
    g = dataset.GetGeoTransform()
    return (g[0], g[3] + g[5] * dataset.RasterYSize, g[0] + g[1] * dataset.RasterXSize, g[3])


def control_points(west, wrap):
    """An image of 200 x 150 px, 0.01 degrees each, from a longitude on and from 17 S to 18.5 S."""
    points = []
    for row in (0, 50, 100, 150):
        for col in (0, 50, 100, 150, 200):
            x = west + 0.01 * col
            points.append(gdal.GCP(x - 360 if wrap and x > 180 else x, -17 - 0.01 * row, 0, col, row))
    return lambda dataset: dataset.SetGCPs(points, crs(4326).ExportToWkt())


def test_tile_across_180(cogmill, tmp_path):
    pixels = ramp(1, 900, 800)
    write(tmp_path / "in.tif", pixels, nodata=0, **FIJI)
    sums = set()
    for ranks in (None, 3):
        cogmill("reproject", "in.tif", "out.tif", "--dst-crs", "EPSG:4326", "--overwrite", np=ranks)
        sums.add(sha256(tmp_path / "out.tif"))
    assert len(sums) == 1
    box = bounds(tmp_path / "out.tif")
    assert 179.5 < box[0] < 179.7 and 180.0 < box[2] < 180.2, box
    got = read(tmp_path / "out.tif")[0]
    assert 0.85 * pixels.size < (got != 0).sum() < 1.15 * pixels.size
    theirs = gdal.Warp("", str(tmp_path / "in.tif"), format="MEM", dstSRS="EPSG:4326",
                       outputBounds=box, width=got.shape[1], height=got.shape[0], errorThreshold=0)
    assert np.mean(theirs.ReadAsArray() == got) > 0.99


@pytest.mark.parametrize("wrap", [False, True])
@pytest.mark.parametrize("verb", ["reproject", "mosaic"])
def test_control_points_across_180(cogmill, tmp_path, verb, wrap):
    pixels = ramp(1, 150, 200)
    write(tmp_path / "in.tif", pixels, nodata=0, epsg=None, transform=None,
          dress=control_points(179.2, wrap))
    cogmill(verb, "in.tif", "metres.tif", "--dst-crs", "EPSG:32760")
    assert (read(tmp_path / "metres.tif") != 0).sum() > 25000
    whole = ["--dst-crs", "EPSG:4326", "--resolution", "0.01", "--overwrite"]
    boxes = ("179.2,-18.5,181.2,-17", "-180.8,-18.5,-178.8,-17")
    for box in boxes:
        cogmill(verb, "in.tif", "out.tif", *whole, "--bbox", box)
        assert np.array_equal(read(tmp_path / "out.tif"), pixels), box
    cogmill(verb, "in.tif", "out.tif", "--dst-crs", "EPSG:4326", "--overwrite")
    assert bounds(tmp_path / "out.tif") == pytest.approx((179.2, -18.5, 181.2, -17), abs=0.02)


def test_mosaic_of_control_points_on_both_sides(cogmill, tmp_path):
    """Longitudes of either side are found from both, and the extent has them side by side."""
    parts = {"west.tif": 177.5, "across.tif": 179.2, "east.tif": -178.9}
    for name, west in parts.items():
        write(tmp_path / name, ramp(1, 150, 200), nodata=0, epsg=None, transform=None,
              dress=control_points(west, west == 179.2))
    words = ["--dst-crs", "EPSG:4326", "--resolution", "0.01", "--overwrite"]
    cogmill("mosaic", *parts, "out.tif", *words)
    box = bounds(tmp_path / "out.tif")
    assert 177.4 < box[0] < 177.6 and 183 < box[2] < 183.2, box
    assert (read(tmp_path / "out.tif") != 0).sum() > 0.98 * 560 * 150
    cogmill("mosaic", *parts, "half.tif", *words, "--bbox", "-180,-18.5,-176.9,-17")
    assert (read(tmp_path / "half.tif") != 0).sum() > 0.98 * 310 * 150


@pytest.mark.parametrize("verb", ["reproject", "mosaic"])
def test_tile_across_180_in_grads(cogmill, tmp_path, verb):
    """Longitudes of CRSs that count 400 grads go on beyond 200 as those in degrees do beyond 180."""
    pixels = ramp(1, 300, 260)
    write(tmp_path / "in.tif", pixels, nodata=0, epsg=32760, transform=(780000, 200, 0, 8130000, 0, -200))
    grads = 'GEOGCS["grads",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563]],PRIMEM["Greenwich",0],' \
            'UNIT["grad",0.015707963267948967]]'
    cogmill(verb, "in.tif", "out.tif", "--dst-crs", grads, warns=None)
    box = bounds(tmp_path / "out.tif")
    assert 199.4 < box[0] < 199.8 and 200.1 < box[2] < 200.4, box
    got = read(tmp_path / "out.tif")[0]
    assert 0.8 * pixels.size < (got != 0).sum() < 1.2 * pixels.size


def test_longitudes_from_0(cogmill, tmp_path):
    """The same world, counted from 180 degrees west and from Greenwich."""
    pixels = ramp(1, 90, 180)
    write(tmp_path / "west.tif", pixels, nodata=0, epsg=4326, transform=(-180, 2, 0, 90, 0, -2))
    write(tmp_path / "zero.tif", np.roll(pixels, 90, axis=2), nodata=0, epsg=4326,
          transform=(0, 2, 0, 90, 0, -2))
    cogmill("reproject", "zero.tif", "same.tif", "--dst-crs", "EPSG:4326")
    assert bounds(tmp_path / "same.tif") == (0, -90, 360, 90)
    assert np.array_equal(read(tmp_path / "same.tif"), np.roll(pixels, 90, axis=2))
    for target in ("ESRI:54009", "+proj=laea +lat_0=20 +datum=WGS84", "EPSG:3857"):
        for name in ("west", "zero"):
            cogmill("reproject", f"{name}.tif", f"{name}_out.tif", "--dst-crs", target, "--et", "0",
                    "--overwrite", warns=target == "EPSG:3857")
        one, other = bounds(tmp_path / "west_out.tif"), bounds(tmp_path / "zero_out.tif")
        assert one == pytest.approx(other, rel=1e-9), target
        ours, theirs = read(tmp_path / "west_out.tif"), read(tmp_path / "zero_out.tif")
        assert np.mean(ours == theirs) > 0.99, target


def test_world_in_mercator(cogmill, tmp_path):
    pixels = ramp(1, 180, 360)
    write(tmp_path / "in.tif", pixels, nodata=0, epsg=4326, transform=(-180, 1, 0, 90, 0, -1))
    run = cogmill("reproject", "in.tif", "out.tif", "--dst-crs", "EPSG:3857", warns=True)
    assert "85.05" in run.stderr and "--bbox" in run.stderr
    assert bounds(tmp_path / "out.tif") == pytest.approx(
        (-20037508.34, -20037508.34, 20037508.34, 20037508.34), abs=0.01)
    assert (read(tmp_path / "out.tif") != 0).all()
    cogmill("reproject", "in.tif", "own.tif", "--dst-crs", "EPSG:3857", "--resolution", "100000",
            "--bbox", "-20000000,-10000000,20000000,10000000")
    assert read(tmp_path / "own.tif").shape == (1, 200, 400)


@pytest.mark.parametrize("epsg,west,north", [(4283, 152.1, -4.2), (4258, -17.3, 32.9),
                                             (4269, 144.6, 13.7)])
def test_one_crs_outside_its_area(cogmill, tmp_path, epsg, west, north):
    """Nothing has to be transformed: tiles lie side by side."""
    pixels = ramp(1, 40, 50)
    names = []
    for i in range(2):
        names.append(f"{i}.tif")
        write(tmp_path / names[i], pixels, nodata=0, epsg=epsg,
              transform=(west + 0.05 * i, 0.001, 0, north, 0, -0.001))
    cogmill("mosaic", *names, "out.tif")
    assert np.array_equal(read(tmp_path / "out.tif"), np.concatenate([pixels, pixels], axis=2))
    cogmill("reproject", "0.tif", "half.tif", "--resolution", "0.002", "-r", "average")
    assert read(tmp_path / "half.tif").shape == (1, 20, 25)
    cogmill("calc", "-i", "A=0.tif", "-i", "B=1.tif", "--like", "A", "--calc", "where(isnodata(B), A, A + B)",
            "sum.tif")
    # The CRS that --dst-crs names is the same, though the file's text of it is another.
    whole = ["--dst-crs", f"EPSG:{epsg}", "--overwrite"]
    for run in (["reproject", "0.tif"], ["convert", "0.tif"], ["mosaic", "0.tif"],
                ["calc", "-i", "A=0.tif", "--calc", "A"]):
        cogmill(*run, "same.tif", *whole)
        assert np.array_equal(read(tmp_path / "same.tif"), pixels), run
    cogmill("reproject", "0.tif", "half.tif", *whole, "--resolution", "0.002", "-r", "average")
    assert read(tmp_path / "half.tif").shape == (1, 20, 25)
    part = f"{west + 0.01},{north - 0.03},{west + 0.04},{north - 0.01}"
    cogmill("reproject", "0.tif", "part.tif", *whole, "--bbox", part)
    assert np.array_equal(read(tmp_path / "part.tif"), pixels[:, 10:30, 10:40])


def test_other_crs_outside_its_area(cogmill, tmp_path):
    write(tmp_path / "in.tif", ramp(1, 40, 50), nodata=0, epsg=4326,
          transform=(-15.6, 0.001, 0, 28.1, 0, -0.001))
    for verb in ("reproject", "mosaic"):
        cogmill(verb, "in.tif", "out.tif", "--dst-crs", "EPSG:4258", "--overwrite", warns=None)
        assert (read(tmp_path / "out.tif") != 0).mean() > 0.9


def test_sizes_that_are_nothing_say_in_which_unit(cogmill, tmp_path):
    write(tmp_path / "in.tif", ramp(1, 100, 100), nodata=0, **FIJI)
    cogmill.fails("reproject", "in.tif", "out.tif", "--dst-crs", "EPSG:4326", "--resolution", "60",
                  code=USAGE, words=["half a pixel of --resolution", "degrees"])
    cogmill.fails("mosaic", "in.tif", "out.tif", "--bbox", "0,0,1,1", code=RUNTIME,
                  words=["does not reach the output", "780000,8124000,786000,8130000", "0,0,1,1"])
    cogmill.fails("mosaic", "in.tif", "out.tif", "--bbox", "780000,8129999,780001,8130000",
                  code=USAGE, words=["1 x 1 metres", "half a pixel", "--bbox larger"])
