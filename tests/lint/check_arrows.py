#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The cogmill authors
# SPDX-License-Identifier: Apache-2.0
"""Who may include whom: every #include "folder/..." and every GDAL or MPI header, against a table,
which docs/developing.md shows to people."""
import re
import sys

from sources import ROOT, cpp_files, report

# Folder -> what of the project it may include. A folder always knows itself.
ALLOWED = {
    "partition": [],
    "kernels": [],
    "launch": [],
    "src/report": [],
    "src/io": ["kernels", "partition", "src/report"],
    "src/crs": ["kernels", "partition", "src/report", "src/io/crs_text.hpp", "src/io/gdal_check.hpp",
                "src/io/scene_info.hpp", "src/io/scoped_config.hpp"],
    "src/warp": ["kernels", "partition", "src/crs", "src/io", "src/report"],
    "src/expr": ["kernels", "src/report"],
    "src/gpu": ["kernels", "partition", "src/report"],
    "src/exchange": ["launch/mpi_check.hpp", "src/report"],
    "src/job": ["kernels", "src/crs/choose_overview.hpp", "src/crs/target_grid.hpp", "src/io/source.hpp", "src/report"],
    "src/plan": ["partition", "kernels", "src/crs", "src/io", "src/expr", "src/job", "src/report",
                 "src/warp"],
    "src/pipeline": ["partition", "kernels", "src/crs", "src/io", "src/expr", "src/exchange",
                     "src/gpu", "src/job", "src/plan", "src/report", "src/warp"],
    "src/doctor": ["src/crs/proj_facts.hpp", "src/exchange", "src/gpu", "src/io/gdal_facts.hpp",
                   "src/pipeline/binding.hpp", "src/pipeline/software.hpp", "src/report"],
    "src/cli": ["partition", "kernels", "launch", "src"],
    "src": ["partition", "kernels", "launch", "src"],  # main.cpp
    "tests": ["partition", "kernels", "launch", "src"],
}
# Libraries with one home.
LIBRARIES = {
    "GDAL": (re.compile(r"(gdal|cpl_|ogr)[\w.]*\.h$"), ["src/io", "src/crs", "tests"]),
    "PROJ": (re.compile(r"proj(_\w+)?\.h$"), ["src/crs", "tests"]),
    "MPI": (re.compile(r"mpi(\.h|cxx)"), ["src/exchange", "launch", "tests"]),
    "libtiff": (re.compile(r"(tiff|tiffio|tiffvers)\.h(xx)?$"), ["src/io", "tests"]),
    "CUDA": (re.compile(r"(cuda|cub/|nccl|nvml)[\w./]*"), ["kernels/cuda", "src/gpu", "tests"]),
}
INCLUDE = re.compile(r'^\s*#\s*include\s*(?:"([^"]+)"|<([^>]+)>)')


def box_of(path):
    """The longest key of ALLOWED that `path` lies in."""
    boxes = [box for box in ALLOWED if path.startswith(box + "/")]
    return max(boxes, key=len) if boxes else None


def inside(path, folder):
    return path == folder or path.startswith(folder + "/")


def complaint(path, header, quoted):
    """What is wrong with `path` including `header`, or None."""
    for name, (pattern, homes) in LIBRARIES.items():
        if pattern.match(header) and not any(inside(path, home) for home in homes):
            return f"{name} is included only in {', '.join(homes)}: {header}"
    if not quoted:
        return None
    if box_of(header) is None:
        return f"include from the project's root, or a library with <>: {header}"
    if not (ROOT / header).is_file():
        return f"no such header: {header}"
    box = box_of(path)
    if inside(header, box) or any(inside(header, allowed) for allowed in ALLOWED[box]):
        return None
    return f"{box} may not know {box_of(header)}: {header}"


def short(path):
    """The name by which people know a folder: io for src/io and for any header in it."""
    return path.removeprefix("src/").split("/")[0]


def shown_rows():
    """Folder -> names it may use, as docs/developing.md has it. `all above but X` is spelt out."""
    page, rows = ROOT / "docs/developing.md", {}
    for folder, uses in re.findall(r"^\| `([\w/]+)/?` \|[^|]*\| (.*) \|$", page.read_text(), re.MULTILINE):
        names = set(re.findall(r"[a-z]+", uses))
        folder = folder.rstrip("/")
        rows[folder] = set(map(short, rows)) - names if uses.startswith("all above") else names
    return rows


def table_problems():
    """Where the table in docs/developing.md says something else than ALLOWED."""
    rows = shown_rows()
    names = {short(folder) for folder in rows}
    for folder in sorted(set(ALLOWED) - {"src", "tests", *rows}):
        yield f"docs/developing.md: its table lacks {folder}"
    for folder in set(ALLOWED) & set(rows):
        allowed = {short(path) for path in ALLOWED[folder]}
        allowed = names - {short(folder)} if "src" in allowed else allowed
        if rows[folder] & names != allowed:
            yield (f"docs/developing.md: {folder} may use {', '.join(sorted(allowed)) or 'nothing'}, "
                   f"not {', '.join(sorted(rows[folder] & names)) or 'nothing'}")


def main():
    problems, includes = [], 0
    if (ROOT / "docs/developing.md").is_file():
        problems += table_problems()
    for path in cpp_files():
        for number, line in enumerate((ROOT / path).read_text().splitlines(), 1):
            match = INCLUDE.match(line)
            if not match:
                continue
            includes += 1
            text = complaint(path, match[1] or match[2], match[1] is not None)
            if text:
                problems.append(f"{path}:{number}: {text}")
    return report("arrows", problems, f"{includes} includes")


if __name__ == "__main__":
    sys.exit(main())
