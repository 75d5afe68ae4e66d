# SPDX-FileCopyrightText: 2026 The cogmill authors
# SPDX-License-Identifier: Apache-2.0
"""--quicklook and --trace: files for eyes."""
import json

import numpy as np
import pytest
import scenes
from osgeo import gdal


@pytest.mark.parametrize("bands", [1, 2, 3, 4])
@pytest.mark.parametrize("dtype", [np.uint8, np.int16, np.float32])
def test_quicklook(cogmill, tmp_path, bands, dtype):
    pixels = scenes.ramp(bands, 700, 1500, dtype)
    scenes.write(tmp_path / "in.tif", pixels, nodata=0)
    cogmill("convert", "in.tif", "out.tif", "--quicklook", "q.png")
    picture = gdal.Open(str(tmp_path / "q.png"))
    assert picture.GetDriver().ShortName == "PNG" and picture.RasterCount in (1, 2, 3, 4)
    assert max(picture.RasterXSize, picture.RasterYSize) <= 2048
    assert picture.RasterXSize / picture.RasterYSize == pytest.approx(1500 / 700, rel=0.05)
    assert picture.GetRasterBand(1).ReadAsArray().std() > 5, "nothing to see"


def test_quicklook_of_an_index(cogmill, tmp_path):
    scenes.vegetation(tmp_path / "in.tif", 900, 900)
    cogmill("calc", "-i", "A=in.tif", "--index", "ndvi", "out.tif", "--quicklook", "q.png", np=2)
    assert gdal.Open(str(tmp_path / "q.png")).RasterXSize > 100


def test_quicklook_of_nothing(cogmill, tmp_path):
    scenes.write(tmp_path / "in.tif", np.zeros((1, 300, 300), np.float32), nodata=0)
    cogmill("convert", "in.tif", "out.tif", "--quicklook", "q.png")
    assert gdal.Open(str(tmp_path / "q.png")) is not None


def test_quicklook_is_not_overwritten_unasked(cogmill, tmp_path):
    scenes.write(tmp_path / "in.tif", scenes.ramp(1, 20, 20))
    (tmp_path / "q.png").write_text("precious")
    run = cogmill.run("convert", "in.tif", "out.tif", "--quicklook", "q.png")
    if run.code:
        assert (tmp_path / "q.png").read_text() == "precious" and "--overwrite" in run.stderr
    else:
        assert gdal.Open(str(tmp_path / "q.png")).GetDriver().ShortName == "PNG"


@pytest.mark.parametrize("ranks", [None, 3])
def test_trace(cogmill, tmp_path, ranks):
    scenes.write(tmp_path / "in.tif", scenes.ramp(2, 5000, 300))
    cogmill("convert", "in.tif", "out.tif", "--co", "BLOCKSIZE=128", "--trace", "t.json", np=ranks)
    trace = json.loads((tmp_path / "t.json").read_text())
    events = trace["traceEvents"] if isinstance(trace, dict) else trace
    spans = [e for e in events if e["ph"] == "X"]
    assert {e["pid"] for e in spans} == set(range(ranks or 1))
    names = " ".join(e["name"] for e in spans)
    for stage in ("decode", "encode", "write"):
        assert stage in names, stage
    assert all(e["dur"] >= 0 and e["ts"] >= 0 for e in spans)
    ranks_named = [e["args"]["name"] for e in events if e["ph"] == "M" and e["name"] == "process_name"]
    assert len(ranks_named) == (ranks or 1) and ranks_named[0].startswith("rank 0")
