#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The cogmill authors
# SPDX-License-Identifier: Apache-2.0
"""The lint checks themselves can fail: each is shown a small project with one fault of its kind."""
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

HERE = Path(__file__).resolve().parent
HEADER = "// SPDX-FileCopyrightText: 2026 The cogmill authors\n// SPDX-License-Identifier: Apache-2.0\n"


def run(check, files, *arguments):
    """Exit code and messages of a check on a project of these files."""
    with tempfile.TemporaryDirectory() as root:
        for path, text in files.items():
            target = Path(root, path)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text)
            if text.startswith("#!"):
                target.chmod(0o755)
        result = subprocess.run([sys.executable, HERE / check, *arguments], text=True, timeout=60,
                                capture_output=True, env={**os.environ, "COGMILL_LINT_ROOT": root},
                                check=False)
    return result.returncode, result.stdout + result.stderr


class Arrows(unittest.TestCase):
    def fails(self, path, include, words):
        files = {path: f"#include {include}\n", "kernels/plane.hpp": "", "src/io/scene_info.hpp": "",
                 "src/io/source.hpp": "", "src/gpu/binding.hpp": "", "launch/mpi_runtime.hpp": ""}
        code, text = run("check_arrows.py", files)
        self.assertEqual(code, 1 if words else 0, text)
        if words:
            self.assertIn(words, text)

    def test_leaf_knows_a_leaf(self):
        self.fails("partition/a.hpp", '"kernels/plane.hpp"', "partition may not know kernels")

    def test_core_knows_launch(self):
        self.fails("src/plan/a.hpp", '"launch/mpi_runtime.hpp"', "src/plan may not know launch")

    def test_job_knows_one_header_of_io(self):
        self.fails("src/job/a.hpp", '"src/io/source.hpp"', None)
        self.fails("src/job/a.hpp", '"src/io/scene_info.hpp"', "src/job may not know src/io")

    def test_doctor_asks_what_others_tell_of_themselves(self):
        self.fails("src/doctor/a.hpp", '"src/gpu/binding.hpp"', None)
        self.fails("src/doctor/a.hpp", '"src/io/source.hpp"', "src/doctor may not know src/io")

    def test_table_for_people(self):
        page = "| folder | question | may use |\n|---|---|---|\n"
        for folder, uses, words in [("partition/", "nothing", "its table lacks kernels"),
                                    ("src/exchange", "launch, report", None),
                                    ("src/exchange", "nothing", "src/exchange may use launch, report, not nothing"),
                                    ("src/exchange", "launch, report, io", "not io, launch, report")]:
            rows = "".join(f"| `{name}` | what? | nothing |\n" for name in ("launch/", "src/report", "src/io"))
            _, text = run("check_arrows.py", {"docs/developing.md": f"{page}{rows}| `{folder}` | what? | {uses} |\n"})
            if words:
                self.assertIn(words, text)
            else:
                self.assertNotIn("src/exchange may use", text)

    def test_gdal_outside_io(self):
        self.fails("src/cli/a.cpp", "<gdal_priv.h>", "GDAL is included only in")
        self.fails("src/io/a.cpp", "<gdal_priv.h>", None)

    def test_mpi_outside_exchange(self):
        self.fails("src/pipeline/a.cpp", "<mpi.h>", "MPI is included only in")

    def test_header_that_is_not_there(self):
        self.fails("src/io/a.cpp", '"kernels/gone.hpp"', "no such header")
        self.fails("src/io/a.cpp", '"source.hpp"', "include from the project's root")


class Sizes(unittest.TestCase):
    def test_long_function(self):
        body = "  f();  // }\n" * 70
        code, text = run("check_sizes.py", {"src/io/a.cpp": "namespace a {\nvoid f() {\n" + body + "}\n}\n"})
        self.assertEqual(code, 1)
        self.assertIn("src/io/a.cpp:2: a function of 72 lines", text)

    def test_long_class_of_short_functions(self):
        body = "  int f() const { return '{'; }\n" * 70
        code, text = run("check_sizes.py", {"src/io/a.cpp": "class A : B<int> {\n" + body + "};\n"})
        self.assertEqual(code, 0, text)

    def test_long_file(self):
        code, text = run("check_sizes.py", {"src/io/a.cpp": "int f() { return 1; }\n" + "int a;\n" * 360})
        self.assertEqual(code, 1)
        self.assertIn("361 lines", text)


class Hygiene(unittest.TestCase):
    def fails(self, path, text, words):
        code, output = run("check_hygiene.py", {path: text}, "text")
        self.assertEqual(code, 1, output)
        self.assertIn(words, output)

    def test_faults(self):
        self.fails("src/a.cpp", "int a;\n", "no SPDX header")
        self.fails("src/a.cpp", HEADER + "// see /ho" + "me/me/notes\n", "a path of one machine")
        self.fails("src/a.cpp", HEADER + "int a;  // TO" + "DO\n", "TODO without a text")
        self.fails("src/a.cpp", HEADER + "int a; \n", "blank at the end")
        self.fails("src/a.cpp", HEADER + "int a;", "no newline")
        self.fails("src/a.hpp", HEADER + "int a;\n", "no #pragma once")

    def test_clean_file(self):
        code, output = run("check_hygiene.py", {"src/a.cpp": HEADER + "int a;\n"}, "text")
        self.assertEqual(code, 0, output)

    def test_script_and_format(self):
        code, output = run("check_hygiene.py", {"launch/x": "#!/bin/bash\nrm -r $1\n"}, "scripts")
        self.assertIn(code, (1, 77), output)
        code, output = run("check_hygiene.py", {"src/a.cpp": "int   a ;\n"}, "format")
        self.assertIn(code, (1, 77), output)


if __name__ == "__main__":
    unittest.main()
