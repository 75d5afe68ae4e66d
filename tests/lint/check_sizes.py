#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The cogmill authors
# SPDX-License-Identifier: Apache-2.0
"""Files of at most 350 lines (tests: 400), functions of at most 60. What must be longer is named here, and why."""
import re
import sys

from sources import ROOT, cpp_files, report

MAX_FILE_LINES = 350
MAX_TEST_FILE_LINES = 400
MAX_FUNCTION_LINES = 60
LONGER_FILES = {  # path: why
    "kernels/pixel_ops.hpp": "one functor for each operation of the language, side by side",
    "tests/unit/test_geo_template.cpp": "one short test for each kind of metadata",
}
LONGER_FUNCTIONS = {  # (path, part of the heading): why
    ("kernels/pixel_ops.hpp", "void visit("): "one line for each operation",
    ("tests/unit/test_cog_validator.cpp", "breaks()"): "a table: one way to break a file each",
}

NOT_A_FUNCTION = re.compile(r"^\s*(class|struct|enum|union|namespace|extern\b|switch|for|while|if|do)\b")
NOISE = re.compile(r'R"\((?:.|\n)*?\)"|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])+\'|//[^\n]*'
                   r'|/\*(?:.|\n)*?\*/')


def without_noise(text):
    """The text with strings and comments blanked, its line breaks kept."""
    return NOISE.sub(lambda m: '""' + "\n" * m[0].count("\n"), re.sub(r"(?<=\d)'(?=\d)", "", text))


def functions(text):
    """(first line number, lines, heading) of each outermost braced body that is a function's."""
    opened, heading, number = [], "", 1
    for char in without_noise(text):
        if char == "\n":
            number += 1
            heading += " "
        elif char == "{":
            inner = any(function for _, function, _ in opened)
            name = re.sub(r'\s+|""', " ", heading).strip()
            opened.append((number, not inner and "(" in name
                           and not name.endswith(("(", ",", "="))
                           and not NOT_A_FUNCTION.match(name), name))
            heading = ""
        elif char == "}":
            if opened:
                first, function, name = opened.pop()
                if function:
                    yield first, number - first + 1, name
            heading = ""
        elif char == ";":
            heading = ""
        else:
            heading += char


def main():
    problems, seen = [], 0
    for path in cpp_files():
        text = (ROOT / path).read_text()
        lines = text.count("\n")
        limit = MAX_TEST_FILE_LINES if path.startswith("tests/") else MAX_FILE_LINES
        if lines > limit and path not in LONGER_FILES:
            problems.append(f"{path}: {lines} lines, more than {limit}: split it")
        for first, length, name in functions(text):
            seen += 1
            allowed = any(p == path and n in name for p, n in LONGER_FUNCTIONS)
            if length > MAX_FUNCTION_LINES and not allowed:
                problems.append(f"{path}:{first}: a function of {length} lines, more than "
                                f"{MAX_FUNCTION_LINES}: {name[-80:]}")
    return report("sizes", problems, f"{seen} functions")


if __name__ == "__main__":
    sys.exit(main())
