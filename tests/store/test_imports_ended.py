"""An import that nobody will finish can be given up: what came in stays, and its key is free."""

from __future__ import annotations

import pytest

from pathway import PATHWAY, BadInput
from pathway.model.errors import Unavailable
from pathway.store import import_parts
from pathway.store.audit import verify_log
from pathway.store.store import Store
from pathway.store.transfer import export, take
from tests.children import CALL, INDEX_COUNT
from tests.cli.terminal import pathway
from tests.store.children import NOW, opened, tell

KEY = {"now": NOW, "source": "ward", "key": "file-1"}


@pytest.fixture
def lines(tmp_path, monkeypatch):
    """Three cases; each is a part."""
    monkeypatch.setattr(import_parts, "PART_ENTRIES", 1)
    monkeypatch.setattr(import_parts, "PAUSE", 0.0)
    with Store(tmp_path / "from.db", PATHWAY) as other:
        for number in range(3):
            tell(opened(other, f"C{number}"), INDEX_COUNT, CALL)
        return list(export(other))


@pytest.fixture
def mended(lines, tmp_path):
    """A file without the case that came in last."""
    with Store(tmp_path / "from.db", PATHWAY) as other:
        return list(export(other, ["C0", "C2"]))


def broken_off(store, lines, after=2, **how):
    """An import that stops after so many cases."""

    def stop(*done):
        if done == (3 * after, 9):
            raise Unavailable("stopped")

    with pytest.raises(Unavailable):
        take(store, lines, tell=stop, **(how or {"now": NOW}))


def test_a_mended_file_without_the_last_entry_leaves_the_old_import_named_until_it_is_given_up(store, lines, mended):
    broken_off(store, lines)
    assert take(store, mended, now=NOW).new == 3
    (left,) = store.imports.unfinished()
    assert "'pathway store imports --give-up " + left.key[:12] + "' ends it as it is" in left.words
    assert store.imports.give_up(left.key[:12], by="Dr W", now=NOW) == left.key
    assert store.imports.unfinished() == [] and store.names() == ["C0", "C1", "C2"]
    assert store.imports.given_up() == {left.key: ("2026-01-22T21:00:00.000000Z", "Dr W")}
    assert [one.state for one in store.imports.all() if one.key == left.key] == ["given up"]
    assert verify_log(store).damage == ()


def test_the_key_of_an_import_that_was_given_up_is_free_for_a_mended_file(store, lines, mended):
    broken_off(store, lines, **KEY)
    with pytest.raises(BadInput, match="taken by the import of another file"):
        take(store, mended, **KEY)
    (left,) = store.imports.unfinished()
    store.imports.give_up(left.key, by="Dr W", now=NOW)
    assert take(store, mended, **KEY).new == 3 and take(store, mended, **KEY).already


def test_an_import_by_a_key_that_wrote_nothing_can_be_given_up(store, lines, mended, monkeypatch):
    def broken(*_, **__):
        raise Unavailable("broken off")

    with monkeypatch.context() as patched:
        patched.setattr("pathway.store.import_parts.Parts.all", broken)
        with pytest.raises(Unavailable):
            take(store, lines, **KEY)
    (begun,) = store.imports.claimed()
    assert store.imports.all() == [] and f'"{begun}"' in lines[-1]
    store.imports.give_up(begun[:12], by="Dr W", now=NOW)
    assert store.imports.claimed() == [] and take(store, mended, **KEY).new == 6


def test_an_import_that_was_given_up_and_comes_again_is_whole(store, lines):
    broken_off(store, lines)
    store.imports.give_up(store.imports.all()[0].key, by="Dr W", now=NOW)
    again = take(store, lines, now=NOW)
    assert again.new == 3 and again.before.state == "given up"
    assert [one.state for one in store.imports.all()] == ["whole"] and verify_log(store).damage == ()


def test_an_import_that_was_under_way_when_it_was_given_up_is_named_again(store, lines):
    def give_up_then_stop(*done):
        if done == (3, 9):
            store.imports.give_up(store.imports.all()[0].key, by="Dr W", now=NOW)
        if done == (6, 9):
            raise Unavailable("stopped")

    with pytest.raises(Unavailable):
        take(store, lines, now=NOW, tell=give_up_then_stop)
    assert [(one.state, one.cases_done) for one in store.imports.all()] == [("in part", 2)]


def test_what_is_no_import_in_part_cannot_be_given_up(store, lines):
    take(store, lines, now=NOW)
    (whole,) = store.imports.all()
    for digest, said in ((whole.key, "is whole"), ("0" * 64, "is no import of this store"), ("", "too short"),
                         (whole.key[:11], "too short"), ("%" * 12, "is no import")):  # fmt: skip
        with pytest.raises(BadInput, match=f"^give up: '.*' .*{said}.*'pathway store imports' lists"):
            store.imports.give_up(digest, by="Dr W", now=NOW)
    for by in ("", "x" * 151, "a\nb"):
        with pytest.raises(BadInput, match=r"^by: "):
            store.imports.give_up(whole.key, by=by, now=NOW)


def test_the_command_lists_imports_and_asks_who_gives_one_up(tmp_path, lines, monkeypatch):
    monkeypatch.setenv("PATHWAY_BY", "the ward")
    url = str(tmp_path / "cases.db")
    Store(url, PATHWAY).close()
    assert pathway("store", "imports", "--store", url).out == "Nothing was imported into this store.\n"
    with Store(url, PATHWAY) as store:
        broken_off(store, lines, **KEY)
        (left,) = store.imports.unfinished()
    args = ("store", "imports", "--store", url)
    assert f"{left.key[:12]}  in part: 2 of 3 cases, 6 of 9 entries; begun on 2026-01-22" in pathway(*args).out
    nobody = pathway(*args, "--give-up", left.key)
    assert (nobody.code, nobody.faults) == (2, ["by: who decides? write --by NAME"])
    assert pathway(*args, "--by", "Dr W").code == 2
    told = pathway(*args, "--give-up", left.key[:12], "--by", "Dr W", "--json")
    (one,) = told.data["imports"]
    assert (one["state"], one["given_up_by"], one["cases_here"]) == ("given up", "Dr W", 2)
    assert "given up, on 20" in pathway(*args).out and "by Dr W: 2 of 3 cases" in pathway(*args).out
    again = pathway(*args, "--give-up", left.key, "--by", "Dr W")
    assert again.code == 2 and "is given up" in again.faults[0]
    assert pathway("case", "verify-log", "--json", "--store", url).data["imports_in_part"] == []
