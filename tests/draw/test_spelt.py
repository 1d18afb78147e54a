"""A condition in a legend says more than the label of its line, and says it once."""

from __future__ import annotations

from attrs import evolve

from pathway import PATHWAY
from pathway.definition.conditions import COUNT_OUT_OF_RANGE, COUNTS_IN_RANGE, LOW_COUNT, SAME_DAY
from pathway.definition.facts import FEVER
from pathway.draw.spelt import Spelling, alike, meaning
from pathway.model.guards import Named, any_of, in_report, shown
from pathway.model.words import in_words

RULE = PATHWAY.transition("count_low")


def said(when, label="some words", spelling=None, number=9):
    rule = evolve(RULE, when=when.as_guard(), label=label)
    return str((spelling or Spelling(PATHWAY)).condition(rule, number))


def test_a_term_that_stands_alone_is_spelt_out_by_its_alternatives():
    parts = ("white cells low", "neutrophils low", "lymphocytes low", "haemoglobin low", "platelets low")
    assert said(LOW_COUNT) == f"White{'; or '.join(parts).removeprefix('white')}."


def test_a_latched_term_is_spelt_out_by_what_it_was_once():
    name, guard = meaning(SAME_DAY.as_guard(), PATHWAY)
    assert (name, in_words(guard, PATHWAY)) == (
        "same_day_criterion", in_words(PATHWAY.condition("same_day_criterion").guard, PATHWAY)
    )  # fmt: skip
    assert said(SAME_DAY).startswith("At least two counts low; or ")


def test_what_must_not_be_shown_follows_a_term_that_is_spelt_out_in_a_sentence_of_its_own():
    assert said(LOW_COUNT & ~shown(FEVER)).endswith("platelets low. Besides: not shown: fever.")


def test_a_term_is_spelt_out_once_and_referred_to_after_that():
    spelling = Spelling(PATHWAY)
    assert "platelets low" in said(LOW_COUNT, spelling=spelling, number=3)
    assert said(LOW_COUNT, spelling=spelling, number=7) == "A count is low (see 3)."


def test_beside_other_parts_a_term_is_spelt_out_only_where_it_repeats_the_label():
    assert "platelets low" not in said(LOW_COUNT & FEVER)
    assert "platelets low)" in said(LOW_COUNT & FEVER, label="count low")


def test_alternatives_beside_other_parts_stand_in_brackets():
    words = said(FEVER & LOW_COUNT, label="count low")
    assert words.startswith("Fever, and (white cells low or ") and words.endswith(" or platelets low).")


def test_a_term_without_alternatives_keeps_its_title():
    assert said(COUNTS_IN_RANGE) == "All five counts in range."


def test_one_of_several_counts_out_of_its_range_is_said_in_one_clause():
    counts = "White cell count, neutrophils (ANC), lymphocytes (ALC), haemoglobin or platelets"
    words = f"{counts}{{}} outside the interval for age."
    assert said(COUNT_OUT_OF_RANGE) == words.format("")
    assert said(in_report(COUNT_OUT_OF_RANGE)) == words.format(" in this report")
    assert not alike(any_of(FEVER, COUNT_OUT_OF_RANGE), PATHWAY)


def test_every_rule_of_the_pathway_is_a_sentence_and_none_repeats_the_title_of_a_term_that_it_spells_out():
    spelling = Spelling(PATHWAY)
    for number, rule in enumerate(PATHWAY.transitions, 1):
        words = str(spelling.condition(rule, number))
        assert words[0].isupper() and words.endswith(".")
        assert words.count("(") == words.count(")")
        if isinstance(rule.when, Named):
            assert words != f"{PATHWAY.condition(rule.when.name).title}."
