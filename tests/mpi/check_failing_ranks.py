#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The cogmill authors
# SPDX-License-Identifier: Apache-2.0
"""A test that fails on one rank of three fails as a whole, and its text is printed.
check_failing_ranks.py COMMAND: what starts failing_ranks on three ranks."""
import subprocess
import sys
import unittest

COMMAND = []


def run(tests, *options):
    """Exit code, stdout and stderr of the tests that this filter selects."""
    command = [*COMMAND, "--gtest_color=no", f"--gtest_filter={tests}", *options]
    result = subprocess.run(command, text=True, capture_output=True, timeout=200, check=False)
    return result.returncode, result.stdout, result.stderr


class FailingRanks(unittest.TestCase):
    def fails(self, test, *texts):
        """Each text is printed once, by rank 0, and the test counts as one that failed."""
        code, out, err = run(test)
        self.assertNotEqual(code, 0, out + err)
        self.assertIn(f"[  FAILED  ] {test}", out)
        for text in texts:
            self.assertEqual(out.count(text), 1, out)

    def test_all_pass(self):
        code, out, err = run("Failing.AllPass")
        self.assertEqual(code, 0, out + err)
        self.assertIn("[       OK ] Failing.AllPass", out)

    def test_texts_of_the_last_rank(self):
        self.fails("Failing.LastExpectsOtherwise", "on rank 2: Expected equality of these values",
                   "Which is: 1002", "first of two", "second of two,\nin two lines")

    def test_rank_0_has_skipped(self):
        self.fails("Failing.RootSkipsAndLastFails", "on rank 2: ", "nobody skips this text")

    def test_exception(self):
        self.fails("Failing.LastThrows", "on rank 2: C++ exception", "thrown by the last")

    def test_rank_0_prints_its_own_text_once(self):
        self.fails("Failing.RootFailsAlone", "printed once")

    def test_before_the_tests_of_a_suite(self):
        code, out, err = run("FailingSuite.*")
        self.assertNotEqual(code, 0, out + err)
        self.assertIn("failed before its tests", out)

    def test_others_go_on(self):
        code, out, err = run("Failing.*")
        self.assertNotEqual(code, 0, out + err)
        self.assertIn("[       OK ] Failing.PassesBehindAllThat", out)
        self.assertIn("4 FAILED TESTS", out)

    def test_one_failure_ends_all_with_fail_fast(self):
        code, out, err = run("Failing.*", "--gtest_fail_fast")
        self.assertNotEqual(code, 0, out + err)
        self.assertIn("1 FAILED TEST\n", out)

    def test_text_of_a_rank_that_others_wait_for(self):
        code, out, err = run("Hanging.*")
        self.assertNotEqual(code, 0, out + err)
        self.assertIn("rank 2 has failed, and others wait elsewhere", err)
        self.assertIn("heard from where it hangs", err)


if __name__ == "__main__":
    COMMAND = sys.argv[1:]
    unittest.main(argv=sys.argv[:1])
