# SPDX-FileCopyrightText: 2026 The cogmill authors
# SPDX-License-Identifier: Apache-2.0
"""convert: what belongs to the pixels survives: georeference, nodata, masks, names, colours, tags."""
import struct

import numpy as np
import pytest
import scenes
from checks import gdal_validate
from osgeo import gdal, osr


@pytest.fixture
def convert(cogmill, tmp_path):
    """convert(path): the open output; the validator has seen it."""
    def run(path, *options, **how):
        cogmill("convert", path, "out.tif", "--co", "BLOCKSIZE=128", *options, **how)
        gdal_validate(tmp_path / "out.tif")
        return gdal.Open(str(tmp_path / "out.tif"))
    return run


@pytest.mark.parametrize("epsg", [32621, 4326, 3857, 2056, 7415, None])
def test_crs(convert, tmp_path, epsg):
    transform = (6.1, 1e-4, 0, 46.9, 0, -1e-4) if epsg == 4326 else scenes.TRANSFORM
    path = scenes.write(tmp_path / "in.tif", scenes.ramp(1, 200, 300), epsg=epsg, transform=transform)
    out, source = convert(path), gdal.Open(path)
    assert out.GetGeoTransform() == source.GetGeoTransform() == transform
    if epsg is None:
        assert out.GetSpatialRef() is None
    else:
        assert out.GetSpatialRef().IsSame(source.GetSpatialRef()) == 1
        assert out.GetSpatialRef().GetAuthorityCode(None) == source.GetSpatialRef().GetAuthorityCode(None)


def test_custom_crs(convert, tmp_path):
    def dress(dataset):
        system = osr.SpatialReference()
        system.ImportFromProj4("+proj=laea +lat_0=12 +lon_0=-34 +ellps=GRS80 +units=m")
        dataset.SetSpatialRef(system)
    path = scenes.write(tmp_path / "in.tif", scenes.ramp(1, 50, 60), dress=dress, epsg=None)
    assert convert(path).GetSpatialRef().IsSame(gdal.Open(path).GetSpatialRef()) == 1


def test_rotated_geotransform(convert, tmp_path):
    rotated = (500000.0, 20.0, 7.0, 4500000.0, 7.0, -20.0)
    path = scenes.write(tmp_path / "in.tif", scenes.ramp(1, 200, 300), transform=rotated)
    assert convert(path).GetGeoTransform() == pytest.approx(rotated, rel=1e-12)


def test_no_geotransform(convert, tmp_path):
    path = scenes.write(tmp_path / "in.tif", scenes.ramp(1, 200, 300), transform=None, epsg=None)
    assert convert(path).GetGeoTransform(can_return_null=True) is None


@pytest.mark.parametrize("where", ["Point", "Area"])
def test_pixel_is_point_or_area(convert, tmp_path, where):
    path = scenes.write(tmp_path / "in.tif", scenes.ramp(1, 200, 300),
                        dress=lambda d: d.SetMetadataItem("AREA_OR_POINT", where))
    out = convert(path)
    assert out.GetMetadataItem("AREA_OR_POINT") == where
    assert out.GetGeoTransform() == scenes.TRANSFORM


NODATA = [("Byte", 0), ("Byte", 255), ("Int16", -32768), ("UInt16", 65535), ("Float32", float("nan")),
          ("Float32", -9999.0), ("Float32", -3.4028234663852886e+38), ("Float64", float("-inf")),
          ("Float64", 1e-300), ("UInt64", 2**64 - 1), ("Int64", -2**63), ("UInt32", 2**32 - 1)]


@pytest.mark.parametrize("name,value", NODATA)
def test_nodata(convert, tmp_path, name, value):
    dtype = scenes.NUMPY[name]
    pixels = scenes.ramp(2, 200, 300, dtype)
    pixels[:, 50:150, 100:290] = dtype(value)
    path = scenes.write(tmp_path / "in.tif", pixels, scenes.TYPES[name], nodata=value)
    out, source = convert(path), gdal.Open(path)
    for number in (1, 2):
        np.testing.assert_equal(out.GetRasterBand(number).GetNoDataValue(),
                                source.GetRasterBand(number).GetNoDataValue())
    np.testing.assert_array_equal(out.ReadAsArray(), pixels)
    # A pixel of an overview is nodata only where all pixels below it are.
    level = out.GetRasterBand(1).GetOverview(0)
    np.testing.assert_array_equal(level.GetMaskBand().ReadAsArray()[25:75, 50:145], 0)
    assert level.GetMaskBand().ReadAsArray()[:25].all()


def test_dst_and_src_nodata(cogmill, tmp_path):
    pixels = scenes.ramp(1, 100, 120, np.int16)
    pixels[0, :10] = -1
    path = scenes.write(tmp_path / "in.tif", pixels)
    cogmill("convert", path, "out.tif", "--src-nodata", "-1", "--dst-nodata", "-32768")
    out = gdal.Open(str(tmp_path / "out.tif"))
    assert out.GetRasterBand(1).GetNoDataValue() == -32768
    pixels[pixels == -1] = -32768
    np.testing.assert_array_equal(out.ReadAsArray(), pixels[0])


def half_mask(height=300, width=400):
    mask = np.full((height, width), 255, np.uint8)
    mask[:, :width // 3] = 0
    mask[height // 2:height // 2 + 5] = 0
    return mask


@pytest.mark.parametrize("sidecar", [False, True])
@pytest.mark.parametrize("interleave", ["PIXEL", "BAND"])
@pytest.mark.parametrize("bands", [1, 3])
def test_mask(convert, tmp_path, sidecar, interleave, bands):
    path = scenes.write(tmp_path / "in.tif", scenes.ramp(bands, 300, 400, np.uint8), mask=half_mask(),
                        sidecar_mask=sidecar)
    assert (tmp_path / "in.tif.msk").exists() == sidecar
    out = convert(path, "--co", f"INTERLEAVE={interleave}")
    assert not (tmp_path / "out.tif.msk").exists()
    assert out.GetRasterBand(1).GetMaskFlags() == gdal.GMF_PER_DATASET
    np.testing.assert_array_equal(out.GetRasterBand(1).GetMaskBand().ReadAsArray(), half_mask())
    valid = half_mask() == 255
    np.testing.assert_array_equal(scenes.read(tmp_path / "out.tif")[:, valid], scenes.read(path)[:, valid])
    assert out.GetRasterBand(1).GetOverview(0).GetMaskFlags() == gdal.GMF_PER_DATASET
    overview_mask = out.GetRasterBand(1).GetOverview(0).GetMaskBand().ReadAsArray()
    assert (overview_mask[:, :65] == 0).all() and (overview_mask[:70, 70:] == 255).all()


def test_alpha(convert, tmp_path):
    pixels = scenes.ramp(4, 300, 400, np.uint8)
    pixels[3] = half_mask()
    path = scenes.write(tmp_path / "in.tif", pixels, co=scenes.TILED + ("PHOTOMETRIC=RGB", "ALPHA=YES"))
    out = convert(path)
    assert [out.GetRasterBand(i).GetColorInterpretation() for i in (1, 2, 3, 4)] == [
        gdal.GCI_RedBand, gdal.GCI_GreenBand, gdal.GCI_BlueBand, gdal.GCI_AlphaBand]
    np.testing.assert_array_equal(out.ReadAsArray(), pixels)


def test_names_units_scale_and_offset(convert, tmp_path):
    def dress(dataset):
        for number in (1, 2, 3):
            band = dataset.GetRasterBand(number)
            band.SetScale(0.0001 * number)
            band.SetOffset(-0.1 * number)
            band.SetUnitType("W/m2" if number == 1 else "K")
    path = scenes.write(tmp_path / "in.tif", scenes.ramp(3, 200, 300), dress=dress,
                        descriptions=("red", "Nahes Infrarot, µm", "B<11> & \"x\""))
    out, source = convert(path), gdal.Open(path)
    for number in (1, 2, 3):
        a, b = out.GetRasterBand(number), source.GetRasterBand(number)
        assert (a.GetDescription(), a.GetScale(), a.GetOffset(), a.GetUnitType()) == (
            b.GetDescription(), b.GetScale(), b.GetOffset(), b.GetUnitType())


def test_colour_table(convert, tmp_path):
    def dress(dataset):
        table = gdal.ColorTable()
        for i in range(256):
            table.SetColorEntry(i, (i, 255 - i, (i * 7) % 256, 255))
        dataset.GetRasterBand(1).SetColorTable(table)
    classes = (np.add.outer(np.arange(300) // 20, np.arange(400) // 30) % 9).astype(np.uint8)
    path = scenes.write(tmp_path / "in.tif", classes, dress=dress, co=scenes.TILED + ("PHOTOMETRIC=PALETTE",))
    out, source = convert(path), gdal.Open(path)
    assert out.GetRasterBand(1).GetColorInterpretation() == gdal.GCI_PaletteIndex
    tables = [d.GetRasterBand(1).GetColorTable() for d in (out, source)]
    assert [tables[0].GetColorEntry(i) for i in range(256)] == [tables[1].GetColorEntry(i) for i in range(256)]
    # Classes are picked, never averaged: every overview value is one of the pixels below it.
    level = scenes.read(tmp_path / "out.tif", 0)[0]
    blocks = np.stack([classes[i:300:2, j:400:2] for i in (0, 1) for j in (0, 1)])
    assert (blocks == level).any(axis=0).all()


def test_metadata_domains(convert, tmp_path):
    def dress(dataset):
        dataset.SetMetadata({"ACQUIRED": "2020-05-18", "SENSOR": "OLI <TIRS> & \"more\""})
        dataset.SetMetadata({"deep": "water"}, "MY_DOMAIN")
        dataset.SetMetadata(["<root><child a='1'>text</child></root>"], "xml:THINGS")
        dataset.GetRasterBand(2).SetMetadata({"WAVELENGTH": "865"})
    path = scenes.write(tmp_path / "in.tif", scenes.ramp(2, 200, 300), dress=dress)
    out, source = convert(path), gdal.Open(path)
    for domain in ("", "MY_DOMAIN"):
        assert source.GetMetadata(domain).items() <= out.GetMetadata(domain).items()
    assert out.GetMetadata("xml:THINGS") == source.GetMetadata("xml:THINGS")
    assert out.GetRasterBand(2).GetMetadataItem("WAVELENGTH") == "865"


def test_rpc(convert, tmp_path):
    coefficients = " ".join(["1"] + ["0.001"] * 19)
    rpc = {"LINE_OFF": "100", "SAMP_OFF": "150", "LAT_OFF": "46.5", "LONG_OFF": "6.5",
           "HEIGHT_OFF": "400", "LINE_SCALE": "100", "SAMP_SCALE": "150", "LAT_SCALE": "0.1",
           "LONG_SCALE": "0.1", "HEIGHT_SCALE": "500", "LINE_NUM_COEFF": coefficients,
           "LINE_DEN_COEFF": coefficients, "SAMP_NUM_COEFF": coefficients, "SAMP_DEN_COEFF": coefficients}
    path = scenes.write(tmp_path / "in.tif", scenes.ramp(1, 200, 300), transform=None, epsg=None,
                        dress=lambda d: d.SetMetadata(rpc, "RPC"))
    out, source = convert(path).GetMetadata("RPC"), gdal.Open(path).GetMetadata("RPC")
    assert source and set(source) <= set(out)
    for key, value in source.items():
        assert [float(v) for v in out[key].split()] == [float(v) for v in value.split()], key


def test_ground_control_points(convert, tmp_path):
    points = [gdal.GCP(6.1 + i * 0.01, 46.2 - j * 0.01, 0, i * 100 + 0.5, j * 60, "", str(i + 10 * j))
              for i in range(3) for j in range(3)]
    path = scenes.write(tmp_path / "in.tif", scenes.ramp(1, 200, 300), transform=None, epsg=None,
                        dress=lambda d: d.SetGCPs(points, scenes.crs(4326)))
    out = convert(path)
    assert [(p.GCPX, p.GCPY, p.GCPPixel, p.GCPLine) for p in out.GetGCPs()] == [
        (p.GCPX, p.GCPY, p.GCPPixel, p.GCPLine) for p in gdal.Open(path).GetGCPs()]
    assert len(out.GetGCPs()) == 9
    assert out.GetGCPSpatialRef().IsSame(gdal.Open(path).GetGCPSpatialRef()) == 1


def places(path):
    dataset = gdal.Open(str(path))
    return [(p.GCPX, p.GCPY, p.GCPZ, p.GCPPixel, p.GCPLine) for p in dataset.GetGCPs()]


@pytest.mark.parametrize("out", ["out.tif", "out.vrt"])
@pytest.mark.parametrize("count", [7, 11111])  # TIFF tags have room for 10922
@pytest.mark.parametrize("where", ["Point", "Area"])
def test_ground_control_points_stay(cogmill, tmp_path, where, count, out):
    points = [gdal.GCP(6 + i * 1e-4, 46 + (i * i % 97) * 1e-3, i % 5, i * 0.25, i % 199 + 0.125, "", str(i))
              for i in range(count)]
    scenes.write(tmp_path / "in.tif", scenes.ramp(1, 200, 300), transform=None, epsg=None)
    source = gdal.Translate(str(tmp_path / "in.vrt"), str(tmp_path / "in.tif"), format="VRT")
    source.SetMetadataItem("AREA_OR_POINT", where)
    system = scenes.crs(4326)
    system.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    source.SetGCPs(points, system)
    source = None
    run = cogmill("convert", "in.vrt", out, "--co", "BLOCKSIZE=128", warns=True)
    assert ("11111 GCPs" in run.stderr) == (count == 11111)
    cogmill("convert", out, "again.tif", "--co", "BLOCKSIZE=128", warns=None)
    want = places(tmp_path / "in.vrt")
    assert len(want) == count
    for path in (out, "again.tif"):
        assert places(tmp_path / path) == want
        dataset = gdal.Open(str(tmp_path / path))
        assert dataset.GetMetadataItem("AREA_OR_POINT") == where
        assert dataset.GetGCPSpatialRef().IsSame(system) == 1


def test_ground_control_points_of_pieces(cogmill, tmp_path):
    points = [gdal.GCP(6 + i * 1e-3, 46 - i * 2e-3, 0, i * 3, i * 5 % 601) for i in range(12000)]
    scenes.write(tmp_path / "in.tif", scenes.ramp(1, 3000, 300), transform=None, epsg=None)
    source = gdal.Translate(str(tmp_path / "in.vrt"), str(tmp_path / "in.tif"), format="VRT")
    source.SetGCPs(points, scenes.crs(4326))
    source = None
    cogmill("convert", "in.vrt", "out.vrt", "--co", "BLOCKSIZE=128", np=2, warns=True)
    assert len(list(tmp_path.glob("out_*.tif"))) == 2
    want = places(tmp_path / "in.vrt")
    assert places(tmp_path / "out.vrt") == places(tmp_path / "out_00000.tif") == want
    top = gdal.Open(str(tmp_path / "out_00000.tif")).RasterYSize
    assert places(tmp_path / "out_00001.tif") == [(*p[:4], p[4] - top) for p in want]


def test_colour_interpretation(convert, tmp_path):
    colours = (gdal.GCI_BlueBand, gdal.GCI_GreenBand, gdal.GCI_RedBand)

    def dress(dataset):
        for number, colour in enumerate(colours, 1):
            dataset.GetRasterBand(number).SetColorInterpretation(colour)
    path = scenes.write(tmp_path / "in.tif", scenes.ramp(3, 200, 300), dress=dress)
    out = convert(path)
    assert tuple(out.GetRasterBand(i).GetColorInterpretation() for i in (1, 2, 3)) == colours


# --- what TIFF or the output cannot say -------------------------------------------------------------

@pytest.mark.parametrize("command", ["convert", "reproject", "mosaic", "calc"])
def test_a_turned_picture_is_said(cogmill, tmp_path, command):
    """The pixels stay as GDAL reads them, and so does the geotransform."""
    path = scenes.write(tmp_path / "in.tif", scenes.ramp(1, 50, 60))
    scenes.write(tmp_path / "turned.tif", scenes.ramp(1, 50, 60))
    data = bytearray((tmp_path / "turned.tif").read_bytes())
    add_short_tag(tmp_path / "turned.tif", data, 274, 6)
    words = {"convert": ["convert", "turned.tif"], "reproject": ["reproject", "turned.tif", "--resolution", "30"],
             "mosaic": ["mosaic", "in.tif", "turned.tif"], "calc": ["calc", "-i", "turned.tif", "--calc", "b1+1"]}[command]
    said = cogmill(*words, "out.tif", warns=True).warnings
    assert len([line for line in said if "Orientation 6" in line]) == 1
    assert "Orientation 6" in cogmill("info", "turned.tif").stdout
    if command == "convert":
        assert (scenes.read(tmp_path / "out.tif") == scenes.read(path)).all()


def add_short_tag(path, data, tag, value):
    """Puts the first directory, with one more tag in its place, at the end of the file."""
    ifd, = struct.unpack_from("<I", data, 4)
    count, = struct.unpack_from("<H", data, ifd)
    entries = [bytes(data[ifd + 2 + 12 * i:ifd + 14 + 12 * i]) for i in range(count)]
    entries.append(struct.pack("<HHIHH", tag, 3, 1, value, 0))
    entries.sort(key=lambda entry: struct.unpack_from("<H", entry)[0])
    data += bytes(len(data) % 2)
    struct.pack_into("<I", data, 4, len(data))
    data += struct.pack("<H", count + 1) + b"".join(entries) + bytes(4)
    path.write_bytes(data)


@pytest.mark.parametrize("output", ["out.tif", "out.vrt"])
def test_the_opacity_of_colours_is_said(cogmill, tmp_path, output):
    """A PNG with one colour that is not there at all has a nodata value instead."""
    def with_alpha(alpha, nodata=None):
        def dress(dataset):
            table = gdal.ColorTable()
            for number, colour in enumerate([(7, 8, 9, 255), (200, 10, 10, alpha), (10, 200, 10, 255)]):
                table.SetColorEntry(number, colour)
            dataset.GetRasterBand(1).SetColorTable(table)
            if nodata is not None:
                dataset.GetRasterBand(1).SetNoDataValue(nodata)
        return dress
    pixels = np.tile(np.arange(3, dtype=np.uint8), (1, 60, 20))
    for name, alpha in (("half", 128), ("none", 0), ("full", 255)):
        dataset = gdal.GetDriverByName("MEM").Create("", 60, 60, 1)
        with_alpha(alpha)(dataset)
        dataset.GetRasterBand(1).WriteArray(pixels[0])
        gdal.GetDriverByName("PNG").CreateCopy(str(tmp_path / f"{name}.png"), dataset)
        said = cogmill("convert", f"{name}.png", output, "--overwrite", warns=None).warnings
        assert any("opacity" in line and "-expand rgba" in line for line in said) == (name == "half"), name
    scenes.write(tmp_path / "nodata.tif", pixels, dress=with_alpha(255, nodata=1), co=scenes.TILED)
    cogmill("convert", "nodata.tif", output, "--overwrite")
    cogmill("convert", "nodata.tif", output, "--overwrite", "--dst-nodata", "2", warns=None)


@pytest.mark.parametrize("bits,kind", [(1, np.uint8), (5, np.uint8), (12, np.uint16)])
def test_samples_of_few_bits_become_whole_ones(cogmill, tmp_path, bits, kind):
    """The values stay, and nothing is said: the difference is in size alone."""
    pixels = np.random.default_rng(bits).integers(0, 2**bits, (1, 70, 90)).astype(kind)
    scenes.write(tmp_path / "in.tif", pixels, co=(f"NBITS={bits}",))
    said = cogmill("convert", "in.tif", "out.tif", warns=None).warnings
    assert all("through GDAL" in line for line in said)
    assert (scenes.read(tmp_path / "out.tif") == pixels).all()
    dataset = gdal.Open(str(tmp_path / "out.tif"))
    assert dataset.GetRasterBand(1).GetMetadataItem("NBITS", "IMAGE_STRUCTURE") is None


def test_a_picture_of_one_column(cogmill, tmp_path):
    """GDAL's validator takes it. rio-cogeo compares widths only, which cannot halve here."""
    pixels = scenes.ramp(1, 3000, 1)
    scenes.write(tmp_path / "in.tif", pixels)
    cogmill("convert", "in.tif", "out.tif", warns=None)
    gdal_validate(tmp_path / "out.tif")
    assert scenes.levels(tmp_path / "out.tif") == [(1, 1500), (1, 750), (1, 375)]
    assert (scenes.read(tmp_path / "out.tif") == pixels).all()
