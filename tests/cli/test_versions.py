"""`pathway freeze` and `pathway migrate`, as typed: a case moves only where somebody decides it, and sees why."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import sys
from io import StringIO
from typing import TYPE_CHECKING
from unittest.mock import patch

import pytest
from attrs import evolve

from pathway import PATHWAY
from pathway.model.canonical import from_json, to_json, with_changes
from pathway.store.store import Store
from tests.children import BORN, CALL, INDEX_COUNT, NORMAL_COUNT, ONLY_ANC_LOW, at
from tests.cli.shop import joined, tamper
from tests.cli.terminal import Output, pathway
from tests.store.test_versions import RENAMED, with_anc_limit

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def stricter(tmp_path_factory) -> Path:
    """A frozen version under which an ANC of 1.2 is not low."""
    file = tmp_path_factory.mktemp("frozen") / "stricter.json"
    file.write_text(to_json(with_anc_limit("1.1")), encoding="utf-8")
    return file


@pytest.fixture
def url(tmp_path) -> str:
    """A store with two cases: one that goes the same way under both versions, one that does not."""
    url = str(tmp_path / "cases.db")
    with Store(url, RENAMED) as store:  # so that there is a second version
        store.open_case("C0", born=BORN, by="ward", now=at())
    with Store(url, PATHWAY, create=False) as store:
        for name, story in (("same", (INDEX_COUNT, CALL)), ("other", (ONLY_ANC_LOW,))):
            case = store.open_case(name, born=BORN, by="ward", now=at())
            for number, event in enumerate(story):
                case.record(event, at=at(number), by="ward", now=at(number))
    return url


def migrate(url: str, *args: str) -> Output:
    return pathway("migrate", *args, "--store", url)


def entries(url: str, name: str) -> list[dict]:
    return pathway("case", "history", name, "--store", url, "--json").data["entries"]


# --- freezing -----------------------------------------------------------------------------------------------------


def test_a_frozen_version_is_a_file_whose_hash_is_the_digest(tmp_path):
    done = pathway("freeze", "--to", str(tmp_path / "frozen"))
    (file,) = (tmp_path / "frozen").iterdir()
    assert file.name == f"{PATHWAY.id}-{PATHWAY.version}-{PATHWAY.digest[:12]}.json"
    assert done.code == 0 and str(file) in done.out and PATHWAY.digest in done.out
    assert hashlib.sha256(file.read_bytes()).hexdigest() == PATHWAY.digest
    assert from_json(file.read_text(encoding="utf-8")) == PATHWAY


def test_freezing_twice_leaves_the_file_and_other_bytes_are_never_overwritten(tmp_path):
    assert pathway("freeze", "--to", str(tmp_path), "--json").data["files"][0]["written"] is True
    (file,) = tmp_path.iterdir()
    before = file.stat().st_mtime_ns
    assert pathway("freeze", "--to", str(tmp_path), "--json").data["files"][0]["written"] is False
    assert file.stat().st_mtime_ns == before
    file.write_text("mine", encoding="utf-8")
    done = pathway("freeze", "--to", str(tmp_path))
    assert done.code == 2 and done.faults == [f"{file}: is there with other bytes; it is not overwritten"]
    assert file.read_text(encoding="utf-8") == "mine"


def test_every_version_of_a_store_is_frozen_and_taken_in_by_another_store(url, tmp_path):
    files = pathway("freeze", "--store", url, "--to", str(tmp_path / "frozen"), "--json").data["files"]
    assert {one["version"] for one in files} == {PATHWAY.version, "0.2.0"}
    for one in files:
        done = pathway("case", "import", one["file"], "--store", str(tmp_path / "other.db"))
        assert done.code == 0 and "0 cases with 0 entries" in done.out and "1 version" in done.out


def test_a_folder_that_cannot_be_written_is_one_line(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    done = pathway("freeze", "--to", str(tmp_path / "file"))
    assert done.code == 2 and len(done.faults) == 1 and "cannot write there" in done.faults[0]


@pytest.mark.parametrize("folder", ["a\0b", "x" * 300, "\udcff\0"], ids=ascii)
def test_a_folder_with_an_impossible_name_is_one_line(tmp_path, folder):
    done = pathway("freeze", "--to", str(tmp_path / folder))
    assert done.code == 2 and len(done.faults) == 1 and "name of a file" in done.faults[0]


@pytest.mark.parametrize("fault", [OSError(28, "No space left on device"), ValueError("odd"), KeyboardInterrupt()])
def test_no_draft_is_left_behind_whatever_happens(tmp_path, fault):
    with patch("os.replace", side_effect=fault):
        done = pathway("freeze", "--to", str(tmp_path))
    assert done.code in (2, 130) and list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("version", ["", "../../pwn", "a\nb", "1" * 300])
def test_a_version_in_a_store_whose_number_names_no_file_is_one_line(url, tmp_path, version):
    data = json.loads(to_json(PATHWAY))
    data["pathway"]["version"] = version
    text = json.dumps(data, sort_keys=True, separators=(",", ":"))
    row = (hashlib.sha256(text.encode()).hexdigest(), PATHWAY.id, version, "2026-01-22T09:00:00.000000Z", text)
    connection = sqlite3.connect(url)
    with connection:
        columns = "digest, pathway_id, version, first_used_at, canonical_json"
        connection.execute(f"INSERT INTO pathways ({columns}) VALUES (?, ?, ?, ?, ?)", row)
    connection.close()
    done = pathway("freeze", "--store", url, "--to", str(tmp_path / "frozen"))
    assert done.code == 2 and "is no version of a pathway" in done.faults[0]
    assert not (tmp_path / "frozen").exists()


def test_a_case_whose_version_is_missing_says_so_and_changes_nothing(url, tmp_path):
    pathway("freeze", "--store", url, "--to", str(tmp_path / "frozen"))
    tamper(url, "DELETE FROM pathways WHERE version = '0.2.0'")
    for words in (("show", "C0"), ("record", "C0", "haematology_consulted", "--by", "Dr H"), ("history", "C0")):
        done = pathway("case", *words, "--store", url)
        assert done.code == 2 and done.out == ""
        assert f"pinned to version 0.2.0 with digest {RENAMED.digest[:12]}, and that version is not" in done.faults[0]
    (file,) = (tmp_path / "frozen").glob("*-0.2.0-*")
    assert pathway("case", "import", str(file), "--store", url).code == 0
    assert len(entries(url, "C0")) == 1


# --- migrating ----------------------------------------------------------------------------------------------------


def test_migration_shows_and_records_nothing_without_yes(url):
    done = migrate(url, "same", "--to", "0.2.0")
    assert done.code == 0
    assert "Its way is the same under both." in done.out and "What holds now is the same under both." in done.out
    assert "Nothing was recorded. To migrate, add --yes --by NAME." in joined(done.out)
    assert migrate(url, "same", "--to", "0.2.0", "--json").data["migrated"] is False
    assert len(entries(url, "same")) == 3


def test_migration_is_an_entry_with_the_name_and_the_reason_of_who_decided(url):
    words = ("same", "--to", RENAMED.digest[:8], "--yes", "--by", "Dr H", "--reason", "the new edition")
    done = migrate(url, *words)
    assert done.code == 0 and "Migrated; recorded as e3 of case same." in done.out
    last = entries(url, "same")[-1]
    assert (last["kind"], last["by"], last["version"]) == ("migration", "Dr H", "0.2.0")
    assert last["what"].startswith(f"Migrated from version {PATHWAY.version} ({PATHWAY.digest[:12]}) to version 0.2.0")
    assert last["what"].endswith(": the new edition")
    assert "0.2.0" in pathway("case", "show", "same", "--store", url, "--at", "2026-01-22T12:00:00Z").out
    assert migrate(url, *words).faults == [
        f"case same: it is at version 0.2.0 with digest {RENAMED.digest[:12]} already"
    ]


def test_a_case_that_would_have_gone_another_way_is_shown_and_refused_until_that_is_acknowledged(url, stricter):
    yes = ("other", "--to", str(stricter), "--yes", "--by", "Dr H")
    done = migrate(url, *yes)
    assert done.code == 2 and len(entries(url, "other")) == 2
    told = joined(done.out)
    assert "ANOTHER WAY" in told and "is: First results -> Smear, by e1, 2026-01-22 09:00 (count_low)" in told
    assert "becomes: First results -> Outside the pathway, by e1, 2026-01-22 09:00 (nothing_low)" in told
    assert "goes: Have a pathologist or haematologist review a blood smear now" in told
    assert "urgent advice would end (smear_now" in done.faults[0]
    assert "under version 0.3.0; nothing was changed" in done.faults[0]
    done = migrate(url, *yes, "--acknowledge-another-way", "--json")
    assert done.code == 0 and (done.data["same_way"], done.data["migrated"], done.data["number"]) == (False, True, 2)
    assert done.data["to"]["version"] == "0.3.0" and done.data["way"][0]["what"] == "move 1"
    assert "that is acknowledged" in entries(url, "other")[-1]["what"]


def test_without_yes_a_case_that_would_have_gone_another_way_is_only_shown(url, stricter):
    done = migrate(url, "other", "--to", str(stricter), "--by", "Dr H")
    assert done.code == 0
    assert "Nothing was recorded. To migrate, add --acknowledge-another-way --yes --by NAME." in joined(done.out)


def test_what_a_clinician_must_acknowledge_comes_first_although_the_way_is_the_same(url, tmp_path):
    """Under the other version no advice is urgent: the correction waits no longer, and its acknowledgement is void."""
    calm = tuple(evolve(one, urgency="today") if one.urgency == "now" else one for one in PATHWAY.advice)
    file = tmp_path / "calm.json"
    file.write_text(to_json(with_changes(PATHWAY, version="0.5.0", advice=calm)), encoding="utf-8")
    with Store(url, PATHWAY, create=False) as store:
        acknowledged, urgent = (store.open_case(name, born=BORN, by="ward", now=at()) for name in ("done", "urgent"))
        for case in (acknowledged, urgent):
            case.record(INDEX_COUNT, at=at(), by="ward", now=at())
        acknowledged.correct("e1", NORMAL_COUNT, at=at(60), by="laboratory", now=at(60))
        acknowledged.acknowledge("e2", at=at(70), by="Dr H", now=at(70))
        urgent.record(NORMAL_COUNT, at=at(-30), by="ward", now=at(60))
        urgent.correct("e1", NORMAL_COUNT, at=at(60), by="laboratory", now=at(60))
    done = migrate(url, "urgent", "--to", str(file))
    told = joined(done.out)
    call = PATHWAY.advice_by_id["consult_same_day"].words
    assert f"! Urgent advice would end: {call} (consult_same_day)" in told
    assert "! No longer waits: correction e3 by laboratory" in told
    assert told.index("TO BE ACKNOWLEDGED") < told.index("WHAT CHANGES NOW")
    done = migrate(url, "done", "--to", str(file), "--json")
    assert done.data["dropped"] == ["e3"] and done.data["needs_acknowledgement"]
    assert "! Left out: acknowledgement e3 by Dr H" in migrate(url, "done", "--to", str(file)).out


def test_urgent_advice_does_not_end_unacknowledged(url, tmp_path):
    calm = tuple(evolve(one, urgency="today") if one.id == "consult_same_day" else one for one in PATHWAY.advice)
    file = tmp_path / "calm.json"
    file.write_text(to_json(with_changes(PATHWAY, version="0.5.0", advice=calm)), encoding="utf-8")
    with Store(url, PATHWAY, create=False) as store:
        store.open_case("C1", born=BORN, by="ward", now=at()).record(INDEX_COUNT, at=at(), by="ward", now=at())
    done = migrate(url, "C1", "--to", str(file), "--by", "Dr H")
    assert "Its way is the same under both." in done.out
    assert "To migrate, add --acknowledge-another-way --yes --by NAME." in joined(done.out)
    assert migrate(url, "C1", "--to", str(file), "--by", "Dr H", "--yes").code == 2
    assert len(entries(url, "C1")) == 2
    assert migrate(url, "C1", "--to", str(file), "--by", "Dr H", "--yes", "--acknowledge-another-way").code == 0
    assert entries(url, "C1")[-1]["what"].endswith("; what would change is acknowledged")


@pytest.mark.parametrize(("answer", "count"), [("y", 4), ("n", 3), ("", 3)])
def test_at_a_terminal_it_asks_and_only_yes_records(url, answer, count):
    with patch("pathway.cli.migrate.at_terminal", lambda: True), patch.object(sys, "stdin", StringIO(f"{answer}\n")):
        done = migrate(url, "same", "--to", "0.2.0", "--by", "Dr H")
    assert done.code == 0 and "Migrate? [y/N]" in done.out
    assert len(entries(url, "same")) == count


def test_migration_wants_a_name_a_case_and_a_version_that_are_known(url, tmp_path):
    assert migrate(url, "same", "--to", "0.2.0", "--yes").faults == ["by: who decides it? write --by NAME"]
    done = migrate(url, "nobody", "--to", "0.9")
    assert done.code == 2
    assert done.faults[0].startswith("there is no case 'nobody' in")
    assert done.faults[1].startswith("to: there is no version '0.9'; known: ")
    assert (
        migrate(url, "same", "--to", str(tmp_path / "no.json"))
        .faults[0]
        .endswith("no.json: cannot be read: No such file or directory; 'pathway freeze' writes one")
    )
    (tmp_path / "x.json").write_text("{}", encoding="utf-8")
    assert "x.json: this is no pathway" in migrate(url, "same", "--to", str(tmp_path / "x.json")).faults[0]
    assert migrate(url, "same", "--to", "current").code == 2
    assert migrate(url, "C0", "--to", "current").code == 0


@pytest.mark.parametrize("columns", [60, 80])
def test_what_would_change_fits_the_terminal(url, stricter, columns):
    done = pathway("migrate", "other", "--to", str(stricter), "--store", url, columns=columns)
    assert all(len(line) <= columns and line == line.rstrip() for line in done.out.splitlines())
    assert done.out.isascii() and PATHWAY.banner[:40] in done.out


def test_an_acknowledgement_that_has_no_object_under_the_new_version_is_marked_as_left_out(url, stricter):
    with Store(url, PATHWAY, create=False) as store:
        case = store.case("other")
        case.correct("e1", NORMAL_COUNT, at=at(60), by="laboratory", now=at(60))
        case.acknowledge("e2", at=at(70), by="Dr H", now=at(70))
    assert entries(url, "other")[2]["acknowledged_by"] == "e3"
    done = migrate(url, "other", "--to", str(stricter), "--by", "Dr H", "--yes", "--acknowledge-another-way")
    assert done.code == 0 and "Left out" in done.out
    told = entries(url, "other")
    assert "acknowledged_by" not in told[2] and told[3]["left_out"]
    assert "has no object under the version" in pathway("case", "history", "other", "--store", url).out
