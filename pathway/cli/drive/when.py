"""Moments as they are typed while a case is driven: on the clock of the case's zone, or as time that passes."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from pathway.door.dates import read_date
from pathway.door.doubts import Doubt
from pathway.model.errors import BadInput

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

MINUTE = timedelta(minutes=1)
HINT = "write for example 09:30, 2026-01-23, 2026-01-23 09:30 or 2d3h"
_PASSES = re.compile(r"\+?\s*(?:(\d{1,5})\s*w)?\s*(?:(\d{1,5})\s*d)?\s*(?:(\d{1,5})\s*h)?\s*(?:(\d{1,5})\s*min)?", re.I)
_CLOCK = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?")


def read_when(text: str, now: datetime, zone: ZoneInfo, place: str = "when") -> datetime:
    """The moment that is meant, in the zone of the case.

    A time of day is of the day of `now`, a date keeps its time of day, a span (`2d`, `90min`) is counted from it; days
    and weeks are those of the calendar. `BadInput`, led by `place`, for anything else.
    """
    text, here = text.strip(), now.astimezone(zone)
    try:
        if text and (spans := _PASSES.fullmatch(text)) is not None and any(spans.groups()):
            weeks, days, hours, minutes = (int(part or 0) for part in spans.groups())
            day = here + timedelta(weeks=weeks, days=days)
            return (day.astimezone(UTC) + timedelta(hours=hours, minutes=minutes)).astimezone(zone)
        if _CLOCK.fullmatch(text):
            return _on_the_wall(datetime.combine(here.date(), time.fromisoformat(text.zfill(5))), zone, place)
        if len(text) == len("2026-01-23"):
            named = read_date(text)
            if isinstance(named, Doubt):
                raise BadInput(f"{place}: {named.reason}")
            return _on_the_wall(datetime.combine(named, here.time()), zone, place)
        at = datetime.fromisoformat(text)
        return _on_the_wall(at, zone, place) if at.tzinfo is None else at.astimezone(zone)
    except (ValueError, OverflowError) as fault:
        if isinstance(fault, BadInput):
            raise
        raise BadInput(f"{place}: '{text}' is no moment; {HINT}") from None


def _on_the_wall(naive: datetime, zone: ZoneInfo, place: str) -> datetime:
    at = naive.replace(tzinfo=zone)
    if at.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != naive:
        raise BadInput(f"{place}: the clocks of {zone.key} skip {naive.isoformat(' ', 'minutes')}; give another moment")
    return at
