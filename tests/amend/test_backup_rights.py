"""A backup is read by whoever may read the workbook, and by nobody else."""

from __future__ import annotations

import os

import pytest

from jinguo.amend.rewrite import back_up


@pytest.mark.skipif(os.name == "nt", reason="Windows has other rights")
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o644])
def test_a_backup_has_the_rights_of_the_workbook(tmp_path, mode):
    book = tmp_path / "人员台账.xlsx"
    book.write_bytes(b"hers")
    book.chmod(mode)
    folder = back_up(tmp_path, {book: b"hers"})
    assert (folder / book.name).stat().st_mode & 0o777 == mode
