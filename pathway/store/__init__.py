"""Cases that survive time: an append-only log in SQLite or PostgreSQL, of which every case is a fold.

Needs the extra `store` (SQLAlchemy); for a PostgreSQL server the extra `postgres`.

    from pathway.store import Store
"""

from __future__ import annotations

from pathway.model.errors import Unavailable
from pathway.store.faults import Conflict
from pathway.store.store import Store
from pathway.store.stored_case import Receipt, StoredCase

__all__ = ["Conflict", "Receipt", "Store", "StoredCase", "Unavailable"]
