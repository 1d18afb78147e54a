"""What became of a commit whose answer never came: recorded, not recorded, or not known. Never a guess."""

from __future__ import annotations

from time import monotonic, sleep
from typing import TYPE_CHECKING, NamedTuple

from pathway.model.errors import Unavailable
from pathway.store.faults import LOG, Lost

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection

    from pathway.store.database import Database

_FIRST_PAUSE, _LONGEST_PAUSE = 0.02, 0.2
_PATIENT_LOOKS = 4
"""So often an idle session is left alone before it is ended: what was sent may be on its way through a proxy."""


class Session(NamedTuple):
    """A session of a PostgreSQL server: no other one has the same process and the same beginning."""

    process: int
    began: str


class Unsettled(Lost):
    """The connection broke while it was committing. It is not known whether that was recorded."""

    session: Session | None = None
    cause: str = ""
    silent: bool = False
    """Whether an answer was waited for as long as there was time."""


def unsettled(where: str, cause: str, session: Session | None, *, silent: bool) -> Unsettled:
    """The fault of a commit without an answer. `cause` is what happened, `session` where it was committing."""
    fault = Unsettled(
        f"{where}: {cause}, and it is not known whether what was under way was recorded. Look at the case's history, "
        "or repeat the call with the same source and key: it is then recorded once"
    )
    fault.session, fault.cause, fault.silent = session, cause, silent
    return fault


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
            try:
                # In this order, in two transactions: what the session left before it ended is seen then.
                state = _state_of(database, fault.session)
                with database.reading() as connection:
                    found = is_there(connection)
                if found is not None:
                    LOG.info("a commit without an answer was looked up: %s", "recorded" if found else "not recorded")
                    return found
                if state == "gone":
                    LOG.info("a commit without an answer was looked up: not recorded")
                    raise _NotRecorded(f"{database.where}: {fault.cause}; nothing was recorded. Try again")
                looks += 1
                if (state == "idle" and looks >= _PATIENT_LOOKS) or monotonic() > half:
                    with database.reading() as connection:
                        end_session(connection, fault.session)
            except _NotRecorded:
                raise
            except Unavailable:
                LOG.debug("a commit without an answer could not be looked up yet")
            if monotonic() + pause > end:
                raise fault
            sleep(pause)
            pause = min(2 * pause, _LONGEST_PAUSE)


class _NotRecorded(Unavailable):
    """Known: nothing was recorded."""


def session_of(process: object, began: object) -> Session:
    """The session that the server names."""
    return Session(int(str(process)), str(began))


ASK_SESSION = "SELECT pid, backend_start::text FROM pg_stat_activity WHERE pid = pg_backend_pid()"
_IS_IT = "pid = %s AND (backend_start IS NULL OR backend_start = %s::timestamptz)"


def _state_of(database: Database, session: Session) -> str:
    """What a session does: "busy", "idle" between statements, or "gone". A server that only follows cannot tell."""
    asked = f"SELECT pg_is_in_recovery(), (SELECT coalesce(state, '') FROM pg_stat_activity WHERE {_IS_IT})"  # noqa: S608
    with database.reading() as connection:
        follows, state = connection.exec_driver_sql(asked, tuple(session)).one()
    if follows:
        return "busy"
    if state is None:
        return "gone"
    return "idle" if state.startswith("idle") else "busy"


def end_session(connection: Connection, session: Session) -> None:
    """End a session that nobody hears any more, so that what it was sent cannot be recorded later.

    One that has committed and waits for another server to follow is left alone: it would say nothing more.
    """
    asked = (
        f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {_IS_IT} "  # noqa: S608
        "AND usename = current_user AND wait_event IS DISTINCT FROM 'SyncRep'"
    )
    connection.exec_driver_sql(asked, tuple(session))
