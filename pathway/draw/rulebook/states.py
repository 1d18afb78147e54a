"""What the pathway is about: identity, scope, states by phase and the groups that rules speak of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pathway.draw.rulebook.markdown import anchor, capital, code, escape, table

if TYPE_CHECKING:
    from pathway.draw.rulebook.book import Book

DIGITS = 12


def identity(book: Book) -> list[str]:
    """Which pathway this is, from which source, and the banner of every output."""
    pathway = book.pathway
    return [
        f"# Rulebook: {escape(pathway.title)}",
        "",
        f"- Pathway: {code(pathway.id)}",
        f"- Version: {escape(pathway.version)}",
        f"- Digest: {code(pathway.digest[:DIGITS])}",
        f"- Source: {escape(pathway.source_title)}, {pathway.source_date.isoformat()}",
        "",
        f"> **{escape(pathway.banner)}** ({book.cites(pathway.banner_cites)})",
        "",
    ]


def scope(book: Book) -> list[str]:
    """For which children it holds, and what is said of all of them."""
    pathway = book.pathway
    return [
        f"- The source speaks of: {book.words(pathway.scope)} ({book.cites(pathway.scope_cites)}).",
        f"- To every other child is said: {escape(pathway.scope_words)}",
        f"- Refused: a child older than {pathway.oldest_years} years.",
        f"- A case begins in: {escape(pathway.state(pathway.initial).title)}.",
        f"- A clinician may override a refusal with name and reason ({book.cites(pathway.override_cites)}).",
        "- A correction that would take urgent advice away waits until a clinician acknowledges it "
        f"({book.cites(pathway.pending_cites)}).",
        "",
    ]


def states(book: Book) -> list[str]:
    """Every state, phase by phase, with what it waits for and the rules that lead in and out."""
    pathway = book.pathway
    lines = []
    for phase in dict.fromkeys(one.phase for one in pathway.states):
        lines += [f"### Phase: {escape(phase)}", ""]
        lines += table(
            ("State", "Name in files", "Meaning", "Waits for", "Ends because", "Ways in", "Ways out", "Cites"),
            (
                (
                    f"{anchor(f'state-{one.name}')}**{escape(one.title)}**",
                    code(one.name),
                    escape(capital(one.meaning)),
                    "" if one.waits is None else book.sentence(one.waits),
                    escape(capital(one.end)),
                    book.rules(f"transition {way.id}" for way in pathway.transitions if way.target == one.name),
                    book.rules(f"transition {way.id}" for way in pathway.transitions if one.name in way.sources),
                    book.cites(one.cites),
                )
                for one in pathway.states
                if one.phase == phase
            ),
        )
    return lines


def groups(book: Book) -> list[str]:
    """The groups of states that rules speak of together."""
    return table(
        ("Group", "States"),
        (
            (
                f"**{escape(name.replace('_', '-'))}**",
                ", ".join(escape(book.pathway.state(one).title) for one in members),
            )
            for name, members in book.pathway.groups
        ),
    )
