"""A case: one child's way through a pathway, as a fold over its log."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from pathway.model.errors import BadInput, one_line
from pathway.model.pathway import Pathway
from pathway.run.admission import admit, append, take
from pathway.run.answers import NextEvent, Override, Reason, Verdict, WhyNot
from pathway.run.case_json import read_case, write_case
from pathway.run.compiled import compiled
from pathway.run.desk import Desk
from pathway.run.explain import Explainer
from pathway.run.log import Overridden, SetAside
from pathway.run.moments import zone_named
from pathway.run.plan import Plan
from pathway.run.step import step_after, step_of
from pathway.run.timeline import Timeline

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pathway.model.events import Event, TypedEvent
    from pathway.run.log import Entry
    from pathway.run.outcome import Deviation, Fired
    from pathway.run.step import Step


class Case:
    """One child's case, driven by events.

    `born` is the date of birth, `timezone` the name of the zone in which calendar days are counted. Nothing here
    reads a clock: every moment is passed in, as an aware datetime. A case is for one thread at a time; it can be
    copied, and pickled for another process. Wrong input raises `BadInput`, and then nothing is recorded.
    """

    __slots__ = ("_compiled", "_desk", "born", "pathway", "timeline", "timezone", "zone")

    def __init__(self, pathway: Pathway, *, born: date, timezone: str = "UTC") -> None:
        if isinstance(born, datetime) or not isinstance(born, date):
            raise BadInput(f"born: {one_line(repr(born))} is no date; write for example 2024-12-22")
        if not 1900 <= born.year <= 2200:
            raise BadInput(f"born: {born.isoformat()} is no date of birth; write for example 2024-12-22")
        if not isinstance(pathway, Pathway):
            raise BadInput(f"pathway: {one_line(repr(pathway))} is no pathway")
        self.pathway = pathway
        self.born = born
        self.timezone = timezone
        self.zone = zone_named(timezone)
        self._compiled = compiled(pathway)
        self.timeline = Timeline(self._compiled, born, self.zone)
        self._desk = Desk(pathway, born, self.zone, self.timeline.ledger)

    # --- as it stands -------------------------------------------------------------------------------------------------

    @property
    def state(self) -> str:
        """The name of the state that the case is in."""
        return self.timeline.end.state

    @property
    def episode(self) -> int:
        """The number of the current episode, from 1."""
        return self.timeline.end.episode

    @property
    def log(self) -> tuple[Entry, ...]:
        """All entries, in the order in which they were recorded."""
        return tuple(self.timeline.ledger.entries)

    @property
    def history(self) -> tuple[Fired, ...]:
        """The transitions that were taken, in the order of time."""
        return tuple(self.timeline.end.past.history())

    @property
    def advice(self) -> tuple[str, ...]:
        """The ids of the advice in force after the last event, in the order of the definition."""
        end = self.timeline.end
        return tuple(advice.id for advice in self._compiled.advice_of(end.active & ~end.aside))

    @property
    def deviations(self) -> tuple[Deviation, ...]:
        """The acts that happened although their orders would have been refused."""
        return tuple(self.timeline.end.past.deviations())

    @property
    def pending(self) -> tuple[Entry, ...]:
        """The entries that wait for acknowledgement because they would take urgent advice away."""
        return self.timeline.ledger.pending

    def to_review(self, entry: str) -> tuple[str, ...]:
        """The entries of acts and overrides that may rest on what `entry` changed: at or after that moment."""
        return self.timeline.ledger.to_review(self.timeline.ledger.entry(entry, "review"))

    def moved(self, entry: str) -> tuple[datetime, bool]:
        """When the event of an entry happened, as that entry says; and whether a correction moved the event there."""
        ledger = self.timeline.ledger
        return ledger.moved(entry), ledger.is_moved(entry)

    def value(self, fact: str) -> Any:
        """The value of a fact or derived fact in the current episode; None where it is unknown."""
        self.pathway.fact_or_derived(fact)
        if fact not in self._compiled.layout.index:
            raise BadInput(f"{fact}: a word for display, which the plan shows; it has no value in the record")
        return self.timeline.end.record.episode.values[self._compiled.layout.index[fact]]

    # --- what happens -------------------------------------------------------------------------------------------------

    def record(
        self,
        event: Event | TypedEvent,
        *,
        at: datetime,
        by: str = "",
        id: str = "",
        now: datetime | None = None,
    ) -> Step:
        """Record an event; the step says what it did.

        `at` is when the event happened: when the sample was taken, the finding made. `now`, where it is given, is the
        moment that `at` may not exceed. `id` names the entry. Recording late is no fault: the case is folded in the
        order in which events happened. A late result that would take urgent advice away is kept as proposed until it is
        acknowledged.
        """
        timeline, entry = self.timeline, self._desk.reported(event, at, by, id, now)
        outcome = append(timeline, entry)
        return (
            step_of(timeline, admit(timeline, entry)) if outcome is None else step_after(entry, outcome, timeline.now)
        )

    def correct(
        self, target: str, event: Event | TypedEvent, *, at: datetime, by: str = "", taken_at: datetime | None = None,
        id: str = "", now: datetime | None = None,
    ) -> Step:  # fmt: skip
        """Correct the entry `target`: the corrected event counts from the start.

        `at` is when the correction came; `taken_at` moves the event to another moment.

        A correction that adds urgency counts at once; one that would take urgent advice away stays proposed until a
        clinician acknowledges it. Refused: an unknown, withdrawn or already corrected entry, another kind of event.
        """
        entry = self._desk.corrected(target, event, at=at, by=by, taken_at=taken_at, id=id, now=now)
        return step_of(self.timeline, take(self.timeline, entry))

    def withdraw(
        self,
        target: str,
        *,
        at: datetime,
        by: str = "",
        reason: str = "",
        id: str = "",
        now: datetime | None = None,
    ) -> Step:
        """Withdraw an entry, as if it had never been recorded. Waits where that would take urgent advice away."""
        entry = self._desk.withdrawn(target, at=at, by=by, reason=reason, id=id, now=now)
        return step_of(self.timeline, take(self.timeline, entry))

    def acknowledge(self, target: str, *, at: datetime, by: str, id: str = "", now: datetime | None = None) -> Step:
        """A named clinician acknowledges a change that takes urgent advice away; from then on it counts.

        `target` is the entry that waits, or the entry that it would change.
        """
        entry = self._desk.acknowledged(target, at=at, by=by, id=id, now=now)
        return step_of(self.timeline, take(self.timeline, entry))

    def set_aside(
        self, advice: str, *, at: datetime, by: str, reason: str, id: str = "", now: datetime | None = None
    ) -> Step:
        """A named clinician sets urgent advice aside, with a reason: it leaves the plan, and is listed as set aside.

        It answers what was recorded before it. The advice comes back when a later report makes its ground true by what
        that report says. Refused: advice that the plan at that moment does not ask for, or that is not urgent.
        """
        at = self._desk.moment(at, now, "set_aside")
        entry = self._desk.set_aside(advice, at=at, by=by, reason=reason, id=id)
        self._check_asked_for(entry)
        return step_of(self.timeline, take(self.timeline, entry))

    def propose(
        self, order: str, *, at: datetime, override: Override | None = None, id: str = "", now: datetime | None = None
    ) -> Verdict:
        """The verdict on an order at a moment. Asking records nothing.

        With `override`, a refused order is given in spite of the refusal, and that is kept in the log.
        """
        rule = self.pathway.order(order)
        at = self._desk.moment(at, now, order)
        if override is not None:
            self._desk.checked_override(override, order)
        verdict = Explainer(self.timeline.at(at)).verdict(rule)
        if override is None or verdict.verdict != "refused":
            return verdict
        take(self.timeline, self._desk.overridden(order, override, at=at, id=id))
        return Verdict(
            verdict.order, verdict.verdict, verdict.words, verdict.findings, verdict.awaits,
            (*verdict.cites, *self.pathway.override_cites), override,
        )  # fmt: skip

    def repeat(self, entry: Entry) -> None:
        """Record an entry of a log again, under its id. An override of an order that is not refused here is left out.

        Whether the entry waits, and which advice it keeps in force, is decided anew. Raises `BadInput` where the entry
        cannot be recorded.
        """
        made = self._desk.again(entry)
        if isinstance(made, Overridden) and not self._refuses(made):
            return
        if isinstance(made, SetAside):
            self._check_asked_for(made)
        take(self.timeline, made)

    # --- what to do, and why ------------------------------------------------------------------------------------------

    def plan(self, *, at: datetime) -> Plan:
        """The plan at a moment, with the events up to then: what to do, what not to do, what is awaited, and why."""
        at = self._desk.moment(at, None, "plan")
        timeline = self.timeline
        view, count = timeline.view(), len(timeline.ledger.entries)
        pending = tuple(entry.id for entry in self.pending if entry.at <= at)
        return Plan(view.at(at), at.astimezone(self.zone), pending, view.at, lambda: self._first(count))

    def why(self, target: str | None = None, *, at: datetime | None = None) -> tuple[Reason, ...]:
        """Why the case is in its state (the transitions of the last event that moved it), or why `target` holds.

        `target`: the current state, an advice in force, or an order. Empty where the target does not hold.
        """
        return self._explainer(at).why(target)

    def why_not(self, target: str, *, at: datetime | None = None) -> WhyNot:
        """Why a state is not reached, an advice is not in force, or an order is not permitted."""
        return self._explainer(at).why_not(target)

    def next_events(self, *, at: datetime | None = None) -> tuple[NextEvent, ...]:
        """The events that would report awaited facts or move the case on, with their fields."""
        return self._explainer(at).next_events()

    def what_if(self, event: Event | TypedEvent, *, at: datetime) -> Step:
        """The step that recording an event would give. The case stays as it is."""
        return self.copy().record(event, at=at)

    def copy(self) -> Case:
        """Another case with the same log."""
        return Case.of_log(self.pathway, born=self.born, timezone=self.timezone, entries=self.timeline.ledger.entries)

    def __reduce__(self) -> tuple[Any, ...]:
        return _unpickled, (self.pathway, self.born, self.timezone, self.to_json())

    @classmethod
    def of_log(cls, pathway: Pathway, *, born: date, timezone: str, entries: Iterable[Entry]) -> Case:
        """The case of a log that was recorded before: its entries are trusted to follow from one another.

        `from_json` is for logs from outside, which are checked entry by entry.
        """
        case = cls(pathway, born=born, timezone=timezone)
        case.timeline.extend(list(entries))
        return case

    # --- to and from JSON ---------------------------------------------------------------------------------------------

    def to_json(self) -> str:
        """The case as JSON: pathway, child, log. Deterministic; `from_json` reads the same case back."""
        return write_case(self.pathway, self.born, self.timezone, self.timeline.ledger.entries)

    @classmethod
    def from_json(cls, text: str, pathway: Pathway) -> Case:
        """The case that `to_json` wrote. Raises `BadInput` for another pathway, and for impossible entries."""
        born, timezone, entries = read_case(text, pathway)
        case = cls(pathway, born=born, timezone=timezone)
        for entry in entries:
            case.repeat_exactly(entry)
        return case

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Case):
            return NotImplemented
        return (
            (self.born, self.timezone) == (other.born, other.timezone)
            and self.timeline.ledger.entries == other.timeline.ledger.entries
            and (self.pathway is other.pathway or self.pathway.digest == other.pathway.digest)
        )  # fmt: skip

    __hash__ = None  # type: ignore[assignment]  # a case changes

    def __repr__(self) -> str:
        return f"<Case {self.pathway.id} {self.state}, {len(self.timeline.ledger.entries)} entries>"

    # --- inside -------------------------------------------------------------------------------------------------------

    def _explainer(self, at: datetime | None) -> Explainer:
        if at is not None:
            return Explainer(self.timeline.at(self._desk.moment(at, None, "why")))
        last = self.timeline.last
        return Explainer(self.timeline.end if last is None else self.timeline.at(last[0]))

    def _check_asked_for(self, entry: SetAside) -> None:
        fold = self.timeline.at(entry.at)
        bit = 1 << self._compiled.place_of[entry.advice]
        if fold.aside & bit:
            raise BadInput(f"set_aside: {entry.advice} is set aside already")
        if not fold.active & bit:
            asked = fold.active & ~fold.aside & self._compiled.now_mask
            urgent = ", ".join(advice.id for advice in self._compiled.advice_of(asked)) or "nothing"
            raise BadInput(f"set_aside: the plan does not ask for {entry.advice} then; urgent is {urgent}")

    def _refuses(self, override: Overridden) -> bool:
        return self.timeline.at(override.at).holds(self.pathway.order(override.order).refused)

    def repeat_exactly(self, entry: Entry) -> None:
        """Record an entry that was read from outside; `BadInput` where a case could not have recorded it so."""
        entries = self.timeline.ledger.entries
        count = len(entries)
        try:
            self.repeat(entry)
        except BadInput as fault:
            raise fault.at(f"entry {entry.id}") from None
        if len(entries) != count + 1 or entries[-1] != entry:
            raise BadInput(f"entry {entry.id}: it could not have been recorded so after the entries before it")

    def _first(self, count: int) -> Case:
        """The case of the first entries of its log."""
        entries = self.timeline.ledger.entries[:count]
        return Case.of_log(self.pathway, born=self.born, timezone=self.timezone, entries=entries)


def _unpickled(pathway: Pathway, born: date, timezone: str, text: str) -> Case:
    return Case.of_log(pathway, born=born, timezone=timezone, entries=read_case(text, pathway)[2])
