"""The rulebook: everything that the definition says is in it, one rule a line, as a clinician reads it in a diff."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from attrs import fields, has

from pathway import PATHWAY
from pathway.draw.book import rulebook
from pathway.draw.book.parts import guards, local_choices, uses_of_shown
from pathway.draw.rows import numbers_of, rows_of
from pathway.model.guards import ALWAYS, Shown, walk
from pathway.model.pathway import guards_of
from pathway.model.promises import KINDS, kind_of, promised
from pathway.model.units import written
from pathway.model.words import in_words
from pathway.scenarios.index import read_index
from tests.draw.books import (
    FILES,
    MARKDOWN,
    ROOT,
    RULES,
    TEXT,
    changed,
    plain,
    rows_under,
    rule_lines,
    sections,
    tables,
)

STORED = ROOT / "diagrams" / "rulebook.md"


def test_the_committed_rulebook_is_current():
    index = read_index(ROOT / "diagrams" / "scenarios.json")
    assert index is not None
    said, stored = rulebook(PATHWAY, index.scenarios), STORED.read_text(encoding="utf-8")
    assert said == stored, f"run pathway draw; such as {changed(stored, said)[:2]}"


def test_the_same_pathway_gives_the_same_text():
    assert rulebook(PATHWAY, dict(reversed(FILES.items()))) == TEXT


def test_every_rule_is_exactly_one_line_with_its_number():
    said = [re.match(r'\| <a id="(\w+)-(\w+)"></a>(\d+) \|', line) for line in rule_lines()]
    assert [f"{one[1]} {one[2]}" for one in said] == list(numbers_of(PATHWAY))
    assert [int(one[3]) for one in said] == list(numbers_of(PATHWAY).values())


def test_every_line_of_a_rule_says_all_that_its_row_says():
    for row, cells in zip(rows_of(PATHWAY), [one for name in RULES for one in rows_under(name)], strict=True):
        said = "\n".join(cells)
        for words in (
            row.outcome,
            str(row.unknown),
            row.event,
            str(row.condition)[1:],
            row.local_choice[1:],
            *row.cites,
        ):
            assert words in said, row.rule
        for cite in row.cites:
            one = PATHWAY.citations[cite]
            assert getattr(one, "title", one.words) in said
            assert cite not in PATHWAY.statements_by_id or one.words in said
            assert getattr(one, "choice", "") in said


def test_every_invariant_is_one_line_with_its_claim_its_guards_its_sources_and_whose_choice_it_is():
    rows = rows_under("Invariants")
    for one, cells in zip(PATHWAY.invariants, rows, strict=True):
        name, claim, exactly, _, cites, choice = cells
        assert name == one.id.replace("_", " ")
        assert claim == one.words
        assert exactly.lower().startswith(kind_of(one))
        for lead, guard in promised(one):
            assert f"{lead}: {in_words(guard, PATHWAY)}.".lower() in exactly.lower()
        assert cites == ", ".join(one.cites)
        assert choice[1:] == one.local_choice[1:] or (choice, one.local_choice) == ("-", "")


def test_an_invariant_of_entry_names_the_states_and_one_of_a_refusal_the_order():
    said = {row[0]: row for row in rows_under("Invariants")}
    assert said["resolved only in range"][2].startswith("On entering Resolved\n")
    number = numbers_of(PATHWAY)["order transplant"]
    assert said["no transplant under six months"][3] == f"rule {number}"


def test_the_kinds_of_invariants_are_told_before_them():
    said = "\n".join(sections()["Invariants"])
    for kind, meaning in KINDS:
        assert f"- **{kind.capitalize()}:** {meaning}." in said


def test_every_state_says_what_it_waits_for_or_why_the_source_ends_there():
    definitions = [line for line in TEXT.splitlines() if re.match(r"\[.*\]: ", line)]
    rows = [row for table in tables("\n".join([*sections()["States"], *definitions])) for row in table[1:]]
    for one, cells in zip(PATHWAY.states, rows, strict=True):
        waits = "-" if one.waits is None else f"{in_words(one.waits, PATHWAY)}."
        assert cells[3].lower() == waits.lower()
        assert (cells[4] != "-") is bool(one.end)
        assert cells[7] == ", ".join(one.cites)


def test_a_fact_that_no_rule_reads_says_why_it_is_kept():
    rows = {row[0].partition("\n")[2]: row[1] for row in rows_under("Data dictionary")}
    for one in PATHWAY.facts:
        assert rows[one.name].endswith(f"No rule reads it: {one.unread}") or not one.unread
        assert ("No rule reads it" in rows[one.name]) is bool(one.unread)


def test_a_statement_names_the_invariants_that_rest_on_it():
    said = {row[0]: row[5] for row in rows_under("Statements of the source")}
    assert "invariant never total body irradiation" in said["S86"]
    assert "invariant no transplant under six months" in said["S87"]


def test_what_is_said_to_the_family_is_in_the_rulebook():
    for advice, cells in zip(PATHWAY.advice, rows_under("Advice"), strict=True):
        assert advice.family in cells[3]


def sentences(value):
    """Every text of a definition that is more than a name."""
    if isinstance(value, str):
        if " " in value:
            yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from sentences(one)
    elif has(type(value)):
        for one in fields(type(value)):
            # What is said on the telephone, and behind an amount, stands where it is said.
            if one.name not in ("handover", "brief"):
                yield from sentences(getattr(value, one.name))


def test_every_sentence_of_the_definition_stands_in_the_rulebook():
    everything = "\n".join(
        plain(one) for one in MARKDOWN.parse(TEXT) if one.type == "inline" and one.children is not None
    ).lower()
    missing = [one for one in dict.fromkeys(sentences(PATHWAY)) if " ".join(one.split()).lower() not in everything]
    assert not missing


def test_every_amount_of_the_definition_stands_in_the_rulebook():
    def amounts(value):
        if isinstance(value, Decimal):
            yield written(value)
        elif isinstance(value, tuple):
            for one in value:
                yield from amounts(one)
        elif has(type(value)):
            for one in fields(type(value)):
                yield from amounts(getattr(value, one.name))

    numbers = set(re.findall(r"\d+(?:\.\d+)?", TEXT))
    assert {one.lstrip("-") for one in amounts(PATHWAY)} <= numbers


def test_the_parts_of_the_definition_hold_every_guard():
    found = {(owner, guard) for owner, part, guard in guards(PATHWAY) if (part, guard) != ("act_when", ALWAYS)}
    assert found == set(guards_of(PATHWAY))


def test_every_use_of_shown_is_listed_with_its_owner():
    listed = [(row[0], row[2]) for row in rows_under("Every use of shown")]
    assert len(listed) == len(uses_of_shown(PATHWAY))
    inside = {words for _, words in listed}
    for _, guard in guards_of(PATHWAY):
        for node in walk(guard):
            if isinstance(node, Shown):
                assert in_words(node.of, PATHWAY) in inside
    numbers = numbers_of(PATHWAY)
    for owner, _, guard in guards(PATHWAY):
        own = [one.inside for one in uses_of_shown(PATHWAY) if one.owner == owner]
        assert bool(own) or "shown" not in in_words(guard, PATHWAY).split()
        for one in own:
            lead = f"{owner.split()[0]} {numbers[owner]} " if owner in numbers else owner.split()[0]
            assert any(where.startswith(lead) and words == in_words(one, PATHWAY) for where, words in listed)


def test_a_use_of_shown_says_what_unknown_does_there():
    said = {(row[0], row[2]): row[3] for row in rows_under("Every use of shown")}
    consulted = PATHWAY.condition("consulted").title
    number = numbers_of(PATHWAY)["transition same_day_referral"]
    assert "lets the part hold" in said[(f"transition {number} same day referral", consulted)]
    number = numbers_of(PATHWAY)["order defer_referral"]
    same_day = PATHWAY.title_of("same_day")
    assert "is not met" in said[(f"order {number} defer referral", same_day)]


def test_a_use_of_shown_in_an_invariant_is_listed_with_its_part():
    said = {(row[0], row[1]): row for row in rows_under("Every use of shown")}
    marrow = said["invariant no marrow before the consultation", "refused when"]
    assert marrow[2] == PATHWAY.condition("consulted").title
    assert "lets the part hold" in marrow[3]
    assert ("invariant smear is asked for", "holds always") in said
    assert ("invariant outside without a low count", "holds on entering") in said


def test_every_local_choice_is_on_the_page_of_local_choices():
    choices = list(local_choices(PATHWAY))
    owned = (
        *PATHWAY.transitions, *PATHWAY.advice, *PATHWAY.orders, *PATHWAY.conditions, *PATHWAY.derived,
        *PATHWAY.reference.rows, *PATHWAY.invariants,
    )  # fmt: skip
    assert len(choices) == sum(bool(getattr(one, "local_choice", "")) for one in owned)
    rows = rows_under("Every local choice")
    for one, cells in zip(choices, rows, strict=True):
        assert one.value.local_choice[1:] in cells[2]
        assert cells[3] == ", ".join(one.value.cites)
        assert cells[1] != "-"


def test_every_reference_interval_has_its_line():
    rows = rows_under("Reference intervals")
    for one, cells in zip(PATHWAY.reference.rows, rows, strict=True):
        assert cells[:4] == [PATHWAY.title_of(one.fact), one.band(), one.limits(), PATHWAY.unit_of(one.fact)]


def test_every_fact_has_its_line_with_units_factors_codes_and_events():
    rows = {row[0]: row for row in rows_under("Data dictionary")}
    assert len(rows) == len(PATHWAY.facts)
    uric = rows["uric acid\nuric_acid"]
    assert uric[1] == "an amount in mg/dL, plausible 0 to 50"
    assert uric[2] == "mmol/L: x * 16.811, plausible 0 to 3\numol/L: x * 0.016811, plausible 0 to 3000"
    assert uric[3].split()[0] == "3084-1"
    assert rows["temperature\ntemperature"][2] == "[degF]: (x - 32) * 5 / 9"
    assert "germline never overwrites rearranged" in rows["KMT2A status\nkmt2a"][1]
    assert rows["blasts flagged by an unqualified reviewer\nblasts_flagged"][4] == "Smear reviewed"


def test_every_statement_is_listed_once_with_what_rests_on_it_or_why_it_is_not_modelled():
    modelled, others = rows_under("Statements of the source"), rows_under("Statements not modelled")
    assert {row[0] for row in modelled} | {row[0] for row in others} == set(PATHWAY.statements_by_id)
    assert {row[0]: row[5] for row in others} == {
        one.id: one.not_modelled for one in PATHWAY.statements if one.not_modelled
    }
    number = numbers_of(PATHWAY)["order order_bone_marrow"]
    assert f"rule {number}" in {row[0]: row[5] for row in modelled}["S92"]


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("transition smear_clear", "2 and 1 generated: two, scenarios/a/one, three"),
        ("transition count_low", "2: scenarios/b/one, scenarios/a/one"),
        ("advice smear_now", "4: f, g, h"),
        ("transition germline", "none"),
    ],
)
def test_scenarios_are_counted_and_the_most_telling_named(rule, words):
    rows = [row for name in RULES for row in rows_under(name)]
    assert rows[numbers_of(PATHWAY)[rule] - 1][-1] == words


def test_the_page_says_whose_it_is_and_that_no_clinician_has_signed_it():
    head = TEXT[: TEXT.index("## How to read this")]
    for words in (PATHWAY.title, PATHWAY.id, PATHWAY.version, PATHWAY.digest[:12], PATHWAY.source_title):
        assert words in head
    assert PATHWAY.source_date.isoformat() in head
    assert PATHWAY.banner in head
    assert all(f"[{one}]" in head for one in PATHWAY.banner_cites)
