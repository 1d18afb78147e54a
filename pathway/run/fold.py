"""Folding one event: the new record, state and advice. A log is folded through here, in the order of time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pathway.model.errors import BadInput
from pathway.run.held import contradicted_at_door, doubted_after, moving
from pathway.run.in_force import force, settle, settle_after
from pathway.run.outcome import Deviation, Fired, Outcome, Raised
from pathway.run.past import Past
from pathway.run.readings import capture
from pathway.run.record import Record
from pathway.run.setting_aside import bring_back, end_with_episode, set_aside
from pathway.run.simultaneous import together

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime, tzinfo

    from pathway.model.guards import Guard
    from pathway.model.rules import Transition
    from pathway.run.compiled import CompiledPathway
    from pathway.run.event_plan import EventPlan
    from pathway.run.held import Doubted
    from pathway.run.item import Item


class Fold:
    """A case while it is folded: its record, with the advice in force, and the overrides that wait for their act.

    Mutable; a `Course` owns it. `doubted` is what was held back and is not answered yet. A fold that is handed out also
    has `past`, the outcomes up to it; `beside`, the fold of the reading with the pending entries; and `lent`, the
    advice (a bit mask) that only that reading calls for.
    """

    __slots__ = ("beside", "compiled", "doubted", "lent", "overrides", "past", "record")

    def __init__(self, compiled: CompiledPathway, born: date, zone: tzinfo | None) -> None:
        self.compiled = compiled
        self.record = Record(compiled, born, zone)
        self.overrides: frozenset[str] = frozenset()
        self.doubted: tuple[Doubted, ...] = ()
        self.past = Past([], (0, 0))
        self.beside: Fold | None = None
        self.lent = 0

    @property
    def state(self) -> str:
        """The name of the state."""
        return self.record.state

    @property
    def active(self) -> int:
        """The advice in force, as a bit mask."""
        return self.record.active

    @property
    def aside(self) -> int:
        """The advice in force that is set aside, as a bit mask."""
        return self.record.aside

    @property
    def day(self) -> int:
        """The calendar day (ordinal) of the last event, or of the moment to which the clock was moved."""
        return self.record.day

    def copy(self) -> Fold:
        """A copy, which is folded on by itself."""
        other = Fold.__new__(Fold)
        other.compiled = self.compiled
        other.record = self.record.copy()
        other.overrides = self.overrides
        other.doubted = self.doubted
        other.past = self.past
        other.beside = self.beside
        other.lent = self.lent
        return other

    def at(self, moment: datetime) -> Fold:
        """The case as it is at a moment without an event: a copy whose clock was moved."""
        other = self.copy()
        other.move_to(moment)
        return other

    def move_to(self, moment: datetime) -> None:
        """Move the clock to a moment without an event."""
        untouched = self.record.at is None
        self.record.move_clock(moment)
        if untouched:
            self.compiled.latch(self.record)
            settle(self.record, Outcome(self.state, "", moment, self.record.day))

    @property
    def episode(self) -> int:
        """The number of the episode, from 1."""
        return self.past.episode()

    def calling_for(self, place: int) -> Fold:
        """The reading that calls for an advice in force: this one, or the one with what is pending."""
        return self.beside if self.beside is not None and self.lent >> place & 1 else self

    def raised_at(self, mask: int) -> dict[int, Raised]:
        """Since when advice is in force, by place, for the bits of `mask`. All of that advice is in force."""
        found = self.past.raised_at(mask & ~self.lent)
        if self.beside is not None:
            found |= self.beside.past.raised_at(mask & self.lent)
        if len(found) < mask.bit_count():
            # Time alone has raised this advice: nothing has happened yet.
            assert self.record.at is not None
            first = Raised(self.record.at, self.record.day, "")
            found |= {place: first for place in self.compiled.places(mask) if place not in found}
        return found

    def holds(self, guard: Guard) -> bool:
        """Whether a guard is known to be true."""
        return self.compiled.guard(guard)(self.record)

    def awaits(self) -> tuple[str, ...]:
        """The awaited facts: unknown facts of the ways out and of urgent advice, and missing counts."""
        compiled, record = self.compiled, self.record
        state = record.state
        return compiled.names_of(compiled.awaits[state](record) or compiled.revised[state](record))

    def decided(self, guard: Guard) -> bool | None:
        """Whether a guard is true, false or unknown (None)."""
        return self.compiled.decided(guard, self.record)

    def stands_complete(self, place: int) -> bool:
        """Whether an advice is complete by the record alone, without the report of the last event."""
        record = self.record
        report, record.report = record.report, record.silence
        complete = self.compiled.completes(place)(record)
        record.report = report
        return complete

    def lapses(self, place: int) -> bool:
        """Whether an advice has lost its object."""
        lapses = self.compiled.pathway.advice[place].lapses
        return lapses is not None and self.holds(lapses)

    def apply(self, items: Sequence[Item]) -> Outcome | None:
        """Fold in the items of one batch, after all earlier items.

        Several items are reports of one kind for one moment. An item that changes nothing yet, such as an override, has
        no outcome. Raises `BadInput` where automatic transitions do not come to rest; the fold is of no use then.
        """
        item = items[0]
        record, event = self.record, item.event
        if event is None:
            return self._keep(item)
        compiled = self.compiled
        if event.held or self.doubted or len(items) > 1:
            self.doubted = doubted_after(self.doubted, items)
            counting = moving(items)
            if not counting:
                return Outcome.idle(record.state, items[-1].entry, item.at)
            items, event = counting, counting[0].event
            assert event is not None
        plan = compiled.plans[event.name]
        after = compiled.after[event.name]
        latch = compiled.latch if record.at is None else after.latch
        # Where the case was at rest, only the rules that the event may change are read.
        rested = record.settled and not record.old and len(items) == 1
        record.move_clock(item.at)
        if compiled.forgetting and compiled.forgetting.forget(record):
            rested, latch = False, compiled.latch
        outcome = Outcome(record.state, items[-1].entry, item.at, record.day)
        unclear: tuple[int, ...] = ()
        if len(items) > 1:
            event, outcome.differing, unclear = together(record, plan, items)
            if plan.acts and outcome.differing:
                # An act in one of the reports has happened, even where another report differs.
                for report in items:
                    assert report.event is not None
                    record.read(plan, report.event)
                    self._note_deviations(plan, outcome)
        if event.held:
            outcome.differing += contradicted_at_door(event, compiled.pathway)
        record.read(plan, event)
        if plan.acts:
            self._note_deviations(plan, outcome)
        if plan.clears or plan.restarts or plan.ends:
            record.clear(plan)
        record.merge(plan, event, unclear)
        latch(record)
        if after.contradicted is not None and (mask := after.contradicted(record)):
            outcome.contradictions = mask
        if rested:
            settle_after(record, outcome, after)
        else:
            settle(record, outcome)
        self._bring_back(items, outcome)
        source, take = record.state, compiled.automatic.take
        rule = None if plan.ways is None else plan.ways.take(record)
        if rule is None and not (rested and not after.may_move[source]):
            rule = take(record)
        while rule is not None:
            self._enter(rule, source, outcome)
            self._bring_back(items, outcome)
            source, rule = record.state, take(record)
            if rule is not None and len(outcome.fired) >= compiled.most_transitions:
                raise BadInput(
                    f"{plan.event}: transitions of {compiled.pathway.id} do not come to rest: "
                    f"{', '.join(fired.transition.id for fired in outcome.fired[-3:])}, ...; nothing was recorded"
                )
        if record.latched:
            outcome.latched, record.latched = tuple(record.latched), []
        return outcome

    def _enter(self, rule: Transition, source: str, outcome: Outcome) -> None:
        record = self.record
        assert record.at is not None
        outcome.fired.append(Fired(rule, source, record.at, outcome.entry, record.snapshot(source)))
        if rule.closes is not None:
            record.close_episode(rule.closes)
            if record.answers or record.told:
                end_with_episode(record, outcome)
            # An override covers an act of its own episode only.
            self.overrides = frozenset()
        for name in rule.renews:
            record.renew(self.compiled.layout.index[name])
        record.enter()
        if record.state in self.compiled.capturing:
            capture(record)
        self.compiled.latch(record)
        settle(record, outcome)

    def _bring_back(self, items: Sequence[Item], outcome: Outcome) -> None:
        recalls = any(item.recalls for item in items)
        # What was told is forgotten with the advice, also by an event that was recorded before any setting aside.
        if recalls or self.record.answers or self.record.told:
            bring_back(self.record, outcome, max(item.said for item in items), recalls=recalls)

    def _keep(self, item: Item) -> Outcome | None:
        """Fold in an override, advice that is kept in force, or advice that is set aside."""
        if item.order:
            self.overrides |= {item.order}
        elif item.aside is not None:
            set_aside(self.record, item.aside)
        elif item.raised:
            forced = force(self.record, item.raised)
            if forced:
                outcome = Outcome(self.record.state, "", item.at, self.record.day)
                outcome.forced = {place: item.raised[place] for place in forced}
                return outcome
        return None

    def _note_deviations(self, plan: EventPlan, outcome: Outcome) -> None:
        record = self.record
        noted = {deviation.order.id for deviation in outcome.deviations}
        for order, happened, refused in plan.acts:
            if order.id not in noted and happened(record) and refused(record):
                overridden = order.id in self.overrides
                # An override covers one act.
                self.overrides -= {order.id}
                assert record.at is not None
                outcome.deviations += (Deviation(order, outcome.entry, record.at, overridden),)
