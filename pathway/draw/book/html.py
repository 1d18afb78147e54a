"""A writer of HTML. Markup is `Html`; every other string is escaped."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, assert_never

from attrs import frozen

from pathway.draw.book.document import RULES, Book, place_of
from pathway.model.phrase import Citation, Phrase, Term, Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pathway.model.phrase import Span

_FEW = 3
_LINKED = frozenset({"condition", "derived", "invariant", "state"})
_LEADS = {"derived": "derived fact", "": "the"}

_ON_LINES = (
    *("article", "section", "ul", "dl", "li", "dt", "dd"),
    *("table", "thead", "tbody", "tr", "details", "div"),
)


class Html(str):
    """Markup, in contrast to words that have to be escaped."""

    __slots__ = ()


NOTHING = Html("")


def el(name: str, /, *inside: str, **attributes: str | bool | None) -> Html:
    """An element. `class_` becomes class, `data_marks` data-marks. True: an attribute without value; None, False: none.

    A block begins on a new line, so that a diff of two pages can be read.
    """
    written = "".join(_attribute(key, value) for key, value in attributes.items())
    start = "\n" if name in _ON_LINES else ""
    return Html(f"{start}<{name}{written}>{join(inside)}</{name}>")


def join(parts: Iterable[str], between: str = "") -> Html:
    """The parts as markup; empty parts are left out."""
    return Html(_escaped(between).join(_escaped(part) for part in parts if part))


def link(words: str, target: str, /, **attributes: str | bool | None) -> Html:
    """A link to a place in the page, or to a file."""
    return el("a", words, href=target, **attributes)


def listed(parts: Iterable[str], **attributes: str | bool | None) -> Html:
    """A list of parts; nothing if there are none."""
    items = [el("li", part) for part in parts if part]
    return el("ul", *items, **attributes) if items else NOTHING


def _attribute(key: str, value: str | bool | None) -> str:
    if value is None or value is False:
        return ""
    name = key.rstrip("_").replace("_", "-")
    return f" {name}" if value is True else f' {name}="{escape(value)}"'


def _escaped(words: str) -> str:
    return words if isinstance(words, Html) else escape(words, quote=False)


@frozen
class HtmlWriter:
    """Writes the spans of a book's phrases, as links within the page."""

    book: Book

    def phrase(self, words: Phrase) -> Html:
        """A phrase, its terms and citations as links."""
        return join(map(self._span, words.spans))

    def _span(self, span: Span) -> str:
        match span:
            case Text():
                return el("code", span.words) if span.code else span.words
            case Citation():
                return link(span.words, f"#{place_of(span.words)}")
            case Term(kind=kind) if kind in RULES:
                return self.rule(span)
            case Term():
                return link(span.words, f"#{span.kind}-{span.name}") if span.kind in _LINKED else span.words
            case _:
                assert_never(span)

    def owner(self, term: Term) -> Html:
        """An owner, led by its kind; a link if the page has a place for it."""
        if term.kind in RULES:
            return self.rule(term, lead=True)
        if term.kind == "reference":
            return join([link("reference interval", "#reference"), f" {term.words}"])
        named = self.cite(term.name) if term.kind in ("note", "literature") else self._span(term)
        return join([f"{_LEADS.get(term.kind, term.kind)} ", named])

    def owners(self, owners: Iterable[Term]) -> Html:
        """Owners in a row."""
        return listed(map(self.owner, owners), class_="row")

    def rule(self, term: Term, *, lead: bool = False) -> Html:
        """A rule by its number and title; with `lead` also by its kind."""
        row = self.book.rows[term.owner]
        return link(f"{row.kind} " * lead + f"{row.number} {row.title}", f"#rule-{row.number}")

    def rules(self, rules: Iterable[Term], *, lead: bool = False) -> Html:
        """Rules in a row; nothing if there are none."""
        return listed((self.rule(term, lead=lead) for term in rules), class_="row")

    def terms(self, terms: Iterable[Term]) -> Html:
        """Terms, separated by commas."""
        return join(map(self._span, terms), ", ")

    def row(self, terms: Iterable[Term]) -> Html:
        """Terms in a row; nothing if there are none."""
        return listed(map(self._span, terms), class_="row")

    def states(self, states: Sequence[Term]) -> Html:
        """States by their titles, or "any state" with the few exceptions."""
        given = {term.name for term in states}
        others = self.book.states(term.name for term in self.book.pathway.states if term.name not in given)
        if not others:
            return Html("any state")
        if len(others) <= _FEW < len(states):
            return join(["any state but ", self.terms(others)])
        return self.terms(states)

    def cite(self, name: str) -> Html:
        """A statement, a review note or a piece of literature by its id."""
        return self.phrase(Phrase((Citation(name),)))

    def cites(self, names: Iterable[str]) -> Html:
        """Citations by their ids."""
        return join(map(self.cite, names), ", ")
