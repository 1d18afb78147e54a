"""`pathway case order`: what the pathway says to an order; an override is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from pathway.cli.case.options import writing
from pathway.cli.case.taken import remember
from pathway.cli.faults import Faults
from pathway.cli.moments import local_time
from pathway.cli.narrate import write_verdict
from pathway.cli.page import STYLES, Page, open_console, print_json, with_identity
from pathway.cli.text import Text
from pathway.run.answers import Override

if TYPE_CHECKING:
    from datetime import datetime

    from click.shell_completion import CompletionItem

    from pathway.cli.case.options import Desk, Writer
    from pathway.run.answers import Verdict


def _complete(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG001  # click's signature
    from click.shell_completion import CompletionItem

    from pathway.definition import PATHWAY

    return [CompletionItem(rule.id, help=rule.words) for rule in PATHWAY.orders if rule.id.startswith(incomplete)]


@click.command("order", short_help="Ask about an order; override a refusal.")
@click.argument("name", metavar="CASE")
@click.argument("order_id", metavar="ORDER", shell_complete=_complete)
@click.option("--override", "overridden", is_flag=True, help="Order in spite of a refusal; wants --reason and --by.")
@click.option("--reason", metavar="WORDS", default="", help="Why it is ordered in spite of the refusal.")
@writing("The moment that is asked about", "Who overrides a refusal.", decides=True)
def order(name: str, order_id: str, overridden: bool, reason: str, how: Writer) -> None:
    """Ask what the pathway says to an order: permitted, refused or not addressed, and why.

    Asking records nothing. With --override a refused order is given all the same, and that is kept: by whom, and why.

    \b
    pathway case order C1 order_bone_marrow
    pathway case order C1 start_antimicrobials --override \\
        --reason "septic in spite of 37.9" --by "Dr H"
    """  # noqa: D301  # click reads the escape: what follows keeps its lines
    with how.case(name) as desk:
        at, override = _asked(desk, order_id, overridden, reason, how)
        before = desk.stored.sequence
        verdict = desk.stored.propose(
            order_id, at=at, now=desk.now, override=override, source=how.source, key=how.key
        )  # fmt: skip
        number = desk.stored.sequence
        if number != before:
            remember(desk.stored.last)
        if how.as_json:
            recorded = {"number": number, "hash": desk.stored.last.hash} if number != before else None
            data = {"case": name, **verdict.to_json(), "recorded": recorded}
            print_json(with_identity(desk.stored.pathway, data))
        else:
            _write(verdict, desk, at, override, number if number != before else None)


def _asked(desk: Desk, order_id: str, overridden: bool, reason: str, how: Writer) -> tuple[datetime, Override | None]:
    """The moment that is asked about, and the override. Raises `BadInput` with every fault."""
    faults = Faults()
    at = how.when(desk, faults)
    faults.attempt(desk.stored.pathway.order, order_id)
    if overridden and not how.by.strip():
        faults.add("by: who overrides it? write --by NAME")
    if overridden and not reason.strip():
        faults.add('reason: an override wants a reason; write --reason "WORDS"')
    if reason and not overridden:
        faults.add("reason: it belongs to --override; add that, or leave the reason out")
    faults.check()
    return at, Override(how.by.strip(), reason.strip()) if overridden else None


def _write(verdict: Verdict, desk: Desk, at: datetime, override: Override | None, number: int | None) -> None:
    pathway, zone = desk.stored.pathway, desk.stored.case.zone
    page = Page(open_console())
    words = pathway.order(verdict.order).words
    page.item((f"Case {desk.stored.id}", "bold"), f", {local_time(at, zone)}: {words}", lead="")
    write_verdict(verdict, pathway, page)
    if verdict.override is not None and number is not None:
        page.block(Text.assemble(("ORDERED", STYLES["alert"]), f"  recorded as e{number}."), "! ", "  ")
    elif verdict.override is not None or (override is not None and verdict.verdict == "refused"):
        page.block("The override was there already, by the same source and key; nothing was recorded.")
    elif override is not None:
        page.block("It is not refused, so there is nothing to override; nothing was recorded.")
    else:
        page.block("Asking records nothing.")
    page.footer(pathway)
