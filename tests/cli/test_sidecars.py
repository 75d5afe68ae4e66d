# SPDX-FileCopyrightText: 2026 The cogmill authors
# SPDX-License-Identifier: Apache-2.0
"""What GDAL reads beside an output, .aux.xml, .msk and .ovr, belongs to that output and to no other."""
import numpy as np
import pytest
import scenes
from osgeo import gdal

NAMES = ["water", "grass", "rock"]
BLOCKS = ("--co", "BLOCKSIZE=128")


def add_classes(dataset):
    """Category names and an attribute table: only an .aux.xml can hold them."""
    band = dataset.GetRasterBand(1)
    band.SetCategoryNames(NAMES)
    table = gdal.RasterAttributeTable()
    table.CreateColumn("class", gdal.GFT_String, gdal.GFU_Name)
    table.CreateColumn("cost", gdal.GFT_Real, gdal.GFU_Generic)
    table.SetRowCount(len(NAMES))
    for row, name in enumerate(NAMES):
        table.SetValueAsString(row, 0, name)
        table.SetValueAsDouble(row, 1, row + 0.5)
    band.SetDefaultRAT(table)


def classes_of(path):
    """(category names, rows of the attribute table) as GDAL shows them."""
    dataset = gdal.Open(str(path))
    band = dataset.GetRasterBand(1)
    table = band.GetDefaultRAT()
    rows = [] if table is None else [(table.GetValueAsString(row, 0), table.GetValueAsDouble(row, 1))
                                     for row in range(table.GetRowCount())]
    return band.GetCategoryNames(), rows


CLASSES = (NAMES, [("water", 0.5), ("grass", 1.5), ("rock", 2.5)])
NO_CLASSES = (None, [])


def classified(path):
    return scenes.write(path, scenes.ramp(1, 3000, 200, np.uint8) % 3, dress=add_classes)


@pytest.fixture
def plain(tmp_path):
    return scenes.write(tmp_path / "plain.tif", scenes.ramp(1, 300, 200, np.uint8))


def beside(folder, name):
    """The files whose names begin with an output's."""
    return sorted(p.name for p in folder.iterdir() if p.name.startswith(name))


def put_old(folder, name="out.tif"):
    """An output of another program, with a mask and overviews beside it."""
    mask = np.zeros((300, 200), np.uint8)
    scenes.write(folder / name, scenes.ramp(1, 300, 200, np.uint8), mask=mask, sidecar_mask=True)
    (folder / (name + ".ovr")).write_bytes((folder / (name + ".msk")).read_bytes())
    (folder / (name + ".aux.xml")).write_text(
        "<PAMDataset><PAMRasterBand band=\"1\"><Description>old</Description></PAMRasterBand></PAMDataset>")
    assert len(beside(folder, name)) == 4


def test_one_file(cogmill, tmp_path):
    path = classified(tmp_path / "in.tif")
    cogmill("convert", path, "out.tif", *BLOCKS, warns=True)
    assert classes_of(path) == CLASSES and classes_of(tmp_path / "out.tif") == CLASSES
    assert beside(tmp_path, "out") == ["out.tif", "out.tif.aux.xml"]


@pytest.mark.parametrize("ranks", [None, 2, 3])
def test_vrt_and_its_pieces(cogmill, tmp_path, ranks):
    path = classified(tmp_path / "in.tif")
    cogmill("convert", path, "out.vrt", *BLOCKS, np=ranks, warns=True)
    assert classes_of(tmp_path / "out.vrt") == CLASSES
    pieces = sorted(tmp_path.glob("out_*.tif"))
    assert len(pieces) == (ranks or 1)
    for piece in pieces:
        assert classes_of(piece) == CLASSES, piece
    assert not list(tmp_path.glob("*.partial"))


def test_overwrite_takes_the_old_sidecars_away(cogmill, tmp_path, plain):
    put_old(tmp_path)
    cogmill("convert", plain, "out.tif", *BLOCKS, "--overwrite")
    assert beside(tmp_path, "out") == ["out.tif"]
    out = gdal.Open(str(tmp_path / "out.tif"))
    assert out.GetRasterBand(1).GetMaskFlags() == gdal.GMF_ALL_VALID
    assert out.GetRasterBand(1).GetDescription() == ""
    np.testing.assert_array_equal(scenes.read(tmp_path / "out.tif"), scenes.read(plain))


def test_overwrite_puts_a_new_sidecar_in_place(cogmill, tmp_path):
    put_old(tmp_path)
    cogmill("convert", classified(tmp_path / "in.tif"), "out.tif", *BLOCKS, "--overwrite", warns=True)
    assert beside(tmp_path, "out") == ["out.tif", "out.tif.aux.xml"]
    assert classes_of(tmp_path / "out.tif") == CLASSES


def test_overwrite_a_vrt(cogmill, tmp_path, plain):
    """Three pieces with side-cars become one without; an .ovr of the VRT itself goes too."""
    cogmill("convert", classified(tmp_path / "in.tif"), "out.vrt", *BLOCKS, np=3, warns=True)
    (tmp_path / "out.vrt.ovr").write_bytes(b"old")
    cogmill("convert", plain, "out.vrt", *BLOCKS, "--overwrite")
    assert beside(tmp_path, "out") == ["out.vrt", "out_00000.tif"]
    assert classes_of(tmp_path / "out.vrt") == NO_CLASSES


@pytest.mark.parametrize("kind", ["aux.xml", "msk", "ovr"])
def test_a_sidecar_without_a_file_is_not_adopted(cogmill, tmp_path, plain, kind):
    put_old(tmp_path)
    for name in beside(tmp_path, "out"):
        if not name.endswith(kind):
            (tmp_path / name).unlink()
    cogmill.fails("convert", plain, "out.tif", code=1, words=[f"out.tif.{kind}", "--overwrite"])
    cogmill("convert", plain, "out.tif", *BLOCKS, "--overwrite")
    assert beside(tmp_path, "out") == ["out.tif"]


def test_a_failed_run_leaves_the_old_file_whole(cogmill, tmp_path):
    put_old(tmp_path)
    path = scenes.write(tmp_path / "in.tif", scenes.ramp(1, 600, 600))
    scenes.break_tile(path, 1)
    cogmill.fails("convert", path, "out.tif", "--overwrite", code=1, words=["in.tif"])
    assert len(beside(tmp_path, "out.tif")) == 4


def test_a_sidecar_that_is_an_input(cogmill, tmp_path):
    put_old(tmp_path)
    cogmill.fails("convert", "out.tif.msk", "out.tif", "--overwrite", code=1, words=["out.tif.msk", "also an input"])
