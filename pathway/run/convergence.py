"""When two folds go on alike: every further event does the same to both.

They may differ in a fact that no rule reads: the day of entry into a state in which no rule counts the days.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pathway.run.fold import Fold
    from pathway.run.record import Record


def same_course(fold: Fold, other: Fold) -> bool:
    """Whether every further event does the same to both folds, which stand at one moment."""
    return (fold.overrides, fold.doubted) == (other.overrides, other.doubted) and _same_record(
        fold.record, other.record
    )


def _same_record(record: Record, other: Record) -> bool:
    return (
        (record.state, record.active, record.old, record.day) == (other.state, other.active, other.old, other.day)
        and (record.aside, record.answers, record.told) == (other.aside, other.answers, other.told)
        and _same_values(record, other)
        and record.episode.when == other.episode.when
        and (record.episode.low, record.episode.high) == (other.episode.low, other.episode.high)
        and record.episode.computed == other.episode.computed
        and record.latest == other.latest
        and record.report.values == other.report.values
        and record.carried == other.carried
        and _sharing(record) == _sharing(other)
        and _of_today(record.met_on, record.day) == _of_today(other.met_on, other.day)
        and _dated(record) == _dated(other)
        and _of_today(record.captured_on, record.day) == _of_today(other.captured_on, other.day)
        and record.captured_on.keys() == other.captured_on.keys()
        and record.runs == other.runs
        and record.recent == other.recent
        and record.kept == other.kept
        and record.highest == other.highest
        and record.held == other.held
    )


def _same_values(record: Record, other: Record) -> bool:
    """Whether the facts of the episode are the same. Days in a state count only where a rule reads them there."""
    days, today = record.compiled.days, record.day
    counted = record.state in record.compiled.counting_days or today in (record.entered_day, other.entered_day)
    if counted or record.entered_day == other.entered_day:
        return record.entered_day == other.entered_day and record.episode.values == other.episode.values
    mine, theirs = record.episode.values, other.episode.values
    return mine[:days] == theirs[:days] and mine[days + 1 :] == theirs[days + 1 :]


def _of_today(days: Mapping[int, int], today: int) -> set[int]:
    """The places with the day of today; an earlier day is never asked for again."""
    return {place for place, day in days.items() if day == today}


def _dated(record: Record) -> list[int | None]:
    """The days on which those latches were last met that end some days later."""
    return [record.met_on.get(place) for place in record.compiled.forgetting.dated]


def _sharing(record: Record) -> list[int]:
    """For each carried advice, the first advice that is carried by the frame of the same closed episode."""
    first: dict[int, int] = {}
    return [first.setdefault(id(frame), place) for place, frame in record.carried.items()]
