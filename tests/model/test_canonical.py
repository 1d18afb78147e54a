"""A pathway as canonical JSON: the same content gives the same bytes, and what comes back runs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from decimal import Decimal
from hashlib import sha256

import pytest
from attrs import evolve
from hypothesis import given, settings

from pathway import PATHWAY, Case, load_pathway
from pathway.definition.conditions import ALL_CRITERION
from pathway.definition.facts import BLASTS_PERCENT, SPLENOMEGALY, WBC
from pathway.definition.reference import REFERENCE
from pathway.model.canonical import guard_from_data, guard_to_data, to_json
from pathway.model.guards import at_least, in_report, latest, shown
from pathway.model.pathway import guards_of
from tests.children import BORN
from tests.model.written import AGAIN, DATA, TEXT, relaxed
from tests.strategies import stories

# --- there and back -------------------------------------------------------------------------------------------------


def test_what_comes_back_is_equal_and_writes_the_same_bytes():
    assert AGAIN is not PATHWAY and AGAIN == PATHWAY
    assert to_json(AGAIN) == TEXT and AGAIN.digest == PATHWAY.digest


@settings(relaxed, max_examples=40)
@given(stories())
def test_what_comes_back_runs_a_story_to_the_same_steps(story):
    here, there = Case(PATHWAY, born=BORN), Case(AGAIN, born=BORN)
    for at, event in story:
        assert here.record(event, at=at).to_json() == there.record(event, at=at).to_json()
    assert here.to_json() == there.to_json()


def test_the_json_is_one_line_of_plain_characters_with_sorted_keys():
    assert "\n" not in TEXT and TEXT.isascii()
    assert json.dumps(DATA, sort_keys=True, separators=(",", ":"), ensure_ascii=True) == TEXT


def test_the_digest_is_the_sha_256_of_the_json():
    assert PATHWAY.digest == sha256(TEXT.encode("ascii")).hexdigest()


@pytest.mark.parametrize("seed", ["1", "4711"])
def test_the_digest_does_not_depend_on_the_hash_seed_of_the_process(seed):
    code = "from pathway import PATHWAY; print(PATHWAY.digest)"
    run = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONHASHSEED": seed},
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout.strip() == PATHWAY.digest


def test_amounts_are_written_exactly_and_alike_however_they_were_typed():
    limits = {row["lower"] for row in DATA["pathway"]["reference"]["rows"]}
    assert {"10", "1.5", "150"} <= limits and not any("E" in one or one.endswith(".0") for one in limits)
    rows = tuple(evolve(row, lower=Decimal(f"{row.lower:.3f}")) for row in REFERENCE.rows)
    assert PATHWAY.with_reference(evolve(REFERENCE, rows=rows)).digest == PATHWAY.digest


@pytest.mark.parametrize(
    "guard", [one for _, one in guards_of(PATHWAY)], ids=[owner for owner, _ in guards_of(PATHWAY)]
)
def test_every_guard_comes_back_as_it_was(guard):
    data = json.loads(json.dumps(guard_to_data(guard)))
    assert guard_from_data(data, PATHWAY.conditions_by_name) == guard


def test_a_named_condition_is_written_by_its_name_and_read_from_where_it_stands():
    moved = in_report(ALL_CRITERION)
    assert guard_to_data(moved) == ["named", "all_criterion", "report"]
    assert guard_from_data(["named", "all_criterion", "report"], PATHWAY.conditions_by_name) == moved


def test_a_guard_that_was_never_in_the_pathway_survives_as_well():
    guard = at_least(2, WBC < 6, shown(SPLENOMEGALY), ~latest(BLASTS_PERCENT >= "0.5"), in_report(WBC.is_(6)))
    assert guard_from_data(json.loads(json.dumps(guard_to_data(guard))), {}) == guard


def test_a_field_added_after_0_1_0_is_written_only_where_it_says_something():
    without = evolve(PATHWAY, simultaneous_cites=(), notes=tuple(one for one in PATHWAY.notes if one.id != "N70"))
    body = json.loads(to_json(without))["pathway"]
    assert "simultaneous_cites" not in body
    assert "groups" in json.loads(to_json(evolve(PATHWAY, groups=())))["pathway"], "a field of 0.1.0 is always written"
    ruled = evolve(PATHWAY, simultaneous_cites=("S20", "N70"))
    assert json.loads(to_json(ruled))["pathway"]["simultaneous_cites"] == ["S20", "N70"]
    assert load_pathway(to_json(ruled)) == ruled
