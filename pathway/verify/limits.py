"""The limits of a pathway, and for each the shortest example in which a value on its other side changes the outcome."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, assert_never

from attrs import frozen

from pathway.model.canonical import FORMAT, from_json, to_json
from pathway.model.derived import AtMost, Captured, Clock, Excess, Grade, Held, Latched, Product, Settled
from pathway.model.facts import Quantity
from pathway.model.guards import Compare, Within, leaves
from pathway.model.pathway import guards_of
from pathway.model.reference import Interval  # attrs classes keep their types resolvable
from pathway.verify.counterexample import Counterexample, Happening
from pathway.verify.encoding import Encoding
from pathway.verify.logic import Formula, Term, conj, differ, disj, number
from pathway.verify.replayed_step import ReplayedStep
from pathway.verify.search import Search, UnrolledEvent
from pathway.verify.start import New
from pathway.verify.symbolic_state import state_code
from pathway.verify.unrolling import enabled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pathway.model.guards import Guard
    from pathway.model.pathway import Pathway
    from pathway.model.rules import Transition
    from pathway.verify.inputs import Inputs
    from pathway.verify.search import Goal
    from pathway.verify.symbolic_state import SymbolicState

Side: TypeAlias = Literal["below", "on", "above", "unknown"]
SIDES: tuple[Side, ...] = ("below", "on", "above", "unknown")


@frozen
class Limit:
    """A limit that some rule compares a value with.

    `fact` is varied: an amount that an event reports, or a clock (age, days in the state). `belongs`: the limit itself
    belongs to its upper side (>= and <). `row` is the reference interval of the limit. `captured` names the captured
    value that is compared; "" where the value itself is.
    """

    name: str
    fact: str
    value: Decimal
    step: Decimal
    belongs: bool
    words: str
    cites: tuple[str, ...]
    row: Interval | None = None
    which: str = ""
    captured: str = ""

    def at(self, side: Side) -> Decimal | None:
        """The value on a side; None on the side "unknown"."""
        away = {"below": -self.step, "on": Decimal(0), "above": self.step}
        return None if side == "unknown" else self.value + away[side]

    @property
    def sides(self) -> tuple[Decimal, Decimal]:
        """The two values between which the answer changes."""
        low = self.value - self.step if self.belongs else self.value
        return low, low + self.step


@frozen
class Boundary:
    """An example in which a limit decides, with the value on its upper side: brought by event `place`, or by time."""

    limit: Limit
    example: Counterexample
    place: int
    by: Literal["value", "age", "days"]

    def at_side(self, side: Side) -> Counterexample | None:
        """The example with the value on that side; None where there is no such example."""
        value = self.limit.at(side)
        happening = self.example.happenings[self.place]
        if self.by == "value":
            if value is None:
                return _replaced(self.example, self.place, happening.without(self.limit.fact))
            return _replaced(self.example, self.place, happening.with_value(self.limit.fact, value))
        if value is None:
            return None
        more = int(value - self.limit.sides[1])
        if self.by == "age":
            return (
                Counterexample(self.example.months + more, self.example.happenings)
                if self.example.months + more >= 0
                else None
            )
        moved = Happening(happening.event, happening.fields, happening.day + more, happening.minute)
        before = self.example.happenings[self.place - 1]
        if (moved.day, moved.minute) <= (before.day, before.minute):
            return None
        return _replaced(self.example, self.place, moved)


def _replaced(example: Counterexample, place: int, happening: Happening) -> Counterexample:
    happenings = list(example.happenings)
    happenings[place] = happening
    return Counterexample(example.months, tuple(happenings))


def limits(encoding: Encoding) -> Iterator[Limit]:
    """Every limit, in the order of the definition: those of guards and spans, then those of the reference table."""
    pathway = encoding.pathway
    seen: dict[tuple[str, Decimal, bool], None] = {}
    for owner, guard in guards_of(pathway):
        if owner.split()[0] in ("note", "invariant", "state", "scope"):
            continue
        for leaf in leaves(guard):
            if isinstance(leaf, Compare):
                seen.setdefault((leaf.fact, leaf.value, leaf.op in (">=", "<")))
    for derived in pathway.derived:
        match derived:
            case Held() | Settled():
                seen.setdefault((derived.fact, derived.limit, True))
            case Clock() | Latched() | Captured() | Product() | Excess() | AtMost() | Grade():
                pass  # the guard of a latch is among the guards; the bands of a grade are for display
            case _:
                assert_never(derived)
    for fact, value, belongs in seen:
        yield _limit_of(encoding, fact, value, belongs)
    for row in pathway.reference.rows:
        for which, limit, belongs in (("lower", row.lower, True), ("upper", row.upper, False)):
            if limit is not None:
                yield _limit_of_row(encoding, row, which, limit, belongs)


def _limit_of_row(encoding: Encoding, row: Interval, which: str, limit: Decimal, belongs: bool) -> Limit:
    pathway = encoding.pathway
    quantity = pathway.facts_by_name[row.fact]
    assert isinstance(quantity, Quantity)
    name = f"{row.fact} {row.band()} {which}"
    words = f"{pathway.title_of(row.fact)}, {row.band()}: {which} limit {quantity.write(limit)}"
    return Limit(name, row.fact, limit, encoding.steps.of(row.fact), belongs, words, row.cites, row, which)


def _limit_of(encoding: Encoding, fact: str, value: Decimal, belongs: bool) -> Limit:
    pathway = encoding.pathway
    compared = pathway.fact_or_derived(fact)
    varied, captured = fact, ""
    if isinstance(compared, Captured):
        varied, captured = compared.of, fact
    elif isinstance(compared, AtMost):
        varied = compared.whole
    clock = isinstance(pathway.fact_or_derived(varied), Clock)
    unit = pathway.unit_of(fact)
    cites = _cites(encoding, fact, value)
    step = Decimal(1) if clock else encoding.steps.of(fact)
    amount = encoding.steps.written(fact, value)
    words = f"{pathway.title_of(fact)}: {amount} {unit}".rstrip()
    name = f"{fact} {amount}{'' if belongs else ' exceeded'}"
    return Limit(name, varied, value, step, belongs, words, cites, captured=captured)


def _cites(encoding: Encoding, fact: str, value: Decimal) -> tuple[str, ...]:
    """The citations of the rule that compares the fact with the limit; derived facts and conditions go first."""
    pathway = encoding.pathway

    def holds(guard: Guard | None) -> bool:
        return guard is not None and any(
            isinstance(leaf, Compare) and leaf.fact == fact and leaf.value == value for leaf in leaves(guard)
        )

    for span in pathway.derived:
        if isinstance(span, Held | Settled) and span.fact == fact and span.limit == value:
            return span.cites
    for named in pathway.conditions:
        if holds(named.guard):
            return named.cites
    for derived in pathway.derived:
        if holds(getattr(derived, "when", None)):
            return derived.cites
    for transition in pathway.transitions:
        if holds(transition.when):
            return transition.cites
    for advice in pathway.advice:
        if holds(advice.when) or holds(advice.until):
            return advice.cites
    for order in pathway.orders:
        if holds(order.refused) or holds(order.permitted):
            return order.cites
    return ()


def moved(pathway: Pathway, limit: Limit) -> Pathway:
    """The pathway with the limit a step higher, wherever a rule compares a value with it."""
    data = json.loads(to_json(pathway))["pathway"]
    higher = f"{(limit.value + limit.step).normalize():f}"
    if limit.row is not None:
        row = data["reference"]["rows"][pathway.reference.rows.index(limit.row)]
        row[limit.which] = higher
    else:
        old = f"{limit.value.normalize():f}"
        _move(data, limit.captured or limit.fact, old, higher, (">=", "<") if limit.belongs else (">", "<="))
    return from_json(json.dumps({"format": FORMAT, "pathway": data}))


def _move(data: Any, fact: str, old: str, higher: str, ops: tuple[str, ...]) -> None:
    """Write another limit into every comparison, and into every span, of JSON data."""
    match data:
        case [op, name, value, _] if op in ops and name == fact and value == old:
            data[2] = higher
        case list():
            for item in data:
                _move(item, fact, old, higher, ops)
        case {"kind": "Held" | "Settled", "fact": name, "limit": value} if name == fact and value == old:
            data["limit"] = higher
            _move(data["cites"], fact, old, higher, ops)
        case dict():
            for item in data.values():
                _move(item, fact, old, higher, ops)


def boundary(search: Search, limit: Limit) -> Boundary | None:
    """The shortest example that would come to another state, advice or verdict if the limit were a step higher."""
    encoding = search.encoding
    changed = moved(encoding.pathway, limit)
    upper = _on_the_upper_side(limit)
    example = None
    if limit.fact == encoding.days or limit.which == "upper":
        # Two unrollings side by side are too much for the solver after a week. A transition that reads the limit
        # is enough.
        example = _by_transition(search, limit, changed, upper)
    if example is None:
        example = search.shortest(_turning(Encoding(changed)), longest=6, given=upper)
    if example is None:
        return None
    if limit.fact == encoding.age:
        return Boundary(limit, example, 0, "age")
    if limit.fact == encoding.days:
        return Boundary(limit, example, len(example.happenings) - 1, "days")
    places = [
        place
        for place, happening in enumerate(example.happenings)
        if dict(happening.fields).get(limit.fact) == limit.sides[1]
    ]
    return Boundary(limit, example, places[-1], "value") if places else None


def _by_transition(search: Search, limit: Limit, changed: Pathway, upper: Goal) -> Counterexample | None:
    pathway = search.encoding.pathway
    for rule in pathway.transitions:
        if not any(isinstance(leaf, Compare | Within) and leaf.fact == limit.fact for leaf in leaves(rule.when)):
            continue
        example = search.shortest(_taking(rule), longest=4, given=lambda unrolled: upper(unrolled[-1:]))
        if example is not None and ReplayedStep(pathway, example).state != ReplayedStep(changed, example).state:
            return example
    return None


def _taking(rule: Transition) -> Goal:
    return lambda unrolled: disj(enabled(symbolic, rule) for symbolic in unrolled[-1].states[:-1])


def _on_the_upper_side(limit: Limit) -> Goal:
    """A hint for the solver: some event reports the value, or comes at that age or on that day."""
    high = number(limit.sides[1])

    def given(unrolled: list[UnrolledEvent]) -> Formula:
        encoding = unrolled[0].event.encoding
        if limit.fact == encoding.age:
            return disj(unrolled_event.event.age == int(limit.sides[1]) for unrolled_event in unrolled)
        if limit.fact == encoding.days:
            return unrolled[-1].states[0].get("days") == int(limit.sides[1])
        return disj(conj(_brings(unrolled_event.event, limit, high)) for unrolled_event in unrolled)

    return given


def _brings(event: Inputs, limit: Limit, value: Term) -> Iterator[Formula]:
    yield event.known(limit.fact)
    yield event.given(limit.fact)
    yield event.variable(limit.fact) == value
    if limit.row is not None:
        yield event.encoding.in_band(limit.row, event.age)


def _turning(changed: Encoding) -> Goal:
    """The goal: by the same events, the changed pathway comes to another state, advice or verdict."""
    kept: list[tuple[UnrolledEvent, UnrolledEvent]] = []

    def goal(unrolled: list[UnrolledEvent]) -> Formula:
        if kept and (len(kept) > len(unrolled) or kept[0][0] is not unrolled[0]):
            kept.clear()
        depth = len(unrolled[0].states) - 2
        for unrolled_event in unrolled[len(kept) :]:
            before = kept[-1][1].after if kept else New(changed)
            kept.append((unrolled_event, UnrolledEvent(before, unrolled_event.event, depth)))
        return _other_outcome(unrolled[-1].after, kept[len(unrolled) - 1][1].after)

    return goal


def _other_outcome(original: SymbolicState, changed: SymbolicState) -> Formula:
    encoding = original.encoding
    found: list[Formula] = [differ(state_code(original), state_code(changed))]
    found += [
        differ(original.get("active", advice.id), changed.get("active", advice.id))
        for advice in encoding.pathway.advice
    ]
    for order, other in zip(encoding.pathway.orders, changed.encoding.pathway.orders, strict=True):
        found.append(differ(original.true(order.refused), changed.true(other.refused)))
    return disj(found)
