# SPDX-FileCopyrightText: 2026 The cogmill authors
# SPDX-License-Identifier: Apache-2.0
"""Globes whose columns leave a part of the turn out, or overlap, under methods that take all samples
of a pixel; and control points on maps that run on beyond the antimeridian."""
import numpy as np
import pytest
from checks import sha256
from osgeo import gdal
from scenes import crs, ramp, read, write

ROWS = 10  # of the source, five to each row of the output
SHORT = [(0.06, 360), (0.4, 360), (1, 359), (1.5, 359), (2, 358), (7, 353), (-1, 361), (-2, 362)]


def globe(path, short, columns, west=-180.0):
    """@param short of a turn [degrees]; below 0: the first columns once more at the end"""
    step = (360 - short) / columns
    values = (1000 + 7 * np.arange(columns) % 211).astype(np.float32)
    if short < 0:
        values[short:] = values[:-short]
    write(path, np.tile(values, (1, ROWS, 1)), nodata=-1, epsg=4326, transform=(west, step, 0, 5, 0, -1))
    return values[:360] if short < 0 else values, step


def cover(columns, step, west, left, right):
    """How much of each column lies between two longitudes, in whatever turn [columns]."""
    edges = west + step * np.arange(columns + 1)
    part = np.zeros(columns)
    for turn in (-360, 0, 360):
        part += np.clip(np.minimum(edges[1:] + turn, right) - np.maximum(edges[:-1] + turn, left), 0, None)
    return part / step


def means(part, values):
    weight, values = part.sum(), values.astype(float)
    return {"average": part @ values / weight, "rms": np.sqrt(part @ values**2 / weight), "sum": part @ values * 5}


def check(got, part, values, method):
    touched = values[part > 1e-6]
    if len(touched) == 0:
        assert got == -1
    elif method in ("average", "rms", "sum"):
        assert got == pytest.approx(means(part, values)[method], rel=1e-6)
    elif method in ("min", "max"):
        assert got == getattr(touched, method)()
    else:
        assert touched.min() <= got <= touched.max() and got in touched


@pytest.mark.parametrize("short, columns", SHORT)
@pytest.mark.parametrize("method", ["average", "rms", "sum", "min", "max", "mode", "med", "q1", "q3"])
def test_boxes_over_the_gap(cogmill, tmp_path, method, short, columns):
    """Pixels take what they cover on both sides, never the row between."""
    values, step = globe(tmp_path / "in.tif", short, columns)
    for west, pixel in ((-180, 4), (-182, 4), (-170, 20), (0, 8)):
        cogmill("reproject", "in.tif", "out.tif", "--overwrite", "-r", method, "--bbox",
                f"{west},-5,{west + 360},5", "--resolution", f"{pixel},5")
        got = read(tmp_path / "out.tif")[0]
        for col in range(360 // pixel):
            left = west + col * pixel
            part = cover(len(values), step, -180, left, left + pixel)
            for row in range(2):
                check(got[row, col], part, values, method)


@pytest.mark.parametrize("method", ["average", "max", "sum"])
def test_pixels_in_the_gap_are_none(cogmill, tmp_path, method):
    values, step = globe(tmp_path / "in.tif", 2, 358)
    cogmill("reproject", "in.tif", "out.tif", "-r", method, "--bbox", "176,-5,184,5", "--resolution", "0.5,5")
    got = read(tmp_path / "out.tif")[0, 0]
    assert (got[4:8] == -1).all() and (got[:4] != -1).all() and (got[8:] != -1).all()


def test_cylinders_and_ranks(cogmill, tmp_path):
    """The same in metres, for any number of ranks."""
    metre = np.pi / 180 * 6378137
    values, step = globe(tmp_path / "in.tif", 1.5, 359)
    write(tmp_path / "m.tif", np.tile(values, (1, ROWS, 1)), nodata=-1, epsg=4087,
          transform=(-180 * metre, step * metre, 0, 5 * metre, 0, -metre))
    sums = {sha256(tmp_path / "out.tif") for ranks in (None, 2, 3) if cogmill(
        "reproject", "m.tif", "out.tif", "--overwrite", "-r", "average", "--dst-crs", "EPSG:4326", "--bbox",
        "-170,-5,190,5", "--resolution", "20,5", np=ranks)}
    assert len(sums) == 1
    got = read(tmp_path / "out.tif")[0]
    for col in range(18):
        part = cover(359, step, -180, -170 + 20 * col, -150 + 20 * col)
        assert got[0, col] == pytest.approx(means(part, values)["average"], rel=1e-6)


@pytest.mark.parametrize("short, columns", [(0.4, 360), (2, 358), (7, 353), (-1, 361)])
def test_sums_keep_the_total(cogmill, tmp_path, short, columns):
    """Round a pole, where pixels lie across the gap at all angles."""
    values, step = globe(tmp_path / "in.tif", short, columns)
    write(tmp_path / "in.tif", np.tile(values if short > 0 else np.append(values, values[:1]), (1, ROWS, 1)),
          nodata=-1, epsg=4326, transform=(-180, step, 0, 80, 0, -1))
    cogmill("reproject", "in.tif", "out.tif", "-r", "sum", "--dst-crs", "EPSG:3995", "--bbox",
            "-2400000,-2400000,2400000,2400000", "--resolution", "75000", "--et", "0")
    got = read(tmp_path / "out.tif")[0].astype(float)
    assert got[got != -1].sum() == pytest.approx(ROWS * values.astype(float).sum(), rel=1e-4)


TURN = 2 * np.pi * 6378137


def points_scene(folder, epsg, x, y, step, turns):
    """The same scene with a geotransform and with control points, told whole turns away."""
    pixels = ramp(1, 60, 80)
    turn = 360 if epsg == 4326 else TURN

    def points(dataset):
        dataset.SetGCPs([gdal.GCP(x + step * c + turn * turns, y - step * r, 0, c, r)
                         for r in (0, 30, 60) for c in (0, 40, 80)], crs(epsg).ExportToWkt())
    write(folder / "affine.tif", pixels, nodata=0, epsg=epsg, transform=(x, step, 0, y, 0, -step))
    write(folder / "points.tif", pixels, nodata=0, epsg=None, transform=None, dress=points)


OUTPUTS = [("EPSG:4326", "178.9,50,182.1,51.6", "0.03,0.03"), ("EPSG:4326", "-181.1,50,-177.9,51.6", "0.03,0.03"),
           ("EPSG:32601", "200000,5500000,520000,5720000", "3000,3000"),
           ("EPSG:3857", "19915000,6446000,20270000,6700000", "4000,4000"),
           ("EPSG:3857", "-20160000,6446000,-19803000,6700000", "4000,4000"),
           ("EPSG:3395", "19915000,6413000,20270000,6670000", "4000,4000")]


@pytest.mark.parametrize("verb", ["reproject", "mosaic"])
@pytest.mark.parametrize("turns", [0, -1, 1])
@pytest.mark.parametrize("method", ["GCP_POLYNOMIAL", "GCP_TPS"])
@pytest.mark.parametrize("epsg", [3857, 3395, 4326])
def test_control_points_beyond_180(cogmill, tmp_path, verb, epsg, method, turns):
    """The pixels of the same scene with a geotransform."""
    x, y, step = (179.1, 51.5, 0.03) if epsg == 4326 else (19937000, 6690000, 4000)
    if epsg == 3395:
        y -= 33000
    points_scene(tmp_path, epsg, x, y, step, turns)
    for dst, box, resolution in OUTPUTS:
        words = ["--dst-crs", dst, "--bbox", box, "--resolution", resolution, "--overwrite", "--et", "0"]
        cogmill(verb, "affine.tif", "a.tif", *words)
        cogmill(verb, "points.tif", "p.tif", *words, "--to", f"METHOD={method}")
        wanted, got = read(tmp_path / "a.tif"), read(tmp_path / "p.tif")
        assert (wanted != 0).mean() > 0.3 and np.mean(wanted != got) < 0.002, (dst, box)


@pytest.mark.parametrize("verb", ["reproject", "mosaic", "convert", "calc"])
def test_control_points_without_a_box(cogmill, tmp_path, verb):
    points_scene(tmp_path, 3857, 19937000, 6690000, 4000, 0)
    words = ["calc", "-i", "A=points.tif", "--calc", "A"] if verb == "calc" else [verb, "points.tif"]
    cogmill(*words, "out.tif", "--dst-crs", "EPSG:4326")
    g = gdal.Open(str(tmp_path / "out.tif")).GetGeoTransform()
    assert g[0] == pytest.approx(179.097, abs=0.01) and 0.02 < g[1] < 0.04
    assert (read(tmp_path / "out.tif") != 0).mean() > 0.9
    cogmill.fails(*words, "no.tif", "--dst-crs", "EPSG:3395", code=1, words=["antimeridian", "--bbox"])


@pytest.mark.parametrize("short, columns", [(0, 360), (0.4, 360), (7, 353)])
@pytest.mark.parametrize("method", ["average", "max", "sum"])
def test_beside_a_pole(cogmill, tmp_path, method, short, columns):
    """Exact positions and patches agree: no pixel beside the pole takes the whole row."""
    values, step = globe(tmp_path / "in.tif", short, columns)
    write(tmp_path / "in.tif", np.tile(values, (1, ROWS, 1)), nodata=-1, epsg=4326,
          transform=(-180, step, 0, 89, 0, -1))
    read_with = {}
    for error in ("0", "0.001"):
        cogmill("reproject", "in.tif", "out.tif", "--overwrite", "-r", method, "--dst-crs", "EPSG:3995", "--bbox",
                "-2400000,-2400000,2400000,2400000", "--resolution", "75000", "--et", error)
        read_with[error] = read(tmp_path / "out.tif")[0].astype(float)
    exact, close = read_with["0"], read_with["0.001"]
    radius = np.hypot(*np.meshgrid(np.arange(64) - 31.5, np.arange(64) - 31.5))
    away = (radius > 4) & (exact != -1) & (close != -1)
    assert away.sum() > 300 and np.abs(exact - close)[away].max() <= (7 if method == "max" else 0.02 * exact.max())
    if method != "sum":
        assert exact[exact != -1].max() <= values.max()


@pytest.mark.parametrize("dst", ["EPSG:3857", "EPSG:4326"])
def test_mosaics_at_both_ends_are_warned_of(cogmill, tmp_path, dst):
    for west in (179, -180):
        write(tmp_path / f"{west}.tif", ramp(1, 20, 20), nodata=0, epsg=4326, transform=(west, 0.05, 0, 1, 0, -0.05))
    run = cogmill("mosaic", "179.tif", "-180.tif", "out.tif", "--dst-crs", dst, warns=True)
    assert "99 % of its width empty" in run.stderr and ("EPSG:3832" if dst == "EPSG:3857" else "--bbox") in run.stderr
    cogmill("mosaic", "179.tif", "out.tif", "--overwrite", "--dst-crs", dst)
