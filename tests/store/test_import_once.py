"""An import by a key is one import."""

from __future__ import annotations

import pytest

from pathway import PATHWAY, BadInput
from pathway.model.canonical import to_json
from pathway.model.errors import Unavailable
from pathway.store.audit import verify_log
from pathway.store.store import Store
from pathway.store.transfer import Imported, export, take
from tests.children import INDEX_COUNT
from tests.cli.terminal import pathway
from tests.store.children import NOW, opened, tell
from tests.store.proxy import Proxy


@pytest.fixture
def lines(tmp_path):
    with Store(tmp_path / "from.db", PATHWAY) as other:
        tell(opened(other, "C1"), INDEX_COUNT)
        return list(export(other))


@pytest.fixture
def others(tmp_path):
    with Store(tmp_path / "others.db", PATHWAY) as other:
        opened(other, "C2")
        return list(export(other))


KEY = {"now": NOW, "source": "ward", "key": "file-1"}


def test_the_same_file_by_the_same_key_is_the_same_import_and_says_what_the_earlier_one_left(store, lines):
    assert take(store, lines, **KEY) == Imported(1, 2, 2, 1)
    (left,) = store.imports.all()
    assert (left.state, left.cases_done, left.entries_done) == ("whole", 1, 2)
    assert take(store, lines, **KEY) == Imported(1, 2, 2, 1, left, already=True)
    assert take(store, lines, now=NOW, source="ward", key="file-2") == Imported(1, 2, 0, 1, left)
    assert take(store, lines, now=NOW) == Imported(1, 2, 0, 1, left)
    assert store.entry_count() == 2 and verify_log(store).damage == ()


def test_another_file_by_that_key_is_refused_and_another_source_has_keys_of_its_own(store, lines, others):
    take(store, lines, **KEY)
    with pytest.raises(BadInput, match="key: 'file-1' of this source is taken by the import of another file"):
        take(store, others, **KEY)
    assert store.entry_count() == 2
    assert take(store, others, now=NOW, source="clinic", key="file-1").new == 1


def test_a_file_that_is_refused_leaves_its_key_free(store, lines):
    with pytest.raises(BadInput, match="the file has no end"):
        take(store, lines[:-1], **KEY)
    assert take(store, lines, **KEY) == Imported(1, 2, 2, 1)


def test_an_import_that_was_broken_off_after_its_end_is_taken_up_by_the_same_key(store, lines, others, monkeypatch):
    def broken(*_, **__):
        raise Unavailable("broken off")

    with monkeypatch.context() as patched:
        patched.setattr("pathway.store.import_parts.Parts.all", broken)
        with pytest.raises(Unavailable):
            take(store, lines, **KEY)
    with pytest.raises(BadInput, match="taken by the import of another file"):
        take(store, others, **KEY)
    assert take(store, lines, **KEY) == Imported(1, 2, 2, 1)


@pytest.mark.parametrize("words", [b"INSERT INTO marks", b"INSERT INTO entries", b"UPDATE marks"])
def test_an_import_by_a_key_whose_commit_is_cut_and_that_is_repeated_is_one(emptied, lines, words):
    """The claim of the key, the entries, the counts; `test_cut_commits` cuts commits.

    In the midst of the entries no answer ever comes, and the session that was left behind must not keep the next call
    from its work.
    """
    Store(emptied, PATHWAY).close()
    proxy = Proxy(emptied)
    with Store(proxy.url, PATHWAY, create=False, wait=1.5) as store:
        proxy.cut_at(words, "under way" if words == b"INSERT INTO entries" else "after")
        said = ""
        try:
            take(store, lines, **KEY)
        except Unavailable as fault:
            said = str(fault)
        assert proxy.cuts == 1 and (not said or "nothing was imported" in said or "nothing was recorded" in said)
        again = take(store, lines, **KEY)
        assert (again.cases, again.entries) == (1, 2) and store.entry_count() == 2
        assert take(store, lines, **KEY).already
    proxy.close()


def test_a_version_can_be_imported_by_a_key(store):
    assert take(store, [to_json(PATHWAY)], **KEY) == Imported(0, 0, 0, 1)
    assert take(store, [to_json(PATHWAY)], **KEY).already


def test_the_commands_open_and_import_take_keys(tmp_path, lines):
    file, url = tmp_path / "cases.jsonl", str(tmp_path / "cases.db")
    file.write_text("".join(lines), encoding="utf-8")
    args = ("case", "import", str(file), "--source", "ward", "--key", "k", "--store", url)
    first, second = pathway(*args, "--json"), pathway(*args, "--json")
    assert first.data == {"cases": 1, "entries": 2, "new": 2, "versions": 1, "before": None, "already": False}
    assert second.data == first.data | {"already": True, "before": "whole"}
    said = " ".join(pathway(*args).out.split())
    assert "Imported before, by the same source and key. This file was imported whole before, on 20" in said
    args = (
        "case",
        "open",
        "C3",
        "--born",
        "2024-12-22",
        "--timezone",
        "UTC",
        "--by",
        "ward",
        "--key",
        "o",
        "--store",
        url,
    )
    first, second = pathway(*args, "--json"), pathway(*args, "--json")
    assert second.data == first.data | {"already": True} and not first.data["already"]
