"""Calls that are refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pathway import BadInput, Case
from tests.children import CLEAR_EXAM, at

if TYPE_CHECKING:
    from collections.abc import Callable


def refused(case: Case, call: Callable[[Case], object]) -> str:
    """The one line with which a call is refused; the case is what it was."""
    before = case.to_json(), case.state, case.advice, case.pending
    with pytest.raises(BadInput) as found:
        call(case)
    assert (case.to_json(), case.state, case.advice, case.pending) == before
    assert case.record(CLEAR_EXAM, at=at(days=9)).entry == f"e{len(case.log)}", "the case goes on"
    (line,) = found.value.faults
    assert str(found.value) == line and "\n" not in line
    assert "Error" not in line and "object at 0x" not in line
    return line
