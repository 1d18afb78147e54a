"""A writer of Markdown that reads as well raw, in a diff, as on a page: escaped words, tables, links by reference.

A link is written `[A2]`, and where it leads stands at the end of the file, out of a reader's way.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING, assert_never

from attrs import frozen

from pathway.draw.book.document import RULES, Book, is_generated, is_plain, place_of
from pathway.model.citations import Literature, ReviewNote, Statement
from pathway.model.phrase import Citation, Term, Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from pathway.draw.book.document import Entry
    from pathway.model.phrase import Phrase, Span

AT_ONCE = "none, as soon as the condition is true"
BREAK = "<br>"
NOTHING = "-"
_FEW = 3
"""How many scenarios are named beside a rule."""
_LINKED = frozenset({"condition", "derived", "invariant", "note"})
_LEADS = {"derived": "derived fact", "computed": "computed fact", "reference": "reference interval"}
_SPECIAL = re.compile(r"[\\`*\[\]|~$]|<(?=[A-Za-z/!?])|&(?=#?\w+;)|(?<![^\W_])_|_(?![^\W_])|!(?=\[|$)")
_SLOT = re.compile(r"\{([^{}:]*):?(\w*)\}")


def escape(words: str) -> str:
    """Words for a line of Markdown: nothing in them is read as markup, and line breaks are blanks."""
    return _escaped(words.strip())


def _escaped(words: str) -> str:
    """As `escape`, for a part of a sentence: blanks at its ends are kept."""
    return _SPECIAL.sub(lambda found: f"\\{found[0]}", re.sub(r"\s+", " ", words))


def link(label: str) -> str:
    """A link by reference: where it leads stands in `definitions`."""
    return f"[{escape(label)}]"


def code(words: str) -> str:
    """A name as it stands in files. A bar would end the cell of a table even here."""
    return f"`{words}`".replace("|", "\\|")


def anchor(name: str) -> str:
    """A place that links lead to."""
    return f'<a id="{name}"></a>'


def together(parts: Iterable[str], between: str = BREAK) -> str:
    """The parts that are not empty, with `between` between them."""
    return between.join(part for part in parts if part)


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """A table, a line for each row, then a blank line. An empty cell is a dash. Without rows there is no table."""
    lines = [_row([cell or NOTHING for cell in row]) for row in rows]
    return [_row(heads), _row(["---"] * len(heads)), *lines, ""] if lines else []


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def slug(heading: str) -> str:
    """The anchor that a Git host gives to a heading."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def definitions(targets: Iterable[tuple[str, str]]) -> list[str]:
    """The definitions of links by reference from pairs (label, target); of equal labels the first counts."""
    return [f"[{escape(label)}]: {target}" for label, target in dict(reversed(list(targets))).items()][::-1]


@frozen
class Markdown:
    """Writes a book's entries and the spans of their phrases."""

    book: Book

    def phrase(self, words: Phrase) -> str:
        """A phrase, its terms and citations as links."""
        return "".join(map(self._span, words.spans)).strip()

    def _span(self, span: Span) -> str:
        match span:
            case Text():
                return code(span.words) if span.code else _escaped(span.words)
            case Citation():
                return self.cites([span.words])
            case Term(kind="section"):
                return f"{link(span.words)}(#{span.name})"
            case Term():
                if span.kind in RULES:
                    return link(str(self.book.numbers[span.owner]))
                return link(span.words) if span.kind in _LINKED else escape(span.words)
            case _:
                assert_never(span)

    def cites(self, ids: Iterable[str]) -> str:
        """Citations as links. An id that is not plain might equal a term's title, so its target stands beside it."""
        return ", ".join(link(cite) + ("" if is_plain(cite) else f"(#{_source(cite)})") for cite in ids)

    def owners(self, owners: Iterable[Term]) -> str:
        """Owners, each led by its kind; a rule by its number, then its id with blanks."""
        return ", ".join(
            together(
                (
                    _LEADS.get(term.kind, term.kind),
                    self._span(term),
                    escape(term.name.replace("_", " ")) if term.kind in RULES else "",
                ),
                " ",
            )
            for term in owners
        )

    def rules(self, rules: Sequence[Term]) -> str:
        """Rules by their numbers after "rule" or "rules"; "" if there are none."""
        return f"rule{'s' * (len(rules) > 1)} {', '.join(map(self._span, rules))}" if rules else ""

    def states(self, states: Sequence[Term]) -> str:
        """States by their titles, or by their group, or as "any state" with the few exceptions."""
        pathway, given = self.book.pathway, {term.name for term in states}
        others = [state.title for state in pathway.states if state.name not in given]
        if not others:
            return "any state"
        for group, members in pathway.groups:
            if len(members) > 1 and set(members) == given:
                return escape(f"any {group.replace('_', '-')} state")
        if len(others) <= len(states) // 3:
            return escape(f"any state but {', '.join(others)}")
        return together(escape(term.words) for term in states)

    def users(self, owners: Sequence[Term]) -> str:
        """Owners by kind: terms by title, rules by number, then states, invariants and others."""

        def named(*kinds: str) -> str:
            return ", ".join(self._span(term) for term in owners if term.kind in kinds)

        states, invariants = named("state"), named("invariant")
        several = "s" * (sum(term.kind == "invariant" for term in owners) > 1)
        others = {term.kind for term in owners} - {"condition", "derived", "state", "invariant", *RULES}
        parts = (
            named("condition", "derived"),
            self.rules([term for term in owners if term.kind in RULES]),
            states and f"awaited in {states}",
            invariants and f"invariant{several} {invariants}",
            named(*others),
        )
        return together(parts, "; ")

    def resting(self, owners: Sequence[Term]) -> str:
        """Rules by their numbers, then the other owners with their kinds."""
        rules = [term for term in owners if term.kind in RULES]
        return together((self.rules(rules), self.owners(term for term in owners if term not in rules)))

    def statements(self, ids: Iterable[str]) -> str:
        """The statements among citations, in our words."""
        return together(
            f"{self.cites([citation.id])} {escape(citation.words)}"
            for citation in map(self.book.pathway.citations.get, ids)
            if isinstance(citation, Statement)
        )

    def notes(self, ids: Iterable[str]) -> str:
        """The review notes among citations by title and choice, and the literature by its title."""
        return together(
            f"{self.cites([citation.id])} *{escape(citation.title)}*"
            + (f" {escape(citation.choice)}" if isinstance(citation, ReviewNote) else "")
            for citation in map(self.book.pathway.citations.get, ids)
            if isinstance(citation, ReviewNote | Literature)
        )

    def files(self, rule: str) -> str:
        """How many scenarios exercise a rule, with the names of a few."""
        files = self.book.files(rule)
        generated = sum(map(is_generated, files))
        if not files:
            return "none"
        counted = str(len(files) - generated) + (f" and {generated} generated" if generated else "")
        return f"{counted}: {', '.join(link(self._labels[file]) for file in files[:_FEW])}"

    @cached_property
    def _labels(self) -> dict[str, str]:
        """What each scenario is called: by its name, and with its folders where several have that name."""
        files = list(self.book.all_files())
        names = Counter(_name(file) for file in files)
        return {file: _name(file) if names[_name(file)] == 1 else file.removesuffix(".toml") for file in files}

    def targets(self) -> Iterator[tuple[str, str]]:
        """Where each link by reference leads."""
        pathway = self.book.pathway
        for condition in pathway.conditions:
            for words in filter(None, (condition.title, condition.negated)):
                yield words, f"#condition-{condition.name}"
        for name in pathway.derived_by_name:
            yield pathway.title_of(name), f"#derived-{name}"
        for rule, number in self.book.numbers.items():
            yield str(number), f"#{rule.replace(' ', '-')}"
        for invariant in self.book.invariants(pathway.invariants_by_id):
            yield invariant.words, f"#invariant-{invariant.name}"
        for cite in filter(is_plain, pathway.citations):
            yield cite, f"#{_source(cite)}"
        for file in sorted({file for rule in self.book.numbers for file in self.book.files(rule)[:_FEW]}):
            yield self._labels[file], f"../{file}"

    def table(self, entries: Iterable[Entry], columns: Sequence[tuple[str, ...]]) -> list[str]:
        """A table of entries. A column is its head and the pieces of its cells.

        A piece is Markdown with a slot `{name:form}`. The slot is filled with the phrases of the entry under that name,
        written by one of `FORMS`. A piece whose slot stays empty is left out.
        """
        rows = (
            [together(self._piece(entry, piece) for piece in pieces) for _, *pieces in columns] for entry in entries
        )
        return table([head for head, *_ in columns], rows)

    def _piece(self, entry: Entry, piece: str) -> str:
        slot = _SLOT.search(piece)
        assert slot is not None, piece
        words = FORMS[slot[2]](self, entry, slot[1])
        return f"{piece[: slot.start()]}{words}{piece[slot.end() :]}" if words else ""


FORMS: dict[str, Callable[[Markdown, Entry, str], str]] = {
    "": lambda writer, entry, name: together(map(writer.phrase, entry[name])),
    "capital": lambda writer, entry, name: together(writer.phrase(part.capital()) for part in entry[name]),
    "sentence": lambda writer, entry, name: together(writer.phrase(part.sentence()) for part in entry[name]),
    "list": lambda writer, entry, name: ", ".join(map(writer.phrase, entry[name])),
    "states": lambda writer, entry, name: writer.states(entry.terms(name)),
    "rules": lambda writer, entry, name: writer.rules(entry.terms(name)),
    "owners": lambda writer, entry, name: writer.owners(entry.terms(name)),
    "users": lambda writer, entry, name: writer.users(entry.terms(name)),
    "resting": lambda writer, entry, name: writer.resting(entry.terms(name)),
    "number": lambda _, entry, __: f"{anchor(f'{entry.kind}-{entry.name}')}{entry.number}",
    "title": lambda _, entry, __: escape(entry.title),
    "place": lambda _, entry, __: _place(entry),
    "source": lambda _, entry, __: f"{anchor(_source(entry.name))}{escape(entry.name)}",
    "code": lambda _, entry, __: code(entry.name),
    "rule": lambda _, entry, name: _rule(entry.text(name), entry.name.replace("_", " ")),
    "event": lambda _, entry, name: escape(entry.text(name)) or AT_ONCE,
    "act": lambda writer, entry, name: together(
        (escape(entry.text(name)), *map(writer.phrase, entry["act where"])), ", where "
    ),
    "promise": lambda writer, entry, name: together(
        (escape(entry.text(name)).capitalize(), _of_entry(entry, writer)), " "
    ),
    "cites": lambda writer, entry, _: writer.cites(entry.cites),
    "statements": lambda writer, entry, _: writer.statements(entry.cites),
    "notes": lambda writer, entry, _: writer.notes(entry.cites),
    "files": lambda writer, entry, _: writer.files(f"{entry.kind} {entry.name}"),
}
"""How each form writes the phrases of an entry under a name. The last forms are about the entry as a whole."""


def _rule(title: str, name: str) -> str:
    """A rule by its title, and by its id with blanks, so that a narrow column can break it."""
    return f"**{escape(name)}**" if title in ("", name) else f"**{escape(title)}**{BREAK}{escape(name)}"


def _of_entry(entry: Entry, writer: Markdown) -> str:
    """The states of an invariant about entering them."""
    return writer.states(entry.terms("states")) if entry["states"] else ""


def _place(entry: Entry) -> str:
    """The title with an anchor. A derived fact that only computes another fact has no anchor."""
    if entry.kind == "computed":
        return f"**{escape(entry.title.removesuffix(', computed'))}**, computed"
    return f"{anchor(f'{entry.kind}-{entry.name}')}**{escape(entry.title)}**"


def _source(citation: str) -> str:
    """The anchor of a citation."""
    return citation.lower() if is_plain(citation) else place_of(citation)


def _name(file: str) -> str:
    return file.rpartition("/")[2].removesuffix(".toml")
