"""Guards in words: what a reader sees is a sentence of the ward, never the inside of a program."""

from __future__ import annotations

import re

import pytest
from attrs import evolve

from pathway import PATHWAY
from pathway.definition.conditions import (
    AGE,
    CONSULTED,
    DAYS_IN_STATE,
    LOW_ANC,
    QUALIFIED_SMEAR,
    SAME_DAY,
    WBC_AT_DIAGNOSIS,
)
from pathway.definition.facts import (
    ANC,
    BLASTS,
    BLASTS_PERCENT,
    DIAGNOSIS,
    FEVER,
    LINEAGE,
    PETECHIAE,
    PLATELETS,
    REASON,
    TEMPERATURE,
    WBC,
)
from pathway.model.canonical_data import to_json
from pathway.model.guards import (
    ALWAYS,
    NEVER,
    Named,
    all_of,
    any_of,
    at_least,
    in_force,
    in_report,
    in_state,
    latest,
    shown,
    walk,
)
from pathway.model.pathway import guards_of
from pathway.model.words import amount, in_words, title

CONSULTED_WORDS = PATHWAY.condition("consulted").negated
GUARDS = [(f"{number} {owner}", guard) for number, (owner, guard) in enumerate(guards_of(PATHWAY))]
REPR = re.compile(
    r"Decimal|\w\(|<\w|\bNone\b|\bTrue\b|\bFalse\b|(?<!\w)'|'(?!s )|[\"{}\[\]]|  |\d[eE][+-]?\d|lambda|object at"
)


@pytest.mark.parametrize("unfold", [False, True], ids=["titles", "unfolded"])
@pytest.mark.parametrize("guard", [one for _, one in GUARDS], ids=[owner for owner, _ in GUARDS])
def test_every_guard_of_the_pathway_is_a_sentence_in_plain_characters(guard, unfold):
    said = in_words(guard, PATHWAY, unfold=unfold)
    assert said == said.strip() != ""
    assert said.isascii(), "other characters upset the widths in a diagram"
    assert not REPR.search(said), said
    assert said.count("(") == said.count(")")


@pytest.mark.parametrize("guard", [one for _, one in GUARDS], ids=[owner for owner, _ in GUARDS])
def test_what_is_named_is_said_by_its_title_and_unfolded_by_its_parts(guard):
    inner = [node for node in walk(guard) if isinstance(node, Named)]
    folded, unfolded = in_words(guard, PATHWAY), in_words(guard, PATHWAY, unfold=True)
    assert not inner or folded != unfolded
    if isinstance(guard, Named) and guard.scope == "episode":
        assert folded == PATHWAY.condition(guard.name).title


def test_no_two_conditions_read_alike():
    """A reader tells conditions apart by their titles."""
    titles = [one.title for one in PATHWAY.conditions]
    assert len(set(titles)) == len(titles)


T = {name: PATHWAY.title_of(name) for name in (*PATHWAY.facts_by_name, *PATHWAY.derived_by_name)}
C = {one.name: one.title for one in PATHWAY.conditions}
S = {one.name: one.title for one in PATHWAY.states}


@pytest.mark.parametrize(
    ("guard", "words"),
    [
        (BLASTS_PERCENT >= 20, f"{T['blasts_percent']} >= 20 %"),
        (~(BLASTS_PERCENT >= 20), f"{T['blasts_percent']} < 20 %"),
        (~(BLASTS < 1000), f"{T['blasts']} >= 1000 /uL"),
        (TEMPERATURE >= "38.0", f"{T['temperature']} >= 38 Cel"),
        (AGE < 6, f"{T['age']} < 6 months"),
        (DAYS_IN_STATE >= 7, f"{T['days_in_state']} >= 7 days"),
        (WBC_AT_DIAGNOSIS >= 300, f"{T['wbc_at_diagnosis']} >= 300 10*9/L"),
        (LINEAGE.is_("lymphoid"), f"{T['lineage']} is lymphoid"),
        (DIAGNOSIS.one_of("all", "other_malignancy"), f"{T['diagnosis']} is ALL or other malignancy"),
        (FEVER.as_guard(), T["fever"]),
        (~FEVER, f"not {T['fever']}"),
        (~~FEVER, T["fever"]),
        (ANC.known(), f"{T['anc']} is known"),
        (~REASON.known(), f"{T['reason']} is not known"),
        (ANC.below_reference(), f"{T['anc']} below the lower limit for age"),
        (PLATELETS.within_reference(), f"{T['platelets']} within the interval for age"),
        (in_report(WBC < 6), f"{T['wbc']} in this report < 6 10*9/L"),
        (latest(FEVER), f"{T['fever']} (latest known)"),
        (in_state("smear", "exam"), f"in {S['smear']} or {S['exam']}"),
        (in_state(*PATHWAY.group("strata")), "in any strata state"),
        (in_force("smear_now"), "advice smear now in force"),
        (shown(FEVER), f"shown: {T['fever']}"),
        (~shown(FEVER), f"not shown: {T['fever']}"),
        (LOW_ANC, C["low_anc"]),
        (in_report(QUALIFIED_SMEAR), f"{C['qualified_smear']} in this report"),
        (SAME_DAY.as_guard(), T["same_day"]),
        (ALWAYS, "always"),
        (NEVER, "never"),
        (FEVER & PETECHIAE, f"{T['fever']}, and {T['petechiae']}"),
        (FEVER & ~shown(PETECHIAE), f"{T['fever']}; unless shown: {T['petechiae']}"),
        (
            all_of(FEVER, LOW_ANC, ~shown(PETECHIAE), ~shown(SAME_DAY)),
            f"{T['fever']}, and {C['low_anc']}; unless shown: {T['petechiae']}, or {T['same_day']}",
        ),
        (FEVER | PETECHIAE, f"{T['fever']}; or {T['petechiae']}"),
        (all_of(FEVER, FEVER | PETECHIAE), f"{T['fever']}, and ({T['fever']} or {T['petechiae']})"),
        (any_of(FEVER, FEVER & PETECHIAE), f"{T['fever']}; or ({T['fever']} and {T['petechiae']})"),
        (
            at_least(2, FEVER, PETECHIAE, LOW_ANC),
            f"at least 2 of ({T['fever']}, {T['petechiae']}, {C['low_anc']})",
        ),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_each_kind_of_guard_is_said_aloud(guard, words):
    assert in_words(guard, PATHWAY) == words


@pytest.mark.parametrize(
    ("guard", "words"),
    [
        (~shown(CONSULTED), CONSULTED_WORDS),
        (FEVER & ~shown(CONSULTED), f"{T['fever']}, and {CONSULTED_WORDS}"),
        (
            all_of(FEVER, ~shown(PETECHIAE), ~shown(CONSULTED)),
            f"{T['fever']}, and {CONSULTED_WORDS}; unless shown: {T['petechiae']}",
        ),
        (~shown(in_report(CONSULTED)), f"{CONSULTED_WORDS} in this report"),
        (~CONSULTED, f"not {C['consulted']}"),
        (~shown(LOW_ANC), f"not shown: {C['low_anc']}"),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_a_condition_that_is_not_shown_has_the_words_that_the_definition_gives_it(guard, words):
    assert in_words(guard, PATHWAY) == words


def test_a_condition_that_is_written_out_is_not_said_by_the_words_for_its_negation():
    said = in_words(FEVER & ~shown(CONSULTED), PATHWAY, unfold=True)
    assert CONSULTED_WORDS not in said
    assert "; unless shown: " in said


def test_words_for_a_negation_change_no_digest_where_there_are_none():
    plain = evolve(PATHWAY, conditions=tuple(evolve(one, negated="") for one in PATHWAY.conditions))
    assert '"negated"' not in to_json(plain)
    assert '"negated":"haematology not yet reached"' in to_json(PATHWAY)


def test_an_amount_is_said_with_its_unit_and_a_truth_as_yes_or_no():
    assert amount("wbc", PATHWAY.fact("wbc").read("2.50 10*9/L"), PATHWAY) == "2.5 10*9/L"
    assert amount("mrd", PATHWAY.fact("mrd").read("0.0001"), PATHWAY) == "0.0001"
    assert amount("diagnosis", "other_malignancy", PATHWAY) == "other malignancy"
    assert (amount("fever", True, PATHWAY), amount("fever", False, PATHWAY)) == ("yes", "no")
    assert amount("age", 13, PATHWAY) == "13 months"


def test_what_computes_a_fact_does_not_take_its_title():
    assert title("blasts", PATHWAY).words == PATHWAY.fact("blasts").title
