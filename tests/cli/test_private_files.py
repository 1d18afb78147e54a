"""Every file that holds a child's data is its owner's alone, whatever the umask; a draft is not followed or guessed."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path

import pytest

from pathway.cli.files import draft_of
from pathway.cli.folder import write
from tests.cli.driving import CHILD, COUNT, drive
from tests.cli.terminal import pathway
from tests.store.children import opened as opened_case

pytestmark = pytest.mark.skipif(os.name != "posix", reason="modes of files are those of POSIX")
INDEX_CASE = Path(__file__).parents[2] / "scenarios" / "source" / "index-case.toml"


@pytest.fixture(params=[0o000, 0o022, 0o077], ids=oct)
def umask(request):
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


def open_to_others(folder: Path) -> dict[str, str]:
    """The files that others may read or write, with their modes."""
    found = {file.name: stat.S_IMODE(file.stat().st_mode) for file in folder.rglob("*") if file.is_file()}
    assert found
    return {name: oct(mode) for name, mode in found.items() if mode != 0o600}


def test_the_store_its_log_and_its_shared_memory_are_the_owners_alone(tmp_path, umask):
    from pathway import PATHWAY
    from pathway.store.store import Store

    with Store(tmp_path / "cases.db", PATHWAY) as store:
        opened_case(store)
        assert {file.name for file in tmp_path.iterdir()} == {"cases.db", "cases.db-wal", "cases.db-shm"}
        assert open_to_others(tmp_path) == {}


def test_exports_copies_logs_stories_and_drawings_of_a_case_are_the_owners_alone(tmp_path, umask, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for words in (
        "case open C1 --age 13mo --by ward",
        "case export --to cases.jsonl",
        "case export --to cases.jsonl --force",
        "store backup copy.db",
        f"draw --case {INDEX_CASE} --to drawn --format svg",
    ):
        done = pathway(*words.split())
        assert done.code == 0, done.err
    drive(COUNT, "", args=(*CHILD, "--log", "log.json", "--record", "story.toml"))
    assert {"cases.db", "cases.jsonl", "copy.db", "log.json", "story.toml", "drawn"} <= {
        file.name for file in tmp_path.iterdir()
    }
    assert open_to_others(tmp_path) == {}


def test_who_lets_others_read_a_store_lets_them_read_its_log(tmp_path, umask):
    from pathway import PATHWAY
    from pathway.store.store import Store

    Store(tmp_path / "cases.db", PATHWAY).close()
    (tmp_path / "cases.db").chmod(0o660)
    with Store(tmp_path / "cases.db", PATHWAY) as store:
        opened_case(store)
        assert set(open_to_others(tmp_path).values()) == {"0o660"}


def test_that_everybody_may_read_a_store_is_logged(tmp_path, caplog):
    from pathway import PATHWAY
    from pathway.store.store import Store

    Store(tmp_path / "cases.db", PATHWAY).close()
    (tmp_path / "cases.db").chmod(0o644)
    with caplog.at_level("WARNING", "pathway.store"):
        Store(tmp_path / "cases.db", PATHWAY).close()
    assert "everybody on this machine may read the file of the store" in caplog.text


def test_a_drawing_that_is_about_no_patient_has_the_mode_of_the_umask(tmp_path, umask):
    write(tmp_path, {"a.dot": b"a"})
    assert stat.S_IMODE((tmp_path / "a.dot").stat().st_mode) == 0o666 & ~umask


def test_a_draft_has_a_name_that_cannot_be_guessed(tmp_path):
    names = set()
    for _ in range(20):
        with draft_of(tmp_path / "cases.jsonl"):
            (name,) = (file.name for file in tmp_path.iterdir() if file.name != "cases.jsonl")
            names.add(name)
    assert len(names) == 20
    assert all(re.fullmatch(r"\.cases\.jsonl\.[a-z0-9_]{8}\.new", name) for name in names)


@pytest.mark.parametrize("name", [".a.dot.new", "a.dot"])
def test_writing_into_a_folder_follows_no_link_that_somebody_laid(tmp_path, name):
    folder, other = tmp_path / "drawn", tmp_path / "other"
    folder.mkdir()
    other.write_text("not ours")
    (folder / name).symlink_to(other)
    write(folder, {"a.dot": b"a"})
    assert other.read_text() == "not ours" and (folder / "a.dot").read_bytes() == b"a"
    assert not (folder / "a.dot").is_symlink()


def test_a_draft_that_is_exchanged_for_a_link_while_it_is_written_leads_nowhere(tmp_path):
    other = tmp_path / "other"
    other.write_text("not ours")
    with draft_of(tmp_path / "kept") as file:
        (draft,) = tmp_path.glob(".kept.*.new")
        draft.unlink()
        draft.symlink_to(other)
        file.write(b"ours")
    assert other.read_text() == "not ours"


@pytest.mark.parametrize("there", [True, False])
def test_a_new_store_follows_no_link_that_appears_while_it_is_made(tmp_path, monkeypatch, there):
    """Somebody lays a link just before the file is made: to a file of another, or to one that would be made there."""
    from pathway.store import sqlite_file

    other, path = tmp_path / "other", tmp_path / "cases.db"
    if there:
        other.write_text("not ours")
        other.chmod(0o644)
    real = os.path.realpath

    def resolved(name):
        found = real(name)
        path.symlink_to(other)
        return found

    with monkeypatch.context() as patched:
        patched.setattr(sqlite_file.os.path, "realpath", resolved)
        sqlite_file.check_file(str(path), create=True)
    assert other.exists() is there
    assert not there or (other.read_text(), stat.S_IMODE(other.stat().st_mode)) == ("not ours", 0o644)


def test_a_folder_that_cannot_take_all_drafts_is_left_as_it_was(tmp_path, monkeypatch):
    from pathway import BadInput
    from pathway.cli import folder

    def full(path, mode):
        if path.name == "b":
            raise OSError(28, "No space left on device")
        return draft_of(path, mode)

    monkeypatch.setattr(folder, "draft_of", full)
    with pytest.raises(BadInput, match="cannot write there: No space left on device"):
        write(tmp_path, {"a": b"a", "b": b"b"})
    assert list(tmp_path.iterdir()) == []
