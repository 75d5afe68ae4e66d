# SPDX-FileCopyrightText: 2026 The cogmill authors
# SPDX-License-Identifier: Apache-2.0
"""Names of inputs and outputs: clouds, archives, long ones, and HDF5 files that are none."""
import gzip
import os
import subprocess
import tarfile
import zipfile

import numpy as np
import pytest
import scenes
from checks import sha256
from conftest import command, environment
from scenes import ramp, read, write

RUNTIME = 1


# --- outputs that are on no file system -----------------------------------------------------------

@pytest.mark.parametrize("output", ["s3://bucket/out.tif", "/vsis3/bucket/out.tif", "/vsigs/b/out.tif",
                                    "gs://b/out.tif", "https://host/out.tif", "/vsimem/out.tif",
                                    "s3://bucket/out.vrt"])
def test_outputs_are_on_a_file_system(cogmill, tmp_path, output):
    write(tmp_path / "in.tif", ramp(1, 40, 50))
    cogmill.fails("convert", "in.tif", output, code=RUNTIME, words=["file system", "aws s3 cp", output.split(":")[0]])


@pytest.mark.parametrize("option", ["--record", "--trace", "--quicklook", "--scratch"])
def test_so_are_other_files(cogmill, tmp_path, option):
    write(tmp_path / "in.tif", ramp(1, 40, 50))
    cogmill.fails("convert", "in.tif", "out.tif", option, "s3://b/x.png", code=RUNTIME, words=["s3://b/x.png", "file system"])


def test_names_with_colons_are_names(cogmill, tmp_path):
    write(tmp_path / "a:b.tif", ramp(1, 40, 50))
    cogmill("convert", "./a:b.tif", "t:12:00.tif")
    assert read(tmp_path / "t:12:00.tif").any()


# --- inputs ---------------------------------------------------------------------------------------

@pytest.mark.parametrize("url,name", [("s3://b/x.tif", "/vsis3/b/x.tif"), ("gs://b/x.tif", "/vsigs/b/x.tif"),
                                      ("az://b/x.tif", "/vsiaz/b/x.tif")])
def test_urls_get_gdals_name(cogmill, url, name):
    cogmill.fails("convert", url, "out.tif", code=RUNTIME, words=[name + "$"])


def pack(folder, kind):
    """in.tif in an archive. @return the archive's name"""
    write(folder / "in.tif", ramp(2, 60, 70), co=scenes.DEFLATE)
    name = "data." + kind
    if kind == "zip":
        with zipfile.ZipFile(folder / name, "w") as archive:
            archive.writestr("notes.txt", "hello")
            archive.write(folder / "in.tif", "deep/in.tif")
    elif kind == "gz":
        (folder / name).write_bytes(gzip.compress((folder / "in.tif").read_bytes()))
    else:
        with tarfile.open(folder / name, "w:gz" if kind != "tar" else "w") as archive:
            (folder / "notes.txt").write_text("hello")
            archive.add(folder / "notes.txt", "notes.txt")
            archive.add(folder / "in.tif", "deep/in.tif")
    return name


@pytest.mark.parametrize("kind", ["zip", "tar", "tar.gz", "tgz", "gz"])
def test_archives_are_named_exactly(cogmill, tmp_path, kind):
    """The name in the advice is one that works."""
    name = pack(tmp_path, kind)
    for path in (name, str(tmp_path / name)):
        run = cogmill.fails("info", path, code=RUNTIME, words=["try /vsi"])
        advised = run.errors[0].split("try ")[1]
        cogmill("convert", advised, "out.tif", "--overwrite", warns=None)
        assert np.array_equal(read(tmp_path / "out.tif"), read(tmp_path / "in.tif"))


def test_an_archive_that_is_none(cogmill, tmp_path):
    (tmp_path / "x.zip").write_bytes(os.urandom(4000))
    cogmill.fails("convert", "x.zip", "out.tif", code=RUNTIME, words=["not a raster"])


HDF5_HEAD = b"\x89HDF\r\n\x1a\n"


@pytest.mark.parametrize("name", ["HDF5:gone.h5://x", 'HDF5:"gone.h5"://x', "torn.h5", "HDF5:torn.h5://x"])
@pytest.mark.parametrize("command", ["info", "convert"])
def test_hdf5_files_that_are_none_take_one_line(cogmill, tmp_path, command, name):
    (tmp_path / "torn.h5").write_bytes(HDF5_HEAD + bytes(range(256)) * 20)
    words = [command, name] + (["out.tif"] if command == "convert" else [])
    run = cogmill.fails(*words, code=RUNTIME, words=["h5"])
    assert "HDF5-DIAG" not in run.stderr and len(run.stderr.splitlines()) == 1


# --- long names -----------------------------------------------------------------------------------

def long_name(ending, bytes_=255, letter="n"):
    return letter * (bytes_ - len(ending.encode())) + ending


@pytest.mark.parametrize("letter", ["n", "ü"])
@pytest.mark.parametrize("np", [None, 2])
def test_the_longest_names_work(cogmill, tmp_path, np, letter):
    write(tmp_path / "in.tif", ramp(2, 700, 600), co=scenes.DEFLATE)
    count = 251 // len(letter.encode())
    tif, png, yaml, json = (letter * count + ending for ending in (".tif", ".png", ".yml", ".jsn"))
    (tmp_path / "spill").mkdir()
    cogmill("convert", "in.tif", tif, "--quicklook", png, "--record", yaml, "--trace", json,
            "--scratch", "spill", "--co", "BLOCKSIZE=128", np=np)
    cogmill("convert", "in.tif", "short.tif", "--co", "BLOCKSIZE=128", np=np)
    assert sha256(tmp_path / tif) == sha256(tmp_path / "short.tif")
    assert sorted(p.name for p in tmp_path.iterdir() if p.name != "spill") == sorted(["in.tif", "short.tif", tif, png, yaml, json])
    cogmill("convert", "in.tif", tif, "--overwrite", np=np)
    cogmill.fails("convert", "in.tif", tif, code=RUNTIME, words=["exists"])


@pytest.mark.parametrize("size", [247, 248, 255])
def test_names_round_the_length_of_the_suffix(cogmill, tmp_path, size):
    write(tmp_path / "in.tif", ramp(1, 60, 60))
    name = long_name(".tif", size)
    cogmill("convert", "in.tif", name, "--co", "COMPRESS=ZSTD")
    cogmill("convert", "in.tif", long_name(".tif", size, "m"), "--of", "GTiff")
    assert np.array_equal(read(tmp_path / name), read(tmp_path / "in.tif"))
    assert len(list(tmp_path.iterdir())) == 3


def test_long_vrts_and_their_pieces(cogmill, tmp_path):
    """Two names that differ at their end only have pieces of their own."""
    write(tmp_path / "in.tif", ramp(1, 1500, 300))
    write(tmp_path / "other.tif", ramp(1, 1500, 300, seed=9))
    first, second = long_name("a.vrt"), long_name("b.vrt")
    cogmill("convert", "in.tif", first, "--co", "BLOCKSIZE=128", np=2)
    cogmill("convert", "other.tif", second, "--co", "BLOCKSIZE=128", np=2)
    assert np.array_equal(read(tmp_path / first), read(tmp_path / "in.tif"))
    assert np.array_equal(read(tmp_path / second), read(tmp_path / "other.tif"))
    assert len(list(tmp_path.iterdir())) == 8
    cogmill("convert", "other.tif", first, "--overwrite", "--co", "BLOCKSIZE=128")
    assert np.array_equal(read(tmp_path / first), read(tmp_path / "other.tif"))
    assert len(list(tmp_path.iterdir())) == 7


def test_names_that_are_too_long(cogmill, tmp_path):
    write(tmp_path / "in.tif", ramp(1, 60, 60))
    cogmill.fails("convert", "in.tif", long_name(".tif", 256), code=RUNTIME, words=["256 bytes", "255", "shorter"])


def test_a_side_car_without_room_for_its_name_is_said(cogmill, tmp_path):
    def dress(dataset):
        dataset.GetRasterBand(1).SetCategoryNames(["sea", "land"])
    write(tmp_path / "in.tif", ramp(1, 60, 60, np.uint8), dress=dress)
    name = long_name(".tif", 250)
    said = cogmill("convert", "in.tif", name, warns=True).warnings
    assert any("too long a name" in line and "247" in line for line in said)
    fits = long_name(".tif", 247)
    said = cogmill("convert", "in.tif", fits, warns=True).warnings
    assert not any("too long" in line for line in said)
    assert scenes.info(tmp_path / fits)["bands"][0]["categories"] == ["sea", "land"]


@pytest.mark.parametrize("side", [100, 1500])
def test_standard_input(cogmill, tmp_path, side):
    """GDAL keeps 1 MB of it; more is refused, with the way round it."""
    pixels = np.random.default_rng(1).integers(0, 60000, (1, side, side)).astype(np.uint16)
    write(tmp_path / "in.tif", pixels, co=scenes.TILED)
    with open(tmp_path / "in.tif", "rb") as data:
        run = subprocess.run(command(["convert", "/vsistdin/", "out.tif"]), cwd=tmp_path, env=environment(),
                             input=data.read(), capture_output=True, timeout=60)
    if side == 100:
        assert run.returncode == 0 and np.array_equal(read(tmp_path / "out.tif"), pixels), run.stderr
    else:
        assert run.returncode == RUNTIME and b"write it into a file first" in run.stderr
        assert not (tmp_path / "out.tif").exists()
        assert len(run.stderr.decode().splitlines()) <= 2
