"""The document of a pathway: an entry for each of its parts, with all words about the part.

An entry holds phrases under names. A writer (rulebook, page, terminal) chooses names, labels them, and writes terms
and citations as links or as plain words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping  # attrs classes keep their types resolvable
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

from attrs import frozen

from pathway.draw.book.parts import guards, local_choices, outermost
from pathway.draw.rows import Row, numbers_of, row_of, rows_of
from pathway.model.check import cited
from pathway.model.guards import Guard, Named
from pathway.model.pathway import Pathway
from pathway.model.phrase import EMPTY, Part, Phrase, Term, joined, phrase
from pathway.model.promises import rules_spoken_of, states_spoken_of
from pathway.model.words import phrase_of, title

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

RULES = ("transition", "advice", "order", "contradiction")
"""The kinds of rules. Every rule has a number."""
_GENERATED = "generated"
_PLAIN = re.compile(r"[A-Za-z]+[0-9]+")
_NO_ANCHOR = re.compile(r"[^A-Za-z0-9]")

Given: TypeAlias = Part | tuple[Part, ...] | None
"""What stands under a name: one part or several. `None` and parts without words are left out."""


@frozen
class Entry:
    """A part of a pathway in phrases. `number` is that of a rule; `guards` are those that the entry puts in words."""

    kind: str
    name: str
    title: str
    parts: Mapping[str, tuple[Phrase, ...]]
    cites: tuple[str, ...] = ()
    number: int = 0
    guards: tuple[Guard, ...] = ()
    urgent: bool = False

    def __getitem__(self, name: str) -> tuple[Phrase, ...]:
        """The phrases under a name; none if there are no words."""
        return self.parts.get(name, ())

    def joined(self, name: str) -> Phrase:
        """The phrases under a name as one phrase."""
        return joined(self[name], " ")

    def text(self, name: str) -> str:
        """The phrases under a name in plain words."""
        return str(self.joined(name))

    def terms(self, name: str) -> tuple[Term, ...]:
        """The terms under a name."""
        return tuple(span for words in self[name] for span in words.spans if isinstance(span, Term))


def entry(
    kind: str,
    name: str,
    title: str,
    given: Mapping[str, Given],
    cites: tuple[str, ...] = (),
    *guards: Guard | None,
    number: int = 0,
    urgent: bool = False,
) -> Entry:
    """Make an entry; names without words are left out."""
    found: dict[str, tuple[Phrase, ...]] = {}
    for key, value in given.items():
        several = value if isinstance(value, tuple) else () if value is None else (value,)
        if words := tuple(whole for part in several if (whole := phrase(part))):
            found[key] = words
    return Entry(kind, name, title, found, cites, number, tuple(guard for guard in guards if guard is not None), urgent)


@frozen
class Book:
    """A pathway that is written down.

    `scenarios`: for each rule the files that exercise it, as paths from the project's folder.
    """

    pathway: Pathway
    scenarios: Mapping[str, tuple[str, ...]]

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The number of each rule, by "transition to_ward"."""
        return numbers_of(self.pathway)

    @cached_property
    def rows(self) -> dict[str, Row]:
        """Every rule as a row, by "transition to_ward"."""
        return {row.rule: row for row in rows_of(self.pathway)}

    def row(self, rule: str) -> Row:
        """One rule as a row."""
        return row_of(self.pathway, rule, self.numbers[rule])

    def words(self, guard: Guard | None) -> Phrase:
        """A guard in words."""
        return EMPTY if guard is None else phrase_of(guard, self.pathway)

    def rules(self, names: Iterable[str]) -> tuple[Term, ...]:
        """Rules, such as "transition to_ward"."""
        return tuple(Term(kind, name, name) for kind, _, name in (rule.partition(" ") for rule in names))

    def states(self, names: Iterable[str]) -> tuple[Term, ...]:
        """States by their titles."""
        return tuple(Term("state", name, self.pathway.state(name).title) for name in names)

    def titles(self, names: Iterable[str]) -> tuple[Term, ...]:
        """Facts and derived facts by their titles."""
        return tuple(title(name, self.pathway) for name in names)

    def invariants(self, names: Iterable[str]) -> tuple[Term, ...]:
        """Invariants by their ids, with blanks."""
        return tuple(Term("invariant", name, name.replace("_", " ")) for name in names)

    def acting(self, kind: str, state: str) -> tuple[Term, ...]:
        """The rules of a kind that can act in a state."""
        return self.rules(row.rule for row in self.rows.values() if row.kind == kind and state in row.states)

    def owner(self, owner: str) -> Term:
        """The owner of a guard, a citation or a choice as a term: its kind, its name and its title."""
        kind, _, name = owner.partition(" ")
        pathway = self.pathway
        match kind:
            case "condition":
                return Term(kind, name, pathway.condition(name).title)
            case "derived" | "fact":
                computed = kind == "derived" and name not in pathway.derived_by_name
                return Term("computed" if computed else kind, name, pathway.title_of(name))
            case "state":
                return self.states([name])[0]
            case "invariant":
                return self.invariants([name])[0]
            case "event":
                return Term(kind, name, pathway.event_type(name).title)
            case "reference":
                fact, _, band = name.partition(" ")
                return Term(kind, name, f"{pathway.title_of(fact)}, {band}")
            case "note" | "literature":
                return Term(kind, name, name)
            case _:
                return self.rules([owner])[0] if owner in self.numbers else Term("", owner, owner)

    @cached_property
    def cited(self) -> dict[str, tuple[str, ...]]:
        """The citations of each part of the definition, by "transition to_ward"."""
        return dict(cited(self.pathway))

    @cached_property
    def choices(self) -> dict[str, str]:
        """The local choice of each owner that makes one; if it makes several, the last."""
        return {part.owner: part.value.local_choice for part in local_choices(self.pathway)}

    @cached_property
    def citing(self) -> dict[str, tuple[str, ...]]:
        """For each citation its owners: everything that cites it, and every note about it."""
        found: dict[str, dict[str, None]] = {}
        for owner, names in self.cited.items():
            for cite in names:
                found.setdefault(cite, {})[owner] = None
        for note in self.pathway.notes:
            for cite in note.about:
                found.setdefault(cite, {})[f"note {note.id}"] = None
        return {cite: tuple(owners) for cite, owners in found.items()}

    @cached_property
    def referring(self) -> dict[str, tuple[str, ...]]:
        """For each citation the notes and the literature that refer to it."""
        found: dict[str, dict[str, None]] = {}
        for kind, items in (("note", self.pathway.notes), ("literature", self.pathway.literature)):
            for item in items:
                for cite in item.references:
                    found.setdefault(cite, {})[f"{kind} {item.id}"] = None
        return {cite: tuple(owners) for cite, owners in found.items()}

    @cached_property
    def users(self) -> dict[str, tuple[str, ...]]:
        """For each condition, fact and derived fact the owners of the guards that name it."""
        found: dict[str, dict[str, None]] = {}
        for owner, _, guard in guards(self.pathway):
            for node in outermost(guard):
                found.setdefault(node.name if isinstance(node, Named) else node.fact, {})[owner] = None
        return {name: tuple(owners) for name, owners in found.items()}

    @cached_property
    def promises(self) -> dict[str, tuple[str, ...]]:
        """For each order, advice and state the ids of the invariants that speak of it."""
        found: dict[str, list[str]] = {}
        for invariant in self.pathway.invariants:
            states = (f"state {name}" for name in states_spoken_of(invariant, self.pathway))
            for owner in (*rules_spoken_of(invariant, self.pathway), *states):
                found.setdefault(owner, []).append(invariant.id)
        return {owner: tuple(names) for owner, names in found.items()}

    def files(self, rule: str) -> tuple[str, ...]:
        """The scenarios that exercise a rule, the most specific first, generated scenarios last."""

        def order(file: str) -> tuple[bool, int, str]:
            return is_generated(file), self._reach[file], file

        return tuple(sorted(self.scenarios.get(rule, ()), key=order))

    @cached_property
    def _reach(self) -> Counter[str]:
        """How many rules each scenario exercises; a state is no rule."""
        return Counter(file for rule in self.numbers for file in self.scenarios.get(rule, ()))

    def all_files(self) -> Iterator[str]:
        """Every scenario that exercises a rule, once."""
        yield from dict.fromkeys(file for rule in self.numbers for file in self.scenarios.get(rule, ()))


def is_plain(citation: str) -> bool:
    """Whether an id is letters and a number, such as A2: such an id can be a link and an anchor unchanged."""
    return bool(_PLAIN.fullmatch(citation))


def place_of(citation: str) -> str:
    """The anchor of a citation with any id; no other anchor is equal to it."""
    return citation if is_plain(citation) else f"cited-{_NO_ANCHOR.sub(lambda found: f'-{ord(found[0]):x}-', citation)}"


def is_generated(file: str) -> bool:
    """Whether a scenario was generated."""
    return _GENERATED in file.split("/")
