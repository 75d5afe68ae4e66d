# SPDX-FileCopyrightText: 2026 The cogmill authors
# SPDX-License-Identifier: Apache-2.0
"""mosaic: sources whose numbers, colours, types or metadata are not those of the others."""
import subprocess

import numpy as np
import pytest
import scenes
from checks import sha256
from osgeo import gdal
from scenes import read
from test_mosaic import put

RUNTIME = 1


def dressed(path, value, col=0, row=0, dtype=np.uint16, scale=None, offset=None, unit=None,
            table=None, classes=None, bands=1, co=scenes.TILED, **options):
    """40 x 40 pixels of one value."""
    def dress(dataset):
        for number in range(1, bands + 1):
            band = dataset.GetRasterBand(number)
            if scale is not None:
                band.SetScale(scale)
            if offset is not None:
                band.SetOffset(offset)
            if unit:
                band.SetUnitType(unit)
            if classes:
                band.SetCategoryNames(classes)
        if table:
            colours = gdal.ColorTable()
            for number, colour in enumerate(table):
                colours.SetColorEntry(number, colour)
            dataset.GetRasterBand(1).SetColorTable(colours)
    return put(path, np.full((bands, 40, 40), value, dtype), row, col, dress=dress, co=co, **options)


def meaning(path, band=1):
    dataset = gdal.Open(str(path))
    found = dataset.GetRasterBand(band)
    return found.GetScale(), found.GetOffset(), found.GetUnitType()


# --- numbers --------------------------------------------------------------------------------------

@pytest.mark.parametrize("order", [("a.tif", "b.tif"), ("b.tif", "a.tif")])
@pytest.mark.parametrize("other", [{"scale": 0.02, "offset": 4.}, {"scale": 0.05, "offset": 3.},
                                   {}, {"scale": 0.02}])
def test_other_scales_are_refused(cogmill, tmp_path, order, other):
    dressed(tmp_path / "a.tif", 700, scale=0.02, offset=3.)
    dressed(tmp_path / "b.tif", 800, col=40, **other)
    cogmill.fails("mosaic", *order, "out.tif", code=RUNTIME,
                  words=["band 1 of a.tif" if order[0] == "a.tif" else "band 1 of b.tif", "scale",
                         "0.02", "cogmill calc", "gdal_edit"])


def test_the_advice_on_scales_runs_as_printed(cogmill, tmp_path):
    for name, col, value, offset in (("a.tif", 0, 700, -0.25), ("b.tif", 40, 600, 1.75)):
        dressed(tmp_path / name, value, col=col, scale=0.0025, offset=offset, nodata=65535)
    words = cogmill.run("mosaic", "a.tif", "b.tif", "out.tif").errors[0]
    first = words.split("--calc '")[1].split("'")[0]
    cogmill("calc", "-i", "a.tif", "--calc", first, "pa.tif")
    words = cogmill.run("mosaic", "b.tif", "a.tif", "out.tif").errors[0]
    cogmill("calc", "-i", "b.tif", "--calc", words.split("--calc '")[1].split("'")[0], "pb.tif")
    cogmill("mosaic", "pa.tif", "pb.tif", "out.tif")
    ours = read(tmp_path / "out.tif")[0]
    assert np.allclose(ours[:, :40], 1.5) and np.allclose(ours[:, 40:], 3.25)


def test_scales_of_later_bands_and_sources_count(cogmill, tmp_path):
    for i in range(3):
        dressed(tmp_path / f"s{i}.tif", i, col=40 * i, bands=3, offset=0.5)
    dataset = gdal.Open(str(tmp_path / "s2.tif"), gdal.GA_Update)
    dataset.GetRasterBand(3).SetOffset(0.75)
    dataset = None
    cogmill.fails("mosaic", "s0.tif", "s1.tif", "s2.tif", "out.tif", code=RUNTIME, np=2,
                  words=["band 3 of s0.tif", "offset 0.5", "s2.tif", "0.75", "b3"])


@pytest.mark.parametrize("output", ["out.tif", "out.vrt"])
def test_what_says_the_same_passes(cogmill, tmp_path, output):
    """Missing is 1 and 0; numbers that went through a float, and other names of a unit."""
    dressed(tmp_path / "a.tif", 5, scale=1., offset=0., unit="metre")
    dressed(tmp_path / "b.tif", 6, col=40, unit="m")
    cogmill("mosaic", "a.tif", "b.tif", output)
    assert meaning(tmp_path / output) [2] == "metre"
    dressed(tmp_path / "c.tif", 7, scale=float(np.float32(2.75e-5)), offset=-0.2)
    dressed(tmp_path / "d.tif", 8, col=40, scale=2.75e-5, offset=-0.2)
    cogmill("mosaic", "d.tif", "c.tif", output, "--overwrite")
    assert meaning(tmp_path / output) == (2.75e-5, -0.2, "")


def test_other_units_are_refused_and_missing_ones_said(cogmill, tmp_path):
    dressed(tmp_path / "feet.tif", 5, unit="ft")
    dressed(tmp_path / "metres.tif", 6, col=40, unit="m")
    dressed(tmp_path / "plain.tif", 6, col=80)
    cogmill.fails("mosaic", "feet.tif", "metres.tif", "out.tif", code=RUNTIME,
                  words=["unit ft", "metres.tif m;", "-units"])
    said = cogmill("mosaic", "metres.tif", "plain.tif", "out.tif", warns=True).warnings
    assert len(said) == 1 and "plain.tif has no unit" in said[0]
    assert meaning(tmp_path / "out.tif")[2] == "m"
    said = cogmill("mosaic", "plain.tif", "metres.tif", "swap.tif", warns=True).warnings
    assert len(said) == 1 and "first" in said[0]
    assert meaning(tmp_path / "swap.tif")[2] == ""


def test_a_vrt_with_a_scale_of_its_own_is_what_it_shows(cogmill, tmp_path):
    for i in range(2):
        dressed(tmp_path / f"s{i}.tif", i + 1, col=40 * i, scale=0.5)
    files = [str(tmp_path / f"s{i}.tif") for i in range(2)]
    gdal.BuildVRT(str(tmp_path / "in.vrt"), files).FlushCache()
    cogmill("mosaic", "in.vrt", "plain.tif")
    assert meaning(tmp_path / "plain.tif")[0] == 0.5
    text = (tmp_path / "in.vrt").read_text()
    assert "<Scale>0.5</Scale>" in text
    (tmp_path / "own.vrt").write_text(text.replace("<Scale>0.5</Scale>", "<Scale>0.125</Scale>"))
    cogmill("mosaic", "own.vrt", "own.tif", warns=None)
    assert meaning(tmp_path / "own.tif")[0] == 0.125
    assert np.array_equal(read(tmp_path / "own.tif"), read(tmp_path / "plain.tif"))


# --- colours and classes --------------------------------------------------------------------------

REDS = [(9, 9, 9, 255), (250, 20, 20, 255), (200, 0, 40, 255)]
BLUES = [(9, 9, 9, 255), (20, 20, 250, 255), (0, 40, 200, 255)]


def test_other_colour_tables_are_refused(cogmill, tmp_path):
    dressed(tmp_path / "reds.tif", 1, dtype=np.uint8, table=REDS)
    dressed(tmp_path / "blues.tif", 2, col=40, dtype=np.uint8, table=BLUES)
    cogmill.fails("mosaic", "reds.tif", "blues.tif", "out.tif", code=RUNTIME,
                  words=["reds.tif has a colour table", "blues.tif another", "-expand rgb"])
    cogmill("mosaic", "reds.tif", "out.tif")


def test_equal_colour_tables_pass(cogmill, tmp_path):
    """GDAL makes the entry of the nodata value transparent: that is no other colour."""
    dressed(tmp_path / "a.tif", 1, dtype=np.uint8, table=REDS)
    dressed(tmp_path / "b.tif", 2, col=40, dtype=np.uint8, table=REDS, nodata=0)
    cogmill("mosaic", "a.tif", "b.tif", "out.tif")
    dataset = gdal.Open(str(tmp_path / "out.tif"))
    assert dataset.GetRasterBand(1).GetColorTable().GetColorEntry(1) == REDS[1]


def test_a_missing_colour_table_is_said(cogmill, tmp_path):
    dressed(tmp_path / "reds.tif", 1, dtype=np.uint8, table=REDS)
    dressed(tmp_path / "none.tif", 2, col=40, dtype=np.uint8)
    said = cogmill("mosaic", "reds.tif", "none.tif", "out.tif", warns=True).warnings
    assert len(said) == 1 and "none.tif has no colour table" in said[0]


def test_inverted_grey_beside_grey_is_refused(cogmill, tmp_path):
    dressed(tmp_path / "paper.tif", 1, dtype=np.uint8,
            co=(*scenes.TILED, "PHOTOMETRIC=MINISWHITE"))
    dressed(tmp_path / "grey.tif", 2, col=40, dtype=np.uint8)
    dressed(tmp_path / "more.tif", 3, col=40, dtype=np.uint8,
            co=(*scenes.TILED, "PHOTOMETRIC=MINISWHITE"))
    cogmill.fails("mosaic", "grey.tif", "paper.tif", "out.tif", code=RUNTIME,
                  words=["paper.tif inverted grey"])
    cogmill("mosaic", "paper.tif", "more.tif", "out.tif")


def test_other_classes_are_refused(cogmill, tmp_path):
    dressed(tmp_path / "a.tif", 1, dtype=np.uint8, classes=["none", "water", "wood"])
    dressed(tmp_path / "b.tif", 2, col=40, dtype=np.uint8, classes=["none", "wood", "water"])
    dressed(tmp_path / "c.tif", 2, col=40, dtype=np.uint8, classes=["none", "water", "wood"])
    cogmill.fails("mosaic", "a.tif", "b.tif", "out.tif", code=RUNTIME,
                  words=["names of classes", "mosaic of each"])
    cogmill("mosaic", "a.tif", "c.tif", "out.tif", warns=None)


@pytest.mark.parametrize("output", ["out.tif", "out.vrt"])
def test_names_of_one_source_are_left_out(cogmill, tmp_path, output):
    for i, names in enumerate((["July", "green", "x"], ["August", "green"])):
        dressed(tmp_path / f"s{i}.tif", 1, col=40 * i, bands=3, descriptions=names)
    cogmill("mosaic", "s0.tif", "s1.tif", output)
    dataset = gdal.Open(str(tmp_path / output))
    assert [dataset.GetRasterBand(b).GetDescription() for b in (1, 2, 3)] == ["", "green", "x"]


def test_bands_in_another_order_are_said(cogmill, tmp_path):
    for name, col, names in (("a.tif", 0, ["red", "nir"]), ("b.tif", 40, ["nir", "red"])):
        dressed(tmp_path / name, 1, col=col, bands=2, descriptions=names)
    said = cogmill("mosaic", "a.tif", "b.tif", "out.tif", warns=True).warnings
    assert len(said) == 1 and "called red" in said[0] and "nir" in said[0]


# --- metadata -------------------------------------------------------------------------------------

def tag(path, items, band_items=None, domain=""):
    dataset = gdal.Open(str(path), gdal.GA_Update)
    dataset.SetMetadata(items, domain)
    if band_items:
        dataset.GetRasterBand(1).SetMetadata(band_items)
    dataset = None


@pytest.mark.parametrize("output", ["out.tif", "out.vrt"])
def test_items_of_one_source_are_left_out(cogmill, tmp_path, output):
    for i in range(3):
        dressed(tmp_path / f"s{i}.tif", i + 1, col=40 * i)
        tag(tmp_path / f"s{i}.tif", {"DATE": f"2019-03-0{i + 1}", "SENSOR": "X7"},
            {"LEVEL": "2", "GAIN": str(i)})
        tag(tmp_path / f"s{i}.tif", {"PROVIDER": "us", "ORBIT": str(i)}, domain="MISSION")
    cogmill("mosaic", "s0.tif", "s1.tif", "s2.tif", output)
    dataset = gdal.Open(str(tmp_path / output))
    assert dataset.GetMetadata().get("SENSOR") == "X7" and "DATE" not in dataset.GetMetadata()
    assert dataset.GetMetadata("MISSION") == {"PROVIDER": "us"}
    assert dataset.GetRasterBand(1).GetMetadata() == {"LEVEL": "2"}
    cogmill("mosaic", "s1.tif", "one.tif")
    assert gdal.Open(str(tmp_path / "one.tif")).GetMetadata()["DATE"] == "2019-03-02"


def test_ranks_leave_out_the_same_items(cogmill, tmp_path):
    for i in range(5):
        dressed(tmp_path / f"s{i}.tif", i + 1, col=40 * i)
        tag(tmp_path / f"s{i}.tif", {"A": "same", "B": str(i % 2), "C": "same" if i < 4 else "no"})
    names = [f"s{i}.tif" for i in range(5)]
    cogmill("mosaic", *names, "one.tif", "--threads", "1")
    cogmill("mosaic", *names, "three.tif", np=3)
    assert sha256(tmp_path / "one.tif") == sha256(tmp_path / "three.tif")
    found = gdal.Open(str(tmp_path / "one.tif")).GetMetadata()
    assert {k: v for k, v in found.items() if k in "ABC"} == {"A": "same"}


# --- types ----------------------------------------------------------------------------------------

TYPE_CASES = [(np.uint8, np.uint16, "UInt16"), (np.uint8, np.int16, "Int16"),
              (np.int16, np.uint16, "Int32"), (np.uint16, np.float32, "Float32"),
              (np.int32, np.float32, "Float64"), (np.float32, np.float64, "Float64")]


@pytest.mark.parametrize("a,b,common", TYPE_CASES, ids=[c[2] + str(i) for i, c in enumerate(TYPE_CASES)])
def test_types_may_differ_where_one_is_told(cogmill, tmp_path, a, b, common):
    dressed(tmp_path / "a.tif", 250, dtype=a, nodata=7)
    dressed(tmp_path / "b.tif", 120, col=40, dtype=b, nodata=9)
    for order in (("a.tif", "b.tif"), ("b.tif", "a.tif")):
        cogmill.fails("mosaic", *order, "out.tif", code=RUNTIME,
                      words=["different types", "--output-data-type", f"example {common}$"])
        cogmill("mosaic", *order, "out.tif", "--ot", common, "--overwrite")
        ours = gdal.Open(str(tmp_path / "out.tif"))
        assert gdal.GetDataTypeName(ours.GetRasterBand(1).DataType) == common
        pixels = ours.ReadAsArray()
        assert (pixels[:, :40] == 250).all() and (pixels[:, 40:] == 120).all()
        (tmp_path / "out.tif").unlink()


def test_holes_of_other_types_are_holes(cogmill, tmp_path):
    """255 is no data in the bytes, a value in the others, whichever type is worked in."""
    low = np.full((1, 40, 40), 30, np.uint8)
    low[:, 10:20, 10:30] = 255
    put(tmp_path / "low.tif", low, nodata=255)
    high = np.full((1, 40, 40), 255, np.uint16)
    high[:, 5:15] = 0
    put(tmp_path / "high.tif", high, nodata=0)
    cogmill("mosaic", "high.tif", "low.tif", "out.tif", "--ot", "UInt16", "--dst-nodata", "60000")
    expected = low[0].astype(np.uint16)
    hole = expected == 255
    expected[hole] = np.where(high[0] == 0, 60000, 255)[hole]
    assert np.array_equal(read(tmp_path / "out.tif")[0], expected)


def test_types_that_nothing_holds(cogmill, tmp_path):
    dressed(tmp_path / "a.tif", 1, dtype=np.uint64)
    dressed(tmp_path / "b.tif", 2, col=40, dtype=np.int64)
    cogmill.fails("mosaic", "a.tif", "b.tif", "out.tif", "--ot", "Float64", code=RUNTIME,
                  words=["no type holds both", "cogmill convert"])


# --- borders of zeros -----------------------------------------------------------------------------

def askew(path, col, **options):
    """A scene that stands askew: 0 where it is not."""
    rows, cols = np.mgrid[0:60, 0:60]
    inside = abs(rows - 29.5) + abs(cols - 29.5) < 29
    return put(path, np.where(inside, 77, 0).astype(np.uint8)[None], 0, col, **options)


def test_borders_of_zeros_that_hide_others_are_said(cogmill, tmp_path):
    askew(tmp_path / "a.tif", 0)
    askew(tmp_path / "b.tif", 30)
    said = cogmill("mosaic", "a.tif", "b.tif", "out.tif", warns=True, np=2).warnings
    assert len(said) == 1 and "--src-nodata 0" in said[0]
    cogmill("mosaic", "a.tif", "b.tif", "out.tif", "--src-nodata", "0", "--overwrite")
    askew(tmp_path / "c.tif", 60)
    cogmill("mosaic", "a.tif", "c.tif", "apart.tif")
    askew(tmp_path / "d.tif", 0, nodata=0)
    askew(tmp_path / "e.tif", 30, nodata=0)
    cogmill("mosaic", "d.tif", "e.tif", "said.tif")


def test_gdal_expands_colours_as_advised(cogmill, tmp_path):
    for name, col, table in (("reds.tif", 0, REDS), ("blues.tif", 40, BLUES)):
        dressed(tmp_path / name, 1, col=col, dtype=np.uint8, table=table)
        subprocess.run(["gdal_translate", "-q", "-expand", "rgb", tmp_path / name,
                        tmp_path / ("rgb_" + name)], check=True)
    cogmill("mosaic", "rgb_reds.tif", "rgb_blues.tif", "out.tif")
    ours = read(tmp_path / "out.tif")
    assert tuple(ours[:, 5, 5]) == REDS[1][:3] and tuple(ours[:, 5, 45]) == BLUES[1][:3]
