"""The form of each text of a definition: an identifier, option, unit, citation, code, line or paragraph.

A definition is data. A name in it may become a part of a file name, a command, a picture or a page. So a name may hold
only certain characters, and each text has a greatest length. Every field that holds text has its form here, by class
and field or by field alone. A field without a form is a fault of this module, which a test finds.
"""

from __future__ import annotations

import re
from keyword import iskeyword
from typing import TYPE_CHECKING, NamedTuple, get_args

from pathway.model.errors import one_line
from pathway.model.guards import Op, Scope

if TYPE_CHECKING:
    from collections.abc import Callable


class TextForm(NamedTuple):
    """A form of texts: its name in a fault, the check of a text, and what would be right."""

    called: str
    fits: Callable[[str], bool]
    right: str

    def fault(self, place: str, text: str) -> str | None:
        """The fault of a text at a place; None where the text fits."""
        if self.fits(text):
            return None
        return f"{place}: '{one_line(text)}' is no {self.called}; write {self.right}"


def _shaped(pattern: str) -> Callable[[str], bool]:
    shape = re.compile(pattern)
    return lambda text: shape.fullmatch(text) is not None


_NAME = _shaped(r"[A-Za-z][A-Za-z0-9_]{0,79}")
_PHASE = _shaped(r"[^\W_]+(?:[ -][^\W_]+)*")
_COMPONENT = re.compile(
    r"(?:10[*^][+-]?\d{1,2}|\d{1,6}|[A-Za-z%'\"](?:[A-Za-z_'\"]|\[[^\[\]{}\s]{1,30}\])*|\[[^\[\]{}\s]{1,30}\][A-Za-z_]*)"
    r"(?:[+-]?\d{1,2})?(?:\{[^{}\s]{0,40}\})?|\{[^{}\s]{1,40}\}"
)
_PARENTHESES = re.compile(r"\(([^()]*)\)")
_LONGEST_UNIT = 60


def _is_unit(code: str) -> bool:
    """Whether a code is built as UCUM builds units: components joined by '.' and '/', parentheses, annotations.

    The units themselves are not checked: "gm" passes as well as "mg".
    """
    if not 1 <= len(code) <= _LONGEST_UNIT or not code.isascii():
        return False
    while (found := _PARENTHESES.search(code)) is not None:
        if not _is_term(found[1]):
            return False
        code = f"{code[: found.start()]}m{code[found.end() :]}"  # a term in parentheses is a component
    return _is_term(code)


def _is_term(term: str) -> bool:
    return all(_COMPONENT.fullmatch(part) for part in re.split(r"[./]", term.removeprefix("/")))


def _is_loinc(code: str) -> bool:
    """Whether a code has the form of a LOINC code and its check digit (Luhn's, modulus 10)."""
    if not re.fullmatch(r"[0-9]{1,7}-[0-9]", code):
        return False
    digits = [int(digit) for digit in reversed(code[:-2])]
    total = sum(digit if place % 2 else sum(divmod(2 * digit, 10)) for place, digit in enumerate(digits))
    return (10 - total % 10) % 10 == int(code[-1])


def _at_most(length: int) -> Callable[[str], bool]:
    return lambda text: len(text) <= length


def _or_none(form: TextForm) -> TextForm:
    return form._replace(fits=lambda text: not text or form.fits(text), right=f"{form.right}, or nothing")


IDENTIFIER = TextForm(
    "identifier", lambda text: _NAME(text) and not iskeyword(text),
    "1 to 80 letters from a to z, digits and '_', a letter first, and no word of Python",
)  # fmt: skip
OPTION = TextForm(
    "option", _shaped(r"[A-Za-z0-9][A-Za-z0-9_.+-]{0,79}"),
    "1 to 80 letters from a to z, digits and '_', '.', '+' or '-', a letter or digit first",
)  # fmt: skip
_OWN_NAME = TextForm(
    "", _shaped(r"[A-Za-z0-9][A-Za-z0-9._+-]{0,99}"),
    "1 to 100 letters from a to z, digits and '.', '_', '+' or '-', a letter or digit first",
)  # fmt: skip
PATHWAY_ID = _OWN_NAME._replace(called="id of a pathway")
VERSION = _OWN_NAME._replace(called="version of a pathway")
UNIT = TextForm("unit of UCUM", _is_unit, "a code such as 10*9/L, mg/dL or Cel")
LOINC = TextForm("LOINC code", _is_loinc, "digits, a hyphen and the check digit, such as 6690-2")
PHASE = TextForm(  # the names of its sheets contain the phase
    "phase", lambda text: len(text) <= 60 and _PHASE(text), "1 to 60 letters, digits, single blanks and hyphens"
)
CITATION = TextForm(
    "id of a citation", lambda text: 1 <= len(text) <= 60 and text.isprintable() and text == text.strip(),
    "1 to 60 characters in one line, none of them a blank at an end",
)  # fmt: skip
OPERATOR = TextForm("comparison", lambda text: text in get_args(Op), ", ".join(get_args(Op)))
SCOPE = TextForm("scope", lambda text: text in get_args(Scope), ", ".join(get_args(Scope)))
LINE = TextForm("line of text", _at_most(400), "at most 400 characters")
PARAGRAPH = TextForm("paragraph", _at_most(4_000), "at most 4,000 characters")

_LINES = (
    "title", "source_title", "label", "section", "kind", "printed", "dated", "bands", "last", "spelt", "spellings",
    "to", "brief", "references", "local_choice", "negated", "doubt", "unread", "end",
    "counts", "how", "prevails", "urgency",  # `check` says which words these may be
)  # fmt: skip
_PARAGRAPHS = (
    "banner", "scope_words", "meaning", "words", "family", "refusal", "choice", "not_modelled",
)  # fmt: skip
_IDENTIFIERS = (
    "name", "id", "fact", "states", "advice", "initial", "cleared_by", "restarted_by", "of", "entering", "left",
    "right", "parts", "whole", "records", "sources", "target", "on", "keeps", "unless", "renews", "lists", "act",
    "order", "groups", "forgets", "part", "less",
    "who", "flag", "fields",
)  # fmt: skip
_CITATIONS = (
    "cites", "banner_cites", "scope_cites", "override_cites", "pending_cites", "simultaneous_cites", "about",
)  # fmt: skip
_BY_FIELD: dict[str, TextForm] = {
    **dict.fromkeys(_LINES, LINE), **dict.fromkeys(_PARAGRAPHS, PARAGRAPH), **dict.fromkeys(_IDENTIFIERS, IDENTIFIER),
    **dict.fromkeys(_CITATIONS, CITATION), **dict.fromkeys(("raises", "flags_held", "ends_with"), _or_none(IDENTIFIER)),
    **dict.fromkeys(("options", "no_result", "yields", "rest_absent", "default", "whom"), OPTION),
    "phase": PHASE, "op": OPERATOR, "scope": SCOPE, "code": UNIT, "unit": _or_none(UNIT), "loinc": LOINC,
}  # fmt: skip
_BY_CLASS: dict[tuple[str, str], TextForm] = {
    ("Pathway", "id"): PATHWAY_ID, ("Pathway", "version"): VERSION, ("Statement", "id"): CITATION,
    ("ReviewNote", "id"): CITATION, ("Literature", "id"): CITATION,
}  # fmt: skip


def form_of(cls: str, field: str) -> TextForm:
    """The form of the texts in a field of a class. `KeyError` for a field that holds no text."""
    return _BY_CLASS.get((cls, field)) or _BY_FIELD[field]
