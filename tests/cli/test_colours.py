# SPDX-FileCopyrightText: 2026 The cogmill authors
# SPDX-License-Identifier: Apache-2.0
"""The output looks as the input does: inverted grey, colour tables, what bands are."""
import numpy as np
import pytest
import scenes
from osgeo import gdal


def looks(path, top=None):
    """Red, green, blue of every pixel as GDAL shows band 1. @param top what white is without a table"""
    dataset = gdal.Open(str(path))
    band = dataset.GetRasterBand(1)
    pixels, table = band.ReadAsArray(), band.GetColorTable()
    if table is None:
        return np.repeat(np.rint(pixels / top * 255)[..., None], 3, axis=2)
    colours = np.zeros((65536, 3), int)
    for i in range(table.GetCount()):
        colours[i] = table.GetColorEntry(i)[:3]
    return colours[pixels.astype(int)]


def inverted(path, bits, codec="NONE", bands=1, alpha=False):
    """A picture in which 0 is white, of all values that so many bits have."""
    dtype = np.uint8 if bits <= 8 else np.uint16
    pixels = np.random.default_rng(bits).integers(0, 2**bits, (bands, 90, 120)).astype(dtype)
    co = ["PHOTOMETRIC=MINISWHITE", "COMPRESS=" + codec] + ["ALPHA=YES"] * alpha
    return scenes.write(path, pixels, co=co + ([f"NBITS={bits}"] if bits not in (8, 16) else []))


DEPTHS = [(1, "CCITTFAX3"), (2, "LZW"), (3, "NONE"), (6, "DEFLATE"), (8, "PACKBITS"), (10, "NONE"), (16, "LZW")]


@pytest.mark.parametrize("out", ["out.tif", "out.vrt"])
@pytest.mark.parametrize("bits,codec", DEPTHS)
def test_inverted_grey(cogmill, tmp_path, bits, codec, out):
    path = inverted(tmp_path / "in.tif", bits, codec)
    for command in ("convert", "reproject", "mosaic"):
        cogmill(command, path, out, "--co", "BLOCKSIZE=128", "--overwrite", warns=None)
        np.testing.assert_array_equal(looks(tmp_path / out), looks(path))
        np.testing.assert_array_equal(scenes.read(tmp_path / out), scenes.read(path))
    if out == "out.tif" and bits in (8, 16):
        assert gdal.Open(str(tmp_path / out)).GetMetadataItem("MINISWHITE", "IMAGE_STRUCTURE") == "YES"


@pytest.mark.parametrize("bands,alpha", [(2, True), (2, False), (3, False)])
@pytest.mark.parametrize("bits", [4, 8])
def test_inverted_grey_and_more_bands(cogmill, tmp_path, bits, bands, alpha):
    path = inverted(tmp_path / "in.tif", bits, bands=bands, alpha=alpha)
    cogmill("convert", path, "out.tif", "--co", "BLOCKSIZE=128", warns=None)
    np.testing.assert_array_equal(looks(tmp_path / "out.tif"), looks(path))
    assert gdal.Open(str(tmp_path / "out.tif")).RasterCount == bands


@pytest.mark.parametrize("name", ["UInt16", "Int16", "Int32", "Float32"])
def test_inverted_grey_of_another_type(cogmill, tmp_path, name):
    path = inverted(tmp_path / "in.tif", 8)
    for out in ("out.tif", "out.vrt"):
        run = cogmill("convert", path, out, "--ot", name, warns=None)
        # Two types have room for a table in their tags.
        assert ("colour table of band 1" in run.stderr) == (name != "UInt16")
        np.testing.assert_array_equal(looks(tmp_path / out), looks(path))


def test_inverted_grey_of_fewer_bits(cogmill, tmp_path):
    path = inverted(tmp_path / "in.tif", 16)
    cogmill("convert", path, "out.tif", "--ot", "Byte", warns=None)
    # 255 and more is the darkest that there is.
    assert looks(tmp_path / "out.tif")[scenes.read(path)[0] >= 255].max() == 0


def test_quicklook_of_inverted_grey(cogmill, tmp_path):
    path = inverted(tmp_path / "in.tif", 1, "CCITTFAX4")
    cogmill("convert", path, "out.tif", "--quicklook", "look.png", warns=None)
    np.testing.assert_array_equal(scenes.read(tmp_path / "look.png")[:3], np.moveaxis(looks(path), 2, 0))


PALETTE = [(255, 0, 0), (250, 250, 250), (0, 0, 255), (128, 0, 128), (0, 90, 0), (40, 40, 40), (90, 160, 40)]


def paletted(path, pixels, nodata=None, alpha=None):
    planes = pixels[None] if alpha is None else np.stack([pixels, alpha])

    def dress(dataset):
        table = gdal.ColorTable()
        for i, colour in enumerate(PALETTE):
            table.SetColorEntry(i, (*colour, 255))
        dataset.GetRasterBand(1).SetColorTable(table)
    co = ("PHOTOMETRIC=PALETTE",) + (("ALPHA=YES",) if alpha is not None else ())
    return scenes.write(path, planes, dress=dress, nodata=nodata, co=co)


def nearest_of_average(pixels, hidden, left_out):
    """The rule, with numpy: entries nearest to the mean colour of each 2 x 2 pixels that count."""
    palette = np.array(PALETTE, float)
    blocks = [(pixels[i::2, j::2], ~hidden[i::2, j::2]) for i in (0, 1) for j in (0, 1)]
    count = sum(ok for _, ok in blocks)
    mean = sum(palette[p] * ok[..., None] for p, ok in blocks) / np.maximum(count, 1)[..., None]
    distance = ((np.floor(mean + 0.5)[..., None, :] - palette)**2).sum(axis=-1)
    if left_out is not None:
        distance[..., left_out] = np.inf
    return distance.argmin(axis=-1), count


@pytest.mark.parametrize("option", ["OVERVIEW_RESAMPLING=AVERAGE", "RESAMPLING=AVERAGE"])
@pytest.mark.parametrize("nodata,alpha", [(None, False), (4, False), (None, True)])
def test_averages_of_a_colour_table(cogmill, tmp_path, nodata, alpha, option):
    random = np.random.default_rng(5)
    pixels = random.integers(0, len(PALETTE), (512, 768)).astype(np.uint8)
    opacity = (random.integers(0, 3, pixels.shape) > 0).astype(np.uint8) * 255 if alpha else None
    path = paletted(tmp_path / "in.tif", pixels, nodata, opacity)
    co = ("--co", "BLOCKSIZE=128", "--co", option, "--overwrite")
    cogmill("convert", path, "out.tif", *co)
    hidden = pixels == nodata if nodata is not None else np.zeros(pixels.shape, bool)
    if alpha:
        hidden = opacity == 0
    for level in range(2):
        want, count = nearest_of_average(pixels, hidden, nodata)
        got = scenes.read(tmp_path / "out.tif", level)[0]
        # One value below stays what it is; here every colour stands in the table once.
        np.testing.assert_array_equal(got[count > 0], want[count > 0])
        if nodata is not None:
            assert (got[count == 0] == nodata).all()
        pixels, hidden = got, count == 0
    one = (tmp_path / "out.tif").read_bytes()
    cogmill("convert", path, "out.tif", *co, np=2)
    assert (tmp_path / "out.tif").read_bytes() == one


@pytest.mark.parametrize("method", ["BILINEAR", "CUBIC"])
def test_numbers_of_colours_are_not_mixed(cogmill, tmp_path, method):
    path = paletted(tmp_path / "in.tif", np.arange(512 * 600, dtype=np.uint8).reshape(512, 600) % 7)
    options = ("--co", "BLOCKSIZE=128", "--co", "OVERVIEW_RESAMPLING=" + method)
    cogmill.fails("convert", path, "out.tif", *options, code=2, words=["colour table", "NEAREST, MODE or AVERAGE"])
    cogmill("convert", path, "out.tif", *options, "--co", "OVERVIEWS=NONE")  # there is none
    cogmill("calc", "-i", path, "--calc", "A * 2", "computed.tif", *options)  # no colours any more


def test_average_of_inverted_grey(cogmill, tmp_path):
    pixels = np.random.default_rng(2).integers(0, 256, (512, 600)).astype(np.uint8)
    path = scenes.write(tmp_path / "in.tif", pixels, co=("PHOTOMETRIC=MINISWHITE",))
    cogmill("convert", path, "out.tif", "--co", "BLOCKSIZE=128", "--co", "OVERVIEW_RESAMPLING=AVERAGE")
    mean = sum(pixels[i::2, j::2].astype(float) for i in (0, 1) for j in (0, 1)) / 4
    np.testing.assert_array_equal(scenes.read(tmp_path / "out.tif", 0)[0], np.floor(mean + 0.5))
    assert "0 is white" in cogmill("info", path).stdout


GRAY, RED, GREEN, BLUE, ALPHA, HUE = (gdal.GCI_GrayIndex, gdal.GCI_RedBand, gdal.GCI_GreenBand, gdal.GCI_BlueBand,
                                      gdal.GCI_AlphaBand, gdal.GCI_HueBand)


@pytest.mark.parametrize("named", [True, False])
@pytest.mark.parametrize("meanings", [(GRAY, GRAY), (GRAY, GRAY, GRAY, GRAY), (RED, GREEN, BLUE, GRAY), (0, 0, 0),
                                      (GRAY, GRAY, ALPHA), (HUE, GRAY), (GRAY, 0), (RED, GREEN, BLUE, ALPHA, GRAY)])
def test_what_bands_are(cogmill, tmp_path, meanings, named):
    scenes.write(tmp_path / "in.tif", scenes.ramp(len(meanings), 60, 80, np.uint8))
    source = gdal.Translate(str(tmp_path / "in.vrt"), str(tmp_path / "in.tif"), format="VRT")
    for number, meaning in enumerate(meanings, 1):
        source.GetRasterBand(number).SetColorInterpretation(meaning)
        if named:  # there are other items in the tag
            source.GetRasterBand(number).SetDescription(f"<{number}>")
    source = None
    for out in ("out.tif", "out.vrt"):
        cogmill("convert", "in.vrt", out, warns=True)
        dataset = gdal.Open(str(tmp_path / out))
        bands = [dataset.GetRasterBand(i + 1) for i in range(len(meanings))]
        assert tuple(band.GetColorInterpretation() for band in bands) == meanings
        assert [band.GetDescription() for band in bands] == [f"<{i + 1}>" if named else "" for i in range(len(bands))]
    assert not list(tmp_path.glob("out*.aux.xml"))
