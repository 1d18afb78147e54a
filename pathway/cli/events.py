"""`pathway events`: what can be recorded, in which units, within which plausible range."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from pathway.cli.page import STYLES, Page, open_console, print_json, with_identity
from pathway.cli.text import Text
from pathway.cli.units import loinc_of, units_of
from pathway.definition import PATHWAY
from pathway.model.errors import BadInput, nearest
from pathway.model.facts import Choice, Flag, Quantity

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from pathway.model.events import EventField, EventType
    from pathway.model.facts import Fact

COLUMN = 26


def _complete(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG001  # click's signature
    from click.shell_completion import CompletionItem

    return [CompletionItem(kind.name, help=kind.title) for kind in PATHWAY.events if kind.name.startswith(incomplete)]


@click.command("events")
@click.argument("names", metavar="[NAME]...", nargs=-1, shell_complete=_complete)
@click.option("--json", "as_json", is_flag=True, help="Print JSON for a program: one object for each event.")
def command(names: tuple[str, ...], as_json: bool) -> None:
    """What can be recorded: events with their facts, accepted units, plausible ranges and LOINC codes.

    NAME is an event, or a fact to see the events that carry it; without one all events are listed. The first unit is
    the canonical one, in which a bare number of 'pathway advise' is taken. A value outside its range is held back.
    """
    kinds = [kind for kind in PATHWAY.events if not names or any(_is_about(kind, name) for name in names)]
    known = {name for kind in PATHWAY.events for name in (kind.name, *_facts_of(kind))}
    if faults := [f"nothing is recorded as '{name}'; {nearest(name, known)}" for name in names if name not in known]:
        raise BadInput(*faults)
    if as_json:
        print_json(with_identity(PATHWAY, {"events": [event_data(kind) for kind in kinds]}))
        return
    page = Page(open_console())
    for number, kind in enumerate(kinds):
        if number:
            page.blank()
        write(kind, page)
    page.blank()
    page.block("! must be given. An event without facts records that it happened.")
    page.footer(PATHWAY)


def _is_about(kind: EventType, name: str) -> bool:
    return name == kind.name or name in _facts_of(kind)


def _facts_of(kind: EventType) -> tuple[str, ...]:
    return (*(field.fact for field in kind.fields), *kind.records)


def write(kind: EventType, page: Page) -> None:
    """Write an event with the facts that it takes."""
    page.block(Text.assemble((kind.name, "bold"), f"  {kind.title}"), "", "  ")
    if not kind.fields:
        return
    wide = page.console.width >= 60
    for field in kind.fields:
        name = f"  {field.fact}{' !' if field.required else ''}"
        if not wide:
            page.block(name)
        indent = " " * (COLUMN if wide else 6)
        page.block(_takes(PATHWAY.fact(field.fact), field), name.ljust(COLUMN) if wide else indent, indent)


def _takes(fact: Fact, field: EventField) -> Text:
    match fact:
        case Quantity():
            canonical, others = units_of(fact)
            text = Text.assemble(f"{fact.title}, ", (canonical, "bold"), f"; or {others}" if others else "")
        case Choice():
            text = Text(f"{fact.title}: {', '.join(fact.options)}")
        case Flag():
            text = Text(f"{fact.title}: true or false{', true when not given' if field.default is True else ''}")
        case _:
            text = Text(f"{fact.title}: words")
    if codes := loinc_of(fact):
        text.append(f"; LOINC {', '.join(codes)}", STYLES["quiet"])
    return text


def event_data(kind: EventType) -> dict[str, Any]:
    """An event as JSON data."""
    return {
        "event": kind.name,
        "title": kind.title,
        "records": list(kind.records),
        "facts": [
            {**fact_data(PATHWAY.fact(field.fact)), "required": field.required, "default": field.default}
            for field in kind.fields
        ],
        "cites": list(kind.cites),
    }  # fmt: skip


def fact_data(fact: Fact) -> dict[str, Any]:
    """A fact as JSON data: what it takes."""
    data: dict[str, Any] = {"fact": fact.name, "title": fact.title, "loinc": list(loinc_of(fact))}
    match fact:
        case Quantity():
            data |= {
                "takes": "amount",
                "unit": fact.unit,
                "units": [unit.code for unit in fact.accepted()],
                "plausible": {
                    unit.code: [float(limit) for limit in unit.plausible]
                    for unit in fact.accepted()
                    if unit.plausible is not None
                },
            }
        case Choice():
            data |= {"takes": "choice", "options": list(fact.options)}
        case Flag():
            data |= {"takes": "flag"}
        case _:
            data |= {"takes": "text"}
    return data
