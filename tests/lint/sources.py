# SPDX-FileCopyrightText: 2026 The cogmill authors
# SPDX-License-Identifier: Apache-2.0
"""What the lint tests look at: the project's files, whether git knows them yet or not."""
import os
import sys
from pathlib import Path

ROOT = Path(os.environ.get("COGMILL_LINT_ROOT", Path(__file__).resolve().parents[2]))
CPP_FOLDERS = ("partition", "kernels", "launch", "src", "tests")
CPP_SUFFIXES = (".hpp", ".cpp", ".cu", ".cuh")
SKIPPED = {".git", "__pycache__", "demo-output", ".pytest_cache"}


def all_files():
    """Paths, relative to the root, of every file that is not built."""
    found = []
    for folder, folders, names in os.walk(ROOT):
        folders[:] = sorted(f for f in folders if f not in SKIPPED
                            and not f.startswith("build") and not f.endswith(".partial"))
        found += [os.path.relpath(os.path.join(folder, name), ROOT) for name in sorted(names)]
    return found


def cpp_files():
    return [f for f in all_files()
            if f.endswith(CPP_SUFFIXES) and f.split(os.sep)[0] in CPP_FOLDERS]


def report(check, problems, looked_at):
    """Prints the problems. @return an exit code; seeing no files at all is a failure too."""
    for problem in problems:
        print(problem, file=sys.stderr)
    if looked_at.startswith("0 "):
        print(f"{check}: looked at nothing", file=sys.stderr)
        return 1
    print(f"{check}: {looked_at}, {len(problems)} problems")
    return 1 if problems else 0
