"""Version 0.1.0 is frozen: what was recorded under it loads, and answers as it did when it was recorded."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from pathway import PATHWAY, BadInput, Case
from pathway.definition import frozen
from pathway.definition.frozen import frozen_pathway, frozen_versions, pathway_of_log
from pathway.model.canonical import to_json
from pathway.run.handover import handover
from pathway.store.store import Store
from tests.frozen.answers import answers, as_kept
from tests.frozen.store_answers import store_answers

HERE = Path(__file__).parent
LOGS = sorted((HERE / "logs").glob("*.json"))
DIGEST = "a95df0e0f5ce9e11284dee3e382272c01696764d78a0b4561c7c88cea00b7d2a"


@pytest.fixture(scope="module")
def old():
    found = frozen_pathway("0.1.0")
    assert found is not None
    return found


def test_version_0_1_0_has_the_digest_that_it_always_had(old):
    assert (old.version, old.digest) == ("0.1.0", DIGEST)


@pytest.mark.parametrize(
    ("version", "digest"),
    [("0.1.0", DIGEST), ("0.1.1", "5f9055c2cd81f3e3ce49fcae9932eba47bf8e11aba1c6a3aff65ec2f7f101fe2")],
)
def test_the_file_of_a_frozen_version_is_what_this_code_would_write(version, digest):
    pathway = frozen_pathway(version)
    assert pathway is not None
    assert pathway.digest == digest
    (known,) = [known for known in frozen_versions() if known.version == version]
    assert to_json(pathway).encode() == (Path(frozen.__file__).parent / known.file).read_bytes()


def test_a_frozen_version_is_found_by_its_number_and_by_its_digest_whole_or_cut(old):
    assert frozen_pathway(DIGEST) is frozen_pathway(DIGEST[:12]) is frozen_pathway("0.1.0")
    assert frozen_pathway(DIGEST) == old
    assert frozen_pathway("0.0.9") is None
    assert frozen_pathway(DIGEST[:11]) is None
    assert frozen_pathway(DIGEST[:12] + "0" * 52) is None


def test_a_frozen_file_that_was_changed_is_refused(monkeypatch, tmp_path):
    name = frozen_versions()[0].file
    original = (Path(frozen.__file__).parent / name).read_bytes()
    (tmp_path / name).write_bytes(original.replace(b"Leukopenia", b"Leukopaenia", 1))
    monkeypatch.setattr(frozen, "files", lambda _: tmp_path)
    frozen._read.cache_clear()
    with pytest.raises(BadInput, match="does not match its digest"):
        frozen_pathway("0.1.0")
    frozen._read.cache_clear()


def test_the_version_of_a_log_is_found_by_the_digest_in_it(old):
    log = json.dumps(json.loads(LOGS[0].read_text(encoding="utf-8"))["log"])
    assert pathway_of_log(log, PATHWAY) == old
    assert pathway_of_log(log.replace(DIGEST, "0" * 64), PATHWAY) is PATHWAY
    assert pathway_of_log("no JSON", PATHWAY) is PATHWAY
    assert pathway_of_log(log.replace(DIGEST, PATHWAY.digest), PATHWAY) is PATHWAY


@pytest.mark.parametrize("file", LOGS, ids=lambda file: file.stem)
def test_a_case_recorded_under_0_1_0_answers_as_it_did_then(file, old):
    kept = json.loads(file.read_text(encoding="utf-8"))
    case = Case.from_json(json.dumps(kept["log"]), old)
    assert json.loads(case.to_json()) == kept["log"]
    assert as_kept(answers(case), kept["answers"]) == kept["answers"]


def test_a_store_written_under_0_1_0_opens_and_answers_as_it_did_then(tmp_path):
    path = tmp_path / "cases.db"
    path.write_bytes(gzip.decompress((HERE / "cases.db.gz").read_bytes()))
    with Store(path, PATHWAY, create=False) as store:
        kept = json.loads((HERE / "store.json").read_text(encoding="utf-8"))
        assert as_kept(store_answers(store), kept) == kept


def test_words_that_version_0_1_0_lacks_are_general_ones(old):
    nine = datetime(2026, 1, 22, 9, tzinfo=UTC)
    case = Case(old, born=date(2024, 12, 22))
    case.record(old.event("blood_count_reported", wbc="9 10*9/L"), at=nine)
    case.record(old.event("smear_reported", smear_reviewer="haematologist", blasts_percent="34 %"), at=nine)
    words = [one.words for line in case.plan(at=nine).lines for one in line.findings]
    computed = "computed from white cells x blast percentage of the same sample"
    assert f"circulating blasts 3060 /uL ({computed}) (> 0 /uL)" in words
    call = handover(case, at=nine)
    assert (call.question, call.question_cites) == (("What is the next step, and who coordinates it?",), ())
    assert {one.id for one in call.pending} == {one.id for one in case.plan(at=nine).lines if one.urgency != "ongoing"}


def test_the_rule_for_one_moment_is_off_in_version_0_1_0(old):
    nine = datetime(2026, 1, 22, 9, tzinfo=UTC)
    for pathway, contradictions in ((old, 0), (PATHWAY, 1)):
        case = Case(pathway, born=date(2024, 12, 22))
        for anc in ("3", "12"):
            case.record(pathway.event("blood_count_reported", anc=f"{anc} 10*9/L"), at=nine)
        assert len(case.plan(at=nine).contradictions) == contradictions
