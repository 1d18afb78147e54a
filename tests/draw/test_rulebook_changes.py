"""A changed rule is a changed line of the rulebook, and no other line changes."""

from __future__ import annotations

from decimal import Decimal

from attrs import evolve

from pathway import PATHWAY
from pathway.draw.book import rulebook
from pathway.model.canonical import with_changes
from tests.draw.books import (
    FILES,
    TEXT,
    changed,
)


def test_a_changed_threshold_changes_the_lines_that_speak_of_it_and_no_other():
    rows = tuple(
        evolve(row, lower=Decimal("1.4")) if (row.fact, row.from_month) == ("anc", 12) else row
        for row in PATHWAY.reference.rows
    )
    other = PATHWAY.with_reference(evolve(PATHWAY.reference, rows=rows))
    lines = changed(TEXT, rulebook(other, FILES))
    assert len(lines) == 2, "its interval, and the page of local choices"
    assert all(">= 1.4" in line for line in lines)


def test_a_changed_condition_changes_its_own_line_and_not_those_that_name_it():
    from pathway.definition.facts import BLASTS, BLASTS_PERCENT, LINEAGE
    from pathway.model.guards import all_of

    qualified = PATHWAY.condition("qualified_smear").as_guard()
    guard = all_of(qualified, LINEAGE.is_("lymphoid"), (BLASTS_PERCENT >= 25) | (BLASTS >= 1000))
    conditions = tuple(evolve(one, guard=guard) if one.name == "all_criterion" else one for one in PATHWAY.conditions)
    lines = changed(TEXT, rulebook(with_changes(PATHWAY, conditions=conditions), FILES))
    assert len(lines) == 1
    assert lines[0].startswith('| <a id="condition-all_criterion">')
    assert ">= 25 %" in lines[0]


def test_a_changed_due_day_changes_the_line_of_its_advice():
    advice = tuple(evolve(one, due_day=8) if one.id == "repeat_blood_count" else one for one in PATHWAY.advice)
    (line,) = changed(TEXT, rulebook(evolve(PATHWAY, advice=advice), FILES))
    assert "Due from day 8" in line
