"""Scales for the tests of the door, written out here and not taken from the definition."""

from __future__ import annotations

from decimal import Decimal

from pathway.door.scale import Scale
from pathway.model.units import AcceptedUnit

CELLS = (
    AcceptedUnit("10*9/L"),
    AcceptedUnit("10*3/uL"),
    AcceptedUnit("10^9/L"),
    AcceptedUnit("10^3/uL"),
    AcceptedUnit("/uL", factor="0.001"),
    AcceptedUnit("/mm3", factor="0.001"),
    AcceptedUnit("10*6/L", factor="0.001"),
)
SINGLE_CELLS = (
    AcceptedUnit("/uL"),
    AcceptedUnit("10*9/L", factor=1000),
    AcceptedUnit("10*3/uL", factor=1000),
    AcceptedUnit("10*6/L"),
)


def scale(unit: str, units: tuple[AcceptedUnit, ...], low: int, high: int, bare_to: int | None = None) -> Scale:
    return Scale(unit, units, (Decimal(low), Decimal(high)), None if bare_to is None else Decimal(bare_to))


WBC = scale("10*9/L", CELLS, 0, 2000, bare_to=100)
ANC = scale("10*9/L", CELLS, 0, 1000, bare_to=30)
PLATELETS = scale("10*9/L", CELLS, 0, 5000)
TYPED_PLATELETS = scale("10*9/L", CELLS, 0, 5000, bare_to=5000)
BLASTS = scale("/uL", SINGLE_CELLS, 0, 2000000)
HB = scale("g/dL", (AcceptedUnit("g/dL"), AcceptedUnit("g/L", factor="0.1"), AcceptedUnit("mmol/L", factor="1.6114")),
           1, 25, bare_to=25)  # fmt: skip
TEMPERATURE = scale(
    "Cel", (AcceptedUnit("Cel"), AcceptedUnit("[degF]", offset=-32, factor=5, divisor=9)), 25, 45, bare_to=45
)
URIC_ACID = scale(
    "mg/dL",
    (
        AcceptedUnit("mg/dL"),
        AcceptedUnit("mmol/L", factor="16.811", plausible=(0, 3)),
        AcceptedUnit("umol/L", factor="0.016811", plausible=(0, 3000)),
    ),
    0,
    50,
)
POTASSIUM = scale("mmol/L", (AcceptedUnit("mmol/L"), AcceptedUnit("meq/L")), 1, 12)
LDH = scale("U/L", (AcceptedUnit("U/L"), AcceptedUnit("[IU]/L")), 0, 50000)
PERCENT = scale("%", (AcceptedUnit("%"),), 0, 100)
FRACTION = scale("1", (AcceptedUnit("1"), AcceptedUnit("%", factor="0.01")), 0, 1)

SCALES = {
    "wbc": WBC, "anc": ANC, "platelets": PLATELETS, "typed platelets": TYPED_PLATELETS, "blasts": BLASTS, "hb": HB,
    "temperature": TEMPERATURE, "uric acid": URIC_ACID, "potassium": POTASSIUM, "ldh": LDH, "percent": PERCENT,
    "fraction": FRACTION,
}  # fmt: skip
