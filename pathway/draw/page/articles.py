"""The articles of the page: the parts of each kind of entry, and the rules and states that it marks in the diagram."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from pathway.draw.book.document import RULES, place_of
from pathway.draw.book.entries import entries
from pathway.draw.book.html import NOTHING, Html, el, join, link, listed
from pathway.draw.book.invariants import LEADS
from pathway.draw.book.sources import sources_of
from pathway.draw.page.drawing import prefix_of
from pathway.draw.page.stories import stories_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import TypeAlias

    from pathway.draw.book.document import Entry
    from pathway.draw.page.drawn import Drawn
    from pathway.model.citations import ReviewNote
    from pathway.model.phrase import Term

    Parts: TypeAlias = tuple[tuple[str, str], ...]
    """The parts of an article, each a lead and a slot "name:form": a name of the entry, and one of `FORMS`."""

_INVARIANTS = ("Invariants that speak of it", "invariants:row")
_CHOICE = ("Local choice", "local choice")
_SCENARIOS = ("Scenarios", ":stories")
_CONDITION = ("Condition", "condition")
_LAST: Parts = (("While something is unknown", "unknown"), _INVARIANTS, _CHOICE, ("", ":sources"), _SCENARIOS)
_TERM: Parts = (_CHOICE, ("Used by", "users:owners"), ("Rests on", ":cites"))
_BACK: Parts = (
    ("Rules that cite it", "cited by:rules citing"),
    ("States that cite it", "cited by:states citing"),
    ("Invariants that cite it", "cited by:invariants citing"),
    ("Cited besides by", "cited by:others citing"),
)
PARTS: dict[str, Parts] = {
    "transition": (
        ("Name", ":rule name"), ("From", "from:states"), ("Event", "event:event"), _CONDITION, ("To", "to:terms"),
        ("Besides", "effects"), ("In the diagram", ":lines"), *_LAST,
    ),
    "advice": (
        ("Name", ":rule name"), ("Can be raised in", "from:states"), _CONDITION, ("Advice", "outcome"),
        ("To the family", "family"), ("Names what is missing of", "lists:plain list"), ("Besides", "effects"), *_LAST,
    ),
    "order": (
        ("Name", ":rule name"), ("Order", "words:plain"), ("Happens by the event", "act:act"),
        ("Can be refused in", "from:states"), _CONDITION, ("Refusal", "outcome"),
        ("Names as missing what is unknown in", "asks:sentence"),
        ("A line of its own at the bedside where", "matters:sentence"), *_LAST,
    ),
    "contradiction": (
        ("Name", ":rule name"), ("Can be shown in", "from:states"), _CONDITION, ("What is said", "outcome"), *_LAST,
    ),
    "state": (
        ("Name", ":code"), ("Meaning", "meaning:sentence"), ("Waits for", "waits:sentence"),
        ("The source ends here", "ends:sentence"), ("Ways in", "into:rules"), ("Ways out", "out:rules"),
        ("Advice that can be raised here", "advice:there"), ("Orders that can be refused here", "order:there"),
        ("Contradictions that can be shown here", "contradiction:there"), _INVARIANTS, ("In the diagram", ":box"),
        ("", ":sources"), ("Scenarios", ":stories of a state"),
    ),
    "invariant": (
        ("Name", ":code"), ("In every case", "words:plain"), ("Kind", "kind:promise"), ("On entering", "states:states"),
        *((lead.capitalize(), f"{lead}:sentence") for lead in LEADS), ("Speaks of", "rules:led rules"), _CHOICE,
        ("", ":sources"),
    ),
    "condition": (
        ("True when", "true when:sentence"), ("With every term written out", "unfolded:sentence"), *_TERM,
    ),
    "derived": (("What it is", "is:plain"), *_TERM),
    "computed": (("What it is", "is:plain"), *_TERM),
    "statement": (
        ("In our words", "words:plain"), ("Kind", "kind:printed"),
        ("Not modelled, because", "not modelled:sentence"), *_BACK,
    ),
    "note": (
        ("What is doubtful", "words:plain"), ("What the pathway does", "choice:plain"), ("About", ":cites"),
        ("A plan shows it where", "when:sentence"), *_BACK, ("References", "references:listed"),
    ),
    "literature": (("What it says", "words:plain"), *_BACK, ("References", "references:listed")),
}  # fmt: skip


def _citing(*kinds: str) -> Callable[[Entry], list[Term]]:
    return lambda entry: [term for term in entry.terms("cited by") if term.kind in kinds]


def _besides(entry: Entry) -> list[Term]:
    others = [term for term in entry.terms("cited by") if term.kind not in (*RULES, "state", "invariant")]
    return [*others, *entry.terms("referred to by")]


FORMS: dict[str, Callable[[Drawn, Entry, str], str]] = {
    "": lambda page, entry, name: page.phrase(entry.joined(name).capital()),
    "sentence": lambda page, entry, name: page.phrase(entry.joined(name).sentence()),
    "plain": lambda _, entry, name: entry.text(name),
    "plain list": lambda _, entry, name: ", ".join(map(str, entry[name])),
    "listed": lambda page, entry, name: listed(map(page.phrase, entry[name])),
    "terms": lambda page, entry, name: page.terms(entry.terms(name)),
    "row": lambda page, entry, name: page.row(entry.terms(name)),
    "states": lambda page, entry, name: page.states(entry.terms(name)) if entry[name] else NOTHING,
    "rules": lambda page, entry, name: page.rules(entry.terms(name)),
    "led rules": lambda page, entry, name: page.rules(entry.terms(name), lead=True),
    "owners": lambda page, entry, name: page.owners(entry.terms(name)),
    "event": lambda _, entry, name: entry.text(name) or "none: taken as soon as the condition is true",
    "act": lambda page, entry, name: _act(entry.text(name), page.phrase(entry.joined("act where").sentence())),
    "there": lambda page, entry, kind: page.rules(page.book.acting(kind, entry.name)),
    "promise": lambda _, entry, name: f"{entry.joined(name).capital()}: {entry.text('meaning')}.",
    "printed": lambda _, entry, name: (
        f"{entry.joined(name).capital()}. The page cites {entry.text('printed') or 'nothing'} for it."
    ),
    "rules citing": lambda page, entry, _: page.rules(_citing(*RULES)(entry), lead=True),
    "states citing": lambda page, entry, _: page.terms(_citing("state")(entry)),
    "invariants citing": lambda page, entry, _: page.row(_citing("invariant")(entry)),
    "others citing": lambda page, entry, _: page.owners(_besides(entry)),
    "code": lambda _, entry, __: el("code", entry.name),
    "rule name": lambda _, entry, __: join([f"{entry.kind} ", el("code", entry.name)]),
    "cites": lambda page, entry, _: page.cites(entry.cites),
    "lines": lambda page, entry, _: _lines(f"{entry.kind} {entry.name}", page),
    "box": lambda page, entry, _: _drawn("the box of this state", f"state-{entry.name}", entry.name, page),
    "stories": lambda page, entry, _: stories_of(page, f"{entry.kind} {entry.name}"),
    "stories of a state": lambda page, entry, _: _stories_of_a_state(f"state {entry.name}", page),
}
"""How each form writes the phrases of an entry under a name. The last forms are about the entry as a whole."""


def _act(event: str, where: Html) -> Html:
    return join([event, join([", where: ", where]) if where else NOTHING])


def _stories_of_a_state(state: str, page: Drawn) -> Html:
    return stories_of(page, state) if state in page.book.scenarios else NOTHING


def _lines(rule: str, page: Drawn) -> Html:
    """Where a rule is drawn: its lines, each with the other rules that it stands for."""
    found = []
    for line in page.lines(rule):
        others = page.book.rules(other for other in line.rules if other != rule)
        shared = join([", one line with rule ", page.terms(others)]) if others else NOTHING
        words = f"the line from {page.start(line)} to {page.book.pathway.state(line.target).title}"
        found.append(join([_drawn(words, line.id, line.source, page), shared]))
    return found[0] if len(found) == 1 else listed(found)


def _drawn(words: str, id: str, state: str, page: Drawn) -> Html:
    """A link into the diagram; on a narrow screen into that of the state's phase."""
    whole = link(words, f"#{prefix_of(None)}{id}", class_="drawn whole")
    if not page.narrow:
        return whole
    return join([whole, link(words, f"#{prefix_of(page.phase(state))}{id}", class_="drawn narrow")])


def _sources(entry: Entry, page: Drawn) -> Iterator[tuple[str, str]]:
    """Where an entry comes from: the statements in our words, the review notes in full, the literature."""
    found = sources_of(entry.cites, page.book)
    yield "Statements", listed(join([page.cite(statement.id), " ", statement.words]) for statement in found.statements)
    yield "Review notes", listed(_note(note, page) for note in found.notes)
    yield "Literature", listed(join([page.cite(item.id), " ", item.title]) for item in found.literature)


def _note(entry: ReviewNote, page: Drawn) -> Html:
    doubtful, choice = el("p", el("em", "Doubtful: "), entry.words), el("p", el("em", "The pathway: "), entry.choice)
    return join([page.cite(entry.id), " ", el("strong", entry.title), doubtful, choice])


def _parts(entry: Entry, page: Drawn) -> Iterator[tuple[str, str]]:
    for lead, slot in PARTS[entry.kind]:
        name, _, form = slot.partition(":")
        if form == "sources":
            yield from _sources(entry, page)
        else:
            yield lead, FORMS[form](page, entry, name)


_LEVELS = {"invariant": 3, "condition": 3, "derived": 3, "computed": 3, "note": 3, "literature": 3}
"""The level of an article's heading, where it is not 4: one below what it stands under."""
_CLASSES = {**dict.fromkeys(RULES, "rule"), **dict.fromkeys(("condition", "derived", "computed"), "term")}
"""The class of an article for the style sheet and the script, where it is not its kind."""


def _id(entry: Entry) -> str:
    if entry.number:
        return f"rule-{entry.number}"
    return place_of(entry.name) if entry.kind in ("statement", "note", "literature") else f"{entry.kind}-{entry.name}"


def _title(entry: Entry) -> str:
    match entry.kind:
        case "statement":
            return f"Statement {entry.name}"
        case "note" | "literature":
            return f"{entry.name} {entry.title}"
        case _:
            return entry.title if entry.number else f"{entry.title[0].upper()}{entry.title[1:]}"


def _marked(entry: Entry) -> list[str]:
    """The rules and states that an article marks in the diagram."""
    match entry.kind:
        case "invariant":
            return [term.owner for term in entry.terms("places")]
        case "condition":
            return [term.owner for term in entry.terms("users") if term.kind == "transition"]
        case "statement" | "note" | "literature":
            return [term.owner for term in _citing("transition", "state")(entry)]
        case "derived" | "computed":
            return []
        case _:
            return [f"{entry.kind} {entry.name}"]


def _article(entry: Entry, page: Drawn) -> Html:
    """An entry as a part of the page that can be linked to, found and marked in the diagram; folded until asked for.

    The article is inside what is folded: a browser that is led to it opens what it is in, without a script too.
    """
    id, kind, level = _id(entry), _CLASSES.get(entry.kind, entry.kind), _LEVELS.get(entry.kind, 4)
    tags = {
        "Urgent": entry.urgent,
        "Local choice": bool(entry["local choice"]),
        "Not modelled": bool(entry["not modelled"]),
    }
    badge = (el("span", "Rule ", class_="apart"), el("span", str(entry.number), class_="badge"), " ")
    heading = el(f"h{level}", *(badge if entry.number else ()), el("span", _title(entry)), id=f"{id}-title")
    return el(
        "details",
        el("summary", heading, *(el("span", tag, class_="tag") for tag, holds in tags.items() if holds)),
        el(
            "article",
            el("dl", *(join([el("dt", lead), el("dd", words)]) for lead, words in _parts(entry, page) if words)),
            id=id,
            tabindex="-1",
            aria_labelledby=f"{id}-title",
            data_kind=kind,
        ),
        class_=f"entry {kind} urgent" if entry.urgent else f"entry {kind}",
        data_marks=page.marks(_marked(entry)) or None,
    )


def of_kind(kind: str) -> Callable[[Drawn], Html]:
    """Every entry of a kind as an article."""
    return lambda page: join(_article(entry, page) for entry in entries(kind, page.book))


def states_by_phase(page: Drawn) -> Html:
    """Every state, phase by phase."""
    found = {entry.name: entry for entry in entries("state", page.book)}
    return join(
        el(
            "section",
            el("h3", f"Phase {box.title}", id=f"phase-{box.id}", tabindex="-1"),
            *(_article(found[name], page) for name in box.states),
        )
        for box in page.phases
    )


def statements_by_part(page: Drawn) -> Html:
    """Every statement of the source, by the part of the source where it stands."""
    return join(
        el("section", el("h3", f"Part of the source: {part}"), *(_article(entry, page) for entry in found))
        for part, found in groupby(entries("statement", page.book), lambda entry: entry.text("section"))
    )


def reference(page: Drawn) -> Html:
    """The table of reference intervals."""
    table = page.book.pathway.reference
    heads = ("Count", "Age", "Within the interval", "Rests on", "Local choice, doubt")
    rows = [_interval(entry, page) for entry in entries("interval", page.book)]
    if not rows:
        return NOTHING
    head = el("thead", el("tr", *(el("th", entry, scope="col") for entry in heads)))
    return join([
        el("p", f"{table.title}. Dated {table.dated}."),
        el(
            "div", el("table", head, el("tbody", *rows)),
            class_="wide", role="region", tabindex="0", aria_label="Table of reference intervals",
        ),
    ])  # fmt: skip


def _interval(entry: Entry, page: Drawn) -> Html:
    doubts = (("Local choice: ", "local choice"), ("Doubt: ", "doubt"))
    return el(
        "tr",
        el("th", entry.title, scope="row"),
        el("td", entry.text("age")),
        el("td", f"{entry.text('limits')} {entry.text('unit')}"),
        el("td", page.cites(entry.cites)),
        el(
            "td",
            join(
                (join([el("strong", lead), FORMS[""](page, entry, name)]) for lead, name in doubts if entry[name]), " "
            ),
        ),
    )
