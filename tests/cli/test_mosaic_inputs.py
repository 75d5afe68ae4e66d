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
from scenes import break_tile, crs, ramp, read, write

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


@pytest.mark.parametrize("driver,name", [("GPKG", "index.gpkg"), ("ESRI Shapefile", "index.shp"),
                                         ("GPKG", "tiles/index.gti.gpkg"), ("GeoJSON", "index.geojson")])
def test_tile_index(cogmill, tmp_path, tiles, driver, name):
    index = ogr.GetDriverByName(driver).CreateDataSource(str(tmp_path / name))
    layer = index.CreateLayer("index", crs(32631), ogr.wkbPolygon)
    layer.CreateField(ogr.FieldDefn("location", ogr.OFTString))
    for i in range(6):
        feature = ogr.Feature(layer.GetLayerDefn())
        feature["location"] = f"t{i}.tif" if name.startswith("tiles") else f"tiles/t{i}.tif"
        layer.CreateFeature(feature)
    index = layer = feature = None
    check(cogmill, tiles, name)


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
    return tmp_path


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
    (["a.tif", "--method", "median"], USAGE, ["median", "mean"]),
    (["a.tif", "--resolution", "high"], USAGE, ["high", "highest"]),
    (["a.tif", "--resolution", "0.001"], USAGE, [r"\d{6,}", "--allow-large-output"]),
    (["a.tif", "--bbox", "0,0,1000,1000"], RUNTIME, ["--bbox"]),
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
