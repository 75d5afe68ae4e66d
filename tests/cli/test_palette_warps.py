# SPDX-FileCopyrightText: 2026 The cogmill authors
# SPDX-License-Identifier: Apache-2.0
"""Warps of images whose pixels are numbers of colours: colours are resampled, never their numbers."""
import numpy as np
import pytest
import scenes
from conftest import least_memory
from osgeo import gdal
from scenes import TRANSFORM, read

MIXING = ["bilinear", "cubic", "cubicspline", "lanczos", "average", "rms"]
PICKING = ["near", "mode", "min", "max", "med", "q1", "q3"]
USAGE, RUNTIME = 2, 1
POWERS = (717344, 32, 0, -2776992, 0, -32)  # positions on it are exact
SMALL = np.array([(255, 0, 0), (250, 250, 250), (0, 0, 255), (128, 0, 128), (0, 90, 0), (40, 40, 40), (90, 160, 40)])
LARGE = np.random.default_rng(11).integers(0, 256, (900, 3))  # more than a Byte can count


def paletted(path, numbers, colours, nodata=None, mask=None, alpha=None, clear=(), **options):
    entries = [(*map(int, colour), 0 if number in clear else 255) for number, colour in enumerate(colours)]
    in_tags = numbers.dtype in (np.uint8, np.uint16)

    def dress(dataset):
        table = gdal.ColorTable()
        for number, entry in enumerate(entries):
            table.SetColorEntry(number, entry)
        if in_tags:
            dataset.GetRasterBand(1).SetColorTable(table)
        if alpha is not None:
            dataset.GetRasterBand(2).SetColorInterpretation(gdal.GCI_AlphaBand)
    scenes.write(path, numbers[None] if alpha is None else np.stack([numbers, alpha]), dress=dress, nodata=nodata,
                 mask=mask, co=("PHOTOMETRIC=PALETTE",) if in_tags else scenes.TILED, **options)
    if not in_tags:
        rows = "".join('<Entry c1="%d" c2="%d" c3="%d" c4="%d"/>' % entry for entry in entries)
        (path.parent / (path.name + ".aux.xml")).write_text(
            f'<PAMDataset><PAMRasterBand band="1"><ColorTable>{rows}</ColorTable></PAMRasterBand></PAMDataset>')
    return str(path)


def classes(rows, cols, count, dtype=np.uint8, seed=1):
    """Fields of one class, and pixels of any."""
    random = np.random.default_rng(seed)
    fields = np.kron(random.integers(0, count, (-(-rows // 9), -(-cols // 9))), np.ones((9, 9), int))[:rows, :cols]
    return np.where(random.random((rows, cols)) < 0.4, random.integers(0, count, (rows, cols)), fields).astype(dtype)


def distances(rgb, colours):
    """Squares, by pixel and entry."""
    return ((rgb[..., None, :].astype(int) - colours)**2).sum(axis=-1)


def require_nearest(got, rgb, colours, left_out=()):
    """Every number is that of an entry which no other one is nearer than."""
    allowed = np.setdiff1d(np.arange(len(colours)), left_out)
    flat, numbers = rgb.reshape(-1, 3), got.reshape(-1).astype(int)
    assert np.isin(numbers, allowed).all()
    for begin in range(0, len(flat), 4096):
        part, chosen = flat[begin:begin + 4096], numbers[begin:begin + 4096]
        away = distances(part, colours)
        assert (away[np.arange(len(part)), chosen] == away[:, allowed].min(axis=1)).all()


def blocks_of(plane):
    """The four pixels under each of half the resolution."""
    return np.stack([plane[i::2, j::2] for i in (0, 1) for j in (0, 1)])


# --- values by hand -------------------------------------------------------------------------------

@pytest.mark.parametrize("method", ["average", "rms", "bilinear"])
@pytest.mark.parametrize("nodata,hidden_by", [(None, None), (4, None), (None, "mask"), (None, "alpha")])
@pytest.mark.parametrize("dtype,colours", [(np.uint8, SMALL), (np.uint16, LARGE), (np.int16, SMALL), (np.int8, SMALL)])
def test_means_of_four_pixels(cogmill, tmp_path, dtype, colours, nodata, hidden_by, method):
    """Half the resolution, where every output pixel is a mean of four: a box, or the corner they share."""
    if dtype == np.int8 and not hasattr(gdal, "GDT_Int8"):
        pytest.skip("this GDAL has no signed bytes")
    numbers = classes(120, 160, len(colours), dtype)
    seen = np.random.default_rng(3).random(numbers.shape) > 0.3 if hidden_by else np.ones(numbers.shape, bool)
    path = paletted(tmp_path / "in.tif", numbers, colours, nodata, transform=POWERS,
                    **({hidden_by: seen.astype(dtype) * dtype(127)} if hidden_by else {}))
    scale = ("--wo", "XSCALE=1", "--wo", "YSCALE=1") if method == "bilinear" else ()  # four samples, no more
    cogmill("reproject", path, "out.tif", "--resolution", "64", "-r", method, "--error-threshold", "0", *scale,
            warns=None)
    ok = blocks_of(seen & (numbers != nodata) if nodata is not None else seen)
    rgb = colours[blocks_of(numbers)].astype(float)
    if method == "rms":
        rgb = rgb**2
    mean = (rgb * ok[..., None]).sum(axis=0) / np.maximum(ok.sum(axis=0), 1)[..., None]
    mean = np.floor((np.sqrt(mean) if method == "rms" else mean) + 0.5)
    valid = ok[3] if method == "bilinear" else ok.any(axis=0)  # of a corner the pixel right of it and below
    got = read(tmp_path / "out.tif")
    require_nearest(got[0][valid], mean[valid], colours, [] if nodata is None else [nodata])
    alike = (np.where(ok, blocks_of(numbers), blocks_of(numbers)[3]) == blocks_of(numbers)[3]).all(axis=0) & valid & ok[3]
    assert alike.sum() > 100 and (got[0][alike] == numbers[1::2, 1::2][alike]).all()
    if nodata is not None:
        assert (got[0][~valid] == nodata).all()
    if hidden_by:
        shown = scenes.read_mask(tmp_path / "out.tif") if hidden_by == "mask" else got[1]
        assert ((shown != 0) == valid).all()


def test_not_one_number_is_a_mean(cogmill, tmp_path):
    """Red beside blue is purple, entry 3, not the number between theirs."""
    numbers = np.tile(np.array([0, 2], np.uint8), (40, 20))
    path = paletted(tmp_path / "in.tif", numbers, SMALL)
    for method in ("average", "bilinear"):
        cogmill("reproject", path, "out.tif", "--resolution", "60", "-r", method, "--overwrite")
        assert (read(tmp_path / "out.tif")[0] == 3).all()


@pytest.mark.parametrize("method", MIXING)
def test_an_area_keeps_its_number(cogmill, tmp_path, method):
    """Whatever else has its colour; clear entries and numbers without one too."""
    numbers = np.repeat(np.array([2, 1, 4, 9], np.uint8), 40)[None].repeat(60, axis=0)
    path = paletted(tmp_path / "in.tif", numbers, [SMALL[0], SMALL[1], SMALL[1], SMALL[2], SMALL[0]], nodata=4,
                    epsg=32621)
    options = ("-r", method, "--resolution", "70", "--overwrite")
    cogmill("reproject", path, "out.tif", *options, "--src-nodata", "77", "--dst-nodata", "77", warns=None)
    got = read(tmp_path / "out.tif")[0]
    middles = [int((20 + 40 * i) * 30 / 70) for i in range(4)]
    assert [set(got[2:-2, m]) for m in middles] == [{2}, {1}, {4}, {9}]


@pytest.mark.parametrize("method", MIXING)
def test_nodata_of_the_output_is_no_colour(cogmill, tmp_path, method):
    """A purple that means nothing in the output is not taken for the purple between red and blue."""
    numbers = np.random.default_rng(2).choice(np.array([0, 2], np.uint8), (80, 90))
    path = paletted(tmp_path / "in.tif", numbers, SMALL, nodata=5)
    cogmill("reproject", path, "out.tif", "-r", method, "--resolution", "50", "--dst-nodata", "3")
    got = read(tmp_path / "out.tif")[0]
    assert (got[2:-2, 2:-2] != 3).all() and not (got == 5).any()


# --- as the colours are warped --------------------------------------------------------------------

@pytest.mark.parametrize("method", MIXING)
@pytest.mark.parametrize("holes", ["none", "nodata", "mask"])
def test_as_the_picture_of_the_colours(cogmill, tmp_path, method, holes):
    """Numpy makes red, green and blue of the numbers, and numbers of what their warp is."""
    numbers = classes(150, 190, len(SMALL), seed=4)
    seen = np.random.default_rng(8).random(numbers.shape) > 0.1
    seen[40:70, 60:99] = False
    if holes == "none":
        seen[:] = True
    held = np.where(seen, numbers, 6).astype(np.uint8) if holes == "nodata" else numbers
    seen &= (held != 6) | (holes != "nodata")
    paletted(tmp_path / "in.tif", held, SMALL, nodata=6 if holes == "nodata" else None,
             mask=seen * 255 if holes == "mask" else None)
    rgb = np.moveaxis(SMALL[held], 2, 0).astype(np.uint8)
    scenes.write(tmp_path / "rgb.tif", rgb, mask=seen * 255)
    options = ("--dst-crs", "EPSG:3857", "-r", method, "--resolution", "41")
    cogmill("reproject", "in.tif", "out.tif", *options, *(("--add-alpha",) if holes == "none" else ()))
    cogmill("reproject", "rgb.tif", "colours.tif", *options)
    got, colours = read(tmp_path / "out.tif")[0], read(tmp_path / "colours.tif")
    valid = scenes.read_mask(tmp_path / "colours.tif") != 0
    assert ((scenes.read_mask(tmp_path / "out.tif") != 0) == valid).all() and 0.5 < valid.mean() < 1
    filled = np.vstack([SMALL, np.zeros((256 - len(SMALL), 3), int)])  # a TIFF's table ends in black entries
    require_nearest(got[valid], np.moveaxis(colours, 0, 2)[valid], filled, [6] if holes == "nodata" else [])
    dataset = gdal.Open(str(tmp_path / "out.tif"))
    assert dataset.GetRasterBand(1).GetColorTable().GetColorEntry(3)[:3] == tuple(SMALL[3])


@pytest.mark.parametrize("command", ["convert", "calc", "like"])
def test_other_commands_on_other_grids(cogmill, tmp_path, command):
    path = paletted(tmp_path / "in.tif", classes(140, 150, len(SMALL)), SMALL)
    options = ("-r", "cubic", "--dst-crs", "EPSG:4326")
    cogmill("reproject", path, "want.tif", *options)
    words = {"convert": ("convert", path, "got.tif", *options),
             "calc": ("calc", "-i", path, "--calc", "A", "got.tif", "--ot", "Byte", *options),
             "like": ("convert", path, "got.tif", "-r", "cubic", "--like", "want.tif")}[command]
    cogmill(*words, warns=None)
    valid = scenes.read_mask(tmp_path / "got.tif") != 0
    assert valid.any() and (read(tmp_path / "got.tif")[0] == read(tmp_path / "want.tif")[0])[valid].all()


def test_expressions_read_numbers(cogmill, tmp_path):
    numbers = classes(90, 100, len(SMALL))
    path = paletted(tmp_path / "in.tif", numbers, SMALL)
    cogmill("calc", "-i", path, "--calc", "A == 3", "out.tif", "--resolution", "15", "--ot", "Byte")
    assert (read(tmp_path / "out.tif")[0] == np.kron(numbers == 3, np.ones((2, 2), np.uint8))).all()


@pytest.mark.parametrize("dtype", [np.uint8, np.int16])
def test_from_an_overview(cogmill, tmp_path, dtype):
    """The table of an overview is the file's, also where a sidecar has it."""
    numbers = np.kron(classes(100, 120, len(SMALL), dtype), np.ones((2, 2), dtype))
    path = paletted(tmp_path / "in.tif", numbers, SMALL)
    gdal.Open(path, gdal.GA_Update).BuildOverviews("NEAREST", [2])
    run = cogmill("reproject", path, "out.tif", "--resolution", "120", "-r", "average", "--log-level", "info",
                  warns=None)
    assert "from overview 0" in run.stderr
    rgb = np.floor(SMALL[blocks_of(numbers[::2, ::2])].mean(axis=0) + 0.5)
    require_nearest(read(tmp_path / "out.tif")[0], rgb, SMALL)


# --- what takes one of the samples, and what is refused -------------------------------------------

@pytest.mark.parametrize("command", ["reproject", "mosaic"])
@pytest.mark.parametrize("method", PICKING)
def test_methods_that_pick_stay_on_the_numbers(cogmill, tmp_path, method, command):
    numbers = classes(120, 140, len(SMALL))
    paletted(tmp_path / "in.tif", numbers, SMALL)
    scenes.write(tmp_path / "grey.tif", numbers)
    for name in ("in", "grey"):
        cogmill(command, name + ".tif", "out_" + name + ".tif", "-r", method, "--resolution", "77")
    assert (read(tmp_path / "out_in.tif") == read(tmp_path / "out_grey.tif")).all()


@pytest.mark.parametrize("command", [("reproject",), ("mosaic",), ("convert",), ("calc", "--calc", "A", "-i")])
def test_the_sum_of_colours_is_refused(cogmill, tmp_path, command):
    paletted(tmp_path / "in.tif", classes(50, 60, len(SMALL)), SMALL)
    cogmill.fails(*command, "in.tif", "out.tif", "-r", "sum", "--dst-crs", "EPSG:3857", code=USAGE,
                  words=["sum", "in.tif", "colour table", "near or mode"])


# --- mosaics --------------------------------------------------------------------------------------

def halves(folder, colours=(SMALL, SMALL), nodata=(None, None), dtype=np.uint8):
    """Two sources side by side, the second half a pixel off the first one's grid. @return their numbers"""
    numbers = [classes(100, 110, 6, dtype, seed=seed) for seed in (1, 2)]
    for i, (own, table) in enumerate(zip(numbers, colours)):
        transform = (TRANSFORM[0] + 110.5 * 30 * i, 30, 0, TRANSFORM[3], 0, -30)
        if table is None:
            scenes.write(folder / f"s{i}.tif", own, nodata=nodata[i], transform=transform)
        else:
            paletted(folder / f"s{i}.tif", own, table, nodata[i], transform=transform)
    return numbers


BOX = ("--bbox", f"{TRANSFORM[0]},{TRANSFORM[3] - 3000},{TRANSFORM[0] + 7200},{TRANSFORM[3]}", "--resolution", "60")


@pytest.mark.parametrize("missing", [None, 0, 1])
@pytest.mark.parametrize("nodata", [(None, None), (5, 5), (5, 4)])
def test_mosaics_of_one_table(cogmill, tmp_path, nodata, missing):
    """A source without a table has the numbers of the other's."""
    numbers = halves(tmp_path, [None if i == missing else SMALL for i in (0, 1)], nodata)
    cogmill("mosaic", "s0.tif", "s1.tif", "out.tif", *BOX, "-r", "average", warns=missing is not None)
    got = read(tmp_path / "out.tif")[0]
    # GDAL shows the colour of a file's nodata value as clear: to a source that borrows the table it is none.
    clear = {nodata[0], nodata[1] if missing == 0 else None}
    left_out = [n for n in clear if n is not None]
    ok = blocks_of(~np.isin(numbers[0], left_out))
    rgb = SMALL[blocks_of(numbers[0])] * ok[..., None]
    mean = np.floor(rgb.sum(axis=0) / np.maximum(ok.sum(axis=0), 1)[..., None] + 0.5)
    valid = ok.any(axis=0)
    require_nearest(got[:, :55][valid], mean[valid], SMALL, left_out)
    if nodata[0] is not None:
        assert (got[:, :55][blocks_of(numbers[0] == nodata[0]).all(axis=0)] == 5).all()
    # The other source lies by itself: its warp alone is what the mosaic has there.
    if missing is None:
        cogmill("reproject", "s1.tif", "alone.tif", *BOX, "-r", "average", "--dst-nodata", "5", warns=None)
        if nodata[0] is not None:
            assert (read(tmp_path / "alone.tif")[0, :, 56:110] == got[:, 56:110]).all()


def test_mosaics_of_several_tables_are_refused(cogmill, tmp_path):
    halves(tmp_path, (SMALL, SMALL[::-1]))
    cogmill.fails("mosaic", "s0.tif", "s1.tif", "out.tif", *BOX, "-r", "average", code=RUNTIME,
                  words=["s0.tif has a colour table", "s1.tif another", "-expand rgb"])


def test_the_mean_of_overlapping_colours_is_refused(cogmill, tmp_path):
    halves(tmp_path)
    cogmill.fails("mosaic", "s0.tif", "s1.tif", "out.tif", "--method", "mean", code=USAGE,
                  words=["mean", "s0.tif", "colour table", "first, last, min or max"])


# --- the same for any work ------------------------------------------------------------------------

@pytest.mark.parametrize("command", ["reproject", "mosaic"])
@pytest.mark.parametrize("method", ["cubic", "average"])
def test_pixels_do_not_depend_on_how(cogmill, tmp_path, command, method):
    paletted(tmp_path / "in.tif", classes(700, 800, len(LARGE), np.uint16), LARGE, nodata=9)
    options = ("-r", method, "--dst-crs", "EPSG:3857", "--resolution", "37", "--co", "OVERVIEWS=NONE", "--overwrite")
    cogmill(command, "in.tif", "want.tif", *options)
    want, one = read(tmp_path / "want.tif"), None
    low = least_memory(cogmill, (command, "in.tif", *options), None)
    for ranks, more in ((2, ()), (3, ("--threads", "1")), (None, ("--memory", low)), (2, ("--co", "BLOCKSIZE=128")),
                        (None, ("--co", "BLOCKSIZE=128"))):
        cogmill(command, "in.tif", "out.tif", *options, *more, np=ranks)
        assert (read(tmp_path / "out.tif") == want).all(), (ranks, more)
        same_tiles = "BLOCKSIZE=128" not in more
        first = (tmp_path / "want.tif").read_bytes() if same_tiles else one or (tmp_path / "out.tif").read_bytes()
        assert (tmp_path / "out.tif").read_bytes() == first
        one = one if same_tiles else first
