#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The cogmill authors
# SPDX-License-Identifier: Apache-2.0
"""Small things every file owes: licence header, no paths of somebody's machine, clean scripts,
formatted C++. check_hygiene.py text | scripts | format; exit code 77 where the tool is missing."""
import os
import re
import shutil
import subprocess
import sys

from sources import ROOT, all_files, cpp_files, report

TEXT_SUFFIXES = (".hpp", ".cpp", ".cu", ".cuh", ".py", ".md", ".txt", ".cmake", ".sh", ".yaml",
                 ".yml", ".json", ".sbatch", ".1")
MAX_FILE_BYTES = 500_000
SPDX = "SPDX-License-Identifier: Apache-2.0"
RULES = {
    "a path of one machine": re.compile(r"(?<![\w.<])/(home|root|work|Users)/\w"),
    "TODO without a text": re.compile(r"\b(TODO|FIXME|XXX)\b\s*:?\s*$"),
    "blank at the end of the line": re.compile(r"[ \t]+$"),
    "a merge's marker": re.compile(r"^(<{7} |>{7} |={7}$)"),
}
SELF = "tests/lint/check_hygiene.py"
CLANG_FORMAT = ("clang-format-14", "clang-format")
SKIPPED = 77


def is_script(path):
    full = ROOT / path
    if path.endswith(".sh"):
        return True
    if "." in os.path.basename(path) or not os.access(full, os.X_OK):
        return False
    with open(full, "rb") as file:
        return re.match(rb"#!.*\b(ba)?sh\b", file.readline()) is not None


def text_problems(path):
    text = (ROOT / path).read_text(errors="replace")
    if path.endswith((".hpp", ".cpp", ".cu", ".cuh", ".py")) or is_script(path):
        if SPDX not in "\n".join(text.splitlines()[:4]):
            yield f"{path}:1: no SPDX header in the first lines"
    if path.endswith((".hpp", ".cuh")) and "\n#pragma once\n" not in text:
        yield f"{path}: no #pragma once"
    if text and not text.endswith("\n"):
        yield f"{path}: no newline at its end"
    for number, line in enumerate(text.splitlines(), 1):
        for rule, pattern in RULES.items():
            if pattern.search(line) and not (path.endswith(".md") and "blank" in rule):
                yield f"{path}:{number}: {rule}: {line.strip()[:100]}"


def check_text():
    problems, seen = [], 0
    for path in all_files():
        if (ROOT / path).stat().st_size > MAX_FILE_BYTES:
            problems.append(f"{path}: larger than {MAX_FILE_BYTES} bytes")
        if path != SELF and (path.endswith(TEXT_SUFFIXES) or is_script(path)):
            seen += 1
            problems += text_problems(path)
    return report("text", problems, f"{seen} files")


def run_tool(command, files, check):
    result = subprocess.run([*command, *files], cwd=ROOT, capture_output=True, text=True,
                            timeout=300, check=False)
    problems = (result.stdout + result.stderr).splitlines() if result.returncode else []
    return report(check, problems or (["failed"] if result.returncode else []),
                  f"{len(files)} files")


def check_scripts():
    if not shutil.which("shellcheck"):
        print("SKIPPED: shellcheck is not installed (launch/setup --tests installs it)")
        return SKIPPED
    return run_tool(["shellcheck", "-x"], [f for f in all_files() if is_script(f)], "scripts")


def check_format():
    for tool in filter(shutil.which, CLANG_FORMAT):
        version = subprocess.run([tool, "--version"], capture_output=True, text=True, check=True)
        if re.search(r"version 14\.", version.stdout):
            return run_tool([tool, "--dry-run", "-Werror"], cpp_files(), "format")
    print("SKIPPED: clang-format 14 is not installed (launch/setup --tests installs it)")
    return SKIPPED


CHECKS = {"text": check_text, "scripts": check_scripts, "format": check_format}

if __name__ == "__main__":
    sys.exit(CHECKS[sys.argv[1]]())
