"""`pathway verify` and `pathway scenarios generate`, as typed."""

from __future__ import annotations

import os

import pytest

from pathway import PATHWAY
from pathway.model.canonical import to_json
from pathway.scenarios.replay import replay_file
from tests.cli.terminal import pathway
from tests.verify.faults import FAULTS

WHOLE_PROOF = pytest.mark.skipif(
    not os.environ.get("PATHWAY_TEST_FULL"), reason="the whole proof, once more: with make test-full"
)
FAULT = "marrow without a consultation"


@pytest.fixture(scope="module")
def faulty(tmp_path_factory):
    folder = tmp_path_factory.mktemp("faulty")
    (folder / "pathway.json").write_text(to_json(FAULTS[FAULT].plant()), encoding="utf-8")
    return folder


@WHOLE_PROOF
def test_a_sound_pathway_is_proved_and_the_proofs_are_told_to_a_program():
    done = pathway("verify", "--json")
    assert done.code == 0
    assert done.data["findings"] == []
    assert done.data["checked"]["invariant"] == len(PATHWAY.invariants)
    assert done.data["banner"] == PATHWAY.banner


@WHOLE_PROOF
def test_a_fault_of_another_definition_is_printed_as_a_patient_who_is_also_written_to_a_file(faulty):
    done = pathway("verify", "--pathway", str(faulty / "pathway.json"), "--to", str(faulty / "patients"))
    assert done.code == 1
    assert "invariant: no_marrow_before_the_consultation" in done.out
    for words in ("shape:", "overlap:", "gap:", "holds", PATHWAY.banner[:40]):
        assert words in done.out
    said = " ".join(done.out.split())
    assert "invariants follow from the text of the guards alone" in said
    assert "held by the scenarios and the second opinion" in said
    told = done.out[: done.out.index("title =")]
    assert max(len(line) for line in told.splitlines()) <= 80
    assert "[[step]]" in done.out
    (file,) = (faulty / "patients").glob("*.toml")
    assert replay_file(file, FAULTS[FAULT].plant()).passed


@pytest.mark.parametrize("text", ["", "{}", "no json", '{"format": 1, "pathway": {}}'])
def test_a_file_that_is_no_pathway_is_refused_in_one_line(tmp_path, text):
    (tmp_path / "p.json").write_text(text, encoding="utf-8")
    done = pathway("verify", "--pathway", str(tmp_path / "p.json"))
    assert done.code == 2
    assert done.err.count("\n") == 1 and "p.json" in done.err


def test_a_folder_is_no_pathway(tmp_path):
    assert pathway("verify", "--pathway", str(tmp_path)).code == 2


def test_stories_are_written_where_they_are_wanted_and_found_stale_where_changed(tmp_path):
    made = pathway("scenarios", "generate", "--only", "count_low from", "--to", str(tmp_path))
    assert made.code == 0, made.err
    (file,) = tmp_path.rglob("*.toml")
    assert replay_file(file, PATHWAY).passed
    assert pathway("scenarios", "generate", "--only", "count_low from", "--to", str(tmp_path), "--check").code == 0
    file.write_text(file.read_text(encoding="utf-8").replace("smear", "exam"), encoding="utf-8")
    stale = pathway("scenarios", "generate", "--only", "count_low from", "--to", str(tmp_path), "--check")
    assert stale.code == 1
    assert "stale:" in stale.out


def test_stories_of_nothing_are_refused():
    assert pathway("scenarios", "generate", "--only", "no such rule").code == 2
