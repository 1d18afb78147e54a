"""What the tests of corrections ask of a case: what is urgent in it, and what a reader sees."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING

from pathway import PATHWAY, Case
from tests.strategies import START

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pathway.model.rules import Advice

URGENT = frozenset(advice.id for advice in PATHWAY.advice if advice.urgency == "now")
"""The advice that is to be followed now."""


def urgent(case: Case) -> set[str]:
    """The urgent advice in force."""
    return set(case.advice) & URGENT


def ids(advice: Iterable[Advice]) -> set[str]:
    """The ids of advice."""
    return {line.id for line in advice}


def seen(case: Case) -> str:
    """What a reader sees of a case, without the names of entries."""
    data = case.plan(at=START + timedelta(days=90)).to_json()
    data["contradictions"] = sorted(line.split(" (entry")[0] for line in data["contradictions"])
    return json.dumps(data)


def acknowledged(case: Case) -> Case:
    """The case after a clinician acknowledged all that waited."""
    while case.pending:
        case.acknowledge(case.pending[0].id, at=START + timedelta(days=60), by="Dr A")
    return case
