# SPDX-FileCopyrightText: 2026 The cogmill authors
# SPDX-License-Identifier: Apache-2.0
"""tests/versions/same_bytes itself: it sees what is the same, and what is not."""
import os
import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).resolve().parents[1] / "versions" / "same_bytes"


def compare(new, only):
    return subprocess.run([sys.executable, SCRIPT, os.environ["COGMILL_BIN"], new, "--only", only],
                          capture_output=True, text=True)


def test_a_version_is_like_itself():
    done = compare(os.environ["COGMILL_BIN"], "convert vrt")
    assert done.returncode == 0 and done.stdout == "2 of 2 jobs: the same bytes and warnings\n", done.stdout + done.stderr


def test_another_version_is_seen(tmp_path):
    other = tmp_path / "cogmill"
    other.write_text(f'#!/bin/sh\nexec {os.environ["COGMILL_BIN"]} "$@" --co INTERLEAVE=BAND\n')
    other.chmod(0o755)
    done = compare(str(other), "convert vrt")
    assert done.returncode == 1 and "0 of 2 jobs" in done.stdout, done.stdout + done.stderr
    assert "OUT_00000.tif" in done.stdout


def test_no_job_is_no_success():
    assert compare(os.environ["COGMILL_BIN"], "no such job").returncode == 1
