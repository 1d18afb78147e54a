"""What the proofs take a case to do is what a case does: each event is folded by both, and every part compared."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import z3
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from pathway import PATHWAY
from pathway.definition.conditions import FEVER_SETTLED
from pathway.model.derived import Held
from pathway.model.facts import Choice, Quantity
from pathway.run.compiled import compiled
from pathway.run.explain import Explainer
from pathway.run.fold import Fold
from pathway.run.item import Item
from pathway.run.moments import completed_months
from pathway.scenarios.read import read_scenario
from pathway.scenarios.replay import handwritten_files
from pathway.verify.counterexample import constant_of
from pathway.verify.encoding import Encoding
from pathway.verify.event_step import AfterEvent
from pathway.verify.houdini import Houdini
from pathway.verify.inputs import Inputs
from pathway.verify.start import New
from pathway.verify.symbolic_state import SymbolicState
from pathway.verify.transition_step import AfterTransition
from pathway.verify.unrolling import automatic, on_event
from pathway.verify.waiting import named_as_awaited
from tests.bounding import BOUNDING
from tests.strategies import any_event

ENCODING = Encoding(PATHWAY)
COMPILED = compiled(PATHWAY)
NOT_IN_A_RECORD = {"reason", "confirmed_by", "nothing_else_found", "declared_by", "differential_excess"}
SCENARIOS = handwritten_files(Path(__file__).parents[2] / "scenarios")
PARTS = 4 if os.environ.get("PATHWAY_TEST_FULL") else 20
"""Four parts are told; of four they are all stories."""


class Happened(Inputs):
    """An event that happened, as the states of a proof take it."""

    def __init__(self, event, at, born, zone, encoding=ENCODING, spans=frozenset(), highest=None):
        super().__init__(encoding, "happened", event.name)
        local = at.astimezone(zone)
        self.exact = True
        self.told = dict(event.given)
        self.spans, self.highest = spans, highest or {}
        self.held = {one.fact for one in event.held}
        self.t = z3.RealVal(f"{int(at.timestamp() * 1000)}/60000")
        self.day = z3.IntVal(local.toordinal())
        self.age = z3.IntVal(completed_months(born, local))

    def variable(self, fact):
        value = self.told.get(fact)
        if value is None or not isinstance(self.encoding.pathway.facts_by_name.get(fact), Quantity | Choice):
            return super().variable(fact) if value is None else bool(value)
        return constant_of(self.encoding, fact, value)

    def given(self, fact):
        return fact in self.told

    def refused(self, fact):
        return fact in self.held

    def highest_of_days(self, fact):
        """What the case found: the proof leaves it open only between the last reading and the highest of all."""
        return z3.RealVal(str(self.highest.get(fact, 0)))

    def between(self, span):
        """What the case found: the proof leaves it open only where a reading in between may decide."""
        return span in self.spans


class Settled(SymbolicState):
    """A symbolic state whose every part is a constant, so that the next one is not built upon all before it."""

    def __init__(self, of):
        super().__init__(of.encoding, of.report)
        self.of = of

    def _make(self, *key):
        made = self.of.get(*key)
        if isinstance(made, bool | str):
            return made
        made = z3.simplify(made)
        if key == ("state",):
            return self.encoding.states[made.as_long()]
        return plain(made)


def plain(made):
    return True if z3.is_true(made) else False if z3.is_false(made) else made


def truth(of):
    found = of if isinstance(of, bool) else plain(z3.simplify(of))
    assert isinstance(found, bool), found
    return found


def value_of(symbolic, scope, fact):
    if not truth(symbolic.known(scope, fact)):
        return None
    value = symbolic.value(scope, fact)
    if isinstance(value, bool):
        return value
    value = plain(z3.simplify(value))
    if isinstance(value, bool):
        return value
    if z3.is_bv(value):
        return symbolic.encoding.options(fact)[value.as_long()]
    if z3.is_int_value(value):
        return value.as_long()
    return Decimal(value.numerator_as_long()) / Decimal(value.denominator_as_long())


def moved(before, happened):
    symbolic = Settled(AfterEvent(before, happened))
    for ways in (on_event, *[automatic] * 9):
        taken = [(rule, True) for rule, open_ in ways(symbolic) if truth(open_)]
        assert len(taken) <= 1
        if taken:
            symbolic = Settled(AfterTransition(symbolic, taken))
        elif ways is automatic:
            break
    return symbolic


def agree(symbolic, fold):
    assert symbolic.get("state") == fold.state
    episode = fold.record.episode
    in_force = {one.id for one in fold.compiled.advice_of(fold.active)}
    assert {one.id for one in fold.compiled.pathway.advice if truth(symbolic.get("active", one.id))} == in_force
    for name, place in fold.compiled.layout.index.items():
        if name in NOT_IN_A_RECORD:
            continue
        assert close(value_of(symbolic, "episode", name), episode.values[place]), name
        if name in symbolic.encoding.read_latest:
            assert close(value_of(symbolic, "latest", name), fold.record.latest.values[place]), name
        limit = fold.compiled.layout.ranged.get(place)
        if limit is not None and episode.low[limit] is not None:
            ranged, below, above = (truth(part) for part in symbolic.limits("episode", name))
            value, low, high = episode.values[place], episode.low[limit], episode.high[limit]
            assert (ranged, below, above) == (True, value < low, high is not None and value > high)
    if not fold.compiled.pathway.state(fold.state).end:
        explainer = Explainer(fold)
        named = bool(explainer.awaits() or explainer.next_events())
        assert named or not truth(named_as_awaited(symbolic, fold.state))


def close(one, two):
    """Fahrenheit divides by nine: the solver's fraction and fifty decimal places are the same to any reader."""
    if isinstance(one, Decimal) and isinstance(two, Decimal):
        return abs(one - two) < Decimal("1e-20")
    return one == two


def folded_alike(born, zone, happenings, encoding=ENCODING):
    made = compiled(encoding.pathway)
    fold, symbolic = Fold(made, born, zone), New(encoding)
    windows = [span.name for span in encoding.spans if isinstance(span, Held) and span.within is not None]
    for number, (at, event) in enumerate(happenings, 1):
        fold.apply((Item(at, made.rank(event), number, f"e{number}", event),))
        spans = {name for name in windows if fold.record.episode.values[made.layout.index[name]] is True}
        values = fold.record.episode.values
        caught = {of: values[made.layout.index[captured.name]] or 0 for of, captured in encoding.windows.items()}
        symbolic = moved(symbolic, Happened(event, at, born, zone, encoding, spans, caught))
        agree(symbolic, fold)
    return symbolic


def sorted_events(steps):
    return sorted(
        ((step.at, step.event) for step in steps if step.kind == "event"),
        key=lambda one: (one[0], COMPILED.rank(one[1])),
    )


@pytest.mark.parametrize("part", range(4))
def test_the_events_of_the_stories_come_to_the_same_record_in_a_proof_as_in_a_case(part):
    for file in SCENARIOS[part::PARTS]:
        scenario = read_scenario(file, PATHWAY)
        folded_alike(scenario.born, ZoneInfo(scenario.timezone), sorted_events(scenario.steps))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(any_event(), st.integers(0, 4000)), min_size=1, max_size=8), st.integers(0, 200))
def test_random_events_come_to_the_same_record_in_a_proof_as_in_a_case(events, months):
    first = datetime(2026, 1, 22, 9, tzinfo=UTC)
    born = date(2026 - (months + 11) // 12, 1 + (-months) % 12, 22)
    told = [(first + timedelta(minutes=minute), event) for event, minute in events]
    told.sort(key=lambda one: (one[0], COMPILED.rank(one[1])))
    folded_alike(born, ZoneInfo("UTC"), told)


def test_what_induction_proves_holds_in_the_records_of_every_story():
    houdini = Houdini(ENCODING)
    houdini.run()
    assert len(houdini.proved) > 100
    # It is so of a case at rest, and not between two transitions.
    assert "nobody_waits_with_a_criterion" in houdini.dropped
    for file in SCENARIOS[:: PARTS * 3]:
        scenario = read_scenario(file, PATHWAY)
        symbolic = folded_alike(scenario.born, ZoneInfo(scenario.timezone), sorted_events(scenario.steps))
        for one in houdini.proved:
            assert truth(one.of(symbolic)), (file, one.name)


def test_guards_are_read_alike_by_proof_and_case():
    scenario = read_scenario(next(one for one in SCENARIOS if one.name == "index-case.toml"), PATHWAY)
    zone = ZoneInfo(scenario.timezone)
    fold, symbolic = Fold(COMPILED, scenario.born, zone), New(ENCODING)
    for number, (at, event) in enumerate(sorted_events(scenario.steps)):
        fold.apply((Item(at, COMPILED.rank(event), number, f"e{number}", event),))
        symbolic = moved(symbolic, Happened(event, at, scenario.born, zone))
        for condition in PATHWAY.conditions:
            said = (truth(symbolic.true(condition.guard)), truth(symbolic.false(condition.guard)))
            assert (
                said == {True: (True, False), False: (False, True), None: (False, False)}[fold.decided(condition.guard)]
            ), condition.name


# --- memory that ends -------------------------------------------------------------------------------------------------


def remembering():
    """The pathway with a trigger that ends once the fever has settled, and states that forget a fever after a day."""
    new = {
        "fever_for_an_hour": {"within": 180},
        "fever_trigger": {"ends_when": FEVER_SETTLED.as_guard(), "lasts_days": 2},
        "same_day": {"lasts_days": 3},
    }
    forgets = {"forgets": ("fever", "persistent_fever", "measured_fever", "wbc"), "forgets_after": 1}
    return evolve(
        PATHWAY,
        derived=tuple(evolve(one, **new.get(one.name, {})) for one in PATHWAY.derived),
        states=tuple(
            evolve(one, **forgets) if one.name in ("outside_pathway", "smear", "initial_labs") else one
            for one in PATHWAY.states
        ),
    )


REMEMBERING = Encoding(remembering())
READINGS = [
    *(PATHWAY.event("temperature_measured", temperature=f"{warm} Cel") for warm in ("36.9", "38", "38.2", "38.3")),
    PATHWAY.event("blood_count_reported", wbc="9 10*9/L", anc="3 10*9/L", alc="5 10*9/L"),
    PATHWAY.event("blood_count_reported", anc="1.2 10*9/L"),
    PATHWAY.event("symptoms_reported", fever=True),
    PATHWAY.event("antimicrobials_started"),
    PATHWAY.event("infection_signs_found"),
    PATHWAY.event("smear_reported", smear_reviewer="haematologist", blasts_percent="3 %"),
]  # fmt: skip
APART = st.sampled_from([0, 20, 59, 60, 61, 119, 120, 180, 181, 720, 1440, 2880, 4320, 5760])


@settings(max_examples=150 if os.environ.get("PATHWAY_TEST_FULL") else 40, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(READINGS), APART), min_size=3, max_size=14))
def test_what_ends_or_is_forgotten_ends_in_a_proof_as_in_a_case(events):
    at, happenings = datetime(2026, 1, 22, 9, tzinfo=UTC), []
    for event, apart in events:
        at += timedelta(minutes=apart)
        happenings.append((at, event))
    happenings.sort(key=lambda one: (one[0], COMPILED.rank(one[1])))
    folded_alike(date(2024, 12, 22), ZoneInfo("UTC"), happenings, REMEMBERING)


def capturing():
    """The pathway with the white cells captured at the first low count: the highest of two days, until a call."""
    new = {"entering": "smear", "days": 2, "ends_with": "haematology_consulted"}
    derived = tuple(evolve(one, **new) if one.name == "wbc_at_diagnosis" else one for one in PATHWAY.derived)
    return evolve(PATHWAY, derived=derived)


CAPTURING = Encoding(capturing())
CELLS = [
    *(PATHWAY.event("blood_count_reported", wbc=f"{wbc} 10*9/L") for wbc in ("7", "9", "12", "300")),
    PATHWAY.event("blood_count_reported", wbc="8 10*9/L", anc="3 10*9/L", alc="5 10*9/L"),
    PATHWAY.event("blood_count_reported", anc="1.2 10*9/L"),
    PATHWAY.event("blood_count_reported", wbc="5 10*9/L"),
    PATHWAY.event("haematology_consulted"),
    PATHWAY.event("examined", nothing_else_found=True),
    PATHWAY.event("smear_reported", smear_reviewer="haematologist", blasts_percent="0 %", immature_cells=False),
    PATHWAY.event("workup_declared_negative", declared_by="clinician"),
    PATHWAY.event("blood_count_reported", anc="3 10*9/L", alc="5 10*9/L", hb="12 g/dL", platelets="300 10*9/L"),
]  # fmt: skip
HOURS = st.sampled_from([0, 1, 5, 20, 24, 47, 48, 49, 72, 200])


@settings(max_examples=200 if os.environ.get("PATHWAY_TEST_FULL") else 50, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(CELLS), HOURS), min_size=3, max_size=12))
def test_what_is_captured_of_the_days_before_is_captured_in_a_proof_as_in_a_case(events):
    at, happenings = datetime(2026, 1, 22, 9, tzinfo=UTC), []
    for event, apart in events:
        at += timedelta(hours=apart)
        happenings.append((at, event))
    happenings.sort(key=lambda one: (one[0], COMPILED.rank(one[1])))
    folded_alike(date(2024, 12, 22), ZoneInfo("UTC"), happenings, CAPTURING)


# --- the most that a part can be --------------------------------------------------------------------------------------


WITH_BOUNDS = Encoding(BOUNDING)
PARTS_OF_COUNTS = [
    PATHWAY.event("blood_count_reported", wbc=wbc and f"{wbc} 10*9/L", anc=anc and f"{anc} 10*9/L",
                  alc=alc and f"{alc} 10*9/L")
    for wbc, anc, alc in (
        ("2.5", "0.7", None), ("2.5", None, None), ("12", "8.6", None), ("12", None, "9"), ("3", "4", None),
        (None, "2", None), (None, None, "5"), ("9", "3", "5"), (None, "0.4", None), ("1.4", None, None),
    )
]  # fmt: skip
PARTS_OF_COUNTS += [CELLS[-5], CELLS[-4], CELLS[-3], CELLS[-2]]


@settings(max_examples=200 if os.environ.get("PATHWAY_TEST_FULL") else 50, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(PARTS_OF_COUNTS), HOURS), min_size=2, max_size=9))
def test_the_most_that_a_part_can_be_is_the_same_in_a_proof_as_in_a_case(events):
    at, happenings = datetime(2026, 1, 22, 9, tzinfo=UTC), []
    for event, apart in events:
        at += timedelta(hours=apart + 1)
        happenings.append((at, event))
    folded_alike(date(2024, 12, 22), ZoneInfo("UTC"), happenings, WITH_BOUNDS)
