# SPDX-FileCopyrightText: 2026 The cogmill authors
# SPDX-License-Identifier: Apache-2.0
"""Man pages and completion, as the build writes them: pages are set in type without a warning, and
shells complete with the scripts."""
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from conftest import BINARY

TEXTS = Path(os.environ.get("COGMILL_TEXTS", Path(BINARY).resolve().parents[1] / "texts"))
COMMANDS = ["info", "calc", "convert", "reproject", "mosaic", "validate", "doctor"]
PAGES = ["cogmill", *(f"cogmill-{verb}" for verb in COMMANDS)]
SECTIONS = ["NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "MEMORY USAGE", "EXIT STATUS",
            "EXAMPLES", "SEE ALSO"]
# Sourced with the words of a command line, the last of which is being typed.
ASK_BASH = r"""
source "$1"; shift
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMP_LINE="$*"; COMP_POINT=${#COMP_LINE}
_cogmill cogmill "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
printf '%s\n' "${COMPREPLY[@]}"
"""


def need(tool):
    if not shutil.which(tool):
        pytest.skip(f"{tool} is not installed")


def run(*line, **how):
    return subprocess.run(line, capture_output=True, text=True, timeout=60, check=False, **how)


def rendered(page):
    """The page as a terminal shows it, without bold and underlined letters."""
    done = run("groff", "-man", "-Tutf8", "-ww", TEXTS / "man1" / f"{page}.1")
    assert done.returncode == 0 and done.stderr == "", done.stderr
    return re.sub(r"\x1b\[[\d;]*m|.\x08", "", done.stdout)


def completed(*words):
    """What bash offers for the last word, which it has cut at "=" as it does."""
    pieces = [piece for word in words for piece in (re.findall("=|[^=]+", word) or [""])]
    done = run("bash", "-c", ASK_BASH, "bash", TEXTS / "bash" / "cogmill", *pieces)
    assert done.returncode == 0 and done.stderr == "", done.stderr
    return [line for line in done.stdout.splitlines() if line]


@pytest.mark.parametrize("page", PAGES)
def test_page_is_set_without_a_warning(page):
    need("groff")
    text = rendered(page)
    wanted = SECTIONS if page != "cogmill" else ["NAME", "SYNOPSIS", "COMMANDS", "SEE ALSO"]
    assert [line for line in text.splitlines() if line in wanted] == wanted
    assert f"{page} - " in text


@pytest.mark.parametrize("page", PAGES)
def test_man_shows_the_page(page):
    need("man")
    env = {**os.environ, "LC_ALL": "C.UTF-8", "MANWIDTH": "80"}
    done = run("man", "--warnings", "-l", TEXTS / "man1" / f"{page}.1", env=env)
    assert done.returncode == 0 and done.stderr == "" and "SEE ALSO" in done.stdout, str(done)


@pytest.mark.parametrize("verb", COMMANDS)
def test_page_and_manual_say_the_same(cogmill, verb):
    need("groff")
    manual = cogmill(verb, "--manual").stdout
    as_words = " ".join(rendered(f"cogmill-{verb}").split())
    for line in re.findall(r"^ {8}(\S.*)$", manual, re.MULTILINE):
        assert " ".join(line.split()) in as_words, line


def test_bash_completes_commands():
    assert completed("cogmill", "conv") == ["convert"]
    assert set(COMMANDS) < set(completed("cogmill", ""))


def test_bash_completes_options():
    assert completed("cogmill", "convert", "--overw") == ["--overwrite"]
    assert completed("cogmill", "calc", "--rededge") == ["--rededge1", "--rededge2", "--rededge3"]
    assert completed("cogmill", "convert", "--rededge") == []


def test_bash_completes_values():
    assert completed("cogmill", "reproject", "-r", "la") == ["lanczos"]
    assert completed("cogmill", "reproject", "--resampling", "la") == ["lanczos"]
    assert completed("cogmill", "mosaic", "--backend", "") == ["auto", "cpu", "cuda"]
    assert completed("cogmill", "mosaic", "--backend=cu") == ["cuda"]
    assert completed("cogmill", "convert", "--co", "COMPR") == [
        f"COMPRESS={codec}" for codec in ("DEFLATE", "ZSTD", "LZW", "NONE")]
    assert completed("cogmill", "convert", "--co", "COMPRESS=Z") == ["ZSTD"]
    assert completed("cogmill", "convert", "--co=COMPRESS=") == ["DEFLATE", "ZSTD", "LZW", "NONE"]
    assert completed("cogmill", "convert", "--co", "LEV") == ["LEVEL="]


def test_bash_leaves_the_rest_to_names_of_files():
    assert completed("cogmill", "convert", "scene") == []
    assert completed("cogmill", "convert", "--record", "r") == []
    assert "complete -o default" in (TEXTS / "bash" / "cogmill").read_text()


def test_shellcheck_has_nothing_to_say():
    need("shellcheck")
    done = run("shellcheck", "-s", "bash", TEXTS / "bash" / "cogmill")
    assert done.returncode == 0, done.stdout


def test_zsh_reads_its_script():
    need("zsh")
    done = run("zsh", "-n", TEXTS / "zsh" / "_cogmill")
    assert done.returncode == 0 and done.stderr == "", done.stderr
