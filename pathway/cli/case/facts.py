"""Facts given as `name=value` behind the name of an event, made into that event."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pathway.cli.faults import Faults
from pathway.cli.given import read_raw
from pathway.model.errors import BadInput, nearest
from pathway.model.facts import Choice, Flag

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import click
    from click.shell_completion import CompletionItem

    from pathway.model.events import Event, EventType
    from pathway.model.facts import Raw
    from pathway.model.pathway import Pathway

UNKNOWN = "-"


def event_of(kind: EventType, words: Sequence[str], pathway: Pathway, was: Mapping[str, Raw] | None = None) -> Event:
    """The event with its facts. `was` holds the facts of a corrected entry, which stay where no new value is given.

    A bare number is in the canonical unit; "-" makes a fact unknown again. Raises `BadInput` with every fault.
    """
    faults = Faults()
    fields: dict[str, Raw] = dict(was or {})
    named: set[str] = set()
    known = [field.fact for field in kind.fields]
    for word in words:
        name, equals, value = (part.strip() for part in word.partition("="))
        if not equals or not name or not value:
            faults.add(f"{kind.name}: '{word}' is not name=value; quote a value with blanks: anc=\"700 /uL\"")
        elif name not in known:
            hint = nearest(name, known) if known else "this event takes no fact"
            faults.add(f"{kind.name}: unknown fact '{name}'; {hint}")
        elif name in named:
            faults.add(f"{kind.name}: {name} is given twice")
        elif value == UNKNOWN:
            named.add(name)
            fields.pop(name, None)
        else:
            named.add(name)
            raw = faults.attempt(read_raw, pathway.fact(name), value, pathway.door)
            if raw is not None:
                fields[name] = raw
    try:
        event = pathway.event(kind.name, **fields)
    except BadInput as fault:
        faults.add(*(line for line in fault.faults if not any(f": {name} is missing" in line for name in named)))
        faults.check()
        raise
    faults.check()
    if not (fields or kind.records or event.given):
        raise BadInput(f"{kind.name}: without a fact it records nothing; it takes {', '.join(known)}")
    return event


def complete_event(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG001  # click's signature
    """The names of events that begin like the word."""
    from click.shell_completion import CompletionItem

    from pathway.definition import PATHWAY

    return [CompletionItem(kind.name, help=kind.title) for kind in PATHWAY.events if kind.name.startswith(incomplete)]


def complete_fact(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG001  # likewise
    """The facts of the event named before the word, with their options."""
    from click.shell_completion import CompletionItem

    from pathway.definition import PATHWAY

    kind = PATHWAY.events_by_name.get(ctx.params.get("event") or "")
    found = []
    for name in [field.fact for field in kind.fields] if kind is not None else []:
        fact = PATHWAY.fact(name)
        options = fact.options if isinstance(fact, Choice) else ("true", "false") if isinstance(fact, Flag) else ("",)
        found += [CompletionItem(f"{name}={option}", help=fact.title) for option in options]
    return [item for item in found if item.value.startswith(incomplete)]
