"""Memory over readings: spans at or above a limit, the highest reading, and values that are captured."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeAlias

from pathway.model.values import Bound, least, most
from pathway.run.kept_readings import Amount, captured_from, higher, keep

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from typing import Protocol

    from pathway.run.compiled import CompiledPathway
    from pathway.run.event_plan import EventPlan
    from pathway.run.frame import Frame
    from pathway.run.kept_readings import Kept

    class Remembering(Protocol):
        """The parts of a record that remember readings."""

        compiled: CompiledPathway
        state: str
        at: datetime | None
        day: int
        episode: Frame
        report: Frame
        runs: dict[int, tuple[datetime | None, datetime | None]]
        recent: dict[int, tuple[datetime, ...]]
        highest: dict[int, Highest]
        kept: dict[int, Kept]
        captured_on: dict[int, int]


Highest: TypeAlias = tuple[Amount, int, Amount]
"""The highest reading of an episode; the last day (ordinal) with a reading, and the highest reading of that day."""


def remember(record: Remembering, plan: EventPlan) -> None:
    """Add the readings of the report at hand to the memory of spans and captured values."""
    compiled, report = record.compiled, record.report.values
    for place in plan.remembered:
        value = report[place]
        if value is None:
            continue
        if place in compiled.spans:
            _extend_spans(record, place, value)
        # An upper bound says nothing of the highest reading.
        if isinstance(value, Bound) and value.op == "<":
            continue
        if place in compiled.windows:
            keep(record, place, value)
        elif place in compiled.highest:
            before = record.highest.get(place)
            of_day = value if before is None or before[1] < record.day else higher(before[2], value)
            of_episode = value if before is None else higher(before[0], value)
            record.highest[place] = of_episode, record.day, of_day
            _capture_later(record, place, value)


def capture(record: Remembering) -> None:
    """Capture the values that are to be kept when the case enters its state."""
    values = record.episode.values
    for place, source, entering, how in record.compiled.captures:
        if entering != record.state or place in record.captured_on:
            continue
        record.captured_on[place] = record.day
        if how == "value":
            values[place] = values[source]
        elif source in record.compiled.windows:
            values[place] = captured_from(record, source)
        else:
            values[place] = record.highest[source][0] if source in record.highest else None


def of_today(highest: Mapping[int, Highest], today: int) -> dict[int, Highest]:
    """The highest readings at the beginning of an episode that keeps the day: the readings of today."""
    return {source: (reading[2], today, reading[2]) for source, reading in highest.items() if reading[1] == today}


def is_excess(parts: Sequence[Amount | None], whole: Amount | None, ratio: Decimal) -> bool | None:
    """Whether parts add up to more than `ratio` times their whole; None where that is unknown."""
    if type(whole) is Decimal:
        total: Any = 0
        for part in parts:
            if type(part) is not Decimal:
                break
            total = total + part if total else part
        else:
            return bool(total > whole * ratio)
    known = [part for part in parts if part is not None]
    if whole is None or len(known) < len(parts):
        return None
    if sum(map(least, known)) > most(whole) * ratio:
        return True
    return False if sum(map(most, known)) <= least(whole) * ratio else None


def _extend_spans(record: Remembering, fact: int, value: Amount) -> None:
    values, at = record.episode.values, record.at
    assert at is not None
    for place, is_held, limit, seconds, longest in record.compiled.spans[fact]:
        began, last = record.runs.get(place, (None, None))
        if longest is not None:
            if value >= limit:
                values[place] = _of_window(record, place, at, seconds, longest)
            elif value < limit:
                values[place] = False
                record.recent.pop(place, None)
            continue
        if value >= limit:
            began = began or at
            if is_held:
                values[place] = True if (at - began).total_seconds() >= seconds else None
            else:
                values[place] = False
            record.runs[place] = (began, at)
        elif value < limit:  # a bound may be neither, and then says nothing
            if is_held:
                values[place] = False
            elif last is not None and (at - last).total_seconds() >= seconds:
                values[place] = True
            record.runs[place] = (None, last)


def _of_window(record: Remembering, place: int, at: datetime, shortest: int, longest: int) -> bool | None:
    """Whether a reading of the span lies at least `shortest` and at most `longest` seconds before this one."""
    window = [reading for reading in record.recent.get(place, ()) if (at - reading).total_seconds() <= longest]
    record.recent[place] = (*window, at)
    return True if any((at - reading).total_seconds() >= shortest for reading in window) else None


def _capture_later(record: Remembering, source: int, value: Amount) -> None:
    """Capture a reading now, where the value was unknown at the entry into the state or is exceeded on the same day."""
    place = record.compiled.highest[source]
    if place not in record.captured_on:
        return
    held = record.episode.values[place]
    if held is None:
        record.episode.values[place] = value
    elif record.day == record.captured_on[place]:
        record.episode.values[place] = higher(held, value)
