"""`pathway trace`: a statement leads to the rules and to the invariants that rest on it, and both lead back."""

from __future__ import annotations

import pytest

from pathway import PATHWAY
from tests.cli.terminal import pathway


@pytest.fixture(autouse=True)
def nowhere(tmp_path, monkeypatch):
    """A folder without scenarios: what rests on a statement is asked of the definition alone."""
    monkeypatch.chdir(tmp_path)


def text(*names: str) -> str:
    done = pathway("trace", *names)
    assert done.code == 0, done.err
    return " ".join(done.out.split())


def test_a_statement_leads_to_the_invariants_that_cite_it_apart_from_its_rules():
    said = text("S86")
    assert "rules: fact conditioning, " in said
    assert "order condition_with_tbi" in said.partition("invariants: ")[0]
    assert "invariants: never_total_body_irradiation " in said


def test_a_statement_that_no_invariant_cites_says_nothing_of_them():
    assert "invariants: " not in text("S14")


def test_every_invariant_is_reached_from_everything_that_it_cites():
    rows = {row["id"]: row for row in pathway("trace", "--json").data["trace"]}
    for one in PATHWAY.invariants:
        for cited in one.cites:
            assert one.id in rows[cited]["invariants"], (one.id, cited)
    named = {name for row in rows.values() for name in row["invariants"]}
    assert named == set(PATHWAY.invariants_by_id)
    assert not [rule for row in rows.values() for rule in row["rules"] if rule.startswith("invariant ")]


def test_an_invariant_leads_back_to_its_statements_in_our_words():
    said = text("the_hold_stays")
    assert said.startswith("invariant the_hold_stays cites S64, N42 ")
    assert PATHWAY.statements_by_id["S64"].words in said


def test_an_unknown_name_is_answered_with_the_nearest_invariant():
    done = pathway("trace", "the_hold_stay")
    assert done.code == 2
    assert "nearest: the_hold_stays" in done.faults[0]
