"""The digest of a pathway notices every change of it."""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from pathway import PATHWAY, BadInput, load_pathway
from pathway.definition.facts import BLASTS_PERCENT, SPLENOMEGALY
from pathway.model.canonical import to_json
from pathway.model.errors import DefinitionError
from pathway.model.guards import Named, latest, parts_of, shown
from pathway.model.units import written
from tests.model.written import INSTEAD_OF_NONE, changed, relaxed, value_at, values_in

# --- the digest notices every change --------------------------------------------------------------------------------


PATHS = [path for path in values_in(PATHWAY) if value_at(path) is not None or path[-1] in INSTEAD_OF_NONE]
RULES = ("facts", "derived", "conditions", "events", "transitions", "advice", "orders", "contradictions", "reference")


@settings(relaxed, max_examples=60)
@given(st.one_of(st.sampled_from(PATHS), st.sampled_from([path for path in PATHS if path[0] in RULES])))
def test_a_change_of_any_single_value_is_refused_or_changes_the_digest(path):
    with suppress(DefinitionError, BadInput):
        assert changed(PATHWAY, path).digest != PATHWAY.digest, path


LIMITS = {
    "value",
    "lower",
    "upper",
    "limit",
    "minutes",
    "percent",
    "plausible",
    "factor",
    "divisor",
    "offset",
    "n",
    "bands",
}
THRESHOLDS = [path for path in PATHS if LIMITS & set(path[-3:]) and isinstance(value_at(path), int | Decimal)]


def test_every_threshold_that_the_issue_names_is_a_value_of_the_definition():
    said = {written(value_at(path)) for path in THRESHOLDS}
    assert {"38", "38.3", "60", "20", "1000", "6", "300", "0.5", "1", "1.5", "7", "12"} <= said


@pytest.mark.parametrize("path", THRESHOLDS, ids=lambda path: " ".join(map(str, path)))
def test_a_change_of_any_threshold_changes_the_digest(path):
    assert changed(PATHWAY, path).digest != PATHWAY.digest


def test_a_change_of_one_option_of_one_guard_changes_the_digest():
    transition = next(one for one in PATHWAY.transitions if one.id == "count_low")
    for when in (~transition.when, transition.when & SPLENOMEGALY, shown(transition.when), latest(transition.when)):
        rules = tuple(evolve(one, when=when) if one is transition else one for one in PATHWAY.transitions)
        assert evolve(PATHWAY, transitions=rules).digest != PATHWAY.digest


def test_the_order_of_rules_is_part_of_the_digest():
    assert evolve(PATHWAY, advice=PATHWAY.advice[::-1]).digest != PATHWAY.digest


def test_a_rule_whose_copy_of_a_condition_says_something_else_is_refused_or_changes_the_digest():
    """Two pathways that decide differently must not have one digest: a signature under one would hold for the other."""
    lenient = Named("all_criterion", BLASTS_PERCENT >= 5)

    def replaced(guard):
        if isinstance(guard, Named):
            return lenient if guard.name == "all_criterion" else evolve(guard, of=replaced(guard.of))
        inner = tuple(replaced(part) for part in parts_of(guard))
        if not inner:
            return guard
        return evolve(guard, of=inner if isinstance(guard.of, tuple) else inner[0])

    rules = tuple(evolve(one, when=replaced(one.when)) for one in PATHWAY.transitions)
    assert rules != PATHWAY.transitions
    try:
        other = evolve(PATHWAY, transitions=rules)
    except DefinitionError:
        return
    assert load_pathway(to_json(other)) == other
    assert other.digest != PATHWAY.digest
