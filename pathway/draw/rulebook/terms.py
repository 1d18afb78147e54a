"""The terms that rules are written with: named conditions, derived facts, and who may replace a report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pathway.draw.rulebook.markdown import anchor, capital, escape, joined, link, prose, table
from pathway.draw.rulebook.parts import guards, outermost
from pathway.model.derivation import derived_in_words
from pathway.model.derived import Derived, Product
from pathway.model.guards import Named

if TYPE_CHECKING:
    from pathway.draw.rulebook.book import Book


def conditions(book: Book) -> list[str]:
    """Every named condition with what it says, one level deep: what it names has a line of its own."""
    used = _users(book)
    return table(
        ("Condition", "True when", "Used by", "Cites", "Local choice"),
        (
            (
                f"{anchor(f'condition-{one.name}')}**{escape(one.title)}**",
                book.sentence(one.guard),
                _used_by(used.get(one.name, {}), book),
                book.cites(one.cites),
                escape(capital(one.local_choice)),
            )
            for one in book.pathway.conditions
        ),
    )


def derived_facts(book: Book) -> list[str]:
    """Whatever has memory or arithmetic, and what it computes."""
    used = _users(book)
    return table(
        ("Derived fact", "What it is", "Used by", "Cites", "Local choice"),
        (
            (
                _derived_title(one, book),
                derivation(one, book),
                "" if isinstance(one, Product) else _used_by(used.get(one.name, {}), book),
                book.cites(one.cites),
                escape(capital(getattr(one, "local_choice", ""))),
            )
            for one in book.pathway.derived
        ),
    )


def _derived_title(one: Derived, book: Book) -> str:
    if isinstance(one, Product):
        return f"**{escape(book.pathway.fact(one.fact).title)}**, computed"
    return f"{anchor(f'derived-{one.name}')}**{escape(one.title)}**"


def derivation(one: Derived, book: Book) -> str:
    """What a derived fact computes, its terms as links."""
    return prose(capital(derived_in_words(one, book.marked)))


def authority(book: Book) -> list[str]:
    """Which report may replace which."""
    return table(
        ("Event", "Has authority where", "Without authority can only raise", "Raised where", "Cleared where", "Cites"),
        (
            (
                escape(one.title), book.words(one.authority.when), book.titles([one.authority.raises]),
                book.words(one.authority.on), f"a report with authority says: {book.words(one.authority.clears)}",
                book.cites(one.cites),
            )
            for one in book.pathway.events
            if one.authority is not None
        ),
    )  # fmt: skip


def _users(book: Book) -> dict[str, dict[str, None]]:
    """For each condition and derived fact the owners of the guards that name it."""
    found: dict[str, dict[str, None]] = {}
    for owner, _, guard in guards(book.pathway):
        for node in outermost(guard):
            found.setdefault(node.name if isinstance(node, Named) else node.fact, {})[owner] = None
    return found


def _used_by(owners: dict[str, None], book: Book) -> str:
    """Terms by their titles, then rules by their numbers, then states and invariants, then whatever else."""
    pathway = book.pathway
    terms, rules, states, invariants, others = [], [], [], [], []
    for owner in owners:
        kind, _, name = owner.partition(" ")
        if owner in book.numbers:
            rules.append(owner)
        elif kind == "condition":
            terms.append(link(pathway.condition(name).title))
        elif kind == "derived":
            terms.append(link(pathway.title_of(name)))
        elif kind == "state":
            states.append(escape(pathway.state(name).title))
        elif kind == "invariant":
            invariants.append(book.invariant(name))
        elif kind == "note":
            others.append(link(name))
        else:
            others.append(escape(pathway.event_type(name).title if kind == "event" else owner))
    waiting = f"awaited in {', '.join(states)}" if states else ""
    promised = f"invariant{'s' * (len(invariants) > 1)} {', '.join(invariants)}" if invariants else ""
    return joined([", ".join(terms), book.ruled(rules), waiting, promised, ", ".join(others)], "; ")
