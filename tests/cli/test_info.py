# SPDX-FileCopyrightText: 2026 The cogmill authors
# SPDX-License-Identifier: Apache-2.0
"""info: what a file is, which way it is read, and how to make it better."""
import json
import shlex

import numpy as np
import pytest
import scenes


def test_what_a_file_is(cogmill, tmp_path):
    path = scenes.vegetation(tmp_path / "in.tif")
    text = cogmill("info", path).stdout
    for fact in ("in.tif", "400x300, 4 bands", "UInt16", "nodata 0", "256x256 tiles", "DEFLATE predictor 2",
                 "EPSG:32621", "717345 30 0 -2776995 0 -30", '"nir"'):
        assert fact in text, text


def test_json(cogmill, tmp_path):
    path = scenes.vegetation(tmp_path / "in.tif")
    found = json.loads(cogmill("info", "--json", path).stdout)
    found = found[0] if isinstance(found, list) else found.get("files", [found])[0]
    assert (found["width"], found["height"], len(found["bands"])) == (400, 300, 4)
    assert [band["description"] for band in found["bands"]] == ["blue", "green", "red", "nir"]


def test_several_files(cogmill, tmp_path):
    for name in ("a.tif", "b.tif"):
        scenes.write(tmp_path / name, scenes.ramp(1, 20, 30))
    text = cogmill("info", "a.tif", "b.tif").stdout
    assert "a.tif" in text and "b.tif" in text
    found = json.loads(cogmill("info", "--json", "a.tif", "b.tif").stdout)
    assert [file["path"] for file in found] == ["a.tif", "b.tif"]


SLOW = {"jpeg": (np.uint8, scenes.TILED + ("COMPRESS=JPEG",), "JPEG"),
        "lzma": (np.uint16, scenes.TILED + ("COMPRESS=LZMA",), "LZMA"),
        "complex": (np.complex64, scenes.TILED, "complex|CFloat32")}


@pytest.mark.parametrize("kind", SLOW)
def test_slow_file_and_the_command_that_helps(cogmill, tmp_path, kind):
    dtype, co, _ = SLOW[kind]
    try:
        scenes.write(tmp_path / "in.tif", scenes.ramp(1, 300, 300, dtype), co=co)
    except RuntimeError as error:
        pytest.skip(f"this GDAL cannot write {kind}: {error}")
    text = cogmill("info", "in.tif").stdout
    assert any(word in text for word in SLOW[kind][2].split("|")), text
    advice = [line.strip() for line in text.splitlines() if "cogmill convert " in line]
    assert len(advice) == 1, text
    words = shlex.split(advice[0][advice[0].index("cogmill convert "):])
    cogmill(*words[1:], warns=True)
    made = [p.name for p in tmp_path.iterdir() if p.name != "in.tif"]
    assert made == [words[3]]
    np.testing.assert_array_equal(scenes.read(tmp_path / made[0]), scenes.read(tmp_path / "in.tif"))
    if kind != "complex":  # no codec makes those quick to read
        assert "tile reader" in cogmill("info", made[0]).stdout


def test_fast_file_needs_no_advice(cogmill, tmp_path):
    scenes.write(tmp_path / "in.tif", scenes.ramp(1, 300, 300))
    text = cogmill("info", "in.tif").stdout
    assert "cogmill convert " not in text and "tile reader" in text, text


def test_errors(cogmill, tmp_path):
    (tmp_path / "empty.tif").touch()
    cogmill.fails("info", "gone.tif", code=1, words=["gone.tif"])
    cogmill.fails("info", "empty.tif", code=1, words=["empty.tif", "empty"])
