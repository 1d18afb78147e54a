"""What became of a commit whose answer never came: recorded, not recorded, or not known. Never a guess."""

from __future__ import annotations

from contextlib import suppress
from time import monotonic, sleep
from typing import TYPE_CHECKING

from pathway.model.errors import Unavailable
from pathway.store.faults import LOG
from pathway.store.sessions import IS_IT, end_session

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection

    from pathway.store.database import Database
    from pathway.store.sessions import Session, Unsettled

_FIRST_PAUSE, _LONGEST_PAUSE = 0.02, 0.2
_PATIENT_LOOKS = 4
"""So often an idle session is left alone before it is ended: what was sent may be on its way through a proxy."""


def settle(database: Database, fault: Unsettled, is_there: Callable[[Connection], bool | None]) -> bool:
    """Whether what was committing is recorded: True, or False where something else has its place.

    `is_there` looks: True where it is there, False where its place is taken, None where neither. This looks again and
    again while there is time. Raises `Unavailable` with "nothing was recorded" only where the session that was
    committing has ended and left nothing; the `Unsettled` fault itself where that cannot be found out.
    """
    if database.is_sqlite or fault.session is None:
        # A file whose disk failed at a commit may show what a power cut takes away.
        raise fault
    pause, looks = _FIRST_PAUSE, 0
    with database.patience.looking(silent=fault.silent) as end:
        half = monotonic() + (end - monotonic()) / 2
        while True:
            state, found = _looked(database, fault.session, is_there)
            if found is not None:
                LOG.info("a commit without an answer was looked up: %s", "recorded" if found else "not recorded")
                return found
            if state == "gone":
                LOG.info("a commit without an answer was looked up: not recorded")
                raise Unavailable(f"{database.where}: {fault.cause}; nothing was recorded. Try again")
            looks += state == "idle"
            if looks >= _PATIENT_LOOKS or monotonic() > half:
                with suppress(Unavailable), database.reading() as connection:
                    end_session(connection, fault.session)
            if monotonic() + pause > end:
                raise fault
            sleep(pause)
            pause = min(2 * pause, _LONGEST_PAUSE)


def _looked(
    database: Database, session: Session, is_there: Callable[[Connection], bool | None]
) -> tuple[str, bool | None]:
    """What the session does, and what it has left; "unknown" where the server cannot be asked."""
    try:
        # In this order, in two transactions: what the session left before it ended is seen then.
        state = _state_of(database, session)
        with database.reading() as connection:
            return state, is_there(connection)
    except Unavailable:
        LOG.debug("a commit without an answer could not be looked up yet")
        return "unknown", None


def _state_of(database: Database, session: Session) -> str:
    """What a session does: "busy", "idle" between statements, or "gone". A server that only follows cannot tell."""
    asked = f"SELECT pg_is_in_recovery(), (SELECT coalesce(state, '') FROM pg_stat_activity WHERE {IS_IT})"  # noqa: S608
    with database.reading() as connection:
        follows, state = connection.exec_driver_sql(asked, tuple(session)).one()
    if follows:
        return "busy"
    if state is None:
        return "gone"
    return "idle" if state.startswith("idle") else "busy"
