"""The invariants of the page: what is promised of every case, and what of the pathway each promise speaks of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pathway.draw.page.markup import Html, el, join
from pathway.draw.page.rules import article, facts, head, sources
from pathway.draw.rulebook.markdown import capital
from pathway.model.invariants import Entry
from pathway.model.promises import KINDS, kind_of, promised, rules_spoken_of, states_spoken_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pathway.draw.page.refs import Refs
    from pathway.model.invariants import Invariant


def invariants(refs: Refs) -> Html:
    """Every invariant, in the order of the definition."""
    return join(_invariant(one, refs) for one in refs.pathway.invariants)


def _invariant(one: Invariant, refs: Refs) -> Html:
    id = f"invariant-{one.id}"
    kind = kind_of(one)
    parts = [
        ("Name", el("code", one.id)),
        ("In every case", one.words),
        ("Kind", f"{capital(kind)}: {dict(KINDS)[kind]}."),
        *_exactly(one, refs),
        ("Speaks of", refs.rules(rules_spoken_of(one, refs.pathway), lead=True)),
        ("Local choice", capital(one.local_choice)),
        *sources(one.cites, refs),
    ]
    tag = "Local choice" if one.local_choice else ""
    marks = refs.marks(f"state {name}" for name in states_spoken_of(one, refs.pathway))
    title = capital(one.id.replace("_", " "))
    return article(id, head(id, title, tag, level=3), facts(parts), marks=marks, kind="invariant")


def _exactly(one: Invariant, refs: Refs) -> Iterator[tuple[str, str]]:
    """The states of an entry, and each of its guards."""
    if isinstance(one, Entry):
        yield "On entering", refs.states(one.states)
    for lead, guard in promised(one):
        yield capital(lead), refs.words(guard)
