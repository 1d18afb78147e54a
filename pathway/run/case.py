"""A case: one child's way through a pathway, as a fold over its log."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from attrs import evolve

from pathway.model.errors import BadInput, one_line
from pathway.model.events import Event, TypedEvent
from pathway.model.pathway import Pathway
from pathway.run.answers import NextEvent, Override, Reason, Verdict, WhyNot
from pathway.run.explain import Explainer
from pathway.run.fold import Fold, Raised
from pathway.run.ledger import Item, Ledger
from pathway.run.log import Entry, aware, entry_from_json, moment, zone_named
from pathway.run.plan import Plan, make_plan
from pathway.run.program import program_of
from pathway.run.step import Change, Step
from pathway.run.waiting import excuse, stand_beside, told_of_both

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pathway.run.fold import Deviation, Fired, Outcome

LOG_FORMAT = 1


class Case:
    """One child's case, driven by events.

    `born` is the date of birth, `timezone` the name of the zone in which calendar days are counted. Nothing here
    reads a clock: every moment is passed in, as an aware datetime. A case is for one thread at a time. Everything
    that is wrong with what is passed in raises `BadInput`, and then nothing is recorded.
    """

    __slots__ = (
        "_fold", "_last", "_ledger", "_oldest", "_program", "born", "pathway",
        "timezone", "zone",
    )  # fmt: skip

    def __init__(self, pathway: Pathway, *, born: date, timezone: str = "UTC") -> None:
        if isinstance(born, datetime) or not isinstance(born, date):
            raise BadInput(f"born: {born!r} is no date; write for example 2024-12-22")
        if not 1900 <= born.year <= 2200:
            raise BadInput(f"born: {born.isoformat()} is no date of birth; write for example 2024-12-22")
        if not isinstance(pathway, Pathway):
            raise BadInput(f"pathway: {one_line(repr(pathway))} is no pathway")
        self.pathway = pathway
        self.born = born
        self.timezone = timezone
        self.zone = zone_named(timezone)
        self._program = program_of(pathway)
        self._oldest = _years_after(born, pathway.oldest_years)
        self._ledger = Ledger(self._program)
        self._last: tuple[datetime, tuple[int, int]] | None = None
        self._start()

    # --- what is so -------------------------------------------------------------------------------------------

    @property
    def state(self) -> str:
        """The name of the state that the case is in."""
        return self._fold.state

    @property
    def episode(self) -> int:
        """The number of the current episode, from 1."""
        return self._fold.episode

    @property
    def log(self) -> tuple[Entry, ...]:
        """All entries, in the order in which they were recorded."""
        return tuple(self._ledger.entries)

    @property
    def history(self) -> tuple[Fired, ...]:
        """The transitions that were taken, in the order of time."""
        return tuple(self._fold.history)

    @property
    def advice(self) -> tuple[str, ...]:
        """The ids of the advice in force after the last event, in the order of the definition."""
        return tuple(one.id for one in self._program.advice_of(self._fold.active))

    @property
    def deviations(self) -> tuple[Deviation, ...]:
        """The acts that happened although their orders would have been refused."""
        return tuple(self._fold.deviations)

    @property
    def pending(self) -> tuple[Entry, ...]:
        """The entries that wait for acknowledgement because they would take urgent advice away."""
        return self._ledger.pending

    def to_review(self, entry: str) -> tuple[str, ...]:
        """The acts and overrides, by entry, that may rest on what an entry has changed: at or after that moment."""
        return self._ledger.to_review(self._ledger.entry(entry, "review"))

    def value(self, fact: str) -> Any:
        """The value of a fact or derived fact in the current episode; None where it is unknown."""
        self.pathway.fact_or_derived(fact)
        if fact not in self._program.layout.index:
            raise BadInput(f"{fact}: a word for display, which the plan shows; it has no value in the record")
        return self._fold.e[self._program.layout.index[fact]]

    # --- what happens -----------------------------------------------------------------------------------------

    def record(
        self,
        event: Event | TypedEvent,
        *,
        at: datetime,
        by: str = "",
        id: str = "",
        now: datetime | None = None,
    ) -> Step:
        """Record what happened at a moment (`at`: when the sample was taken, the finding made), and say what it did.

        `now`, where it is given, is the moment that `at` may not exceed. `id` names the entry. Recording late is no
        fault: the case is folded in the order in which things happened. A late result that would take urgent advice
        away is kept as proposed until it is acknowledged.
        """
        checked = self._checked(event)
        at = self._check_time(at, now, checked.name)
        if by:
            _words(by, f"{checked.name}: by")
        entry = Entry(self._ledger.new_id(id), "event", at, by, checked)
        rank = self._program.plans[checked.name].rank
        last = self._last
        if last is None or at > last[0] or (at == last[0] and rank > last[1]):
            self._ledger.append(entry)
            before = self._fold
            if before.beside is None:
                self._last = (at, rank)
                came_from = before.state
                return self._step(entry, checked, came_from, before.apply(entry.id, at, checked))
            outcomes, others = self._refold_both()
            told_of_both(outcomes[entry.id], others[entry.id], before.active, self._fold.active)
            return self._step(entry, checked, before.state, outcomes[entry.id])
        return self._admit(entry)

    def correct(
        self, target: str, event: Event | TypedEvent, *, at: datetime, by: str = "", taken_at: datetime | None = None,
        id: str = "", now: datetime | None = None,
    ) -> Step:  # fmt: skip
        """Correct the entry `target`: it was so from the start.

        `at` is when the correction came; `taken_at` moves the event to another moment.

        A correction that adds urgency counts at once; one that would take urgent advice away stays proposed until a
        clinician acknowledges it. Refused: an unknown, withdrawn or already corrected entry, another kind of event.
        """
        wrong = self._ledger.correctable(target)
        _words(by, "correct: by")
        checked = self._checked(event)
        assert wrong.event is not None
        if checked.name != wrong.event.name:
            raise BadInput(
                f"correct: {target} is a {wrong.event.name}, not a {checked.name}; withdraw it and record what happened"
            )
        at = self._check_time(at, now, "correct")
        if taken_at is not None:
            taken_at = self._check_time(taken_at, now, "correct: taken_at")
            if taken_at > at:
                raise BadInput(f"correct: taken_at {moment(taken_at)} is after the correction at {moment(at)}")
        if at < self._ledger.root(target).at:
            raise BadInput(f"correct: {moment(at)} is before the entry {target} that it corrects")
        return self._admit(Entry(self._ledger.new_id(id), "correction", at, by, checked, target, taken_at))

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
        """Withdraw an entry: it never was so. Like a correction, it waits where it would take urgent advice away."""
        wrong = self._ledger.withdrawable(target)
        _words(by, "withdraw: by")
        _words(reason, "withdraw: reason")
        at = self._check_time(at, now, "withdraw")
        self._not_before(at, wrong, "withdraw")
        return self._admit(Entry(self._ledger.new_id(id), "withdrawal", at, by, target=target, reason=reason))

    def acknowledge(self, target: str, *, at: datetime, by: str, id: str = "", now: datetime | None = None) -> Step:
        """A named clinician acknowledges a change that takes urgent advice away; from then on it counts.

        `target` is the entry that waits, or the one that it would change.
        """
        entry = self._ledger.acknowledgeable(target)
        _words(by, "acknowledge: by")
        if not by.strip():
            raise BadInput("acknowledge: by whom? a clinician's name is wanted")
        at = self._check_time(at, now, "acknowledge")
        self._not_before(at, entry, "acknowledge")
        before = self._fold
        self._ledger.append(Entry(self._ledger.new_id(id), "acknowledgement", at, by, target=entry.id))
        self._refold()
        return self._changed(self._ledger.entries[-1], before, entry, proposed=False, taken=())

    def propose(
        self, order: str, *, at: datetime, override: Override | None = None, id: str = "", now: datetime | None = None
    ) -> Verdict:
        """What the pathway says to an order at a moment. Asking records nothing.

        With `override`, a refused order is given in spite of the refusal, and that is kept in the log.
        """
        rule = self.pathway.order(order)
        at = self._check_time(at, now, order)
        if override is not None:
            if not isinstance(override, Override):
                raise BadInput(f"{order}: an override is an Override(by=..., reason=...)")
            _words(override.by, f"{order}: override: by")
            _words(override.reason, f"{order}: override: reason")
            if not (override.by.strip() and override.reason.strip()):
                raise BadInput(f"{order}: an override wants a name and a reason")
        fold = self._as_of(at)
        with fold.clock_at(at):
            verdict = Explainer(self._program, fold).verdict(rule)
        if override is None or verdict.verdict != "refused":
            return verdict
        entry = Entry(self._ledger.new_id(id), "override", at, override.by, order=order, reason=override.reason)
        self._ledger.append(entry)
        self._refold()
        return Verdict(
            verdict.order, verdict.verdict, verdict.words, verdict.findings, verdict.awaits,
            (*verdict.cites, *self.pathway.override_cites), override,
        )  # fmt: skip

    # --- what to do, and why ----------------------------------------------------------------------------------

    def plan(self, *, at: datetime) -> Plan:
        """What to do now, what not to do, what is awaited, and why, at a moment (with what had happened by then)."""
        at = self._check_time(at, None, "plan")
        fold = self._as_of(at)
        with fold.clock_at(at):
            return make_plan(self, self._program, fold, at)

    def why(self, target: str | None = None, *, at: datetime | None = None) -> tuple[Reason, ...]:
        """Why the case is where it is (the transitions of its last event that moved it), or why `target` holds.

        `target`: the current state, an advice in force, or an order. Empty where it does not hold.
        """
        with self._view(at) as explainer:
            return explainer.why(target)

    def why_not(self, target: str, *, at: datetime | None = None) -> WhyNot:
        """Why a state is not reached, an advice is not in force, or an order is not permitted."""
        with self._view(at) as explainer:
            return explainer.why_not(target)

    def next_events(self, *, at: datetime | None = None) -> tuple[NextEvent, ...]:
        """The events that would tell what is awaited or move the case on, with their fields."""
        with self._view(at) as explainer:
            return explainer.next_events()

    def what_if(self, event: Event | TypedEvent, *, at: datetime) -> Step:
        """What recording an event would do. The case stays as it is."""
        return self.copy().record(event, at=at)

    def copy(self) -> Case:
        """A case of its own with the same log."""
        return Case.of_log(self.pathway, born=self.born, timezone=self.timezone, entries=self._ledger.entries)

    @classmethod
    def of_log(cls, pathway: Pathway, *, born: date, timezone: str, entries: Iterable[Entry]) -> Case:
        """The case of a log that was recorded before: its entries are trusted to follow from one another.

        `from_json` is for logs from outside, which are checked entry by entry.
        """
        case = cls(pathway, born=born, timezone=timezone)
        for entry in entries:
            case._ledger.append(entry)
        case._refold()
        return case

    # --- to and from JSON -------------------------------------------------------------------------------------

    def to_json(self) -> str:
        """The case as JSON: pathway, child, log. Deterministic; `from_json` makes the same case of it."""
        data = {
            "format": LOG_FORMAT,
            "pathway": {"id": self.pathway.id, "version": self.pathway.version, "digest": self.pathway.digest},
            "born": self.born.isoformat(),
            "timezone": self.timezone,
            "entries": [entry.to_json() for entry in self._ledger.entries],
        }
        return json.dumps(data, indent=1, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str, pathway: Pathway) -> Case:
        """The case that `to_json` wrote. Raises `BadInput` for another pathway, and for entries that cannot be."""
        try:
            data = json.loads(text)
        except (ValueError, TypeError, RecursionError) as fault:
            raise BadInput(f"case: this is no JSON: {one_line(str(fault))}") from None
        if not isinstance(data, dict) or data.get("format") != LOG_FORMAT:
            raise BadInput(f"case: this is no case of format {LOG_FORMAT}")
        known = data.get("pathway")
        if not isinstance(known, dict) or known.get("digest") != pathway.digest:
            named = f"{known.get('id')} {known.get('version')}" if isinstance(known, dict) else "none"
            raise BadInput(
                f"case: recorded under another pathway ({named}); this is {pathway.id} {pathway.version} "
                f"with digest {pathway.digest[:12]}"
            )
        try:
            born = date.fromisoformat(data["born"])
        except (KeyError, TypeError, ValueError):
            raise BadInput("case: born is no date; write for example 2024-12-22") from None
        if not isinstance(data.get("timezone"), str) or not isinstance(data.get("entries"), list):
            raise BadInput("case: timezone is a text and entries is a list")
        case = cls(pathway, born=born, timezone=data["timezone"])
        for one in data["entries"]:
            case._record_again(entry_from_json(one, pathway))
        return case

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Case):
            return NotImplemented
        return (
            (self.born, self.timezone, self._ledger.entries) == (other.born, other.timezone, other._ledger.entries)
            and (self.pathway is other.pathway or self.pathway.digest == other.pathway.digest)
        )  # fmt: skip

    __hash__ = None  # type: ignore[assignment]  # a case changes

    def __repr__(self) -> str:
        return f"<Case {self.pathway.id} {self.state}, {len(self._ledger.entries)} entries>"

    # --- inside -----------------------------------------------------------------------------------------------

    def _start(self) -> None:
        self._fold = Fold(self._program, self.born, self.zone)
        self._last = None

    def _not_before(self, at: datetime, entry: Entry, place: str) -> None:
        if at < entry.at:
            raise BadInput(f"{place}: {moment(at)} is before the entry {entry.id}, of {moment(entry.at)}")

    def _checked(self, event: Event | TypedEvent) -> Event:
        checked = event.event if isinstance(event, TypedEvent) else event
        if not isinstance(checked, Event):
            raise BadInput(f"{event!r} is no event; build one with pathway.event(name, ...) or an event class")
        if checked.kind is not self.pathway.events_by_name.get(checked.name):
            return self.pathway.event(checked.name, **dict(checked.raw))
        return checked

    def _check_time(self, at: datetime, now: datetime | None, place: str) -> datetime:
        """The moment in UTC, if it lies in the child's life and not after now."""
        if type(at) is not datetime or at.tzinfo is not UTC or not 1900 <= at.year <= 2300:
            at = aware(at, f"{place}: at")
        day = at.date() if self.timezone == "UTC" else at.astimezone(self.zone).date()
        if day < self.born:
            raise BadInput(f"{place}: {moment(at)} is before the birth on {self.born.isoformat()}")
        if day > self._oldest:
            raise BadInput(f"{place}: the child is over {self.pathway.oldest_years} years old on {day.isoformat()}")
        if now is not None and at > aware(now, "now"):
            raise BadInput(f"{place}: {moment(at)} is later than now, {moment(now)}")
        return at

    def _refold(self) -> dict[str, Outcome]:
        return self._refold_both()[0]

    def _refold_both(self) -> tuple[dict[str, Outcome], dict[str, Outcome]]:
        """Fold anew; what each event did in the reading that stands, and, while something waits, in the other one."""
        items = self._ledger.items()
        self._last = (items[-1].at, items[-1].rank) if items else None
        self._fold, outcomes, others = self._readings(items)
        return outcomes, others

    def _readings(
        self, items: Sequence[Item], until: datetime | None = None
    ) -> tuple[Fold, dict[str, Outcome], dict[str, Outcome]]:
        fold, outcomes = self._folded(items, until)
        waiting = {one.id for one in self._ledger.pending}
        if not waiting:
            return fold, outcomes, {}
        other, others = self._folded(self._ledger.items(waiting), until)
        stand_beside(fold, other)
        excuse(fold, outcomes, others)
        return fold, outcomes, others

    def _folded(self, items: Sequence[Item], until: datetime | None) -> tuple[Fold, dict[str, Outcome]]:
        fold = Fold(self._program, self.born, self.zone)
        outcomes: dict[str, Outcome] = {}
        for item in items:
            if until is not None and item.at > until:
                continue
            outcome = self._fold_item(fold, item)
            if outcome is not None:
                outcomes[item.entry] = outcome
        return fold, outcomes

    def _fold_item(self, fold: Fold, item: Item) -> Outcome | None:
        if item.event is not None:
            return fold.apply(item.entry, item.at, item.event)
        if item.order:
            fold.overrides.add((item.order, fold.episode))
            return None
        raised = {
            self._program.place_of[name]: Raised(at, at.astimezone(self.zone).toordinal(), item.entry)
            for name, at in item.retains
        }
        fold.force(tuple(raised), raised)
        return None

    def _as_of(self, at: datetime) -> Fold:
        if self._last is None or at >= self._last[0]:
            return self._fold
        return self._readings(self._ledger.items(), at)[0]

    def _view(self, at: datetime | None) -> _View:
        if at is not None:
            return _View(self, self._check_time(at, None, "why"))
        return _View(self, self._last[0] if self._last else None)

    def _admit(self, entry: Entry) -> Step:
        """Take an entry that changes the past: at once where it adds urgency, proposed where it only takes it away."""
        before, now_mask = self._fold, self._program.now_mask
        self._ledger.append(entry)
        outcomes = self._refold()
        after = self._fold
        urgent_before, urgent_after = before.active & now_mask, after.active & now_mask
        taken = self._taken(entry, before)
        if not taken:
            return self._changed(entry, before, entry, proposed=False, taken=(), outcome=outcomes.get(entry.id))
        if urgent_after & ~urgent_before or all(before.lent >> place & 1 for place in taken):
            outcomes = self._retain(taken, before)
            return self._changed(
                self._ledger.entries[-1], before, entry, proposed=False, taken=taken, outcome=outcomes.get(entry.id)
            )
        trial = self._changed(entry, before, entry, proposed=True, taken=taken)
        self._ledger.entries[-1] = evolve(entry, proposed=True)
        self._refold()
        if lost := self._taken(entry, before):  # called for by what waited before, and not by both together
            self._retain(lost, before)
        return trial

    def _taken(self, entry: Entry, before: Fold) -> list[int]:
        """The urgent advice that was in force before an entry and is not any more, undone."""
        after = self._fold
        return [
            place
            for place in self._program.places(before.active & ~after.active & self._program.now_mask)
            if not self._is_complete(place, before, after)
            and not (entry.kind == "event" and self._is_left(place, before, after))
        ]

    def _retain(self, places: Sequence[int], before: Fold) -> dict[str, Outcome]:
        """Keep urgent advice in force beside the last entry until that is acknowledged."""
        advice = self.pathway.advice
        retains = tuple((advice[place].id, before.raised_at[place].at) for place in places)
        self._ledger.entries[-1] = evolve(self._ledger.entries[-1], retains=retains)
        return self._refold()

    def _is_complete(self, place: int, before: Fold, after: Fold) -> bool:
        """Whether advice that was in force before is done now: since it was raised, or so early that it never was."""
        done = after.completed_at.get(place)
        return (done is not None and done >= before.raised_at[place].at) or after.stands_complete(place)

    def _is_left(self, place: int, before: Fold, after: Fold) -> bool:
        """Whether whoever closed the episode left it undone: then the late result only lets that act count."""
        left = after.left_at.get(place)
        return left is not None and left >= before.raised_at[place].at

    def _changed(
        self, entry: Entry, before: Fold, about: Entry, *, proposed: bool, taken: Sequence[int],
        outcome: Outcome | None = None,
    ) -> Step:  # fmt: skip
        after, advice_of = self._fold, self._program.advice_of
        up, down = after.active & ~before.active, before.active & ~after.active
        completed = sum(1 << place for place in self._program.places(down) if self._is_complete(place, before, after))
        change = Change(
            before.state, after.state, advice_of(up), advice_of(down),
            advice_of(sum(1 << place for place in taken)), self._ledger.to_review(about),
        )  # fmt: skip
        shown = before if proposed else after
        known = {(one.transition.id, one.at) for one in before.history}
        fired = () if proposed else tuple(one for one in after.history if (one.transition.id, one.at) not in known)
        return Step(
            entry=entry.id, event=entry.event.name if entry.event is not None else entry.kind, at=entry.at,
            state=shown.state, came_from=before.state, passed_through=tuple(one.source for one in fired), fired=fired,
            raised=() if proposed else advice_of(up), completed=() if proposed else advice_of(completed),
            withdrawn=() if proposed else advice_of(down & ~completed), left_undone=(),
            awaits=self._awaits(shown),
            contradictions=self._program.contradictions_of(outcome.contradictions) if outcome is not None else (),
            held=entry.event.held if entry.event is not None else (),
            deviations=outcome.deviations if outcome is not None else (), proposed=proposed, change=change,
        )  # fmt: skip

    def _step(self, entry: Entry, event: Event, came_from: str, outcome: Outcome) -> Step:
        advice_of = self._program.advice_of
        fired = tuple(outcome.fired)
        return Step(
            entry.id, event.name, entry.at, self._fold.state, came_from,
            tuple([one.source for one in fired]) if fired else (), fired,
            advice_of(outcome.raised), advice_of(outcome.completed), advice_of(outcome.withdrawn),
            advice_of(outcome.left_undone), self._awaits(self._fold),
            self._program.contradictions_of(outcome.contradictions), event.held, outcome.deviations,
        )  # fmt: skip

    def _awaits(self, fold: Fold) -> tuple[str, ...]:
        return self._program.names_of(self._program.awaits(fold.state)(fold))

    def _record_again(self, entry: Entry) -> None:
        """Record an entry read from outside as it was recorded then; `BadInput` where it could not have been."""
        place = f"entry {entry.id}"
        before = len(self._ledger.entries)
        try:
            self._repeat(entry)
        except BadInput as fault:
            raise fault.at(place) from None
        if len(self._ledger.entries) != before + 1 or self._ledger.entries[-1] != entry:
            raise BadInput(f"{place}: it could not have been recorded so after the entries before it")

    def _repeat(self, entry: Entry) -> None:
        match entry.kind:
            case "event" if entry.event is not None:
                self.record(entry.event, at=entry.at, by=entry.by, id=entry.id)
            case "correction" if entry.event is not None:
                self.correct(entry.target, entry.event, at=entry.at, by=entry.by, taken_at=entry.taken_at, id=entry.id)
            case "withdrawal":
                self.withdraw(entry.target, at=entry.at, by=entry.by, reason=entry.reason, id=entry.id)
            case "acknowledgement":
                self.acknowledge(entry.target, at=entry.at, by=entry.by, id=entry.id)
            case "override":
                self.propose(entry.order, at=entry.at, override=Override(entry.by, entry.reason), id=entry.id)
            case _:
                raise BadInput(f"an entry of kind {entry.kind} without an event")


class _View:
    """The case at a moment, with an explainer of it."""

    def __init__(self, case: Case, at: datetime | None) -> None:
        self._case, self._at = case, at

    def __enter__(self) -> Explainer:
        case = self._case
        fold = case._fold if self._at is None else case._as_of(self._at)
        self._clock = None if self._at is None else fold.clock_at(self._at)
        if self._clock is not None:
            self._clock.__enter__()
        return Explainer(case._program, fold)

    def __exit__(self, *_: object) -> None:
        if self._clock is not None:
            self._clock.__exit__(None, None, None)


def _words(text: object, place: str) -> None:
    if not isinstance(text, str) or len(text) > 500 or not text.isprintable():
        raise BadInput(f"{place}: one line of words is wanted, not {one_line(repr(text))}")


def _years_after(born: date, years: int) -> date:
    try:
        return born.replace(year=born.year + years)
    except ValueError:
        return date(born.year + years, 3, 1)
