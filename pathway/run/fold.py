"""One event at a time: what the record, the state and the advice become. The log is folded through here, in order."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any

from attrs import define, frozen

from pathway.model.rules import OrderRule, Transition

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from collections.abc import Set as AbstractSet
    from datetime import date, tzinfo

    from pathway.model.events import Event
    from pathway.model.facts import Value
    from pathway.model.guards import Guard
    from pathway.run.program import EventPlan, Program

Values = list[Any]
_NONE: frozenset[int] = frozenset()


def completed_months(born: date, on: date) -> int:
    """The age in completed calendar months: a month is complete on the day of the month on which the child was born.

    Where the month has no such day, on the first of the next (local choice).
    """
    months = (on.year - born.year) * 12 + on.month - born.month
    return months - (on.day < born.day)


@frozen
class Fired:
    """A transition that was taken, with the record as it was at that moment."""

    transition: Transition
    source: str
    at: datetime
    entry: str
    record: Snapshot


@frozen
class Deviation:
    """An act that happened although its order would have been refused; `overridden` where a clinician had said why."""

    order: OrderRule
    entry: str
    at: datetime
    overridden: bool


@frozen
class Raised:
    """Since when an advice is in force, on the strength of which entry."""

    at: datetime
    day: int
    entry: str


@define(slots=True)
class Snapshot:
    """A record at a moment, for explanations: what the compiled guards read, by the same names."""

    e: Values
    elo: Values
    ehi: Values
    r: Values
    rlo: Values
    rhi: Values
    l: Values  # noqa: E741  # the name that compiled guards use for the latest known values
    llo: Values
    lhi: Values
    eat: Values
    lat: Values
    latched_at: dict[int, datetime]
    state: str
    active: int
    computed: frozenset[int]


class Outcome:
    """What one event did, as the fold sees it: transitions taken, and advice as bit masks."""

    __slots__ = ("completed", "contradictions", "deviations", "fired", "left_undone", "raised", "source", "withdrawn")

    def __init__(self, source: str) -> None:
        self.source = source
        self.fired: list[Fired] = []
        self.raised = 0
        self.completed = 0
        self.withdrawn = 0
        self.left_undone = 0
        self.contradictions = 0
        self.deviations: tuple[Deviation, ...] = ()


class Fold:
    """A case in the making. Mutable, and private to the case that owns it."""

    __slots__ = (
        "active", "at", "beside", "blank", "born", "captured_on", "carried", "completed_at", "computed",
        "contradicted", "day", "deviations", "e", "eat", "ehi", "elo", "entered_at", "entered_day", "entry", "episode",
        "held", "history", "l", "lat", "latched_at", "left_at", "lent", "lhi", "llo", "met_on", "old", "overrides",
        "places", "program", "r", "raised_at", "readings", "refused", "rhi", "rlo", "runs", "state", "zone",
    )  # fmt: skip

    def __init__(self, program: Program, born: date, zone: tzinfo) -> None:
        size = program.layout.size
        self.program = program
        self.born = born
        self.zone = zone
        self.state = program.pathway.initial
        self.blank: Values = [None] * size
        self.e, self.elo, self.ehi, self.eat = (self.blank[:] for _ in range(4))
        self.l, self.llo, self.lhi, self.lat = (self.blank[:] for _ in range(4))
        self.r = self.rlo = self.rhi = self.blank
        self.places: list[int] = []
        self.refused: AbstractSet[int] = _NONE
        self.at: datetime | None = None
        self.day = 0
        self.entry = ""
        self.entered_at: datetime | None = None
        self.entered_day: int | None = None
        self.episode = 1
        self.active = 0
        self.old = 0
        self.carried: dict[int, tuple[Values, Values, Values, Values]] = {}
        self.raised_at: dict[int, Raised] = {}
        self.completed_at: dict[int, datetime] = {}
        self.held: set[int] = set()
        self.left_at: dict[int, datetime] = {}
        self.latched_at: dict[int, datetime] = {}
        self.met_on: dict[int, int] = {}
        self.runs: dict[int, tuple[datetime | None, datetime | None]] = {}
        self.readings: dict[int, list[tuple[datetime, int, Value]]] = {}
        self.captured_on: dict[int, int] = {}
        self.computed: frozenset[int] = frozenset()
        self.contradicted: list[tuple[str, int]] = []
        self.deviations: list[Deviation] = []
        self.overrides: set[tuple[str, int]] = set()
        self.history: list[Fired] = []
        # While something waits for acknowledgement: the reading in which it counts, and the advice that this calls for.
        self.beside: Fold | None = None
        self.lent = 0

    def snapshot(self) -> Snapshot:
        """The record as it is now."""
        return Snapshot(
            self.e[:], self.elo[:], self.ehi[:], self.r, self.rlo, self.rhi, self.l[:], self.llo[:], self.lhi[:],
            self.eat[:], self.lat[:], dict(self.latched_at), self.state, self.active, self.computed,
        )  # fmt: skip

    def move_clock(self, at: datetime) -> None:
        """Bring the facts that time makes (age, days in the state) to a moment."""
        local = at if at.tzinfo is self.zone else at.astimezone(self.zone)
        day = local.toordinal()
        # Where a clock is put back at midnight the calendar day comes again: it does not go back in a record.
        if day > self.day or self.at is None:
            self.day = day
            self.e[self.program.age] = completed_months(self.born, local)
        day = self.day
        if self.entered_day is None:
            self.entered_day, self.entered_at = day, at
        self.e[self.program.days] = day - self.entered_day
        self.at = at

    @contextmanager
    def clock_at(self, at: datetime) -> Iterator[None]:
        """The fold as it is at a moment without an event; afterwards the clock stands where it stood."""
        kept = (
            self.at,
            self.day,
            self.entered_at,
            self.entered_day,
            self.e[self.program.age],
            self.e[self.program.days],
        )
        untouched = self.at is None
        record, latched_at, met_on = self.e[:], dict(self.latched_at), dict(self.met_on)
        self.move_clock(at)
        if untouched:
            active, raised_at = self.active, dict(self.raised_at)
            self.program.latch(self)
            self._settle(Outcome(self.state))
        try:
            yield
        finally:
            self.at, self.day, self.entered_at, self.entered_day = kept[:4]
            self.e[self.program.age], self.e[self.program.days] = kept[4:]
            if untouched:
                self.active, self.raised_at = active, raised_at
                self.e, self.latched_at, self.met_on = record, latched_at, met_on

    def apply(self, entry: str, at: datetime, event: Event) -> Outcome:
        """Fold one event in. Events must come in the order in which things happened."""
        program = self.program
        plan = program.plans[event.name]
        self.entry = entry
        self.move_clock(at)
        self._read_report(plan, event)
        outcome = Outcome(self.state)
        if plan.acts:
            self._note_deviations(plan, outcome)
        for place in plan.clears:
            self.e[place] = None
            self.latched_at.pop(place, None)
            self.met_on.pop(place, None)
        for place in plan.restarts:
            self.e[place] = None
            self.runs[place] = (None, self.runs.get(place, (None, None))[1])
        self._merge(plan)
        if plan.flags_held >= 0:
            for values, _, _, times in ((self.e, self.elo, self.ehi, self.eat), (self.l, self.llo, self.lhi, self.lat),
                                        *self._carried_frames()):  # fmt: skip
                values[plan.flags_held], times[plan.flags_held] = bool(event.held), at
            self.held = {program.layout.index[one.fact] for one in event.held}
        program.latch(self)
        outcome.contradictions = program.contradicted(self)
        if outcome.contradictions:
            self.contradicted.append((entry, outcome.contradictions))
        self._settle(outcome)
        rule = plan.ways.take(self) if plan.ways is not None else None
        source = outcome.source
        steps = 0
        while rule is not None or (rule := program.automatic.take(self)) is not None:
            self._enter(rule, source, outcome)
            source, rule = self.state, None
            steps += 1
            if steps > 50:
                raise RuntimeError(f"automatic transitions of {program.pathway.id} do not come to rest in {source}")
        return outcome

    def stands_complete(self, place: int) -> bool:
        """Whether what completes an advice stands in the record, whatever the last event was."""
        report = self.r, self.rlo, self.rhi
        self.r = self.rlo = self.rhi = self.blank
        complete = self.program.completes(place)(self)
        self.r, self.rlo, self.rhi = report
        return complete

    def force(self, places: Sequence[int], raised: dict[int, Raised]) -> None:
        """Keep advice in force that a correction would have taken away, until it is completed or acknowledged."""
        for place in places:
            if not self.active >> place & 1 and not self.program.completes(place)(self):
                self.active |= 1 << place
                self.raised_at[place] = raised[place]

    def _read_report(self, plan: EventPlan, event: Event) -> None:
        layout = self.program.layout
        index, own = layout.index, plan.own
        self.r = r = self.blank[:]
        self.refused = {index[one.fact] for one in event.held} if event.held else _NONE
        self.places = [index[name] for name, _ in event.given if name not in own]
        if plan.ranged:
            self.rlo, self.rhi = self.blank[:], self.blank[:]
            months = self.e[self.program.age]
            for name, value in event.given:
                place = index[name]
                r[place] = value
                if place in layout.ranged:
                    self.rlo[place], self.rhi[place] = layout.limits[place][months]
        else:
            self.rlo = self.rhi = self.blank
            for name, value in event.given:
                r[index[name]] = value
        for place in plan.records:
            r[place] = True
        for place, parts, whole, ratio in self.program.excesses:
            amounts = [r[part] for part in parts]
            if r[whole] is not None and None not in amounts:
                r[place] = sum(amounts) > r[whole] * ratio

    def _note_deviations(self, plan: EventPlan, outcome: Outcome) -> None:
        for order, happened, refused in plan.acts:
            if happened(self) and refused(self):
                overridden = (order.id, self.episode) in self.overrides
                self.overrides.discard((order.id, self.episode))
                outcome.deviations += (Deviation(order, self.entry, self.at, overridden),)  # type: ignore[arg-type]
        self.deviations.extend(outcome.deviations)

    def _merge(self, plan: EventPlan) -> None:
        if plan.authority is None:
            self._merge_into(plan, (self.e, self.elo, self.ehi, self.eat))
            self._merge_into(plan, (self.l, self.llo, self.lhi, self.lat))
            for frame in self._carried_frames():
                self._merge_into(plan, frame)
        else:
            self._merge_with_authority(plan)
        for place in plan.remembered:
            if (value := self.r[place]) is not None:
                if place in self.program.spans:
                    self._extend_spans(place, value)
                if place in self.program.highest:
                    assert self.at is not None
                    self.readings.setdefault(place, []).append((self.at, self.day, value))
                    self._capture_later(place, value)

    def _carried_frames(self) -> list[tuple[Values, Values, Values, Values]]:
        return list({id(frame): frame for frame in self.carried.values()}.values()) if self.carried else []

    def _merge_into(self, plan: EventPlan, target: tuple[Values, Values, Values, Values]) -> None:
        values, low, high, times = target
        r, at, yields = self.r, self.at, self.program.layout.yields
        if plan.replaces:
            for place in plan.fields:
                if r[place] is None and (place not in self.refused or plan.authority is not None):
                    values[place] = low[place] = high[place] = times[place] = None
        for place in self.places:
            value = r[place]
            if place in yields and yields[place].keeps(values[place], value):
                continue
            values[place], times[place] = value, at
            if plan.ranged:
                low[place], high[place] = self.rlo[place], self.rhi[place]
        for place in plan.records:
            values[place], times[place] = True, at

    def _merge_with_authority(self, plan: EventPlan) -> None:
        assert plan.authority is not None and plan.flags_on is not None and plan.lowers is not None
        authoritative = plan.authority(self)
        flagged = not authoritative and plan.flags_on(self)
        answers = plan.lowers(self)
        report = self.r
        for target in ((self.e, self.elo, self.ehi, self.eat), (self.l, self.llo, self.lhi, self.lat),
                       *self._carried_frames()):  # fmt: skip
            values, _, _, times = target
            self.r = values
            stands = not authoritative and plan.authority(self)
            self.r = report
            if not stands:
                self._merge_into(plan, target)
                self._compute_products(plan, values, times)
            if authoritative and answers:
                values[plan.raises], times[plan.raises] = False, self.at
            elif flagged:
                values[plan.raises], times[plan.raises] = True, self.at

    def _compute_products(self, plan: EventPlan, values: Values, times: Values) -> None:
        for place, left, right, factor in self.program.products:
            if place not in plan.fields:
                continue
            self.computed = self.computed - {place}
            if self.r[place] is None and self.r[right] is not None and values[left] is not None:
                if times[left] == self.at:
                    values[place], times[place] = values[left] * values[right] * factor, self.at
                    self.computed = self.computed | {place}

    def _extend_spans(self, fact: int, value: Value) -> None:
        for place, is_held, limit, seconds in self.program.spans[fact]:
            began, last = self.runs.get(place, (None, None))
            at = self.at
            assert at is not None
            if value >= limit:  # type: ignore[operator]  # spans are over amounts
                began = began or at
                if is_held:
                    self.e[place] = True if (at - began).total_seconds() >= seconds else None
                else:
                    self.e[place] = False
                self.runs[place] = (began, at)
            else:
                if is_held:
                    self.e[place] = False
                elif last is not None and (at - last).total_seconds() >= seconds:
                    self.e[place] = True
                self.runs[place] = (None, last)

    def _capture_later(self, source: int, value: Value) -> None:
        place = self.program.highest[source]
        if place not in self.captured_on:
            return
        held = self.e[place]
        if held is None or (self.day == self.captured_on[place] and value > held):
            self.e[place] = value

    def _enter(self, rule: Transition, source: str, outcome: Outcome) -> None:
        assert self.at is not None
        record = self.snapshot()
        record.state = source
        fired = Fired(rule, source, self.at, self.entry, record)
        outcome.fired.append(fired)
        self.history.append(fired)
        self.entered_at, self.entered_day = self.at, self.day
        if rule.closes is not None:
            self._close_episode(rule)
        for name in rule.renews:
            self._renew(self.program.layout.index[name])
        self.e[self.program.days] = 0
        if self.state in self.program.capturing:
            self._capture()
        self.program.latch(self)
        self._settle(outcome, closed=rule.closes is not None)

    def _capture(self) -> None:
        for place, source, entering, how in self.program.captures:
            if entering != self.state or place in self.captured_on:
                continue
            self.captured_on[place] = self.day
            if how == "value":
                self.e[place] = self.e[source]
            else:
                self.e[place] = max((value for _, _, value in self.readings.get(source, ())), default=None)

    def _renew(self, place: int) -> None:
        taken = self.eat[place]
        if taken is not None and self._day_of(taken) < self.day:
            self.e[place] = self.elo[place] = self.ehi[place] = self.eat[place] = None

    def _day_of(self, at: datetime) -> int:
        return at.astimezone(self.zone).toordinal()

    def _close_episode(self, rule: Transition) -> None:
        closing, program = rule.closes, self.program
        assert closing is not None
        before, low, high, times = self.e, self.elo, self.ehi, self.eat
        kept_frame = (before, low, high, times)
        for place in range(len(program.pathway.advice)):
            if self.active >> place & 1 and not self.old >> place & 1:
                self.carried[place] = kept_frame
        self.old |= self.active
        self.episode += 1
        self.e, self.elo, self.ehi, self.eat = (self.blank[:] for _ in range(4))
        kept = [program.layout.index[name] for name in closing.keeps]
        gone = {program.layout.index[name] for name, other in closing.unless if before[program.layout.index[other]]}
        kept = [place for place in kept if before[place] is True and place not in gone]
        if closing.keeps_day:
            kept += [
                place
                for place in range(program.layout.facts)
                if times[place] is not None and self._day_of(times[place]) == self.day
            ]
            # A latch that is met again today is of today, whenever it was first met.
            kept += [place for place, day in self.met_on.items() if day == self.day]
        kept += [*program.lasting, program.age]
        for place in kept:
            self.e[place], self.elo[place], self.ehi[place], self.eat[place] = (
                before[place], low[place], high[place], times[place],
            )  # fmt: skip
        self.latched_at = {place: when for place, when in self.latched_at.items() if place in kept}
        self.met_on = {place: day for place, day in self.met_on.items() if place in kept}
        self.captured_on = {}
        self.computed = self.computed & set(kept)
        self.readings = {
            source: [one for one in readings if closing.keeps_day and one[1] == self.day]
            for source, readings in self.readings.items()
        }

    def _settle(self, outcome: Outcome, *, closed: bool = False) -> None:
        program = self.program
        if self.old:
            self._settle_carried(outcome, closed=closed)
        up, done, gone = program.advise(self.state)(self)
        if not (up or done or gone):
            return
        self._end(done, outcome, completed=True)
        self._end(gone, outcome, completed=False)
        if up:
            self.active |= up
            outcome.raised |= up
            raised = Raised(self.at, self.day, self.entry)  # type: ignore[arg-type]  # set by move_clock
            for place in program.places(up):
                self.raised_at[place] = raised

    def _settle_carried(self, outcome: Outcome, *, closed: bool) -> None:
        """Advice from an episode that was closed: it stands if its ground does, else only if it outlives an episode."""
        program, pathway = self.program, self.program.pathway
        current = (self.e, self.elo, self.ehi, self.eat)
        for place in program.places(self.old):
            bit, advice = 1 << place, pathway.advice[place]
            if program.ground(place)(self) and not program.completes(place)(self):
                self.old &= ~bit
                self.carried.pop(place, None)
                continue
            if not program.surviving_mask & bit:
                if closed:
                    self._end(bit, outcome, completed=False)
                    if advice.until is not None:
                        outcome.left_undone |= bit
                        self.left_at[place] = self.at  # type: ignore[assignment]  # set by move_clock
                continue
            frame = self.carried[place]
            for lasting in (*program.lasting, program.age, program.days):
                frame[0][lasting] = self.e[lasting]
            for latched in self.latched_at:
                frame[0][latched] = self.e[latched]
            self.e, self.elo, self.ehi, self.eat = frame
            complete = program.completes(place)(self)
            self.e, self.elo, self.ehi, self.eat = current
            if complete:
                self._end(bit, outcome, completed=True)

    def _end(self, mask: int, outcome: Outcome, *, completed: bool) -> None:
        if not mask:
            return
        self.active &= ~mask
        self.old &= ~mask
        if completed:
            outcome.completed |= mask
        else:
            outcome.withdrawn |= mask
        for place in self.program.places(mask):
            self.carried.pop(place, None)
            self.raised_at.pop(place, None)
            if completed:
                self.completed_at[place] = self.at  # type: ignore[assignment]  # set by move_clock


def decided(guard: Guard, fold: Fold) -> bool | None:
    """Whether a guard is true, false or unknown (None) in a fold."""
    from pathway.model.guards import Not

    if fold.program.guard(guard)(fold):
        return True
    return False if fold.program.guard(Not(guard))(fold) else None
