"""The known facts of a child, and how a report changes them. The record knows no rule; guards read the record."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from pathway.model.values import least, most
from pathway.run.frame import Frame, Stamp, Values
from pathway.run.kept_readings import Kept, end, of_next_episode
from pathway.run.moments import completed_months
from pathway.run.outcome import Snapshot
from pathway.run.readings import Highest, is_excess, of_today, remember

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet
    from datetime import date, datetime, tzinfo

    from pathway.model.events import Event
    from pathway.model.facts import Value
    from pathway.model.rules import Closing
    from pathway.run.compiled import CompiledPathway
    from pathway.run.event_plan import EventPlan
    from pathway.run.outcome import Aside

_NONE: frozenset[int] = frozenset()
ZERO = Decimal(0)


class Record:
    """The facts of a case while it is folded: mutable, and private to the fold that owns the record.

    `episode`, `latest` and `report` are the scopes in which guards read facts. `carried` holds, by advice, the frame of
    the closed episode in which advice that is still in force was raised. `active` is a bit mask of all advice in force,
    `old` a bit mask of the advice from closed episodes; `settled` says that the advice is in line with the facts.
    `aside` is a bit mask of the advice in force that is set aside, and `answers` the last setting aside of each advice
    in the episode. `told` is by advice the number of the last entry, recorded after a setting aside, that tells its
    ground. `latched` are the places that were latched since the list was last emptied.
    """

    __slots__ = (
        "_blank", "active", "answers", "aside", "at", "born", "captured_on", "carried", "compiled", "day",
        "entered_day", "episode", "given", "held", "highest", "kept", "latched", "latest", "met_on", "months", "old",
        "recent", "refused", "report", "runs", "settled", "silence", "stamp", "state", "told", "zone",
    )  # fmt: skip

    def __init__(self, compiled: CompiledPathway, born: date, zone: tzinfo | None) -> None:
        """`zone` None stands for UTC, where a moment needs no conversion."""
        self.compiled = compiled
        self.born = born
        self.zone = zone
        self.state = compiled.pathway.initial
        self.active = 0
        self.old = 0
        self.aside = 0
        self.answers: dict[int, Aside] = {}
        self.told: dict[int, int] = {}
        self.settled = False
        self.silence = compiled.silence
        self._blank: Values = self.silence.values
        self.episode = self.silence.copy()
        self.latest = self.silence.copy()
        self.report = self.silence
        self.given: list[tuple[int, Value]] = []
        self.refused: AbstractSet[int] = _NONE
        self.held: AbstractSet[int] = _NONE
        self.at: datetime | None = None
        self.day = 0
        self.stamp: Stamp | None = None
        self.months = 0
        self.entered_day = 0
        self.carried: dict[int, Frame] = {}
        self.latched: list[int] = []
        self.met_on: dict[int, int] = {}
        self.runs: dict[int, tuple[datetime | None, datetime | None]] = {}
        self.kept: dict[int, Kept] = {}
        self.recent: dict[int, tuple[datetime, ...]] = {}
        self.highest: dict[int, Highest] = {}
        self.captured_on: dict[int, int] = {}

    def copy(self) -> Record:
        """A copy, which changes by itself."""
        other = Record.__new__(Record)
        other._blank = self._blank
        other.active = self.active
        other.aside = self.aside
        other.answers = self.answers.copy()
        other.at = self.at
        other.born = self.born
        other.compiled = self.compiled
        other.day = self.day
        other.entered_day = self.entered_day
        other.given = self.given
        other.held = self.held
        other.months = self.months
        other.old = self.old
        other.refused = self.refused
        other.report = self.report
        other.settled = self.settled
        other.silence = self.silence
        other.stamp = self.stamp
        other.state = self.state
        other.told = self.told.copy()
        other.zone = self.zone
        other.episode = self.episode.copy()
        other.latest = self.latest.copy()
        other.latched = []
        other.met_on = self.met_on.copy()
        other.runs = self.runs.copy()
        other.kept = self.kept.copy()
        other.recent = self.recent.copy()
        other.highest = self.highest.copy()
        other.captured_on = self.captured_on.copy()
        frames = {id(frame): frame.copy() for frame in self.carried.values()} if self.carried else {}
        other.carried = {place: frames[id(frame)] for place, frame in self.carried.items()}
        return other

    def snapshot(self, state: str) -> Snapshot:
        """The record as it is now, in a state, for explanations."""
        return Snapshot(
            state, self.active, self.old, self.episode.shown(), self.latest.shown(), self.report, self.months
        )

    def end(self, mask: int) -> None:
        """End the advice whose bits are set."""
        self.active &= ~mask
        self.old &= ~mask
        self.aside &= ~mask
        if self.carried:
            for place in self.compiled.places(mask):
                self.carried.pop(place, None)

    def carried_frames(self) -> list[Frame]:
        """The frames of closed episodes, each once."""
        return list({id(frame): frame for frame in self.carried.values()}.values()) if self.carried else []

    # --- time ---------------------------------------------------------------------------------------------------------

    def move_clock(self, at: datetime) -> None:
        """Bring the facts that follow from time (age, days in the state) to a moment."""
        zone = self.zone
        local = at if zone is None else at.astimezone(zone)
        day = local.toordinal()
        compiled = self.compiled
        # Where a clock is put back at midnight a calendar day comes again: the day of a record never goes back.
        if day > self.day or self.at is None:
            if self.at is None:
                self.entered_day = day
            self.day = day
            self.months = completed_months(self.born, local)
            values = self.episode.values
            values[compiled.age] = self.months
            values[compiled.days] = day - self.entered_day
        self.at = at

    def count_days_from(self, day: int) -> None:
        """Count the days in the state from another calendar day (ordinal) on."""
        self.entered_day = day
        self.episode.values[self.compiled.days] = self.day - day

    def enter(self) -> None:
        """Count the days in a state that was entered just now."""
        self.entered_day = self.day
        self.episode.values[self.compiled.days] = 0

    # --- a report -----------------------------------------------------------------------------------------------------

    def read(self, plan: EventPlan, event: Event) -> None:
        """Take an event as the report at hand: its values, the fields that were held back, its reference limits."""
        layout = self.compiled.layout
        index, own = layout.index, plan.own
        assert self.at is not None
        self.stamp = (self.at, self.day)
        values = self._blank[:]
        low, high = self.silence.low, self.silence.high
        self.refused = {index[field.fact] for field in event.held} if event.held else _NONE
        self.given = given = []
        for name, value in event.given:
            place = index[name]
            values[place] = value
            if place not in own:
                given.append((place, value))
        for place, part, whole, less in plan.bounds:
            doubted = any(field.exceeds == self.compiled.layout.names[whole] for field in event.held)
            if values[whole] is not None and values[part] is None and not doubted:
                rest = most(values[whole]) - least(values[less] or ZERO)
                if rest.is_finite():
                    values[place] = max(rest, ZERO)
                    given.append((place, values[place]))
        if plan.ranged:
            low, high, months, ranged = low[:], high[:], self.months, layout.ranged
            for place, _ in given:
                if place in ranged:
                    limit = ranged[place]
                    low[limit], high[limit] = layout.limits[place][months]
        for place in plan.records:
            values[place] = True
            given.append((place, True))
        for place, parts, whole, ratio in plan.excesses:
            values[place] = is_excess([values[part] for part in parts], values[whole], ratio)
        self.report = Frame(values, low, high, self._blank)

    def clear(self, plan: EventPlan) -> None:
        """End what an event ends, and begin the spans anew that the event restarts."""
        for place in plan.clears:
            self.episode.values[place] = None
            self.met_on.pop(place, None)
        for place in plan.restarts:
            self.episode.values[place] = None
            self.runs[place] = (None, None)
            self.recent.pop(place, None)
        end(self, plan.ends)

    def merge(self, plan: EventPlan, event: Event, unclear: Sequence[int] = ()) -> None:
        """Take the report at hand into every frame; facts at the places `unclear` become unknown."""
        if plan.is_plain and not self.carried and not unclear:
            self._merge_plainly()
            return
        frames = [self.episode, self.latest, *self.carried_frames()] if self.carried else (self.episode, self.latest)
        if plan.authority is None:
            for frame in frames:
                self._merge_into(plan, frame)
        else:
            self._merge_with_authority(plan, frames)
        for place in unclear:
            for frame in frames:
                frame.forget(place, self.compiled.layout.ranged.get(place))
        if plan.remembered:
            remember(self, plan)
        if plan.flags_held is not None:
            for frame in frames:
                frame.values[plan.flags_held], frame.when[plan.flags_held] = bool(event.held), self.stamp
            self.held = self.refused

    def _merge_plainly(self) -> None:
        """Take the values of an event that needs nothing else, as most events do."""
        stamp, episode, latest = self.stamp, self.episode, self.latest
        values, when, last, last_when = episode.values, episode.when, latest.values, latest.when
        for place, value in self.given:
            values[place] = last[place] = value
            when[place] = last_when[place] = stamp

    def _merge_into(self, plan: EventPlan, frame: Frame) -> None:
        values, when, stamp, ranged = frame.values, frame.when, self.stamp, self.compiled.layout.ranged
        if plan.replaces:
            report = self.report.values
            for place in plan.fields:
                # A field that was held back leaves the earlier value, except where the kind of report has an authority.
                if report[place] is None and (place not in self.refused or plan.authority is not None):
                    frame.forget(place, ranged.get(place))
        for place, part, _, _ in plan.bounds:
            if self.report.values[part] is not None:
                frame.forget(place, ranged.get(place))
        if plan.yields:
            yields = self.compiled.layout.yields
            for place, value in self.given:
                if place not in yields or not yields[place].keeps(values[place], value):
                    values[place] = value
                    when[place] = stamp
        else:
            for place, value in self.given:
                values[place] = value
                when[place] = stamp
        if plan.ranged:
            low, high, lows, highs = frame.low, frame.high, self.report.low, self.report.high
            for place, _ in self.given:
                if place in ranged:
                    limit = ranged[place]
                    low[limit] = lows[limit]
                    high[limit] = highs[limit]

    def _merge_with_authority(self, plan: EventPlan, frames: list[Frame] | tuple[Frame, ...]) -> None:
        assert plan.authority is not None and plan.flags_on is not None and plan.lowers is not None
        authoritative = plan.authority(self)
        flagged = not authoritative and plan.flags_on(self)
        answers = plan.lowers(self)
        report = self.report
        for frame in frames:
            # Whether the report in a frame had authority is read as if that report were at hand.
            self.report = frame
            stands = not authoritative and plan.authority(self)
            self.report = report
            if not stands:
                self._merge_into(plan, frame)
                self._compute_products(plan, frame)
            if authoritative and answers:
                frame.values[plan.raises], frame.when[plan.raises] = False, self.stamp
            elif flagged:
                frame.values[plan.raises], frame.when[plan.raises] = True, self.stamp

    def _compute_products(self, plan: EventPlan, frame: Frame) -> None:
        report, values, when = self.report.values, frame.values, frame.when
        for place, left, right, factor in self.compiled.products:
            if place not in plan.fields:
                continue
            frame.computed -= {place}
            stamp = when[left]
            if report[place] is None and isinstance(report[right], Decimal) and isinstance(values[left], Decimal):
                if stamp is not None and stamp[0] == self.at:
                    values[place], when[place] = values[left] * values[right] * factor, self.stamp
                    frame.computed |= {place}

    # --- episodes -----------------------------------------------------------------------------------------------------

    def renew(self, place: int) -> None:
        """Make a fact unknown whose value is older than this calendar day."""
        bounds = [bound for bound, (part, _, _) in self.compiled.bounds.items() if part == place]
        for old in (place, *bounds):
            stamp = self.episode.when[old]
            if stamp is not None and stamp[1] < self.day:
                self.episode.forget(old, self.compiled.layout.ranged.get(old))

    def close_episode(self, closing: Closing) -> None:
        """Begin a new episode, which holds the facts that the closing transition keeps."""
        compiled, index, before, today = self.compiled, self.compiled.layout.index, self.episode, self.day
        for place in compiled.places(self.active & ~self.old):
            self.carried[place] = before
        self.old |= self.active
        gone = {index[name] for name, other in closing.unless if before.values[index[other]]}
        kept = [place for name in closing.keeps if before.values[place := index[name]] is True and place not in gone]
        if closing.keeps_day:
            whens = before.when
            places = (*range(compiled.layout.facts), *compiled.bounds)
            kept += [place for place in places if (stamp := whens[place]) is not None and stamp[1] == today]
            # A latch that is met again today is of today, whenever it was first met.
            kept += [place for place, day in self.met_on.items() if day == today]
        kept += compiled.lasting
        kept.append(compiled.age)
        self.episode = self.silence.copy()
        for place in kept:
            self.episode.take(place, compiled.layout.ranged.get(place), before)
        self.met_on = {place: day for place, day in self.met_on.items() if place in kept}
        self.captured_on = {}
        self.kept = of_next_episode(self.kept)
        self.highest = of_today(self.highest, today) if closing.keeps_day else {}
