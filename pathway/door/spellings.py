"""The one table of how units are printed (pathway 0.2, A1): closed, and every row with where it was seen.

A spelling stands for one UCUM code and is read only for a quantity that accepts this code. So `K/uL` is thousands of
cells for a count, and nothing for a temperature. Upper and lower case are as printed: `G/L` counts, `g/L` weighs.

UCUM is the Unified Code for Units of Measure, in its case sensitive form. It has `10*` and `10^` for the number ten,
and writes the litre `l` or `L`. Some spellings mean something else in UCUM: K is kelvin, G gauss, C coulomb, F farad.
Such a row is `told`: the answer says how it was read.
"""

from __future__ import annotations

import re

from attrs import frozen

UCUM = "UCUM, case sensitive"
UCUM_UPPER = "UCUM, case insensitive form"
SI = "SI brochure, 9th edition"
A1 = "pathway 0.2, A1; a local choice"
LOCAL = "a local choice, as A1 has its kin"
COUNTS = "unit table of unitslab.com/node/9, read at second hand; A1"
TRIED = "typed as reports print it, cases/README.md; A1"
GERMAN_NL = "leukaemie-online.de, normal blood count; A1"
FHIR = "FHIR example resources, named in standards.md"
US = "printed by US laboratories, not checked; a local choice"


@frozen
class Spelling:
    """One way to print a unit.

    `printed` is as `fold` leaves it. `code` is the unit in UCUM. `seen` says where it is printed or which standard has
    it. `told` where the answer should say how it was read.
    """

    printed: str
    code: str
    seen: str
    told: bool = False


_BILLION, _THOUSAND, _CELL = "10*9/L", "10*3/uL", "/uL"
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_RAISED = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
# U+00B5 and U+03BC are the two micro signs; U+00BA is often typed for the degree; U+2044 and U+2215 are slashes.
_ALIKE = str.maketrans(
    {"\u00b5": "u", "\u03bc": "u", "\u00ba": "°", "\u2103": "°C", "\u2109": "°F", "\u2044": "/", "\u2215": "/"}
)
_TIMES = re.compile(r"^[xX×*·⋅] ?(?=10)")
_LOOSE = re.compile(r" ?([/^*]) ?|(?<=°) ")


def fold(unit: str) -> str:
    """A unit without what only typesetting changes: blanks, the micro sign, raised digits, the sign of times."""
    unit = _RAISED.sub(lambda raised: "^" + raised[0].translate(_SUPERSCRIPTS), " ".join(unit.split()))
    return _LOOSE.sub(r"\1", _TIMES.sub("x", unit.translate(_ALIKE)))


def _rows(code: str, seen: str, *printed: str, told: bool = False) -> tuple[Spelling, ...]:
    return tuple(Spelling(spelling, code, seen, told) for spelling in printed)


def _tens(power: int, *volumes: str, seen: str = A1) -> tuple[Spelling, ...]:
    """A power of ten in each notation, by each volume. 10E9 is ten times too much if taken at its word: it is told."""
    code = {9: _BILLION, 6: "10*6/L", 3: _THOUSAND}[power]
    powers = [f"{times}10{mark}{power}" for times in ("", "x") for mark in ("*", "^")]
    told = [f"{times}10{mark}{power}" for times in ("", "x") for mark in ("E", "e")]
    return (
        *_rows(code, seen, *(f"{ten}/{volume}" for ten in powers for volume in volumes)),
        *_rows(code, seen, *(f"{ten}/{volume}" for ten in told for volume in volumes), told=True),
    )


SPELLINGS: tuple[Spelling, ...] = (
    # Cells: thousands of millions a litre. Raised digits fold to 10^9, the sign of times to x.
    *_tens(9, "L", "l"),
    *_rows(_BILLION, COUNTS, "G/L", "G/l", "Gpt/L", told=True),
    *_rows(_BILLION, TRIED, "Gpt/l", told=True),
    *_rows(_BILLION, GERMAN_NL, "/nl"),
    *_rows(_BILLION, UCUM, "/nL"),
    # Cells: thousands a microlitre, which is a cubic millimetre.
    *_tens(3, "uL", "ul"),
    *_tens(3, "UL", seen=UCUM_UPPER),
    *_tens(3, "mm3", "mm^3", seen=COUNTS),
    *_tens(3, "mcL", seen=US),
    *_rows(_THOUSAND, A1, "K/uL", "k/uL", "K/mm3", "thou/uL", "Tsd/ul", told=True),
    *_rows(_THOUSAND, FHIR, "K/ul", told=True),
    *_rows(_THOUSAND, LOCAL, "k/ul", "K/UL", "k/mm3", "K/mm^3", "k/mm^3", "thou/ul", "thou/mm3", "thou/mm^3",
           "Tsd/uL", "Tsd./uL", "Tsd./ul", told=True),
    *_rows(_THOUSAND, US, "Thousand/uL", "thousand/uL", "K/mcL", "k/mcL", told=True),
    # Single cells.
    *_rows(_CELL, UCUM, "/uL", "/ul", "/mm3"),
    *_rows(_CELL, UCUM_UPPER, "/UL"),
    *_rows(_CELL, A1, "cells/uL", "cells/mm3", "/mm^3", "/cu mm"),
    *_rows(_CELL, TRIED, "/cmm", "/cu.mm"),
    *_rows(_CELL, COUNTS, "cells/mm^3"),
    *_rows(_CELL, LOCAL, "/cumm", "/cu. mm", "cells/ul", "cells/cmm", "cells/cumm", "cells/cu mm", "cells/cu.mm",
           "cells/cu. mm"),
    *_rows(_CELL, US, "/mcL", "cells/mcL"),
    *_tens(6, "L", "l"),
    # Haemoglobin. g% is grams in 100 mL.
    *_rows("g/dL", UCUM, "g/dL", "g/dl"),
    *_rows("g/dL", A1, "gm/dL", "gm/dl", "g%", told=True),
    *_rows("g/dL", LOCAL, "g %", "gm%", "gm %", told=True),
    *_rows("g/L", UCUM, "g/L", "g/l"),
    # Substances.
    *_rows("mmol/L", UCUM, "mmol/L", "mmol/l"),
    *_rows("umol/L", UCUM, "umol/L", "umol/l"),
    *_rows("mg/dL", UCUM, "mg/dL", "mg/dl"),
    *_rows("mg/dL", LOCAL, "mg%", "mg %", told=True),
    *_rows("meq/L", UCUM, "meq/L", "meq/l"),
    *_rows("meq/L", LOCAL, "mEq/L", "mEq/l"),
    *_rows("U/L", UCUM, "U/L", "U/l"),
    *_rows("[IU]/L", UCUM, "[IU]/L", "[IU]/l", "[iU]/L", "[iU]/l"),
    *_rows("[IU]/L", LOCAL, "IU/L", "IU/l"),
    *_rows("%", UCUM, "%"),
    # Temperature.
    *_rows("Cel", UCUM, "Cel"),
    *_rows("Cel", SI, "°C"),
    *_rows("Cel", A1, "degC"),
    *_rows("Cel", A1, "C", told=True),
    *_rows("Cel", LOCAL, "deg C"),
    *_rows("[degF]", UCUM, "[degF]"),
    *_rows("[degF]", A1, "°F", "degF"),
    *_rows("[degF]", A1, "F", told=True),
    *_rows("[degF]", LOCAL, "deg F"),
)  # fmt: skip
