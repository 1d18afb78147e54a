"""What is on each sheet, as the renderer draws it: every rule with its number, its words and its sources, legibly.

Nothing overlaps: that is held by `pathway draw --check`, in tests/cli/test_draw.py.
"""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings

from pathway import PATHWAY, Case
from pathway.draw.diagram import diagram_of, phases_of
from pathway.draw.legend import terms_of
from pathway.draw.phases import name_of
from pathway.draw.rows import numbers_of, rows_of
from pathway.draw.spelt import Spelling
from pathway.model.words import cited_in_words, in_words
from tests.draw.sheets import all_words, drawn, entries, sheets, texts
from tests.draw.table import allows, cells
from tests.strategies import BORN, START, stories

ROWS = rows_of(PATHWAY)
RULES = {row.rule: row for row in ROWS}
NUMBERS = numbers_of(PATHWAY)
TRANSITIONS = [row for row in ROWS if row.kind == "transition"]
SPELLING = Spelling(PATHWAY)
SPELT = {row.number: str(SPELLING.condition(PATHWAY.transition(row.id), row.number)) for row in TRANSITIONS}
PHASES = phases_of(PATHWAY)
PHASE_IDS = [phase.id for phase in PHASES]
NAMES = ["overview", *map(name_of, PHASES), "advice-and-orders", "legend"]


def title(state):
    return PATHWAY.state(state).title


# --- every sheet --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_a_sheet_is_one_page_of_a4_in_plain_characters_of_at_least_8_points(name):
    assert drawn(name)["bb"] == "0,0,595,842"
    assert sheets()[name].source().isascii()
    assert min(text.smallest for text in texts(drawn(name)).values()) >= 8


def test_there_is_one_sheet_for_the_whole_one_a_phase_one_of_advice_and_orders_and_a_legend():
    assert [*sheets()] == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_sheet_says_of_which_pathway_it_is_names_its_source_and_says_that_nobody_has_signed_it(name):
    said = all_words(name)
    date = PATHWAY.source_date
    for words in (PATHWAY.title, f"{PATHWAY.id} {PATHWAY.version}", PATHWAY.digest[:12]):
        assert words in said
    assert f"{PATHWAY.source_title}, {date.day} {date:%B %Y}" in said
    assert f"{PATHWAY.banner} {cited_in_words(PATHWAY.banner_cites)}" in said


def test_a_pack_has_one_line_for_a_name_and_a_date_on_its_last_sheet_for_all_sheets():
    assert [name for name in NAMES if "Reviewed by" in all_words(name)] == [NAMES[-1]]
    said = texts(drawn(NAMES[-1]))
    assert f"all {len(NAMES)} sheets of digest {PATHWAY.digest[:12]}" in said["reviewer"].words
    below = {said[one].top for one in ("reviewer", "date")}
    lines = [one for one in drawn(NAMES[-1])["objects"] if one["name"] in ("line_reviewer", "line_date")]
    assert len(lines) == 2
    for one in lines:
        assert float(one["width"]) * 72 >= 60, "there is room to write"
        assert 0 < float(one["pos"].split(",")[1]) - max(below) < 12


# --- the overview -------------------------------------------------------------------------------------------------


def test_the_whole_pathway_is_on_one_overview_with_no_rule_left_out():
    assert list(entries("overview")) == [row.number for row in TRANSITIONS]
    assert not any(name.startswith("overview-") for name in sheets())


@pytest.mark.parametrize("row", TRANSITIONS, ids=lambda row: row.id)
def test_the_overview_says_each_rule_with_its_event_its_condition_and_whether_it_is_ours(row):
    said = entries("overview")[row.number]
    condition = SPELT[row.number]
    assert f"{condition}" in said
    assert not row.event or f"{row.event}: {condition}" in said
    assert said.endswith(" *") is bool(row.local_choice)
    assert ("Closes the episode" in said) is (PATHWAY.transition(row.id).closes is not None)


@pytest.mark.parametrize("row", TRANSITIONS, ids=lambda row: row.id)
def test_no_entry_of_the_overview_only_repeats_the_label_of_its_line(row):
    said = set(re.findall("[a-z0-9-]+", entries("overview")[row.number].lower()))
    assert len(said - set(re.findall("[a-z0-9-]+", row.title.lower()))) >= 4


def test_the_overview_alone_answers_what_a_ward_asks_first():
    """What is done at once, what makes it urgent, when antimicrobials, who confirms, when the count is repeated."""
    said, rules = all_words("overview"), entries("overview")
    together = said[said.index("Done at once, together") : said.index("States are what is waited for")]
    for advice in ("consult_same_day", "smear_now", "exam_now", "tumour_lysis_labs"):
        assert f"{PATHWAY.advice_named(advice).words}" in together
    anywhere = said[said.index("At once, in any state") :]
    assert PATHWAY.advice_named("antimicrobials_now").words in anywhere
    assert in_words(PATHWAY.derived_by_name["fever_trigger"].when, PATHWAY) in anywhere
    number = NUMBERS["transition same_day_referral"]
    assert f"same-day criterion was met (see {number}):" in together
    for criterion in ("At least two counts low", "blasts or immature cells seen", "BCR::ABL1", "alarm finding"):
        assert criterion in rules[number]
    confirms = rules[NUMBERS["transition all_confirmed"]]
    assert "specialist's diagnosis is ALL" in confirms and "20 %" in confirms
    assert "CML or HLH or AML" in rules[NUMBERS["transition other_disease_found"]]
    assert "Due from day 7, overdue after day 14." in said


def test_the_box_of_what_is_done_at_once_stands_beside_the_first_phase():
    tints = {name: area for name, area, _ in sheets()["overview"].tints}
    (placed,) = sheets()["overview"].diagrams
    first = next(box.area for box in placed.boxes if PATHWAY.initial in box.box.states)
    frame = tints["at-once-frame"]
    assert frame.right <= first.left
    assert min(frame.bottom, first.bottom) - max(frame.top, first.top) > frame.height / 2


def test_every_line_of_the_overview_has_its_numbers_and_words_beside_it():
    said = texts(drawn("overview"))
    for line in diagram_of(PATHWAY).lines:
        badges = "".join(map(str, line.numbers))
        assert said[line.id].words.replace(" ", "") == badges + line.words.replace(" ", "")


@pytest.mark.parametrize("name", [name for name in sheets() if sheets()[name].diagrams])
def test_urgent_lines_are_bolder_and_those_that_wait_for_an_event_are_dashed(name):
    lines = {line.id: line for placed in sheets()[name].diagrams for line in placed.diagram.lines}
    edges = {one["id"]: one for one in drawn(name)["edges"]}
    assert set(edges) == set(lines)
    bold = [float(edges[id]["penwidth"]) for id, line in lines.items() if line.urgent]
    thin = [float(edges[id]["penwidth"]) for id, line in lines.items() if not line.urgent]
    assert not bold or not thin or min(bold) >= 2 * max(thin)
    for id, line in lines.items():
        assert (edges[id]["style"] == "dashed") is line.dashed


# --- the sheet of a phase -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("phase", PHASES, ids=PHASE_IDS)
def test_a_phase_has_every_rule_that_leads_from_it_or_to_it_and_no_other(phase):
    states = set(phase.states)
    expected = {NUMBERS[f"transition {one.id}"] for one in PATHWAY.transitions if states & {*one.sources, one.target}}
    assert set(entries(name_of(phase))) == expected


@pytest.mark.parametrize("phase", PHASES, ids=PHASE_IDS)
def test_a_phase_says_what_each_of_its_states_waits_for_or_why_the_source_ends_there(phase):
    said = all_words(name_of(phase))
    for state in map(PATHWAY.state, phase.states):
        end = f" The way ends here: {state.end}." if state.end else ""
        waits = f" Waits for: {in_words(state.waits, PATHWAY)}." if state.waits is not None else ""
        assert f"{state.title}: {state.meaning}.{end}{waits} {cited_in_words(state.cites)}" in said


@pytest.mark.parametrize("phase", PHASES, ids=PHASE_IDS)
def test_a_rule_of_a_phase_is_said_in_full_with_its_sources_and_whose_choice_it_is(phase):
    spelling = Spelling(PATHWAY)
    for number, said in sorted(entries(name_of(phase)).items()):
        row = next(one for one in ROWS if one.number == number)
        one = PATHWAY.transition(row.id)
        assert cited_in_words(row.cites) in said
        assert (f"Local choice: {row.local_choice}." in said) is bool(row.local_choice)
        lead = f"{', '.join(map(title, one.sources))} -> {title(one.target)}. "
        assert said.startswith(lead + (f"On {row.event}: " if row.event else ""))
        assert f"{spelling.condition(one, number)} " in said
        assert all(str(effect) in said for effect in row.effects)


# --- advice and orders by state -----------------------------------------------------------------------------------


def test_every_advice_and_order_has_a_row_and_every_state_a_column():
    found = cells()
    assert {(cell.rule, cell.state) for cell in found.values()} == set(found)
    assert {rule for rule, _ in found} == {row.rule for row in ROWS if row.kind in ("advice", "order")}
    assert {state for _, state in found} == {one.name for one in PATHWAY.states}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(stories())
def test_the_table_agrees_with_what_cases_do(story):
    case = Case(PATHWAY, born=BORN)
    table = cells()
    for at, event in sorted(story, key=lambda one: one[0]):
        step = case.record(event, at=at, by="ward")
        through = (step.came_from, *step.passed_through, step.state)
        for advice in step.raised:
            assert any(table[f"advice {advice.id}", state].letter for state in through), (advice.id, through)
    later = START + timedelta(days=31)
    case.plan(at=later)
    for order in PATHWAY.orders:
        verdict = case.propose(order.id, at=later).verdict
        assert allows(table[f"order {order.id}", case.state], verdict), (order.id, case.state, verdict)


def test_advice_is_marked_with_its_urgency():
    for cell in cells().values():
        row = RULES[cell.rule]
        if row.kind == "advice" and cell.letter:
            assert cell.letter == PATHWAY.advice_named(row.id).urgency[0].upper()


# --- the legend ---------------------------------------------------------------------------------------------------


def test_the_legend_explains_every_group_of_states_and_the_terms_of_rules_as_far_as_there_is_room():
    said = all_words("legend")
    for name, states in PATHWAY.groups:
        assert f"{name.replace('_', '-')}: {', '.join(map(title, states))}." in said
    terms = terms_of(PATHWAY)
    shown = [one for one in terms if f"{one.title}: {in_words(one.guard, PATHWAY)}. " in said]
    assert shown == [*terms][: len(shown)], "the last ones are left out"
    assert len(shown) > len(terms) / 2
    assert (f"{len(terms) - len(shown)} more terms are in the rulebook." in said) is (len(shown) < len(terms))


def test_the_legend_says_that_states_are_what_is_waited_for():
    for name in ("overview", "legend"):
        assert "tates are what is waited for, not an order of doing." in all_words(name)
