"""The database behind a store: an SQLite file, or PostgreSQL by URL. Each of its errors becomes one clear line."""

from __future__ import annotations

import logging
import os
import sqlite3
import threading
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from sqlalchemy import NullPool, create_engine, event, inspect, select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from pathway.model.errors import BadInput, Unavailable, one_line
from pathway.store.faults import LOG, Clash, Lost, NotKnown, is_lost, is_silent, meaning, words_of
from pathway.store.patience import Patience, network_options
from pathway.store.schema import FORMAT, MARKS, METADATA
from pathway.store.sessions import end_session, unsettled
from pathway.store.sqlite_file import check_file, configure_sqlite
from pathway.store.takeover import begin
from pathway.store.urls import named, url_of
from pathway.store.write_ahead import WriteAhead

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import URL, Connection, Engine, Insert, Table

# With logging turned on, the library would log the content of every row that it reads, and a server's own words, which
# may repeat a password.
logging.getLogger("sqlalchemy.engine.Engine.pathway").setLevel(logging.WARNING)
logging.getLogger("sqlalchemy.pool.impl.NullPool.pathway").setLevel(logging.CRITICAL)


class Database:
    """Connections to one database, one for each thread. `where` names it in errors, without a password.

    `wait` is the number of seconds to wait while another program writes. A database that does not exist is made
    where `create` is true. Raises `BadInput` for a URL that names none, `Unavailable` where it cannot be reached.
    """

    def __init__(self, url: str | os.PathLike[str], *, create: bool = True, wait: float = 5.0) -> None:
        self.url = url_of(url)
        self.where = (self.url.database or "") if self.is_sqlite else named(self.url)
        self.wait, self.patience = wait, Patience(wait)
        self._mine = threading.local()
        self._inherited: list[Connection] = []
        self._compiled: dict[Insert, tuple[str, Any]] = {}
        if self.is_sqlite:
            check_file(self.where, create=create)
        self._write_ahead = WriteAhead(self.where, wait) if self.is_sqlite and not self._sealed else None
        self.engine = self._engine()
        try:
            with self.patience.call():
                self._prepare(create=create)
        except BaseException:
            self.close()
            raise

    @property
    def is_sqlite(self) -> bool:
        """Whether it is a file."""
        return self.url.drivername == "sqlite"

    # --- transactions ---------------------------------------------------------------------------------------------

    # The connections commit each statement by itself. Statements that belong together stand in `reading` or `writing`.

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees the database at one moment; the transaction that is open on this thread, if any."""
        with self._said("nothing was read"):
            if (snapshot := self._snapshot) is not None:
                yield snapshot
                return
            connection = self._connection()
            if self._mine.within:
                yield connection
            else:
                with self._transaction(connection, self._begin_reading):
                    yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that writes all or nothing.

        Raises `Clash` where a key is taken, `Unsettled` where the commit was not answered.
        """
        with self._said("nothing was recorded"):
            connection = self._connection()
            self._not_within()
            self.settle()
            with self._transaction(connection, "BEGIN IMMEDIATE" if self.is_sqlite else "BEGIN", writes=True):
                yield connection

    def settle(self) -> None:
        """Make durable what the database holds, before an answer says that something in it is recorded.

        Raises `Unavailable` where that cannot be done now.
        """
        if self._write_ahead is not None:
            with self._said("nothing was recorded"):
                connection = self._connection()
                if not self._mine.within:
                    self._write_ahead.ready(connection)

    def add(self, statement: Insert, row: dict[str, Any]) -> None:
        """Add one row, with all columns that `statement` names: a transaction of one statement.

        Raises `Clash` where a key is taken, `Unsettled` where no answer came.
        """
        if statement not in self._compiled:
            compiled = statement.compile(dialect=self.engine.dialect)
            # The number of rows shows that a key is taken. An error would put the key into the server's log.
            self._compiled[statement] = f"{compiled} ON CONFLICT DO NOTHING", compiled.positiontup
        words, order = self._compiled[statement]
        values = row if order is None else tuple([row[name] for name in order])
        with self._said("nothing was recorded"):
            self.settle()
            connection = self._connection()
        self._not_within()
        try:
            added = connection.exec_driver_sql(words, values).rowcount
        except SQLAlchemyError as fault:
            raise self._as_said(fault, "nothing was recorded", committing=True) from None
        if added != 1:
            raise Clash

    def insert_once(self, table: Table) -> Any:
        """A statement that adds rows to a table, and leaves rows alone whose key is there already."""
        insert = sqlite_insert if self.is_sqlite else postgresql_insert
        return insert(table).on_conflict_do_nothing()

    def lock_tables(self, connection: Connection) -> None:
        """Make others wait who would make tables at the same moment; they find the tables made."""
        if not self.is_sqlite:
            connection.exec_driver_sql("SELECT pg_advisory_xact_lock(712953)")

    @contextmanager
    def streaming(self, *, lenient: bool = False) -> Iterator[Connection]:
        """A transaction for reading much, on a connection of its own. Others may read and write meanwhile.

        `lenient`: bytes that are no UTF-8 do not end the reading; they become characters that no text has.
        """
        if (snapshot := self._snapshot) is not None:
            with self._said("reading was broken off"):
                yield snapshot
            return
        with self._said("reading was broken off"), self.engine.connect() as connection:
            if lenient and self.is_sqlite:
                connection.connection.driver_connection.text_factory = _leniently  # type: ignore[union-attr]
            connection.exec_driver_sql(self._begin_reading)
            yield connection

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """One moment: all that this thread reads meanwhile is read as it was then, leniently."""
        with self.streaming(lenient=True) as connection:
            self._mine.snapshot = connection
            try:
                yield connection
            finally:
                self._mine.snapshot = None

    def give_back(self) -> None:
        """Give back this thread's connection: for a thread that ends before its store."""
        self._drop()

    def close(self) -> None:
        """Give back this thread's connection."""
        self._drop()
        self.engine.dispose()

    # --- inside ---------------------------------------------------------------------------------------------------

    @property
    def _snapshot(self) -> Connection | None:
        return getattr(self._mine, "snapshot", None)

    def _connection(self) -> Connection:
        mine = self._mine
        process = getattr(mine, "process", None)
        if process != os.getpid():
            # A forked process must neither use nor close its parent's connection: the connection is kept, untouched.
            if getattr(mine, "connection", None) is not None:
                self._inherited.append(mine.connection)
            mine.process, mine.connection, mine.within, mine.left = os.getpid(), None, False, None
        if mine.connection is None or mine.connection.closed or mine.connection.invalidated:
            self._drop()
            mine.connection = self.engine.connect()
            mine.session = mine.connection.info.get("session")
            if (left := getattr(mine, "left", None)) is not None:
                # Our own session of before may still hold locks, where a proxy keeps it and nobody hears it.
                mine.left = None
                end_session(mine.connection, left)
        connection: Connection = mine.connection
        return connection

    @property
    def _begin_reading(self) -> str:
        return "BEGIN" if self.is_sqlite else "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"

    def _not_within(self) -> None:
        if self._mine.within:
            raise RuntimeError("a transaction is open on this thread: what is written in it would not be kept yet")

    @contextmanager
    def _transaction(self, connection: Connection, begin: str, *, writes: bool = False) -> Iterator[None]:
        connection.exec_driver_sql(begin)
        self._mine.within = True
        try:
            yield
            try:
                connection.exec_driver_sql("COMMIT")
            except SQLAlchemyError as fault:
                raise self._as_said(fault, "nothing was recorded", committing=True) if writes else fault from None
        except BaseException:
            with suppress(SQLAlchemyError, sqlite3.Error):
                connection.exec_driver_sql("ROLLBACK")
            raise
        finally:
            self._mine.within = False

    def _drop(self) -> None:
        connection = getattr(self._mine, "connection", None)
        self._mine.connection, self._mine.within = None, False
        if connection is not None:
            try:
                connection.close()
            except (SQLAlchemyError, sqlite3.Error):
                LOG.debug("a broken connection was given up")

    @contextmanager
    def _said(self, lost: str) -> Iterator[None]:
        """Turn an error of the database into one line, with what became of the work."""
        try:
            yield
        except SQLAlchemyError as fault:
            raise self._as_said(fault, lost) from None

    def _as_said(self, fault: SQLAlchemyError, lost: str, *, committing: bool = False) -> Exception:
        """The error to raise. The connection is given up, except where a key was taken."""
        if committing and is_lost(fault) and not self.is_sqlite:
            said = words_of(fault, sqlite=False)
            LOG.warning("the database said: %s; what became of a commit is not known yet", said)
            session = getattr(self._mine, "session", None)
            found: Exception = unsettled(self.where, said, session, silent=is_silent(fault))
        else:
            found = meaning(fault, self.where, lost, sqlite=self.is_sqlite, committing=committing)
            if isinstance(found, Lost | NotKnown) and self._write_ahead is not None:
                self._write_ahead.doubt()
            if is_lost(fault):
                self._mine.left = getattr(self._mine, "session", None)
        if not isinstance(found, Clash):
            self._drop()
        return found

    def _engine(self) -> Engine:
        options: dict[str, Any] = {
            "hide_parameters": True,
            "logging_name": "pathway",
            "pool_logging_name": "pathway",
            "isolation_level": "AUTOCOMMIT",
            "poolclass": NullPool,
        }
        if self.is_sqlite:
            options["connect_args"] = {"timeout": self.wait, "check_same_thread": False}
        else:
            options["connect_args"] = network_options(self.url, self.wait)
        try:
            engine = create_engine(self._as_sealed() if self._sealed else self.url, **options)
        except ModuleNotFoundError as fault:
            if fault.name == "psycopg":
                raise BadInput(
                    "the driver of PostgreSQL is not installed: pip install 'leukopenia-pathway[postgres]'"
                ) from None
            raise
        except (ArgumentError, ValueError):
            raise BadInput("store: the options of this URL are none of a server's") from None
        if not self.is_sqlite:
            from pathway.store.server import listen

            listen(engine, self.patience, self.wait)
        elif not self._sealed:
            event.listen(engine, "connect", lambda connection, _: configure_sqlite(connection, self.wait))
        return engine

    @property
    def _sealed(self) -> bool:
        """Whether this is a file without write permission that nobody is writing. Such a file is read as it is."""
        if not self.is_sqlite:
            return False
        file, log = Path(self.where or ""), Path(f"{self.where}-wal")
        unwritten = not log.exists() or log.stat().st_size == 0
        return unwritten and file.exists() and not os.access(file, os.W_OK)

    def _as_sealed(self) -> URL:
        file = f"file:{quote(str(Path(self.where or '').resolve()))}"
        return self.url.set(database=file, query={"mode": "ro", "immutable": "1", "uri": "true"})

    def _prepare(self, *, create: bool) -> None:
        with self._said("nothing was opened"):
            with self.engine.connect() as connection:
                there = inspect(connection).has_table(MARKS.name)
                if self._write_ahead is not None:
                    self._write_ahead.look(connection)
            if not there:
                if not create:
                    raise BadInput(f"store: {self.where} holds no store of cases; 'pathway case open' makes one")
                self._make()
        with self.reading() as connection:
            found = connection.execute(select(MARKS.c.value).where(MARKS.c.name == "format")).scalar()
        if found != str(FORMAT):
            raise BadInput(
                f"store: {self.where} is of format {one_line(str(found))}, this program reads format {FORMAT}"
            )

    def _make(self) -> None:
        try:
            with self.writing() as connection:
                self.lock_tables(connection)
                if inspect(connection).has_table(MARKS.name):
                    return
                METADATA.create_all(connection)
                connection.execute(MARKS.insert(), [{"name": "format", "value": str(FORMAT)}])
                begin(connection)
        except Clash:
            LOG.debug("somebody else made the tables")
        except NotKnown:
            raise Unavailable(f"{self.where}: the disk failed; nothing was opened. Try again") from None


def _leniently(text: bytes) -> str:
    return text.decode("utf-8", "surrogateescape")
