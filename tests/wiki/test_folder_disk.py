from __future__ import annotations

import os
from pathlib import Path

import pytest

from wikibot.wiki.folder import disk


def test_a_file_is_read_from_any_byte(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"0123")
    data, status = disk.read(tmp_path / "a", 2)
    assert (data, status.st_size) == (b"23", 4)


def test_what_is_no_ordinary_file_is_not_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    for name in ("pipe", "link", "."):
        with pytest.raises(OSError):
            disk.read(tmp_path / name)
    with pytest.raises(FileNotFoundError):
        disk.read(tmp_path / "absent")


def test_reading_leaves_no_descriptor_open(tmp_path: Path) -> None:
    (tmp_path / "a").touch()
    lowest = os.dup(0)
    os.close(lowest)
    disk.read(tmp_path / "a")
    with pytest.raises(OSError):
        disk.read(tmp_path)
    again = os.dup(0)
    os.close(again)
    assert again == lowest


def test_a_write_that_the_system_cuts_into_pieces_is_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = os.write
    monkeypatch.setattr(os, "write", lambda fd, data: write(fd, bytes(data[:3])))
    disk.put(tmp_path / "a", b"0123456789")
    assert (tmp_path / "a").read_bytes() == b"0123456789"


def test_a_failed_write_leaves_the_old_file_and_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a").write_bytes(b"old")

    def fsync(_: int) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "fsync", fsync)
    with pytest.raises(OSError):
        disk.put(tmp_path / "a", b"new")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("a", b"old")]


def test_a_new_file_never_takes_the_place_of_another(tmp_path: Path) -> None:
    disk.put_new(tmp_path / "a", b"first")
    with pytest.raises(FileExistsError):
        disk.put_new(tmp_path / "a", b"second")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("a", b"first")]
