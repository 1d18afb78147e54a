"""The flaws that a verification finds: each with a name, a sentence, citations and, if one was found, a patient."""

from __future__ import annotations

from typing import Any, Literal, TypeAlias

from attrs import frozen

from pathway.verify.patient import Patient  # attrs classes keep their types resolvable

Section: TypeAlias = Literal["shape", "overlap", "gap", "invariant"]
SECTIONS: tuple[Section, ...] = ("shape", "overlap", "gap", "invariant")


@frozen
class Flaw:
    """A flaw of the definition. `patient` is a case that shows it; None if none is needed or none was found."""

    section: Section
    name: str
    words: str
    cites: tuple[str, ...] = ()
    patient: Patient | None = None

    def to_json(self) -> dict[str, Any]:
        """The flaw as JSON data."""
        return {
            "section": self.section, "name": self.name, "words": self.words, "cites": list(self.cites),
            "patient": None if self.patient is None else self.patient.to_json(),
        }  # fmt: skip
