"""The introduction of the rulebook: its pathway, how to read it, and its scope."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pathway.draw.book.markdown import code, escape
from pathway.draw.citing import cited_kinds

if TYPE_CHECKING:
    from pathway.draw.book.markdown import Markdown
    from pathway.model.pathway import Pathway

DIGITS = 12


def identity(writer: Markdown) -> list[str]:
    """The pathway, its version and source, and the banner."""
    pathway = writer.book.pathway
    return [
        f"# Rulebook: {escape(pathway.title)}",
        "",
        f"- Pathway: {code(pathway.id)}",
        f"- Version: {escape(pathway.version)}",
        f"- Digest: {code(pathway.digest[:DIGITS])}",
        f"- Source: {escape(pathway.source_title)}, {pathway.source_date.isoformat()}",
        "",
        f"> **{escape(pathway.banner)}** ({writer.cites(pathway.banner_cites)})",
        "",
    ]


def scope(writer: Markdown) -> list[str]:
    """The cases that the pathway is meant for, and what holds for all of them."""
    pathway = writer.book.pathway
    words = writer.phrase(writer.book.words(pathway.scope))
    return [
        f"- The source speaks of: {words} ({writer.cites(pathway.scope_cites)}).",
        f"- To every other child is said: {escape(pathway.scope_words)}",
        f"- Refused: a child older than {pathway.oldest_years} years.",
        f"- A case begins in: {escape(pathway.state(pathway.initial).title)}.",
        f"- A clinician may override a refusal with name and reason ({writer.cites(pathway.override_cites)}).",
        "- A correction that would take urgent advice away waits until a clinician acknowledges it "
        f"({writer.cites(pathway.pending_cites)}).",
        "",
    ]


_KINDS = {"statement": "statements of the source in our words", "review note": "review notes"}


def how_to_read(pathway: Pathway) -> list[str]:
    """How to read the rulebook."""
    names = [transition.id for transition in pathway.transitions if "_" in transition.id]
    name = next((name for name in names if name in pathway.conditions_by_name), next(iter(names), ""))
    example = f": {name.replace('_', ' ')} is {code(name)}" if name else ""
    kinds = [f"{escape(ids[0])} and so on {'are ' * (not at)}{_KINDS.get(kind, kind)}"
             for at, (kind, ids) in enumerate(cited_kinds(pathway).items())]  # fmt: skip
    return [
        "This page is generated from the definition, and a test holds that it is current: change the definition, "
        "not the page.",
        "One rule is one line, so that a change of a rule is a changed line. The numbers are those of the diagrams.",
        "Words in brackets or links are terms with a line of their own. A name in files has underscores for the "
        f"blanks of the name that is printed under a rule's title{example}.",
        "Nothing is guessed: a fact is known or unknown, and a condition true, false or *open*, which is: unknown "
        "because a fact is missing that would decide it. The column 'what unknown does' says it for each rule.",
        "'Not taken while open' names what must be known first. 'An alternative does not count while open' names what "
        "is one way of several. 'Open counts as not shown' names what is read inside *shown*. 'Holds even while open' "
        "names a term that is true although its facts are unknown.",
        "'In this report' reads only the event that has just been recorded; 'latest known' reads the child's latest "
        "value, beyond the episode; all else is read in the episode.",
        "'Scenarios' counts the stories that exercise the rule, and names those that exercise little besides. All of "
        "them are in [scenarios.json](scenarios.json).",
        f"{', '.join(kinds)}. What rests on no statement is a *local choice* and is marked as one.",
    ]
