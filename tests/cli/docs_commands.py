# SPDX-FileCopyrightText: 2026 The cogmill authors
# SPDX-License-Identifier: Apache-2.0
"""Runs commands as documents print them, in a folder where the files they read have been made."""
import os
import re
import shlex
import subprocess

import scenes
from conftest import BINARY, MPIRUN, ROOT, environment
from osgeo import gdal

FENCE = re.compile(r"^```(\w*)\s*\n(.*?)^```", re.MULTILINE | re.DOTALL)
SHELLS = ("", "console", "sh", "bash")
FLAGS = {"--overwrite", "--dry-run", "--json", "--resume", "--help", "-h", "--version",
         "--list-indices", "--strict", "--add-alpha", "--tap", "--target-aligned-pixels",
         "--allow-large-output", "--crop-to-cutline"}
# What only runs elsewhere: batch systems, object stores.
ELSEWHERE = re.compile(r"\b(srun|sbatch)\b|/vsi|s3://|https?://|--hostfile")


def commands_of(text):
    """Commands that start this project's programs, in blocks of shell commands or of no language."""
    for language, block in FENCE.findall(text):
        if language not in SHELLS:
            continue
        for line in re.sub(r"\\\n\s*", " ", block).splitlines():
            line = re.sub(r"^\$ ", "", line.strip())
            if re.match(r"(cogmill |mpirun |\./launch/)", line):
                yield line


def words_of(command):
    """The verb, the options with values, and the rest, of the cogmill part of a command line."""
    words = shlex.split(command, comments=True)
    words = words[words.index("cogmill") + 1:]
    options, positional, i = [], [], 1
    while i < len(words):
        if words[i] in ("|", "&&", ">", ";"):
            break
        if words[i].startswith("-") and words[i] not in FLAGS:
            options.append((words[i], words[i + 1] if i + 1 < len(words) else ""))
            i += 1
        elif not words[i].startswith("-"):
            positional.append(words[i])
        i += 1
    return words[0] if words else "", options, positional


def inputs_of(command):
    """The files a command reads, and whether they have to be COGs."""
    verb, options, positional = words_of(command)
    if verb in ("convert", "reproject"):
        return positional[:1], False
    if verb == "doctor":  # folders that are there
        return [], False
    if verb == "mosaic":
        return positional[:-1], False
    if verb == "calc":
        return [v.split("=", 1)[-1] for o, v in options if o in ("-i", "--input")], False
    return positional, verb == "validate"


def make_input(folder, name, cog):
    path = folder / name
    if path.exists() or any(c in name for c in "*?") or name.startswith("-"):
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    six = ("blue", "green", "red", "nir", "swir1", "swir2")
    pixels = scenes.ramp(6, 600, 500)
    scenes.write(str(path) + ".tmp.tif", pixels, nodata=0, descriptions=six)
    if not cog:
        os.rename(str(path) + ".tmp.tif", path)
        return
    gdal.Translate(str(path), str(path) + ".tmp.tif", format="COG")
    os.remove(str(path) + ".tmp.tif")


def tools(folder):
    """A folder for PATH, where cogmill and an mpirun that may use more ranks than cores are."""
    folder.mkdir(exist_ok=True)
    if not (folder / "cogmill").exists():
        (folder / "cogmill").symlink_to(os.path.abspath(BINARY))
        (folder / "mpirun").write_text(f'#!/bin/sh\nexec {MPIRUN} --oversubscribe "$@"\n')
        (folder / "mpirun").chmod(0o755)
    return folder


def run_printed(command, folder):
    """Runs one command as printed. @return None, or why it was not run"""
    if ELSEWHERE.search(command):
        return "needs what is not here"
    if command.startswith("./launch/"):
        script = ROOT / shlex.split(command)[0]
        assert os.access(script, os.X_OK), f"{command}: no such script"
        return "a script of this project: it is there"
    names, cog = inputs_of(command)
    for name in names:
        make_input(folder, name, cog)
    env = environment({"PATH": f"{tools(folder / '.tools')}:{os.environ['PATH']}"})
    done = subprocess.run(["bash", "-euo", "pipefail", "-c", command], cwd=folder, env=env, timeout=120,
                          capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
    assert done.returncode == 0, f"{command}\nexit code {done.returncode}\n{done.stdout}{done.stderr}"
    verb, _, positional = words_of(command)
    if verb in ("calc", "convert", "mosaic", "reproject") and "--dry-run" not in command:
        assert positional and (folder / positional[-1]).is_file(), f"{command}\nwrote nothing"
    return None
