"""A copy of an SQLite store that is whole: what stands in its write-ahead log is in it.

The file of a store alone is no copy of it: the newest entries may stand in the write-ahead log beside it, and nothing
in the file says so.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import frozen

from pathway.model.errors import BadInput, Unavailable
from pathway.store.faults import Damaged, sqlite_words
from pathway.store.sqlite_file import PRIVATE, sync_folder

if TYPE_CHECKING:
    from pathway.store.database import Database


@frozen
class Copied:
    """What a copy holds: how many cases and entries."""

    cases: int
    entries: int


def backup(database: Database, name: str, *, force: bool = False) -> Copied:
    """Copy the database of a store into a file: all that is committed at one moment. Others write meanwhile.

    The file is there whole or not at all, and its owner's alone. Raises `BadInput` for a name that cannot be written to
    or is taken (unless `force`), and for PostgreSQL; `Unavailable` where the copy cannot be made now.
    """
    if not database.is_sqlite:
        raise BadInput(f"store backup: {database.where} is a server; pg_dump copies it: "
                       "pg_dump --format=custom --file=FILE DATABASE")  # fmt: skip
    target = _target(name, database.where, force=force)
    try:
        # A folder of its own, which nobody else can look into, for the copy and what the database lays beside it.
        folder = Path(tempfile.mkdtemp(prefix=f".{target.name[:40]}.", suffix=".new", dir=target.parent))
    except OSError as fault:
        raise _unwritten(name, fault) from None
    try:
        draft = folder / "copy.db"
        os.close(os.open(draft, os.O_RDWR | os.O_CREAT | os.O_EXCL, PRIVATE))
        found = _copy(database, draft)
        _synchronise(draft)
        os.replace(draft, target)
        sync_folder(str(target.parent))
    except OSError as fault:
        raise _unwritten(name, fault) from None
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return found


def _target(name: str, where: str, *, force: bool) -> Path:
    try:
        target = Path(os.path.realpath(name))
        there = target.exists()
        if not name or not target.name or target.is_dir() or (there and not target.is_file()):
            raise BadInput(f"store backup: {name} is no file; name one")
        if any(os.path.realpath(f"{where}{end}") == str(target) for end in ("", "-wal", "-shm", "-journal")):
            raise BadInput(f"store backup: {name} is the store itself; name another file")
        if there and target.samefile(where):
            raise BadInput(f"store backup: {name} is the store itself; name another file")
    except (OSError, ValueError) as fault:
        if isinstance(fault, BadInput):
            raise
        raise BadInput(f"store backup: {name} is no name of a file") from None
    if there and not force:
        raise BadInput(f"store backup: {name} exists; it is not overwritten. Name another file, or add --force")
    return target


def _copy(database: Database, draft: Path) -> Copied:
    """Copy into an empty file. What is in the copy is counted in the copy."""
    with database.streaming() as connection, closing(sqlite3.connect(draft, isolation_level=None)) as copy:
        source = connection.connection.driver_connection
        assert isinstance(source, sqlite3.Connection)
        try:
            source.backup(copy)
            if copy.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
                raise Damaged(f"{database.where}: the file is damaged, and so would be its copy; no copy was made")
            # One file alone: it gets a log of its own only when it is opened as a store.
            copy.execute("PRAGMA journal_mode = DELETE")
            cases, entries = copy.execute("SELECT count(DISTINCT case_id), count(*) FROM entries").fetchone()
        except sqlite3.Error as fault:
            raise Unavailable(f"{database.where}: {sqlite_words(fault)}; no copy was made. Try again") from None
    return Copied(cases, entries)


def _synchronise(draft: Path) -> None:
    number = os.open(draft, os.O_RDWR)
    try:
        if hasattr(os, "fchmod"):
            os.fchmod(number, PRIVATE)
        os.fsync(number)
    finally:
        os.close(number)


def _unwritten(name: str, fault: OSError) -> BadInput:
    return BadInput(f"store backup: {name} cannot be written: {fault.strerror or fault}")
