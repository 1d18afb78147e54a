"""What is on each sheet, as the renderer draws it: every rule with its number, its words and its sources, legibly.

Nothing overlaps: that is held by `pathway draw --check`, in tests/cli/test_draw.py.
"""

from __future__ import annotations

from datetime import timedelta
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings

from pathway import PATHWAY, Case
from pathway.draw.diagram import diagram_of, phases_of
from pathway.draw.phases import name_of
from pathway.draw.rows import numbers_of, rows_of
from pathway.model.derived_words import derived_in_words
from pathway.model.guards import Below, Named, Within, walk
from pathway.model.words import cited_in_words, in_words
from tests.draw.sheets import all_words, drawn, entries, sheets, texts
from tests.draw.table import allows, cells
from tests.strategies import BORN, START, stories

ROWS = rows_of(PATHWAY)
RULES = {row.rule: row for row in ROWS}
NUMBERS = numbers_of(PATHWAY)
TRANSITIONS = [row for row in ROWS if row.kind == "transition"]
PHASES = phases_of(PATHWAY)
PHASE_IDS = [phase.id for phase in PHASES]
SIGNED = ["overview", *map(name_of, PHASES), "advice-and-orders", "legend"]
GOES_ON = [name for name in sheets() if name not in SIGNED]


@cache
def of_phase(phase):
    """The sheets of a phase, in order."""
    return tuple(name for name in sheets() if name.startswith(name_of(phase)))


def title(state):
    return PATHWAY.state(state).title


# --- every sheet --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sheets())
def test_a_sheet_is_one_page_of_a4_in_plain_characters_of_at_least_8_points(name):
    assert drawn(name)["bb"] == "0,0,595,842"
    assert sheets()[name].source().isascii()
    assert min(text.smallest for text in texts(drawn(name)).values()) >= 8


@pytest.mark.parametrize("name", sheets())
def test_a_sheet_says_of_which_pathway_it_is_and_has_a_line_for_a_name_and_a_date(name):
    said = all_words(name)
    for words in (PATHWAY.title, f"{PATHWAY.id} {PATHWAY.version}", PATHWAY.digest[:12], "Reviewed by (name", "Date"):
        assert words in said
    below = {texts(drawn(name))[one].top for one in ("reviewer", "date")}
    lines = [one for one in drawn(name)["objects"] if one["name"] in ("line_reviewer", "line_date")]
    assert len(lines) == 2
    for one in lines:
        assert float(one["width"]) * 72 >= 60, "there is room to write"
        assert 0 < float(one["pos"].split(",")[1]) - max(below) < 12


@pytest.mark.parametrize("name", SIGNED)
def test_a_first_sheet_names_its_source_and_says_that_nobody_has_signed_the_pathway(name):
    date = PATHWAY.source_date
    said = all_words(name)
    assert f"{PATHWAY.source_title}, {date.day} {date:%B %Y}" in said
    assert f"{PATHWAY.banner} {cited_in_words(PATHWAY.banner_cites)}" in said


def test_a_sheet_that_goes_on_says_of_what_it_is_a_part_and_that_nobody_has_signed_it():
    assert GOES_ON
    for name in GOES_ON:
        assert "continued" in all_words(name) and PATHWAY.banner in all_words(name)


def test_the_sheets_of_a_phase_say_how_many_they_are():
    for phase in PHASES:
        names = of_phase(phase)
        for at, name in enumerate(names, 1):
            assert f"Sheet {at} of {len(names)}" in all_words(name)


# --- the overview -------------------------------------------------------------------------------------------------


def test_the_whole_pathway_is_on_one_overview_with_no_rule_left_out():
    assert list(entries("overview")) == [row.number for row in TRANSITIONS]
    assert not any(name.startswith("overview-") for name in sheets())


@pytest.mark.parametrize("row", TRANSITIONS, ids=lambda row: row.id)
def test_the_overview_says_each_rule_with_its_event_its_condition_its_sources_and_whether_it_is_ours(row):
    said = entries("overview")[row.number]
    assert f"{row.condition} " in said
    assert not row.event or f"{row.event}: {row.condition} " in said
    assert cited_in_words(row.cites) in said
    assert said.endswith(" *") is bool(row.local_choice)
    assert ("Closes the episode" in said) is (PATHWAY.transition(row.id).closes is not None)
    for effect in map(str, row.effects):
        other = next(one for one in TRANSITIONS if effect in map(str, one.effects))
        assert effect in said or f"as under {other.number}." in said


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


# --- the sheets of a phase ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("phase", PHASES, ids=PHASE_IDS)
def test_a_phase_has_every_rule_that_leads_from_it_or_to_it_and_whatever_is_advised_or_refused_there(phase):
    states = set(phase.states)
    expected = {NUMBERS[f"transition {one.id}"] for one in PATHWAY.transitions if states & {*one.sources, one.target}}
    expected |= {row.number for row in ROWS if row.kind in ("advice", "order") and states & {*row.states}}
    assert set(entries(*of_phase(phase))) == expected


@pytest.mark.parametrize("phase", PHASES, ids=PHASE_IDS)
def test_a_phase_says_what_each_of_its_states_waits_for_or_why_the_source_ends_there(phase):
    said = all_words(*of_phase(phase))
    for state in map(PATHWAY.state, phase.states):
        end = f" The way ends here: {state.end}." if state.end else ""
        waits = f" Waits for: {in_words(state.waits, PATHWAY)}." if state.waits is not None else ""
        assert f"{state.title}: {state.meaning}.{end}{waits} {cited_in_words(state.cites)}" in said


@pytest.mark.parametrize("phase", PHASES, ids=PHASE_IDS)
def test_a_rule_of_a_phase_is_said_in_full_with_its_sources_and_whose_choice_it_is(phase):
    for number, said in entries(*of_phase(phase)).items():
        row = next(one for one in ROWS if one.number == number)
        assert cited_in_words(row.cites) in said
        assert (f"Local choice: {row.local_choice}." in said) is bool(row.local_choice)
        if row.kind == "transition":
            one = PATHWAY.transition(row.id)
            lead = f"{', '.join(map(title, one.sources))} -> {title(one.target)}. "
            assert said.startswith(lead + (f"On {row.event}: " if row.event else ""))
            assert f"{row.condition} " in said
            assert all(str(effect) in said for effect in row.effects)
            assert str(row.unknown) in said
        elif row.kind == "advice":
            advice = PATHWAY.advice_named(row.id)
            assert said.startswith(row.outcome.replace(": ", " ", 1))
            for lead, guard in (("Until", advice.until), ("Withdrawn when", advice.lapses)):
                assert guard is None or f"{lead} {in_words(guard, PATHWAY)}." in said
        else:
            order = PATHWAY.order(row.id)
            assert said.lower().startswith(order.words.lower())


@pytest.mark.parametrize("phase", PHASES, ids=PHASE_IDS)
def test_every_term_that_the_rules_and_states_of_a_phase_rest_on_is_explained_there(phase):
    said = all_words(*of_phase(phase))
    numbers = entries(*of_phase(phase))
    used = {row.rule: guards_of_rule(row) for row in ROWS if row.number in numbers}
    used |= {state: [waits] for state in phase.states if (waits := PATHWAY.state(state).waits) is not None}
    for owner, guards in used.items():
        for node in rested_on(guards):
            if isinstance(node, Named):
                condition = PATHWAY.condition(node.name)
                assert f"{condition.title}: {in_words(condition.guard, PATHWAY)}. " in said, (owner, node.name)
                assert condition.local_choice in said
            elif (name := getattr(node, "fact", "")) in PATHWAY.derived_by_name:
                derived = PATHWAY.derived_by_name[name]
                assert f"{PATHWAY.title_of(name)}: {derived_in_words(derived, PATHWAY)} " in said, (owner, name)
            if isinstance(node, Below | Within):
                for one in PATHWAY.reference.rows:
                    assert one.fact != node.fact or f"{one.band()} {one.limits()}" in said, (owner, one)


def guards_of_rule(row):
    match row.kind:
        case "transition":
            return [PATHWAY.transition(row.id).when]
        case "advice":
            one = PATHWAY.advice_named(row.id)
            return [guard for guard in (one.when, one.until, one.lapses) if guard is not None]
        case _:
            one = PATHWAY.order(row.id)
            return [guard for guard in (one.refused, one.permitted) if guard is not None]


def rested_on(guards):
    """Every node of some guards, and of what the derived facts in them are computed from."""
    waiting, found = list(guards), {}
    while waiting:
        for node in walk(waiting.pop()):
            if node not in found:
                found[node] = None
                derived = PATHWAY.derived_by_name.get(getattr(node, "fact", ""))
                if (when := getattr(derived, "when", None)) is not None:
                    waiting.append(when)
    return list(found)


@pytest.mark.parametrize("phase", PHASES, ids=PHASE_IDS)
def test_every_review_note_that_a_rule_of_a_phase_cites_is_printed_there(phase):
    said = all_words(*of_phase(phase))
    for number in entries(*of_phase(phase)):
        row = next(one for one in ROWS if one.number == number)
        if row.kind != "transition" or {*row.states} & {*phase.states}:
            for note in (PATHWAY.note(one) for one in row.cites if one.startswith("N")):
                assert f"{note.id} {note.title} " in said
                assert note.choice in said


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


def test_the_legend_explains_every_condition_and_every_group_of_states():
    said = all_words("legend", "legend-2")
    for one in PATHWAY.conditions:
        assert f"{one.title}: {in_words(one.guard, PATHWAY)}. " in said
    for name, states in PATHWAY.groups:
        assert f"{name.replace('_', '-')}: {', '.join(map(title, states))}." in said
