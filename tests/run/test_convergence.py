"""Two folds that go on alike: all that may still change an answer is compared."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from attrs import evolve

from pathway import PATHWAY, Case
from pathway.definition.events import (
    ChemistryReported,
    InfectionSignsFound,
)
from pathway.model.derived import Clock, Latched
from pathway.model.guards import in_state
from pathway.model.rules import Contradiction
from pathway.run.compiled import CompiledPathway, compiled
from pathway.run.convergence import same_course
from pathway.run.kept_readings import Kept
from pathway.run.outcome import Aside
from pathway.run.record import Record
from tests.children import (
    BORN,
    CLEAR_EXAM,
    CLEAR_SMEAR,
    NEGATIVE,
    ONLY_ANC_LOW,
    at,
    told,
)
from tests.small.pathways import ANKLE

if TYPE_CHECKING:
    from collections.abc import Callable

    from pathway.run.fold import Fold

# --- what is compared -----------------------------------------------------------------------------------------------

MAY_DIFFER = {
    "entered_day": "where no rule counts the days in the state, and the state was entered before today",
    "settled": "where more is asked anew than has changed: the answers are the same",
}
READ_BY_NOTHING = {
    "_blank": "empty", "at": "the moment at hand", "born": "of the child", "compiled": "of the pathway",
    "given": "of the report at hand", "latched": "told by the outcome", "months": "follows from the day",
    "refused": "of the report at hand", "silence": "empty", "stamp": "of the moment at hand", "zone": "of the child",
}  # fmt: skip


def _other_value(frame: str) -> Callable[[Record], None]:
    def change(record: Record) -> None:
        getattr(record, frame).values[record.compiled.layout.index["wbc"]] = Decimal("17")

    return change


def _other_report(record: Record) -> None:
    record.report = record.report.copy()
    _other_value("report")(record)


def _other_carried(record: Record) -> None:
    next(iter(record.carried.values())).values[record.compiled.layout.index["wbc"]] = Decimal("17")


def _flip(name: str, value: object) -> Callable[[Record], None]:
    return lambda record: setattr(record, name, value)


CHANGES: dict[str, Callable[[Record], None]] = {
    "state": _flip("state", "resolved"),
    "active": lambda record: setattr(record, "active", record.active ^ 1 << 30),
    "old": lambda record: setattr(record, "old", record.old ^ 1 << 30),
    "day": lambda record: setattr(record, "day", record.day + 1),
    "episode": _other_value("episode"),
    "latest": _other_value("latest"),
    "report": _other_report,
    "carried": _other_carried,
    "held": lambda record: setattr(record, "held", frozenset({0})),
    "runs": lambda record: record.runs.update({0: (at(3), at(4))}),
    "highest": lambda record: record.highest.update({0: (Decimal(1), record.day - 1, Decimal(1))}),
    "met_on": lambda record: record.met_on.update({0: record.day}),
    "recent": lambda record: record.recent.update({0: (at(3),)}),
    "kept": lambda record: record.kept.update({0: Kept(((record.day, Decimal(1)),))}),
    "aside": lambda record: setattr(record, "aside", record.aside ^ 1 << 30),
    "answers": lambda record: record.answers.update({0: Aside(0, 3, "e4", at(4), "Dr A", "read elsewhere")}),
    "told": lambda record: record.told.update({0: 3}),
    "captured_on": lambda record: record.captured_on.update({0: record.day - 1}),
}


def with_carried_advice() -> Fold:
    """A fold some days after a closed episode, whose advice is still in force."""
    case = told(
        ONLY_ANC_LOW, InfectionSignsFound(), CLEAR_SMEAR, CLEAR_EXAM, NEGATIVE,
        (3 * 24 * 60, ChemistryReported(potassium="4 mmol/L")),
    )  # fmt: skip
    fold = case.timeline.end
    assert fold.episode == 2 and len(fold.record.carried) > 1
    return fold


def test_a_fold_goes_on_like_its_copy():
    fold = with_carried_advice()
    assert same_course(fold, fold.copy())


@pytest.mark.parametrize("name", CHANGES)
def test_a_fold_that_differs_in_what_later_events_read_does_not_go_on_alike(name):
    fold, other = with_carried_advice(), with_carried_advice()
    assert same_course(fold, other)
    CHANGES[name](other.record)
    assert not same_course(fold, other) and not same_course(other, fold)


def test_all_of_a_record_is_compared_or_read_by_nothing():
    assert {*CHANGES, *MAY_DIFFER, *READ_BY_NOTHING} == set(Record.__slots__)


@pytest.mark.parametrize("frame", ["episode", "latest"])
@pytest.mark.parametrize("part", ["low", "high", "when"])
def test_a_limit_or_a_moment_that_differs_is_a_difference(frame, part):
    fold, other = with_carried_advice(), with_carried_advice()
    layout = fold.compiled.layout
    place = layout.index["wbc"] if part == "when" else layout.ranged[layout.index["wbc"]]
    changed = list(getattr(getattr(other.record, frame), part))
    changed[place] = Decimal("5") if part != "when" else (at(1), other.day)
    setattr(getattr(other.record, frame), part, changed)
    assert not same_course(fold, other)


@pytest.mark.parametrize("frame", ["episode", "latest"])
def test_whether_a_value_was_computed_is_a_difference(frame):
    fold, other = with_carried_advice(), with_carried_advice()
    getattr(other.record, frame).computed = frozenset({other.compiled.layout.index["blasts"]})
    assert not same_course(fold, other)


def test_an_override_that_waits_for_its_act_is_a_difference():
    fold, other = with_carried_advice(), with_carried_advice()
    other.overrides |= {"transplant"}
    assert not same_course(fold, other)


def test_which_advice_shares_a_closed_episode_is_a_difference():
    """Where two share an episode, what a report brings into it is brought once."""
    fold, other = with_carried_advice(), with_carried_advice()
    one, two = list(other.record.carried)[:2]
    assert other.record.carried[one] is other.record.carried[two]
    other.record.carried[two] = other.record.carried[two].copy()
    assert other.record.carried == fold.record.carried and not same_course(fold, other)


@pytest.mark.parametrize("name", ["met_on", "captured_on"])
def test_a_day_that_is_over_is_no_difference(name):
    fold, other = with_carried_advice(), with_carried_advice()
    getattr(fold.record, name)[0] = fold.day - 1
    getattr(other.record, name)[0] = fold.day - 2
    assert same_course(fold, other)
    getattr(other.record, name)[0] = fold.day
    assert not same_course(fold, other)


# --- the days in a state --------------------------------------------------------------------------------------------


def entered(state: str, before: int) -> Fold:
    """A fold in a state that was entered some days before."""
    fold = with_carried_advice()
    record = fold.record
    record.state, record.day = state, record.day + 10
    record.entered_day = record.day - before
    record.episode.values[fold.compiled.days] = before
    return fold


@pytest.fixture
def _days_count_in_follow_up_alone(monkeypatch):
    monkeypatch.setattr(compiled(PATHWAY), "counting_days", frozenset({"follow_up"}))


@pytest.mark.usefixtures("_days_count_in_follow_up_alone")
def test_the_days_in_a_state_are_a_difference_where_a_rule_counts_them():
    assert not same_course(entered("follow_up", 3), entered("follow_up", 4))


@pytest.mark.usefixtures("_days_count_in_follow_up_alone")
def test_the_days_in_a_state_are_none_where_no_rule_counts_them():
    assert same_course(entered("referral", 3), entered("referral", 4))


@pytest.mark.usefixtures("_days_count_in_follow_up_alone")
@pytest.mark.parametrize("days", [(0, 3), (3, 0)], ids=["entered today", "was entered today"])
def test_whether_a_state_was_entered_today_is_a_difference(days):
    one, two = days
    assert not same_course(entered("referral", one), entered("referral", two))


# --- where a rule counts them -----------------------------------------------------------------------------------------

LONG = Clock("days_here", "days in this state", "days_in_state", "d", ("A1",))
AGE = Clock("age", "age", "age", "mo", ("A1",))
EVERYWHERE = frozenset(ANKLE.states_by_name)
FILMED, BOOTED = ANKLE.advice


@pytest.mark.parametrize(
    ("changes", "states"),
    [
        ({}, frozenset()),
        ({"derived": (LONG, Latched("long", "long here", LONG >= 3, ("A1",)))}, EVERYWHERE),
        ({"contradictions": (Contradiction("c", "Long.", LONG >= 3, ("A1",)),)}, EVERYWHERE),
        ({"orders": (evolve(ANKLE.orders[0], refused=LONG >= 3),)}, EVERYWHERE),
        ({"orders": (evolve(ANKLE.orders[0], act="boot_fitted", act_when=LONG >= 3),)}, EVERYWHERE),
        ({"advice": (evolve(FILMED, when=in_state("imaging") & (LONG >= 3)), BOOTED)}, {"imaging"}),
        ({"advice": (FILMED, evolve(BOOTED, until=in_state("home") & (LONG >= 3)))}, {"home"}),
        ({"advice": (FILMED, evolve(BOOTED, lapses=in_state("door") & (LONG >= 3)))}, {"door"}),
        ({"transitions": (*ANKLE.transitions[:2], evolve(ANKLE.transitions[2], when=LONG >= 3))}, {"imaging"}),
        ({"derived": (AGE,), "orders": (evolve(ANKLE.orders[0], refused=AGE >= 3),)}, frozenset()),
    ],
    ids=["nowhere", "latch", "contradiction", "refusal", "act", "ground", "end", "lapse", "way", "age"],
)
def test_the_days_count_in_the_states_in_which_some_rule_reads_them(changes, states):
    pathway = evolve(ANKLE, **{"derived": (LONG,), **changes})
    assert CompiledPathway(pathway).counting_days == states


def test_a_fold_in_which_a_latch_was_last_met_on_another_day_does_not_go_on_alike_where_it_ends_some_days_later():
    derived = tuple(evolve(one, lasts_days=2) if one.name == "fever_trigger" else one for one in PATHWAY.derived)
    two_days = evolve(PATHWAY, derived=derived)
    for pathway, alike in ((PATHWAY, True), (two_days, False)):
        folds = []
        for day in (0, 1):
            case = Case(pathway, born=BORN)
            case.record(InfectionSignsFound(), at=at())
            case.record(ChemistryReported(potassium="4 mmol/L"), at=at(days=2))
            fold = case.timeline.end
            fold.record.met_on[fold.compiled.layout.index["fever_trigger"]] -= day
            folds.append(fold)
        assert same_course(*folds) is alike
