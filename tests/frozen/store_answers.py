"""What a store answers, as JSON data: its audit, its worklist at several moments, and the case behind each name."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from pathway.store.audit import verify_log
from pathway.store.worklist import worklist

if TYPE_CHECKING:
    from pathway.store.store import Store

MOMENTS = (datetime(2026, 1, 22, 12, tzinfo=UTC), datetime(2026, 1, 30, tzinfo=UTC), datetime(2026, 3, 2, tzinfo=UTC))


def store_answers(store: Store) -> dict[str, Any]:
    """Everything that the store says."""
    return {
        "audit": verify_log(store).to_json(),
        "worklist": [worklist(store, at=at).to_json() for at in MOMENTS],
        "cases": {name: json.loads(store.case(name).case.to_json()) for name in store.names()},
    }
