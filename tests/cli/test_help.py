# SPDX-FileCopyrightText: 2026 The cogmill authors
# SPDX-License-Identifier: Apache-2.0
"""--help fits a screen and ends with two examples that run as printed."""
import re

import pytest
from docs_commands import run_printed

COMMANDS = ["info", "calc", "convert", "reproject", "mosaic", "validate", "doctor"]
SCREEN = (24, 80)  # lines, columns


@pytest.mark.parametrize("verb", COMMANDS)
def test_help_fits_a_screen(cogmill, verb):
    run = cogmill(verb, "--help")
    lines = run.stdout.splitlines()
    assert 5 <= len(lines) <= SCREEN[0] and max(map(len, lines)) <= SCREEN[1], str(run)
    assert run.stderr == ""


@pytest.mark.parametrize("verb", COMMANDS)
def test_examples_run_as_printed(cogmill, tmp_path, verb):
    text = re.sub(r"\\\n\s*", " ", cogmill(verb, "--help").stdout)
    lines = [line.strip().removeprefix("$ ") for line in text.splitlines() if line.strip()]
    examples = [line for line in lines[-4:] if re.match(rf"(mpirun .*)?cogmill {verb}\b", line)]
    assert len(examples) == 2, text
    for example in examples:
        assert run_printed(example, tmp_path) is None


def test_help_of_the_program(cogmill):
    run = cogmill("--help")
    for verb in COMMANDS:
        assert re.search(rf"^\s+{verb}\b", run.stdout, re.MULTILINE), str(run)
    assert len(run.stdout.splitlines()) <= SCREEN[0]


def test_version(cogmill):
    assert re.search(r"cogmill \d+\.\d+\.\d+", cogmill("--version").stdout)


def test_help_under_mpi_is_printed_once(cogmill):
    assert cogmill("convert", "--help", np=3).stdout == cogmill("convert", "--help").stdout
