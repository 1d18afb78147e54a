"""The rules of the page: each with what it waits for, what it does, where it comes from and what exercises it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pathway.draw.page.markup import NOTHING, Html, el, join, link, listed
from pathway.draw.page.stories import stories_of
from pathway.draw.rulebook.markdown import capital
from pathway.model.citations import Literature, ReviewNote, Statement
from pathway.model.guards import ALWAYS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pathway.draw.page.refs import Refs
    from pathway.draw.rows import Kind, Row

_PLACES = {
    "transition": "From",
    "advice": "Can be raised in",
    "order": "Can be refused in",
    "contradiction": "Can be shown in",
}
_THEN = {"advice": "Advice", "order": "Refusal", "contradiction": "What is said"}


def rules(refs: Refs, kind: Kind) -> Html:
    """Every rule of a kind."""
    return join(_rule(row, refs) for row in refs.rows.values() if row.kind == kind)


def facts(parts: list[tuple[str, str]]) -> Html:
    """A list of named parts; those without words are left out."""
    return el("dl", *(join([el("dt", name), el("dd", words)]) for name, words in parts if words))


def head(id: str, title: str, *tags: str, badge: str = "", level: int = 4) -> Html:
    """The heading of an article, with what must be seen at once beside it. `level`: one below what it stands under."""
    lead = join([el("span", "Rule ", class_="apart"), el("span", badge, class_="badge"), " "]) if badge else NOTHING
    said = join([lead, el("span", title)])
    return join([el(f"h{level}", said, id=f"{id}-title"), *(el("p", tag, class_="tag") for tag in tags if tag)])


def article(id: str, *inside: str, marks: str = "", kind: str, urgent: bool = False) -> Html:
    """A part of the page that can be linked to, found and marked in the diagram."""
    return el(
        "article",
        *inside,
        id=id,
        class_=f"{kind} urgent" if urgent else kind,
        tabindex="-1",
        aria_labelledby=f"{id}-title",
        data_kind=kind,
        data_marks=marks or None,
    )


def _rule(row: Row, refs: Refs) -> Html:
    id = f"rule-{row.number}"
    tags = ["Urgent" if row.urgent else "", "Local choice" if row.local_choice else ""]
    parts = [
        ("Name", join([f"{row.kind} ", el("code", row.id)])),
        *_when(row, refs),
        *_then(row, refs),
        ("While something is unknown", refs.prose(row.unknown)),
        ("Invariants that speak of it", refs.invariants(refs.promises.get(row.rule, ()))),
        ("Local choice", capital(row.local_choice)),
        *sources(row.cites, refs),
        ("Scenarios", stories_of(refs, row.rule)),
    ]
    return article(
        id,
        head(id, row.title, *tags, badge=str(row.number)),
        facts(parts),
        marks=refs.marks([row.rule]),
        kind="rule",
        urgent=row.urgent,
    )


def _when(row: Row, refs: Refs) -> Iterator[tuple[str, str]]:
    if row.kind == "order":
        order = refs.pathway.orders_by_id[row.id]
        yield "Order", order.words
        if order.act is not None:
            act = refs.pathway.event_type(order.act).title
            where = NOTHING if order.act_when == ALWAYS else join([", where: ", refs.words(order.act_when)])
            yield "Happens by the event", join([act, where])
    yield _PLACES[row.kind], refs.states(row.states)
    if row.kind == "transition":
        yield "Event", row.event or "none: taken as soon as the condition is true"
    yield "Condition", refs.prose(row.condition)


def _then(row: Row, refs: Refs) -> Iterator[tuple[str, str]]:
    pathway = refs.pathway
    if row.kind != "transition":
        yield _THEN[row.kind], refs.prose(row.outcome)
    match row.kind:
        case "transition":
            one = next(way for way in pathway.transitions if way.id == row.id)
            yield "To", refs.state(one.target)
            yield "Besides", refs.prose(" ".join(row.effects))
            yield "In the diagram", _drawn(row, refs)
        case "advice":
            advice = pathway.advice_by_id[row.id]
            yield "To the family", advice.family
            yield "Names what is missing of", refs.titles(advice.lists)
            yield "Besides", refs.prose(" ".join(row.effects))
        case "order":
            order = pathway.orders_by_id[row.id]
            yield "Names as missing what is unknown in", refs.words(order.asks) if order.asks is not None else ""
            yield "A line of its own at the bedside where", refs.words(order.matters) if order.matters != ALWAYS else ""


def _drawn(row: Row, refs: Refs) -> Html:
    """Where the rule is drawn: its lines, each with the other rules that it stands for."""
    found = []
    for line in refs.lines(row.rule):
        others = [refs.rule(one) for one in line.rules if one != row.rule]
        shared = join([", one line with rule ", join(others, ", ")]) if others else NOTHING
        words = f"the line from {refs.start(line)} to {refs.pathway.state(line.target).title}"
        found.append(join([link(words, f"#drawn-{line.id}", class_="drawn"), shared]))
    return found[0] if len(found) == 1 else listed(found)


def sources(cites: tuple[str, ...], refs: Refs) -> Iterator[tuple[str, str]]:
    """Where a rule comes from: the statements in our words, the review notes in full, the literature."""
    found = [refs.pathway.citations[one] for one in cites]
    yield "Statements", listed(join([refs.cite(one.id), " ", one.words]) for one in found if isinstance(one, Statement))
    yield "Review notes", listed(_note(one, refs) for one in found if isinstance(one, ReviewNote))
    read = dict.fromkeys(
        name
        for one in found
        for name in ([one.id] if isinstance(one, Literature) else getattr(one, "references", ()))
        if isinstance(refs.pathway.citations.get(name), Literature)
    )
    yield "Literature", listed(join([refs.cite(one), " ", _title(one, refs)]) for one in read)


def _title(literature: str, refs: Refs) -> str:
    one = refs.pathway.citations[literature]
    assert isinstance(one, Literature)
    return one.title


def _note(one: ReviewNote, refs: Refs) -> Html:
    return join([
        refs.cite(one.id), " ", el("strong", one.title),
        el("p", el("em", "Doubtful: "), one.words),
        el("p", el("em", "The pathway: "), one.choice),
    ])  # fmt: skip
