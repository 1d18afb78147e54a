"""The states of the page: what leads in and out, what can be advised there and what refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pathway.draw.page.markup import NOTHING, Html, el, join, link
from pathway.draw.page.rules import article, facts, head, sources
from pathway.draw.page.stories import stories_of
from pathway.draw.rulebook.markdown import capital

if TYPE_CHECKING:
    from pathway.draw.page.refs import Refs
    from pathway.draw.rows import Kind
    from pathway.model.rules import State


def states(refs: Refs) -> Html:
    """Every state, phase by phase."""
    return join(
        el(
            "section",
            el("h3", f"Phase {box.title}", id=f"phase-{box.id}", tabindex="-1"),
            *(_state(refs.pathway.state(one), refs) for one in box.states),
        )
        for box in refs.phases
    )


def _state(one: State, refs: Refs) -> Html:
    id = f"state-{one.name}"
    transitions = refs.pathway.transitions
    parts = [
        ("Name", el("code", one.name)),
        ("Meaning", f"{capital(one.meaning)}."),
        ("Waits for", NOTHING if one.waits is None else refs.words(one.waits)),
        ("The source ends here", f"{capital(one.end)}." if one.end else ""),
        ("Ways in", refs.rules(f"transition {way.id}" for way in transitions if way.target == one.name)),
        ("Ways out", refs.rules(f"transition {way.id}" for way in transitions if one.name in way.sources)),
        ("Advice that can be raised here", _there(one, "advice", refs)),
        ("Orders that can be refused here", _there(one, "order", refs)),
        ("Contradictions that can be shown here", _there(one, "contradiction", refs)),
        ("Invariants that speak of it", refs.invariants(refs.promises.get(f"state {one.name}", ()))),
        ("In the diagram", link("the box of this state", f"#drawn-{id}", class_="drawn")),
        *sources(one.cites, refs),
    ]
    if f"state {one.name}" in refs.book.scenarios:
        parts.append(("Scenarios", stories_of(refs, f"state {one.name}")))
    return article(id, head(id, one.title), facts(parts), marks=id, kind="state")


def _there(one: State, kind: Kind, refs: Refs) -> Html:
    return refs.rules(row.rule for row in refs.rows.values() if row.kind == kind and one.name in row.states)
