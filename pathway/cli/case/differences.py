"""What differs between a case under two versions of a pathway, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pathway.cli import one_line
from pathway.cli.moments import local_time
from pathway.run.compare import Due, Move

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from zoneinfo import ZoneInfo

    from pathway.cli.page import Page
    from pathway.model.pathway import Pathway
    from pathway.run.case import Case
    from pathway.run.compare import Comparison, Difference, Part

_NOUNS = {"event": "late result", "set_aside": "setting aside"}
_TITLES = {"waiting": "waits for acknowledgement"}


def warnings(found: Comparison, case: Case, page: Page) -> None:
    """Write what a clinician must not overlook in a comparison: what ends, what waits no longer, what is left out."""
    entries = {entry.id: entry for entry in case.log}

    def named(ids: Iterable[str]) -> list[str]:
        return [f"{_NOUNS.get(entries[name].kind, entries[name].kind)} {name} by {entries[name].by}" for name in ids]

    ended = [f"{_advice(name, case.pathway)} ({name})" for name in found.urgent_ended]
    for lead, lines in (
        ("Urgent advice would end", ended),
        ("No longer waits", named(found.no_longer_waits)),
        ("Newly waits", named(found.newly_waits)),
        ("Left out", named(found.dropped)),
    ):
        for line in lines:
            page.block(one_line(f"{lead}: {line}"), "! ", "  ")


def differences(found: Sequence[Difference], before: Pathway, after: Pathway, zone: ZoneInfo, page: Page) -> None:
    """Write the differences: how things are under one version, and how they would be under the other.

    Of a list, such as the advice, only what would go and what would come is written. Moments are of `zone`.
    """
    for difference in found:
        title = (
            f"order: {_order(difference.name, before, after)}"
            if difference.kind == "order"
            else _TITLES.get(difference.kind, difference.what)
        )
        page.item((one_line(title), "bold"))
        leads = ("is: ", "becomes: ") if difference.whole else ("goes: ", "comes: ")
        for lead, parts, pathway in zip(leads, (difference.before, difference.after), (before, after), strict=True):
            lines = _lines(difference, parts, pathway, zone) if parts else ["nothing"] if difference.whole else []
            for words in lines:
                page.block(one_line(words), f"    {lead}", "      ")


def _lines(difference: Difference, parts: tuple[Part, ...], pathway: Pathway, zone: ZoneInfo) -> list[str]:
    """One side of a difference in words: facts on one line, everything else a line each."""
    words = [_words(difference, part, pathway, zone) for part in parts]
    return [", ".join(words)] if difference.kind in ("awaited", "waiting") else words


def _words(difference: Difference, part: Part, pathway: Pathway, zone: ZoneInfo) -> str:
    match part:
        case Move(entry, at, source, target, transition):
            way = f"{_state(source, pathway)} -> {_state(target, pathway)}"
            return f"{way}, by {entry}, {local_time(at, zone)} ({transition})"
        case Due(advice, on):
            return f"on {on.isoformat()}: {_advice(advice, pathway)}"
    match difference.kind:
        case "state":
            return _state(part, pathway)
        case "advice" | "set aside" | "overdue":
            return _advice(part, pathway)
        case "awaited":
            known = {**pathway.facts_by_name, **pathway.derived_by_name}
            return pathway.title_of(part) if part in known else part
        case "order":
            return part.replace("_", " ")
    return part


def _state(name: str, pathway: Pathway) -> str:
    state = pathway.states_by_name.get(name)
    return name if state is None else state.title


def _advice(name: str, pathway: Pathway) -> str:
    advice = pathway.advice_by_id.get(name)
    return name if advice is None else advice.words


def _order(name: str, before: Pathway, after: Pathway) -> str:
    rule = before.orders_by_id.get(name) or after.orders_by_id.get(name)
    return name if rule is None else rule.words
