"""Sessions of a PostgreSQL server: which one was committing when no answer came, and how it is ended."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pathway.store.faults import Lost

if TYPE_CHECKING:
    from sqlalchemy import Connection


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


def session_of(process: object, began: object) -> Session:
    """The session that the server names."""
    return Session(int(str(process)), str(began))


ASK_SESSION = "SELECT pid, backend_start::text FROM pg_stat_activity WHERE pid = pg_backend_pid()"
IS_IT = "pid = %s AND (backend_start IS NULL OR backend_start = %s::timestamptz)"


def end_session(connection: Connection, session: Session) -> None:
    """End a session that nobody hears any more, so that what it was sent cannot be recorded later.

    One that has committed and waits for another server to follow is left alone: it would say nothing more.
    """
    asked = (
        f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {IS_IT} "  # noqa: S608
        "AND usename = current_user AND wait_event IS DISTINCT FROM 'SyncRep'"
    )
    connection.exec_driver_sql(asked, tuple(session))
