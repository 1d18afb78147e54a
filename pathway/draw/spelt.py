"""The conditions of rules in a legend. A term that says no more than the label of its line is spelt out.

So are criteria listed, and what counts as something; a term that is no list of alternatives keeps its title.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pathway.model.derived import Latched
from pathway.model.guards import All, AnyOf, Guard, IsTrue, Named, Not, Shown, Within, rescoped
from pathway.model.phrase import Phrase, filled, joined, phrase
from pathway.model.words import phrase_of, scope_in_words, title

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pathway.model.pathway import Pathway
    from pathway.model.rules import Transition

_MOSTLY = 2 / 3
"""A term repeats a label if it has this part of the label's words."""


class Spelling:
    """Spells the conditions of rules out, one after the other: a term is spelt out in the first rule that needs it."""

    def __init__(self, pathway: Pathway) -> None:
        self._pathway = pathway
        self._spelt: dict[str, int] = {}

    def condition(self, rule: Transition, number: int) -> Phrase:
        """The condition of a rule, as a sentence. `number` is the rule's, by which later rules refer to this one."""
        parts = rule.when.of if isinstance(rule.when, All) and rule.when.of else (rule.when,)
        negations = [part for part in parts if isinstance(part, Not) and isinstance(part.of, Shown)]
        must = [part for part in parts if part not in negations]
        words = [self._part(part, rule.label, number, alone=len(must) == 1) for part in must]
        if words == [phrase_of(part, self._pathway) for part in must]:
            return phrase_of(rule.when, self._pathway).sentence()
        return joined([joined(words, ", and ").sentence(), self._besides(negations)], " ")

    def _besides(self, negations: Sequence[Guard]) -> Phrase:
        """What must not be shown, in a sentence of its own after a condition that was spelt out."""
        words = phrase_of(All(tuple(negations)), self._pathway) if negations else phrase()
        return filled("Besides: {}.", words) if words else words

    def _part(self, part: Guard, label: str, number: int, *, alone: bool) -> Phrase:
        words = phrase_of(part, self._pathway)
        meant = meaning(part, self._pathway)
        if meant is None or not isinstance(meant[1], AnyOf) or not (alone or _repeats(str(words), label)):
            return words
        name = str(meant[0])
        if name in self._spelt:
            return phrase(words, f" (see {self._spelt[name]})") if self._spelt[name] != number else words
        self._spelt[name] = number
        # Alternatives beside other parts stand in brackets, as they do inside any guard: here inside two negations.
        return alike(meant[1], self._pathway) or phrase_of(meant[1] if alone else Not(Not(meant[1])), self._pathway)


def meaning(part: Guard, pathway: Pathway) -> tuple[str, Guard] | None:
    """The name and the guard that a term stands for, through terms that stand for a single other term; else None."""
    match part:
        case Named():
            found: tuple[str, Guard] = part.name, part.of
        case IsTrue() if isinstance(latch := pathway.derived_by_name.get(part.fact), Latched):
            found = part.fact, rescoped(latch.when, part.scope)
        case _:
            return None
    return meaning(found[1], pathway) or found


def alike(guard: AnyOf, pathway: Pathway) -> Phrase:
    """One of several counts outside its interval, in one clause; empty for all other alternatives."""
    counts = [part.of for part in guard.of if isinstance(part, Not) and isinstance(part.of, Within)]
    if len(counts) < max(2, len(guard.of)) or len({count.scope for count in counts}) > 1:
        return phrase()
    *titles, last = (title(count.fact, pathway).words for count in counts)
    return phrase(f"{', '.join(titles)} or {last}{scope_in_words(counts[0].scope)} outside the interval for age")


def _repeats(words: str, label: str) -> bool:
    """Whether words say most of a label again."""
    said, labelled = (set(re.findall(r"[\w-]+", one.lower())) for one in (words, label))
    return len(labelled & said) >= _MOSTLY * len(labelled)
