# SPDX-FileCopyrightText: 2026 The cogmill authors
# SPDX-License-Identifier: Apache-2.0
"""calc: band math against numpy."""
import numpy as np
import pytest
import scenes
from checks import gdal_validate, rio_validate
from osgeo import gdal

HEIGHT, WIDTH = 300, 400


@pytest.fixture(scope="module")
def scene(shared):
    """Four bands UInt16 without nodata, and the same as float64 planes."""
    path = scenes.vegetation(shared.folder / "in.tif", HEIGHT, WIDTH, nodata=None)
    return path, scenes.read(path).astype(np.float64)


@pytest.fixture(scope="module")
def calc(shared, scene):
    """calc(expressions...): the pixels of the output, without what is nodata (NaN)."""
    def run(*expressions, options=(), inputs=(("A", scene[0]),), np_=None):
        words = [w for name, path in inputs for w in ("-i", f"{name}={path}")]
        words += [w for e in expressions for w in ("--calc", e)]
        shared("calc", *words, *options, "out.tif", "--overwrite", np=np_)
        return scenes.read(shared.folder / "out.tif")
    return run


def close(got, want, rtol=2e-6):
    got = np.asarray(got, np.float64)
    np.testing.assert_array_equal(np.isnan(got), np.isnan(want))
    np.testing.assert_allclose(got, want, rtol=rtol, atol=1e-6 * (1 + np.nanmax(np.abs(want))) * 1e-2)


def with_nan(values):
    return np.where(np.isfinite(values), values, np.nan)


# --- operators and functions ----------------------------------------------------------------------

def table(a, b, c, d):
    """Expression -> what numpy says. a .. d are the bands."""
    with np.errstate(all="ignore"):
        return {
            "A[1] + A[2]": a + b, "A[1] - A[2]": a - b, "A[1] * A[2]": a * b, "A[1] / A[2]": a / b,
            "(A[4]-A[3])/(A[4]+A[3])": (d - c) / (d + c),
            "-A[1]": -a, "+A[1]": a, "--A[1]": a,
            "A[1] % 7": np.fmod(a, 7), "A[1] ^ 2": a**2, "2 ^ 3 ^ 2 + 0*A[1]": 512 + 0 * a,
            "-2 ^ 2 + 0*A[1]": -4 + 0 * a, "A[1] - A[2] - A[3]": a - b - c, "A[1] / A[2] * A[3]": a / b * c,
            "1 + 2 * 3 + 0*A[1]": 7 + 0 * a, "1.5e3 + .5 + 0*A[1]": 1500.5 + 0 * a,
            "A[1] < A[2]": a < b, "A[1] <= A[1]": a <= a, "A[1] > A[2]": a > b, "A[1] >= A[2]": a >= b,
            "A[1] == A[1]": a == a, "A[1] != A[1]": a != a,
            "A[1] > 8000 && A[2] > 8000": (a > 8000) & (b > 8000),
            "A[1] > 8000 || A[2] > 8500": (a > 8000) | (b > 8500), "!(A[1] > 8000)": ~(a > 8000),
            "A[1] > 8000 ? A[2] : A[3]": np.where(a > 8000, b, c),
            "A[1] > 8000 ? 1 : A[1] > 7000 ? 2 : 3": np.where(a > 8000, 1, np.where(a > 7000, 2, 3)),
            "where(A[1] > 8000, A[2], 0)": np.where(a > 8000, b, 0),
            "abs(A[1] - A[2])": abs(a - b), "sqrt(A[1])": np.sqrt(a), "exp(A[1] / 10000)": np.exp(a / 1e4),
            "ln(A[1])": np.log(a), "log10(A[1])": np.log10(a), "sin(A[1])": np.sin(a), "cos(A[1])": np.cos(a),
            "tan(A[1] / 1e5)": np.tan(a / 1e5), "asin(A[1] / 65536)": np.arcsin(a / 65536),
            "acos(A[1] / 65536)": np.arccos(a / 65536), "atan(A[1])": np.arctan(a),
            "atan2(A[1] - 8000, A[2])": np.arctan2(a - 8000, b),
            "floor(A[1] / 7)": np.floor(a / 7), "ceil(A[1] / 7)": np.ceil(a / 7),
            "round(A[1] / 4)": np.floor(a / 4 + 0.5),
            "min(A[1], A[2])": np.minimum(a, b), "max(A[1], A[2])": np.maximum(a, b),
            "clamp(A[1], 7000, 8000)": np.clip(a, 7000, 8000),
            "isnodata(A[1])": 0 * a, "b3 + 0": c, "nir - red": d - c,
        }


NAMES = list(table(*np.ones((4, 1, 1))))


@pytest.fixture(scope="module")
def all_expressions(calc, scene):
    """Every expression of the table as a band of one output: {expression: plane}."""
    planes = calc(*NAMES, options=["--output-data-type", "Float64"])
    return dict(zip(NAMES, planes)), table(*scene[1])


@pytest.mark.parametrize("expression", NAMES)
def test_expression(all_expressions, expression):
    got, want = all_expressions[0][expression], all_expressions[1][expression]
    close(got, with_nan(np.asarray(want, np.float64)), rtol=1e-12)


@pytest.mark.parametrize("expression", NAMES)
def test_expression_alone_in_float32(shared, scene, expression):
    if NAMES.index(expression) % 6:
        pytest.skip("one in six is enough")
    shared("calc", "-i", f"A={scene[0]}", "--calc", expression, "one.tif", "--overwrite")
    out = gdal.Open(str(shared.folder / "one.tif"))
    assert out.GetRasterBand(1).DataType == gdal.GDT_Float32
    close(out.ReadAsArray(), with_nan(np.asarray(table(*scene[1])[expression], np.float64)), rtol=1e-5)


def test_default_output(calc, shared):
    """Float32, NaN nodata, DEFLATE, predictor 3, tiles of 512, the CRS of the input, and a COG."""
    calc("A[1] / A[2]")
    out = gdal.Open(str(shared.folder / "out.tif"))
    band, structure = out.GetRasterBand(1), out.GetMetadata("IMAGE_STRUCTURE")
    assert band.DataType == gdal.GDT_Float32 and np.isnan(band.GetNoDataValue())
    assert structure["COMPRESSION"] == "DEFLATE" and structure["LAYOUT"] == "COG"
    assert structure.get("PREDICTOR", "3") == "3" and band.GetBlockSize() == [512, 512]
    assert out.GetSpatialRef().GetAuthorityCode(None) == "32621"
    assert out.GetGeoTransform() == scenes.TRANSFORM
    gdal_validate(shared.folder / "out.tif")


def test_outputs_validate(calc, shared):
    calc("A[1]", "A[2] / A[1]", "A[3]", options=["--co", "BLOCKSIZE=128"])
    gdal_validate(shared.folder / "out.tif")
    rio_validate(shared.folder / "out.tif")


def test_many_inputs(calc, shared, scene):
    paths = [scenes.write(shared.folder / f"extra{i}.tif", scenes.ramp(1, HEIGHT, WIDTH, dtype, seed=i), co=co)
             for i, (dtype, co) in enumerate([(np.uint8, ()), (np.int16, scenes.DEFLATE),
                                              (np.float32, scenes.TILED), (np.float64, ("COMPRESS=LZW",))])]
    planes = [scenes.read(p)[0].astype(np.float64) for p in paths]
    got = calc("A[1] + P + Q[1] * 2 + R - S", options=["--output-data-type", "Float64"],
               inputs=[("A", scene[0]), *zip("PQRS", paths)])
    close(got[0], scene[1][0] + planes[0] + planes[1] * 2 + planes[2] - planes[3], rtol=1e-12)


def test_same_file_under_two_names(calc, scene):
    got = calc("A[1] - Z[1]", inputs=[("A", scene[0]), ("Z", scene[0])])
    assert (got == 0).all()


def test_unnamed_input(shared, scene):
    shared("calc", "-i", scene[0], "--calc", "b1 * 2", "out.tif", "--overwrite")
    close(scenes.read(shared.folder / "out.tif")[0], scene[1][0] * 2)


def test_option_order_does_not_matter(shared, scene):
    shared("calc", "out.tif", "--overwrite", "--calc", "A[1]", "--input", f"A={scene[0]}")
    close(scenes.read(shared.folder / "out.tif")[0], scene[1][0])


# --- types and precision --------------------------------------------------------------------------

@pytest.mark.parametrize("target", ["Byte", "UInt16", "Int16", "UInt32", "Int32", "Float32", "Float64"])
def test_output_type(calc, scene, target):
    got = calc("A[1] - 8000.5", "A[2] * 1000 - 1e7", options=["--output-data-type", target])
    dtype = scenes.NUMPY[target]
    assert got.dtype == dtype
    for plane, values in zip(got, (scene[1][0] - 8000.5, scene[1][1] * 1000 - 1e7)):
        if np.issubdtype(dtype, np.integer):
            away = np.sign(values) * np.floor(np.abs(values) + 0.5)
            np.testing.assert_array_equal(plane, np.clip(away, np.iinfo(dtype).min, np.iinfo(dtype).max))
        else:
            close(plane, values)


def test_precision(calc, shared):
    """16777217 is the first integer that float32 does not have."""
    path = scenes.write(shared.folder / "big.tif", np.full((1, 20, 30), 16777217, np.int32))
    exact = calc("A[1] - 16777216", inputs=[("A", path)])
    assert (exact == 1).all(), "an Int32 operand is computed in float64 by itself"
    rounded = calc("A[1] - 16777216", inputs=[("A", path)], options=["--precision", "float32"])
    assert (rounded == 0).all()
    path = scenes.write(shared.folder / "third.tif", np.full((1, 20, 30), 1, np.uint8))
    single = calc("A[1] / 3 * 3 - 1 + A[1] / 3", inputs=[("A", path)], options=["--output-data-type", "Float64"])
    double = calc("A[1] / 3 * 3 - 1 + A[1] / 3", inputs=[("A", path)],
                  options=["--output-data-type", "Float64", "--precision", "float64"])
    assert abs(double[0, 0, 0] - 1 / 3) < 1e-15 and abs(single[0, 0, 0] - 1 / 3) < 1e-6


# --- more than one rank ---------------------------------------------------------------------------

@pytest.mark.parametrize("ranks", [1, 2, 4, 9])
def test_ranks(calc, scene, ranks):
    got = calc("(A[4]-A[3])/(A[4]+A[3])", np_=ranks, options=["--co", "BLOCKSIZE=128"])
    close(got[0], (scene[1][3] - scene[1][2]) / (scene[1][3] + scene[1][2]))


def test_job_without_mpirun_has_a_clean_stdout(shared, scene):
    run = shared("calc", "-i", f"A={scene[0]}", "--calc", "A[1]", "out.tif", "--overwrite")
    assert run.stdout == "", str(run)


# --- inputs that say little -----------------------------------------------------------------------

def albers(dataset, lat_0=40):
    from osgeo import osr
    system = osr.SpatialReference()
    system.ImportFromProj4(f"+proj=aea +lat_1=30 +lat_2=50 +lat_0={lat_0} +lon_0=10 +datum=WGS84")
    dataset.SetSpatialRef(system)


def test_unnamed_crs_are_compared(cogmill, tmp_path):
    pixels = scenes.ramp(1, 40, 50)
    here = dict(epsg=None, transform=(1000, 10, 0, 2000, 0, -10))
    scenes.write(tmp_path / "a.tif", pixels, dress=albers, **here)
    scenes.write(tmp_path / "b.tif", pixels, dress=lambda d: albers(d, 41), **here)
    scenes.write(tmp_path / "c.tif", pixels, dress=albers, **here)
    words = ["--calc", "A[1] + B[1]", "out.tif"]
    cogmill.fails("calc", "-i", "A=a.tif", "-i", "B=b.tif", *words, code=1,
                  words=["different grids", "not the same", "--like A"])
    cogmill("calc", "-i", "A=a.tif", "-i", "B=c.tif", *words)


@pytest.mark.parametrize("lacks,word", [(dict(transform=None), "geotransform"),
                                        (dict(epsg=None), "coordinate reference system")])
def test_inputs_without_a_place_are_named(cogmill, tmp_path, lacks, word):
    pixels = scenes.ramp(1, 40, 50)
    scenes.write(tmp_path / "a.tif", pixels)
    scenes.write(tmp_path / "b.tif", pixels, **lacks)
    run = cogmill("calc", "-i", "A=a.tif", "-i", "B=b.tif", "--calc", "A[1] + B[1]", "out.tif",
                  warns=True, np=2)
    assert len(run.warnings) == 1 and "input B (b.tif)" in run.warnings[0] and word in run.warnings[0]
    cogmill("calc", "-i", "A=b.tif", "-i", "B=b.tif", "--calc", "A[1] + B[1]", "two.tif")


def test_files_in_folders_with_an_equals_sign(cogmill, tmp_path):
    (tmp_path / "month=07").mkdir()
    scenes.write(tmp_path / "month=07" / "s.tif", scenes.ramp(1, 40, 50))
    cogmill("calc", "-i", "month=07/s.tif", "--calc", "b1 * 2", "out.tif")
    cogmill("calc", "-i", "month=month=07/s.tif", "--calc", "month[1] * 2", "named.tif")
    assert np.array_equal(scenes.read(tmp_path / "out.tif"), scenes.read(tmp_path / "named.tif"))
