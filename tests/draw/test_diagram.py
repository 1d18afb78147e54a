"""The diagram says what the rules say: every way of every rule is on one line, and no line is of another kind."""

from __future__ import annotations

from collections import Counter

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from pathway import PATHWAY
from pathway.draw.diagram import diagram_of, phase_of, phases_of
from pathway.draw.rows import numbers_of, rows_of

STATES = tuple(one.name for one in PATHWAY.states)


def ways_of(line, diagram, pathway):
    """Each (rule, state it leaves, state it leads to) that a line stands for: from a box, for every state in it."""
    states = next(box.states for box in diagram.boxes if box.id == line.box) if line.box else (line.source,)
    rules = [pathway.transition(rule.removeprefix("transition ")) for rule in line.rules]
    return [(rule.id, state, line.target) for rule in rules for state in states if state in rule.sources]


def all_ways(pathway):
    return Counter((rule.id, state, rule.target) for rule in pathway.transitions for state in rule.sources)


SOME = st.lists(st.sampled_from(STATES), min_size=1, unique=True).map(tuple)
CHANGE = st.one_of(
    st.fixed_dictionaries({"sources": SOME}),
    st.fixed_dictionaries({"target": st.sampled_from(STATES)}),
    st.fixed_dictionaries({"urgent": st.booleans()}),
    st.fixed_dictionaries({"label": st.just("haematology reached"), "target": st.just("specialist_workup")}),
    st.none(),
)
CHANGES = st.dictionaries(st.sampled_from([one.id for one in PATHWAY.transitions]), CHANGE, max_size=8)


def changed(changes):
    """The pathway with some rules taken from other states, led elsewhere, turned in look, or (None) dropped."""
    kept = [one for one in PATHWAY.transitions if changes.get(one.id, {}) is not None]
    return evolve(PATHWAY, transitions=tuple(evolve(one, **changes.get(one.id, {})) for one in kept))


def check_overview(pathway):
    diagram, numbers = diagram_of(pathway), numbers_of(pathway)
    assert Counter(way for line in diagram.lines for way in ways_of(line, diagram, pathway)) == all_ways(pathway)
    assert len({line.id for line in diagram.lines}) == len(diagram.lines), "a line is found by its id"
    for line in diagram.lines:
        assert line.numbers == tuple(numbers[rule] for rule in line.rules)
        for rule in line.rules:
            one = pathway.transition(rule.removeprefix("transition "))
            assert line.dashed is (one.on is not None)
            assert line.urgent is one.urgent
            assert line.words == one.label
    assert tuple(node.id for node in diagram.nodes) == STATES
    for box in diagram.boxes:
        assert {diagram.node(state).box for state in box.states} == {box.inside or box.id}


def check_phases(pathway):
    whole = diagram_of(pathway)
    drawn = {line.id: line for line in whole.lines}
    for phase in phases_of(pathway):
        diagram = phase_of(pathway, phase)
        ids = [line.id for line in diagram.lines]
        assert len(set(ids)) == len(ids)
        for line in diagram.lines:
            same = drawn[line.id]
            assert (line.numbers, line.words, line.urgent, line.dashed, line.target) == (
                same.numbers, same.words, same.urgent, same.dashed, same.target,
            )  # fmt: skip
            assert {line.source, line.target} <= {node.id for node in diagram.nodes}
        shown = {way for name in ids for way in ways_of(drawn[name], whole, pathway)}
        touching = {way for way in all_ways(pathway) if {*way[1:]} & {*phase.states}}
        assert touching <= shown, "every way that leads from here or to here"
        for name in ids:
            assert touching & {*ways_of(drawn[name], whole, pathway)}, "and none that does neither"
        assert {node.id for node in diagram.nodes if not node.away} == {*phase.states}


def test_every_way_of_every_rule_is_on_exactly_one_line_that_looks_as_the_rule_acts():
    check_overview(PATHWAY)


def test_the_diagram_of_a_phase_shows_the_lines_of_the_overview_that_touch_its_states():
    check_phases(PATHWAY)


@settings(max_examples=60, deadline=None)
@given(CHANGES)
def test_a_changed_pathway_is_drawn_as_faithfully(changes):
    check_overview(changed(changes))
    check_phases(changed(changes))


def test_a_rule_that_leaves_a_state_which_another_of_the_same_label_leaves_too_is_not_lost():
    whole = ("initial_labs", "smear", "exam", "referral")
    pathway = changed({"consulted_at_first": {"sources": ("smear",)}, "haematology_reached": {"sources": whole}})
    check_overview(pathway)
    check_phases(pathway)


def test_the_number_at_a_line_is_the_row_of_the_rulebook():
    rows = {row.number: row for row in rows_of(PATHWAY)}
    for line in diagram_of(PATHWAY).lines:
        assert tuple(rows[number].rule for number in line.numbers) == line.rules
        assert {rows[number].title for number in line.numbers} == {line.words}


def test_one_line_from_a_box_stands_for_rules_that_leave_every_state_of_it_alike():
    diagram = diagram_of(PATHWAY)
    boxed = {line.box: line for line in diagram.lines if line.box and len(line.numbers) > 1}
    assert boxed, "the overview merges where it can"
    for box, line in boxed.items():
        left = {state for _, state, _ in ways_of(line, diagram, PATHWAY)}
        assert left == {*next(one.states for one in diagram.boxes if one.id == box)}


@pytest.mark.parametrize("state", PATHWAY.states, ids=STATES)
def test_a_state_looks_final_where_the_source_ends_and_urgent_where_only_urgent_rules_lead(state):
    node = diagram_of(PATHWAY).node(state.name)
    ways = [one.urgent for one in PATHWAY.transitions if one.target == state.name]
    assert node.end is bool(state.end)
    assert node.urgent is (bool(ways) and all(ways))
    assert node.title == state.title
    assert state.meaning.startswith(node.meaning)
