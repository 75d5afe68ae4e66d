# SPDX-FileCopyrightText: 2026 The cogmill authors
# SPDX-License-Identifier: Apache-2.0
"""calc: what is not there. Nodata values, NaN, masks, alpha, division by zero."""
import numpy as np
import pytest
import scenes
from checks import gdal_validate


@pytest.fixture
def planes(tmp_path):
    """Two bands Int16, nodata -1: in band 1 the left, in band 2 the top; zeros in the middle of 2."""
    pixels = scenes.ramp(2, 100, 120, np.int16) // 4 + 3000
    pixels[0, :, :20] = -1
    pixels[1, :30, :] = -1
    pixels[1, 60:70, 60:70] = 0
    scenes.write(tmp_path / "in.tif", pixels, nodata=-1)
    return pixels.astype(np.float64)


@pytest.fixture
def calc(cogmill, tmp_path):
    def run(expression, *options, source="in.tif", empty=False):
        cogmill("calc", "-i", f"A={source}", "--calc", expression, "out.tif", "--overwrite", *options, warns=empty)
        return scenes.read(tmp_path / "out.tif")[0]
    return run


def invalid(planes):
    return planes[0] == -1, planes[1] == -1


def test_any_nodata_operand_makes_nodata(calc, planes):
    left, top = invalid(planes)
    want = np.where(left | top, np.nan, planes[0] + planes[1])
    np.testing.assert_array_equal(calc("A[1] + A[2]"), want.astype(np.float32))
    want = np.where(left | top, np.nan, planes[0])
    np.testing.assert_array_equal(calc("A[1] + 0 * A[2]"), want.astype(np.float32))


def test_only_what_is_used_counts(calc, planes):
    left, _ = invalid(planes)
    np.testing.assert_array_equal(np.isnan(calc("A[1] * 2")), left)


def test_isnodata_asks(calc, planes):
    left, top = invalid(planes)
    np.testing.assert_array_equal(calc("isnodata(A[1])"), left)
    np.testing.assert_array_equal(calc("isnodata(A[1] + A[2])"), left | top)
    filled = np.where(left, 5, planes[0])
    np.testing.assert_array_equal(calc("isnodata(A[1]) ? 5 : A[1]"), filled)
    np.testing.assert_array_equal(calc("where(isnodata(A[1]), 5, A[1])"), filled)


def test_only_the_branch_taken_counts(calc, planes):
    left, top = invalid(planes)
    want = np.where(left, np.nan, np.where(planes[0] > 6000, planes[0], planes[1]))
    want[~left & (planes[0] <= 6000) & top] = np.nan
    np.testing.assert_array_equal(calc("A[1] > 6000 ? A[1] : A[2]"), want.astype(np.float32))
    np.testing.assert_array_equal(calc("where(A[1] > 6000, A[1], A[2])"), want.astype(np.float32))


def test_nodata_function_makes_nodata(calc, planes):
    left, _ = invalid(planes)
    want = np.where(left | (planes[0] > 6000), np.nan, planes[0])
    np.testing.assert_array_equal(calc("A[1] > 6000 ? nodata() : A[1]"), want.astype(np.float32))


def test_division_by_zero_is_nodata(calc, planes):
    left, top = invalid(planes)
    zero = planes[1] == 0
    np.testing.assert_array_equal(np.isnan(calc("A[1] / A[2]")), left | top | zero)
    np.testing.assert_array_equal(np.isnan(calc("(A[2] - A[2]) / A[2]")), top | zero)
    assert np.isnan(calc("sqrt(-1 - abs(A[2]))", empty=True)).all()


def test_integer_output_with_nodata(calc, planes, tmp_path):
    left, top = invalid(planes)
    got = calc("A[1] / A[2]", "--output-data-type", "Int16", "--dst-nodata", "-7")
    gone = left | top | (planes[1] == 0)
    with np.errstate(all="ignore"):
        want = np.where(gone, -7, np.floor(planes[0] / planes[1] + 0.5))
    np.testing.assert_array_equal(got, want)
    assert scenes.nodata_of(tmp_path / "out.tif") == -7


def test_float_output_with_a_nodata_value(calc, planes, tmp_path):
    left, _ = invalid(planes)
    np.testing.assert_array_equal(calc("A[1]", "--dst-nodata", "-9999"), np.where(left, -9999, planes[0]))
    assert scenes.nodata_of(tmp_path / "out.tif") == -9999


def test_src_nodata(calc, planes):
    left, _ = invalid(planes)
    got = calc("A[1]", "--src-nodata", "3100")
    np.testing.assert_array_equal(np.isnan(got), planes[0] == 3100)
    assert (got[left] == -1).all()


def test_nan_is_nodata(calc, tmp_path):
    pixels = scenes.ramp(1, 50, 60, np.float32)
    pixels[0, 10:20] = np.nan
    scenes.write(tmp_path / "nan.tif", pixels)
    np.testing.assert_array_equal(calc("A[1] + 1", source="nan.tif"), pixels[0] + 1)
    np.testing.assert_array_equal(calc("isnodata(A[1])", source="nan.tif"), np.isnan(pixels[0]))


@pytest.mark.parametrize("kind", ["mask", "sidecar", "alpha"])
def test_masks(calc, tmp_path, kind):
    mask = np.full((100, 120), 255, np.uint8)
    mask[:, 90:] = 0
    if kind == "alpha":
        pixels = scenes.ramp(4, 100, 120, np.uint8)
        pixels[3] = mask
        scenes.write(tmp_path / "m.tif", pixels, co=scenes.TILED + ("PHOTOMETRIC=RGB", "ALPHA=YES"))
    else:
        pixels = scenes.ramp(3, 100, 120, np.uint8)
        scenes.write(tmp_path / "m.tif", pixels, mask=mask, sidecar_mask=kind == "sidecar")
    got = calc("A[1] * 2", source="m.tif")
    np.testing.assert_array_equal(got, np.where(mask == 0, np.nan, pixels[0] * 2.0).astype(np.float32))
    gdal_validate(tmp_path / "out.tif")


def test_all_nodata(calc, tmp_path):
    scenes.write(tmp_path / "void.tif", np.zeros((1, 3000, 3000), np.uint8), nodata=0)
    assert np.isnan(calc("A[1] + 1", source="void.tif", empty=True)).all()
    assert (tmp_path / "out.tif").stat().st_size < 400_000
    gdal_validate(tmp_path / "out.tif")


def test_nodata_without_a_value_for_it_is_warned_of(cogmill, tmp_path):
    scenes.write(tmp_path / "in.tif", np.full((1, 64, 64), 10, np.uint8))
    line = ["calc", "-i", "in.tif", "out.tif", "--overwrite", "--ot", "Byte", "--calc"]
    for expression, warns in (("nodata", True), ("A > 5 ? nodata : 1", True), ("isnodata(A)", False)):
        run = cogmill(*line, expression, warns=warns)
        assert not warns or "--dst-nodata" in str(run.warnings)
    cogmill(*line, "A > 11 ? nodata : 1", "--dst-nodata", "0")


def test_complex_inputs_are_refused_at_once(cogmill, tmp_path):
    scenes.write(tmp_path / "in.tif", np.full((1, 64, 64), 3 + 4j, np.complex64), co=scenes.TILED)
    run = cogmill.fails("calc", "-i", "in.tif", "--calc", "A", "out.tif", code=1,
                        words=["in.tif", "complex", "AMPLITUDE"])
    assert not run.warnings
    cogmill("calc", "-i", "DERIVED_SUBDATASET:AMPLITUDE:in.tif", "--calc", "A", "out.tif", warns=None)
    assert (scenes.read(tmp_path / "out.tif") == 5).all()
