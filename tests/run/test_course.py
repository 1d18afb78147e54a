"""A case that was recorded entry by entry, in whatever order, is the case of its log folded from the start."""

from __future__ import annotations

from datetime import timedelta
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pathway import PATHWAY, BadInput, Case, Override
from pathway.definition.events import ChemistryReported
from pathway.run import course, segment
from pathway.run.convergence import same_course
from pathway.run.fold import Fold
from tests.children import ALL_CONFIRMED, BORN, CALL, CLEAR_EXAM, INDEX_COUNT, NORMAL_COUNT, at, told
from tests.random_events import random_event
from tests.run.everything import everything
from tests.strategies import START

SOME = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def recorded(seed: int, count: int, order: str) -> Case:
    """A case to which much was done, in order, in reverse or at random, with corrections and acknowledgements."""
    random = Random(seed)
    moments = [START + timedelta(minutes=37 * number) for number in range(count)]
    if order == "reverse":
        moments.reverse()
    elif order == "random":
        random.shuffle(moments)
    case, late = Case(PATHWAY, born=BORN, timezone=random.choice(["UTC", "Europe/Berlin"])), START + timedelta(days=40)
    for number, moment in enumerate(moments):
        case.record(random_event(random), at=moment)
        if random.random() < 0.25:
            _meddle(case, random, late + timedelta(minutes=number))
    return case


def _meddle(case: Case, random: Random, at) -> None:
    entry = random.choice(case.log)
    try:
        match random.choice(["correct", "move", "withdraw", "acknowledge", "override", "set_aside"]):
            case "correct":
                case.correct(entry.id, random_event(random, entry.event.name), at=at, by="lab")
            case "move":
                moved = START + timedelta(minutes=random.randrange(3000))
                case.correct(entry.id, random_event(random, entry.event.name), at=at, by="lab", taken_at=moved)
            case "withdraw":
                case.withdraw(entry.id, at=at, by="lab")
            case "acknowledge":
                case.acknowledge(random.choice(case.pending or case.log).id, at=at, by="Dr A")
            case "set_aside":
                moment = START + timedelta(minutes=random.randrange(3000))
                asked = random.choice(case.plan(at=moment).urgent or ("none",))
                case.set_aside(asked, at=moment, by="Dr A", reason="read elsewhere")
            case "override":
                order = random.choice(PATHWAY.orders)
                case.propose(
                    order.id, at=START + timedelta(minutes=random.randrange(3000)), override=Override("A", "b")
                )
    except (BadInput, AttributeError):
        pass


@SOME
@given(st.integers(0, 10_000), st.integers(1, 90), st.sampled_from(["in order", "reverse", "random"]))
def test_a_case_recorded_entry_by_entry_is_the_case_of_its_log(seed, count, order):
    case = recorded(seed, count, order)
    again = Case.of_log(PATHWAY, born=BORN, timezone=case.timezone, entries=case.log)
    assert everything(case.timeline.end) == everything(again.timeline.end)
    assert [one.id for one in case.pending] == [one.id for one in again.pending]
    for share in (0.2, 0.5, 0.9, 2):
        moment = START + share * count * timedelta(minutes=37)
        assert case.plan(at=moment) == again.plan(at=moment)
        assert everything(case.timeline.at(moment)) == everything(again.timeline.at(moment))


@SOME
@given(st.integers(0, 10_000), st.integers(1, 60))
def test_a_case_is_as_it_was_at_any_moment_whatever_came_later(seed, count):
    """A plan in the past is the plan of a case that ends there, where nothing waits that came later."""
    random = Random(seed)
    events = [(START + timedelta(minutes=37 * number), random_event(random)) for number in range(count)]
    whole, part = (Case(PATHWAY, born=BORN) for _ in range(2))
    end = random.choice(events)[0]
    for moment, event in events:
        whole.record(event, at=moment)
        if moment <= end:
            part.record(event, at=moment)
    assert everything(whole.timeline.at(end)) == everything(part.timeline.at(end))
    assert whole.plan(at=end) == part.plan(at=end)


def test_an_entry_far_in_the_past_is_folded_to_where_the_state_comes_back_and_no_further(monkeypatch):
    """A second call long ago: from the next call on the child is the same, and the many events since are not folded."""
    case = told(INDEX_COUNT, CALL, ALL_CONFIRMED)
    for number in range(300):
        case.record(INDEX_COUNT if number % 2 else CALL, at=at(100 + 30 * number))
    folded = []
    apply = Fold.apply
    monkeypatch.setattr(Fold, "apply", lambda self, items: folded.append(items[0].entry) or apply(self, items))
    case.record(CALL, at=at(95))
    assert 1 <= len(folded) < 60
    assert everything(case.timeline.end) == everything(
        Case.of_log(PATHWAY, born=BORN, timezone="UTC", entries=case.log).timeline.end
    )


def test_what_was_raised_earlier_than_was_known_is_told_so_though_the_state_came_back(monkeypatch):
    """The advice is in force since the count that came late; what followed is not folded again."""
    case = told((10, INDEX_COUNT), (20, CALL))
    for number in range(60):
        case.record(INDEX_COUNT, at=at(30 + number))
    assert _since(case, "smear_now") == at(10)
    met: list[bool] = []
    monkeypatch.setattr(segment, "same_course", lambda *two: met.append(same_course(*two)) or met[-1])
    case.record(INDEX_COUNT, at=at(5))
    assert any(met), "the state comes back"
    assert _since(case, "smear_now") == at(5)
    line = next(one for one in case.plan(at=at(100)).lines if one.id == "smear_now")
    assert line.since == at(5)


def _since(case: Case, advice: str):
    place = list(PATHWAY.advice_by_id).index(advice)
    return case.timeline.end.raised_at(1 << place)[place].at


def test_a_plan_that_was_made_stays_as_it_was_whatever_is_recorded_later():
    case = told(INDEX_COUNT)
    plan = case.plan(at=at(60))
    before = plan.state, plan.ids
    case.record(CALL, at=at(30))
    case.record(NORMAL_COUNT, at=at(40))
    case.withdraw("e1", at=at(70), by="lab")
    assert (plan.state, plan.ids) == before
    assert plan == told(INDEX_COUNT).plan(at=at(60))


@pytest.mark.parametrize("count", [course.LENGTH - 1, course.LENGTH, course.LENGTH + 1, 3 * course.LENGTH])
def test_what_stands_at_the_ends_of_segments_is_never_changed_by_what_is_recorded_later(count):
    case = Case(PATHWAY, born=BORN)
    random = Random(count)
    for number in range(count):
        case.record(random_event(random), at=at(number))
    path = case.timeline.view().standing.path
    assert len(path) == -(-count // course.LENGTH)
    ends = [(run.before, everything(run.before)) for run in path if run.before is not None]
    for number in range(40):
        case.record(random_event(random), at=at(count + number))
    case.record(random_event(random), at=at(0.5))
    assert all(everything(fold) == was for fold, was in ends)


@pytest.mark.parametrize("order", ["in order", "reverse", "random"])
def test_a_course_filled_at_once_is_the_course_edited(order):
    items = list(recorded(3, 60, order).timeline._standing.items.values())
    timeline = Case(PATHWAY, born=BORN).timeline
    filled, edited = timeline._new_course().filled(items), timeline._new_course().edited([], items)
    assert [one.entry for one in filled.items()] == [one.entry for one in edited.items()]
    assert [one.key for one in filled.items()] == sorted(one.key for one in filled.items())
    assert everything(filled.fold) == everything(edited.fold)


def test_a_view_of_before_knows_nothing_of_what_was_recorded_after_it():
    """A plan asks for its reasons when somebody reads them: events that came since are none of them."""
    case = told(INDEX_COUNT, CLEAR_EXAM)
    view, before = case.timeline.view(), everything(case.timeline.at(at(300)))
    fold = view.at(at(300))
    for number in range(2 * course.LENGTH):
        case.record((CALL, NORMAL_COUNT)[number % 2], at=at(60 + number))
    assert everything(fold) == everything(view.at(at(300))) == before
    assert everything(case.timeline.at(at(300))) != before


# --- what it costs --------------------------------------------------------------------------------------------------


@pytest.fixture
def folded(monkeypatch) -> list[str]:
    """The entries that are folded from here on."""
    entries: list[str] = []
    apply = Fold.apply
    monkeypatch.setattr(Fold, "apply", lambda self, items: entries.append(items[0].entry) or apply(self, items))
    return entries


def many(count: int, *, backwards: bool = False) -> Case:
    """Counts and calls in turn, ten minutes apart."""
    case = Case(PATHWAY, born=BORN)
    numbers = range(count)
    for number in reversed(numbers) if backwards else numbers:
        case.record(INDEX_COUNT if number % 2 else CALL, at=at(10 * number))
    return case


def test_what_is_recorded_backwards_is_folded_a_few_times_and_not_once_for_each_that_follows(folded):
    case = many(200, backwards=True)
    assert len(folded) < 30 * len(case.log)
    assert max(len(one.keys) for one in case.timeline.view().standing.segments) <= 2 * course.LENGTH


def test_what_was_folded_for_the_reading_with_what_waits_is_not_folded_again_once_it_is_acknowledged(folded):
    case = told((-60, INDEX_COUNT), (-50, CLEAR_EXAM))
    for number in range(200):
        case.record(ChemistryReported(potassium=f"{4 + number % 3} mmol/L"), at=at(number))
    assert case.correct("e1", NORMAL_COUNT, at=at(300), by="lab").proposed
    folded.clear()
    case.acknowledge(case.pending[0].id, at=at(310), by="Dr A")
    assert len(folded) < 60


def test_a_segment_remembers_a_few_ways_of_folding_it_and_no_more():
    known, stretch = told(CALL).timeline, segment.Segment([], [])
    for number in range(3 * segment.REMEMBERED):
        before = known.end.copy()
        before.overrides = frozenset({str(number)})
        assert stretch.fold(before, known._new_course).before is before
    assert len(stretch.runs) == segment.REMEMBERED


def test_what_stands_at_one_place_in_the_order_stays_in_one_segment():
    parts = segment.Segment([(at(0), (0, 0))] * 5 + [(at(1), (0, 0))] * 2, [()] * 7).split(3)
    assert [len(one.keys) for one in parts] == [5, 2]
    assert [len(one.batches) for one in parts] == [5, 2]


def test_a_case_of_which_all_was_withdrawn_is_as_one_to_which_nothing_happened():
    case = told(CLEAR_EXAM)
    case.withdraw("e1", at=at(60))
    assert case.timeline.last is None
    assert case.why_not("referral") == Case(PATHWAY, born=BORN).why_not("referral")
