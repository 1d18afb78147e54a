"""The way of a case: just the states it was in, in order, just the rules it took, where it is, and what is late."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from attrs import evolve

from pathway import PATHWAY, BadInput
from pathway.cli.way import way_of
from pathway.draw import style
from pathway.draw.diagram import phases_of
from pathway.draw.overlaps import faults_of
from pathway.draw.phases import name_of
from pathway.draw.rows import numbers_of
from pathway.draw.way import Taken, Way, way_sheets
from pathway.scenarios.replay import replay_file, scenario_files
from tests.children import ALL_CONFIRMED, BLASTS, CALL, CLEAR_EXAM, CLEAR_SMEAR, INDEX_COUNT, ONLY_ANC_LOW, at, told
from tests.draw.sheets import geometry, texts

ROOT = Path(__file__).parents[2]
STORIES = ROOT / "scenarios"
LATE = STORIES / "follow-up" / "reconsultation-overdue-the-next-day.toml"
LONG = STORIES / "follow-up" / "closed-reopened-closed-again.toml"
SAMPLE = sorted(
    {
        *scenario_files([STORIES])[::50],
        LATE,
        LONG,
        STORIES / "corrections" / "correction-of-a-correction.toml",
        STORIES / "orders" / "tbi-overridden.toml",
        STORIES / "outside" / "results-of-the-same-day-are-carried-over.toml",
    }
)
IDS = [file.stem for file in SAMPLE]


@cache
def drawn(file):
    """The sheets of a way, and what the renderer drew on each."""
    way, *_ = way_of(str(file), None)
    return [(one, geometry(one)) for one in way_sheets(PATHWAY, way)]


def words(found) -> str:
    return " ".join(text.words for text in texts(found).values())


@pytest.mark.parametrize("file", SAMPLE, ids=IDS)
def test_just_the_states_that_the_case_was_in_are_tinted_and_the_one_where_it_is_now_is_black(file):
    case = replay_file(file, PATHWAY).case
    visited = {PATHWAY.initial, *(one.transition.target for one in case.history)}
    for sheet, found in drawn(file):
        boxes = {box.id: box.states for placed in sheet.diagrams for box in placed.diagram.boxes}
        boxes |= {box.id: box.states for placed in drawn(file)[0][0].diagrams for box in placed.diagram.boxes}
        for node in (node for placed in sheet.diagrams for node in placed.diagram.nodes):
            fill = next(one["fillcolor"] for one in found["objects"] if one["name"] == node.id)
            here = {*boxes.get(node.id, (node.id,))}
            expected = style.INK if case.state in here else style.MARKED if here & visited else None
            assert fill == expected if expected else fill not in (style.INK, style.MARKED), (sheet.name, node.id)


@pytest.mark.parametrize("file", SAMPLE, ids=IDS)
def test_each_visit_is_numbered_in_its_order_and_just_the_lines_that_were_taken_are_thick(file):
    case = replay_file(file, PATHWAY).case
    (sheet, found), *_ = drawn(file)
    said = texts(found)
    taken = {}
    for order, one in enumerate(case.history, 1):
        assert f"({order})" in said[one.transition.target].words
        taken.setdefault((f"transition {one.transition.id}", one.source), []).append(str(order))
    thick = {one["id"] for one in found["edges"] if float(one["penwidth"]) >= style.TAKEN}
    for line in sheet.diagrams[0].diagram.lines:
        box = next((box.states for box in sheet.diagrams[0].diagram.boxes if box.id == line.box), (line.source,))
        orders = [order for (rule, state), found in taken.items() for order in found
                  if rule in line.rules and state in box]  # fmt: skip
        assert (line.id in thick) is bool(orders)
        assert not orders or f"({', '.join(sorted(orders, key=int))})" in said[line.id].words


@pytest.mark.parametrize("file", SAMPLE, ids=IDS)
def test_the_way_is_told_step_by_step_with_the_number_of_each_rule(file):
    case = replay_file(file, PATHWAY).case
    for _, found in drawn(file):
        said, place = words(found), 0
        assert f"Now: {drawn_at(file)}, {PATHWAY.state(case.state).title}." in said
        for order, one in enumerate(case.history, 1):
            start, target = (PATHWAY.state(name).title for name in (one.source, one.transition.target))
            number = numbers_of(PATHWAY)[f"transition {one.transition.id}"]
            step = f": {start} -> {target}. Rule {number}, {one.transition.label}."
            assert step in said[place:], (order, step)
            place = said.index(step, place) + 1


def drawn_at(file) -> str:
    replay = replay_file(file, PATHWAY)
    return f"{replay.case.plan(at=replay.steps[-1].step.at).at:%Y-%m-%d %H:%M}"


@pytest.mark.parametrize("file", SAMPLE, ids=IDS)
def test_every_phase_that_was_visited_has_a_sheet_and_all_can_be_read(file):
    case = replay_file(file, PATHWAY).case
    visited = {PATHWAY.initial, *(one.transition.target for one in case.history)}
    expected = [name_of(phase) for phase in phases_of(PATHWAY) if visited & {*phase.states}]
    assert [sheet.name for sheet, _ in drawn(file)] == ["overview", *expected]
    for sheet, found in drawn(file):
        assert found["bb"] == "0,0,595,842"
        assert faults_of(sheet) == []


def test_overdue_advice_is_named_while_it_is_overdue():
    replay = replay_file(LATE, PATHWAY)
    plans = [(step.step.at, replay.case.plan(at=step.step.at)) for step in replay.steps]
    assert any(line.overdue for _, plan in plans for line in plan.lines), "the scenario has something overdue"
    for moment, plan in plans:
        way, *_ = way_of(str(LATE), moment.isoformat())
        late = [f"{one.words} Due {one.due:%Y-%m-%d}, since {one.since:%Y-%m-%d}" for one in plan.lines if one.overdue]
        assert [one[: len(line)] for one, line in zip(way.overdue, late, strict=True)] == late
        if late:
            for sheet in way_sheets(PATHWAY, way):
                assert [line for line in late if f"OVERDUE. {line}" not in words(geometry(sheet))] == []
    assert "OVERDUE" not in words(drawn(LONG)[0][1])


def test_a_way_is_seen_as_of_a_moment():
    history = replay_file(LONG, PATHWAY).case.history
    way, *_ = way_of(str(LONG), history[2].at.isoformat())
    assert [one.rule for one in way.taken] == [one.transition.id for one in history if one.at <= history[2].at]
    assert way.current == way.taken[-1].target
    with pytest.raises(BadInput, match="the case begins"):
        way_of(str(LONG), "2025-06-01T09:00:00Z")


def test_at_every_moment_of_a_case_its_way_ends_in_the_state_where_it_is():
    for file in SAMPLE:
        done = replay_file(file, PATHWAY)
        begun = min(entry.at for entry in done.case.log)
        for step in done.steps:
            if step.step.at < begun:
                continue  # an order that was asked before anything had happened
            way, *_ = way_of(str(file), step.step.at.isoformat())
            ends = [PATHWAY.initial, *(one.target for one in way.taken)]
            assert ends[-1] == way.current
            assert [one.source for one in way.taken] == ends[:-1], "each step begins where the one before ended"


def test_the_log_of_a_case_is_drawn_as_the_case_went(tmp_path):
    case = told(INDEX_COUNT, CALL, BLASTS, ALL_CONFIRMED)
    (tmp_path / "case.json").write_text(case.to_json(), encoding="utf-8")
    way, stem, _ = way_of(str(tmp_path / "case.json"), None)
    assert stem == "case"
    assert [(one.rule, one.source, one.target) for one in way.taken] == [
        (one.transition.id, one.source, one.transition.target) for one in case.history
    ]
    assert way.current == case.state == "confirmed_all"


def test_a_correction_that_waits_for_a_clinician_is_said_to_wait(tmp_path):
    case = told(ONLY_ANC_LOW, BLASTS)
    entry = next(one for one in case.log if one.event.name == "smear_reported")
    step = case.correct(entry.id, CLEAR_SMEAR, at=at(90), by="laboratory")
    assert step.proposed
    (tmp_path / "case.json").write_text(case.to_json(), encoding="utf-8")
    way, *_ = way_of(str(tmp_path / "case.json"), None)
    assert len(way.waiting) == 1
    for sheet in way_sheets(PATHWAY, way):
        assert "Waits. Smear reviewed (entry" in words(geometry(sheet))


def test_times_are_those_of_the_ward_and_not_of_the_machine(tmp_path):
    case = told(INDEX_COUNT, CLEAR_EXAM, zone="Asia/Tokyo")
    (tmp_path / "case.json").write_text(case.to_json(), encoding="utf-8")
    way, *_ = way_of(str(tmp_path / "case.json"), None)
    assert (way.begun, way.at) == ("2026-01-22 18:00", "2026-01-22 18:30")


def long_way(rounds: int) -> Way:
    """A case that is closed and reopened again and again."""
    circle = [("new_alarm", "follow_up", "referral"), ("haematology_reached", "referral", "specialist_workup"),
              ("declared_negative_by_haematology", "specialist_workup", "follow_up")]  # fmt: skip
    first = [
        ("count_low", "initial_labs", "smear"),
        ("smear_clear", "smear", "exam"),
        ("workup_negative", "exam", "follow_up"),
    ]
    steps = [*first, *(circle * rounds)]
    taken = tuple(Taken(*one, f"2026-01-{day:02} 09:00", "Something") for day, one in enumerate(steps, 1))
    return Way("Again and again", "2026-01-01 09:00", "2026-01-31 09:00", "follow_up", "initial_labs", taken)


@pytest.mark.parametrize("rounds", [2, 3, 9])
def test_a_way_with_many_visits_can_be_read_and_says_what_it_leaves_out(rounds):
    way = long_way(rounds)
    for sheet in way_sheets(PATHWAY, way):
        found = geometry(sheet)
        assert faults_of(sheet) == []
        said, last = words(found), len(way.taken)
        assert f"({last}) {way.taken[-1].when}" in said, "the last visit is shown"
        told_of = sum(f"({order}) {one.when} Something" in said for order, one in enumerate(way.taken, 1))
        assert told_of == last or f"{last - told_of} more do not fit on this sheet." in said
    visits = texts(geometry(way_sheets(PATHWAY, way)[0]))["follow_up"].words
    assert rounds < 3 or f"and {rounds + 1 - 3} more" in visits


def test_a_state_where_the_case_has_not_been_has_no_date():
    (sheet, *_) = way_sheets(PATHWAY, evolve(long_way(0), taken=(), current="initial_labs"))
    said = texts(geometry(sheet))
    for state in PATHWAY.states:
        assert ("2026" in said[state.name].words) is (state.name == "initial_labs")
    assert "NOW HERE" in said["initial_labs"].words
