# SPDX-FileCopyrightText: 2026 The cogmill authors
# SPDX-License-Identifier: Apache-2.0
"""mosaic: every way to name its sources, many of them under small limits, and what is refused."""
import json
import os
import subprocess

import numpy as np
import pytest
import yaml
from checks import sha256
from conftest import command, environment, least_memory
from osgeo import gdal, ogr
from scenes import TILE_BYTES, Tiff, break_tile, crs, ramp, read, write

RUNTIME, USAGE = 1, 2
STEP = 100


def put(path, pixels, row=0, col=0, **options):
    options.setdefault("epsg", 32631)
    options.setdefault("transform", (500000 + col * STEP, STEP, 0, 5400000 - row * STEP, 0, -STEP))
    return write(path, pixels, **options)


@pytest.fixture
def tiles(tmp_path):
    """Six overlapping tiles in a folder: the union, later ones on top."""
    folder = tmp_path / "tiles"
    folder.mkdir()
    whole = np.zeros((2, 110, 160), np.uint16)
    for number in range(6):
        row, col = number // 3 * 50, number % 3 * 50
        pixels = ramp(2, 60, 60, seed=number)
        put(folder / f"t{number}.tif", pixels, row, col, nodata=0)
        whole[:, row:row + 60, col:col + 60] = pixels
    return whole


def names(tmp_path):
    return [f"tiles/t{i}.tif" for i in range(6)]


def check(cogmill, whole, *inputs, options=(), **how):
    cogmill("mosaic", *inputs, "out.tif", *options, "--overwrite", **how)
    assert np.array_equal(read(cogmill.folder / "out.tif"), whole)


# --- kinds of input -------------------------------------------------------------------------------

def test_folder(cogmill, tmp_path, tiles):
    (tmp_path / "tiles/notes.md").write_text("no raster\n")
    (tmp_path / "tiles/t0.tif.aux.xml").write_text("<PAMDataset></PAMDataset>\n")
    gdal.BuildVRT(str(tmp_path / "tiles/all.vrt"), [str(tmp_path / n) for n in names(tmp_path)]).FlushCache()
    check(cogmill, tiles, "tiles")
    check(cogmill, tiles, "tiles/")


@pytest.mark.parametrize("how", ["@list", "list.txt", "option", "beside"])
def test_lists(cogmill, tmp_path, tiles, how):
    lines = ["# six tiles", "", *names(tmp_path)[:3], "  @more.lst  "]
    (tmp_path / "more.lst").write_text("\r\n".join(names(tmp_path)[3:]) + "\r\n")
    if how == "beside":  # names are looked for beside the list, too
        (tmp_path / "tiles/list.txt").write_text("\n".join(f"t{i}.tif" for i in range(6)))
        check(cogmill, tiles, "tiles/list.txt")
        return
    name = "list" if how == "@list" else "list.txt"
    (tmp_path / name).write_text("\n".join(lines))
    if how == "option":
        check(cogmill, tiles, options=["--input-file-list", name])
    else:
        check(cogmill, tiles, "@list" if how == "@list" else name)


def test_vrt_mosaic_is_taken_apart(cogmill, tmp_path, tiles):
    gdal.BuildVRT(str(tmp_path / "all.vrt"), [str(tmp_path / n) for n in names(tmp_path)]).FlushCache()
    text = (tmp_path / "all.vrt").read_text()
    assert 'relativeToVRT="1"' in text and "ComplexSource" in text
    (tmp_path / "sub").mkdir()
    check(cogmill, tiles, "all.vrt", options=["--record", "r.yaml"])
    assert len(yaml.safe_load((tmp_path / "r.yaml").read_text())["inputs"]) == 6


def test_nodata_of_the_vrt_counts(cogmill, tmp_path, tiles):
    value = int(tiles[0, 100, 150])
    gdal.BuildVRT(str(tmp_path / "all.vrt"), [str(tmp_path / n) for n in names(tmp_path)], srcNodata=value,
                  VRTNodata=value).FlushCache()
    theirs = gdal.Open(str(tmp_path / "all.vrt")).ReadAsArray()
    assert (theirs != tiles).any()
    check(cogmill, theirs, "all.vrt", warns=None)


@pytest.mark.parametrize("options,apart", [
    ({}, True), (dict(srcNodata="None"), True), (dict(VRTNodata=41), True), (dict(srcNodata=33, VRTNodata=33), True),
    (dict(VRTNodata="None"), False), (dict(hideNodata=True), False), (dict(hideNodata=True, VRTNodata=3), False),
    (dict(srcNodata="None", VRTNodata=33), False),
    (dict(xRes=250, yRes=250), False), (dict(resolution="lowest"), True),
    (dict(outputBounds=(500700, 5390000, 512345, 5399000)), False), (dict(xRes=100, yRes=100, targetAlignedPixels=True), True)])
def test_what_the_vrt_shows(cogmill, tmp_path, options, apart):
    """Nodata values, resolution and extent too; what its files do not give is read as one raster."""
    random = np.random.default_rng(1)
    for number in range(4):
        pixels = random.integers(50, 250, (2, 60, 60)).astype(np.uint8)
        pixels[:, 12 * number:12 * number + 20, 10:30] = 33
        put(tmp_path / f"f{number}.tif", pixels, number // 2 * 50, number % 2 * 50, nodata=33)
    gdal.BuildVRT(str(tmp_path / "all.vrt"), [str(tmp_path / f"f{n}.tif") for n in range(4)], **options).FlushCache()
    theirs = gdal.Open(str(tmp_path / "all.vrt"))
    cogmill("mosaic", "all.vrt", "out.tif", "--record", "r.yaml", np=2, warns=None)
    assert len(yaml.safe_load((tmp_path / "r.yaml").read_text())["inputs"]) == (4 if apart else 1)
    ours = gdal.Open(str(tmp_path / "out.tif"))
    assert np.array_equal(ours.ReadAsArray(), theirs.ReadAsArray())
    assert ours.GetRasterBand(2).GetNoDataValue() == theirs.GetRasterBand(2).GetNoDataValue()
    assert np.allclose(ours.GetGeoTransform(), theirs.GetGeoTransform())


@pytest.mark.parametrize("kind", ["separate", "cropped", "warped"])
def test_other_vrts_stay_one_raster(cogmill, tmp_path, tiles, kind):
    sources = [str(tmp_path / n) for n in names(tmp_path)]
    path = str(tmp_path / "other.vrt")
    if kind == "separate":
        gdal.BuildVRT(path, sources[:2], separate=True).FlushCache()
    elif kind == "cropped":
        gdal.Translate(str(tmp_path / "part.vrt"), sources[0], format="VRT", srcWin=(5, 5, 50, 40)).FlushCache()
        gdal.BuildVRT(path, [sources[1], str(tmp_path / "part.vrt")]).FlushCache()
        text = (tmp_path / "other.vrt").read_text().replace('<SrcRect xOff="0"', '<SrcRect xOff="1"', 1)
        (tmp_path / "other.vrt").write_text(text)
    else:
        gdal.Warp(path, sources[0], format="VRT", dstSRS="EPSG:3857").FlushCache()
    theirs = gdal.Open(path).ReadAsArray()
    cogmill("mosaic", "other.vrt", "out.tif", "--record", "r.yaml", warns=True)  # read through GDAL
    assert np.array_equal(read(tmp_path / "out.tif"), theirs)
    assert len(yaml.safe_load((tmp_path / "r.yaml").read_text())["inputs"]) == 1


def make_index(path, locations, driver="GPKG", layer="index", field="location", epsg=32631, metadata=()):
    """A tile index. Features have a number `rank`, which falls, and a `kind`."""
    driver = ogr.GetDriverByName(driver)
    if driver is None:
        pytest.skip("GDAL was built without this format")
    index = driver.Open(str(path), 1) if os.path.exists(path) else driver.CreateDataSource(str(path))
    options = ["SPATIAL_INDEX=NO"] if driver.GetName() == "FlatGeobuf" else []  # it would sort the features
    into = index.CreateLayer(layer, crs(epsg), ogr.wkbPolygon, options)
    for name, kind in ((field, ogr.OFTString), ("rank", ogr.OFTInteger), ("kind", ogr.OFTString)):
        into.CreateField(ogr.FieldDefn(name, kind))
    for key, value in dict(metadata).items():
        into.SetMetadataItem(key, value)
    for number, location in enumerate(locations):
        feature = ogr.Feature(into.GetLayerDefn())
        feature[field], feature["rank"], feature["kind"] = location, 9 - number, "ab"[number % 2]
        feature.SetGeometry(ogr.CreateGeometryFromWkt("POLYGON((0 0,1 0,1 1,0 0))"))  # FlatGeobuf wants some
        into.CreateFeature(feature)


@pytest.mark.parametrize("driver,name", [("GPKG", "index.gpkg"), ("ESRI Shapefile", "index.shp"),
                                         ("GPKG", "tiles/index.gti.gpkg"), ("GeoJSON", "index.geojson"),
                                         ("FlatGeobuf", "index.fgb")])
def test_tile_index(cogmill, tmp_path, tiles, driver, name):
    folder = "" if name.startswith("tiles") else "tiles/"
    make_index(tmp_path / name, [f"{folder}t{i}.tif" for i in range(6)], driver)
    check(cogmill, tiles, name)


def test_location_field_of_a_layer(cogmill, tmp_path, tiles):
    make_index(tmp_path / "index.gpkg", ["gone.tif"], layer="other", field="where")
    make_index(tmp_path / "index.gpkg", names(tmp_path), field="path", metadata={"LOCATION_FIELD": "path"})
    check(cogmill, tiles, "index.gpkg")
    make_index(tmp_path / "bad.gpkg", names(tmp_path), metadata={"LOCATION_FIELD": "path"})
    cogmill.fails("mosaic", "bad.gpkg", "bad.tif", code=RUNTIME, words=["bad.gpkg", "no field 'path'"])


def gti(path, *elements, root="GDALTileIndexDataset"):
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"<?xml version='1.0'?>\n<{root}>" + "".join(elements) + f"</{root}>\n")
    return str(path)


def element(name, text):
    return f"<{name}>{text}</{name}>"


INDEX = element("IndexDataset", "index.gpkg")


def test_gti(cogmill, tmp_path, tiles):
    make_index(tmp_path / "index.gpkg", names(tmp_path))
    gti(tmp_path / "all.gti", INDEX, "<Metadata><MDI key='A'>B</MDI></Metadata><BlockXSize>64</BlockXSize>")
    check(cogmill, tiles, "all.gti")
    check(cogmill, tiles, "all.gti", np=2)
    gti(tmp_path / "sub/all.gti", element("IndexDataset", "../index.gpkg"))
    check(cogmill, tiles, "sub/all.gti")
    (tmp_path / "list.txt").write_text("sub/all.gti\n")
    check(cogmill, tiles, "list.txt")


def test_rasters_beside_the_gti_or_the_index(cogmill, tmp_path, tiles):
    """As GDAL looks for them, and as its manual says."""
    (tmp_path / "other").mkdir()
    make_index(tmp_path / "other/index.gpkg", [f"t{i}.tif" for i in range(6)])
    gti(tmp_path / "tiles/all.gti", element("IndexDataset", "../other/index.gpkg"))
    check(cogmill, tiles, "tiles/all.gti")
    make_index(tmp_path / "tiles/index.gpkg", [f"t{i}.tif" for i in range(6)])
    gti(tmp_path / "other/all.gti", element("IndexDataset", "../tiles/index.gpkg"))
    check(cogmill, tiles, "other/all.gti")
    assert len(yaml_inputs(cogmill, "tiles")) == 6  # indexes in a folder are no rasters


def yaml_inputs(cogmill, *inputs):
    cogmill("mosaic", *inputs, "out.tif", "--overwrite", "--record", "r.yaml")
    return yaml.safe_load((cogmill.folder / "r.yaml").read_text())["inputs"]


def test_gti_chooses_layer_field_features_and_order(cogmill, tmp_path, tiles):
    make_index(tmp_path / "index.gpkg", ["gone.tif"])
    make_index(tmp_path / "index.gpkg", names(tmp_path), layer="tiles", field="path")
    chosen = [INDEX, element("IndexLayer", "tiles"), element("LocationField", "path")]
    gti(tmp_path / "all.gti", *chosen)
    check(cogmill, tiles, "all.gti")
    gti(tmp_path / "down.gti", *chosen, element("SortField", "rank"))
    check(cogmill, tiles, "down.gti", options=["--method", "first"])
    gti(tmp_path / "up.gti", *chosen, element("SortField", "rank"), element("SortFieldAsc", "false"))
    check(cogmill, tiles, "up.gti")
    gti(tmp_path / "some.gti", *chosen, element("Filter", "kind = 'b' AND \"rank\" &lt; 8"))
    assert [os.path.basename(i["path"]) for i in yaml_inputs(cogmill, "some.gti")] == ["t3.tif", "t5.tif"]


def test_gti_in_the_metadata_of_a_layer(cogmill, tmp_path, tiles):
    make_index(tmp_path / "index.gpkg", names(tmp_path)[::-1], field="path")
    index = ogr.Open(str(tmp_path / "index.gpkg"), 1)
    index.GetLayer(0).SetMetadata(["<GDALTileIndexDataset><LocationField>path</LocationField>"
                                   "<SortField>path</SortField></GDALTileIndexDataset>"], "xml:GTI")
    index = None
    check(cogmill, tiles, "index.gpkg")


GRID = [element(k, v) for k, v in dict(ResX=50, ResY=50, MinX=500000, MinY=5389000, MaxX=516000,
                                       MaxY=5400000).items()]


@pytest.mark.parametrize("elements,options,told", [
    (GRID, ["--resolution", "50", "--bbox", "500000,5389000,516000,5400000"], "--resolution 50,50"),
    (["<GeoTransform>500000,100,0,5399000,0,-100</GeoTransform><XSize>30</XSize><YSize>40</YSize>"],
     ["--bbox", "500000,5395000,503000,5399000"], "--bbox 500000,5395000,503000,5399000"),
    ([element("SRS", "EPSG:3857")], ["--dst-crs", "EPSG:3857"], "--dst-crs EPSG:3857"),
    ([element("Resampling", "Cubic")], ["-r", "cubic"], "-r Cubic"),
    ([element("NoDataValue", 7)], ["--dst-nodata", "7"], "--dst-nodata 7"),
    ([element("DataType", "Int32")], ["--ot", "Int32"], "--output-data-type Int32"),
    (["<Band band='1' dataType='Float32'/><Band band='2' dataType='Float32'/>"], ["--ot", "Float32"],
     "--output-data-type Float32"),
    ([element("MaskBand", "true")], ["--add-alpha"], "--add-alpha"),
    ([element("BandCount", 3)], None, "without effect: 3 bands"),
    ([element("SrcNoData", 0)], None, "without effect: SrcNoData")],
    ids=["grid", "geotransform", "crs", "resampling", "nodata", "type", "bands", "mask", "band count", "unknown"])
def test_what_a_gti_says_of_the_mosaic(cogmill, tmp_path, tiles, elements, options, told):
    """It is an option's here: a warning says which, until the option is given."""
    make_index(tmp_path / "index.gpkg", names(tmp_path))
    gti(tmp_path / "all.gti", INDEX, *elements)
    run = cogmill("mosaic", "all.gti", "out.tif", "--record", "r.yaml", warns=True)
    assert len(run.warnings) == 1 and f"all.gti says" in run.stderr and told in run.stderr, str(run)
    assert np.array_equal(read(tmp_path / "out.tif"), tiles)
    assert any(told in note for note in yaml.safe_load((tmp_path / "r.yaml").read_text())["notes"])
    if options:
        cogmill("mosaic", "all.gti", "out.tif", *options, "--overwrite")


def test_what_a_gti_says_and_is_so(cogmill, tmp_path, tiles):
    make_index(tmp_path / "index.gpkg", names(tmp_path))
    bands = "".join(f"<Band band='{b}' dataType='UInt16'><NoDataValue>0</NoDataValue></Band>" for b in (1, 2))
    gti(tmp_path / "all.gti", INDEX, *(e.replace(">50<", ">100<") for e in GRID), bands, element("SRS", "EPSG:32631"),
        element("Resampling", "Nearest"), element("BandCount", 2), element("DataType", "UInt16"),
        element("MaskBand", "false"), element("NoDataValue", 0))
    check(cogmill, tiles, "all.gti")


def test_gti_shows_its_layers_crs(cogmill, tmp_path, tiles):
    make_index(tmp_path / "index.gpkg", names(tmp_path), epsg=4326)
    gti(tmp_path / "all.gti", INDEX)
    run = cogmill("mosaic", "all.gti", "out.tif", warns=True)
    assert "--dst-crs EPSG:4326" in run.stderr
    check(cogmill, tiles, "index.gpkg")  # a plain index has no say


def stac(tmp_path, **changes):
    items = [{"type": "Feature", "id": f"tile-{i}", "assets": {
        "preview": {"href": "gone.tif", "type": "image/tiff", "roles": ["thumbnail"]},
        "readme": {"href": "readme.html"},
        "data": {"href": f"./tiles/t{i}.tif", "type": "image/tiff; application=geotiff; profile=cloud-optimized"},
        "other": {"href": f"tiles/t{5 - i}.tif"}}} for i in range(6)]
    (tmp_path / "items.json").write_text(json.dumps({"type": "FeatureCollection", "features": items} | changes))
    return items


def test_stac(cogmill, tmp_path, tiles):
    items = stac(tmp_path)
    check(cogmill, tiles, "items.json")
    check(cogmill, tiles, "items.json", options=["--asset", "data"])
    cogmill("mosaic", "items.json", "other.tif", "--asset", "other")
    assert not np.array_equal(read(tmp_path / "other.tif"), tiles)
    (tmp_path / "item.json").write_text(json.dumps(items[0]))
    check(cogmill, read(tmp_path / "tiles/t0.tif"), "item.json")


def test_order_is_priority(cogmill, tmp_path, tiles):
    order = names(tmp_path)[::-1]
    check(cogmill, tiles, *order, options=["--method", "first"])
    cogmill("mosaic", *order, "out.tif", "--overwrite")
    assert not np.array_equal(read(tmp_path / "out.tif"), tiles)


# --- many sources, small limits -------------------------------------------------------------------

@pytest.fixture(scope="module")
def crowd(tmp_path_factory):
    """300 small sources of two zones, overlapping."""
    folder = tmp_path_factory.mktemp("crowd")
    for number in range(300):
        row, col = number // 20 * 40, number % 20 * 40
        zone = dict(epsg=32632, transform=(60000 + col * STEP, STEP, 0, 5400000 - row * STEP, 0, -STEP))
        put(folder / f"c{number:03d}.tif", ramp(1, 60, 60, seed=number), row, col, nodata=0,
            co=("TILED=YES", "BLOCKXSIZE=32", "BLOCKYSIZE=32", "COMPRESS=DEFLATE"),
            **(zone if number % 3 == 0 else {}))
    return folder


def run_limited(cogmill, words, np=None, handles=64):
    line = ["bash", "-c", f'ulimit -n {handles} && exec "$@"', "limited", *command(words, np)]
    done = subprocess.run(line, cwd=cogmill.folder, env=environment(), capture_output=True, text=True,
                          check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    return done


@pytest.mark.parametrize("method,kernel", [("last", "near"), ("mean", "bilinear")])
def test_300_sources_with_64_handles(cogmill, tmp_path, crowd, method, kernel):
    words = ["mosaic", crowd, "out.tif", "--overwrite", "--method", method, "-r", kernel, "--co",
             "BLOCKSIZE=128", "--progress", "none"]
    sums = set()
    for ranks, threads in ((None, 1), (None, 4), (2, 1), (3, 2)):
        run_limited(cogmill, [*words, "--threads", str(threads)], ranks)
        sums.add(sha256(tmp_path / "out.tif"))
    assert len(sums) == 1
    assert (read(tmp_path / "out.tif") != 0).mean() > 0.6


def test_no_seams(cogmill, tmp_path, crowd):
    images = []
    for tile in (128, 512):
        cogmill("mosaic", crowd, f"{tile}.tif", "-r", "cubic", "--dst-crs", "EPSG:3857", "--co", f"BLOCKSIZE={tile}")
        images.append(read(tmp_path / f"{tile}.tif"))
    assert np.array_equal(*images)


@pytest.mark.parametrize("handles", [64, 1024])
def test_bytes_read_count_what_is_opened_late(cogmill, tmp_path, handles):
    """With few handles most sources are opened while a chunk is decoded."""
    paths = [put(tmp_path / f"s{i:02d}.tif", ramp(2, 60, 64, seed=i), col=64 * i) for i in range(12)]
    run_limited(cogmill, ["mosaic", *paths, "out.tif", "--record", "r.yaml"], handles=handles)
    stored = sum(sum(Tiff(path).values(TILE_BYTES)) for path in paths)
    assert yaml.safe_load((tmp_path / "r.yaml").read_text())["outputs"]["bytes_read"] == stored


def test_small_memory(cogmill, tmp_path, crowd):
    words = ["mosaic", crowd, "--co", "BLOCKSIZE=128", "--threads", "1"]
    cogmill(*words, "big.tif")
    least = least_memory(cogmill, words, None)
    cogmill(*words, "out.tif", "--memory", least, "--overwrite")
    assert sha256(tmp_path / "out.tif") == sha256(tmp_path / "big.tif")


def test_record_lists_fifty(cogmill, tmp_path, crowd):
    cogmill("mosaic", crowd, "out.tif", "--record", "r.yaml")
    record = yaml.safe_load((tmp_path / "r.yaml").read_text())
    notes = " ".join(record["notes"])
    assert len(record["inputs"]) == 50 and "and 250 more" in notes
    assert "mosaic of 300 sources" in notes and "coordinate operation" in notes


def test_dry_run(cogmill, tmp_path, crowd):
    run = cogmill("mosaic", crowd, "out.tif", "--dry-run")
    assert "290 more sources" in run.stdout and not (tmp_path / "out.tif").exists()


# --- bad input ------------------------------------------------------------------------------------

@pytest.fixture
def bad(tmp_path):
    put(tmp_path / "a.tif", ramp(2, 40, 50))
    put(tmp_path / "bands.tif", ramp(3, 40, 50))
    put(tmp_path / "type.tif", ramp(2, 40, 50, np.int16))
    put(tmp_path / "bare.tif", ramp(2, 40, 50), epsg=None)
    put(tmp_path / "nowhere.tif", ramp(2, 40, 50), epsg=None, transform=None)
    put(tmp_path / "far.tif", ramp(2, 40, 50), epsg=3857, transform=(0, 100, 0, 2e7, 0, -100))
    (tmp_path / "empty.txt").write_text("# nothing\n")
    (tmp_path / "gone.txt").write_text("a.tif\ngone.tif\n")
    (tmp_path / "loop.txt").write_text("loop.txt\n")
    (tmp_path / "empty").mkdir()
    (tmp_path / "broken.json").write_text('{"type": ')
    (tmp_path / "deep.json").write_text("[" * 100000)
    (tmp_path / "none.json").write_text('{"type": "FeatureCollection", "features": []}')
    (tmp_path / "broken.vrt").write_text("<VRTDataset rasterXSize=")
    (tmp_path / "text.tif").write_text("no raster")
    stac(tmp_path)
    bad_indexes(tmp_path)
    return tmp_path


def bad_indexes(tmp_path):
    make_index(tmp_path / "index.gpkg", ["a.tif"])
    make_index(tmp_path / "two.gpkg", ["a.tif"])
    make_index(tmp_path / "two.gpkg", ["a.tif"], layer="more")
    make_index(tmp_path / "blank.gpkg", ["a.tif", None])
    (tmp_path / "text.gti").write_text("no XML")
    (tmp_path / "broken.gti").write_text("<GDALTileIndexDataset><IndexDataset>")
    gti(tmp_path / "vrt.gti", root="VRTDataset")
    gti(tmp_path / "none.gti", element("IndexLayer", "index"))
    gti(tmp_path / "gone.gti", element("IndexDataset", "gone.gpkg"))
    gti(tmp_path / "raster.gti", element("IndexDataset", "a.tif"))
    gti(tmp_path / "two.gti", element("IndexDataset", "two.gpkg"))
    gti(tmp_path / "blank.gti", element("IndexDataset", "blank.gpkg"))
    for name, text in (("IndexLayer", "gone"), ("LocationField", "gone"), ("SortField", "gone"), ("SQL", "SELECT 1"),
                       ("Filter", "gone = 3"), ("Filter", "kind = 'z'"), ("LocationField", "rank"),
                       ("SRS", "EPSG:99999")):
        gti(tmp_path / f"{name} {text}.gti", INDEX, element(name, text))


BAD = [
    (["a.tif", "bands.tif"], RUNTIME, ["a.tif has 2 bands", "bands.tif has 3"]),
    (["a.tif", "type.tif"], RUNTIME, ["band 1", "UInt16", "type.tif Int16"]),
    (["a.tif", "bare.tif"], RUNTIME, ["bare.tif", "--src-crs"]),
    (["a.tif", "nowhere.tif"], RUNTIME, ["nowhere.tif", "georeferenced"]),
    (["a.tif", "gone.tif"], RUNTIME, ["gone.tif", "No such file"]),
    (["a.tif", "text.tif"], RUNTIME, ["text.tif", "not a raster"]),
    (["gone.txt"], RUNTIME, ["gone.tif", "No such file"]),
    (["@gone.lst"], RUNTIME, ["gone.lst"]),
    (["empty.txt"], RUNTIME, ["empty.txt", "empty"]),
    (["loop.txt"], RUNTIME, ["loop.txt", "contain itself"]),
    (["empty"], RUNTIME, ["empty", "no rasters"]),
    (["broken.json"], RUNTIME, ["broken.json", "JSON"]),
    (["deep.json"], RUNTIME, ["deep.json"]),
    (["none.json"], RUNTIME, ["none.json", "no items"]),
    (["items.json", "--asset", "gone"], RUNTIME, ["items.json", "tile-0", "'gone'", "data"]),
    (["items.json"], RUNTIME, ["t0.tif"]),
    (["broken.vrt"], RUNTIME, ["broken.vrt"]),
    (["text.gti"], RUNTIME, ["text.gti", "XML|GDALTileIndexDataset"]),
    (["broken.gti"], RUNTIME, ["broken.gti"]),
    (["vrt.gti"], RUNTIME, ["vrt.gti", "GDALTileIndexDataset"]),
    (["none.gti"], RUNTIME, ["none.gti", "IndexDataset"]),
    (["gone.gti"], RUNTIME, ["gone.gti", "gone.gpkg"]),
    (["raster.gti"], RUNTIME, ["raster.gti", "a.tif"]),
    (["two.gti"], RUNTIME, ["two.gti", "IndexLayer", "index, more"]),
    (["blank.gti"], RUNTIME, ["blank.gti", "feature 2 has no location"]),
    (["IndexLayer gone.gti"], RUNTIME, ["IndexLayer gone.gti", "no layer 'gone'", "index"]),
    (["LocationField gone.gti"], RUNTIME, ["gone.gti", "'index' has no field 'gone'", "LocationField"]),
    (["LocationField rank.gti"], RUNTIME, ["rank.gti", "'rank'", "Integer"]),
    (["SortField gone.gti"], RUNTIME, ["gone.gti", "no field 'gone'", "SortField"]),
    (["SQL SELECT 1.gti"], RUNTIME, ["SQL SELECT 1.gti", "not supported", "Filter"]),
    (["Filter gone = 3.gti"], RUNTIME, ["Filter gone = 3.gti", "gone"]),
    (["Filter kind = 'z'.gti"], RUNTIME, ["names no raster"]),
    (["SRS EPSG:99999.gti"], (RUNTIME, USAGE), ["SRS", "EPSG:99999"]),
    (["a.tif", "--method", "median"], USAGE, ["median", "mean"]),
    (["a.tif", "--resolution", "high"], USAGE, ["high", "highest"]),
    (["a.tif", "--resolution", "0.001"], USAGE, [r"\d{6,}", "--allow-large-output"]),
    (["a.tif", "--bbox", "0,0,1000,1000"], RUNTIME, ["--bbox", "covers 500000,5396000,505000,5400000"]),
    (["a.tif", "--dst-crs", "EPSG:99999"], (RUNTIME, USAGE), ["--dst-crs"]),
    (["a.tif", "--dst-nodata", "-1"], USAGE, ["--dst-nodata -1", "UInt16"]),
    ([], USAGE, ["INPUT|OUTPUT"]),
]


@pytest.mark.parametrize("words,code,wanted", BAD, ids=[" ".join(b[0]) or "nothing" for b in BAD])
def test_bad_input(cogmill, bad, words, code, wanted):
    cogmill.fails("mosaic", *words, *(["out.tif"] if words else []), code=code, words=wanted)


def test_bad_input_under_mpi(cogmill, bad):
    cogmill.fails("mosaic", "a.tif", "a.tif", "text.tif", "gone.tif", "out.tif", np=3, code=RUNTIME,
                  words=["text.tif|gone.tif"])


def test_output_is_no_source(cogmill, tmp_path, tiles):
    cogmill.fails("mosaic", "tiles", "tiles/t3.tif", "--overwrite", code=RUNTIME, words=["t3.tif", "also"])


def test_damaged_block_names_its_source(cogmill, tmp_path, tiles):
    break_tile(tmp_path / "tiles/t4.tif", 0)
    cogmill.fails("mosaic", "tiles", "out.tif", code=RUNTIME, words=["t4.tif", "tile"])
    cogmill("mosaic", "tiles", "out.tif", "--on-error", "nodata", "--record", "r.yaml", warns=True)
    notes = yaml.safe_load((tmp_path / "r.yaml").read_text())["notes"]
    assert any("damaged block: " in n and "t4.tif" in n for n in notes)
    assert not os.path.exists(tmp_path / "out.tif.partial")
