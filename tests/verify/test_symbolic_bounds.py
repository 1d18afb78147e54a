"""A bound in a proof is the bound of a case: events with bounds are folded by both, and every part compared."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
import z3
from hypothesis import given, settings
from hypothesis import strategies as st

from pathway.model.facts import Choice, Quantity
from pathway.model.values import least, most
from pathway.run.compiled import compiled
from pathway.run.fold import Fold
from pathway.run.item import Item
from pathway.run.moments import completed_months
from pathway.verify.bounded import INFINITE, is_most, most_of
from pathway.verify.counterexample import constant_of
from pathway.verify.encoding import Encoding
from pathway.verify.inputs import Inputs
from pathway.verify.start import New
from tests.at_door import AT_DOOR
from tests.strategies import any_event
from tests.verify.test_symbolic_state import close, moved, truth, value_of

ENCODING = Encoding(AT_DOOR, bounds=True)
COMPILED = compiled(AT_DOOR)
ZONE = ZoneInfo("UTC")
NOT_IN_A_RECORD = {"reason", "confirmed_by", "nothing_else_found", "declared_by", "differential_excess"}
TRUTHS = {True: (True, False), False: (False, True), None: (False, False)}


class Happened(Inputs):
    """An event that happened, with the two ends of its amounts."""

    def __init__(self, event, at, born):
        super().__init__(ENCODING, "happened", event.name)
        self.exact = True
        self.told = {}
        for name, value in event.given:
            self.told[name] = least(value) if name in ENCODING.bounded else value
            if name in ENCODING.bounded:
                self.told[most_of(name)] = min(most(value), Decimal(INFINITE))
        held = {field.fact for field in event.held}
        self.held = held | {most_of(name) for name in held}
        self.t = z3.RealVal(f"{int(at.timestamp() * 1000)}/60000")
        self.day = z3.IntVal(at.toordinal())
        self.age = z3.IntVal(completed_months(born, at))

    def variable(self, fact):
        value = self.told.get(fact)
        if value is None or not isinstance(ENCODING.pathway.facts_by_name.get(fact), Quantity | Choice):
            return super().variable(fact) if value is None else bool(value)
        return constant_of(ENCODING, fact, value)

    def given(self, fact):
        return fact in self.told

    def refused(self, fact):
        return fact in self.held


@st.composite
def any_bounded_event(draw):
    """Any event, in which some amounts are bounds."""
    event = draw(any_event())
    raw = dict(event.raw)
    for field in event.kind.fields:
        if field.fact in raw and field.fact in ENCODING.bounded:
            raw[field.fact] = draw(st.sampled_from(("", "", "<", ">"))) + str(raw[field.fact])
    return AT_DOOR.event(event.name, **raw)


def agree(symbolic, fold):
    record = fold.record
    assert symbolic.get("state") == fold.state
    in_force = {one.id for one in COMPILED.advice_of(fold.active)}
    assert {one.id for one in AT_DOOR.advice if truth(symbolic.get("active", one.id))} == in_force
    for name, place in COMPILED.layout.index.items():
        if name in NOT_IN_A_RECORD or is_most(name):
            continue
        value = record.episode.values[place]
        if name in ENCODING.bounded and value is not None:
            ends = [value_of(symbolic, "episode", end) for end in ENCODING.ends(name)]
            assert close(ends[0], least(value)), (name, value, ends)
            assert close(ends[1], min(most(value), Decimal(INFINITE))), (name, value, ends)
        else:
            assert close(value_of(symbolic, "episode", name), value), name
    for condition in AT_DOOR.conditions:
        said = truth(symbolic.true(condition.guard)), truth(symbolic.false(condition.guard))
        assert said == TRUTHS[fold.decided(condition.guard)], condition.name
    for contradiction in AT_DOOR.contradictions:
        said = truth(symbolic.true(contradiction.when)), truth(symbolic.false(contradiction.when))
        assert said == TRUTHS[fold.decided(contradiction.when)], contradiction.id


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(any_bounded_event(), st.integers(0, 4000)), min_size=1, max_size=8), st.integers(0, 200))
def test_random_events_with_bounds_come_to_the_same_record_in_a_proof_as_in_a_case(events, months):
    first = datetime(2026, 1, 22, 9, tzinfo=UTC)
    born = date(2026 - (months + 11) // 12, 1 + (-months) % 12, 22)
    told = [(first + timedelta(minutes=minute), event) for event, minute in events if not event.is_idle]
    told.sort(key=lambda one: (one[0], COMPILED.rank(one[1])))
    folded_alike(told, born)


def folded_alike(told, born):
    fold, symbolic = Fold(COMPILED, born, ZONE), New(ENCODING)
    for number, (at, event) in enumerate(told, 1):
        fold.apply((Item(at, COMPILED.rank(event), number, f"e{number}", event),))
        symbolic = moved(symbolic, Happened(event, at, born))
        agree(symbolic, fold)


def count(wbc):
    return "blood_count_reported", {"wbc": wbc, "anc": "0.7", "alc": "1.4"}


def heat(celsius):
    return "temperature_measured", {"temperature": f"{celsius} Cel"}


def smear(percent):
    return "smear_reported", {
        "smear_reviewer": "haematologist", "blasts_percent": percent, "lineage": "lymphoid", "immature_cells": True,
    }  # fmt: skip


CALL = ("haematology_consulted", {})


@pytest.mark.parametrize(
    "story",
    [
        [heat("38.1"), heat("<39"), heat("38.1")],
        [heat("38.1"), heat("<37"), heat("38.1")],
        [heat("38.1"), heat(">37.5"), heat("38.1")],
        [count("9"), count("<50 10*9/L"), CALL, smear("34 %"), count("<90 10*9/L")],
        [count("<50 10*9/L"), CALL, smear("34 %"), count("<60 10*9/L"), count(">40 10*9/L"), count("41")],
        [count("9"), count(">50 10*9/L"), count("40"), CALL, smear("34 %")],
    ],
    ids=str,
)
def test_spans_and_the_highest_reading_are_the_same(story):
    nine = datetime(2026, 1, 22, 9, tzinfo=UTC)
    told = [(nine + timedelta(minutes=40 * number), AT_DOOR.event(name, **raw))
            for number, (name, raw) in enumerate(story)]  # fmt: skip
    folded_alike(told, date(2024, 12, 22))


@pytest.mark.parametrize(("wbc", "percent"), [("<9 10*9/L", "34 %"), ("9", "<34 %"), ("9", "34 %")])
def test_a_product_with_a_bound_is_the_same(wbc, percent):
    nine = datetime(2026, 1, 22, 9, tzinfo=UTC)
    told = [(nine, AT_DOOR.event(name, **raw)) for name, raw in (count(wbc), smear(percent))]
    folded_alike(told, date(2024, 12, 22))


def test_every_event_that_a_case_can_record_obeys_the_axioms_of_the_proofs():
    def obeys(**counts):
        event = AT_DOOR.event("blood_count_reported", **counts)
        happened = Happened(event, datetime(2026, 1, 22, 9, tzinfo=UTC), date(2024, 12, 22))
        solver = z3.Solver()
        solver.add(*(axiom for axiom in happened.axioms() if axiom is not True))
        return solver.check() == z3.sat

    for anc in ("0.7", "<0.1 10*9/L", ">20 10*9/L"):
        assert obeys(anc=anc), anc
