"""Where each review note stands on the plan.

A claim is a child: what happened to it, in words and in events, and whether the plan then shows the note.
"""

from __future__ import annotations

import pytest

from pathway import PATHWAY
from pathway.definition.groups import BEFORE_DIAGNOSIS, LEUKAEMIA
from tests.definition.hidden import HIDDEN
from tests.definition.patients import INDEX, NORMAL, STATES, Child, child
from tests.definition.shown import SHOWN


def claims(table: dict[str, tuple[Child, ...]]) -> list[object]:
    return [pytest.param(note, one, id=f"{note} to {one.words}") for note, those in table.items() for one in those]


@pytest.mark.parametrize(("note", "one"), claims(SHOWN))
def test_the_plan_shows_note(note: str, one: Child) -> None:
    assert note in one.notes()


@pytest.mark.parametrize(("note", "one"), claims(HIDDEN))
def test_the_plan_does_not_show_note(note: str, one: Child) -> None:
    assert note not in one.notes()


GUARDED = {note.id for note in PATHWAY.notes if note.when is not None}


def test_for_every_note_there_is_a_child_who_is_shown_it() -> None:
    assert {note for note, those in SHOWN.items() if those} == GUARDED


def test_for_every_note_but_that_of_the_banner_there_is_a_child_who_is_not_shown_it() -> None:
    assert {note for note, those in HIDDEN.items() if those} == GUARDED - {"N49"}


def test_the_ways_lead_into_every_state() -> None:
    assert {name: child(name, *way).plan().state for name, way in STATES.items()} == {
        state.name: state.name for state in PATHWAY.states
    }


@pytest.mark.parametrize("state", [*BEFORE_DIAGNOSIS, *LEUKAEMIA, "follow_up"])
def test_the_contradiction_over_13_months_is_shown_wherever_leukaemia_is_possible_or_confirmed(state: str) -> None:
    assert "N01" in child(state, *STATES[state]).notes()


@pytest.mark.parametrize("state", ["outside_pathway", "resolved", "specialist_pathway"])
def test_the_contradiction_over_13_months_is_not_shown_where_leukaemia_is_not_the_question(state: str) -> None:
    assert "N01" not in child(state, *STATES[state]).notes()


@pytest.mark.parametrize(
    ("note", "states"),
    [
        ("N08", ("referral",)),
        ("N20", ("follow_up",)),
        ("N23", ("follow_up", "resolved")),
        ("N29", ("kmt2a_stratification", "standard_risk", "intermediate_risk")),
        ("N30", LEUKAEMIA),
        ("N31", ("high_risk",)),
        ("N33", LEUKAEMIA),
        ("N49", tuple(STATES)),
    ],
)
def test_a_note_that_hangs_on_the_state_is_shown_there_and_nowhere_else(note: str, states: tuple[str, ...]) -> None:
    assert [name for name, way in STATES.items() if note in child(name, *way).notes()] == list(states)


@pytest.mark.parametrize("state", list(STATES))
def test_the_contradiction_over_13_months_does_not_concern_a_child_of_11_months(state: str) -> None:
    plan = child(state, *STATES[state], months=11).plan()
    assert plan.state == state
    assert "N01" not in [note.id for note in plan.notes]


def test_the_first_plan_of_the_index_case_shows_sixteen_notes_and_no_more() -> None:
    assert child("the page's child", INDEX).notes() == (
        "N01", "N02", "N03", "N04", "N05", "N06", "N08", "N13", "N36", "N37", "N40", "N41", "N42", "N45", "N46", "N49",
    )  # fmt: skip


def test_a_child_of_whom_nothing_is_known_is_shown_its_age_the_unknown_platelets_and_the_warning() -> None:
    assert child("nothing known").notes() == ("N01", "N41", "N49")


def test_a_child_outside_the_pathway_is_shown_the_limits_that_put_it_there() -> None:
    assert child("no low count", NORMAL).notes() == ("N46", "N48", "N49")
