# SPDX-FileCopyrightText: 2026 The cogmill authors
# SPDX-License-Identifier: Apache-2.0
"""Compound CRSs: the codes of the whole and of its two parts arrive in every output."""
import numpy as np
import pytest
from osgeo import gdal, osr
from scenes import read, write

# A compound CRS, its horizontal part and its heights in the EPSG's registry, and a place there.
LAMBERT = ("EPSG:5698", 2154, 5720, (700000, 25, 0, 6600000, 0, -25))
DEGREES = ("EPSG:7423", 4258, 5621, (10, 0.01, 0, 52, 0, -0.01))
GAUSS = ("EPSG:5556", 25833, 5783, (400000, 20, 0, 5800000, 0, -20))
EGM96 = ("EPSG:9707", 4326, 5773, (7, 0.01, 0, 46, 0, -0.01))
ALL = [LAMBERT, DEGREES, GAUSS, EGM96]


def plane():
    return np.arange(30 * 40, dtype=np.float32).reshape(1, 30, 40)


def codes(path):
    """(compound or not, horizontal code, vertical code)"""
    dataset = gdal.Open(str(path))
    crs = dataset.GetSpatialRef()
    horizontal = crs.GetAuthorityCode("PROJCS" if crs.IsProjected() else "GEOGCS")
    vertical = crs.GetAuthorityCode("VERT_CS")
    return bool(crs.IsCompound()), int(horizontal or 0), int(vertical or 0)


@pytest.mark.parametrize("format", ["COG", "GTiff"])
@pytest.mark.parametrize("words", [["reproject"], ["mosaic"], ["convert"], ["calc", "--calc", "A", "-i"]],
                         ids=lambda w: w[0])
@pytest.mark.parametrize("which", ALL, ids=lambda w: w[0])
def test_codes_of_the_output(cogmill, tmp_path, words, which, format):
    name, horizontal, vertical, place = which
    write(tmp_path / "in.tif", plane(), epsg=horizontal, transform=place)
    source = "A=in.tif" if "calc" in words else "in.tif"
    cogmill(*words, source, "out.tif", "--dst-crs", name, "--of", format)
    assert codes(tmp_path / "out.tif") == (True, horizontal, vertical)
    assert np.array_equal(read(tmp_path / "out.tif"), plane())
    assert not (tmp_path / "out.tif.aux.xml").exists()


def in_wkt2(tmp_path, which):
    """A source that says WKT2 with the code of the whole alone, as PROJ and many programs write it."""
    name, horizontal, _, place = which
    write(tmp_path / "in.tif", plane(), epsg=horizontal, transform=place)
    crs = osr.SpatialReference()
    crs.SetFromUserInput(name)
    wkt = crs.ExportToWkt(["FORMAT=WKT2_2019", "MULTILINE=NO"]).replace("&", "&amp;").replace('"', "&quot;")
    gdal.Translate(str(tmp_path / "in.vrt"), str(tmp_path / "in.tif"), format="VRT")
    text = (tmp_path / "in.vrt").read_text()
    start, end = text.index("<SRS"), text.index("</SRS>")
    (tmp_path / "in.vrt").write_text(f'{text[:start]}<SRS dataAxisToSRSAxisMapping="1,2,3">{wkt}{text[end:]}')


@pytest.mark.parametrize("words", [["convert"], ["convert", "--of", "GTiff"], ["reproject"], ["mosaic"],
                                   ["calc", "--calc", "A", "-i"]], ids=" ".join)
@pytest.mark.parametrize("which", [LAMBERT, DEGREES], ids=lambda w: w[0])
def test_codes_of_a_source(cogmill, tmp_path, words, which):
    in_wkt2(tmp_path, which)
    source = "A=in.vrt" if "calc" in words else "in.vrt"
    cogmill(*words, source, "out.tif", warns=None)  # a VRT is read by GDAL
    assert codes(tmp_path / "out.tif") == (True, which[1], which[2])
    assert not (tmp_path / "out.tif.aux.xml").exists()


def test_vrt_of_parts(cogmill, tmp_path):
    write(tmp_path / "in.tif", plane(), epsg=2154, transform=LAMBERT[3])
    cogmill("reproject", "in.tif", "out.vrt", "--of", "VRT", "--dst-crs", "EPSG:5698", warns=None)
    assert codes(tmp_path / "out.vrt") == (True, 2154, 5720)


def test_like_a_file_with_heights(cogmill, tmp_path):
    write(tmp_path / "in.tif", plane(), epsg=2154, transform=LAMBERT[3])
    cogmill("reproject", "in.tif", "like.tif", "--dst-crs", "EPSG:5698")
    cogmill("reproject", "in.tif", "out.tif", "--like", "like.tif")
    assert codes(tmp_path / "out.tif") == (True, 2154, 5720)
