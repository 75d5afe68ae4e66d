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
    cogmill("convert", "in.tif", "out.tif", "--quicklook", "q.png", warns=True)
    assert gdal.Open(str(tmp_path / "q.png")) is not None


def test_quicklook_shows_the_pixels_in_the_middle(cogmill, tmp_path):
    """Without overviews: of 4 x 4 pixels one is shown, stretched between the 2nd and the 98th percentile."""
    pixels = scenes.ramp(1, 2048, 4096, np.float32)
    scenes.write(tmp_path / "in.tif", pixels)
    cogmill("convert", "in.tif", "out.tif", "--co", "OVERVIEWS=NONE", "--quicklook", "q.png")
    picked = pixels[0, 2::4, 2::4].astype(np.float64)
    low, high = np.percentile(picked, [2, 98], method="lower")
    expected = np.round(np.clip((picked - low) / (high - low), 0, 1) * 255)
    picture = gdal.Open(str(tmp_path / "q.png")).ReadAsArray()
    assert picture.shape == (512, 1024) and np.abs(picture - expected).max() <= 1


@pytest.mark.parametrize("options", [[], ["--co", "OVERVIEWS=NONE"], ["--co", "BLOCKSIZE=128", "--threads", "1"]])
def test_quicklook_of_any_decomposition(cogmill, tmp_path, options):
    """Three bands and a nodata border: one picture for any number of ranks."""
    pixels = scenes.ramp(3, 1700, 3100, np.uint16)
    pixels[:, :200, :] = 0
    scenes.write(tmp_path / "in.tif", pixels, nodata=0)
    pictures = []
    for ranks in (None, 2, 4):
        cogmill("convert", "in.tif", f"out{ranks}.tif", "--quicklook", f"q{ranks}.png", *options, np=ranks)
        pictures.append((tmp_path / f"q{ranks}.png").read_bytes())
    assert pictures[0] == pictures[1] == pictures[2]
    picture = gdal.Open(str(tmp_path / "qNone.png"))
    assert picture.RasterCount == 4, "what has no data is clear"
    alpha = picture.GetRasterBand(4).ReadAsArray()
    assert (alpha[:60] == 0).all() and (alpha[70:] == 255).all()


def test_quicklook_of_a_palette(cogmill, tmp_path):
    """Paletted bands are drawn in their colours, those of a VRT's pieces too."""
    table = gdal.ColorTable()
    table.SetColorEntry(1, (200, 100, 50, 255))
    table.SetColorEntry(2, (10, 20, 30, 255))
    pixels = np.ones((1, 1500, 1500), np.uint8)
    pixels[:, 750:] = 2
    scenes.write(tmp_path / "in.tif", pixels, dress=lambda scene: scene.GetRasterBand(1).SetColorTable(table))
    for output in ("out.tif", "out.vrt"):
        cogmill("convert", "in.tif", output, "--quicklook", "q.png", "--overwrite", np=2)
        picture = gdal.Open(str(tmp_path / "q.png")).ReadAsArray()
        assert picture[:3, 10, 10].tolist() == [200, 100, 50] and picture[:3, -10, 10].tolist() == [10, 20, 30], output


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
