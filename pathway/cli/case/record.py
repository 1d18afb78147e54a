"""`pathway case record`: what happened is recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from pathway.cli.case.facts import complete_event, complete_fact, event_of
from pathway.cli.case.options import writing
from pathway.cli.case.taken import report
from pathway.cli.faults import Faults

if TYPE_CHECKING:
    from pathway.cli.case.options import Writer


@click.command("record", short_help="Record what happened: an event with its facts.")
@click.argument("name", metavar="CASE")
@click.argument("event", metavar="EVENT", shell_complete=complete_event)
@click.argument("facts", metavar="[FACT=VALUE]...", nargs=-1, shell_complete=complete_fact)
@writing("When it was so", "Who records it.")
@click.pass_context
def record(ctx: click.Context, /, name: str, event: str, facts: tuple[str, ...], how: Writer) -> None:
    """Record what happened: an event with its facts. 'pathway events' lists them.

    A bare number is in the canonical unit; another accepted unit is written behind it. A late result is given with the
    moment that it is of. One that would take urgent advice away waits for a clinician.

    \b
    pathway case record C1 blood_count_reported wbc=2.5 anc=0.7 --by laboratory
    pathway case record C1 blood_count_reported hb="91 g/L" --by laboratory
    pathway case record C1 haematology_consulted --by ward

    A value that cannot be true is held back by name, the rest counts, and the exit code is 1.
    """  # noqa: D301  # click reads the escape: what follows keeps its lines
    with how.case(name) as desk:
        faults = Faults()
        at = how.moment(desk, faults)
        pathway = desk.stored.pathway
        kind = faults.attempt(pathway.event_type, event)
        happened = None if kind is None else faults.attempt(event_of, kind, facts, pathway)
        faults.check()
        assert happened is not None
        receipt = desk.stored.record(happened, **how.arguments(desk, at))
        code = report(receipt, desk.stored, as_json=how.as_json)
    ctx.exit(code)
