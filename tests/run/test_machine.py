"""One shared machine without models; and the stock events of `transitions` take the same way as ours."""

from __future__ import annotations

import gc
import logging
from types import SimpleNamespace

import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings
from transitions import Event, Machine, State

from pathway import PATHWAY, BadInput, Case
from pathway.run.compiled import CompiledPathway, compiled
from pathway.run.machine import AUTOMATIC, GuardedEvent, HasState, PathwayMachine
from tests.children import ALL_CONFIRMED, BORN, CALL, INDEX_COUNT, NINE, ONLY_ANC_LOW, at, told
from tests.strategies import stories

COMPILED = compiled(PATHWAY)
MACHINE = COMPILED.machine


# --- the machine ----------------------------------------------------------------------------------------------------


def test_all_cases_of_a_pathway_share_one_machine():
    assert compiled(PATHWAY) is COMPILED
    one, two = told(INDEX_COUNT), told(CALL)
    assert one.timeline.compiled.machine is two.timeline.compiled.machine is MACHINE


def test_a_pathway_in_use_keeps_its_program_however_many_others_are_run():
    others = [evolve(PATHWAY, version=f"0.0.{number}") for number in range(12)]
    assert len({id(compiled(other)) for other in others}) == 12
    assert compiled(PATHWAY) is COMPILED


def test_the_machine_holds_no_case():
    case = told(INDEX_COUNT)
    assert MACHINE.models == []
    assert not any(case is one for one in gc.get_referrers(MACHINE))


def test_a_hundred_cases_leave_nothing_in_the_machine():
    before = {name: len(vars(event)) for name, event in MACHINE.events.items()}
    for _ in range(100):
        told(INDEX_COUNT, CALL, ALL_CONFIRMED)
    assert MACHINE.models == [] and {name: len(vars(event)) for name, event in MACHINE.events.items()} == before


def test_two_cases_that_are_equal_are_still_two():
    one, two = told(INDEX_COUNT), told(INDEX_COUNT)
    assert one == two
    one.record(CALL, at=at(60))
    assert (one.state, two.state) == ("specialist_workup", "referral")


def test_the_machine_has_the_states_and_the_transitions_of_the_pathway_and_no_other():
    assert isinstance(MACHINE, PathwayMachine) and isinstance(MACHINE, Machine)
    assert list(MACHINE.states) == [one.name for one in PATHWAY.states]
    assert MACHINE.initial == PATHWAY.initial
    ways = {
        (name, way.source, way.dest)
        for name, event in MACHINE.events.items()
        for found in event.transitions.values()
        for way in found
    }
    assert ways == {(one.on or AUTOMATIC, source, one.target) for one in PATHWAY.transitions for source in one.sources}
    assert sum(len(found) for event in MACHINE.events.values() for found in event.transitions.values()) == sum(
        len(one.sources) for one in PATHWAY.transitions
    )


def test_there_is_no_way_to_set_a_state_from_outside():
    """`auto_transitions` would add `to_<state>` to every case."""
    assert not any(name.startswith("to_") for name in MACHINE.events)
    case = told(INDEX_COUNT)
    assert not {f"{word}_{state}" for word in ("to", "is", "may_to") for state in PATHWAY.states_by_name} & set(
        dir(case)
    )
    assert not hasattr(case, "trigger")
    with pytest.raises(AttributeError):
        case.state = "high_risk"
    with pytest.raises(AttributeError):
        case.mood = "good"


def test_our_event_class_is_the_extension_point_of_the_library():
    assert PathwayMachine.event_cls is GuardedEvent and issubclass(GuardedEvent, Event)
    assert all(isinstance(event, GuardedEvent) for event in MACHINE.events.values())
    assert MACHINE.guarded("smear_reported") is None and MACHINE.guarded(AUTOMATIC) is COMPILED.automatic


def test_firing_through_the_library_sets_the_state_of_what_it_is_given():
    case = told(ONLY_ANC_LOW)
    record = case.timeline.end.record
    scopes = {name: getattr(record, name) for name in ("episode", "report", "latest")}
    model = SimpleNamespace(state="initial_labs", active=record.active, **scopes)
    assert MACHINE.events[AUTOMATIC].trigger(model) is True and model.state == "smear"
    assert MACHINE.events[AUTOMATIC].trigger(model) is False and model.state == "smear"


def test_an_event_that_is_ignored_logs_nothing(caplog):
    """The library would write a warning for each: a log full of children's results."""
    with caplog.at_level(logging.DEBUG):
        told(INDEX_COUNT, CALL, ALL_CONFIRMED, INDEX_COUNT)
    assert caplog.records == []


def test_automatic_transitions_that_never_come_to_rest_are_an_error_of_the_definition_and_not_a_loop():
    back = evolve(PATHWAY.transitions[1], id="back", sources=("smear",), target="initial_labs")
    forth = PATHWAY.transitions[1]
    assert (forth.id, forth.target) == ("count_low", "smear")
    restless = evolve(PATHWAY, transitions=(back, forth, *PATHWAY.transitions[2:]))
    case = Case(restless, born=BORN)
    with pytest.raises(BadInput, match="do not come to rest"):
        case.record(ONLY_ANC_LOW, at=NINE)
    assert case.log == () and case.state == "initial_labs"


# --- the stock library as a reference -------------------------------------------------------------------------------


def stock_machine(program: CompiledPathway) -> Machine:
    """A plain machine of the library, with the same guards as conditions."""
    pathway = program.pathway
    machine = Machine(
        model=None,
        states=[State(one.name) for one in pathway.states],
        initial=pathway.initial,
        auto_transitions=False,
        queued=False,
        ignore_invalid_triggers=True,
    )
    for rule in pathway.transitions:
        guard = program.guard(rule.when)
        for source in rule.sources:
            machine.add_transition(
                rule.on or AUTOMATIC, source, rule.target, conditions=lambda fold, guard=guard: guard(fold)
            )
    return machine


class Both:
    """Asks the stock event and ours, and insists that they agree."""

    def __init__(self, ours: GuardedEvent, stock: Event) -> None:
        self.ours, self.stock, self.asked, self.taken = ours, stock, 0, 0

    def take(self, fold: HasState) -> object:
        shadow = SimpleNamespace(state=fold.state)
        fired = self.stock.trigger(shadow, fold)
        rule = self.ours.take(fold)
        assert shadow.state == fold.state
        assert bool(fired) is (rule is not None)
        self.asked += 1
        self.taken += rule is not None
        return rule


DOUBLED = evolve(PATHWAY)


def asked_both() -> list[Both]:
    """The program of `DOUBLED` asks both machines; made again where it has been pushed out of the programs in use."""
    program = compiled(DOUBLED)
    plans = [plan for plan in program.plans.values() if plan.ways is not None]
    if not isinstance(program.automatic, Both):
        stock = stock_machine(program)
        program.automatic = Both(program.automatic, stock.events[AUTOMATIC])
        for plan in plans:
            plan.ways = Both(plan.ways, stock.events[plan.event])
    return [program.automatic, *(plan.ways for plan in plans)]


BACKWARDS = evolve(PATHWAY, transitions=PATHWAY.transitions[::-1])


@pytest.fixture(autouse=True)
def _quiet_library(caplog):
    """The stock events write a warning for each that is ignored."""
    logging.getLogger("transitions").setLevel(logging.ERROR)
    yield
    logging.getLogger("transitions").setLevel(logging.NOTSET)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(stories())
def test_the_stock_library_takes_the_same_way_through_every_story(story):
    asked_both()
    here, there = Case(PATHWAY, born=BORN), Case(DOUBLED, born=BORN)
    for moment, event in story:
        assert here.record(event, at=moment).state == there.record(event, at=moment).state
    assert [one.transition.id for one in here.history] == [one.transition.id for one in there.history]


def test_the_stock_library_is_really_asked():
    asked = asked_both()
    before = sum(one.asked for one in asked), sum(one.taken for one in asked)
    case = Case(DOUBLED, born=BORN)
    for number, event in enumerate((INDEX_COUNT, CALL, ALL_CONFIRMED)):
        case.record(event, at=at(30 * number))
    assert case.state == "confirmed_all"
    assert sum(one.asked for one in asked) > before[0] and sum(one.taken for one in asked) == before[1] + 3


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(stories(8))
def test_the_machine_takes_the_one_way_that_is_enabled_whatever_the_order_of_the_rules(story):
    here, there = Case(PATHWAY, born=BORN), Case(BACKWARDS, born=BORN)
    for moment, event in story:
        assert here.record(event, at=moment).state == there.record(event, at=moment).state
