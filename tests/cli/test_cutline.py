# SPDX-FileCopyrightText: 2026 The cogmill authors
# SPDX-License-Identifier: Apache-2.0
"""--cutline of reproject and mosaic: what is outside has no data, as with gdalwarp."""
import itertools

import numpy as np
import pytest
from checks import sha256
from osgeo import gdal, ogr
from scenes import crs, nodata_of, ramp, read, read_mask, write

RUNTIME, USAGE = 1, 2
HERE = dict(epsg=32631, transform=(500000, 100, 0, 5400000, 0, -100))
RING = "POLYGON((502013 5398170,521730 5396921,516280 5382334,504440 5385111,502013 5398170)," \
       "(508000 5392000,512000 5392000,511000 5389000,508000 5392000))"
ISLAND = "POLYGON((524000 5399000,527100 5398700,526000 5396000,524000 5399000))"
CROSSING = "POLYGON((502000 5398000,520000 5388000,520000 5398000,502000 5388000,502000 5398000))"


def draw(path, *shapes, layer="cut", epsg=32631, kind=ogr.wkbUnknown):
    """Writes shapes (WKT in EPSG:32631) with a field `name`: a, b, ..."""
    source = ogr.GetDriverByName("GPKG")
    data = source.Open(str(path), 1) if path.exists() else source.CreateDataSource(str(path))
    into = data.CreateLayer(layer, crs(epsg), kind)
    into.CreateField(ogr.FieldDefn("name", ogr.OFTString))
    from osgeo import osr
    ours, theirs = crs(32631), crs(epsg)
    for system in (ours, theirs):
        system.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    way = osr.CoordinateTransformation(ours, theirs)
    for letter, wkt in zip("abcdefg", shapes):
        feature = ogr.Feature(into.GetLayerDefn())
        shape = ogr.CreateGeometryFromWkt(wkt)
        shape.Transform(way)
        feature.SetGeometry(shape)
        feature["name"] = letter
        into.CreateFeature(feature)
    return str(path)


@pytest.fixture
def scene(tmp_path):
    return write(tmp_path / "in.tif", ramp(2, 220, 290), nodata=0, **HERE)


@pytest.fixture
def cut(tmp_path):
    return draw(tmp_path / "cut.gpkg", RING, ISLAND)


@pytest.mark.parametrize("verb", ["reproject", "mosaic"])
@pytest.mark.parametrize("crop", [False, True])
def test_on_its_own_grid_as_gdalwarp(cogmill, tmp_path, scene, cut, verb, crop):
    cogmill(verb, scene, "out.tif", "--cutline", cut, *(["--crop-to-cutline"] if crop else []))
    theirs = gdal.Warp("", scene, format="MEM", cutlineDSName=cut, cropToCutline=crop)
    ours = gdal.Open(str(tmp_path / "out.tif"))
    assert np.allclose(ours.GetGeoTransform(), theirs.GetGeoTransform(), rtol=1e-12)
    assert np.array_equal(ours.ReadAsArray(), theirs.ReadAsArray())
    assert 0.2 < (ours.ReadAsArray() == 0).mean() < 0.8


@pytest.mark.parametrize("options", [["--dst-crs", "EPSG:3857"], ["--dst-crs", "EPSG:4326", "-r", "cubic"],
                                     ["--dst-crs", "EPSG:3857", "--crop-to-cutline", "--resolution", "170"]],
                         ids=["near", "cubic", "crop"])
def test_warped_as_gdalwarp(cogmill, tmp_path, scene, cut, options):
    """gdalwarp cuts source pixels out, cogmill output pixels: they differ along the line alone."""
    cogmill("reproject", scene, "out.tif", "--cutline", cut, "--et", "0", "--wo", "XSCALE=1", "--wo", "YSCALE=1",
            *options, warns=None)
    crop = "--crop-to-cutline" in options
    theirs = gdal.Warp("", scene, format="MEM", dstSRS=options[1], errorThreshold=0, cutlineDSName=cut,
                       resampleAlg="cubic" if "cubic" in options else "near", cropToCutline=crop,
                       warpOptions=["XSCALE=1", "YSCALE=1"], **({"xRes": 170, "yRes": 170} if crop else {}))
    ours = gdal.Open(str(tmp_path / "out.tif"))
    assert (ours.RasterXSize, ours.RasterYSize) == (theirs.RasterXSize, theirs.RasterYSize)
    assert np.allclose(ours.GetGeoTransform(), theirs.GetGeoTransform(), rtol=1e-9)
    a, b = ours.ReadAsArray()[0], theirs.ReadAsArray()[0]
    inside = a != 0
    rim = np.zeros_like(inside)
    for rows, cols in itertools.product(range(-2, 3), repeat=2):
        rim |= inside != np.roll(inside, (rows, cols), (0, 1))
    assert ((a == 0) == (b == 0))[~rim].all() and 0.2 < inside.mean() < 0.9
    assert np.abs(a.astype(int) - b.astype(int))[~rim].max() <= 1
    assert ((a == 0) != (b == 0)).mean() < 0.02


def test_cutline_in_another_crs(cogmill, tmp_path, scene, cut):
    degrees = draw(tmp_path / "degrees.gpkg", RING, ISLAND, epsg=4326)
    cogmill("reproject", scene, "a.tif", "--cutline", cut)
    cogmill("reproject", scene, "b.tif", "--cutline", degrees)
    a, b = read(tmp_path / "a.tif"), read(tmp_path / "b.tif")
    assert (a != b).mean() < 0.002 and (a != 0).mean() > 0.2


def test_layer_and_where(cogmill, tmp_path, scene, cut):
    draw(tmp_path / "cut.gpkg", ISLAND, layer="other")
    cogmill("reproject", scene, "a.tif", "--cutline", cut, "--cutline-layer", "cut", "--cutline-where", "name = 'b'")
    cogmill("reproject", scene, "b.tif", "--cutline", cut, "--cutline-layer", "other")
    assert np.array_equal(read(tmp_path / "a.tif"), read(tmp_path / "b.tif"))
    assert 0 < (read(tmp_path / "a.tif") != 0).mean() < 0.05
    cogmill.fails("reproject", scene, "c.tif", "--cutline", cut, code=RUNTIME,
                  words=["cut.gpkg", "--cutline-layer", "cut, other"])


@pytest.mark.parametrize("verb", ["reproject", "mosaic"])
def test_without_nodata_there_is_a_mask(cogmill, tmp_path, cut, verb):
    pixels = ramp(1, 220, 290, np.uint8)
    write(tmp_path / "in.tif", pixels, **HERE)
    cogmill(verb, "in.tif", "out.tif", "--cutline", cut)
    mask, ours = read_mask(tmp_path / "out.tif"), read(tmp_path / "out.tif")
    assert 0.2 < (mask == 0).mean() < 0.8 and nodata_of(tmp_path / "out.tif") is None
    assert np.array_equal(ours[0], np.where(mask > 0, pixels[0], 0))
    cogmill(verb, "in.tif", "alpha.tif", "--cutline", cut, "--add-alpha")
    assert np.array_equal(read(tmp_path / "alpha.tif")[1], mask)
    cogmill(verb, "in.tif", "nodata.tif", "--cutline", cut, "--dst-nodata", "255", warns=None)
    assert np.array_equal(read(tmp_path / "nodata.tif")[0] == 255, mask == 0)


def test_same_bytes_for_ranks_and_no_seams(cogmill, tmp_path, cut):
    for number in range(4):
        write(tmp_path / f"m{number}.tif", ramp(1, 130, 160, seed=number), nodata=0, epsg=32631,
              transform=(500000 + number % 2 * 13000, 100, 0, 5400000 - number // 2 * 9000, 0, -100))
    words = ["mosaic", *(f"m{i}.tif" for i in range(4)), "out.tif", "--dst-crs", "EPSG:3857", "-r", "bilinear",
             "--cutline", cut, "--overwrite"]
    sums, images = set(), []
    for ranks in (None, 2, 3):
        cogmill(*words, "--co", "BLOCKSIZE=128", np=ranks)
        sums.add(sha256(tmp_path / "out.tif"))
    images = [read(tmp_path / "out.tif")]
    cogmill(*words, "--co", "BLOCKSIZE=512")
    assert len(sums) == 1 and np.array_equal(images[0], read(tmp_path / "out.tif"))


def test_bad_cutlines(cogmill, tmp_path, scene, cut):
    draw(tmp_path / "crossing.gpkg", CROSSING)
    draw(tmp_path / "points.gpkg", "POINT(510000 5390000)")
    draw(tmp_path / "far.gpkg", "POLYGON((0 0,1000 0,1000 1000,0 0))")
    (tmp_path / "text.geojson").write_text("no shapes")
    for words, code, wanted in [
            (["--cutline", "gone.gpkg"], RUNTIME, ["gone.gpkg"]),
            (["--cutline", "text.geojson"], RUNTIME, ["text.geojson"]),
            (["--cutline", "crossing.gpkg"], RUNTIME, ["crossing.gpkg", "feature 1", "crosses", "makevalid"]),
            (["--cutline", "points.gpkg"], RUNTIME, ["points.gpkg", "no polygons"]),
            (["--cutline", "far.gpkg"], RUNTIME, ["far.gpkg", "reach"]),
            (["--cutline", cut, "--cutline-layer", "gone"], RUNTIME, ["'gone'", "cut"]),
            (["--cutline", cut, "--cutline-where", "gone = 3"], (RUNTIME, USAGE), ["gone"]),
            (["--cutline", cut, "--cutline-where", "name = 'z'"], RUNTIME, ["no polygons", "name = 'z'"]),
            (["--crop-to-cutline"], USAGE, ["--cutline"])]:
        for verb in ("reproject", "mosaic"):
            cogmill.fails(verb, scene, "out.tif", *words, code=code, words=wanted)


def test_coordinates_that_are_no_degrees(cogmill, tmp_path, scene):
    """GeoJSON has no CRS but WGS 84."""
    (tmp_path / "cut.geojson").write_text(
        '{"type": "Polygon", "coordinates": [[[502000, 5398000], [520000, 5388000], '
        '[520000, 5398000], [502000, 5398000]]]}')
    cogmill.fails("reproject", scene, "out.tif", "--cutline", "cut.geojson", code=RUNTIME,
                  words=["502000,5388000", "GeoJSON", "ogr2ogr -a_srs"])


@pytest.mark.parametrize("verb", ["reproject", "mosaic"])
def test_cropped_to_less_than_a_pixel(cogmill, tmp_path, scene, verb):
    cut = draw(tmp_path / "small.gpkg", "POLYGON((505010 5395050,505040 5395050,505040 5395020,"
               "505010 5395050))")
    words = [verb, scene, "out.tif", "--cutline", cut, "--crop-to-cutline"]
    cogmill.fails(*words, code=USAGE, words=["half a pixel", "30 x 30 metres", "--resolution"])
    cogmill(*words, "--resolution", "10")
    assert read(tmp_path / "out.tif").shape == (2, 3, 3)
