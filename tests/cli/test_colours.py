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
