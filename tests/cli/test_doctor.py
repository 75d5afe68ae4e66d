# SPDX-FileCopyrightText: 2026 The cogmill authors
# SPDX-License-Identifier: Apache-2.0
"""doctor: what this node offers, whatever that is: with a GPU or without one."""
import json
import os
import re
import stat

import pytest
from conftest import ROOT

TOPICS = ["cogmill", "CPU", "memory", "GPU driver", "NCCL", "nvCOMP", "MPI", "GDAL", "PROJ", "Slurm", "files"]
LINE = re.compile(r"(ok|note|problem) +(" + "|".join([*TOPICS, "binding", "GPU links", "GPU choice", "GPU", "copies"])
                  + r") +(\S.*)")


@pytest.fixture
def plain(monkeypatch):
    """An environment in which nothing of a batch system is seen."""
    for name in [n for n in os.environ if n.startswith(("SLURM_", "PMI_", "PMIX_", "OMPI_COMM_"))]:
        monkeypatch.delenv(name)


def findings(text):
    """Topic -> its lines, of the text form. Every line but the first and the last is a finding."""
    found = {}
    for line in text.splitlines()[1:-1]:
        match = LINE.fullmatch(line)
        assert match, line
        found.setdefault(match[2], []).append(line)
    return found


def report(cogmill, *args, **how):
    """The JSON form, and its exit code checked against its verdict."""
    run = cogmill.run("doctor", "--json", *args, **how)
    found = json.loads(run.stdout)
    assert run.code == (1 if found["verdict"] == "problem" else 0), str(run)
    assert not run.errors, str(run)
    return found


def of(found, topic):
    return [f for f in found["findings"] if f["topic"] == topic]


def test_a_line_for_everything(cogmill, plain):
    run = cogmill("doctor")
    lines = run.stdout.splitlines()
    assert lines[0].startswith("cogmill doctor on "), str(run)
    assert re.fullmatch(r"no problem, \d+ notes?", lines[-1]), str(run)
    found = findings(run.stdout)
    assert set(TOPICS) <= set(found), str(run)
    assert not re.search(r"[{}]", run.stdout), "a number was not filled in"
    assert run.stderr == "" and run.seconds < 20
    order = [line[8:19].strip() for line in lines[1:-1]]
    assert [t for t in dict.fromkeys(order) if t in TOPICS] == TOPICS


def test_nothing_is_left_behind(cogmill, tmp_path, plain):
    cogmill("doctor", ".")
    assert not any(tmp_path.iterdir())


def test_json_says_the_same(cogmill, plain):
    found = report(cogmill)
    assert found["ranks"] == 1 and len(found["hosts"]) == 1
    assert {f["topic"] for f in found["findings"]} >= set(TOPICS)
    for finding in found["findings"]:
        assert finding["verdict"] in ("ok", "note", "problem") and finding["text"], finding
        assert finding["ranks"] == [0] and finding["hosts"] == found["hosts"]
    cpu, memory, gdal, proj = (of(found, t)[0]["facts"] for t in ("CPU", "memory", "GDAL", "PROJ"))
    assert 1 <= cpu["cores"] <= cpu["processors"] <= len(os.sched_getaffinity(0))
    assert memory["bytes"] > 2**20 and {"GTiff", "VRT"} <= set(gdal["drivers"])
    assert os.path.isfile(proj["database"]) and proj["network"] in (True, False)


def test_versions_are_those_of_version(cogmill, plain):
    version, found = cogmill("--version").stdout, report(cogmill)
    for topic, name in (("cogmill", "cogmill"), ("GDAL", "GDAL"), ("PROJ", "PROJ")):
        assert f"{name} {of(found, topic)[0]['facts']['version']}" in version


def test_no_visible_gpu_is_no_problem(cogmill, plain):
    found = report(cogmill, env={"CUDA_VISIBLE_DEVICES": ""})
    assert found["verdict"] != "problem"
    driver = of(found, "GPU driver")
    assert len(driver) == 1 and driver[0]["verdict"] in ("ok", "note")
    assert not of(found, "GPU") and not of(found, "copies")


def test_visible_gpus_are_measured(cogmill, plain):
    found = report(cogmill)
    gpus = of(found, "GPU")
    if not gpus:
        pytest.skip("no GPU here: " + of(found, "GPU driver")[0]["text"])
    assert len(of(found, "GPU choice")) == 1
    copies = of(found, "copies")[0]["facts"]
    assert copies["to_gb_s"] > 0.5 and copies["from_gb_s"] > 0.5 and copies["both_gb_s"] > 0.5
    assert 0 < copies["start_seconds"] < 30


def test_folders_that_are_named(cogmill, tmp_path, plain):
    (tmp_path / "a file").touch()
    found = report(cogmill, tmp_path, tmp_path / "a file", "/dev/shm")
    paths = of(found, "files")
    assert [f["facts"]["path"] for f in paths] == [str(tmp_path), str(tmp_path / "a file"), "/dev/shm"]
    assert paths[0]["facts"]["writable"] and paths[0]["facts"]["total_bytes"] >= paths[0]["facts"]["free_bytes"]
    assert paths[0]["facts"]["kind"] == paths[1]["facts"]["kind"]
    assert paths[2]["facts"]["kind"] == "tmpfs" and paths[2]["verdict"] == "note"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a file"]


def test_a_folder_that_is_not_there(cogmill, plain):
    run = cogmill.run("doctor", "gone/folder", ".")
    assert run.code == 1 and not run.errors, str(run)
    lines = findings(run.stdout)["files"]
    assert len(lines) == 2 and re.search(r"^problem.*gone/folder.*No such file", lines[0]), str(run)
    assert run.stdout.splitlines()[-1].startswith("1 problem, ")


def test_tmpdir_that_is_not_there_is_a_note(cogmill, plain):
    found = report(cogmill, env={"TMPDIR": "/gone/folder"})
    assert [f["verdict"] for f in of(found, "files") if f["facts"]["path"] == "/gone/folder"] == ["note"]


def test_names_of_any_bytes(cogmill, tmp_path, plain):
    folder = os.fsencode(tmp_path) + b"/a\nb\xff{free}"
    os.mkdir(folder)
    found = report(cogmill, os.fsdecode(folder))
    assert "a b\ufffd" in of(found, "files")[0]["text"]
    assert len(findings(cogmill("doctor", os.fsdecode(folder)).stdout)["files"]) == 1


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_folder_without_write_permission(cogmill, tmp_path, plain):
    (tmp_path / "closed").mkdir(mode=stat.S_IRUSR | stat.S_IXUSR)
    finding = of(report(cogmill, "closed"), "files")[0]
    assert finding["verdict"] == "note" and "Permission denied" in finding["text"]


def test_ranks_say_it_once(cogmill, plain):
    run = cogmill("doctor", np=2)
    assert re.search(r", 2 ranks$", run.stdout.splitlines()[0]), str(run)
    found = findings(run.stdout)
    for topic in ("cogmill", "CPU", "memory", "MPI", "GDAL", "PROJ"):
        assert len(found[topic]) == 1 and "[" not in found[topic][0].split("->")[0][-20:], str(run)
    assert "2 ranks, MPI_THREAD_" in found["MPI"][0] and "CUDA-aware" in found["MPI"][0]


def test_json_of_ranks(cogmill, plain):
    found = report(cogmill, np=3)
    assert found["ranks"] == 3 and len(found["hosts"]) == 1
    assert of(found, "MPI")[0]["ranks"] == [0, 1, 2] and of(found, "GDAL")[0]["ranks"] == [0]


def test_ranks_agree_on_the_exit_code(cogmill, plain):
    run = cogmill.run("doctor", "gone", np=2)
    assert run.code == 1 and run.stdout.count("problem files") == 1, str(run)


SLURM = {"SLURM_JOB_ID": "4711", "SLURM_NNODES": "2", "SLURM_NTASKS": "8", "SLURM_CPUS_PER_TASK": "1"}


def test_slurm(cogmill, plain):
    line = findings(cogmill("doctor", env=SLURM).stdout)["Slurm"][0]
    assert line.startswith("note") and "job 4711, 2 nodes, 8 tasks, 1 CPU per task" in line
    assert "--cpus-per-task" in line
    assert of(report(cogmill, env=SLURM), "Slurm")[0]["facts"] == {"job": "4711", "nodes": 2, "tasks": 8,
                                                                   "cpus_per_task": 1}


def test_srun_without_mpi_is_a_problem(cogmill, plain):
    run = cogmill.run("doctor", env=SLURM | {"SLURM_STEP_NUM_TASKS": "8"})
    assert run.code == 1, str(run)
    assert re.search(r"^problem.*8 processes.*srun --mpi=pmix", findings(run.stdout)["MPI"][0])


def test_proj_without_its_database_is_a_problem(cogmill, tmp_path, plain):
    run = cogmill.run("doctor", env={"PROJ_LIB": str(tmp_path), "PROJ_DATA": str(tmp_path)})
    line = findings(run.stdout)["PROJ"][0]
    if "proj.db" in line and line.startswith("ok"):
        pytest.skip("this PROJ finds its database by itself")
    assert run.code == 1 and "PROJ_DATA" in line, str(run)


def test_gdal_without_a_driver_that_is_needed_is_a_problem(cogmill, plain):
    run = cogmill.run("doctor", "--config", "GDAL_SKIP=VRT")
    line = findings(run.stdout)["GDAL"][0]
    assert run.code == 1 and line.startswith("problem") and "GDAL_SKIP" in line, str(run)


def test_wrong_command_lines(cogmill, plain):
    cogmill.fails("doctor", "--jsn", code=2, words=["--jsn", "did you mean '--json'"])


def test_the_documented_topics_are_those_that_are_printed(plain):
    text = (ROOT / "docs/doctor.md").read_text()
    for topic in [*TOPICS, "binding", "GPU", "GPU links", "GPU choice", "copies"]:
        assert re.search(rf"^\| `{topic}`", text, re.MULTILINE), topic
