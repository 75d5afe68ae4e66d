# SPDX-FileCopyrightText: 2026 The cogmill authors
# SPDX-License-Identifier: Apache-2.0
"""Grids of the whole world: pixels of many degrees, and maps that do not fill their frame."""
import numpy as np
import pytest
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
