"""What differs between a case under two versions of a pathway, in words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pathway.cli import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pathway.cli.page import Page
    from pathway.compare import Difference
    from pathway.model.pathway import Pathway

_MOVE = re.compile(r"(\w+) to (\w+) \(entry (\w+)\)")
_DUE = re.compile(r"(\w+) on (\S+)")


def differences(found: Sequence[Difference], before: Pathway, after: Pathway, page: Page) -> None:
    """Write what differs: how it is under one version, and how it would be under the other.

    Of what there can be several, such as advice, only what would go and what would come is told.
    """
    for one in found:
        order = one.what.removeprefix("order ")
        title = order if order == one.what else f"order: {_order(order, before, after)}"
        page.item((one_line(title), "bold"))
        single = one.what in ("state", "episode") or one.what.startswith(("order ", "move ")) or ":" in one.what
        leads = ("is: ", "becomes: ") if single else ("goes: ", "comes: ")
        for lead, said, pathway in zip(leads, (one.before, one.after), (before, after), strict=True):
            for words in _words(one.what, said, pathway) if said else ["nothing"] if single else []:
                page.block(one_line(words), f"    {lead}", "      ")


def _words(what: str, said: str, pathway: Pathway) -> list[str]:
    """What is so, one line each."""
    head = what.partition(":")[0]
    if head.startswith("move "):
        return [_MOVE.sub(lambda one: f"{_state(one[1], pathway)} -> {_state(one[2], pathway)}, by {one[3]}", said)]
    match head:
        case "state":
            return [_state(said, pathway)]
        case "advice" | "overdue":
            return [_advice(name, pathway) for name in said.split(", ")]
        case "due":
            return [_DUE.sub(lambda one: f"on {one[2]}: {_advice(one[1], pathway)}", part) for part in said.split(", ")]
        case "awaited":
            known = {**pathway.facts_by_name, **pathway.derived_by_name}
            return [", ".join(pathway.title_of(name) if name in known else name for name in said.split(", "))]
    return [said.replace("_", " ") if head.startswith("order ") else said]


def _state(name: str, pathway: Pathway) -> str:
    state = pathway.states_by_name.get(name)
    return name if state is None else state.title


def _advice(name: str, pathway: Pathway) -> str:
    advice = pathway.advice_by_id.get(name)
    return name if advice is None else advice.words


def _order(name: str, before: Pathway, after: Pathway) -> str:
    rule = before.orders_by_id.get(name) or after.orders_by_id.get(name)
    return name if rule is None else rule.words
