"""What an error of a database means, in one line. The words of the error are not repeated: they may hold values."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from sqlalchemy.exc import DBAPIError, IntegrityError, InterfaceError, OperationalError, SQLAlchemyError

from pathway.model.errors import BadInput, Unavailable
from pathway.store.schema import TAKEN

if TYPE_CHECKING:
    import sqlite3

LOG = logging.getLogger("pathway.store")
LOG.addHandler(logging.NullHandler())


class Clash(Exception):
    """A row with that key is there already. This is no fault: another writer was faster."""


class Conflict(Unavailable):
    """Another writer recorded an entry in the case meanwhile. Nothing was recorded; `refresh` the case and retry."""


class Damaged(BadInput):
    """The file is no database, or is damaged. Trying again does not help."""


class Lost(Unavailable):
    """The connection broke. What was under way may or may not have been written."""


class NotKnown(Unavailable):
    """The disk failed in a commit: whether it was written shows later, and looking now tells nothing.

    Recording the same again with the same source and key is safe.
    """


class Silent(Lost):
    """The server, or what stands between, gave no answer in time. To ask again would only double the time."""


def meaning(fault: SQLAlchemyError, where: str, lost: str, *, sqlite: bool, committing: bool = False) -> Exception:
    """The error to raise: `Clash`, or an error that names place, cause, and what became of the work (`lost`).

    `committing`: the fault came from a commit.
    """
    if isinstance(fault, IntegrityError) and _is_taken(fault):
        return Clash()
    if not isinstance(fault, DBAPIError):
        return Unavailable(f"{where}: {type(fault).__name__}; {lost}. Try again")
    said = words_of(fault, sqlite=sqlite)
    if sqlite and committing and _name(fault).startswith("SQLITE_IOERR"):
        LOG.warning("the database said: %s in a commit; it is not known whether that was recorded", said)
        return NotKnown(
            f"{where}: {said} in a commit, and it is not known whether the entry was recorded. Record it again "
            "with the same source and key, or look at the case's history first"
        )
    LOG.warning("the database said: %s; %s", said, lost)
    if sqlite and _is_damage(fault):
        return Damaged(f"{where}: {said}; {lost}")
    kind = Silent if is_silent(fault) else Lost if is_lost(fault) else Unavailable
    return kind(f"{where}: {said}; {lost}. Try again")


def _name(fault: DBAPIError) -> str:
    """The name of SQLite's error code; "" where there is none."""
    return getattr(fault.orig, "sqlite_errorname", "")


def _is_taken(fault: IntegrityError) -> bool:
    """Whether an error says that a unique key is taken, and not that something else is wrong."""
    return (
        getattr(fault.orig, "sqlite_errorname", "")
        in (
            "SQLITE_CONSTRAINT_PRIMARYKEY",
            "SQLITE_CONSTRAINT_UNIQUE",
        )
        or TAKEN in str(fault.orig)
        or getattr(fault.orig, "sqlstate", "") == "23505"
    )


def _is_damage(fault: DBAPIError) -> bool:
    """Whether a file is damaged. The driver has no code of its own for bytes that are no text."""
    name = getattr(fault.orig, "sqlite_errorname", "")
    return name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")) or (not name and isinstance(fault, OperationalError))


def is_silent(fault: SQLAlchemyError) -> bool:
    """Whether the server gave no answer within the time that the client waits."""
    return bool(getattr(getattr(fault, "orig", None), "no_answer", False))


def is_lost(fault: SQLAlchemyError) -> bool:
    """Whether it is unknown that the work was undone."""
    if not isinstance(fault, DBAPIError):
        return False
    name, state = getattr(fault.orig, "sqlite_errorname", ""), getattr(fault.orig, "sqlstate", None) or ""
    if fault.connection_invalidated or name.startswith("SQLITE_IOERR"):
        return True
    return isinstance(fault, OperationalError | InterfaceError) and not (name or state)


_SQLITE = {
    "SQLITE_BUSY": "another program is writing and did not end in time",
    "SQLITE_LOCKED": "another program is writing and did not end in time",
    "SQLITE_FULL": "the disk is full",
    "SQLITE_READONLY": "the file may only be read",
    "SQLITE_CANTOPEN": "the file cannot be opened",
    "SQLITE_CORRUPT": "the file is damaged",
    "SQLITE_NOTADB": "the file is no database",
    "SQLITE_IOERR": "the disk failed",
    "SQLITE_PERM": "the file may not be opened",
}
_POSTGRESQL = {
    "08": "the server cannot be reached",
    "28": "the server refuses this user",
    "3D": "there is no such database",
    "40": "another program was faster",
    "42": "this user may not do that, or the tables are others",
    "53": "the server has no room left",
    "55P03": "another program is writing and did not end in time",
    "57014": "the server did not get ready in time",
    "57": "the server is going down or restarting",
    "58": "the disk of the server failed",
    "XX": "the database is damaged",
}


def sqlite_words(fault: sqlite3.Error) -> str:
    """What an error of SQLite means, in words without a value."""
    name = getattr(fault, "sqlite_errorname", "")
    return next((said for code, said in _SQLITE.items() if name.startswith(code)), f"the database refused ({name})")


def words_of(fault: SQLAlchemyError, *, sqlite: bool) -> str:
    """What happened, in a few words of ours."""
    if not isinstance(fault, DBAPIError):
        return type(fault).__name__
    orig = fault.orig
    name = getattr(orig, "sqlite_errorname", "")
    for code, said in _SQLITE.items():
        if name.startswith(code):
            return said
    state = getattr(orig, "sqlstate", None) or ""
    for code, said in _POSTGRESQL.items():
        if state.startswith(code):
            return said
    if sqlite and _is_damage(fault):
        return "it holds bytes that are no text"
    if is_silent(fault):
        return "the server gave no answer in time"
    if is_lost(fault):
        return "the connection was lost, or there is none"
    return f"the database refused ({name or state or type(fault).__name__})"
