"""Children of the tests: what was reported about them, in the ward's words, at minutes or days from one morning."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from pathway import PATHWAY, Case
from pathway.definition.events import (
    BloodCountReported,
    DiagnosisConfirmed,
    Examined,
    HaematologyConsulted,
    SmearReported,
    TemperatureMeasured,
    WorkupDeclaredNegative,
)

if TYPE_CHECKING:
    from pathway.model.events import Event, TypedEvent

BORN = date(2024, 12, 22)
NINE = datetime(2026, 1, 22, 9, tzinfo=UTC)

INDEX_COUNT = BloodCountReported(wbc="2.5 10*9/L", anc="0.7 10*9/L", alc="1.4 10*9/L")
NORMAL_COUNT = BloodCountReported(wbc="9 10*9/L", anc="3 10*9/L", alc="5 10*9/L", hb="12 g/dL", platelets="300 10*9/L")
ONLY_ANC_LOW = BloodCountReported(
    wbc="9 10*9/L", anc="1.2 10*9/L", alc="5 10*9/L", hb="12 g/dL", platelets="300 10*9/L"
)
CLEAR_SMEAR = SmearReported(smear_reviewer="haematologist", blasts_percent="0 %", immature_cells=False)
BLASTS = SmearReported(smear_reviewer="haematologist", blasts_percent="34 %", lineage="lymphoid", immature_cells=True)
CLEAR_EXAM = Examined(nothing_else_found=True)
CALL = HaematologyConsulted()
ALL_CONFIRMED = DiagnosisConfirmed(diagnosis="all", confirmed_by="Dr H")
NEGATIVE = WorkupDeclaredNegative(declared_by="clinician")


def at(minutes: float = 0, *, days: float = 0) -> datetime:
    """A moment, counted from nine in the morning of the first day."""
    return NINE + timedelta(minutes=minutes, days=days)


def fever(celsius: str) -> TemperatureMeasured:
    """One reading of the temperature."""
    return TemperatureMeasured(temperature=f"{celsius} Cel")


def told(*story: Event | TypedEvent | tuple[float, Event | TypedEvent], born: date = BORN, zone: str = "UTC") -> Case:
    """The case after a story: events half an hour apart, or each at its own minute."""
    case = Case(PATHWAY, born=born, timezone=zone)
    for number, one in enumerate(story):
        minute, event = one if isinstance(one, tuple) else (30 * number, one)
        case.record(event, at=at(minute), by="ward")
    return case


def in_follow_up() -> Case:
    """One low count, a clear smear and examination, declared negative: follow-up begins at 10:30."""
    case = told(ONLY_ANC_LOW, CLEAR_SMEAR, CLEAR_EXAM, NEGATIVE)
    assert case.state == "follow_up"
    return case


def in_leukaemia() -> Case:
    """The page's patient up to the confirmed leukaemia, at 10:00."""
    case = told(INDEX_COUNT, CALL, BLASTS)
    assert case.state == "confirmed_all"
    return case
