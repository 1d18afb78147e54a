"""Entries of a store in words: what happened, or what an entry does to another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pathway.cli import one_line
from pathway.cli.drive.when import said
from pathway.cli.reasons import facts_of

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from pathway.model.events import Event
    from pathway.model.pathway import Pathway
    from pathway.run.case import Case
    from pathway.run.log import Entry


def entry_words(entry: Entry, pathway: Pathway, zone: ZoneInfo) -> str:
    """What an entry of a case's log says."""
    event = "" if entry.event is None else event_words(entry.event, pathway)
    match entry.kind:
        case "event":
            return event
        case "correction":
            moved = f", now of {said(entry.taken_at, zone)}" if entry.taken_at is not None else ""
            return f"{entry.target} is corrected{moved}: {event}"
        case "withdrawal":
            return f"{entry.target} is withdrawn" + (f": {one_line(entry.reason)}" if entry.reason else "")
        case "acknowledgement":
            return f"{entry.target} is acknowledged"
        case "override":
            order = pathway.orders_by_id.get(entry.order)
            words = order.words if order is not None else entry.order
            return f"{words}: ordered in spite of the refusal: {one_line(entry.reason)}"


def event_words(event: Event, pathway: Pathway) -> str:
    """An event by title, with its facts; what is held back by name."""
    facts = one_line(facts_of(event, pathway))
    held = ", ".join(one.fact for one in event.held)
    return pathway.event_type(event.name).title + (f": {facts}" if facts else "") + (
        f"; held back: {held}" if held else ""
    )  # fmt: skip


def review_words(entries: tuple[str, ...], case: Case) -> list[str]:
    """Each of the entries that are to be reviewed: its id, when, and what was done."""
    by_id = {one.id: one for one in case.log}
    found = []
    for name in entries:
        entry = by_id[name]
        found.append(f"{name}, {said(entry.at, case.zone)}: {entry_words(entry, case.pathway, case.zone)}")
    return found
