# SPDX-FileCopyrightText: 2026 The cogmill authors
# SPDX-License-Identifier: Apache-2.0
"""Everything a user or a broken disk can hand to cogmill: one clear line, and nothing left behind."""
import os
import resource
import shutil
import stat
import subprocess

import numpy as np
import pytest
import scenes
from checks import sha256
from conftest import BINARY, MPIRUN, environment

RUNTIME, USAGE = 1, 2
COMMANDS = [("convert", "{0}", "out.tif"),
            ("calc", "-i", "A={0}", "--calc", "A[1]+1", "out.tif")]


def both(command, path):
    return [part.format(path) for part in command]


@pytest.fixture(params=COMMANDS, ids=["convert", "calc"])
def on(request):
    """A job on a file: on(path) is its argument list."""
    return lambda path: both(request.param, path)


@pytest.fixture
def scene(tmp_path):
    return scenes.vegetation(tmp_path / "in.tif")


# --- files that are no scene ----------------------------------------------------------------------

def test_missing_file(cogmill, on):
    cogmill.fails(*on("gone.tif"), code=RUNTIME, words=["gone.tif", "no such file|does not exist"])


def test_folder(cogmill, on, tmp_path):
    (tmp_path / "folder").mkdir()
    cogmill.fails(*on("folder"), code=RUNTIME, words=["folder", "director|folder"])


def test_empty_file(cogmill, on, tmp_path):
    (tmp_path / "empty.tif").touch()
    cogmill.fails(*on("empty.tif"), code=RUNTIME, words=["empty.tif", "is empty"])


def test_not_a_raster(cogmill, on, tmp_path):
    (tmp_path / "notes.tif").write_text("not a raster\n" * 100)
    cogmill.fails(*on("notes.tif"), code=RUNTIME, words=["notes.tif", "not .*(raster|recogni|format)"])


def test_name_with_line_break(cogmill, tmp_path):
    (tmp_path / "two\nlines.tif").touch()
    cogmill.fails("convert", "two\nlines.tif", "out.tif", code=RUNTIME, words=["lines.tif"])


@pytest.mark.parametrize("size", [3, 8, 60, 200])
def test_truncated_directory(cogmill, on, scene, size):
    os.truncate(scene, size)
    cogmill.fails(*on(scene), code=RUNTIME, words=["in.tif"])


def test_truncated_pixels(cogmill, on, scene):
    os.truncate(scene, os.path.getsize(scene) * 2 // 3)
    cogmill.fails(*on(scene), code=RUNTIME, words=["in.tif", "truncated|end of the file|beyond|outside"])


def test_truncated_cog(cogmill, on, tmp_path):
    cogmill("convert", scenes.vegetation(tmp_path / "in.tif", 700, 800), "cog.tif")
    os.truncate(tmp_path / "cog.tif", os.path.getsize(tmp_path / "cog.tif") - 5000)
    cogmill.fails(*on("cog.tif"), code=RUNTIME, words=["cog.tif", "truncated|end of the file|beyond|outside"])


def test_directory_loop(cogmill, on, scene):
    tiff = scenes.Tiff(scene)
    tiff.set_next_directory(tiff.ifd)
    tiff.save()
    cogmill.fails(*on(scene), code=RUNTIME, words=["in.tif", "loop|twice|cycle|chain"], timeout=20)


@pytest.mark.parametrize("tags", [
    {scenes.WIDTH: 2**31 - 1, scenes.LENGTH: 2**31 - 1}, {scenes.WIDTH: 2**32 - 1},
    {scenes.WIDTH: 0}, {scenes.LENGTH: 2**30}, {scenes.TILE_WIDTH: 2**31 - 16},
    {scenes.TILE_WIDTH: 0}],
    ids=lambda tags: "-".join(f"{t}_{v}" for t, v in tags.items()))
def test_absurd_dimensions(cogmill, on, tmp_path, tags):
    path = scenes.write(tmp_path / "in.tif", np.ones((1, 70000, 20), np.uint16), co=scenes.DEFLATE)
    for tag, value in tags.items():
        kind = scenes.Tiff(path).entry(tag)[1]
        scenes.change_tag(path, tag, value & (0xffff if kind == 3 else 0xffffffff))
    cogmill.fails(*on(path), code=RUNTIME, words=["in.tif"], timeout=20)
    # Checked before anything is allocated: ru_maxrss is the largest child so far, in KiB.
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < 1 << 20


def test_tile_outside_the_file(cogmill, on, scene):
    scenes.change_tag(scene, scenes.TILE_OFFSETS, 2**32 - 4096, index=1)
    cogmill.fails(*on(scene), code=RUNTIME, words=["in.tif", "tile", "outside|beyond|end of"])


def test_tile_size_beyond_the_file(cogmill, on, scene):
    scenes.change_tag(scene, scenes.TILE_BYTES, 2**31, index=1)
    cogmill.fails(*on(scene), code=RUNTIME, words=["in.tif", "tile", "outside|beyond|end of"])


@pytest.mark.parametrize("codec", [34712, 60000])
def test_unsupported_codec(cogmill, on, scene, codec):
    scenes.change_tag(scene, scenes.COMPRESSION, codec)
    cogmill.fails(*on(scene), code=RUNTIME, words=["in.tif", "compress|codec"])


# --- damaged tiles --------------------------------------------------------------------------------

CODECS = {"deflate": ("COMPRESS=DEFLATE", "PREDICTOR=2"), "zstd": ("COMPRESS=ZSTD",),
          "lzw": ("COMPRESS=LZW",)}


@pytest.fixture(params=CODECS)
def damaged(request, tmp_path):
    """400 x 300 in tiles of 256: the tile at col 1, row 0 is damaged."""
    path = scenes.vegetation(tmp_path / "in.tif", co=scenes.TILED + CODECS[request.param])
    scenes.break_tile(path, 1)
    return path


@pytest.mark.parametrize("ranks", [None, 2])
def test_damaged_tile_stops(cogmill, on, damaged, ranks):
    run = cogmill.fails(*on(damaged), code=RUNTIME, np=ranks,
                        words=["in.tif", r"band", r"tile .*\b1\b", "--on-error nodata"])
    assert run.seconds < 20


def test_damaged_tile_becomes_nodata(cogmill, on, damaged, tmp_path):
    good = scenes.vegetation(tmp_path / "good.tif")
    cogmill(*on(good)[:-1], "good_out.tif")
    run = cogmill(*on(damaged), "--on-error", "nodata", "--record", "r.yaml", warns=True)
    assert any("tile" in line for line in run.warnings), str(run)
    got, want = scenes.read(tmp_path / "out.tif"), scenes.read(tmp_path / "good_out.tif")
    lost = scenes.read_mask(tmp_path / "out.tif")[:256, 256:]
    assert (lost == 0).sum() > 0.5 * lost.size
    got[:, :256, 256:] = want[:, :256, 256:] = 0
    np.testing.assert_array_equal(got, want)
    assert "in.tif" in (tmp_path / "r.yaml").read_text().split("notes:")[1]


def test_one_rank_fails_all_stop(cogmill, tmp_path):
    """Only the rank that owns the last rows meets the damage."""
    path = scenes.write(tmp_path / "in.tif", scenes.ramp(1, 5000, 300))
    scenes.break_tile(path, len(scenes.Tiff(path).values(scenes.TILE_OFFSETS)) - 1)
    run = cogmill.fails("convert", path, "out.tif", "--co", "BLOCKSIZE=128", np=3, code=RUNTIME,
                        words=["in.tif", "tile"])
    assert run.seconds < 20


# --- inputs that do not fit -----------------------------------------------------------------------

@pytest.mark.parametrize("other", [
    {"height": 301}, {"transform": (717345, 60, 0, -2776995, 0, -60)}, {"epsg": 32622},
    {"transform": (717360, 30, 0, -2776995, 0, -30)}], ids=["size", "pixel", "crs", "shift"])
def test_different_grids(cogmill, scene, tmp_path, other):
    scenes.vegetation(tmp_path / "other.tif", **other)
    cogmill.fails("calc", "-i", f"A={scene}", "-i", "B=other.tif", "--calc", "A[1]-B[1]", "out.tif",
                  code=RUNTIME, words=["in.tif", "other.tif", "--dst-crs", "--like"])


@pytest.mark.parametrize("expression", ["A[5]", "A[0]", "b7", "A[99999999999999999999]"])
def test_missing_band(cogmill, scene, expression):
    cogmill.fails("calc", "-i", f"A={scene}", "--calc", expression, "out.tif",
                  code=(RUNTIME, USAGE), words=["band"], caret=True)


def test_index_without_a_role(cogmill, tmp_path):
    path = scenes.write(tmp_path / "plain.tif", scenes.ramp(4, 50, 60))
    cogmill.fails("calc", "-i", f"A={path}", "--index", "ndvi", "--red", "3", "out.tif",
                  code=USAGE, words=["ndvi", "nir", "--nir"])
    cogmill.fails("calc", "-i", f"A={path}", "--index", "ndvi", "--red", "3", "--nir", "9",
                  "out.tif", code=(RUNTIME, USAGE), words=["band", "9"])


# --- expressions ----------------------------------------------------------------------------------

EXPRESSIONS = [("A[1] +", 6), ("A[1] + * A[2]", 7), ("(A[1]", 5), ("A[1])", 4), ("A[1] $ 2", 5),
               ("sqroot(A[1])", 0), ("C[1]", 0), ("min(A[1])", None), ("A[1] A[2]", 5), ("", None),
               ("A[1] ? 2", None), ("1.2.3 + A[1]", None), ("A[", None), ("where(A[1], 2)", None),
               ("nosuchband + 1", 0), ("(" * 5000 + "A[1]" + ")" * 5000, None)]


@pytest.mark.parametrize("expression,column", EXPRESSIONS, ids=lambda v: str(v)[:20])
def test_expression(cogmill, scene, expression, column):
    run = cogmill.fails("calc", "-i", f"A={scene}", "--calc", expression, "out.tif", code=USAGE,
                        words=["expression|--calc|needs a value|unknown|expect|argument|unexpected|deep|nest|empty"],
                        caret=True)
    lines = run.stderr.splitlines()
    carets = [i for i, line in enumerate(lines) if line.strip(" ~") == "^"]
    if expression and len(expression) < 100:
        assert len(carets) == 1, str(run)
    if column is not None:
        text = lines[carets[0] - 1]
        assert expression in text, str(run)
        assert lines[carets[0]].index("^") == text.rindex(expression) + column, str(run)


def test_misspelled_function_is_suggested(cogmill, scene):
    cogmill.fails("calc", "-i", f"A={scene}", "--calc", "sqr(A[1])", "out.tif", code=USAGE,
                  words=["sqr", "sqrt"], caret=True)


# --- outputs --------------------------------------------------------------------------------------

def test_output_exists(cogmill, on, scene, tmp_path):
    (tmp_path / "out.tif").write_text("precious")
    cogmill.fails(*on(scene), code=(RUNTIME, USAGE), words=["out.tif", "exists", "--overwrite"])
    cogmill(*on(scene), "--overwrite")
    assert scenes.read(tmp_path / "out.tif").shape[1:] == (300, 400)


@pytest.mark.parametrize("kind", ["same", "dotted", "symlink", "hardlink"])
def test_output_is_an_input(cogmill, scene, tmp_path, kind):
    output = {"same": scene, "dotted": "./../" + tmp_path.name + "/in.tif", "symlink": "link.tif",
              "hardlink": "hard.tif"}[kind]
    if kind == "symlink":
        (tmp_path / "link.tif").symlink_to("in.tif")
    if kind == "hardlink":
        os.link(scene, tmp_path / "hard.tif")
    before = sha256(scene)
    cogmill.fails("convert", scene, output, "--overwrite", code=(RUNTIME, USAGE),
                  words=["in.tif|link.tif|hard.tif", "input"])
    assert sha256(scene) == before


def test_output_folder_is_missing(cogmill, scene):
    cogmill.fails("convert", scene, "no/such/out.tif", code=RUNTIME,
                  words=["no/such", "no such|does not exist"])


def test_output_below_a_file(cogmill, scene):
    cogmill.fails("convert", scene, "in.tif/out.tif", code=RUNTIME, words=["in.tif", "not a dir|folder"])


def test_output_is_a_folder(cogmill, scene, tmp_path):
    (tmp_path / "out.tif").mkdir()
    cogmill.fails("convert", scene, "out.tif", "--overwrite", code=(RUNTIME, USAGE),
                  words=["out.tif", "director|folder"])


def test_unwritable_folder(cogmill, scene, tmp_path):
    if os.geteuid() == 0:  # root writes everywhere but into the kernel's own folders
        target = "/sys/out.tif"
    else:
        (tmp_path / "locked").mkdir(mode=stat.S_IRUSR | stat.S_IXUSR)
        target = "locked/out.tif"
    cogmill.fails("convert", scene, target, code=RUNTIME,
                  words=[target.rsplit("/", 1)[0], "permi|writ|not permitted|denied"])


def test_unwritable_record_is_found_before_the_work(cogmill, scene):
    cogmill.fails("convert", scene, "out.tif", "--record", "no/such/r.yaml", code=(RUNTIME, USAGE),
                  words=["no/such"])


@pytest.mark.parametrize("ranks", [None, 2])
def test_disk_full(tmp_path, ranks):
    scenes.write(tmp_path / "in.tif", scenes.ramp(4, 1500, 1500, noise=3000), co=scenes.TILED)
    (tmp_path / "small").mkdir()
    run = f"{MPIRUN} --oversubscribe -np {ranks} " if ranks else ""
    script = ("mount -t tmpfs -o size=4m tmpfs small || exit 77\n"
              f"{run}{BINARY} convert in.tif small/out.tif; code=$?\n"
              "echo left: $(ls -A small); exit $code\n")
    namespace = ["unshare", "-m"] if os.geteuid() == 0 else ["unshare", "-rm"]
    if not shutil.which("unshare"):
        pytest.skip("no unshare here to mount a small file system with")
    done = subprocess.run([*namespace, "sh", "-c", script], cwd=tmp_path, env=environment(),
                          capture_output=True, text=True, timeout=60, check=False)
    if done.returncode == 77 or "unshare failed" in done.stderr:
        pytest.skip("no right here to mount a small file system: " + done.stderr.strip())
    errors = [line for line in done.stderr.replace("\0", "").splitlines() if line.startswith("cogmill: error:")]
    assert done.returncode == RUNTIME and len(errors) == 1, done
    assert "small" in errors[0] and "space" in errors[0].lower(), errors
    assert done.stdout == "left:\n", done.stdout


# --- command lines --------------------------------------------------------------------------------

COMMAND_LINES = [
    (["convrt", "in.tif", "out.tif"], ["convrt", "convert"]),
    (["convert", "in.tif"], ["output"]),
    (["convert", "in.tif", "out.tif", "third.tif"], ["third.tif"]),
    (["convert", "in.tif", "out.tif", "--overwite"], ["--overwite", "--overwrite"]),
    (["convert", "in.tif", "out.tif", "--co", "COMPRES=ZSTD"], ["COMPRES", "COMPRESS"]),
    (["convert", "in.tif", "out.tif", "--co", "COMPRESS=DEFLAT"], ["DEFLAT", "DEFLATE"]),
    (["convert", "in.tif", "out.tif", "--co", "COMPRESS"], ["COMPRESS", "NAME=VALUE"]),
    (["convert", "in.tif", "out.tif", "--co", "COMPRESS=JPEG"], ["JPEG", "DEFLATE", "ZSTD", "LZW", "NONE"]),
    (["convert", "in.tif", "out.tif", "--co", "COMPRESS=WEBP"], ["WEBP", "DEFLATE", "ZSTD", "LZW", "NONE"]),
    (["convert", "in.tif", "out.tif", "--co", "COMPRESS=LERC"], ["LERC", "DEFLATE", "ZSTD", "LZW", "NONE"]),
    (["convert", "in.tif", "out.tif", "--co", "BLOCKSIZE=100"], ["BLOCKSIZE", "128"]),
    (["convert", "in.tif", "out.tif", "--co", "BLOCKSIZE=0"], ["BLOCKSIZE"]),
    (["convert", "in.tif", "out.tif", "--co", "BLOCKSIZE=many"], ["BLOCKSIZE", "many"]),
    (["convert", "in.tif", "out.tif", "--co", "LEVEL=99"], ["LEVEL", "99"]),
    (["convert", "in.tif", "out.tif", "--co", "PREDICTOR=5"], ["PREDICTOR", "5"]),
    (["convert", "in.tif", "out.tif", "--co", "PREDICTOR=FLOATING_POINT"], ["PREDICTOR", "float"]),
    (["convert", "in.tif", "out.tif", "--co", "OVERVIEW_RESAMPLING=BEST"], ["BEST", "AVERAGE"]),
    (["convert", "in.tif", "out.tif", "--co", "QUALITY=80"], ["QUALITY"]),
    (["convert", "in.tif", "out.tif", "--threads", "0"], ["--threads"]),
    (["convert", "in.tif", "out.tif", "--threads", "two"], ["--threads", "two"]),
    (["convert", "in.tif", "out.tif", "--memory", "banana"], ["--memory", "banana"]),
    (["convert", "in.tif", "out.tif", "--memory", "-1"], ["--memory"]),
    (["convert", "in.tif", "out.tif", "--gpu-memory", "some"], ["--gpu-memory", "some"]),
    (["convert", "in.tif", "out.tif", "--backend", "gpu"], ["gpu", "cpu"]),
    (["convert", "in.tif", "out.tif", "--on-error", "ignore"], ["ignore", "nodata"]),
    (["convert", "in.tif", "out.tif", "--progress", "loud"], ["loud", "plain"]),
    (["convert", "in.tif", "out.jpg"], [r"\.jpg|out\.jpg", r"\.tif"]),
    (["convert", "in.tif", "out.tif", "--output-format", "PNG"], ["PNG", "GTiff"]),
    (["convert", "in.tif", "out.tif", "--output-data-type", "Int17"], ["Int17", "Int16"]),
    (["convert", "in.tif", "out.tif", "--dst-nodata", "none!"], ["--dst-nodata"]),
    (["convert", "in.tif", "out.tif", "--calc", "b1"], ["--calc"]),
    (["calc", "-i", "A=in.tif", "out.tif"], ["--calc", "--index"]),
    (["calc", "--calc", "A[1]", "out.tif"], ["-i"]),
    (["calc", "-i", "A=in.tif", "--calc", "A[1]", "--index", "ndvi", "out.tif"], ["--calc", "--index"]),
    (["calc", "-i", "A=in.tif", "--index", "ndvii", "out.tif"], ["ndvii", "ndvi"]),
    (["calc", "-i", "A=in.tif", "-i", "A=in.tif", "--calc", "A[1]", "out.tif"], ["A", "twice|already|more than once"]),
    (["calc", "-i", "A=in.tif", "--index", "ndvi", "--red", "x", "out.tif"], ["--red", "x"]),
    (["calc", "-i", "A=in.tif", "--calc", "A[1]", "--precision", "float16", "out.tif"], ["float16"]),
    (["validate"], ["file"]),
    (["info"], ["file"]),
]


@pytest.mark.parametrize("arguments,words", COMMAND_LINES, ids=lambda v: " ".join(v)[:60])
def test_command_line(cogmill, scene, arguments, words):
    cogmill.fails(*arguments, code=USAGE, words=words)


def test_no_command_at_all(cogmill):
    cogmill.fails(code=USAGE, words=["no command", "--help"])


def test_usage_error_under_mpi_is_said_once(cogmill, scene):
    cogmill.fails("convert", "in.tif", "out.tif", "--overwite", np=3, code=USAGE, words=["--overwrite"])


def test_too_little_memory_says_how_much(cogmill, scene):
    cogmill.fails("convert", "in.tif", "out.tif", "--memory", "1MB", code=(RUNTIME, USAGE),
                  words=["--memory", r"at least \d"])
