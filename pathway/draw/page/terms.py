"""The terms that rules are written with: named conditions, folded and unfolded, and derived facts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pathway.draw.page.markup import NOTHING, Html, el, join, listed
from pathway.draw.page.refs import is_computed
from pathway.draw.page.rules import article, facts, head
from pathway.draw.rulebook.markdown import BREAK, capital
from pathway.draw.rulebook.terms import derivation
from pathway.model.words import in_words

if TYPE_CHECKING:
    from pathway.draw.page.refs import Refs
    from pathway.model.derived import Derived
    from pathway.model.pathway import Condition

_MARKS = re.compile(r"\\(.)|[\[\]]")


def conditions(refs: Refs) -> Html:
    """Every named condition."""
    return join(_condition(one, refs) for one in refs.pathway.conditions)


def _condition(one: Condition, refs: Refs) -> Html:
    id = f"condition-{one.name}"
    unfolded = f"{capital(in_words(one.guard, refs.pathway, unfold=True))}."
    folded = f"{capital(in_words(one.guard, refs.pathway))}."
    parts = [
        ("True when", refs.words(one.guard)),
        ("With every term written out", unfolded if unfolded != folded else ""),
        ("Local choice", capital(one.local_choice)),
        ("Used by", _users(one.name, refs)),
        ("Rests on", refs.cites(one.cites)),
    ]
    tag = "Local choice" if one.local_choice else ""
    marks = refs.marks(owner for owner in refs.users.get(one.name, ()) if owner.startswith("transition "))
    return article(id, head(id, capital(one.title), tag, level=3), facts(parts), marks=marks, kind="term")


def derived_facts(refs: Refs) -> Html:
    """Whatever has memory or arithmetic, and what it computes."""
    return join(_derived(one, refs) for one in refs.pathway.derived)


def _derived(one: Derived, refs: Refs) -> Html:
    computed = is_computed(one)
    id = f"{'computed' if computed else 'derived'}-{one.name}"
    title = capital(f"{refs.pathway.title_of(one.name)}{', computed' * computed}")
    choice = getattr(one, "local_choice", "")
    parts = [
        ("What it is", _plain(derivation(one, refs.book))),
        ("Local choice", capital(choice)),
        ("Used by", NOTHING if computed else _users(one.name, refs)),
        ("Rests on", refs.cites(one.cites)),
    ]
    return article(id, head(id, title, "Local choice" if choice else "", level=3), facts(parts), kind="term")


def _users(name: str, refs: Refs) -> Html:
    return listed((refs.owner(one) for one in refs.users.get(name, ())), class_="row")


def _plain(markdown: str) -> Html:
    """Words that the rulebook escaped and whose terms it linked, without its marks."""
    return join((_MARKS.sub(lambda found: found[1] or "", one) for one in markdown.split(BREAK)), " ")


def scope(refs: Refs) -> Html:
    """For which children the pathway is meant, and what holds for all."""
    pathway = refs.pathway
    return el(
        "ul",
        el("li", "The source speaks of: ", refs.words(pathway.scope), " ", refs.cites(pathway.scope_cites)),
        el("li", "To every other child is said: ", pathway.scope_words),
        el("li", f"Refused: a child older than {pathway.oldest_years} years."),
        el("li", "A case begins in ", refs.state(pathway.initial), "."),
        el("li", "A clinician may override a refusal with name and reason. ", refs.cites(pathway.override_cites)),
        el(
            "li",
            "A correction that would take urgent advice away waits until a clinician acknowledges it. ",
            refs.cites(pathway.pending_cites),
        ),
    )
