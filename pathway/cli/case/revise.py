"""`pathway case correct`, `withdraw`, `acknowledge`, `set-aside`: entries that change what earlier ones say or ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from pathway.cli.case.facts import event_of
from pathway.cli.case.options import writing
from pathway.cli.case.taken import report
from pathway.cli.faults import Faults
from pathway.cli.moments import read_at
from pathway.model.errors import BadInput, nearest
from pathway.run.log import Corrected, Reported

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from click.shell_completion import CompletionItem

    from pathway.cli.case.options import Desk, Writer
    from pathway.model.events import Event
    from pathway.run.log import Entry


@click.command("correct", short_help="Correct an entry that was wrong from the start.")
@click.argument("name", metavar="CASE")
@click.argument("target", metavar="ENTRY")
@click.argument("facts", metavar="[FACT=VALUE]...", nargs=-1)
@click.option("--taken-at", metavar="MOMENT", help="When it really was so, where the moment was wrong.")
@writing("When the correction came", "Who corrects it.")
@click.pass_context
def correct(
    ctx: click.Context, /, name: str, target: str, facts: tuple[str, ...], taken_at: str | None, how: Writer
) -> None:
    """Correct an entry: it was otherwise from the start. ENTRY is its id, such as e2.

    Only what was wrong is given; the other facts of the entry stay. "-" makes a fact unknown. A correction that would
    take urgent advice away waits until a clinician acknowledges it. 'pathway case history' lists the ids.

    \b
    pathway case correct C1 e1 anc=1.7 --by laboratory
    pathway case correct C1 e1 hb=- --by laboratory
    pathway case correct C1 e1 --taken-at 2026-01-21T18:00:00Z --by laboratory
    """  # noqa: D301  # click reads the escape: what follows keeps its lines
    with how.case(name) as desk:
        faults = Faults()
        at = how.moment(desk, faults)
        moved = None if taken_at is None else faults.attempt(_moved, taken_at, desk)
        wrong = faults.attempt(_entry, target, desk, "correct")
        event = None if wrong is None else faults.attempt(_corrected, wrong, facts, desk, taken_at is not None)
        faults.check()
        assert wrong is not None and event is not None
        receipt = desk.stored.correct(wrong.id, event, taken_at=moved, **how.arguments(desk, at))
        code = report(receipt, desk.stored, as_json=how.as_json)
    ctx.exit(code)


@click.command("withdraw", short_help="Withdraw an entry that never was so.")
@click.argument("name", metavar="CASE")
@click.argument("target", metavar="ENTRY")
@click.option("--reason", metavar="WORDS", default="", help="Why: another child's sample, for example.")
@writing("When it was withdrawn", "Who withdraws it.")
@click.pass_context
def withdraw(ctx: click.Context, /, name: str, target: str, reason: str, how: Writer) -> None:
    """Withdraw an entry: it never was so. ENTRY is its id, such as e2.

    It stays in the log, and no longer counts. A withdrawal that would take urgent advice away waits until a clinician
    acknowledges it.

    \b
    pathway case withdraw C1 e2 --reason "another child's sample" --by laboratory
    """  # noqa: D301  # click reads the escape: what follows keeps its lines
    with how.case(name) as desk:
        faults = Faults()
        at = how.moment(desk, faults)
        wrong = faults.attempt(_entry, target, desk, "withdraw")
        faults.check()
        assert wrong is not None
        receipt = desk.stored.withdraw(wrong.id, reason=reason, **how.arguments(desk, at))
        code = report(receipt, desk.stored, as_json=how.as_json)
    ctx.exit(code)


@click.command("acknowledge", short_help="Let a change count that waits for a clinician.")
@click.argument("name", metavar="CASE")
@click.argument("target", metavar="ENTRY")
@writing("When it is acknowledged", "The clinician who acknowledges it.", decides=True)
@click.pass_context
def acknowledge(ctx: click.Context, /, name: str, target: str, how: Writer) -> None:
    """Acknowledge a change that waits, as a clinician named by --by: from then on it counts.

    ENTRY is the id of what waits, or of the entry that it would change.

    \b
    pathway case acknowledge C1 e3 --by "Dr H"
    """  # noqa: D301  # click reads the escape: what follows keeps its lines
    with how.case(name) as desk:
        faults = Faults()
        at = how.moment(desk, faults)
        entry = faults.attempt(_entry, target, desk, "acknowledge")
        faults.check()
        assert entry is not None
        receipt = desk.stored.acknowledge(entry.id, **how.arguments(desk, at))
        code = report(receipt, desk.stored, as_json=how.as_json)
    ctx.exit(code)


def _complete(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG001  # click's signature
    from click.shell_completion import CompletionItem

    from pathway.definition import PATHWAY

    urgent = (advice for advice in PATHWAY.advice if advice.urgency == "now")
    return [CompletionItem(advice.id, help=advice.words) for advice in urgent if advice.id.startswith(incomplete)]


@click.command("set-aside", short_help="Set urgent advice aside, with a reason.")
@click.argument("name", metavar="CASE")
@click.argument("advice", metavar="ADVICE", shell_complete=_complete)
@click.option("--reason", metavar="WORDS", default="", help="Why: an outside laboratory read it, for example.")
@writing("When it was set aside", "The clinician who sets it aside.", decides=True)
@click.pass_context
def set_aside(ctx: click.Context, /, name: str, advice: str, reason: str, how: Writer) -> None:
    """Set urgent advice aside, as a clinician named by --by, with a reason: the plan no longer asks for it.

    ADVICE is its id, such as smear_now; 'pathway explain' knows it. It answers what was recorded before it: the advice
    comes back with a later report that makes its ground true. The plan lists it, by whom and why.

    \b
    pathway case set-aside C1 smear_now --by "Dr H" \\
        --reason "read by an outside laboratory"
    """  # noqa: D301  # click reads the escape: what follows keeps its lines
    with how.case(name) as desk:
        faults = Faults()
        at = how.moment(desk, faults)
        faults.attempt(desk.stored.pathway.advice_named, advice)
        if not reason.strip():
            faults.add('reason: setting aside wants a reason; write --reason "WORDS"')
        faults.check()
        receipt = desk.stored.set_aside(advice, reason=reason.strip(), **how.arguments(desk, at))
        code = report(receipt, desk.stored, as_json=how.as_json)
    ctx.exit(code)


def _moved(text: str, desk: Desk) -> datetime:
    try:
        return read_at(text, desk.stored.case.timezone)
    except BadInput as fault:
        raise BadInput(*(f"taken-{line}" for line in fault.faults)) from None


def _entry(name: str, desk: Desk, place: str) -> Entry:
    """The entry with that id or number."""
    log = {entry.id: entry for entry in desk.stored.case.log}
    found = log.get(name) or log.get(f"e{name}")
    if found is None:
        hint = nearest(name, log) if log else "nothing is recorded yet"
        raise BadInput(f"{place}: case {desk.stored.id} has no entry '{name}'; {hint}")
    return found


def _corrected(wrong: Entry, facts: Sequence[str], desk: Desk, moved: bool) -> Event:
    """The corrected event."""
    if not isinstance(wrong, Reported | Corrected):
        raise BadInput(f"correct: {wrong.id} is a {wrong.kind}; only an event or its correction can be corrected")
    if not facts and not moved:
        raise BadInput(f"correct: what was wrong with {wrong.id}? give its facts as FACT=VALUE, or --taken-at MOMENT")
    pathway = desk.stored.pathway
    event = event_of(pathway.event_type(wrong.event.name), facts, pathway, dict(wrong.event.raw))
    if event == wrong.event and not moved:
        raise BadInput(f"correct: {wrong.id} says so already; nothing was recorded")
    return event
