"""The limits of a pathway, and for each the shortest tale in which a value on one side of it decides otherwise."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from attrs import frozen

from pathway.model.canonical import FORMAT, from_json, to_json
from pathway.model.derived import Captured, Clock, Held, Settled
from pathway.model.facts import Quantity
from pathway.model.guards import Compare, Within, leaves
from pathway.model.pathway import guards_of
from pathway.model.reference import Interval  # attrs classes keep their types resolvable
from pathway.verify.anatomy import Anatomy
from pathway.verify.logic import Formula, Term, conj, differ, disj, number
from pathway.verify.motion import enabled
from pathway.verify.search import Chapter, Search, step_of
from pathway.verify.sight import Sight
from pathway.verify.start import New
from pathway.verify.tale import Happening, Tale
from pathway.verify.world import state_code

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pathway.model.guards import Guard
    from pathway.model.pathway import Pathway
    from pathway.model.rules import Transition
    from pathway.verify.inputs import Inputs
    from pathway.verify.search import Goal
    from pathway.verify.world import World

Side: TypeAlias = Literal["below", "on", "above", "unknown"]
SIDES: tuple[Side, ...] = ("below", "on", "above", "unknown")


@frozen
class Limit:
    """A limit that some rule holds a value against.

    `fact` is what is varied: an amount that an event brings, or a clock (age, days in the state). `belongs`: the limit
    itself belongs to its upper side (>= and <). `row` is the reference interval that it is of; `captured`: the limit
    is held against the value as it was captured.
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
        """The value on a side; None where it is unknown."""
        away = {"below": -self.step, "on": Decimal(0), "above": self.step}
        return None if side == "unknown" else self.value + away[side]

    @property
    def sides(self) -> tuple[Decimal, Decimal]:
        """The two values between which the answer turns."""
        low = self.value - self.step if self.belongs else self.value
        return low, low + self.step


@frozen
class Boundary:
    """A tale in which a limit decides, with the value on its upper side: brought by event `place`, or by time."""

    limit: Limit
    tale: Tale
    place: int
    by: Literal["value", "age", "days"]

    def told(self, side: Side) -> Tale | None:
        """The tale with the value on that side; None where it cannot be told."""
        value = self.limit.at(side)
        happening = self.tale.happenings[self.place]
        if self.by == "value":
            if value is None:
                return _replaced(self.tale, self.place, happening.without(self.limit.fact))
            return _replaced(self.tale, self.place, happening.with_value(self.limit.fact, value))
        if value is None:
            return None
        more = int(value - self.limit.sides[1])
        if self.by == "age":
            return Tale(self.tale.months + more, self.tale.happenings) if self.tale.months + more >= 0 else None
        moved = Happening(happening.event, happening.fields, happening.day + more, happening.minute)
        before = self.tale.happenings[self.place - 1]
        if (moved.day, moved.minute) <= (before.day, before.minute):
            return None
        return _replaced(self.tale, self.place, moved)


def _replaced(tale: Tale, place: int, happening: Happening) -> Tale:
    told = list(tale.happenings)
    told[place] = happening
    return Tale(tale.months, tuple(told))


def limits(anatomy: Anatomy) -> Iterator[Limit]:
    """Every limit, in the order of the definition: those of guards and spans, then those of the reference table."""
    pathway = anatomy.pathway
    seen: dict[tuple[str, Decimal, bool], None] = {}
    for owner, guard in guards_of(pathway):
        if owner.split()[0] in ("note", "invariant", "state", "scope"):
            continue
        for leaf in leaves(guard):
            if isinstance(leaf, Compare):
                seen.setdefault((leaf.fact, leaf.value, leaf.op in (">=", "<")))
    for one in pathway.derived:
        if isinstance(one, Held | Settled):
            seen.setdefault((one.fact, one.limit, True))
    for fact, value, belongs in seen:
        yield _limit_of(anatomy, fact, value, belongs)
    for row in pathway.reference.rows:
        for which, limit, belongs in (("lower", row.lower, True), ("upper", row.upper, False)):
            if limit is not None:
                yield _limit_of_row(pathway, row, which, limit, belongs)


def _limit_of_row(pathway: Pathway, row: Interval, which: str, limit: Decimal, belongs: bool) -> Limit:
    quantity = pathway.facts_by_name[row.fact]
    assert isinstance(quantity, Quantity)
    name = f"{row.fact} {row.band()} {which}"
    words = f"{pathway.title_of(row.fact)}, {row.band()}: {which} limit {quantity.write(limit)}"
    return Limit(name, row.fact, limit, step_of(limit), belongs, words, row.cites, row, which)


def _limit_of(anatomy: Anatomy, fact: str, value: Decimal, belongs: bool) -> Limit:
    pathway = anatomy.pathway
    one = pathway.fact_or_derived(fact)
    varied, captured = fact, ""
    if isinstance(one, Captured):
        varied, captured = one.of, fact
    clock = isinstance(pathway.fact_or_derived(varied), Clock)
    unit = pathway.unit_of(fact)
    words = f"{pathway.title_of(fact)}: {value:f} {unit}".rstrip()
    cites = _cites(anatomy, fact, value)
    step = Decimal(1) if clock else step_of(value)
    name = f"{fact} {value:f}{'' if belongs else ' exceeded'}"
    return Limit(name, varied, value, step, belongs, words, cites, captured=captured)


def _cites(anatomy: Anatomy, fact: str, value: Decimal) -> tuple[str, ...]:
    """What the rules cite that hold the fact against the limit, the nearest first: derived facts and conditions."""
    pathway = anatomy.pathway

    def holds(guard: Guard | None) -> bool:
        return guard is not None and any(
            isinstance(leaf, Compare) and leaf.fact == fact and leaf.value == value for leaf in leaves(guard)
        )

    for one in pathway.derived:
        if isinstance(one, Held | Settled) and one.fact == fact and one.limit == value:
            return one.cites
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
    """The pathway with the limit a step higher, wherever a rule holds the value against it."""
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
            for one in data:
                _move(one, fact, old, higher, ops)
        case {"kind": "Held" | "Settled", "fact": name, "limit": value} if name == fact and value == old:
            data["limit"] = higher
            _move(data["cites"], fact, old, higher, ops)
        case dict():
            for one in data.values():
                _move(one, fact, old, higher, ops)


def boundary(search: Search, limit: Limit) -> Boundary | None:
    """The shortest tale that would come to another state, advice or verdict if the limit were a step higher."""
    anatomy = search.anatomy
    changed = moved(anatomy.pathway, limit)
    upper = _on_the_upper_side(limit)
    tale = None
    if limit.fact == anatomy.days or limit.which == "upper":
        # Two lives side by side are too much for the solver after a week; a transition that reads the limit will do.
        tale = _by_transition(search, limit, changed, upper)
    if tale is None:
        tale = search.shortest(_turning(Anatomy(changed)), longest=6, given=upper)
    if tale is None:
        return None
    if limit.fact == anatomy.age:
        return Boundary(limit, tale, 0, "age")
    if limit.fact == anatomy.days:
        return Boundary(limit, tale, len(tale.happenings) - 1, "days")
    places = [place for place, one in enumerate(tale.happenings) if dict(one.fields).get(limit.fact) == limit.sides[1]]
    return Boundary(limit, tale, places[-1], "value") if places else None


def _by_transition(search: Search, limit: Limit, changed: Pathway, upper: Goal) -> Tale | None:
    pathway = search.anatomy.pathway
    for rule in pathway.transitions:
        if not any(isinstance(leaf, Compare | Within) and leaf.fact == limit.fact for leaf in leaves(rule.when)):
            continue
        tale = search.shortest(_taking(rule), longest=4, given=lambda chapters: upper(chapters[-1:]))
        if tale is not None and Sight(pathway, tale).state != Sight(changed, tale).state:
            return tale
    return None


def _taking(rule: Transition) -> Goal:
    return lambda chapters: disj(enabled(world, rule) for world in chapters[-1].worlds[:-1])


def _on_the_upper_side(limit: Limit) -> Goal:
    """What helps the solver to find it: some event brings the value, or comes at that age, or on that day."""
    high = number(limit.sides[1])

    def given(chapters: list[Chapter]) -> Formula:
        anatomy = chapters[0].event.anatomy
        if limit.fact == anatomy.age:
            return disj(one.event.age == int(limit.sides[1]) for one in chapters)
        if limit.fact == anatomy.days:
            return chapters[-1].worlds[0].get("days") == int(limit.sides[1])
        return disj(conj(_brings(one.event, limit, high)) for one in chapters)

    return given


def _brings(event: Inputs, limit: Limit, value: Term) -> Iterator[Formula]:
    yield event.known(limit.fact)
    yield event.given(limit.fact)
    yield event.variable(limit.fact) == value
    if limit.row is not None:
        yield event.anatomy.in_band(limit.row, event.age)


def _turning(changed: Anatomy) -> Goal:
    """The goal that the changed pathway comes to something else by the same events."""
    kept: list[tuple[Chapter, Chapter]] = []

    def goal(chapters: list[Chapter]) -> Formula:
        if kept and (len(kept) > len(chapters) or kept[0][0] is not chapters[0]):
            kept.clear()
        depth = len(chapters[0].worlds) - 2
        for chapter in chapters[len(kept) :]:
            before = kept[-1][1].after if kept else New(changed)
            kept.append((chapter, Chapter(before, chapter.event, depth)))
        return _other_outcome(chapters[-1].after, kept[len(chapters) - 1][1].after)

    return goal


def _other_outcome(one: World, two: World) -> Formula:
    anatomy = one.anatomy
    found: list[Formula] = [differ(state_code(one), state_code(two))]
    found += [differ(one.get("active", advice.id), two.get("active", advice.id)) for advice in anatomy.pathway.advice]
    for order, other in zip(anatomy.pathway.orders, two.anatomy.pathway.orders, strict=True):
        found.append(differ(one.true(order.refused), two.true(other.refused)))
    return disj(found)
