# SPDX-FileCopyrightText: 2026 The cogmill authors
# SPDX-License-Identifier: Apache-2.0
"""mosaic: where sources end. Edges that they share, the antimeridian, and what lies beyond a CRS's domain."""
import numpy as np
import pytest
from osgeo import gdal, osr
from scenes import read, write

KERNELS = ["near", "bilinear", "cubic", "cubicspline", "lanczos"]


def places(path, source_epsg):
    """The centres of a file's pixels, in another CRS."""
    dataset = gdal.Open(str(path))
    g = dataset.GetGeoTransform()
    cols, rows = np.meshgrid(np.arange(dataset.RasterXSize) + 0.5, np.arange(dataset.RasterYSize) + 0.5)
    x, y = g[0] + cols * g[1], g[3] + rows * g[5]
    here, there = dataset.GetSpatialRef().Clone(), osr.SpatialReference()
    there.ImportFromEPSG(source_epsg)
    if here.IsSame(there):
        return x, y
    for system in (here, there):
        system.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    change = osr.CoordinateTransformation(here, there)
    points = np.array(change.TransformPoints(np.stack([x.ravel(), y.ravel()], 1).tolist()))
    return points[:, 0].reshape(x.shape), points[:, 1].reshape(x.shape)


# --- edges ----------------------------------------------------------------------------------------

def tiling(folder, random, degrees):
    """Up to 4 x 4 tiles side by side. @return paths, their box, their resolution"""
    steps = [1 / 3600, 1 / 240, 1 / 90, 1 / 24, 1 / 7] if degrees else [0.1, 1 / 3, 10, 463.3127165, 25.4]
    step = float(random.choice(steps))
    width, height = (int(n) for n in random.integers(1, 40, 2))
    across, down = (int(n) for n in random.integers(1, 5, 2))
    corner = [random.integers(*range_) + random.choice([0, 0.1, 1 / 3, 2 / 3])
              for range_ in ([(-170, 100), (-20, 60)] if degrees else [(200000, 700000), (4000000, 6000000)])]
    paths = [write(folder / f"{col}_{row}.tif", np.full((height, width), 1 + col + 4 * row, np.uint8), nodata=0, co=(),
                   epsg=4326 if degrees else 32631,
                   transform=(corner[0] + col * width * step, step, 0, corner[1] - row * height * step, 0, -step))
             for col in range(across) for row in range(down)]
    box = corner[0], corner[1] - down * height * step, corner[0] + across * width * step, corner[1]
    return paths, box, step


def count_gaps(path, box, margin, epsg):
    x, y = places(path, epsg)
    inside = (x > box[0] + margin) & (x < box[2] - margin) & (y > box[1] + margin) & (y < box[3] - margin)
    return int((inside & (read(path)[0] == 0)).sum())


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("degrees", [True, False])
def test_tiles_that_share_an_edge_leave_no_gap(cogmill, tmp_path, degrees, seed):
    random = np.random.default_rng(seed)
    for _ in range(8):
        paths, box, step = tiling(tmp_path, random, degrees)
        times = float(random.choice([2, 4, 6, 3.3, 1.5, 2 / 3, 0.5, 1 / 3]))
        if min(box[2] - box[0], box[3] - box[1]) < times * step:
            continue
        cogmill("mosaic", *paths, "out.tif", "--overwrite", "-r", random.choice(KERNELS), "--resolution",
                f"{times * step!r},{times * step!r}")
        assert count_gaps(tmp_path / "out.tif", box, 1e-6 * step, 4326 if degrees else 32631) == 0


@pytest.mark.parametrize("kernel", KERNELS)
def test_edges_along_a_diagonal(cogmill, tmp_path, kernel):
    """Meridians through pixel centres, within what the inverse projection rounds."""
    for meridian, epsg, size, step in [(90, 3413, 300, 1), (90, 3413, 260, 1.5), (180, 3413, 300, 2), (45, 3995, 170, 1),
                                       (135, 3995, 300, 1), (45, 3031, 300, 1)]:
        top = -50 if epsg == 3031 else 90
        paths = [write(tmp_path / f"{n}.tif", np.full((30, 30), n + 1, np.uint8), epsg=4326, nodata=0, co=(),
                       transform=(meridian - 30 * step + 30 * step * n, step, 0, top, 0, -1)) for n in range(2)]
        cogmill("mosaic", *paths, "out.tif", "--dst-crs", f"EPSG:{epsg}", "--bbox",
                "-4194304,-4194304,4194304,4194304", "--size", f"{size},{size}", "-r", kernel, "--et", "0", "--overwrite")
        lon, lat = places(tmp_path / "out.tif", 4326)
        edge = (np.abs((lon - meridian + 180) % 360 - 180) < 1e-9) & (np.abs(lat) < 79) & (np.abs(lat) > 62)
        assert edge.sum() > 20 and (read(tmp_path / "out.tif")[0][edge] != 0).all(), (meridian, epsg, size)


def test_a_mirrored_neighbour(cogmill, tmp_path):
    """One with its first row at the bottom: both end at the edge with their last row."""
    write(tmp_path / "north.tif", np.full((9, 9), 1, np.uint8), nodata=0, transform=(0, 10, 0, 90, 0, -10))
    write(tmp_path / "south.tif", np.full((9, 9), 2, np.uint8), nodata=0, transform=(0, 10, 0, -90, 0, 10))
    cogmill("mosaic", "north.tif", "south.tif", "out.tif", "--bbox", "0,-90,90,90", "--resolution", "36", warns=None)
    assert (read(tmp_path / "out.tif") != 0).all()


# --- the antimeridian, poles, domains -------------------------------------------------------------

def as_reproject(cogmill, tmp_path, *options):
    """mosaic of one source finds the pixels that reproject finds.   @return how many"""
    for command in ("reproject", "mosaic"):
        cogmill(command, "in.tif", f"{command}.tif", *options, "--et", "0", "--overwrite")
    ours, theirs = read(tmp_path / "mosaic.tif"), read(tmp_path / "reproject.tif")
    assert np.array_equal(ours, theirs), f"{((ours == 0) & (theirs != 0)).sum()} of {(theirs != 0).sum()} are lost"
    return (theirs != 0).sum()


@pytest.mark.parametrize("epsg,transform,size,box", [
    (32760, (650000, 250, 0, 7700000, 0, -250), 480, "178.7,-22,180.9,-20.4"),
    (32601, (250000, 90, 0, 6100000, 0, -90), 700, "179,54,181,55.5"),
    (3413, (-600000, 200, 0, 620000, 0, -200), 37, "179,82,181,82.6"),
    (3031, (-1000, 100, 0, -1300000, 0, -100), 21, "179.9,-78.2,180.1,-77.9"),
    (3031, (-3000, 100, 0, 3000, 0, -100), 61, "-180,-90,180,-89.9"),  # round the pole
    (3413, (-300000, 1000, 0, -1000, 0, -1000), 600, "-180,60,180,90"),  # the pole at 1 km
])
def test_sources_across_the_antimeridian(cogmill, tmp_path, epsg, transform, size, box):
    pixels = np.random.default_rng(3).integers(1, 250, (size, size), np.uint8)
    write(tmp_path / "in.tif", pixels, nodata=0, epsg=epsg, transform=transform)
    assert as_reproject(cogmill, tmp_path, "--dst-crs", "EPSG:4326", "--bbox", box, "--size", "240,160") > 100


@pytest.mark.parametrize("corner", [(100, 90), (-180, 90), (-150, -50), (0, -50), (140, 40)])
@pytest.mark.parametrize("crs,reach", [("EPSG:3857", 20037508), ("EPSG:3395", 15000000),
                                       ("+proj=ortho +lat_0=10 +lon_0=140 +datum=WGS84", 6000000),
                                       ("+proj=geos +lon_0=140 +h=35785863 +datum=WGS84", 5000000)])
def test_the_part_within_the_domain(cogmill, tmp_path, crs, reach, corner):
    pixels = np.random.default_rng(4).integers(1, 250, (80, 80), np.uint8)
    write(tmp_path / "in.tif", pixels, nodata=0, epsg=4326, transform=(corner[0], 0.5, 0, corner[1], 0, -0.5))
    write(tmp_path / "other.tif", pixels, nodata=0, epsg=4326, transform=(130, 0.5, 0, 20, 0, -0.5))
    grid = ["--dst-crs", crs, "--bbox", f"{-reach},{-reach},{reach},{reach}", "--size", "150,150", "--et", "0"]
    cogmill("mosaic", "other.tif", "in.tif", "both.tif", *grid, np=2)
    for name in ("other", "in"):
        cogmill.run("reproject", f"{name}.tif", f"{name}_alone.tif", *grid)
    expected = read(tmp_path / "other_alone.tif")
    if (tmp_path / "in_alone.tif").exists():  # else it is on the far side
        alone = read(tmp_path / "in_alone.tif")
        expected = np.where(alone != 0, alone, expected)
    assert np.array_equal(read(tmp_path / "both.tif"), expected)


def test_an_extent_beyond_the_domain(cogmill, tmp_path):
    pixels = np.full((30, 30), 9, np.uint8)
    write(tmp_path / "in.tif", pixels, nodata=0, epsg=4326, transform=(150, 1, 0, 90, 0, -1))
    far = ["--dst-crs", "+proj=ortho +lat_0=0 +lon_0=-15 +datum=WGS84"]
    cogmill.fails("mosaic", "in.tif", "far.tif", *far, code=1, words=["no source lies wholly", "ortho", "--bbox"])
    rim = ["--dst-crs", "+proj=gnom +lat_0=0 +lon_0=70 +datum=WGS84"]
    cogmill.fails("mosaic", "in.tif", "out.tif", *rim, code=1,
                  words=["no source lies wholly in the domain", "gnom", "in.tif", "--resolution"])
    run = cogmill.run("mosaic", "in.tif", "out.tif", *rim, "--resolution", "50000")
    assert run.code == 1 and "infinitely far away" in run.errors[0], str(run)


@pytest.mark.parametrize("size", [40, 150])
def test_an_extent_across_the_antimeridian(cogmill, tmp_path, size):
    """Longitudes side by side, where the sources say nothing of a globe."""
    pixels = np.full((size, size), 9, np.uint8)
    half = size * 1000 // 2
    write(tmp_path / "across.tif", pixels, nodata=0, epsg=3413, co=(),
          transform=(-700000 - half, 1000, 0, 700000 + half, 0, -1000))
    write(tmp_path / "east.tif", pixels, nodata=0, epsg=4326, transform=(-179, 0.04, 0, 81, 0, -0.02))
    cogmill("mosaic", "across.tif", "east.tif", "out.tif", "--dst-crs", "EPSG:4326")
    lon, lat = places(tmp_path / "out.tif", 4326)
    assert lon.min() > 170 and lon.max() > 181 and lon.max() < 190
    x, y = places(tmp_path / "out.tif", 3413)
    inside = (np.abs(x + 700000) < half - 2000) & (np.abs(y - 700000) < half - 2000)
    assert inside.sum() > size * size / 4 and (read(tmp_path / "out.tif")[0][inside] == 9).all()
