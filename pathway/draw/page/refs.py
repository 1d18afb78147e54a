"""What refers to what: the links of the page, there and back."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from attrs import field, frozen

from pathway.draw.diagram import Box, Diagram, Line, diagram_of, phases_of
from pathway.draw.page.markup import NOTHING, Html, el, join, link, listed
from pathway.draw.rulebook.book import Book
from pathway.draw.rulebook.markdown import CLOSE, OPEN, capital
from pathway.draw.rulebook.parts import guards, outermost
from pathway.model.check import cited
from pathway.model.derived import Product
from pathway.model.guards import Named
from pathway.model.promises import rules_spoken_of, states_spoken_of
from pathway.model.words import in_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pathway.draw.rows import Row
    from pathway.model.guards import Guard
    from pathway.model.pathway import Pathway

_FEW = 3


@frozen
class Refs:
    """A pathway with everything that its page links: rules by number, states, terms, citations."""

    book: Book
    diagram: Diagram = field(init=False, repr=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "diagram", diagram_of(self.book.pathway))

    @property
    def pathway(self) -> Pathway:
        """The pathway of the page."""
        return self.book.pathway

    @cached_property
    def rows(self) -> dict[str, Row]:
        """Every rule, by its name among all: "transition smear_clear"."""
        return {one.rule: one for one in self.book.rows}

    @cached_property
    def phases(self) -> tuple[Box, ...]:
        """The phases, in order."""
        return phases_of(self.pathway)

    def lines(self, rule: str) -> tuple[Line, ...]:
        """The lines of the diagram that stand for a rule."""
        return tuple(one for one in self.diagram.lines if rule in one.rules)

    def start(self, line: Line) -> str:
        """Where a line leaves: a state, a phase, or some states of one."""
        if not line.box:
            return self.pathway.state(line.source).title
        box = next(one for one in self.diagram.boxes if one.id == line.box)
        return box.title or " or ".join(self.pathway.state(one).title for one in box.states)

    def rule(self, name: str, *, lead: bool = False) -> Html:
        """A link to a rule by its number and title; `lead` says its kind too."""
        row = self.rows[name]
        words = f"{row.kind} {row.number} {row.title}" if lead else f"{row.number} {row.title}"
        return link(words, f"#rule-{row.number}")

    def rules(self, names: Iterable[str], *, lead: bool = False) -> Html:
        """Links to rules, in a list; nothing where there is none."""
        found = [el("li", self.rule(one, lead=lead)) for one in names]
        return el("ul", *found, class_="row") if found else NOTHING

    def state(self, name: str) -> Html:
        """A link to a state."""
        return link(self.pathway.state(name).title, f"#state-{name}")

    def states(self, names: tuple[str, ...]) -> Html:
        """Links to states; in fewer words where all or all but few are meant."""
        others = [one.name for one in self.pathway.states if one.name not in names]
        if not others:
            return Html("any state")
        if len(others) <= _FEW < len(names):
            return join(["any state but ", join(map(self.state, others), ", ")])
        return join(map(self.state, names), ", ")

    def invariant(self, name: str) -> Html:
        """A link to an invariant, by its id with blanks."""
        return link(name.replace("_", " "), f"#invariant-{name}")

    def invariants(self, names: Iterable[str]) -> Html:
        """Links to invariants, in a list; nothing where there is none."""
        return listed(map(self.invariant, names), class_="row")

    @cached_property
    def promises(self) -> dict[str, tuple[str, ...]]:
        """For each order, advice and state the ids of the invariants that speak of it."""
        found: dict[str, list[str]] = {}
        for one in self.pathway.invariants:
            states = (f"state {name}" for name in states_spoken_of(one, self.pathway))
            for owner in (*rules_spoken_of(one, self.pathway), *states):
                found.setdefault(owner, []).append(one.id)
        return {owner: tuple(names) for owner, names in found.items()}

    def cite(self, name: str) -> Html:
        """A link to a statement, review note or piece of literature, with its title as far as it has one."""
        return link(name, f"#{name}")

    def cites(self, names: Iterable[str]) -> Html:
        """Links to whatever is cited."""
        return join(map(self.cite, names), ", ")

    def prose(self, words: str) -> Html:
        """Words in which marked terms become links."""
        parts = []
        for place, piece in enumerate(capital(words).split(OPEN)):
            term, closed, rest = piece.partition(CLOSE)
            if not closed:
                parts.append(piece if not place else term)
            else:
                target = self._terms.get(term) or self._terms[f"{term[0].lower()}{term[1:]}"]
                parts += [link(term, target), rest]
        return join(parts)

    def words(self, guard: Guard) -> Html:
        """A guard as a sentence, its terms as links."""
        return self.prose(f"{in_words(guard, self.book.marked)}.")

    def titles(self, names: Iterable[str]) -> str:
        """Facts and derived facts by their titles."""
        return ", ".join(self.pathway.title_of(name) for name in names)

    @cached_property
    def _terms(self) -> dict[str, str]:
        """Where each term is explained, by its title; a condition goes before a derived fact."""
        found = {self.pathway.title_of(name): f"#derived-{name}" for name in self.pathway.derived_by_name}
        return found | {one.title: f"#condition-{one.name}" for one in self.pathway.conditions}

    @cached_property
    def citing(self) -> dict[str, tuple[str, ...]]:
        """For each citation everything that cites it: "transition smear_clear", "state smear", "note N12"."""
        found: dict[str, dict[str, None]] = {}
        for owner, names in cited(self.pathway):
            for one in names:
                found.setdefault(one, {})[owner] = None
        for note in self.pathway.notes:
            for one in (*note.about, *note.references):
                found.setdefault(one, {})[f"note {note.id}"] = None
        for item in self.pathway.literature:
            for one in item.references:
                found.setdefault(one, {})[f"literature {item.id}"] = None
        return {one: tuple(owners) for one, owners in found.items()}

    @cached_property
    def users(self) -> dict[str, tuple[str, ...]]:
        """For each condition and derived fact whatever names it in a guard."""
        found: dict[str, dict[str, None]] = {}
        for owner, _, guard in guards(self.pathway):
            for node in outermost(guard):
                found.setdefault(node.name if isinstance(node, Named) else node.fact, {})[owner] = None
        return {one: tuple(owners) for one, owners in found.items()}

    def owner(self, owner: str) -> Html:
        """Whatever cites or uses something, as a link where the page has a place for it."""
        kind, _, name = owner.partition(" ")
        if owner in self.rows:
            return self.rule(owner, lead=True)
        match kind:
            case "state":
                return join(["state ", self.state(name)])
            case "invariant":
                return join(["invariant ", self.invariant(name)])
            case "condition":
                return join(["condition ", link(self.pathway.condition(name).title, f"#condition-{name}")])
            case "derived":
                return self._derived(name)
            case "note" | "literature":
                return join([f"{kind} ", self.cite(name)])
            case "event":
                return join([f"event {self.pathway.event_type(name).title}"])
            case "fact":
                return join([f"fact {self.pathway.title_of(name)}"])
            case "reference":
                fact, _, band = name.partition(" ")
                return join([link("reference interval", "#reference"), f" {self.pathway.title_of(fact)}, {band}"])
            case _:
                return join([f"the {owner}"])

    def _derived(self, name: str) -> Html:
        if name in self.pathway.derived_by_name:
            return join(["derived fact ", link(self.pathway.title_of(name), f"#derived-{name}")])
        return join([f"computed {self.pathway.title_of(name)}"])

    def marks(self, owners: Iterable[str]) -> str:
        """What of the diagram stands for these owners: "rule-4 state-smear"."""
        return " ".join(dict.fromkeys(self._marks(owners)))

    def _marks(self, owners: Iterable[str]) -> Iterator[str]:
        for owner in owners:
            kind, _, name = owner.partition(" ")
            if kind == "transition":
                yield f"rule-{self.rows[owner].number}"
            elif kind == "state":
                yield f"state-{name}"
            elif owner in self.rows:
                yield from (f"state-{one}" for one in self.rows[owner].states)


def is_computed(one: object) -> bool:
    """Whether a derived fact only fills in another fact, and so is no term of its own."""
    return isinstance(one, Product)
