# SPDX-FileCopyrightText: 2026 The cogmill authors
# SPDX-License-Identifier: Apache-2.0
"""Every command of README.md and docs/ runs as printed, in order, one folder for each page."""
import pytest
from conftest import ROOT
from docs_commands import commands_of, run_printed

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
NOTHING_TO_RUN = ["codecs.md", "concepts.md", "developing.md", "warp.md"]


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_page(page, tmp_path, capsys):
    ran = 0
    for command in commands_of(page.read_text()):
        why = run_printed(command, tmp_path)
        ran += why is None
        if why:
            with capsys.disabled():
                print(f"  not run ({why}): {command}")
    if page.name in NOTHING_TO_RUN:
        assert ran == 0, "a page that shows commands by now: take it off the list"
    else:
        assert ran >= 2, "the page shows how to use cogmill, and this test reads its blocks"
