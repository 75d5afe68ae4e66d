# SPDX-FileCopyrightText: 2026 The cogmill authors
# SPDX-License-Identifier: Apache-2.0
"""Maps that repeat after 360 degrees, or after the length of a cylindrical projection's equator: a
place is found in whichever turn a source or the output counts it."""
import json

import numpy as np
import pytest
from checks import sha256
from osgeo import gdal
from scenes import ramp, read, write

RUNTIME = 1
STEP = 0.25
METRES = 6378137 * np.pi / 180  # of a degree in EPSG:4087 (equidistant cylindrical)
VERBS = ("reproject", "mosaic", "convert", "calc")


def words_of(verb, name):
    if verb != "calc":
        return [verb, name, "out.tif", "--overwrite"]
    return ["calc", "-i", f"A={name}", "--calc", "A", "out.tif", "--ot", "UInt16", "--dst-nodata", "0",
            "--overwrite"]


def degree_tile(path, west, north=3, columns=32, seed=1):
    """24 rows of a quarter of a degree."""
    pixels = ramp(1, 24, columns, seed=seed)
    write(path, pixels, nodata=0, epsg=4326, transform=(west, STEP, 0, north, 0, -STEP))
    return pixels[0]


def on_degrees(pixels, west, box_west, box_east):
    """What lies where on a grid of 24 rows, in as many turns as it shows."""
    columns = round((box_east - box_west) / STEP)
    expected = np.zeros((pixels.shape[0], columns), pixels.dtype)
    for col in range(columns):
        place = (round((box_west - west) / STEP) + col) % round(360 / STEP)
        if place < pixels.shape[1]:
            expected[:, col] = pixels[:, place]
    return expected


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("west, box", [
    (175, (-180, 180)), (-183, (-180, 180)), (357, (0, 360)), (-3, (0, 360)),  # across an edge
    (187, (-180, 180)), (-65, (0, 360)), (-530, (-180, 180)),  # in another turn
    (175, (-360, 360)), (-65, (290, 310)), (-65, (-440, -400))])
def test_degrees(cogmill, tmp_path, verb, west, box):
    pixels = degree_tile(tmp_path / "in.tif", west)
    cogmill(*words_of(verb, "in.tif"), "--bbox", f"{box[0]},-3,{box[1]},3", "--resolution",
            f"{STEP},{STEP}")
    assert np.array_equal(read(tmp_path / "out.tif")[0], on_degrees(pixels, west, *box))


@pytest.mark.parametrize("resampling, ranks", [("near", 2), ("bilinear", None), ("max", None)])
def test_mosaic_round_the_globe(cogmill, tmp_path, ranks, resampling):
    """Tiles of 40 degrees from 15 W on: two edges of the output lie within tiles."""
    tiles = {f"{i}.tif": -15 + 40 * i for i in range(9)}
    for box in ((-180, 180), (0, 360), (7, 367)):
        expected = np.zeros((24, 1440), np.uint16)
        for seed, (name, west) in enumerate(tiles.items()):
            pixels = degree_tile(tmp_path / name, west, columns=160, seed=seed)
            expected += on_degrees(pixels, west, *box)
        cogmill("mosaic", *tiles, "out.tif", "--overwrite", "--bbox", f"{box[0]},-3,{box[1]},3", "-r",
                resampling, np=ranks)
        assert np.array_equal(read(tmp_path / "out.tif")[0], expected), box


def test_ranks_agree(cogmill, tmp_path):
    degree_tile(tmp_path / "across.tif", 175)
    degree_tile(tmp_path / "beside.tif", 183, seed=2)
    sums = set()
    for ranks in (None, 2, 3):
        cogmill("mosaic", "across.tif", "beside.tif", "out.tif", "--bbox", "-180,-3,180,3", "-r", "cubic",
                "--dst-crs", "EPSG:4087", "--overwrite", "--bbox-crs", "EPSG:4326", "--resolution",
                "30000,30000", np=ranks)
        sums.add(sha256(tmp_path / "out.tif"))
    assert len(sums) == 1


@pytest.mark.parametrize("verb", VERBS)
def test_utm_tile_on_longitudes_from_0_to_360(cogmill, tmp_path, verb):
    """Wholly east of 180 degrees in the zone west of it."""
    write(tmp_path / "in.tif", ramp(1, 60, 60), nodata=0, epsg=32660,
          transform=(900000, 2000, 0, 5000000, 0, -2000))
    for box in ("-180,40,180,50", "0,40,360,50"):
        cogmill(*words_of(verb, "in.tif"), "--dst-crs", "EPSG:4326", "--bbox", box, "--resolution",
                "0.1,0.1")
        assert (read(tmp_path / "out.tif") != 0).sum() > 150, box


@pytest.mark.parametrize("verb", VERBS)
def test_what_does_not_reach_is_refused_still(cogmill, tmp_path, verb):
    degree_tile(tmp_path / "in.tif", 175)
    for box in ("170,-3,174,3", "-176,-3,-170,3", "-180,4,180,8"):
        cogmill.fails(*words_of(verb, "in.tif"), "--bbox", box, "--resolution", f"{STEP},{STEP}",
                      code=RUNTIME, words=["reach"])


def cylinder_tile(path, west, columns=32):
    """The same as degree_tile, in metres."""
    pixels = ramp(1, 24, columns)
    write(path, pixels, nodata=0, epsg=4087,
          transform=(west * METRES, STEP * METRES, 0, 3 * METRES, 0, -STEP * METRES))
    return pixels[0]


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("west", [175, 182, -183, -191, 540])
def test_cylinders_run_on(cogmill, tmp_path, verb, west):
    pixels = cylinder_tile(tmp_path / "in.tif", west)
    for box in ((west, west + 8), (-180, 180)):
        wanted = on_degrees(pixels, west, *box)
        cogmill(*words_of(verb, "in.tif"), "--dst-crs", "EPSG:4326", "--bbox",
                f"{box[0]},-3,{box[1]},3", "--resolution", f"{STEP},{STEP}")
        assert np.array_equal(read(tmp_path / "out.tif")[0], wanted), box
        metres = [METRES * x for x in (box[0], -3, box[1], 3)]
        cogmill(*words_of(verb, "in.tif"), "--bbox", ",".join(f"{x:.9f}" for x in metres), "--size",
                f"{wanted.shape[1]},24")
        assert np.array_equal(read(tmp_path / "out.tif")[0], wanted), metres


def test_cylinder_through_gdals_transformer_and_overviews(cogmill, tmp_path):
    """Options of the transformer take another way, and an overview is not taken for coarse enough
    because its ends lie a turn apart."""
    pixels = cylinder_tile(tmp_path / "in.tif", 170, columns=80)
    gdal.Open(str(tmp_path / "in.tif"), gdal.GA_Update).BuildOverviews("AVERAGE", [2, 4])
    for words in ([], ["--to", "SRC_METHOD=GEOTRANSFORM"]):
        cogmill("reproject", "in.tif", "out.tif", "--overwrite", "--dst-crs", "EPSG:4326", "--bbox",
                "170,-3,190,3", "--resolution", f"{STEP},{STEP}", *words)
        assert np.array_equal(read(tmp_path / "out.tif")[0], pixels), words


@pytest.mark.parametrize("verb", ["reproject", "mosaic"])
@pytest.mark.parametrize("epsg, turn", [(3857, 2 * np.pi * 6378137), (3395, 2 * np.pi * 6378137),
                                        (6933, 34735060.89032276), (3832, 2 * np.pi * 6378137)])
def test_a_turn_away_is_the_same_place(cogmill, tmp_path, verb, epsg, turn):
    pixels = ramp(1, 40, 70)
    got = []
    for west in (-turn / 2 + 2e5, turn / 2 + 2e5, -1.5 * turn + 2e5):
        write(tmp_path / "in.tif", pixels, nodata=0, epsg=epsg, transform=(west, 9000, 0, 4e5, 0, -9000))
        words = ["--dst-crs", "EPSG:32626" if epsg == 3832 else "EPSG:32701", "--bbox",
                 "100000,9700000,900000,10400000" if epsg != 3832 else "100000,0,900000,400000",
                 "--resolution", "9500,9500", "-r", "bilinear", "--et", "0"]
        cogmill(*words_of(verb, "in.tif"), *words)
        got.append(read(tmp_path / "out.tif")[0])
    assert (got[0] != 0).mean() > 0.2
    assert all(np.array_equal(other, got[0]) for other in got[1:])


@pytest.mark.parametrize("verb", VERBS)
def test_mercator_output_beyond_180(cogmill, tmp_path, verb):
    """What cogmill writes there it also reads back."""
    got = []
    for west in (-178, 182):
        degree_tile(tmp_path / "in.tif", west)
        cogmill(*words_of(verb, "in.tif"), "--dst-crs", "EPSG:3857", "--bbox", "20000000,-300000,22000000,"
                "300000", "--resolution", "20000,20000")
        got.append(read(tmp_path / "out.tif")[0])
    assert np.array_equal(*got) and (got[0] != 0).sum() > 1000
    (tmp_path / "out.tif").rename(tmp_path / "merc.tif")
    cogmill(*words_of(verb, "merc.tif"), "--dst-crs", "EPSG:4326", "--bbox", "182.5,-2.5,189.5,2.5",
            "--resolution", "0.2,0.2")
    assert (read(tmp_path / "out.tif") != 0).all()


WEST, EAST = [[178.5, 1], [180, 1], [180, 2], [178.5, 2], [178.5, 1]], \
    [[-180, 1], [-178.75, 1], [-178.75, 2], [-180, 2], [-180, 1]]


def draw(path, *rings):
    polygons = [[ring] for ring in rings]
    shape = {"type": "MultiPolygon", "coordinates": polygons}
    path.write_text(json.dumps({"type": "Feature", "properties": {}, "geometry": shape}))
    return path.name


@pytest.mark.parametrize("verb", ["reproject", "mosaic"])
@pytest.mark.parametrize("box", [(176, 184), (-184, -176), (-180, 180), (0, 360)])
@pytest.mark.parametrize("rings, reach", [((WEST, EAST), (178.5, 181.25)), ((EAST,), (180, 181.25)),
                                          ((WEST,), (178.5, 180))])
def test_cutlines_in_every_turn(cogmill, tmp_path, verb, box, rings, reach):
    """Cut at 180 degrees as GeoJSON has to be."""
    pixels = degree_tile(tmp_path / "in.tif", 176)
    cut = draw(tmp_path / "cut.geojson", *rings)
    left, right = (round((x - 176) / STEP) for x in reach)
    inside = np.zeros_like(pixels)
    inside[4:8, left:right] = pixels[4:8, left:right]
    cogmill(verb, "in.tif", "out.tif", "--cutline", cut, "--bbox", f"{box[0]},-3,{box[1]},3",
            "--resolution", f"{STEP},{STEP}")
    assert np.array_equal(read(tmp_path / "out.tif")[0], on_degrees(inside, 176, *box))


@pytest.mark.parametrize("verb", ["reproject", "mosaic"])
def test_crop_to_a_cutline_across_180(cogmill, tmp_path, verb):
    pixels = degree_tile(tmp_path / "in.tif", 176)
    cut = draw(tmp_path / "cut.geojson", EAST, WEST)
    cogmill(verb, "in.tif", "out.tif", "--cutline", cut, "--crop-to-cutline")
    assert gdal.Open(str(tmp_path / "out.tif")).GetGeoTransform() == (178.5, STEP, 0, 2, 0, -STEP)
    assert np.array_equal(read(tmp_path / "out.tif")[0], pixels[4:8, 10:21])
    far = draw(tmp_path / "far.geojson", [[-170, 1], [-168, 1], [-168, 2], [-170, 1]])
    cogmill.fails(verb, "in.tif", "no.tif", "--cutline", far, code=RUNTIME, words=["cutline", "reach"])


@pytest.mark.parametrize("verb", ["reproject", "mosaic"])
def test_cutline_that_runs_on_beyond_180(cogmill, tmp_path, verb):
    """Brought into another CRS it stays in one piece."""
    degree_tile(tmp_path / "in.tif", 176)
    got = []
    for name, rings in (("whole", ([[178.5, 1], [181.25, 1], [181.25, 2], [178.5, 2], [178.5, 1]],)),
                        ("split", (WEST, EAST))):
        cut = draw(tmp_path / f"{name}.geojson", *rings)
        cogmill(verb, "in.tif", "out.tif", "--overwrite", "--cutline", cut, "--dst-crs", "EPSG:3857",
                "--bbox", "19600000,-300000,20500000,300000", "--resolution", "9000,9000")
        got.append(read(tmp_path / "out.tif")[0])
    assert np.array_equal(*got)
    columns = np.nonzero((got[0] != 0).any(axis=0))[0]
    assert len(columns) == pytest.approx(2.75 * 111319.49 / 9000, abs=1)

def rpc_scene(path, longitude):
    numbers = {"HEIGHT_OFF": 100, "HEIGHT_SCALE": 500, "LAT_OFF": 45, "LAT_SCALE": 0.5,
               "LONG_OFF": longitude, "LONG_SCALE": 0.5, "LINE_OFF": 50, "LINE_SCALE": 50,
               "SAMP_OFF": 60, "SAMP_SCALE": 60, "LINE_NUM_COEFF": "0 0 -1 0.05" + " 0" * 16,
               "LINE_DEN_COEFF": "1" + " 0" * 19, "SAMP_NUM_COEFF": "0 1 0 0.1" + " 0" * 16,
               "SAMP_DEN_COEFF": "1" + " 0" * 19}
    rpc = {key: str(value) for key, value in numbers.items()}
    write(path, ramp(1, 100, 120), nodata=0, epsg=None, transform=None,
          dress=lambda dataset: dataset.SetMetadata(rpc, "RPC"))


def height_model(path, west, columns=60, step=0.05):
    write(path, np.full((1, round(3 / step), columns), 300, np.float32), nodata=-32768,
          epsg=4326, transform=(west, step, 0, 46.5, 0, -step), co=("COMPRESS=DEFLATE",))


@pytest.mark.parametrize("verb", ["reproject", "mosaic"])
@pytest.mark.parametrize("longitude, west", [(179.9, 178.4), (179.9, -181.6), (-180.1, 178.4),
                                             (190, 188.5), (190, -171.5), (-170, 188.5), (30, 28.5)])
def test_heights_of_a_scene_across_180(cogmill, tmp_path, verb, longitude, west):
    """A DEM of one height is as good as that height, however it counts its longitudes."""
    rpc_scene(tmp_path / "in.tif", longitude)
    height_model(tmp_path / "dem.tif", west)
    zone = "EPSG:32636" if longitude == 30 else "EPSG:32601"
    boxes = {zone: "0,4850000,1300000,5150000", "EPSG:4326":
             f"{longitude - 1},44.2,{longitude + 1},45.8"}
    for crs, box in boxes.items():
        got = []
        for how in ("RPC_HEIGHT=300", "RPC_DEM=dem.tif"):
            cogmill(verb, "in.tif", "out.tif", "--overwrite", "--dst-crs", crs, "--to", how, "--bbox", box,
                    "--resolution", "0.01,0.01" if crs == "EPSG:4326" else "2000,2000", "--et", "0")
            got.append(read(tmp_path / "out.tif")[0])
        assert (got[0] != 0).sum() > 1500
        assert np.mean((got[0] != 0) != (got[1] != 0)) < 0.001, crs


def test_a_height_model_round_the_globe_that_ends_in_the_scene(cogmill, tmp_path):
    height_model(tmp_path / "dem.tif", -180, columns=720, step=0.5)
    rpc_scene(tmp_path / "in.tif", 179.9)
    cogmill.fails("reproject", "in.tif", "out.tif", "--dst-crs", "EPSG:32601", "--to", "RPC_DEM=dem.tif",
                  code=RUNTIME, words=["antimeridian", "RPC_DEM", "RPC_HEIGHT"])
    rpc_scene(tmp_path / "in.tif", 100)
    cogmill("reproject", "in.tif", "out.tif", "--dst-crs", "EPSG:4326", "--to", "RPC_DEM=dem.tif")
    assert (read(tmp_path / "out.tif") != 0).mean() > 0.9
