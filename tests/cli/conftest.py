# SPDX-FileCopyrightText: 2026 The cogmill authors
# SPDX-License-Identifier: Apache-2.0
"""How the CLI tests start cogmill, and what they demand of every run."""
import atexit
import dataclasses
import functools
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BINARY = os.environ.get("COGMILL_BIN", str(ROOT / "build/src/cogmill"))
MPIRUN = os.environ.get("MPIEXEC") or shutil.which("mpirun") or "mpirun"


@functools.lru_cache
def mpi_folder():
    """A short path for Open MPI's sockets and shared memory, removed at the end."""
    folder = tempfile.mkdtemp(prefix="cm", dir="/tmp")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def environment(extra=None):
    env = {**os.environ, "TERM": "dumb", "LC_ALL": "C.UTF-8",
           # Ranks share cores here: they must not spin while they wait.
           "OMPI_MCA_mpi_yield_when_idle": "1", "OMPI_MCA_rmaps_base_oversubscribe": "1",
           "OMPI_MCA_hwloc_base_binding_policy": "none",
           # Jobs killed by one test must not take the session folders of another's with them.
           "TMPDIR": mpi_folder(), "OMPI_MCA_orte_tmpdir_base": mpi_folder()}
    if os.geteuid() == 0:
        env |= {"OMPI_ALLOW_RUN_AS_ROOT": "1", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1"}
    return env | (extra or {})


def command(args, np=None, bind=None):
    """The command line as a list. np None: without mpirun. bind: what mpirun binds ranks to."""
    start = [] if np is None else [MPIRUN, "--oversubscribe", "-np", str(np)]
    start += [] if bind is None else ["--bind-to", bind]
    return [*start, BINARY, *map(str, args)]


@dataclasses.dataclass
class Run:
    args: list
    code: int
    stdout: str
    stderr: str
    seconds: float

    @property
    def errors(self):
        return [line for line in self.stderr.splitlines() if line.startswith("cogmill: error:")]

    @property
    def warnings(self):
        return [line for line in self.stderr.splitlines()
                if re.match(r"cogmill: (rank \d+: )?warning:", line)]

    def __str__(self):
        return (f"{' '.join(map(str, self.args))}\nexit code {self.code} after {self.seconds:.1f} s"
                f"\n--- stdout\n{self.stdout}--- stderr\n{self.stderr}---")


class Cogmill:
    """Runs the binary in a folder. Calling it demands success and no complaint."""

    def __init__(self, folder):
        self.folder = folder

    def run(self, *args, np=None, bind=None, env=None, timeout=60):
        line = command(args, np, bind)
        start = time.monotonic()
        with subprocess.Popen(line, cwd=self.folder, env=environment(env), text=True,
                              errors="replace", stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE) as process:
            try:
                stdout, stderr = process.communicate(timeout=timeout)
            except subprocess.TimeoutExpired:
                kill_tree(process.pid)
                stdout, stderr = process.communicate()
                pytest.fail(f"not finished after {timeout} s: {' '.join(line)}\n{stderr}")
        # A sanitizer's exit code could be the one a test demands, or be lost behind mpirun's.
        assert not re.search(r"Sanitizer|:\d+: runtime error: ", stderr), f"{' '.join(line)}\n{stderr}"
        # Open MPI 5 ends its own messages with a zero byte.
        return Run(line, process.returncode, stdout, stderr.replace("\0", ""), time.monotonic() - start)

    def __call__(self, *args, warns=False, **how):
        """@param warns a warning is expected (True), none is (False), or it may be (None)"""
        run = self.run(*args, **how)
        assert run.code == 0 and not run.errors, str(run)
        assert warns is None or bool(run.warnings) == warns, str(run)
        return run

    def fails(self, *args, code, words, caret=False, **how):
        """Demands one error line with all these words (regular expressions, any case), this exit
        code (or one of several), no results, and nothing new in any folder."""
        before = listing(self.folder)
        run = self.run(*args, **how)
        codes = code if isinstance(code, tuple) else (code,)
        assert run.code in codes, str(run)
        assert len(run.errors) == 1, str(run)
        for word in words:
            assert re.search(word, run.errors[0], re.IGNORECASE), f"{word!r} is not in\n{run}"
        assert len(run.errors[0]) < 600 and "\t" not in run.errors[0], str(run)
        assert run.stdout == "", str(run)
        if how.get("np") is None:  # mpirun has its own words to say about a failed job
            rest = [line for line in run.stderr.splitlines() if line not in run.warnings]
            assert rest[0] == run.errors[0] and len(rest) <= 3, str(run)
            assert caret or not any(line.strip() == "^" for line in rest), str(run)
        assert listing(self.folder) == before, str(run)
        return run


def least_memory(bench, words, ranks):
    """The smallest --memory that the job says it can do with."""
    run = bench.run(*words, "out.tif", "--overwrite", "--memory", "1MB", np=ranks)
    found = re.search(r"at least ([\d.]+) ?([kMG]i?B)", run.stderr)
    assert run.code != 0 and found, str(run)
    return found[1] + found[2]


def processes_below(pid):
    """(process id, name) of children, their children, and so on."""
    children = {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            text = entry.read_text()
        except OSError:
            continue
        name, rest = text[text.index("(") + 1:text.rindex(")")], text[text.rindex(")") + 2:].split()
        children.setdefault(int(rest[1]), []).append((int(entry.parent.name), name))
    found = list(children.get(pid, []))
    for child, _ in found:
        found += children.get(child, [])
    return found


def kill_tree(pid):
    """Kills a process and all below it: ranks would outlive their mpirun and keep its pipes."""
    for victim in [child for child, _ in processes_below(pid)] + [pid]:
        try:
            os.kill(victim, signal.SIGKILL)
        except ProcessLookupError:
            pass


def listing(folder):
    """Every file and folder below, with the size and time of files."""
    return sorted((str(p.relative_to(folder)), p.lstat().st_size, p.lstat().st_mtime_ns)
                  if p.is_file() or p.is_symlink() else (str(p.relative_to(folder)), 0, 0)
                  for p in Path(folder).rglob("*"))


@pytest.fixture
def cogmill(tmp_path):
    return Cogmill(tmp_path)


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    """A Cogmill in a folder that all tests of one file share."""
    folder = tmp_path_factory.mktemp("shared")
    yield Cogmill(folder)
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(autouse=True)
def clean_after(tmp_path):
    yield
    shutil.rmtree(tmp_path, ignore_errors=True)


def pytest_sessionstart():
    if not os.access(BINARY, os.X_OK):
        pytest.exit(f"no binary {BINARY}: build it, or set COGMILL_BIN", returncode=2)
