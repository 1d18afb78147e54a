"""The write-ahead log of an SQLite store: made durable before anything is acknowledged, and kept from growing.

Where a disk fails to synchronise a commit, the commit is refused, but its bytes stand in the log, and the system holds
them for written. Once every process has gone, the next one finds a whole entry there that no disk has. It would answer
that the entry is recorded, and build on it; a power cut then takes both. So whoever finds a log writes its bytes again,
synchronises them, and moves them into the file, before the first answer that something is recorded.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from sqlalchemy.exc import SQLAlchemyError

from pathway.model.errors import Unavailable
from pathway.store.faults import LOG
from pathway.store.sqlite_file import sync_folder

if TYPE_CHECKING:
    from sqlalchemy import Connection

MIB = 2**20
LARGE = 64 * MIB
"""From so many bytes on, the log is emptied, once all who read have ended for a moment; asked for at each doubling."""
LARGEST = 1024 * MIB
"""With so many bytes nothing more is recorded: a disk that a forgotten reader fills would stop everything."""
_A_MOMENT = 200
"""Milliseconds to wait for those who read."""


class WriteAhead:
    """The write-ahead log of one file, as one `Database` has seen it. `wait` is in seconds, as of the database."""

    def __init__(self, where: str, wait: float) -> None:
        self.where = where
        self._folder, name = os.path.split(os.path.realpath(where))
        self._file = os.path.join(self._folder, f"{name}-wal")
        self._wait = int(wait * 1000)
        self._doubts, self._settled = 0, -1
        self._emptied_from = LARGE

    def size(self) -> int:
        """The size of the log in bytes; 0 where there is none."""
        try:
            return os.stat(self._file).st_size
        except OSError:
            return 0

    def doubt(self) -> None:
        """The disk failed: what the log holds may not be on it."""
        self._doubts += 1

    def look(self, connection: Connection) -> None:
        """Make what an opening finds durable if that can be done at once; else the first who acknowledges does it."""
        try:
            connection.exec_driver_sql("PRAGMA busy_timeout = 0")
            try:
                self._settle(connection)
            finally:
                connection.exec_driver_sql(f"PRAGMA busy_timeout = {self._wait}")
        except (SQLAlchemyError, Unavailable):
            LOG.debug("the write-ahead log is made durable before the first entry is recorded")

    def ready(self, connection: Connection) -> None:
        """Make sure that an entry may be acknowledged. Nothing is open on `connection`.

        Raises an error of the database where another program is writing, `Unavailable` where the disk fails or the log
        is as large as it may be. Then nothing was recorded.
        """
        if self._settled != self._doubts:
            self._settle(connection)
        size = self.size()
        if size >= self._emptied_from:
            self._empty(connection, size)
        elif size < LARGE:
            self._emptied_from = LARGE

    # --- inside ---------------------------------------------------------------------------------------------------

    def _settle(self, connection: Connection) -> None:
        doubts = self._doubts
        if self.size():
            # Whoever holds the lock of writers is the only one who may change the log.
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            try:
                self._write_again()
            except OSError as fault:
                LOG.warning("the write-ahead log could not be made durable: %s", fault.strerror)
                raise Unavailable(f"{self.where}: the disk failed; nothing was recorded. Try again") from None
            finally:
                connection.exec_driver_sql("ROLLBACK")
            # Nobody waits for this: what somebody still reads the old state of stays in the log, where it is safe now.
            connection.exec_driver_sql("PRAGMA wal_checkpoint(PASSIVE)")
        self._settled = doubts

    def _write_again(self) -> None:
        with open(self._file, "r+b", buffering=0) as file:
            at = 0
            while part := file.read(MIB):
                file.seek(at)
                left = memoryview(part)
                while left:
                    left = left[file.write(left) :]
                at += len(part)
            os.fsync(file.fileno())
        sync_folder(self._folder)

    def _empty(self, connection: Connection, size: int) -> None:
        """Empty the log. Where somebody reads on, tell that, or refuse what would make the log too large."""
        connection.exec_driver_sql(f"PRAGMA busy_timeout = {_A_MOMENT}")
        try:
            busy = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").scalar()
        finally:
            connection.exec_driver_sql(f"PRAGMA busy_timeout = {self._wait}")
        if not busy:
            self._emptied_from = LARGE
            return
        LOG.warning("a read that does not end keeps the write-ahead log from being emptied: %d MiB", size // MIB)
        self._emptied_from = min(2 * size, LARGEST)
        if size >= LARGEST:
            raise Unavailable(
                f"{self.where}: the write-ahead log has {size // MIB:,} MiB, for a read that does not end keeps it "
                "from being emptied; nothing was recorded. End that read (an export, an audit, another program) and "
                "try again"
            )
