# SPDX-FileCopyrightText: 2026 The cogmill authors
# SPDX-License-Identifier: Apache-2.0
"""Which pixels are data: what one GeoTIFF cannot say of several bands is refused, not lost."""
import numpy as np
import pytest
import scenes
import yaml
from osgeo import gdal

COMMANDS = ("convert", "reproject", "mosaic")


def virtual(path, source, nodata):
    """A VRT of `source` whose bands have these nodata values. @return its path"""
    dataset = gdal.Translate(str(path), str(source), format="VRT")
    for number, value in enumerate(nodata, 1):
        if value is not None:
            dataset.GetRasterBand(number).SetNoDataValue(value)
    dataset = None
    return str(path)


@pytest.fixture
def quiet(cogmill):
    """Inputs here are VRTs, which GDAL reads, with a notice."""
    return lambda *words, **how: cogmill(*words, **{"warns": None, **how})


@pytest.mark.parametrize("out", ["out.tif", "out.vrt"])
@pytest.mark.parametrize("command", COMMANDS)
def test_nodata_differs_by_band(cogmill, tmp_path, command, out):
    scenes.write(tmp_path / "in.tif", scenes.ramp(3, 60, 80, np.uint8))
    source = virtual(tmp_path / "in.vrt", tmp_path / "in.tif", (70, None, 90))
    cogmill.fails(command, source, out, code=1, words=[
        "band 1: 70", "band 2: none", "band 3: 90", "--dst-nodata VALUE"])


@pytest.mark.parametrize("command", COMMANDS)
def test_nodata_differs_and_one_is_chosen(quiet, tmp_path, command):
    pixels = scenes.ramp(3, 60, 80, np.uint8)
    scenes.write(tmp_path / "in.tif", pixels)
    source = virtual(tmp_path / "in.vrt", tmp_path / "in.tif", (70, None, 90))
    quiet(command, source, "out.tif", "--dst-nodata", "255")
    assert [scenes.nodata_of(tmp_path / "out.tif", b) for b in (1, 2, 3)] == [255] * 3
    hidden = np.stack([scenes.read_mask(tmp_path / "out.tif", b) == 0 for b in (1, 2, 3)])
    assert (pixels != 255).all()
    np.testing.assert_array_equal(hidden, [pixels[0] == 70, pixels[1] < 0, pixels[2] == 90])


def test_nodata_of_a_computed_image_is_its_own(quiet, tmp_path):
    pixels = scenes.ramp(2, 60, 80, np.uint8)
    scenes.write(tmp_path / "in.tif", pixels)
    source = virtual(tmp_path / "in.vrt", tmp_path / "in.tif", (70, 75))
    quiet("calc", "-i", source, "--calc", "b1 + b2", "out.tif")
    np.testing.assert_array_equal(np.isnan(scenes.read(tmp_path / "out.tif")[0]),
                                  (pixels[0] == 70) | (pixels[1] == 75))


def test_nodata_that_no_pixel_has_may_differ(quiet, tmp_path):
    scenes.write(tmp_path / "in.tif", scenes.ramp(2, 60, 80, np.uint8))
    quiet("convert", virtual(tmp_path / "in.vrt", tmp_path / "in.tif", (None, -1)), "out.tif")
    assert scenes.read_mask(tmp_path / "out.tif").min() == 255


def test_alpha_needs_no_nodata(quiet, tmp_path):
    scenes.write(tmp_path / "in.tif", scenes.ramp(2, 60, 80, np.uint8), co=("ALPHA=YES",))
    quiet("convert", virtual(tmp_path / "in.vrt", tmp_path / "in.tif", (70, None)), "out.tif")
    assert scenes.nodata_of(tmp_path / "out.tif") == 70


def band_masks(path, bands, hidden, sidecar):
    """A file whose bands have masks of their own: `hidden` are the rows hidden in each.
    @param sidecar a .msk, or masks in a VRT   @return its path"""
    base = scenes.write(path.with_suffix(".tif"), scenes.ramp(bands, 60, 80, np.uint8))
    if not sidecar:
        masks = np.full((bands, 60, 80), 255, np.uint8)
        for mask, rows in zip(masks, hidden):
            mask[rows] = 0
        masks = scenes.write(path.with_name("masks.tif"), masks)
        dataset = gdal.Translate(str(path.with_suffix(".vrt")), base, format="VRT")
        source = """<SimpleSource><SourceFilename relativeToVRT="1">masks.tif</SourceFilename>
            <SourceBand>{}</SourceBand></SimpleSource>"""
        for number in range(1, bands + 1):
            band = dataset.GetRasterBand(number)
            band.CreateMaskBand(0)
            band.GetMaskBand().SetMetadataItem("source_0", source.format(number), "new_vrt_sources")
            band = None
        dataset = None
        return str(path.with_suffix(".vrt"))
    gdal.SetConfigOption("GDAL_TIFF_INTERNAL_MASK", "NO")
    dataset = gdal.Open(base, gdal.GA_Update)
    for number, rows in enumerate(hidden, 1):
        band = dataset.GetRasterBand(number)
        band.CreateMaskBand(0)
        mask = np.full((60, 80), 255, np.uint8)
        mask[rows] = 0
        band.GetMaskBand().WriteArray(mask)
        band = None
    dataset = None
    gdal.SetConfigOption("GDAL_TIFF_INTERNAL_MASK", None)
    return base


SIDECAR = pytest.mark.parametrize("sidecar", [True, False])


@SIDECAR
@pytest.mark.parametrize("command", COMMANDS + ("calc",))
def test_masks_of_single_bands(cogmill, tmp_path, command, sidecar):
    path = band_masks(tmp_path / "in", 2, (slice(0, 20), slice(30, 60)), sidecar)
    assert (scenes.read_mask(path, 1) != scenes.read_mask(path, 2)).any()
    words = ("-i", path, "--calc", "A * 2") if command == "calc" else (path,)
    cogmill.fails(command, *words, "out.tif", code=1, words=[
        "in.(tif|vrt) has a mask for each band", "gdal_translate -of VRT -b 1 -mask mask,1"])
    assert "one for each band" in cogmill("info", path).stdout


@SIDECAR
@pytest.mark.parametrize("command", COMMANDS)
def test_the_mask_of_the_only_band(quiet, tmp_path, command, sidecar):
    path = band_masks(tmp_path / "in", 1, (slice(7, 30),), sidecar)
    quiet(command, path, "out.tif")
    want = np.full((60, 80), 255)
    want[7:30] = 0
    np.testing.assert_array_equal(scenes.read_mask(tmp_path / "out.tif"), want)
    quiet("calc", "-i", path, "--calc", "A", "nan.tif")
    np.testing.assert_array_equal(np.isnan(scenes.read(tmp_path / "nan.tif")[0]), want == 0)


def test_the_advice_for_masks_of_single_bands(quiet, tmp_path):
    path = band_masks(tmp_path / "in", 2, (slice(0, 20), slice(30, 60)), True)
    for band in (1, 2):
        gdal.Translate(str(tmp_path / f"{band}.vrt"), path, format="VRT", bandList=[band],
                       maskBand=f"mask,{band}")
    quiet("calc", "-i", "A=1.vrt", "-i", "B=2.vrt", "--calc", "A", "--calc", "B", "out.tif")
    hidden = np.isnan(scenes.read(tmp_path / "out.tif"))
    assert hidden[0, :20].all() and not hidden[0, 20:].any()
    assert hidden[1, 30:].all() and not hidden[1, :30].any()


def run_empty(cogmill, words, want, record, **how):
    """Runs with a record. @return the warnings about emptiness; exactly one is demanded if `want`"""
    run = cogmill(*words, "--record", record, "--overwrite", warns=None, **how)
    said = [line for line in run.warnings if "is valid" in line or "every pixel of" in line]
    assert len(said) == want, str(run)
    empty = yaml.safe_load((cogmill.folder / record).read_text())["outputs"]["empty"]
    assert empty == (want == 1)
    return said


def one_pixel(path, name, bands, empty, where, **how):
    """Nodata but for one pixel of one band. @return its path"""
    pixels = np.full((bands, 500, 700), empty, scenes.NUMPY[name])
    if where:
        pixels[where] = 7
    return scenes.write(path, pixels, scenes.TYPES[name], **how)


EMPTY = [("Byte", 0, 0), ("Int16", -5, -5), ("Float32", float("nan"), None),
         ("Float64", -1.5, -1.5), ("UInt64", 2**64 - 1, 2**64 - 1)]


@pytest.mark.parametrize("options", [(), ("INTERLEAVE=BAND",), ("SPARSE_OK=TRUE",)])
@pytest.mark.parametrize("name,empty,nodata", EMPTY)
@pytest.mark.parametrize("command,out", [("convert", "o.tif"), ("convert", "o.vrt"), ("reproject", "o.tif"),
                                         ("mosaic", "o.tif"), ("calc", "o.tif")])
def test_nothing_but_nodata(cogmill, tmp_path, command, out, name, empty, nodata, options):
    co = sum((["--co", o] for o in ("BLOCKSIZE=128", *options)), [])
    for where in (None, (1, 480, 333)):
        path = one_pixel(tmp_path / "in.tif", name, 2, empty, where, nodata=nodata)
        source = ("-i", path, "--calc", "b1", "--calc", "b2") if command == "calc" else (path,)
        grid = ("--resolution", "29") if command in ("reproject", "mosaic") else ()
        said = run_empty(cogmill, (command, *source, out, *grid, *co), where is None, "r.yaml")
        untold = command == "reproject" and nodata is None
        words = f"every pixel of {out} is 0 or NaN" if untold else f"not one pixel of {out} is valid"
        assert all(words in line for line in said)


@pytest.mark.parametrize("ranks", [2, 3])
@pytest.mark.parametrize("out", ["o.tif", "o.vrt"])
def test_nothing_but_nodata_on_ranks(cogmill, tmp_path, out, ranks):
    for where in (None, (0, 20, 30), (0, 1480, 600)):
        pixels = np.zeros((1, 1500, 700), np.uint16)
        if where:
            pixels[where] = 7
        path = scenes.write(tmp_path / "in.tif", pixels, nodata=0)
        run_empty(cogmill, ("convert", path, out, "--co", "BLOCKSIZE=128"), where is None, "r.yaml", np=ranks)


@pytest.mark.parametrize("kind", ["mask", "alpha"])
@pytest.mark.parametrize("options", [(), ("INTERLEAVE=BAND",), ("SPARSE_OK=TRUE",), ("INTERLEAVE=BAND", "SPARSE_OK=TRUE")])
def test_nothing_but_hidden(cogmill, tmp_path, kind, options):
    co = sum((["--co", o] for o in ("BLOCKSIZE=128", *options)), [])
    for shown in (False, True):
        hide = np.zeros((300, 400), np.uint8)
        hide[250, 399] = 255 if shown else 0
        pixels = np.zeros((2, 300, 400), np.uint8)  # what is shown may be 0 itself
        how = {"mask": hide} if kind == "mask" else {"co": ("ALPHA=YES",)}
        if kind == "alpha":
            pixels[1] = hide
        path = scenes.write(tmp_path / "in.tif", pixels, **how)
        run_empty(cogmill, ("convert", path, "o.tif", *co), not shown, "r.yaml")


@pytest.mark.parametrize("name", ["Byte", "Float32", "CFloat32"])
def test_zeros_are_data_where_nothing_is_resampled(cogmill, tmp_path, name):
    path = one_pixel(tmp_path / "in.tif", name, 1, 0, None)
    for options in ((), ("--co", "SPARSE_OK=TRUE")):
        run_empty(cogmill, ("convert", path, "o.tif", *options), 0, "r.yaml")


def test_no_source_anywhere(cogmill, tmp_path):
    """Without nodata, mask or alpha a resampled image is 0 where no source is."""
    pixels = np.zeros((1, 100, 100), np.uint8)
    pixels[:, 50:] = 9
    path = scenes.write(tmp_path / "in.tif", pixels, transform=(500000, 10, 0, 4000000, 0, -10))
    empty = ("--bbox", "500000,3999600,501000,4000000")
    said = run_empty(cogmill, ("reproject", path, "o.tif", *empty), 1, "r.yaml")
    assert "every pixel of o.tif is 0" in said[0]
    run_empty(cogmill, ("reproject", path, "o.tif", "--bbox", "500000,3999000,501000,4000000"), 0, "r.yaml")
