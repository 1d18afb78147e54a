"""Where entries are made: the input of a caller is checked before it becomes an entry."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, assert_never

from pathway.model.errors import BadInput, one_line
from pathway.model.events import Event, TypedEvent
from pathway.run.answers import Override
from pathway.run.log import Acknowledged, Corrected, Overridden, Reported, SetAside, Withdrawn
from pathway.run.moments import aware, moment

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from pathway.model.pathway import Pathway
    from pathway.run.ledger import Ledger
    from pathway.run.log import Entry

LONGEST = 500
"""The most characters of a name or a reason."""


class Desk:
    """Makes the entries of one case. Wrong input raises `BadInput`, and then there is no entry."""

    __slots__ = ("_begin", "_born", "_door", "_end", "_in_utc", "_kinds", "_ledger", "_oldest", "_pathway", "_zone")

    def __init__(self, pathway: Pathway, born: date, zone: ZoneInfo, ledger: Ledger) -> None:
        self._pathway = pathway
        self._kinds = pathway.events_by_name
        self._door = pathway.door
        self._born = born
        self._oldest = _years_after(born, pathway.oldest_years)
        self._zone = zone
        self._in_utc = zone.key == "UTC"
        # Days that are in the child's life in every time zone: most moments are on such a day and need no closer check.
        self._begin, self._end = born.toordinal() + 2, self._oldest.toordinal() - 2
        self._ledger = ledger

    def reported(
        self, event: Event | TypedEvent, at: datetime, by: str, id: str, now: datetime | None = None
    ) -> Reported:
        """The entry of an event, at a moment that lies in the child's life and not after `now`."""
        if type(event) is Event and event.kind is self._kinds.get(event.name) and event.door == self._door:
            checked = event
        else:
            checked = self.event(event)
        if (
            now is not None
            or type(at) is not datetime
            or at.tzinfo is not UTC
            or not self._begin <= at.toordinal() < self._end
        ):
            at = self.moment(at, now, checked.name)
        if by != "":
            line_of_words(by, f"{checked.name}: by")
        return Reported(self._ledger.new_id(id), at, by, checked)

    def corrected(
        self, target: str, event: Event | TypedEvent, *, at: datetime, by: str, taken_at: datetime | None, id: str,
        now: datetime | None = None,
    ) -> Corrected:  # fmt: skip
        """Another event of the same kind in the place of an entry; `taken_at` moves it to another moment."""
        wrong = self._ledger.correctable(target)
        line_of_words(by, "correct: by")
        checked = self.event(event)
        if checked.name != wrong.event.name:
            raise BadInput(
                f"correct: {target} is a {wrong.event.name}, not a {checked.name}; withdraw it and record what happened"
            )
        at = self.moment(at, now, "correct")
        if taken_at is not None:
            taken_at = self.moment(taken_at, now, "correct: taken_at")
            if taken_at > at:
                raise BadInput(f"correct: taken_at {moment(taken_at)} is after the correction at {moment(at)}")
        if at < self._ledger.root(target).at:
            raise BadInput(f"correct: {moment(at)} is before the entry {target} that it corrects")
        return Corrected(self._ledger.new_id(id), at, by, checked, target, taken_at)

    def withdrawn(
        self, target: str, *, at: datetime, by: str, reason: str, id: str, now: datetime | None = None
    ) -> Withdrawn:
        """The withdrawal of an entry, with a reason or without."""
        wrong = self._ledger.withdrawable(target)
        line_of_words(by, "withdraw: by")
        line_of_words(reason, "withdraw: reason")
        at = self.moment(at, now, "withdraw")
        _not_before(at, wrong, "withdraw")
        return Withdrawn(self._ledger.new_id(id), at, by, target, reason)

    def acknowledged(self, target: str, *, at: datetime, by: str, id: str, now: datetime | None = None) -> Acknowledged:
        """The acknowledgement of an entry that waits, by a named clinician."""
        entry = self._ledger.acknowledgeable(target)
        line_of_words(by, "acknowledge: by")
        if not by.strip():
            raise BadInput("acknowledge: by whom? a clinician's name is wanted")
        at = self.moment(at, now, "acknowledge")
        _not_before(at, entry, "acknowledge")
        return Acknowledged(self._ledger.new_id(id), at, by, entry.id)

    def overridden(self, order: str, override: Override, *, at: datetime, id: str) -> Overridden:
        """An order that is given in spite of its refusal. `at` is checked."""
        return Overridden(self._ledger.new_id(id), at, override.by, order, override.reason)

    def set_aside(self, advice: str, *, at: datetime, by: str, reason: str, id: str) -> SetAside:
        """Urgent advice that is set aside. `at` is checked."""
        line_of_words(by, "set_aside: by")
        line_of_words(reason, "set_aside: reason")
        if not (by.strip() and reason.strip()):
            raise BadInput("set_aside: a clinician's name and a reason are wanted")
        if self._pathway.advice_named(advice).urgency != "now":
            raise BadInput(f"set_aside: {advice} is not urgent; only advice to act now is set aside")
        return SetAside(self._ledger.new_id(id), at, by, advice, reason)

    def checked_override(self, override: Override, order: str) -> None:
        """Raises `BadInput` where an override lacks a name or a reason."""
        if not isinstance(override, Override):
            raise BadInput(f"{order}: an override is an Override(by=..., reason=...)")
        line_of_words(override.by, f"{order}: override: by")
        line_of_words(override.reason, f"{order}: override: reason")
        if not (override.by.strip() and override.reason.strip()):
            raise BadInput(f"{order}: an override wants a name and a reason")

    def again(self, entry: Entry) -> Entry:
        """The entry of a log, made anew as its caller made it: whether it waits is not decided here."""
        match entry:
            case Reported():
                return self.reported(entry.event, at=entry.at, by=entry.by, id=entry.id)
            case Corrected():
                return self.corrected(
                    entry.target, entry.event, at=entry.at, by=entry.by, taken_at=entry.taken_at, id=entry.id
                )
            case Withdrawn():
                return self.withdrawn(entry.target, at=entry.at, by=entry.by, reason=entry.reason, id=entry.id)
            case Acknowledged():
                return self.acknowledged(entry.target, at=entry.at, by=entry.by, id=entry.id)
            case Overridden():
                order = self._pathway.order(entry.order).id
                override = Override(entry.by, entry.reason)
                self.checked_override(override, order)
                return self.overridden(order, override, at=self.moment(entry.at, None, order), id=entry.id)
            case SetAside():
                at = self.moment(entry.at, None, "set_aside")
                return self.set_aside(entry.advice, at=at, by=entry.by, reason=entry.reason, id=entry.id)
            case _:
                assert_never(entry)

    def event(self, event: Event | TypedEvent) -> Event:
        """The event as an event of this pathway."""
        checked = event.event if isinstance(event, TypedEvent) else event
        if not isinstance(checked, Event):
            raise BadInput(
                f"{one_line(repr(event))} is no event; build one with pathway.event(name, ...) or an event class"
            )
        if checked.kind is not self._kinds.get(checked.name) or checked.door != self._door:
            return self._pathway.event(checked.name, **dict(checked.raw))
        return checked

    def moment(self, at: datetime, now: datetime | None, place: str) -> datetime:
        """The moment in UTC. Raises `BadInput` where it is outside the child's life or after `now`."""
        if type(at) is not datetime or at.tzinfo is not UTC or not 1900 <= at.year <= 2300:
            at = aware(at, f"{place}: at")
        day = at.date() if self._in_utc else at.astimezone(self._zone).date()
        if day < self._born:
            raise BadInput(f"{place}: {moment(at)} is before the birth on {self._born.isoformat()}")
        if day > self._oldest:
            raise BadInput(f"{place}: the child is over {self._pathway.oldest_years} years old on {day.isoformat()}")
        if now is not None and at > aware(now, "now"):
            raise BadInput(f"{place}: {moment(at)} is later than now, {moment(now)}")
        return at


def line_of_words(text: object, place: str) -> None:
    """Raises `BadInput` where a text is no single line of printable words."""
    if not isinstance(text, str) or len(text) > LONGEST or not text.isprintable():
        raise BadInput(f"{place}: one line of words is wanted, not {one_line(repr(text))}")


def _not_before(at: datetime, entry: Entry, place: str) -> None:
    if at < entry.at:
        raise BadInput(f"{place}: {moment(at)} is before the entry {entry.id}, of {moment(entry.at)}")


def _years_after(born: date, years: int) -> date:
    try:
        return born.replace(year=born.year + years)
    except ValueError:
        return date(born.year + years, 3, 1)
