"""An article about each thing of a pathway that has a name, for a terminal and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import frozen

from pathway.cli.reasons import short_title
from pathway.cli.units import loinc_of, units_of
from pathway.draw.book.document import Book
from pathway.draw.book.entries import entries_named
from pathway.draw.book.invariants import LEADS
from pathway.draw.book.parts import outermost
from pathway.model.derived import Latched, Product
from pathway.model.errors import BadInput, nearest
from pathway.model.events import describe
from pathway.model.facts import Quantity
from pathway.model.guards import Named, walk
from pathway.model.pathway import Pathway, guards_of
from pathway.model.phrase import Term
from pathway.model.words import in_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pathway.draw.book.document import Entry
    from pathway.model.phrase import Phrase

Rows = tuple[tuple[str, str], ...]

_CHOICE = ("local choice", "local choice")
ROWS: dict[str, tuple[tuple[str, str], ...]] = {
    "state": (
        ("meaning", "meaning"), ("phase", "phase"), ("waits for", "waits"), ("ends because", "ends"),
        ("reached by", "reached by:;"), ("left by", "left by:;"),
    ),
    "transition": (
        ("from", "from"), ("to", "to"), ("taken", "event:taken"), ("guard", "guard"), ("closes", "closes"),
        ("from that day on", "renews:renews"), _CHOICE,
    ),
    "advice": (
        ("urgency", "urgency"), ("raised when", "raised when"), ("in force while", "in force while"),
        ("until", "until"), ("withdrawn when", "withdrawn when"),
        ("may be set aside when", "offered for setting aside when"), ("due", "due"), ("overdue", "overdue"),
        ("asks for", "lists:short"), ("for the family", "family"), _CHOICE,
    ),
    "order": (
        ("refused when", "refused when"), ("then it says", "refusal"), ("permitted when", "permitted when:never"),
        ("otherwise", ":silence"), ("it happens by", "act"), _CHOICE,
    ),
    "fact": (
        ("takes", ":takes"), ("unit, and range", ":unit"), ("other units", ":units"), ("LOINC", ":loinc"),
        ("reference", ":reference"), ("grade", ":grade"), ("else", ":else"), ("carried by", ":carried"),
        ("recorded by", ":recorded"), ("read by", "users:readers"), ("no rule reads it", "unread"),
    ),
    "derived": (("is", "is"), _CHOICE, ("read by", "users:readers")),
    "condition": (("true when", "true when"), _CHOICE, ("used by", ":used")),
    "event": (
        ("carries", "fields"), ("records", "records:short"), ("replaces", "replaces"),
        ("with authority if", "authority"), ("with rest absent", "rest absent:rest"), ("folded", "last"),
        ("can lead on by", "ways"), ("is the act of", "acts"),
    ),
    "contradiction": (("shown when", "shown when"),),
    "invariant": (
        ("kind", "kind:promise"), ("states", "states"), *((lead, lead) for lead in LEADS),
        ("speaks of", "rules:owners"), _CHOICE,
    ),
    "statement": (
        ("says", "words"), ("in section", "section"), ("kind", "kind"), ("the page cites", "printed"),
        ("not modelled", "not modelled"),
    ),
    "note": (
        ("says", "words"), ("the pathway", "choice"), ("shown when", "when"), ("references", "references:;"),
    ),
    "literature": (("says", "words"), ("references", "references:;")),
}  # fmt: skip
"""For each kind of entry its rows: a label, and "name:form", a name of the entry and one of `FORMS`."""

_READERS = (
    "", "condition", "derived", "event", "transition", "advice", "order", "contradiction", "state", "invariant", "note",
)  # fmt: skip
"""The kinds of owners that read a fact, in the order in which they are listed."""

FORMS: dict[str, Callable[[Entry, str, Pathway], str]] = {
    "": lambda entry, name, _: ", ".join(map(_plain, entry[name])),
    ";": lambda entry, name, _: "; ".join(map(_plain, entry[name])),
    "short": lambda entry, name, pathway: ", ".join(short_title(term.name, pathway) for term in entry.terms(name)),
    "owners": lambda entry, name, _: ", ".join(term.owner for term in entry.terms(name)),
    "readers": lambda entry, name, _: ", ".join(
        term.owner for term in sorted(entry.terms(name), key=lambda term: _READERS.index(term.kind))
    ),
    "taken": lambda entry, name, _: _taken(entry.text(name)),
    "renews": lambda entry, name, pathway: f"{FORMS['short'](entry, name, pathway)} count anew" if entry[name] else "",
    "never": lambda entry, name, _: entry.text(name) or "never by this pathway",
    "silence": lambda *_: "not addressed: the source is silent, and silence is no permission",
    "rest": lambda entry, name, pathway: (
        f"{entry.text('rest absent where')}: {FORMS['short'](entry, name, pathway)}" if entry[name] else ""
    ),
    "promise": lambda entry, name, _: f"{entry.text(name)}: {entry.text('meaning')}",
    "used": lambda entry, _, pathway: ", ".join(_users(entry.name, pathway)),
    "takes": lambda entry, _, pathway: _takes(entry.name, pathway),
    "unit": lambda entry, _, pathway: _units(entry.name, pathway)[0],
    "units": lambda entry, _, pathway: _units(entry.name, pathway)[1],
    "loinc": lambda entry, _, pathway: ", ".join(loinc_of(pathway.fact(entry.name))),
    "reference": lambda entry, _, pathway: "; ".join(_intervals(entry.name, pathway)),
    "grade": lambda entry, _, pathway: pathway.grades[entry.name].describe() if entry.name in pathway.grades else "",
    "else": lambda entry, _, pathway: ", ".join(
        product.words for product in pathway.derived if isinstance(product, Product) and product.fact == entry.name
    ),
    "carried": lambda entry, _, pathway: ", ".join(
        kind.name for kind in pathway.events if any(field.fact == entry.name for field in kind.fields)
    ),
    "recorded": lambda entry, _, pathway: ", ".join(kind.name for kind in pathway.events if entry.name in kind.records),
}
"""How each form writes the phrases of an entry under a name. Slots without a name are about the entry as a whole."""

_CALLED = {"derived": "derived fact", "note": "review note"}


@frozen
class Article:
    """A thing by kind, name and title: rows of (label, words), the terms of its guards, citations there and back."""

    kind: str
    name: str
    title: str
    rows: Rows
    where: Rows = ()
    cites: tuple[str, ...] = ()
    cited_by: tuple[str, ...] = ()

    def to_json(self, pathway: Pathway) -> dict[str, Any]:
        """The article as JSON data, with the words of what it cites."""
        return {
            "kind": self.kind, "name": self.name, "title": self.title, "rows": dict(self.rows),
            "where": dict(self.where), "cites": {entry: pathway.citations[entry].words for entry in self.cites},
            "cited_by": list(self.cited_by),
        }  # fmt: skip


def articles_about(name: str, pathway: Pathway) -> list[Article]:
    """Everything of that name, such as a fact and an event. `BadInput` with the nearest names otherwise."""
    book = Book(pathway, {})
    found = [_article(entry, book) for entry in entries_named(name, book)]
    if not found:
        raise BadInput(f"nothing is called '{name}'; {nearest(name, names_of(pathway))}")
    return found


def names_of(pathway: Pathway) -> list[str]:
    """Every name that can be asked for."""
    by_name = (
        pathway.states_by_name, pathway.facts_by_name, pathway.derived_by_name, pathway.conditions_by_name,
        pathway.events_by_name, pathway.advice_by_id, pathway.orders_by_id, pathway.invariants_by_id,
        pathway.citations,
    )  # fmt: skip
    ids = [*(entry.id for entry in pathway.transitions), *(entry.id for entry in pathway.contradictions)]
    return list(dict.fromkeys([*(name for names in by_name for name in names), *ids]))


def _article(entry: Entry, book: Book) -> Article:
    pathway, rows = book.pathway, []
    for label, slot in ROWS[entry.kind]:
        name, _, form = slot.partition(":")
        if words := FORMS[form](entry, name, pathway):
            rows.append((label, words))
    title = f"statement of the source ({entry.text('section')})" if entry.kind == "statement" else entry.title
    if entry.kind in ("advice", "order", "contradiction", "invariant"):
        title = entry.text("words")
    by = book.citing.get(entry.name, ()) if entry.kind in ("statement", "note", "literature") else ()
    return Article(
        _CALLED.get(entry.kind, entry.kind), entry.name, title, tuple(rows), _where(entry, pathway), entry.cites, by
    )


def _plain(words: Phrase) -> str:
    """A phrase in plain words, a state with its name."""
    return "".join(
        f"{span.words} ({span.name})" if isinstance(span, Term) and span.kind == "state" else span.words
        for span in words.spans
    )


def _taken(event: str) -> str:
    return f"when '{event}' arrives and the guard holds" if event else "as soon as the guard holds"


def _takes(name: str, pathway: Pathway) -> str:
    fact = pathway.fact(name)
    return "an amount with its unit" if isinstance(fact, Quantity) else describe(fact)


def _units(name: str, pathway: Pathway) -> tuple[str, str]:
    fact = pathway.fact(name)
    return units_of(fact) if isinstance(fact, Quantity) else ("", "")


def _intervals(name: str, pathway: Pathway) -> Iterable[str]:
    for row in pathway.reference.rows:
        if row.fact == name:
            yield f"{row.band()} {row.limits()}" + (f" (local choice: {row.local_choice})" if row.local_choice else "")


def _users(condition: str, pathway: Pathway) -> Iterable[str]:
    """The owners of guards that use a condition, directly or through another condition."""
    return dict.fromkeys(
        owner
        for owner, guard in guards_of(pathway)
        if any(isinstance(node, Named) and node.name == condition for node in walk(guard))
    )


def _where(entry: Entry, pathway: Pathway) -> Rows:
    """The terms of an entry's guards, unfolded one level: named conditions, and the guards of latched facts."""
    found: dict[str, str] = {}
    for guard in entry.guards:
        for node in outermost(guard):
            if isinstance(node, Named):
                found.setdefault(pathway.condition(node.name).title, in_words(node.of, pathway))
            elif isinstance(derived := pathway.derived_by_name.get(node.fact), Latched):
                found.setdefault(derived.title, f"once {in_words(derived.when, pathway)}")
    return tuple(found.items())
