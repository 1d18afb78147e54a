"""What must hold of every case, whatever happens to the child."""

from __future__ import annotations

import json
import os
from datetime import timedelta

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from pathway import PATHWAY, BadInput, Case
from pathway.model.guards import Known, Not, Shown, walk
from pathway.model.pathway import guards_of
from pathway.run.compiled import compiled
from pathway.run.evaluate import Evaluator
from tests.strategies import BORN, START, any_event, events_of, moments, stories

MANY = 1000 if os.environ.get("PATHWAY_TEST_FULL") else 150
relaxed = settings(max_examples=MANY, deadline=None, suppress_health_check=[HealthCheck.too_slow])
NOW = {one.id for one in PATHWAY.advice if one.urgency == "now"}


def case_of(story) -> Case:
    """The case after a story was recorded in the order in which it is given."""
    case = Case(PATHWAY, born=BORN)
    for at, event in story:
        case.record(event, at=at, by="ward")
    return case


def settle(case: Case) -> Case:
    """The case after a clinician acknowledged whatever waits."""
    while case.pending:
        case.acknowledge(case.pending[0].id, at=START + timedelta(days=60), by="Dr A")
    return case


def picture(case: Case, at=START + timedelta(days=90)) -> str:
    """All that a reader sees of a case, apart from the names of its entries."""
    data = case.plan(at=at).to_json()
    data["contradictions"] = sorted(line.split(" (entry")[0] for line in data["contradictions"])
    return json.dumps(data, sort_keys=True)


@relaxed
@given(stories())
def test_no_sequence_of_valid_events_raises(story):
    case = case_of(story)
    case.plan(at=START + timedelta(days=40))
    case.next_events()
    for state in PATHWAY.states:
        case.why_not(state.name)


@relaxed
@given(stories())
def test_a_case_equals_the_fold_of_its_log(story):
    case = case_of(story)
    again = Case.from_json(case.to_json(), PATHWAY)
    assert again == case
    assert again.to_json() == case.to_json()
    assert again.state == case.state
    assert picture(again) == picture(case)
    assert [one.transition.id for one in again.history] == [one.transition.id for one in case.history]


@relaxed
@given(stories(), st.randoms())
def test_recording_the_same_dated_events_in_any_order_gives_the_same_case(story, random):
    other = list(story)
    random.shuffle(other)
    assert picture(settle(case_of(story))) == picture(settle(case_of(other)))


@relaxed
@given(stories(), st.randoms())
def test_before_acknowledgement_there_is_only_ever_more_urgent_advice_than_after(story, random):
    random.shuffle(story)
    waiting = case_of(story)
    assert set(settle(case_of(story)).advice) & NOW <= set(waiting.advice) & NOW


@relaxed
@given(stories())
def test_nothing_urgent_leaves_without_completion_or_acknowledgement(story):
    case = Case(PATHWAY, born=BORN)
    for at, event in story:
        before = set(case.advice) & NOW
        step = case.record(event, at=at)
        gone = before - set(case.advice)
        left = {one.id for one in step.left_undone} if step.event == "workup_declared_negative" else set()
        assert gone <= {one.id for one in step.completed} | left, (gone, step.to_json())
        assert {one.id for one in step.withdrawn} & NOW <= left, "only a declared end of the work-up leaves it undone"


WORKUP = ("blood_count_reported", "chemistry_reported", "smear_reported", "examined", "bcr_abl1_reported")
GENETICS = ("kmt2a_reported", "mrd_reported", "haematology_consulted", "trial_decided")


@relaxed
@given(st.data())
def test_the_same_results_at_permuted_times_end_in_the_same_state(data):
    """One result of each kind, within a day: the order in which they come does not decide where the case ends."""
    names = data.draw(st.lists(st.sampled_from(WORKUP + GENETICS), unique=True, min_size=2))
    events = [data.draw(events_of(PATHWAY.event_type(name), complete=True)) for name in names]
    times = [START + timedelta(hours=number) for number in range(len(events))]
    shuffled = data.draw(st.permutations(events))
    one, two = case_of(zip(times, events, strict=True)), case_of(zip(times, shuffled, strict=True))
    assert one.state == two.state


@relaxed
@given(stories(6), st.sampled_from(PATHWAY.facts), st.data())
def test_learning_a_fact_never_turns_a_decided_guard_without_shown_or_known(story, fact, data):
    case = case_of(sorted(story, key=lambda one: one[0]))
    layout = compiled(PATHWAY).layout
    record = case.timeline.at(START + timedelta(days=31)).record
    place, frames = layout.index[fact.name], (record.episode, record.latest)
    assume(all(frame.values[place] is None for frame in frames))
    evaluator = Evaluator(compiled(PATHWAY), record)
    plain = [
        (owner, guard)
        for owner, guard in guards_of(PATHWAY)
        if not any(isinstance(node, Shown | Known) for node in walk(guard)) and "InForce" not in repr(guard)
    ]
    before = [evaluator.truth(guard) for _, guard in plain]
    kind = next((one for one in PATHWAY.events if any(field.fact == fact.name for field in one.fields)), None)
    assume(kind is not None)
    event = data.draw(events_of(kind, complete=True))
    for frame in frames:
        frame.values[place] = dict(event.given)[fact.name]
        if place in layout.ranged:
            limit = layout.ranged[place]
            frame.low[limit], frame.high[limit] = layout.limits[place][13]
    for (owner, guard), was in zip(plain, before, strict=True):
        now = evaluator.truth(guard)
        assert was is None or now is was, (owner, was, now)


@relaxed
@given(stories(8))
def test_the_compiled_guards_and_the_plain_interpreter_agree(story):
    case = case_of(sorted(story, key=lambda one: one[0]))
    ready = compiled(PATHWAY)
    record = (case.timeline.end if case.timeline.last else case.timeline.at(START)).record
    evaluator = Evaluator(ready, record)
    for owner, guard in guards_of(PATHWAY):
        truth = evaluator.truth(guard)
        assert ready.guard(guard)(record) is (truth is True), owner
        assert ready.guard(Not(guard))(record) is (truth is False), owner


@relaxed
@given(stories(8))
def test_from_any_state_at_most_one_transition_is_enabled(story):
    case = case_of(sorted(story, key=lambda one: one[0]))
    evaluator = Evaluator(compiled(PATHWAY), case.timeline.end.record)
    for event in (None, *PATHWAY.events_by_name):
        enabled = [
            rule.id
            for rule in PATHWAY.transitions
            if rule.on == event and case.state in rule.sources and evaluator.truth(rule.when) is True
        ]
        assert len(enabled) <= 1, enabled
        assert event is not None or not enabled, "a case at rest has no automatic transition left"


@relaxed
@given(stories(8), any_event(), moments())
def test_what_if_changes_nothing(story, event, at):
    case = case_of(story)
    before = case.to_json(), picture(case)
    case.what_if(event, at=at)
    assert (case.to_json(), picture(case)) == before


@relaxed
@given(stories(8), st.data())
def test_corrections_and_withdrawals_never_raise_and_never_lose_urgency_unasked(story, data):
    assume(story)
    case = case_of(story)
    target = data.draw(st.sampled_from([one for one in case.log if one.kind == "event"]))
    before = set(case.advice) & NOW
    later = START + timedelta(days=50)
    try:
        if data.draw(st.booleans()):
            step = case.withdraw(target.id, at=later, by="laboratory")
        else:
            step = case.correct(target.id, data.draw(events_of(target.event.kind)), at=later, by="laboratory")
    except BadInput:
        assert target.proposed
        return
    gone = before - set(case.advice)
    assert gone <= {one.id for one in step.completed}
    again = Case.from_json(case.to_json(), PATHWAY)
    assert picture(again) == picture(case)
    settle(case)
    assert not case.pending
