"""The file of an SQLite store: whether it can be opened, that it is its owner's alone, and how connections are set."""

from __future__ import annotations

import os
import sqlite3
import stat
import time
from contextlib import suppress
from pathlib import Path

from pathway.model.errors import BadInput
from pathway.store.faults import LOG

PRIVATE = 0o600
"""The mode of a file that holds a child's data: its owner's alone."""
LEFT_OVER = 16 * 2**20
"""So many bytes the write-ahead log keeps at most once it was emptied."""
_PAUSE = 0.01


def check_file(where: str, *, create: bool) -> None:
    """Check that a store can lie there; where there is no file and `create` is true, make an empty one.

    A new file is its owner's alone, whatever the umask. SQLite gives its write-ahead log and its shared memory the mode
    of the file: who lets others read the file, by its mode, lets them read these. Raises `BadInput`.
    """
    path = Path(where)
    if where == ":memory:":
        raise BadInput("store: a database in memory outlives nothing; name a file")
    try:
        if path.is_dir():
            raise BadInput(f"store: {where} is a folder; name a file")
        there = path.exists()
        if not there and not create:
            raise BadInput(f"store: there is no {where}; 'pathway case open' makes one")
        if not path.parent.is_dir():
            raise BadInput(f"store: {where} lies in a folder that does not exist; make it first")
        if there and os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & 0o007:
            LOG.warning("everybody on this machine may read the file of the store; chmod 600 makes it its owner's")
    except OSError as fault:
        raise BadInput(f"store: {where} cannot be looked at: {fault.strerror}") from None
    if not there:
        _make_private(path)


def _make_private(path: Path) -> None:
    # A link that leads to no file yet is the owner's own. Nothing that appears there meanwhile is followed.
    target = os.path.realpath(path)
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
    try:
        number = os.open(target, flags, PRIVATE)
    except FileExistsError:
        return  # somebody else was faster, and made it theirs
    except OSError:
        return  # opening the database says what is wrong
    with suppress(OSError, AttributeError):
        os.fchmod(number, PRIVATE)
    os.close(number)
    sync_folder(os.path.dirname(target))


def sync_folder(folder: str) -> None:
    """Make the names of the files in a folder durable, where the system can: the database passes over a fault of it.

    Raises `OSError` where the disk fails.
    """
    if os.name != "posix":
        return
    number = os.open(folder or ".", os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def configure_sqlite(connection: sqlite3.Connection, wait: float) -> None:
    """Set a new connection: a write-ahead log, and every commit synchronised. `wait` is in seconds.

    Of several that open a new file at one moment, the database tells all but one at once that it is busy: no waiting of
    its own helps there, so this waits. Raises `sqlite3.OperationalError` once the time is over.
    """
    until = time.monotonic() + wait
    cursor = connection.cursor()
    try:
        cursor.execute("PRAGMA synchronous = FULL")
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.execute(f"PRAGMA journal_size_limit = {LEFT_OVER}")
        while True:
            try:
                if cursor.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
                    cursor.execute("PRAGMA journal_mode = WAL")
                return
            except sqlite3.OperationalError as fault:
                if not is_busy(fault) or time.monotonic() > until:
                    raise
            time.sleep(_PAUSE)
    finally:
        cursor.close()


def is_busy(fault: sqlite3.Error) -> bool:
    """Whether a fault says that another connection holds what is wanted."""
    return getattr(fault, "sqlite_errorname", "").startswith(("SQLITE_BUSY", "SQLITE_LOCKED"))
