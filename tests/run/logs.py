"""Logs of the tests."""

from __future__ import annotations

from pathway import Case, Override
from tests.children import CLEAR_EXAM, INDEX_COUNT, NORMAL_COUNT, at, told


def full() -> Case:
    """An event e1, its correction e2 that waits, an override e3, the acknowledgement e4, a mixed correction e5."""
    case = told(INDEX_COUNT)
    case.correct("e1", NORMAL_COUNT, at=at(60), by="lab", taken_at=at(5))
    case.propose("order_bone_marrow", at=at(120), override=Override("Dr A", "bleeding"))
    case.acknowledge("e2", at=at(180), by="Dr A")
    case.record(CLEAR_EXAM, at=at(200), by="ward")
    assert [one.kind for one in case.log] == ["event", "correction", "override", "acknowledgement", "event"]
    return case
