"""The words that the prompt of `pathway drive` takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from pathway.cli.drive.terminal import matching
from pathway.cli.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pathway.cli.drive.session import Session
    from pathway.cli.page import Page


@frozen
class Command:
    """A word at the prompt: how it is written, and what it does."""

    name: str
    usage: str
    words: str


COMMANDS = (
    Command("plan", "plan", "the whole plan: what to do, what not, what is awaited, why, notes"),
    Command("next", "next", "the events that would move the case on"),
    Command("events", "events [NAME]", "all events, or the facts of one, with units and ranges"),
    Command("why", "why [NAME]", "why the state holds, or a state, advice or order"),
    Command("why-not", "why-not NAME", "what stands in the way of a state, advice or order"),
    Command("explain", "explain NAME", "a state, fact, advice, order, S32, N45, T1"),
    Command("order", "order [NAME]", "what the pathway says to an order; a refused one can be overridden"),
    Command("clock", "clock WHEN", "time passes: clock 2d, clock 90min, clock 2026-01-24"),
    Command("log", "log", "the entries so far, with their ids"),
    Command("correct", "correct ID", "an entry was wrong from the start"),
    Command("withdraw", "withdraw ID", "an entry never was so"),
    Command("acknowledge", "acknowledge ID", "let a change count that takes urgent advice away"),
    Command("set-aside", "set-aside ADVICE", "a clinician answers urgent advice otherwise, with a reason"),
    Command("undo", "undo [N]", "take back the last steps of this session"),
    Command("by", "by NAME", "who enters what follows; 'by' alone: nobody is named"),
    Command("save", "save [FILE]", "write the log, from now on to FILE; it is written after each step"),
    Command("record", "record [FILE]", "write the session as a scenario, for 'pathway replay'"),
    Command("help", "help", "this list"),
    Command("quit", "quit", "end the session; so does the end of the input"),
)
ALIASES = {"exit": "quit", "q": "quit", "?": "help", "h": "help", "menu": "next", "whynot": "why-not", "u": "undo"}
NAMES = tuple(command.name for command in COMMANDS)


def command_named(word: str) -> str:
    """The command that a word names, in any spelling; "" where it names none."""
    word = word.lower().replace("_", "-")
    word = ALIASES.get(word, word)
    return word if word in NAMES else ""


def completions(line: str, session: Session) -> Iterable[str]:
    """The completions of the last word of a line at the prompt."""
    pathway = session.pathway
    word, blank, _ = line.partition(" ")
    if not blank:
        return matching(line, (*NAMES, *pathway.events_by_name))
    if word in pathway.events_by_name:
        return matching(line, (f"{field.fact}=" for field in pathway.event_type(word).fields))
    named = [*pathway.states_by_name, *pathway.advice_by_id, *pathway.orders_by_id]
    ids = [entry.id for entry in session.case.log]
    follow: Mapping[str, Iterable[str]] = {
        "order": pathway.orders_by_id, "why": named, "why-not": named, "events": pathway.events_by_name,
        "explain": [*named, *pathway.facts_by_name, *pathway.citations], "correct": ids, "withdraw": ids,
        "acknowledge": [entry.id for entry in session.case.pending], "set-aside": session.plan().urgent,
    }  # fmt: skip
    return matching(line, follow.get(command_named(word), ()))


def write_help(session: Session, page: Page) -> None:
    """The commands, and how an event and a moment are written."""
    page.heading("COMMANDS")
    for command in COMMANDS:
        page.block(Text.assemble((command.usage.ljust(18), "bold"), command.words), "", " " * 18)
    page.blank()
    page.block(
        "An event is a number of the menu, or its name; its facts are asked for, or stand behind it: "
        'blood_count_reported anc=0.7 alc="1400 /uL" at=09:30. A moment is a time of day, a date, both, or a span '
        f"such as 2d3h, in {session.case.timezone}. 'cancel' ends a question, and nothing is recorded."
    )
