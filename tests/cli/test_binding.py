# SPDX-FileCopyrightText: 2026 The cogmill authors
# SPDX-License-Identifier: Apache-2.0
"""mpirun binds one or two ranks to a core each: who lets it is told once, and nobody else is."""
import os

import pytest
import scenes

CORES = len(os.sched_getaffinity(0))
BOUND = {"bind": "core"}
JOB = ["convert", "in.tif", "out.tif", "--overwrite"]


@pytest.fixture
def binding(cogmill, tmp_path):
    """A Cogmill beside a scene; skips where a rank cannot be bound to less than there is."""
    if CORES < 2:
        pytest.skip("one processor: nothing is left idle")
    scenes.write(tmp_path / "in.tif", scenes.ramp(1, 300, 200))
    return cogmill


def test_idle_processors_are_named_once(binding, tmp_path):
    run = binding(*JOB, "--record", "run.yaml", np=1, **BOUND, warns=True)
    assert len(run.warnings) == 1, str(run)
    for words in ("mpirun has bound this rank to", f"of {CORES} processors", "--bind-to none",
                  "--map-by slot:PE="):
        assert words in run.warnings[0], str(run)
    assert "mpirun has bound" in (tmp_path / "run.yaml").read_text()


def test_threads_are_those_of_the_binding(binding, tmp_path):
    binding(*JOB, "--record", "run.yaml", np=1, **BOUND, warns=True)
    bound = (tmp_path / "run.yaml").read_text()
    binding(*JOB, "--record", "run.yaml", np=1)
    free = (tmp_path / "run.yaml").read_text()
    assert f"threads: {CORES}" in free and f"threads: {CORES}" not in bound


@pytest.mark.parametrize("options,how", [
    ([], {}),                                            # not bound
    (["--threads", "1"], BOUND),                         # no more are wanted
    ([], BOUND | {"env": {"SLURM_JOB_ID": "17"}}),       # the binding is the allocation
], ids=["free", "one-thread", "slurm"])
def test_others_are_not_told(binding, options, how):
    binding(*JOB, *options, np=1, **how)


def test_all_processors_in_use(binding):
    binding(*JOB, np=CORES, **BOUND)
