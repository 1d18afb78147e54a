"""When two folds go on alike: whatever happens next does the same to both.

What no rule reads may differ: since when the case is in a state in which no rule counts the days.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pathway.run.fold import Fold
    from pathway.run.record import Record


def same_course(one: Fold, other: Fold) -> bool:
    """Whether all that may still happen does the same to both folds, which stand at one moment."""
    return one.overrides == other.overrides and _same_record(one.record, other.record)


def _same_record(one: Record, other: Record) -> bool:
    return (
        (one.state, one.active, one.old, one.day) == (other.state, other.active, other.old, other.day)
        and _same_values(one, other)
        and one.episode.when == other.episode.when
        and (one.episode.low, one.episode.high) == (other.episode.low, other.episode.high)
        and one.episode.computed == other.episode.computed
        and one.latest == other.latest
        and one.report.values == other.report.values
        and one.carried == other.carried
        and _sharing(one) == _sharing(other)
        and _of_today(one.met_on, one.day) == _of_today(other.met_on, other.day)
        and _of_today(one.captured_on, one.day) == _of_today(other.captured_on, other.day)
        and one.captured_on.keys() == other.captured_on.keys()
        and one.runs == other.runs
        and one.highest == other.highest
        and one.held == other.held
    )


def _same_values(one: Record, other: Record) -> bool:
    """Whether the facts of the episode are the same; the days in a state only where some rule reads them there."""
    days, today = one.compiled.days, one.day
    counted = one.state in one.compiled.counting_days or today in (one.entered_day, other.entered_day)
    if counted or one.entered_day == other.entered_day:
        return one.entered_day == other.entered_day and one.episode.values == other.episode.values
    mine, theirs = one.episode.values, other.episode.values
    return mine[:days] == theirs[:days] and mine[days + 1 :] == theirs[days + 1 :]


def _of_today(days: Mapping[int, int], today: int) -> set[int]:
    """The places with the day of today; an earlier day is never asked for again."""
    return {place for place, day in days.items() if day == today}


def _sharing(record: Record) -> list[int]:
    """Which advice stands on the frame of the same closed episode: for each, the first that does."""
    first: dict[int, int] = {}
    return [first.setdefault(id(frame), place) for place, frame in record.carried.items()]
