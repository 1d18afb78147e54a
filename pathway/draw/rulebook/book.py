"""What every page of the rulebook needs: the pathway in words with its terms marked, and links to what it speaks of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping  # attrs classes keep their types resolvable
from functools import cached_property
from typing import TYPE_CHECKING, Any

from attrs import evolve, field, frozen

from pathway.draw.rows import Row, numbers_of, rows_of
from pathway.draw.rulebook.markdown import CLOSE, OPEN, capital, escape, joined, link, prose
from pathway.model.citations import Literature, ReviewNote, Statement
from pathway.model.derived import Product
from pathway.model.pathway import Pathway
from pathway.model.words import in_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pathway.model.guards import Guard

_NAMED_FILES = 3
_GENERATED = "generated"


@frozen
class Book:
    """A pathway that is written down. `scenarios`: for each rule the files that exercise it, from the project's folder.

    `marked` is the same pathway with the titles of its terms marked, so that whatever is said of it carries the marks.
    """

    pathway: Pathway
    scenarios: Mapping[str, tuple[str, ...]]
    marked: Pathway = field(init=False, repr=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "marked", _marked(self.pathway))

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """Every rule as a row, the terms in its words marked."""
        return rows_of(self.marked, self.scenarios)

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The number of each rule, by "transition smear_clear"."""
        return numbers_of(self.pathway)

    def words(self, guard: Guard) -> str:
        """A guard in words, its terms as links."""
        return prose(in_words(guard, self.marked))

    def sentence(self, guard: Guard) -> str:
        """A guard in words, as a sentence."""
        return prose(f"{capital(in_words(guard, self.marked))}.")

    def cites(self, ids: Iterable[str]) -> str:
        """Citations as links."""
        return ", ".join(map(link, ids))

    def statements(self, ids: Iterable[str]) -> str:
        """The statements among the citations, each in our words."""
        found = (self.pathway.statements_by_id.get(one) for one in ids)
        return joined(f"{link(one.id)} {escape(one.words)}" for one in found if isinstance(one, Statement))

    def notes(self, ids: Iterable[str]) -> str:
        """The review notes among the citations by title and choice, and the literature by its title."""
        return joined(map(self._note, ids))

    def _note(self, name: str) -> str:
        match self.pathway.citations[name]:
            case ReviewNote() as one:
                return f"{link(one.id)} *{escape(one.title)}* {escape(one.choice)}"
            case Literature() as one:
                return f"{link(one.id)} *{escape(one.title)}*"
            case _:
                return ""

    def rules(self, names: Iterable[str]) -> str:
        """Links to rules, such as "transition smear_clear", by their numbers."""
        return ", ".join(link(str(self.numbers[name])) for name in names)

    def ruled(self, names: Sequence[str]) -> str:
        """The same, led by "rule" or "rules"; "" for none."""
        return f"rule{'s' * (len(names) > 1)} {self.rules(names)}" if names else ""

    def invariant(self, name: str) -> str:
        """A link to an invariant, by its id with blanks."""
        return link(name.replace("_", " "))

    def states(self, names: tuple[str, ...]) -> str:
        """States by their titles, or in fewer words where a group, all of them or all but few are meant."""
        pathway, given = self.pathway, set(names)
        others = [one.title for one in pathway.states if one.name not in given]
        if not others:
            return "any state"
        for group, members in pathway.groups:
            if len(members) > 1 and set(members) == given:
                return escape(f"any {group.replace('_', '-')} state")
        if len(others) <= len(names) // 3:
            return escape(f"any state but {', '.join(others)}")
        return joined(escape(pathway.state(name).title) for name in names)

    def titles(self, names: Iterable[str]) -> str:
        """Facts and derived facts by their titles."""
        return prose(", ".join(self.marked.title_of(name) for name in names))

    def files(self, rule: str) -> str:
        """How many scenarios exercise a rule, with the names of a few."""
        files = self.scenarios.get(rule, ())
        generated = sum(map(_is_generated, files))
        if not files:
            return "none"
        said = str(len(files) - generated) + (f" and {generated} generated" if generated else "")
        return f"{said}: {', '.join(link(self._labels[file]) for file in self._telling(files))}"

    def _telling(self, files: Iterable[str]) -> list[str]:
        """The few files that exercise least besides, and so show best what one rule does; what people wrote first."""

        def order(file: str) -> tuple[bool, int, str]:
            return _is_generated(file), self._reach[file], file

        return sorted(files, key=order)[:_NAMED_FILES]

    @cached_property
    def _labels(self) -> dict[str, str]:
        """What each scenario is called: by its name, and with its folders where another one has that name too."""
        files = dict.fromkeys(file for rule in self.numbers for file in self.scenarios.get(rule, ()))
        names = Counter(_name(file) for file in files)
        return {file: _name(file) if names[_name(file)] == 1 else file.removesuffix(".toml") for file in files}

    @cached_property
    def _reach(self) -> dict[str, int]:
        """How many rules each scenario exercises."""
        found: dict[str, int] = {}
        for rule in self.numbers:
            for file in self.scenarios.get(rule, ()):
                found[file] = found.get(file, 0) + 1
        return found

    def targets(self) -> Iterator[tuple[str, str]]:
        """Where each link by reference leads."""
        for condition in self.pathway.conditions:
            yield condition.title, f"#condition-{condition.name}"
        for name in self.pathway.derived_by_name:
            yield self.pathway.title_of(name), f"#derived-{name}"
        for rule, number in self.numbers.items():
            yield str(number), f"#{rule.replace(' ', '-')}"
        for invariant in self.pathway.invariants:
            yield invariant.id.replace("_", " "), f"#invariant-{invariant.id}"
        for one in self.pathway.citations:
            yield one, f"#{one.lower()}"
        named = {file for rule in self.numbers for file in self._telling(self.scenarios.get(rule, ()))}
        for file in sorted(named):
            yield self._labels[file], f"../{file}"


def _is_generated(file: str) -> bool:
    return _GENERATED in file.split("/")


def _name(file: str) -> str:
    return file.rpartition("/")[2].removesuffix(".toml")


def _marked(pathway: Pathway) -> Pathway:
    def mark(one: Any) -> Any:
        return one if isinstance(one, Product) else evolve(one, title=f"{OPEN}{one.title}{CLOSE}")

    return evolve(
        pathway,
        conditions=tuple(map(mark, pathway.conditions)),
        derived=tuple(map(mark, pathway.derived)),
    )
