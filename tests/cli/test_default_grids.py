# SPDX-FileCopyrightText: 2026 The cogmill authors
# SPDX-License-Identifier: Apache-2.0
"""Outputs without --bbox where the projection is cut through the scene, or shows a part of it
infinitely far away: no command writes a grid that says nothing of the scene's pixels."""
import numpy as np
import pytest
from osgeo import gdal
from scenes import crs, ramp, read, write

RUNTIME = 1
VERBS = ("reproject", "mosaic", "convert", "calc")
FIJI = dict(epsg=32760, transform=(700000, 1500, 0, 8100000, 0, -1500))
PACIFIC = dict(epsg=4326, transform=(172.5, 0.25, 0, -31, 0, -0.25))


def words_of(verb, name):
    return ["calc", "-i", f"A={name}", "--calc", "A"] if verb == "calc" else [verb, name]


def grid(path):
    dataset = gdal.Open(str(path))
    return dataset.GetGeoTransform(), (dataset.RasterXSize, dataset.RasterYSize)


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("scene,dst", [(FIJI, "EPSG:3857"), (FIJI, "EPSG:3395"), (FIJI, "EPSG:6933"),
                                       (FIJI, "EPSG:8857"), (FIJI, "ESRI:54030"), (PACIFIC, "EPSG:3857"),
                                       (PACIFIC, "+proj=moll"), (PACIFIC, "+proj=sinu"), (PACIFIC, "+proj=eqc")])
def test_scenes_across_180(cogmill, tmp_path, verb, scene, dst):
    write(tmp_path / "in.tif", ramp(1, 70, 80), nodata=0, **scene)
    cogmill.fails(*words_of(verb, "in.tif"), "out.tif", "--dst-crs", dst, code=RUNTIME,
                  words=["in.tif|the mosaic", r"180 degrees \(the antimeridian\)", r"\+lon_0=180", "--bbox and --resolution"])


def test_other_meridians_are_named(cogmill, tmp_path):
    write(tmp_path / "in.tif", ramp(1, 40, 50), nodata=0, epsg=4326, transform=(-35, 0.25, 0, 12, 0, -0.25))
    for verb in VERBS:
        cogmill.fails(*words_of(verb, "in.tif"), "out.tif", "--dst-crs", "+proj=robin +lon_0=150", code=RUNTIME,
                      words=["30 degrees west", "cut"])


@pytest.mark.parametrize("verb", ["reproject", "mosaic"])
def test_parts_and_pixels_can_be_given(cogmill, tmp_path, verb):
    """The message's ways out."""
    pixels = ramp(1, 70, 80)
    write(tmp_path / "in.tif", pixels, nodata=0, **PACIFIC)
    east = "19300000,-6000000,20037508,-3700000"
    cogmill.fails(verb, "in.tif", "out.tif", "--dst-crs", "EPSG:3857", "--resolution", "30000", code=RUNTIME,
                  words=["antimeridian", "with --bbox what"])
    cogmill.fails(verb, "in.tif", "out.tif", "--dst-crs", "EPSG:3857", "--bbox", east, code=RUNTIME,
                  words=["antimeridian", "with --resolution or --size what"])
    cogmill(verb, "in.tif", "out.tif", "--dst-crs", "EPSG:3857", "--bbox", east, "--resolution", "30000")
    assert (read(tmp_path / "out.tif") != 0).mean() > 0.95
    cogmill(verb, "in.tif", "whole.tif", "--dst-crs", "EPSG:3832")
    transform, size = grid(tmp_path / "whole.tif")
    assert 20000 < transform[1] < 40000 and (read(tmp_path / "whole.tif") != 0).sum() > 0.9 * pixels.size


@pytest.mark.parametrize("verb", ["reproject", "mosaic"])
@pytest.mark.parametrize("dst", ["EPSG:3857", "EPSG:8857"])
def test_control_points_and_rpc_across_180(cogmill, tmp_path, verb, dst):
    def points(dataset):
        dataset.SetGCPs([gdal.GCP((178.6 + 0.02 * c + 180) % 360 - 180, 51 - 0.02 * r, 0, c, r)
                         for r in (0, 45, 90) for c in (0, 60, 120)], crs(4326).ExportToWkt())

    def rpc(dataset):
        one, none = "1 " + "0 " * 19, " 0" * 16
        dataset.SetMetadata(dict(
            HEIGHT_OFF="0", HEIGHT_SCALE="500", LAT_OFF="-8", LAT_SCALE="0.4", LONG_OFF="-179.9", LONG_SCALE="0.6",
            LINE_OFF="45", LINE_SCALE="45", SAMP_OFF="60", SAMP_SCALE="60", LINE_NUM_COEFF="0 0 -1 0" + none,
            LINE_DEN_COEFF=one, SAMP_NUM_COEFF="0 1 0 0" + none, SAMP_DEN_COEFF=one), "RPC")
    for name, dress in (("points", points), ("rpc", rpc)):
        write(tmp_path / f"{name}.tif", ramp(1, 90, 120), nodata=0, epsg=None, transform=None, dress=dress)
        cogmill.fails(verb, f"{name}.tif", "out.tif", "--dst-crs", dst, code=RUNTIME, words=["antimeridian"])


def test_mosaics_of_the_world_have_scenes_across_180(cogmill, tmp_path):
    """What others tell of extent and pixels is enough, if they lie between the two parts."""
    names = []
    for i in range(5):
        names.append(f"{i}.tif")
        write(tmp_path / names[i], np.full((60, 72), i + 1, np.uint8), nodata=0, epsg=4326,
              transform=(-170 + 72 * i, 1, 0, 30, 0, -1))
    run = cogmill("mosaic", *names, "out.tif", "--dst-crs", "EPSG:3857")
    transform, size = grid(tmp_path / "out.tif")
    assert not run.warnings and 80000 < transform[1] < 130000
    got = read(tmp_path / "out.tif")[0]
    assert transform[0] == pytest.approx(-20037508.34, abs=1)
    assert transform[0] + size[0] * transform[1] == pytest.approx(20037508.34, abs=transform[1])
    assert (got != 0).mean() > 0.98 and (got[:, 1] == 5).all() and (got[:, -2] == 5).all()
    cogmill.fails("mosaic", names[4], names[3], "out2.tif", "--dst-crs", "EPSG:3857", code=RUNTIME,
                  words=["mosaic of 2 sources", "antimeridian", "--bbox what"])


def test_what_goes_round_the_globe_is_whole(cogmill, tmp_path):
    """The map's ends are the source's parts there."""
    write(tmp_path / "360.tif", ramp(1, 60, 180), nodata=0, epsg=4326, transform=(0, 2, 0, 60, 0, -2))
    write(tmp_path / "pole.tif", ramp(1, 80, 80), nodata=0, epsg=3413, transform=(-3e6, 75000, 0, 3e6, 0, -75000))
    for name, dst in (("360", "EPSG:8857"), ("360", "EPSG:3857"), ("pole", "ESRI:54030")):
        for verb in ("reproject", "mosaic"):
            cogmill(verb, f"{name}.tif", "out.tif", "--dst-crs", dst, "--overwrite", warns=None)
            transform, size = grid(tmp_path / "out.tif")
            assert size[0] > 100 and (read(tmp_path / "out.tif") != 0).mean() > 0.2, (name, dst, verb)


@pytest.mark.parametrize("dst", ["EPSG:8857", "ESRI:54030", "+proj=moll +lon_0=180", "+proj=robin +lon_0=200", "EPSG:3857"])
def test_longitudes_beyond_180(cogmill, tmp_path, dst):
    """All of the scene, wherever its longitudes are counted from."""
    pixels = ramp(1, 60, 72)
    sizes = []
    west = 171 if "lon_0" in dst else 183
    for start in (west, west - 360):
        write(tmp_path / "in.tif", pixels, nodata=0, epsg=4326, transform=(start, 0.25, 0, -5, 0, -0.25))
        for verb in ("reproject", "mosaic"):
            cogmill(verb, "in.tif", "out.tif", "--dst-crs", dst, "--overwrite", warns=None)
            assert 0.75 < (read(tmp_path / "out.tif") != 0).sum() / pixels.size < 1.6, (start, verb)
            sizes.append(grid(tmp_path / "out.tif")[1])
    assert np.ptp(sizes, axis=0).max() <= 2, sizes


def test_meridians_from_180(cogmill, tmp_path):
    """Longitudes that go on beyond 180 degrees from another prime meridian."""
    pixels = ramp(1, 40, 80)
    for west in (-10, 350):
        write(tmp_path / "in.tif", pixels, nodata=0, epsg=4326, transform=(west, 0.25, 0, 12, 0, -0.25))
        for verb in ("reproject", "mosaic"):
            cogmill(verb, "in.tif", "out.tif", "--dst-crs", "+proj=longlat +datum=WGS84 +pm=-180", "--overwrite", warns=None)
            transform, size = grid(tmp_path / "out.tif")
            assert abs(size[0] - 80) < 3 and abs(size[1] - 40) < 2, (west, verb, size)
            assert (read(tmp_path / "out.tif") != 0).mean() > 0.95
    cogmill.fails("reproject", "in.tif", "map.tif", "--dst-crs", "+proj=eqc +lon_0=180", code=RUNTIME,
                  words=["sides of 0 degrees,"])


@pytest.mark.parametrize("west", [-10, 350])
@pytest.mark.parametrize("verb", VERBS)
def test_longitudes_that_are_cut_at_0(cogmill, tmp_path, verb, west):
    pixels = ramp(1, 40, 80)
    write(tmp_path / "in.tif", pixels, nodata=0, epsg=4326, transform=(west, 0.25, 0, 12, 0, -0.25))
    cogmill(*words_of(verb, "in.tif"), "out.tif", "--dst-crs", "+proj=longlat +datum=WGS84 +lon_wrap=180", warns=None)
    transform, size = grid(tmp_path / "out.tif")
    assert size == (80, 40) and transform[1] == pytest.approx(0.25, rel=1e-3)
    assert (read(tmp_path / "out.tif") != 0).mean() > 0.95


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("west", [-180, 0, -150])
@pytest.mark.parametrize("dst", ["EPSG:3031", "EPSG:3413", "EPSG:3995", "EPSG:32761", "+proj=stere +lat_0=90",
                                 "+proj=gnom +lat_0=30"])
def test_infinitely_far(cogmill, tmp_path, verb, west, dst):
    write(tmp_path / "in.tif", ramp(1, 45, 90), nodata=0, epsg=4326, transform=(west, 4, 0, 90, 0, -4))
    cogmill.fails(*words_of(verb, "in.tif"), "out.tif", "--dst-crs", dst, code=RUNTIME, words=["--bbox|domain"])


def test_infinity_in_a_part_of_a_mosaic(cogmill, tmp_path):
    """Other sources tell the pixels, and --bbox the extent."""
    for i, north in enumerate((90, 0)):
        write(tmp_path / f"{i}.tif", np.full((90, 60), i + 1, np.uint8), nodata=0, epsg=4326,
              transform=(-170, 1, 0, north, 0, -1))
    words = ["0.tif", "1.tif", "out.tif", "--dst-crs", "EPSG:3031"]
    run = cogmill.run("mosaic", *words)
    assert run.code == RUNTIME and "infinitely far away" in run.errors[0], str(run)
    for rule in ("highest", "lowest", "average"):
        cogmill("mosaic", *words, "--overwrite", "--bbox", "-4e6,-4e6,-1e6,-1e6", "--resolution", rule, warns=None)
        transform, size = grid(tmp_path / "out.tif")
        assert 30000 < transform[1] < 300000 and (read(tmp_path / "out.tif") == 2).any(), rule


@pytest.mark.parametrize("dst", ["EPSG:3857", "EPSG:3395", "EPSG:3832"])
@pytest.mark.parametrize("tiles", [1, 2, 6])
def test_mosaics_in_mercator_end_before_the_poles(cogmill, tmp_path, dst, tiles):
    """Where reproject of all of them ends, and with its pixels."""
    across, down = (1, tiles) if tiles < 3 else (3, 2)
    width, height = 180 // across, 90 // down
    names = []
    for i in range(tiles):
        names.append(f"{i}.tif")
        write(tmp_path / names[i], np.full((height, width), i + 1, np.uint8), nodata=0, epsg=4326,
              transform=(-180 + 2 * width * (i % across), 2, 0, 90 - 2 * height * (i // across), 0, -2))
    write(tmp_path / "all.tif", np.full((90, 180), 9, np.uint8), nodata=0, epsg=4326, transform=(-180, 2, 0, 90, 0, -2))
    cogmill("reproject", "all.tif", "one.tif", "--dst-crs", dst, warns=True)
    run = cogmill("mosaic", *names, "out.tif", "--dst-crs", dst, warns=True, np=2)
    assert len(run.warnings) == 1 and "85.05 degrees" in run.stderr and "--bbox" in run.stderr
    (ours, size), (theirs, _) = grid(tmp_path / "out.tif"), grid(tmp_path / "one.tif")
    assert ours[0] == pytest.approx(theirs[0], abs=1) and ours[3] == pytest.approx(theirs[3], abs=1)
    assert ours[0] + size[0] * ours[1] == pytest.approx(20037508.34, abs=2 * ours[1])
    assert 0.3 * theirs[1] < ours[1] < 1.5 * theirs[1]
    assert (read(tmp_path / "out.tif") != 0).mean() > 0.98


def point_tile(path, west, step=1 / 120, pixel=None):
    """A degree whose first and last pixels have their centres on whole degrees, as SRTM has them."""
    pixels = ramp(1, 121, 121) if pixel is None else np.full((121, 121), pixel, np.uint8)
    write(path, pixels, nodata=0, epsg=4326, transform=(west - step / 2, step, 0, 1 + step / 2, 0, -step))


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("west, end", [(179, 20037508.34), (-180, -20037508.34)])
@pytest.mark.parametrize("dst", ["EPSG:3857", "EPSG:3395", "+proj=eqc"])
def test_tiles_that_end_a_hair_beyond_180(cogmill, tmp_path, verb, west, end, dst):
    """The output ends at the map's edge, in pixels of the tile's size."""
    point_tile(tmp_path / "in.tif", west)
    cogmill(*words_of(verb, "in.tif"), "out.tif", "--dst-crs", dst)
    transform, size = grid(tmp_path / "out.tif")
    left, right = transform[0], transform[0] + size[0] * transform[1]
    assert min(abs(left - end), abs(right - end)) < 1.01 * transform[1] and abs(right - left) < 1.01 * 111319.5
    assert transform[1] == pytest.approx(111319.49 / 120, rel=0.02)
    assert (read(tmp_path / "out.tif") != 0).mean() > 0.98
    cogmill(*words_of(verb, "in.tif"), "fine.tif", "--dst-crs", dst, "--resolution", "500")
    assert 215 < grid(tmp_path / "fine.tif")[1][0] < 225


@pytest.mark.parametrize("verb", VERBS)
def test_more_than_a_pixel_beyond_180_is_refused(cogmill, tmp_path, verb):
    write(tmp_path / "in.tif", ramp(1, 121, 121), nodata=0, epsg=4326,
          transform=(179 + 1 / 120, 1 / 120, 0, 1, 0, -1 / 120))
    cogmill("reproject", "in.tif", "fits.tif", "--dst-crs", "EPSG:4326")
    write(tmp_path / "in.tif", ramp(1, 121, 121), nodata=0, epsg=4326,
          transform=(179 + 1 / 60, 1 / 120, 0, 1, 0, -1 / 120))
    cogmill.fails(*words_of(verb, "in.tif"), "out.tif", "--dst-crs", "EPSG:3857", code=RUNTIME,
                  words=["antimeridian", "--bbox and --resolution|--bbox what"])


def test_mosaics_beside_180(cogmill, tmp_path):
    """Tiles of one side are a strip; those of both lie at opposite ends."""
    for i, west in enumerate((178, 179, -180)):
        point_tile(tmp_path / f"{west}.tif", west, pixel=i + 1)
    cogmill("mosaic", "178.tif", "179.tif", "out.tif", "--dst-crs", "EPSG:3857")
    transform, size = grid(tmp_path / "out.tif")
    got = read(tmp_path / "out.tif")[0]
    assert transform[1] == pytest.approx(111319.49 / 120, rel=0.02) and abs(size[0] - 240) < 4
    assert transform[0] + size[0] * transform[1] == pytest.approx(20037508.34, abs=transform[1])
    assert (got[:, 3] == 1).mean() > 0.95 and (got[:, -3] == 2).mean() > 0.95
    cogmill.fails("mosaic", "178.tif", "179.tif", "-180.tif", "no.tif", "--dst-crs", "EPSG:3857", code=RUNTIME,
                  words=["mosaic of 3 sources", "antimeridian", "--bbox what"])


@pytest.mark.parametrize("verb", ["reproject", "mosaic"])
def test_globes_of_points_end_at_the_map(cogmill, tmp_path, verb):
    """Half a pixel beyond on both sides."""
    write(tmp_path / "in.tif", ramp(1, 141, 361), nodata=0, epsg=4326, transform=(-180.5, 1, 0, 70.5, 0, -1))
    cogmill(verb, "in.tif", "out.tif", "--dst-crs", "EPSG:3857", warns=None)
    transform, size = grid(tmp_path / "out.tif")
    assert transform[0] == pytest.approx(-20037508.34, abs=transform[1])
    assert transform[0] + size[0] * transform[1] == pytest.approx(20037508.34, abs=transform[1])
    assert (read(tmp_path / "out.tif") != 0).mean() > 0.98
