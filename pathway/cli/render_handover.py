"""The telephone call to haematology on a terminal, to be read out from top to bottom."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from pathway.cli import one_line
from pathway.cli.page import STYLES, Page, cited, open_console
from pathway.cli.reasons import beyond, grades, informative, interval_of, short_reasons, short_title, titles
from pathway.cli.render import LOCAL, age_words, by_event
from pathway.cli.text import Text

if TYPE_CHECKING:
    from datetime import datetime

    from rich.console import Console

    from pathway.model.pathway import Pathway
    from pathway.run.handover import Handover, KnownFact


def print_handover(call: Handover, pathway: Pathway, console: Console | None = None) -> None:
    """Print the call: SITUATION, FINDINGS, NOT KNOWN, DONE, PENDING, QUESTION."""
    page = Page(console or open_console())
    zone = call.at.tzinfo
    when = call.at.strftime("%Y-%m-%d %H:%M %Z").strip()
    page.block(Text(f"{call_to(pathway)}, {when}", "bold"))
    page.heading("SITUATION")
    page.item(f"A child, {age_words(call.age_months)}. {call.state_title}: {call.meaning}.")
    if concern := informative(call.concern, (), pathway):
        page.item(f"The reason for the call: {short_reasons(concern, pathway)}")
    for words in grades(call.plan.counts, pathway, bands=False):
        page.item(words)
    if call.plan.scope:
        page.item(f"{call.plan.scope} {cited(pathway.scope_cites)}")
    for words in call.plan.contradictions:
        page.item(("CONTRADICTION ", STYLES["alert"]), words)

    page.heading("FINDINGS")
    if not call.findings:
        page.item("none recorded")
    for (at, event), group in groupby(call.findings, key=lambda fact: (fact.at, fact.event)):
        page.item((f"{_time(at, zone)} {event}", "bold"), f": {_facts_in_words(list(group), pathway)}")

    if call.unknown:
        page.heading("NOT KNOWN")
        happened = {event for event, _ in call.done}
        for event, names in by_event(call.unknown, pathway):
            missing = titles(names, pathway)
            never = f"not yet ({missing})" if missing else "not yet"
            page.item((event, "bold"), f": {missing if event in happened else never}")

    page.heading("DONE")
    if not (call.done or call.set_aside):
        page.item("nothing recorded")
    for event, at in call.done:
        page.item(f"{_time(at, zone)} {event}")
    for aside in call.set_aside:
        by = f"{_time(aside.at, zone)} set aside by {one_line(aside.by)}"
        page.item(f"{by}: {aside.words.rstrip('.')}: {one_line(aside.reason)}")

    if call.pending:
        page.heading("PENDING")
        for line in call.pending:
            missing = f" Missing: {titles(line.missing, pathway)}." if line.missing else ""
            page.item(f"{line.words}{missing} {cited(line.cites)}")

    page.heading("QUESTION", STYLES["NOW"])
    for number, words in enumerate(call.question, 1):
        last = number == len(call.question)
        page.item((words, "bold"), f" {cited(call.question_cites)}" if last else "")
    page.footer(pathway)


def call_to(pathway: Pathway) -> str:
    """The heading of the call: who is called, if the pathway names the service."""
    return f"Call to {pathway.handover.to}" if pathway.handover is not None else "Call to the specialist"


def _time(at: datetime, zone: object) -> str:
    return at.astimezone(zone).strftime("%Y-%m-%d %H:%M")  # type: ignore[arg-type]  # the zone of an aware moment


def _facts_in_words(facts: list[KnownFact], pathway: Pathway) -> str:
    words = [_fact_in_words(fact, pathway) for fact in facts if fact.present is not False]
    absent = [short_title(fact.fact, pathway) for fact in facts if fact.present is False]
    if absent:
        words.append(f"absent: {', '.join(absent)}")
    return "; ".join(words)


def _fact_in_words(fact: KnownFact, pathway: Pathway) -> str:
    title = short_title(fact.fact, pathway)
    if fact.present:
        return title
    row = interval_of(fact.finding, pathway) if fact.finding is not None else None
    if row is None or fact.finding is None:
        return f"{title} {fact.value}"
    side = beyond(fact.finding.value, row).strip("()")
    return f"{title} {fact.value} ({side}{'; ' + LOCAL if row.local_choice else ''})"
