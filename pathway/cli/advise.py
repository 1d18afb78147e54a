"""`pathway advise`: a plan from facts."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import click
from attrs import frozen

from pathway.cli import DONE, FAILED, one_line
from pathway.cli.faults import Faults
from pathway.cli.given import events_from, givable, split_setting
from pathway.cli.moments import local_zone, read_at, read_birth
from pathway.cli.output import decided
from pathway.model.facts import Choice, Flag
from pathway.model.outside import read_text
from pathway.run.case import Case
from pathway.run.log import event_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from click.shell_completion import CompletionItem

    from pathway.model.pathway import Pathway
    from pathway.run.plan import Plan


@frozen
class Question:
    """A case made of the given facts, the moment of the facts, and the values that were held back."""

    case: Case
    at: datetime
    held: tuple[tuple[str, Any], ...]


def _complete_setting(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG001  # click's signature
    from click.shell_completion import CompletionItem

    from pathway.definition import PATHWAY

    found = []
    for name, fact in givable(PATHWAY).items():
        options = fact.options if isinstance(fact, Choice) else ("true", "false") if isinstance(fact, Flag) else ("",)
        found += [CompletionItem(f"{name}={option}", help=fact.title) for option in options]
    return [item for item in found if item.value.startswith(incomplete)]


def _count(name: str, words: str) -> Callable[[Any], Any]:
    # `multiple` makes a count given twice a fault: click would silently take the last.
    return click.option(f"--{name}", metavar="AMOUNT", multiple=True, help=words)


@click.command("advise", context_settings={"show_default": True})
@click.option("--age", metavar="AGE", help="Age at the sample: 13mo, 2y, 1y1m, 6w, 20d (completed months).")
@click.option("--born", metavar="DATE", help="Date of birth instead of the age: 2024-12-22.")
@_count("wbc", "White cells, in 10*9/L.")
@_count("anc", "Neutrophils (ANC), in 10*9/L.")
@_count("alc", "Lymphocytes (ALC), in 10*9/L.")
@_count("hb", "Haemoglobin, in g/dL.")
@_count("platelets", "Platelets, in 10*9/L.")
@_count("temperature", "Temperature, in degrees Celsius.")
@click.option(
    "--set", "settings", metavar="NAME=VALUE", multiple=True, shell_complete=_complete_setting,
    help="Any other fact, as often as needed: --set splenomegaly=true --set smear_reviewer=pathologist. "
    "'pathway events' lists them.",
)  # fmt: skip
@click.option("--at", metavar="MOMENT", help="When it was so: 2026-01-22T09:00:00Z. By default now.")
@click.option(
    "--timezone", metavar="ZONE", help="Zone that days are counted in: Europe/Berlin. By default the machine's."
)
@click.option("--handover", is_flag=True, help="Print the telephone call to haematology instead of the plan.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for a program.")
@click.option(
    "--reference", metavar="FILE", help="This site's own reference intervals (TOML) instead of the built-in ones."
)
@click.pass_context
def command(
    ctx: click.Context, /, age: str | None, born: str | None, settings: tuple[str, ...], at: str | None,
    timezone: str | None, handover: bool, as_json: bool, reference: str | None, **counts: tuple[str, ...],
) -> None:  # fmt: skip
    """What to do now, what not to do, what is awaited, and why, for the facts given.

    A bare number is in the unit named below; another accepted unit is written behind it: --hb "91 g/L". All that is
    given is recorded at one moment, one event a group, in the order of 'pathway events'.

    \b
    pathway advise --age 13mo --wbc 2.5 --anc 0.7 --alc 1.4
    pathway advise --age 13mo --anc 0.7 --temperature 38.4 --set examined=true
    pathway advise --age 13mo --anc 0.7 --alc 1.4 --handover

    A value that cannot be true is held back by name, the rest counts, and the exit code is 1.
    """  # noqa: D301  # click reads the escape: what follows keeps its lines
    pathway = _pathway(reference)
    given = [(name, value) for name, values in counts.items() for value in values]
    asked = _ask(pathway, age, born, given, settings, at, timezone)
    plan = asked.case.plan(at=asked.at)
    decided(failed=bool(asked.held))
    if handover:
        _print_handover(asked, pathway, as_json=as_json)
    elif as_json:
        from pathway.cli.page import print_json

        print_json(plan_data(plan, asked.held))
    else:
        from pathway.cli.render import print_plan

        events = (event_of(entry) for entry in asked.case.log)
        print_plan(plan, pathway, recorded=[event for event in events if event is not None])
    for name, held in asked.held:
        click.echo(f"pathway: {one_line(held.line(name))}", err=True)
    ctx.exit(FAILED if asked.held else DONE)


def _pathway(reference: str | None) -> Pathway:
    from pathway.definition import PATHWAY

    if reference is None:
        return PATHWAY
    from pathway.model.reference_file import read_reference

    text = read_text(reference, f"reference: {reference}")
    return PATHWAY.with_reference(read_reference(text, PATHWAY, file=reference))


def _ask(
    pathway: Pathway, age: str | None, born: str | None, counts: Sequence[tuple[str, str]], settings: Sequence[str],
    at: str | None, timezone: str | None,
) -> Question:  # fmt: skip
    """The case that the options describe. Raises `BadInput` with every fault of the options."""
    faults = Faults()
    zone = timezone or local_zone()
    moment = faults.attempt(read_at, at, zone)
    birth = faults.attempt(read_birth, age, born, (moment or read_at(None, "UTC")).date())
    read = (faults.attempt(split_setting, text) for text in settings)
    given = [*counts, *(setting for setting in read if setting is not None)]
    events = faults.attempt(events_from, given, pathway)
    faults.check()
    assert moment is not None and birth is not None and events is not None
    case = Case(pathway, born=birth, timezone=zone)
    held = []
    for event in events:
        step = case.record(event, at=moment)
        held += [(event.name, value) for value in step.held]
    return Question(case, moment, tuple(held))


def plan_data(plan: Plan, held: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    """The plan as JSON data."""
    return {
        "state": plan.state,
        "advice": [
            {
                "id": line.id, "urgency": line.urgency, "due": line.due.isoformat() if line.due else None,
                "words": line.words, "cites": list(line.cites), "offered": line.offered,
            }
            for line in plan.lines
        ],
        "set_aside": [line.to_json() for line in plan.set_aside],
        "forbidden": [refusal.to_json() for refusal in plan.refusals],
        "awaits": [awaited.fact for awaited in plan.awaited],
        "notes": [note.id for note in plan.notes],
        "pathway": dict(plan.pathway),
        "banner": plan.banner,
        "held": [{"event": event, **value.to_json()} for event, value in held],
    }  # fmt: skip


def _print_handover(asked: Question, pathway: Pathway, *, as_json: bool) -> None:
    from pathway.run.handover import handover

    call = handover(asked.case, at=asked.at)
    if as_json:
        from pathway.cli.page import print_json

        print_json(call.to_json())
    else:
        from pathway.cli.render_handover import print_handover

        print_handover(call, pathway)
