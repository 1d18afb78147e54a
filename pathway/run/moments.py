"""Moments and time zones: read from text, checked, written."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from pathway.model.errors import BadInput, one_line

if TYPE_CHECKING:
    from datetime import date


def moment(at: datetime) -> str:
    """A moment as text: ISO 8601, with Z for UTC."""
    text = at.isoformat()
    if at.tzinfo is UTC:
        return text[:-6] + "Z"
    return text[:-6] + "Z" if text.endswith("+00:00") else text


def read_moment(text: object, place: str) -> datetime:
    """The moment in a text. `BadInput` where the text is no moment, or has no time zone."""
    try:
        at = datetime.fromisoformat(text) if isinstance(text, str) else text
    except ValueError:
        at = None
    if not isinstance(at, datetime):
        raise BadInput(f"{place}: '{one_line(str(text))}' is no date and time; write for example 2026-01-22T09:00:00Z")
    return aware(at, place)


def aware(at: datetime, place: str) -> datetime:
    """The moment in UTC, so that moments compare by instant. `BadInput` where it has no time zone."""
    if not isinstance(at, datetime):
        raise BadInput(f"{place}: {one_line(repr(at))} is no date and time")
    if at.tzinfo is UTC and 1900 <= at.year <= 2300:
        return at
    if at.tzinfo is None or at.utcoffset() is None:
        raise BadInput(f"{place}: {at.isoformat()} has no time zone; write for example {at.isoformat()}Z")
    if not 1900 <= at.year <= 2300:
        raise BadInput(f"{place}: {at.isoformat()} is no moment of a child's life")
    try:
        return at.astimezone(UTC)
    except OverflowError:
        raise BadInput(f"{place}: {at.isoformat()} is no moment of a child's life") from None


def zone_named(name: str) -> ZoneInfo:
    """The time zone of that name. `BadInput` where there is no such zone."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError, TypeError):
        raise BadInput(f"timezone: '{name}' is no time zone; write for example Europe/Berlin") from None


def completed_months(born: date, on: date) -> int:
    """The age in completed calendar months: a month is complete on the day of the month on which the child was born.

    Where a month has no such day, it is complete on the first day of the next month (local choice).
    """
    months = (on.year - born.year) * 12 + on.month - born.month
    return months - (on.day < born.day)
