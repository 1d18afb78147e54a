"""What there is to say about each thing of a pathway that has a name: one article each, for reader and program."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import frozen

from pathway.cli.reasons import titles
from pathway.cli.units import loinc_of, units_of
from pathway.model.check import cited
from pathway.model.derivation import derived_in_words
from pathway.model.derived import Derived, Latched, Product
from pathway.model.errors import BadInput, nearest
from pathway.model.events import describe
from pathway.model.facts import Fact, Quantity
from pathway.model.guards import Guard, Leaf, Named, parts_of, walk
from pathway.model.invariants import Entry
from pathway.model.pathway import Pathway, guards_of
from pathway.model.promises import KINDS, kind_of, promised, rules_spoken_of
from pathway.model.words import in_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pathway.model.citations import Literature, ReviewNote, Statement
    from pathway.model.events import EventType
    from pathway.model.invariants import Invariant
    from pathway.model.rules import Advice, Contradiction, OrderRule, State, Transition

Rows = tuple[tuple[str, str], ...]


@frozen
class Article:
    """What one thing is: rows of (label, words), the words that its guards use, what it cites and what cites it."""

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
            "where": dict(self.where), "cites": {one: pathway.citations[one].words for one in self.cites},
            "cited_by": list(self.cited_by),
        }  # fmt: skip


def articles_about(name: str, pathway: Pathway) -> list[Article]:
    """Everything of that name, such as a fact and an event. `BadInput` with the nearest names otherwise."""
    found = [article for article in _all_named(name, pathway) if article is not None]
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
    ids = [*(one.id for one in pathway.transitions), *(one.id for one in pathway.contradictions)]
    return list(dict.fromkeys([*(name for names in by_name for name in names), *ids]))


def _all_named(name: str, pathway: Pathway) -> Iterator[Article | None]:
    writer = _Writer(pathway)
    yield writer.state(pathway.states_by_name.get(name))
    yield writer.transition(next((one for one in pathway.transitions if one.id == name), None))
    yield writer.advice(pathway.advice_by_id.get(name))
    yield writer.order(pathway.orders_by_id.get(name))
    yield writer.fact(pathway.facts_by_name.get(name))
    yield writer.derived(pathway.derived_by_name.get(name))
    yield writer.condition(name)
    yield writer.event(pathway.events_by_name.get(name))
    yield writer.contradiction(next((one for one in pathway.contradictions if one.id == name), None))
    yield writer.invariant(pathway.invariants_by_id.get(name))
    yield writer.citation(pathway.citations.get(name) or pathway.citations.get(name.upper()))


class _Writer:
    """Writes articles about one pathway."""

    def __init__(self, pathway: Pathway) -> None:
        self.pathway = pathway

    def state(self, one: State | None) -> Article | None:
        if one is None:
            return None
        ways_in = [
            f"{way.id} from {self._states(way.sources)}" for way in self.pathway.transitions if way.target == one.name
        ]
        ways_out = [
            f"{way.id} to {self._states((way.target,))}" for way in self.pathway.transitions if one.name in way.sources
        ]
        rows = (
            ("meaning", one.meaning), ("phase", one.phase), ("waits for", self._words(one.waits)),
            ("ends because", one.end),
            ("reached by", "; ".join(ways_in)), ("left by", "; ".join(ways_out)),
        )  # fmt: skip
        where = self._where(one.waits) if one.waits is not None else ()
        return Article("state", one.name, one.title, _full(rows), where, one.cites)

    def transition(self, one: Transition | None) -> Article | None:
        if one is None:
            return None
        on = self.pathway.event_type(one.on).title if one.on is not None else ""
        closing = ""
        if one.closes is not None:
            closing = "the episode"
            if one.closes.keeps_day:
                closing += "; the next one holds what that calendar day brought"
        rows = (
            ("from", self._states(one.sources)),
            ("to", self._states((one.target,))),
            ("taken", f"when '{on}' arrives and the guard holds" if on else "as soon as the guard holds"),
            ("guard", self._words(one.when)),
            ("closes", closing),
            ("from that day on", titles(one.renews, self.pathway) + " count anew" if one.renews else ""),
            ("local choice", one.local_choice),
        )
        return Article("transition", one.id, one.label, _full(rows), self._where(one.when), one.cites)

    def advice(self, one: Advice | None) -> Article | None:
        if one is None:
            return None
        due = {None: "", 0: "the same day"}.get(one.due_day, f"{one.due_day} days after it was raised")
        late = one.overdue_after_day
        overdue = {None: "", 0: "at the end of that calendar day"}.get(late, f"after {late} days")
        rows = (
            ("urgency", one.urgency),
            ("raised when" if one.until is not None else "in force while", self._words(one.when)),
            ("until", self._words(one.until)),
            ("withdrawn when", self._words(one.lapses)),
            ("due", due),
            ("overdue", overdue),
            ("asks for", titles(one.lists, self.pathway)),
            ("for the family", one.family),
            ("local choice", one.local_choice),
        )
        guards = [guard for guard in (one.when, one.until, one.lapses) if guard is not None]
        return Article("advice", one.id, one.words, _full(rows), self._where(*guards), one.cites)

    def order(self, one: OrderRule | None) -> Article | None:
        if one is None:
            return None
        permitted = self._words(one.permitted) if one.permitted is not None else "never by this pathway"
        rows = (
            ("refused when", self._words(one.refused)),
            ("then it says", one.refusal),
            ("permitted when", permitted),
            ("otherwise", "not addressed: the source is silent, and silence is no permission"),
            ("it happens by", self.pathway.event_type(one.act).title if one.act is not None else ""),
            ("local choice", one.local_choice),
        )
        guards = [guard for guard in (one.refused, one.permitted) if guard is not None]
        return Article("order", one.id, one.words, _full(rows), self._where(*guards), one.cites)

    def fact(self, one: Fact | None) -> Article | None:
        if one is None:
            return None
        carriers = [kind for kind in self.pathway.events if any(field.fact == one.name for field in kind.fields)]
        recorders = [kind for kind in self.pathway.events if one.name in kind.records]
        product = next((d for d in self.pathway.derived if isinstance(d, Product) and d.fact == one.name), None)
        reference = [
            f"{row.band()} {row.limits()}" + (f" (local choice: {row.local_choice})" if row.local_choice else "")
            for row in self.pathway.reference.rows
            if row.fact == one.name
        ]
        rows = [("takes", describe(one) if not isinstance(one, Quantity) else "an amount with its unit")]
        if isinstance(one, Quantity):
            rows += [("unit, and range", units_of(one)[0]), ("other units", units_of(one)[1])]
        rows += [
            ("LOINC", ", ".join(loinc_of(one))),
            ("reference", "; ".join(reference)),
            ("grade", self.pathway.grades[one.name].describe() if one.name in self.pathway.grades else ""),
            ("else", product.words if product is not None else ""),
            ("carried by", ", ".join(kind.name for kind in carriers)),
            ("recorded by", ", ".join(kind.name for kind in recorders)),
            ("read by", self._readers(one.name)),
            ("no rule reads it", one.unread),
        ]
        return Article("fact", one.name, one.title, _full(tuple(rows)), cites=one.cites)

    def derived(self, one: Derived | None) -> Article | None:
        if one is None or isinstance(one, Product):
            return None
        rows = (
            ("is", derived_in_words(one, self.pathway)),
            ("local choice", getattr(one, "local_choice", "")),
            ("read by", self._readers(one.name)),
        )
        where = self._where(one.when) if isinstance(one, Latched) else ()
        return Article("derived fact", one.name, one.title, _full(rows), where, one.cites)

    def condition(self, name: str) -> Article | None:
        one = self.pathway.conditions_by_name.get(name)
        if one is None:
            return None
        used = [
            owner for owner, guard in guards_of(self.pathway)
            if any(isinstance(node, Named) and node.name == name for node in walk(guard))
        ]  # fmt: skip
        rows = (
            ("true when", self._words(one.guard)), ("local choice", one.local_choice),
            ("used by", ", ".join(dict.fromkeys(used))),
        )  # fmt: skip
        return Article("condition", one.name, one.title, _full(rows), self._where(one.guard), one.cites)

    def event(self, one: EventType | None) -> Article | None:
        if one is None:
            return None
        fields = [field.fact + (" (required)" if field.required else "") for field in one.fields]
        ways = [way.id for way in self.pathway.transitions if way.on == one.name]
        acts = [order.id for order in self.pathway.orders if order.act == one.name]
        rest = titles(one.rest_absent[1], self.pathway) if one.rest_absent else ""
        rows = (
            ("carries", ", ".join(fields)),
            ("records", titles(one.records, self.pathway)),
            ("replaces", "the whole report of this kind before it" if one.replaces else ""),
            ("with authority if", self._words(one.authority.when) if one.authority else ""),
            ("with rest absent", f"{one.rest_absent[0]}: {rest}" if one.rest_absent else ""),
            ("folded", "after all other events of the same moment" if one.last else ""),
            ("can lead on by", ", ".join(ways)),
            ("is the act of", ", ".join(acts)),
        )
        return Article("event", one.name, one.title, _full(rows), cites=one.cites)

    def contradiction(self, one: Contradiction | None) -> Article | None:
        if one is None:
            return None
        rows = (("shown when", self._words(one.when)),)
        return Article("contradiction", one.id, one.words, rows, self._where(one.when), one.cites)

    def invariant(self, one: Invariant | None) -> Article | None:
        if one is None:
            return None
        kind, guards = kind_of(one), promised(one)
        rows = (
            ("kind", f"{kind}: {dict(KINDS)[kind]}"),
            ("states", self._states(one.states) if isinstance(one, Entry) else ""),
            *((lead, self._words(guard)) for lead, guard in guards),
            ("speaks of", ", ".join(rules_spoken_of(one, self.pathway))),
            ("local choice", one.local_choice),
        )
        where = self._where(*(guard for _, guard in guards))
        return Article("invariant", one.id, one.words, _full(rows), where, one.cites)

    def citation(self, one: Statement | ReviewNote | Literature | None) -> Article | None:
        if one is None:
            return None
        by = tuple(owner for owner, cites in cited(self.pathway) if one.id in cites)
        about = tuple(f"note {note.id}" for note in self.pathway.notes if one.id in note.about)
        section, printed = getattr(one, "section", ""), getattr(one, "printed", "")
        when: Guard | None = getattr(one, "when", None)
        rows = (
            ("says", one.words),
            ("the pathway", getattr(one, "choice", "")),
            ("in section", section),
            ("kind", getattr(one, "kind", "")),
            ("the page cites", printed),
            ("not modelled", getattr(one, "not_modelled", "")),
            ("shown when", self._words(when)),
            ("references", "; ".join(getattr(one, "references", ()))),
        )
        kind = "statement" if section else "review note" if hasattr(one, "choice") else "literature"
        title = getattr(one, "title", "") or f"statement of the source ({section})"
        where = self._where(when) if when is not None else ()
        return Article(kind, one.id, title, _full(rows), where, tuple(getattr(one, "about", ())), (*by, *about))

    def _words(self, guard: Guard | None) -> str:
        return "" if guard is None else in_words(guard, self.pathway)

    def _where(self, *guards: Guard) -> Rows:
        """The words that guards use, unfolded one level: named conditions and what derived facts rest on."""
        found: dict[str, str] = {}
        for guard in guards:
            for node in _outermost(guard):
                if isinstance(node, Named):
                    found.setdefault(self.pathway.condition(node.name).title, self._words(node.of))
                elif isinstance(derived := self.pathway.derived_by_name.get(node.fact), Latched):
                    found.setdefault(derived.title, f"once {self._words(derived.when)}")
        return tuple(found.items())

    def _readers(self, name: str) -> str:
        found = [
            owner for owner, guard in guards_of(self.pathway)
            if any(isinstance(node, Leaf) and node.fact == name for node in _outside_names(guard))
        ]  # fmt: skip
        return ", ".join(dict.fromkeys(found))

    def _states(self, names: tuple[str, ...]) -> str:
        return ", ".join(f"{self.pathway.state(name).title} ({name})" for name in names)


def _outermost(guard: Guard) -> Iterator[Named | Leaf]:
    """The named conditions and the facts of a guard, not looking into named conditions."""
    if isinstance(guard, Named | Leaf):
        yield guard
        return
    for part in parts_of(guard):
        yield from _outermost(part)


def _outside_names(guard: Guard) -> Iterator[Guard]:
    yield from (node for node in _outermost(guard) if not isinstance(node, Named))


def _full(rows: tuple[tuple[str, str], ...]) -> Rows:
    return tuple(row for row in rows if row[1])
