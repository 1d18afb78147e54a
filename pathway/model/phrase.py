"""Sentences as spans: plain words, terms of the definition, and citations.

A writer decides what each span becomes: a link on the page, a number in brackets in the rulebook, plain words on a
terminal.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from attrs import evolve, frozen

if TYPE_CHECKING:
    from collections.abc import Iterable


@frozen
class Text:
    """Plain words. `code`: a name or a unit as it stands in files."""

    words: str
    code: bool = False


@frozen
class Term:
    """A part of the definition by its kind and name, such as "condition" and "tired", and its words in the sentence."""

    kind: str
    name: str
    words: str

    @property
    def owner(self) -> str:
        """Kind and name together, as the owners of guards and citations are named: "transition to_ward"."""
        return f"{self.kind} {self.name}".strip()


@frozen
class Citation:
    """A statement, a review note or a piece of literature by its id, which is also its words."""

    words: str


Span: TypeAlias = Text | Term | Citation


@frozen
class Phrase:
    """A sequence of spans. `str(phrase)` is its text. A phrase without words is false."""

    spans: tuple[Span, ...] = ()

    def __str__(self) -> str:
        return "".join(span.words for span in self.spans)

    def __bool__(self) -> bool:
        return any(span.words for span in self.spans)

    def __add__(self, other: Part) -> Phrase:
        return phrase(self, other)

    def capital(self) -> Phrase:
        """The phrase with a capital letter at its start."""
        for place, span in enumerate(self.spans):
            if span.words and not isinstance(span, Citation):
                first = evolve(span, words=f"{span.words[0].upper()}{span.words[1:]}")
                return Phrase((*self.spans[:place], first, *self.spans[place + 1 :]))
        return self

    def sentence(self) -> Phrase:
        """The phrase with a capital and a full stop; nothing where there are no words."""
        return self.capital() + "." if self else self


Part: TypeAlias = str | Span | Phrase

EMPTY = Phrase()


def phrase(*parts: Part) -> Phrase:
    """The parts as one phrase."""
    spans: list[Span] = []
    for part in parts:
        if isinstance(part, Phrase):
            spans += part.spans
        elif isinstance(part, str):
            spans.append(Text(part))
        else:
            spans.append(part)
    return Phrase(tuple(spans))


def joined(parts: Iterable[Part], between: str) -> Phrase:
    """The parts that have words, separated by `between`."""
    found: list[Part] = []
    for part in parts:
        whole = phrase(part)
        if whole:
            found += [between, whole] if found else [whole]
    return phrase(*found)


def filled(template: str, *parts: Part) -> Phrase:
    """The template with each "{}" replaced by a part."""
    first, *rest = template.split("{}")
    assert len(rest) == len(parts), (template, parts)
    return phrase(first, *(piece for part, text in zip(parts, rest, strict=True) for piece in (part, text)))
