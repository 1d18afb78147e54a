"""Entries of a log in words: what happened, or what an entry does to another entry."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from pathway.cli import one_line
from pathway.cli.moments import local_time
from pathway.cli.reasons import facts_of
from pathway.run.log import Acknowledged, Corrected, Overridden, Reported, SetAside, Withdrawn

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from pathway.model.events import Event
    from pathway.model.pathway import Pathway
    from pathway.run.case import Case
    from pathway.run.log import Entry


def entry_words(entry: Entry, pathway: Pathway, zone: ZoneInfo) -> str:
    """An entry of a case's log in words."""
    match entry:
        case Reported():
            return event_words(entry.event, pathway)
        case Corrected():
            moved = f", now of {local_time(entry.taken_at, zone)}" if entry.taken_at is not None else ""
            return f"{entry.target} is corrected{moved}: {event_words(entry.event, pathway)}"
        case Withdrawn():
            return f"{entry.target} is withdrawn" + (f": {one_line(entry.reason)}" if entry.reason else "")
        case Acknowledged():
            return f"{entry.target} is acknowledged"
        case Overridden():
            order = pathway.orders_by_id.get(entry.order)
            words = order.words if order is not None else entry.order
            return f"{words}: ordered in spite of the refusal: {one_line(entry.reason)}"
        case SetAside():
            advice = pathway.advice_by_id.get(entry.advice)
            words = advice.words.rstrip(".") if advice is not None else entry.advice
            return f"Set aside: {words}: {one_line(entry.reason)}"
        case _:
            assert_never(entry)


def event_words(event: Event, pathway: Pathway) -> str:
    """An event by its title, with its facts; values that were held back are named."""
    facts = one_line(facts_of(event, pathway))
    held = ", ".join(value.fact for value in event.held)
    return pathway.event_type(event.name).title + (f": {facts}" if facts else "") + (
        f"; held back: {held}" if held else ""
    )  # fmt: skip


def review_words(entries: tuple[str, ...], case: Case) -> list[str]:
    """The entries to be reviewed, each with its id, its moment, and what was done."""
    by_id = {entry.id: entry for entry in case.log}
    found = []
    for name in entries:
        entry = by_id[name]
        found.append(f"{name}, {local_time(entry.at, case.zone)}: {entry_words(entry, case.pathway, case.zone)}")
    return found
