"""The rulebook: the whole pathway in Markdown, a line for each rule, so that a diff shows the changed rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pathway.draw.book.document import Book
from pathway.draw.book.entries import entries
from pathway.draw.book.introduction import how_to_read, identity, scope
from pathway.draw.book.invariants import LEADS
from pathway.draw.book.markdown import Markdown, definitions, escape, slug, table
from pathway.model.promises import KINDS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pathway.draw.book.document import Entry
    from pathway.model.pathway import Pathway


def rulebook(pathway: Pathway, scenarios: Mapping[str, tuple[str, ...]]) -> str:
    """The rulebook of a pathway as Markdown. `scenarios`: for each rule, such as "transition to_ward", the files
    that exercise it, as paths from the project's folder. The same pathway and scenarios give the same text.

    A section without content is left out.
    """
    writer = Markdown(Book(pathway, scenarios))
    sections = [(title, about, lines) for title, about, write in _SECTIONS if (lines := write(writer))]
    lines = identity(writer)
    lines += ["## How to read this", "", *(f"- {entry}" for entry in how_to_read(pathway)), ""]
    lines += ["## Contents", "", *(f"- [{title}](#{slug(title)})" for title, _, _ in sections), ""]
    for title, about, body in sections:
        lines += [f"## {title}", "", about, "", *body]
    return "\n".join([*lines, *definitions(writer.targets()), ""])


_WHY = (
    ("Statements, in our words", "{:statements}"),
    ("Local choice, notes", "**Local choice:** {local choice:capital}", "{:notes}"),
    ("Scenarios", "{:files}"),
)
_CONDITION = ("**Condition:** {condition:capital}", "**Unknown:** {unknown}")
_OUTCOME = ("{outcome}", "{effects}")
_CITES = ("Cites", "{:cites}")
_CHOICE = ("Local choice", "{local choice:capital}")
_TERM = (("Used by", "{users:users}"), _CITES, _CHOICE)
_STATEMENT = (
    ("Statement", "{:source}"),
    ("In our words", "{words}"),
    ("Section", "{section}"),
    ("Kind", "{kind}"),
    ("The page cites", "{printed}"),
)


def _table(kind: str, *columns: tuple[str, ...], only: str = "") -> Callable[[Markdown], list[str]]:
    """A table of every entry of a kind; with `only`, of the entries that have words under that name."""
    return lambda writer: writer.table(
        (entry for entry in entries(kind, writer.book) if not only or entry[only]), columns
    )


def _states(writer: Markdown) -> list[str]:
    """Every state, phase by phase."""
    columns = (
        ("State", "{:place}"),
        ("Name in files", "{:code}"),
        ("Meaning", "{meaning:capital}"),
        ("Waits for", "{waits:sentence}"),
        ("Ends because", "{ends:capital}"),
        ("Ways in", "{into:list}"),
        ("Ways out", "{out:list}"),
        _CITES,
    )
    phases: dict[str, list[Entry]] = {}
    for entry in entries("state", writer.book):
        phases.setdefault(entry.text("phase"), []).append(entry)
    return [
        line
        for phase, found in phases.items()
        for line in (f"### Phase: {escape(phase)}", "", *writer.table(found, columns))
    ]


def _invariants(writer: Markdown) -> list[str]:
    """Every invariant, after the meaning of each kind of promise."""
    kinds = (f"- **{escape(kind.capitalize())}:** {escape(meaning)}." for kind, meaning in KINDS)
    promised = writer.table(
        entries("invariant", writer.book),
        (
            ("Invariant", "{:place}"),
            ("What holds in every case", "{words}"),
            (
                "What exactly",
                "**{kind:promise}**",
                *(f"**{entry.capitalize()}:** {{{entry}:sentence}}" for entry in LEADS),
            ),
            ("Speaks of", "{rules:rules}"),
            _CITES,
            _CHOICE,
        ),
    )
    return [*kinds, "", *promised] if promised else []


def _reference(writer: Markdown) -> list[str]:
    """Every row of the reference intervals, after the title of their table."""
    source = writer.book.pathway.reference
    rows = writer.table(
        entries("interval", writer.book),
        (
            ("Count", "{:title}"),
            ("Age", "{age}"),
            ("Within the interval", "{limits}"),
            ("Unit", "{unit}"),
            _CITES,
            _CHOICE,
            ("Doubt", "{doubt:capital}"),
        ),
    )
    return [f"{escape(source.title)}. Dated {escape(source.dated)}.", "", *rows] if rows else []


def _references(writer: Markdown) -> list[str]:
    """The references of the notes and the literature, one a line."""
    found = [*entries("note", writer.book), *entries("literature", writer.book)]
    rows = [(writer.cites([entry.name]), writer.phrase(given)) for entry in found for given in entry["references"]]
    return table(("Of", "Reference"), rows)


_SECTIONS: tuple[tuple[str, str, Callable[[Markdown], list[str]]], ...] = (
    ("Scope", "For which children this is meant, and what holds for every case.", scope),
    (
        "States",
        "A case is in one of these at any time. Once what a state waits for is true, no case rests in it; a state that "
        "waits for nothing is one where the source ends. Ways in and out are the numbers of transitions.",
        _states,
    ),
    (
        "Groups of states",
        "Groups that rules speak of as one.",
        _table("group", ("Group", "**{:title}**"), ("States", "{states:list}")),
    ),
    (
        "Transitions",
        "A transition leads from one state to another: when its event arrives and its condition is true, or, where no "
        "event is named, as soon as its condition is true. From any state at most one is possible at a time.",
        _table(
            "transition",
            ("No.", "{:number}"),
            ("Rule", "{label:rule}"),
            ("When", "**From:** {from:states}", "**Event:** {event:event}", *_CONDITION),
            ("To", *_OUTCOME, "{urgent}"),
            *_WHY,
        ),
    ),
    (
        "Advice",
        "Advice is raised as soon as its condition is true. It is then kept until what completes it, whatever the "
        "state becomes; advice without an end of its own lasts as long as its condition.",
        _table(
            "advice",
            ("No.", "{:number}"),
            ("Rule", "{:rule}"),
            ("When", "**In:** {from:states}", *_CONDITION),
            ("Advice", *_OUTCOME, "**To the family:** {family}", "Names what is missing of: {lists:list}."),
            *_WHY,
        ),
    ),
    (
        "Orders",
        "An order is an intention of the clinician, answered with refused, permitted or not addressed. A refusal goes "
        "before a permission. Where the source is silent the order is not addressed, and silence is no permission. A "
        "result, or what was done, is never refused.",
        _table(
            "order",
            ("No.", "{:number}"),
            ("Rule", "{words:rule}"),
            ("When", "**Refusable in:** {from:states}", "**Happens by:** {act:act}", *_CONDITION),
            (
                "Refusal",
                *_OUTCOME,
                "**Names as missing** what is unknown in: {asks}.",
                "**At the bedside** it has a line of its own where: {matters}.",
            ),
            *_WHY,
        ),
    ),
    (
        "Contradictions",
        "Results that cannot both be so. Both are kept and shown to the specialist; nothing is guessed.",
        _table(
            "contradiction",
            ("No.", "{:number}"),
            ("Rule", "{:rule}"),
            ("When", "**In:** {from:states}", *_CONDITION),
            ("What is said", *_OUTCOME),
            *_WHY,
        ),
    ),
    (
        "Invariants",
        "What holds in every case, whatever happens: promises about the rules above, proved over every record that a "
        "case can come to hold, for any number of events. To a case that runs they say nothing.",
        _invariants,
    ),
    (
        "Named conditions",
        "The terms that rules use, one level deep: a term inside a term has a line of its own. 'Below the lower limit "
        "for age' and 'within the interval for age' are read from the reference intervals.",
        _table("condition", ("Condition", "{:place}"), ("True when", "{true when:sentence}"), *_TERM),
    ),
    (
        "Derived facts",
        "What has memory or arithmetic: computed from the record, never entered.",
        _table("derived", ("Derived fact", "{:place}"), ("What it is", "{is:capital}"), *_TERM),
    ),
    (
        "Who may replace a report",
        "Reports that only some may replace or clear.",
        _table(
            "authority",
            ("Event", "{:title}"),
            ("Has authority where", "{when}"),
            ("Without authority can only raise", "{raises}"),
            ("Raised where", "{on}"),
            ("Cleared where", "a report with authority says: {clears}"),
            _CITES,
        ),
    ),
    (
        "Every use of shown",
        "'Shown' is true only where its inside is known to be true: false and unknown count alike. Everywhere else "
        "unknown stays unknown. Each use is listed, since each is a place where a missing result changes what happens. "
        "'Lets the part hold' means that this use does not stand in the way.",
        _table(
            "shown",
            ("Where", "{owner:owners}"),
            ("Part", "{part}"),
            ("Inside shown", "{inside}"),
            ("While it is unknown", "{unknown}"),
            ("Local choice there", "{local choice:capital}"),
            ("Cites there", "{:cites}"),
        ),
    ),
    (
        "Every local choice",
        "What the source does not give, or gives otherwise. Each is to be confirmed or replaced by a clinician.",
        _table("choice", ("Where", "{owner:owners}"), ("What", "{what}"), _CHOICE, _CITES),
    ),
    (
        "Reference intervals",
        "A value equal to a limit is within the interval. Both ends of an age band are included, in completed months.",
        _reference,
    ),
    (
        "Events",
        "What can be recorded. Unless it says 'required', a field may be left out. Rules: the transitions that it can "
        "take, and the orders whose act it is.",
        _table(
            "event",
            ("Event", "{:place}", "{:code}"),
            ("Carries", "{carries:list}"),
            ("How it counts", "{counts}"),
            ("Rules", "{rules:rules}"),
            _CITES,
        ),
    ),
    (
        "Data dictionary",
        "Every fact. A value outside its plausible range is held back by name. In 'other units' x is the number as "
        "given, and the arithmetic leads to the unit under 'takes'.",
        _table(
            "fact",
            ("Fact", "{:place}", "{:code}"),
            ("Takes", "{takes}", "**No rule reads it:** {unread}"),
            ("Other units", "{units}"),
            ("LOINC", "{loinc}"),
            ("Carried by", "{carried by:list}"),
            _CITES,
        ),
    ),
    (
        "Statements of the source",
        "Every statement that is modelled, in our words.",
        _table("statement", *_STATEMENT, ("What rests on it", "{cited by:resting}"), only="modelled"),
    ),
    (
        "Statements not modelled",
        "Statements that no rule carries, each with the reason.",
        _table("statement", *_STATEMENT, ("Not modelled because", "{not modelled}"), only="not modelled"),
    ),
    (
        "Review notes",
        "Where the source is ambiguous, inconsistent or at odds with the literature, and what the pathway does there.",
        _table(
            "note",
            ("Note", "{:source}"),
            ("Title", "**{:title}**"),
            ("What is doubtful", "{words}"),
            ("What the pathway does", "{choice}"),
            ("About", "{:cites}"),
            ("Shown when", "{when:sentence}"),
        ),
    ),
    (
        "Literature",
        "What was read about limits that the source does not give. None of it is a rule of the source.",
        _table("literature", ("Item", "{:source}"), ("Title", "**{:title}**"), ("What it says", "{words}")),
    ),
    ("References", "What the notes and the literature refer to, as it was noted down.", _references),
)
