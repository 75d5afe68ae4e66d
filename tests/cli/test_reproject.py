# SPDX-FileCopyrightText: 2026 The cogmill authors
# SPDX-License-Identifier: Apache-2.0
"""reproject, and calc and convert with a grid: what comes out, and what is refused."""
import itertools
import os
import re

import numpy as np
import pytest
import scenes
import yaml
from checks import gdal_validate, rio_validate, sha256
from conftest import least_memory
from osgeo import gdal
from scenes import NUMPY, ramp, read, write
from warp_reference import KERNELS as KERNELS_OF_GDAL
from warp_reference import gdalwarp, reproject

HERE = dict(epsg=32631, transform=(500000, 100, 0, 5400000, 0, -100))
GLOBE = dict(epsg=4326, transform=(-180, 0.5, 0, 90, 0, -0.5))
RUNTIME, USAGE = 1, 2


@pytest.fixture
def scene(tmp_path):
    pixels = ramp(3, 400, 500)
    pixels[:, 100:150, 200:320] = 0
    return write(tmp_path / "in.tif", pixels, nodata=0, descriptions=("red", "green", "nir"), **HERE)


# --- one answer -----------------------------------------------------------------------------------

KERNELS = ["near", "cubic", "lanczos", "average", "mode"]


@pytest.mark.parametrize("kernel", KERNELS)
def test_same_bytes_for_ranks_and_threads(cogmill, tmp_path, kernel):
    write(tmp_path / "in.tif", ramp(2, 1500, 1300), nodata=0, **HERE)
    words = ["reproject", "in.tif", "out.tif", "--dst-crs", "EPSG:3857", "-r", kernel,
             "--co", "BLOCKSIZE=128", "--overwrite"]
    sums = set()
    for ranks, threads in ((None, 1), (2, 1), (3, 2), (4, 1)):
        cogmill(*words, "--threads", str(threads), np=ranks)
        sums.add(sha256(tmp_path / "out.tif"))
    assert len(sums) == 1
    gdal_validate(tmp_path / "out.tif")
    rio_validate(tmp_path / "out.tif")


@pytest.mark.parametrize("kernel", KERNELS)
def test_no_seams(cogmill, tmp_path, kernel):
    """Whatever the tiles, and so the chunks: the same pixels. GDAL #13702, odc-geo #238."""
    write(tmp_path / "in.tif", ramp(1, 900, 1100, np.float32), **HERE)
    images = []
    for tile in (128, 256, 1024):
        cogmill("reproject", "in.tif", f"{tile}.tif", "--dst-crs", "EPSG:4326", "-r", kernel,
                "--co", f"BLOCKSIZE={tile}")
        images.append(read(tmp_path / f"{tile}.tif"))
    assert np.isfinite(images[0]).any()
    for image in images[1:]:
        assert np.array_equal(image, images[0], equal_nan=True)


@pytest.mark.parametrize("kernel", KERNELS)
def test_narrow_windows_are_cut_from_the_whole(cogmill, tmp_path, kernel):
    """rasterio #2839, #2052: strips 1, 3 and 10 pixels wide against the whole image."""
    write(tmp_path / "in.tif", ramp(1, 200, 230), **HERE)
    scale = ["--wo", "XSCALE=0.7", "--wo", "YSCALE=0.7"]
    box = (340000, 6210000, 349000, 6218000)
    cogmill("reproject", "in.tif", "whole.tif", "--dst-crs", "EPSG:3857", "-r", kernel, *scale,
            "--resolution", "100", "--bbox", ",".join(map(str, box)))
    whole = read(tmp_path / "whole.tif")[0]
    assert len(np.unique(whole)) > 50
    for width in (1, 3, 10):
        x = box[0] + 3700
        cogmill("reproject", "in.tif", "strip.tif", "--dst-crs", "EPSG:3857", "-r", kernel, *scale,
                "--resolution", "100", "--bbox", f"{x},{box[1]},{x + 100 * width},{box[3]}",
                "--overwrite")
        strip = read(tmp_path / "strip.tif")[0]
        assert strip.shape == (80, width)
        apart = np.abs(strip.astype(int) - whole[:, 37:37 + width].astype(int))
        # A mode can turn over where a sample's edge lies on a box's edge.
        assert (apart > 1).mean() <= (0.02 if kernel == "mode" else 0)


def test_vrt_pieces_show_one_image(cogmill, tmp_path, scene):
    cogmill("reproject", scene, "one.tif", "--dst-crs", "EPSG:3857", "--co", "BLOCKSIZE=128")
    cogmill("reproject", scene, "all.vrt", "--dst-crs", "EPSG:3857", "--co", "BLOCKSIZE=128", np=2)
    assert np.array_equal(read(tmp_path / "one.tif"), read(tmp_path / "all.vrt"))
    one, both = gdal.Open(str(tmp_path / "one.tif")), gdal.Open(str(tmp_path / "all.vrt"))
    assert one.GetGeoTransform() == both.GetGeoTransform()


@pytest.mark.parametrize("dtype", [t for t in NUMPY if not t.startswith("C") and t in scenes.TYPES])
@pytest.mark.parametrize("kernel", ["near", "bilinear", "cubic", "lanczos", "average", "max"])
def test_identity_is_bit_equal(cogmill, tmp_path, dtype, kernel):
    """Onto its own grid a scene stays what it is, --add-alpha or not."""
    pixels = ramp(1, 61, 53, NUMPY[dtype])
    if np.issubdtype(pixels.dtype, np.integer) and pixels.dtype.itemsize == 8 and kernel not in (
            "near", "max"):
        pixels >>= 12  # weighed in doubles
    write(tmp_path / "in.tif", pixels, gdal_type=scenes.TYPES[dtype], **HERE)
    cogmill("reproject", "in.tif", "same.tif", "-r", kernel)
    cogmill("reproject", "in.tif", "alpha.tif", "-r", kernel, "--add-alpha")
    assert np.array_equal(read(tmp_path / "same.tif"), pixels)
    alpha = read(tmp_path / "alpha.tif")
    assert np.array_equal(alpha[:1], pixels) and len(np.unique(alpha[1])) == 1


@pytest.mark.skipif("ASAN_OPTIONS" in os.environ, reason="AddressSanitizer's own memory is not bounded")
def test_memory_bounds_the_peak(cogmill, tmp_path):
    """xarray-spatial #3007: a coarse output of a raster ten times larger than --memory."""
    dataset = gdal.GetDriverByName("GTiff").Create(
        str(tmp_path / "in.tif"), 8000, 45000, 4, gdal.GDT_UInt16,
        options=[*scenes.DEFLATE, "SPARSE_OK=TRUE"])
    dataset.SetSpatialRef(scenes.crs(32631))
    dataset.SetGeoTransform((500000, 10, 0, 5400000, 0, -10))
    block = ramp(4, 1000, 8000)
    for row in range(0, 45000, 9000):
        dataset.WriteArray(block, 0, row)
    dataset = None
    for kernel in ("lanczos", "average"):
        words = ["reproject", "in.tif", "--dst-crs", "EPSG:3857", "--resolution", "150", "-r", kernel,
                 "--threads", "2"]
        limit = least_memory(cogmill, words, None)
        number, unit = re.match(r"([\d.]+)([kMG]i?B)", limit).groups()
        bytes_ = float(number) * {"kB": 1e3, "MB": 1e6, "GB": 1e9}[unit]
        assert 10 * bytes_ < 8000 * 45000 * 8
        cogmill(*words, "out.tif", "--overwrite", "--memory", limit, "--record", "r.yaml", timeout=120)
        peak = yaml.safe_load((tmp_path / "r.yaml").read_text())["outputs"]["peak_rss_bytes"]
        assert max(peak) <= bytes_ and read(tmp_path / "out.tif").any()


# --- where there is no data -----------------------------------------------------------------------

@pytest.mark.parametrize("rule,bands,kernel", itertools.product(
    ("default", "src", "NO", "YES", "PARTIAL"), (1, 3), ("near", "bilinear", "cubic", "average")))
def test_nodata_rules(cogmill, tmp_path, rule, bands, kernel):
    """UNIFIED_SRC_NODATA: holes of one band, holes of all, and both ways to say nodata."""
    random = np.random.default_rng(3)
    pixels = ramp(bands, 90, 100, np.int16)
    pixels[0, random.random((90, 100)) < 0.1] = -5  # of one band
    pixels[:, random.random((90, 100)) < 0.1] = -5
    source = write(tmp_path / "in.tif", pixels, nodata=None if rule == "src" else -5, **HERE)
    options = ["--src-nodata", "-5", "--dst-nodata", "-30000"] if rule == "src" else ["--dst-nodata", "-30000"]
    theirs = {"srcNodata": -5} if rule == "src" else {}
    if rule in ("NO", "YES", "PARTIAL"):
        options += ["--wo", f"UNIFIED_SRC_NODATA={rule}"]
        theirs["warpOptions"] = [f"UNIFIED_SRC_NODATA={rule}"]
    ours, record = reproject(cogmill, source, "out.tif", "--dst-crs", "EPSG:3857", *options,
                             kernel=kernel)
    theirs = gdalwarp(source, tmp_path / "out.tif", record, kernel, dstNodata=-30000, **theirs)
    assert ((ours == -30000) == (theirs == -30000)).all(), np.argwhere((ours == -30000) != (theirs == -30000))[:5]
    assert np.abs(ours.astype(int) - theirs.astype(int)).max() <= 1
    assert (ours == -30000).any() and (ours != -30000).any()


def test_nodata_collision_is_nudged(cogmill, tmp_path):
    """A valid pixel that comes out as nodata is moved by one, with one warning."""
    pixels = np.full((1, 40, 40), 100, np.uint8)
    write(tmp_path / "in.tif", pixels, **HERE)
    run = cogmill("reproject", "in.tif", "out.tif", "--dst-crs", "EPSG:4326", "--dst-nodata", "100",
                  "--bbox", "2.9,48.7,3.1,48.8", warns=True)
    assert set(np.unique(read(tmp_path / "out.tif"))) == {99, 100}
    assert len(run.warnings) == 1 and "100" in run.warnings[0]


@pytest.mark.parametrize("sidecar", [False, True])
def test_mask_is_warped(cogmill, tmp_path, sidecar):
    mask = np.full((100, 120), 255, np.uint8)
    mask[30:60, 40:90] = 0
    pixels = ramp(1, 100, 120)
    source = write(tmp_path / "in.tif", pixels, mask=mask, sidecar_mask=sidecar, **HERE)
    reproject(cogmill, source, "out.tif", "--dst-crs", "EPSG:3857")
    ours = scenes.read_mask(tmp_path / "out.tif")
    write(tmp_path / "values.tif", mask[np.newaxis], **HERE)
    expected, _ = reproject(cogmill, "values.tif", "mask.tif", "--dst-crs", "EPSG:3857")
    assert np.array_equal(ours, expected[0]) and 0 < (ours == 0).sum() < ours.size / 2


@pytest.mark.parametrize("kernel", ["near", "bilinear", "cubic", "average"])
def test_alpha_weighs_the_colours(cogmill, tmp_path, kernel):
    pixels = np.concatenate([ramp(3, 90, 100, np.uint8), np.zeros((1, 90, 100), np.uint8)])
    pixels[3] = np.clip(np.add.outer(np.arange(90), np.arange(100)) * 2, 0, 255)
    def dress(dataset):
        dataset.GetRasterBand(4).SetColorInterpretation(gdal.GCI_AlphaBand)
    source = write(tmp_path / "in.tif", pixels, dress=dress, **HERE)
    ours, record = reproject(cogmill, source, "out.tif", "--dst-crs", "EPSG:3857", kernel=kernel)
    theirs = gdalwarp(source, tmp_path / "out.tif", record, kernel, dstAlpha=True)
    assert np.abs(ours[3].astype(int) - theirs[3].astype(int)).max() <= 1
    solid = theirs[3] > 0
    assert np.abs(ours.astype(int) - theirs.astype(int))[:3, solid].max() <= 1
    dataset = gdal.Open(str(tmp_path / "out.tif"))  # has to outlive its bands
    assert dataset.GetRasterBand(4).GetColorInterpretation() == gdal.GCI_AlphaBand


@pytest.mark.parametrize("kernel", ["near", "bilinear", "cubic", "average"])
def test_alpha_beside_a_mask(cogmill, tmp_path, kernel):
    """What only the alpha hides must not shine through at its edge."""
    pixels = np.full((4, 90, 100), 100, np.uint8)
    pixels[3] = 255
    pixels[:, 30:60, 20:70] = np.array([250, 250, 250, 0])[:, np.newaxis, np.newaxis]
    mask = np.full((90, 100), 255, np.uint8)
    mask[:20] = 0
    def dress(dataset):
        dataset.GetRasterBand(4).SetColorInterpretation(gdal.GCI_AlphaBand)
    source = write(tmp_path / "in.tif", pixels, mask=mask, dress=dress, **HERE)
    ours, _ = reproject(cogmill, source, "out.tif", "--dst-crs", "EPSG:3857", kernel=kernel)
    seen = ours[3] > 0
    assert 1000 < seen.sum() < 0.7 * seen.size and (ours[:3, seen] == 100).all()


def test_added_alpha_is_where_the_source_is(cogmill, tmp_path, scene):
    ours, record = reproject(cogmill, scene, "out.tif", "--dst-crs", "EPSG:3857", "--add-alpha",
                             "--dst-nodata", "0")
    theirs = gdalwarp(scene, tmp_path / "out.tif", record, "near", dstAlpha=True)
    assert np.array_equal(ours[3], theirs[3]) and set(np.unique(ours[3])) == {0, 65535}


# --- round the globe ------------------------------------------------------------------------------

@pytest.mark.parametrize("kernel", ["near", "bilinear", "cubic", "average"])
def test_strip_across_the_antimeridian(cogmill, tmp_path, kernel):
    """GDAL #12106: no notch at 180 degrees, from a globe whose columns go round."""
    cols = (np.cos(np.arange(720) * np.pi / 360) * 1000).astype(np.float32)
    write(tmp_path / "in.tif", np.tile(cols, (360, 1)), **GLOBE)
    ours, _ = reproject(cogmill, "in.tif", "out.tif", "--dst-crs",
                        "+proj=eqc +lon_0=180 +datum=WGS84", kernel=kernel)
    row = ours[0, ours.shape[1] // 2]
    assert np.isfinite(row).all()
    assert np.abs(np.diff(row)).max() < 12, "a jump in a curve whose steps are below 9"


FIGURES = {  # of the pixels that lie half on either side, from the columns a, b | c, d around the seam
    "bilinear": lambda a, b, c, d: (b + c) / 2, "cubic": lambda a, b, c, d: (9 * (b + c) - a - d) / 16,
    "average": lambda a, b, c, d: (b + c) / 2, "sum": lambda a, b, c, d: (b + c) / 2,
    "rms": lambda a, b, c, d: np.sqrt((b**2 + c**2) / 2), "min": lambda a, b, c, d: np.minimum(b, c),
    "max": lambda a, b, c, d: np.maximum(b, c)}


@pytest.mark.parametrize("west", [-180, 0], ids=["at 180", "at Greenwich"])
@pytest.mark.parametrize("kernel", KERNELS_OF_GDAL)
def test_pixels_on_both_sides_of_the_seam(cogmill, tmp_path, west, kernel):
    """Against figures, and gdalwarp of a globe that is turned so that its seam is elsewhere. Of the globe as it is
    GDAL 3.6 takes one rectangle: its averages look across too, but all other kernels and sum lose the far side."""
    globe = np.random.default_rng(1).integers(1, 1000, (1, 18, 36)).astype(np.float64)
    write(tmp_path / "in.tif", globe, epsg=4326, transform=(west, 10, 0, 90, 0, -10))
    write(tmp_path / "turned.tif", np.roll(globe, 18, 2), epsg=4326, transform=(-180 - west, 10, 0, 90, 0, -10))
    seam = west if west == 0 else 180
    ours, record = reproject(cogmill, "in.tif", "out.tif", "--dst-crs", "EPSG:4326", "--bbox",
                             f"{seam - 25},-30,{seam + 25},40", "--size", "5,7", kernel=kernel)
    turned, _ = reproject(cogmill, "turned.tif", "turned_out.tif", "--dst-crs", "EPSG:4326", "--bbox",
                          f"{seam - 25},-30,{seam + 25},40", "--size", "5,7", kernel=kernel)
    theirs = gdalwarp(tmp_path / "turned.tif", tmp_path / "turned_out.tif", record, kernel)
    assert np.array_equal(ours, turned) and np.allclose(ours, theirs, rtol=1e-12)
    if kernel in FIGURES:
        around = globe[0, 5:12, [-2, -1, 0, 1]]
        assert np.allclose(ours[0, :, 2], FIGURES[kernel](*around), rtol=1e-12)


@pytest.mark.parametrize("crs", ["EPSG:3413", "EPSG:3031"])
@pytest.mark.parametrize("kernel", ["near", "bilinear", "average"])
def test_poles_have_no_hole(cogmill, tmp_path, kernel, crs):
    rows = np.linspace(100, 1000, 360, dtype=np.float32)
    write(tmp_path / "in.tif", np.tile(rows[:, np.newaxis], (1, 720)), **GLOBE)
    ours, _ = reproject(cogmill, "in.tif", "out.tif", "--dst-crs", crs, "--bbox",
                        "-3000000,-3000000,3000000,3000000", "--size", "301,301", kernel=kernel)
    assert np.isfinite(ours).all()
    assert np.abs(np.diff(ours[0], axis=0)).max() < 12 and np.abs(np.diff(ours[0])).max() < 12


def test_zero_to_360_degrees(cogmill, tmp_path):
    """GDAL #6478."""
    values = np.tile(np.arange(720, dtype=np.float32), (360, 1))
    write(tmp_path / "in.tif", values, epsg=4326, transform=(0, 0.5, 0, 90, 0, -0.5))
    ours, _ = reproject(cogmill, "in.tif", "out.tif", "--bbox", "-180,-90,180,90", "--size",
                        "720,360", "--dst-crs", "EPSG:4326", kernel="near")
    assert np.array_equal(ours[0, 100], np.roll(values[100], 360))


def test_hemisphere_ends_at_its_rim(cogmill, tmp_path):
    write(tmp_path / "in.tif", ramp(1, 360, 720, np.float32), **GLOBE)
    ours, record = reproject(cogmill, "in.tif", "out.tif", "--dst-crs",
                             "+proj=ortho +lat_0=40 +lon_0=10", "--dst-nodata", "-1", exact=False)
    theirs = gdalwarp(tmp_path / "in.tif", tmp_path / "out.tif", record, "near", dstNodata=-1)
    assert ((ours == -1) != (theirs == -1)).sum() == 0 and (ours == -1).any()


# --- one operation --------------------------------------------------------------------------------

@pytest.mark.parametrize("command", ["reproject", "mosaic", "convert"])
def test_no_step_where_an_area_of_use_ends(cogmill, tmp_path, command):
    """Belgium's datum shift is for longitudes up to 6.4: PROJ takes another one east of it, 100 m off."""
    east = dict(epsg=31370, transform=(262000, 50, 0, 128000, 0, -50), nodata=-1)
    col, row = np.meshgrid(np.arange(700, dtype=np.float64), np.arange(300, dtype=np.float64))
    write(tmp_path / "in.tif", np.stack([col, row]), **east)
    words = [command, "in.tif", "--dst-crs", "EPSG:3857", "-r", "bilinear", "--record", "run.yaml", "--overwrite"]
    run = cogmill(*words, "out.tif", warns=True)
    said = [line for line in run.warnings if "area of use" in line]
    assert len(said) == 1 and "--coordinate-operation" in said[0]
    notes = " ".join(yaml.safe_load(open(tmp_path / "run.yaml", encoding="utf-8"))["notes"])
    assert "area of use" in notes
    ours = read(tmp_path / "out.tif").astype(np.float64)
    inside = (ours[0] > 3) & (ours[0] < 696) & (ours[1] > 3) & (ours[1] < 296)  # kernels are cut at the rim
    ours[:, ~inside] = np.nan
    for band in ours:
        for axis in (0, 1):
            bend = np.abs(np.diff(band, 2, axis))
            assert np.isfinite(bend).any() and np.nanmax(bend) < 0.3
    cogmill(*words, "again.tif", np=3, warns=True)
    assert sha256(tmp_path / "out.tif") == sha256(tmp_path / "again.tif")


def test_inside_of_the_area_of_use_nothing_is_said(cogmill, tmp_path):
    write(tmp_path / "in.tif", ramp(1, 60, 60), epsg=31370, transform=(150000, 50, 0, 170000, 0, -50))
    run = cogmill("reproject", "in.tif", "out.tif", "--dst-crs", "EPSG:3857", warns=None)
    assert "area of use" not in run.stderr


# --- what describes the pixels --------------------------------------------------------------------

def test_description_survives(cogmill, tmp_path):
    def dress(dataset):
        dataset.SetMetadataItem("SENSOR", "X1")
        dataset.GetRasterBand(1).SetScale(0.01)
        dataset.GetRasterBand(1).SetUnitType("m")
    write(tmp_path / "in.tif", ramp(2, 80, 90), descriptions=("a", "b"), dress=dress, nodata=3, **HERE)
    cogmill("reproject", "in.tif", "out.tif", "--dst-crs", "EPSG:3857")
    dataset = gdal.Open(str(tmp_path / "out.tif"))
    band = dataset.GetRasterBand(1)
    assert dataset.GetMetadataItem("SENSOR") == "X1" and band.GetDescription() == "a"
    assert (band.GetScale(), band.GetUnitType(), band.GetNoDataValue()) == (0.01, "m", 3)
    assert dataset.GetSpatialRef().GetAuthorityCode(None) == "3857"
    assert not dataset.GetGCPCount() and not dataset.GetMetadata("RPC")


def test_colour_table_survives(cogmill, tmp_path):
    table = gdal.ColorTable()
    for i in range(9):
        table.SetColorEntry(i, (i * 20, 255 - i * 20, 7, 255))
    classes = np.random.default_rng(1).integers(0, 9, (1, 80, 90), np.uint8)
    write(tmp_path / "in.tif", classes, **HERE,
          dress=lambda d: d.GetRasterBand(1).SetColorTable(table))
    ours, _ = reproject(cogmill, "in.tif", "out.tif", "--dst-crs", "EPSG:3857", kernel="mode")
    dataset = gdal.Open(str(tmp_path / "out.tif"))  # has to outlive its bands
    assert dataset.GetRasterBand(1).GetColorTable().GetColorEntry(3) == (60, 195, 7, 255) and ours.max() < 9


def test_record_says_how(cogmill, tmp_path, scene):
    cogmill("reproject", scene, "out.tif", "--dst-crs", "EPSG:27700", "--record", "r.yaml", "-r",
            "cubic", warns=None)
    notes = " ".join(yaml.safe_load((tmp_path / "r.yaml").read_text())["notes"])
    assert re.search(r"resampled with cubic, XSCALE=\S+ YSCALE=\S+, from full resolution", notes)
    assert re.search(r"coordinate operation '.+', accuracy (\S+ m|unknown)", notes)
    assert re.search(r"control grid: largest error \S+ source px", notes)


@pytest.mark.parametrize("words,what", [(["reproject"], "in.tif"), (["mosaic"], "1 source"),
                                        (["calc", "--calc", "A", "-i"], "in.tif")])
def test_heights_are_not_shifted(cogmill, tmp_path, words, what):
    """One warning and a note where both CRSs have heights and they differ, even if nothing else does."""
    pixels = ramp(1, 40, 50, np.float32)
    source = ("A=" if "calc" in words else "") + write(tmp_path / "in.tif", pixels, **HERE)
    words = [*words, source, "out.tif", "--src-crs", "EPSG:32631+5773", "--record", "r.yaml", "--overwrite"]
    for target, warns in (("EPSG:32631+5703", True), ("EPSG:32631+5773", False), ("EPSG:32631", False)):
        run = cogmill(*words, "--dst-crs", target, warns=warns)
        notes = [n for n in yaml.safe_load((tmp_path / "r.yaml").read_text())["notes"] if "heights stay" in n]
        assert len(notes) == len(run.warnings) == warns
        if warns:
            assert notes[0].startswith(what) or notes[0].startswith(str(tmp_path)), notes
            assert "EGM96 height" in notes[0] and "NAVD88 height" in notes[0] and notes[0] in run.warnings[0]
        assert np.array_equal(read(tmp_path / "out.tif"), pixels)


# --- overviews ------------------------------------------------------------------------------------

def test_overview_is_read_where_it_helps(cogmill, tmp_path):
    source = write(tmp_path / "in.tif", ramp(2, 800, 900), **HERE)
    cogmill("convert", source, "cog.tif", "--co", "BLOCKSIZE=128")
    words = ["reproject", "cog.tif", "out.tif", "--dst-crs", "EPSG:3857", "--resolution", "900,900",
             "-r", "bilinear", "--record", "r.yaml", "--overwrite"]
    def notes(*options):
        cogmill(*words, *options)
        return " ".join(yaml.safe_load((tmp_path / "r.yaml").read_text())["notes"])
    assert "from overview 1 (225x200)" in notes()
    fast = read(tmp_path / "out.tif")
    assert "from full resolution" in notes("--overview", "none")
    assert "from overview 0 (450x400)" in notes("--overview", "0")
    theirs = gdal.Warp("", str(tmp_path / "cog.tif"), format="MEM", dstSRS="EPSG:3857", xRes=900,
                       yRes=900, resampleAlg="bilinear", errorThreshold=0)
    apart = np.abs(fast.astype(int) - theirs.ReadAsArray().astype(int))
    assert np.median(apart) <= 5 and (apart > 50).mean() < 0.05, "another level"


# --- calc and convert -----------------------------------------------------------------------------

def test_calc_is_reproject_and_then_calc(cogmill, tmp_path, scene):
    grid = ["--dst-crs", "EPSG:3857", "-r", "cubic"]
    cogmill("reproject", scene, "warped.tif", *grid)
    cogmill("calc", "-i", "warped.tif", "--calc", "(b3 - b1) / (b3 + b1)", "two.tif")
    cogmill("calc", "-i", scene, "--calc", "(b3 - b1) / (b3 + b1)", "one.tif", *grid)
    one, two = read(tmp_path / "one.tif"), read(tmp_path / "two.tif")
    assert np.array_equal(one, two, equal_nan=True) and np.isfinite(one).any() and np.isnan(one).any()


def test_calc_aligns_inputs_of_different_grids(cogmill, tmp_path, scene):
    dem = write(tmp_path / "dem.tif", ramp(1, 90, 120, np.float32), epsg=4326,
                transform=(2.9, 0.006, 0, 48.9, 0, -0.006))
    cogmill("calc", "-i", f"A={scene}", "-i", f"B={dem},resampling=cubic", "--like", "A", "--calc",
            "A[1] * 2", "--calc", "B", "out.tif")
    out = read(tmp_path / "out.tif")
    warped, _ = reproject(cogmill, dem, "b.tif", "--like", scene, kernel="cubic", exact=False)
    pixels = read(scene)[0].astype(np.float32) * 2
    assert np.array_equal(out[0], np.where(pixels == 0, np.nan, pixels), equal_nan=True)
    mask = warped[0] != 0
    assert mask.sum() > 10000 and np.array_equal(out[1][mask], warped[0][mask])
    assert np.isnan(out[1][~mask]).all()


def test_convert_takes_a_grid_too(cogmill, tmp_path, scene):
    cogmill("convert", scene, "a.tif", "--dst-crs", "EPSG:3857")
    cogmill("reproject", scene, "b.tif", "--dst-crs", "EPSG:3857")
    assert sha256(tmp_path / "a.tif") == sha256(tmp_path / "b.tif")


# --- other ways to the ground ---------------------------------------------------------------------

def test_source_crs_can_be_given(cogmill, tmp_path):
    pixels = ramp(1, 80, 90)
    write(tmp_path / "bare.tif", pixels, epsg=None, transform=HERE["transform"])
    write(tmp_path / "known.tif", pixels, **HERE)
    cogmill("reproject", "bare.tif", "a.tif", "--src-crs", "EPSG:32631", "--dst-crs", "EPSG:4326")
    cogmill("reproject", "known.tif", "b.tif", "--dst-crs", "EPSG:4326")
    assert np.array_equal(read(tmp_path / "a.tif"), read(tmp_path / "b.tif"))
    cogmill.fails("reproject", "bare.tif", "c.tif", "--dst-crs", "EPSG:4326", code=RUNTIME,
                  words=["bare.tif", "coordinate reference system", "--src-crs"])


def test_ground_control_points(cogmill, tmp_path):
    def dress(dataset):
        corners = [(0, 0), (90, 0), (0, 80), (90, 80), (45, 40)]
        points = [gdal.GCP(500000 + 100 * c + 3 * r, 5400000 - 100 * r, 0, c, r) for c, r in corners]
        dataset.SetGCPs(points, scenes.crs(32631))
    source = write(tmp_path / "in.tif", ramp(1, 80, 90), epsg=None, transform=None, dress=dress)
    for options, gdal_options in (([], {}), (["--to", "METHOD=GCP_TPS"], {"tps": True})):
        ours, record = reproject(cogmill, source, "out.tif", "--dst-crs", "EPSG:3857", *options)
        theirs = gdalwarp(source, tmp_path / "out.tif", record, "near", **gdal_options)
        assert (ours != theirs).mean() < 0.001 and (ours > 0).mean() > 0.5


@pytest.mark.parametrize("step", [1, 4, 9])
def test_geolocation_arrays_in_metres(cogmill, tmp_path, step):
    """Positions between the arrays' points are those that the way forward has."""
    height, width = 60, 80
    rows, cols = np.mgrid[0:height, 0:width]
    a, b, c, d = 900, 150, 80, -1100
    r, q = np.mgrid[0:height + step:step, 0:width + step:step]
    write(tmp_path / "x.tif", 430000.0 + a * q + b * r, epsg=None, transform=None)
    write(tmp_path / "y.tif", 5200000.0 + c * q + d * r, epsg=None, transform=None)
    arrays = dict(X_DATASET=str(tmp_path / "x.tif"), X_BAND="1", Y_DATASET=str(tmp_path / "y.tif"), Y_BAND="1",
                  PIXEL_OFFSET="0", LINE_OFFSET="0", PIXEL_STEP=str(step), LINE_STEP=str(step),
                  SRS=scenes.crs(32633).ExportToWkt(), GEOREFERENCING_CONVENTION="TOP_LEFT_CORNER")
    write(tmp_path / "in.tif", np.stack([cols, rows]).astype(np.float32), nodata=-9999, epsg=None, transform=None,
          dress=lambda dataset: dataset.SetMetadata(arrays, "GEOLOCATION"))
    cogmill("reproject", "in.tif", "out.tif", "-r", "bilinear", "--et", "0")
    got, g = read(tmp_path / "out.tif"), gdal.Open(str(tmp_path / "out.tif")).GetGeoTransform()
    y, x = np.mgrid[0:got.shape[1], 0:got.shape[2]] + 0.5
    col, row = np.linalg.solve([[a, b], [c, d]], np.stack(
        [g[0] + x * g[1] - 430000, g[3] + y * g[5] - 5200000]).reshape(2, -1)).reshape(2, *x.shape)
    inside = (col > 3) & (col < width - 3) & (row > 3) & (row < height - 3)
    assert inside.sum() > 2000
    assert np.abs(got[0] + 0.5 - col)[inside].max() < 0.01 and np.abs(got[1] + 0.5 - row)[inside].max() < 0.01


# --- bad input ------------------------------------------------------------------------------------

BAD = [
    (["--dst-crs", "EPSG:99999"], (RUNTIME, USAGE), ["--dst-crs", "EPSG:99999"]),
    (["--dst-crs", "nonsense"], (RUNTIME, USAGE), ["--dst-crs", "nonsense"]),
    (["--dst-crs", "EPSG:5705"], USAGE, ["--dst-crs EPSG:5705", "heights alone", r"EPSG:4326\+5773"]),
    (["--dst-crs", "EPSG:7842"], USAGE, ["--dst-crs EPSG:7842", "geocentric", "EPSG:4326"]),
    (["--dst-crs", "+proj=geocent +ellps=GRS80"], USAGE, ["--dst-crs", "geocentric"]),
    (["--src-crs", "EPSG:3855", "--dst-crs", "EPSG:3857"], USAGE, ["--src-crs EPSG:3855", "heights"]),
    (["--dst-crs", "EPSG:3857", "--bbox", "0,0,1,1", "--bbox-crs", "EPSG:4978"], USAGE,
     ["--bbox-crs EPSG:4978", "geocentric"]),
    (["--dst-crs", "IAU_2015:30100"], (RUNTIME, USAGE), ["in.tif|--dst-crs|transform"]),
    (["--dst-crs", "EPSG:3857", "--to", "METHOD=GCP_TPS"], RUNTIME, ["in.tif", "no ground control points", "METHOD"]),
    (["--dst-crs", "EPSG:3857", "--resolution", "0.0001"], USAGE, [r"\d{6,}", "--allow-large-output"]),
    (["--dst-crs", "EPSG:3857", "--bbox", "9000000,9000000,9100000,9100000"], RUNTIME, ["in.tif", "--bbox|overlap"]),
    (["--resolution", "0"], USAGE, ["--resolution"]),
    (["--resolution", "a,b"], USAGE, ["--resolution"]),
    (["--size", "0,0"], USAGE, ["--size"]),
    (["--bbox", "3,2,1,4"], USAGE, ["--bbox"]),
    (["--bbox-crs", "EPSG:4326"], USAGE, ["--bbox"]),
    (["--tap"], USAGE, ["--resolution"]),
    (["--like", "gone.tif"], (RUNTIME, USAGE), ["gone.tif"]),
    (["--like", "x.tif", "--size", "3,4"], USAGE, ["--like"]),
    (["-r", "cubik"], USAGE, ["cubik", "cubic"]),
    (["--error-threshold", "-1"], USAGE, ["error-threshold"]),
    (["--overview", "some"], USAGE, ["overview"]),
    (["--wo", "XSCALE=0"], USAGE, ["XSCALE"]),
    (["--wo", "SOURCE_EXTRA=5"], USAGE, ["SOURCE_EXTRA"]),
    (["--wo", "NONSENSE=5"], USAGE, ["NONSENSE"]),
    (["--dst-crs", "EPSG:3857", "--ct", "+proj=nothing"], (RUNTIME, USAGE), ["nothing|coordinate"]),
    (["-t_srs", "EPSG:3857"], USAGE, ["--dst-crs"]),
]


@pytest.mark.parametrize("options,code,words", BAD, ids=[" ".join(b[0]) for b in BAD])
def test_bad_options(cogmill, scene, options, code, words):
    cogmill.fails("reproject", scene, "out.tif", *options, code=code, words=words)


@pytest.mark.parametrize("verb", ["mosaic", "convert", "calc"])
@pytest.mark.parametrize("crs,word", [("EPSG:5621", "heights alone"), ("+proj=cart", "geocentric")])
def test_no_crs_of_maps(cogmill, scene, verb, crs, word):
    words = ["-i", f"A={scene}", "--calc", "A[1]"] if verb == "calc" else [scene]
    cogmill.fails(verb, *words, "out.tif", "--dst-crs", crs, code=USAGE, words=["--dst-crs", word])


def test_bad_options_under_mpi(cogmill, scene):
    cogmill.fails("reproject", scene, "out.tif", "--dst-crs", "nonsense", np=3,
                  code=(RUNTIME, USAGE), words=["nonsense"])


def test_grids_that_differ_name_the_remedy(cogmill, tmp_path, scene):
    write(tmp_path / "b.tif", ramp(1, 10, 10), **HERE)
    cogmill.fails("calc", "-i", f"A={scene}", "-i", "B=b.tif", "--calc", "A[1]+B", "out.tif",
                  code=RUNTIME, words=["different grids", "--like A"])
