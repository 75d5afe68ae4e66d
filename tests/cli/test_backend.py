# SPDX-FileCopyrightText: 2026 The cogmill authors
# SPDX-License-Identifier: Apache-2.0
"""Where a job is computed, and what is said where there is no GPU."""
import filecmp
import re

import pytest
import scenes
import yaml

JOB = ["calc", "-i", "in.tif", "--calc", "b1 * 2", "--ot", "Float32"]
NO_GPU = {"CUDA_VISIBLE_DEVICES": "", "NVIDIA_VISIBLE_DEVICES": "void"}
REASON = r"no NVIDIA driver|driver is too old|no GPU is visible|built without CUDA"


@pytest.fixture
def scene(tmp_path):
    return scenes.write(tmp_path / "in.tif", scenes.ramp(1, 300, 200))


@pytest.mark.parametrize("ranks", [None, 2])
def test_cuda_without_a_gpu_says_why(cogmill, scene, tmp_path, ranks):
    run = cogmill.fails(*JOB, "out.tif", "--backend", "cuda", np=ranks, env=NO_GPU, code=1,
                        words=["--backend cuda", REASON, "--backend auto"])
    assert len(run.errors) == 1, str(run)
    assert not (tmp_path / "out.tif").exists()


def test_auto_computes_on_the_cores(cogmill, scene, tmp_path):
    cogmill(*JOB, "auto.tif", "--record", "run.yaml", env=NO_GPU)
    cogmill(*JOB, "cpu.tif", "--backend", "cpu")
    record = yaml.safe_load((tmp_path / "run.yaml").read_text())
    assert record["run"]["backend"] == "cpu" and "gpus" not in record
    assert any(note.startswith("backend cpu: ") for note in record["notes"])
    assert filecmp.cmp(tmp_path / "auto.tif", tmp_path / "cpu.tif", shallow=False)


def test_dry_run_names_the_backend(cogmill, scene):
    assert re.search("backend cpu", cogmill(*JOB, "out.tif", "--dry-run", "--backend", "cpu").stdout)
