"""Connections to a PostgreSQL server on which nobody waits longer than there is time. Needs psycopg."""

from __future__ import annotations

import threading
from time import monotonic
from typing import TYPE_CHECKING, Any, TypeVar

import psycopg
from sqlalchemy import event

from pathway.store.patience import time_limits
from pathway.store.sessions import ASK_SESSION, session_of

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from sqlalchemy import Engine

    from pathway.store.patience import Patience

T = TypeVar("T")


class NoAnswer(psycopg.OperationalError):
    """The server, or what stands between, gave no answer in time. The connection is closed."""

    no_answer = True


def bounded(patience: Patience) -> type[psycopg.Connection[Any]]:
    """The class of connections on which no answer is waited for longer than `patience` allows."""

    class Bounded(psycopg.Connection[Any]):
        def wait(self, gen: Generator[Any, Any, T], *args: Any, **options: Any) -> T:
            try:
                return super().wait(_until(gen, patience.until), *args, **options)
            except NoAnswer:
                self.close()  # the server may still answer what was asked: nothing else can be asked here
                raise

    return Bounded


def _until(gen: Generator[Any, Any, T], until: float) -> Generator[Any, Any, T]:
    """The same dialogue with the server, which ends with `NoAnswer` where nothing has come until a moment."""
    try:
        wanted = next(gen)
        while True:
            ready = yield wanted
            wanted = gen.send(ready)
            # Asked after what has come was taken in: data that is there is not thrown away for a slow reader's sake.
            if not ready and monotonic() > until:
                gen.close()
                raise NoAnswer("no answer in time")
    except StopIteration as done:
        return done.value  # type: ignore[no-any-return]  # what the dialogue gives


def connected(patience: Patience, connect: Callable[..., T], *args: Any, **options: Any) -> T:
    """What `connect` gives. Raises `NoAnswer` where it takes too long, be it for the name of the host."""
    found: list[T] = []
    faults: list[BaseException] = []
    lock, abandoned = threading.Lock(), False

    def work() -> None:
        try:
            made = connect(*args, **options)
        except BaseException as fault:  # noqa: BLE001  # it is raised in the thread that waits
            faults.append(fault)
            return
        with lock:
            if not abandoned:
                found.append(made)
                return
        made.close()  # type: ignore[attr-defined]  # a connection, that nobody waits for any more

    # The library has no time limit for finding a host, and one of two seconds at least for each of its addresses.
    worker = threading.Thread(target=work, daemon=True, name="pathway-connect")
    worker.start()
    worker.join(max(0.05, patience.until - monotonic()))
    with lock:
        abandoned = not found
    if found:
        return found[0]
    if faults:
        raise faults[0]
    raise NoAnswer("no connection in time")


def listen(engine: Engine, patience: Patience, wait: float) -> None:
    """Make each connection to a server within the time there is, with time limits, and know its session."""
    kind, limits = bounded(patience), time_limits(wait)

    def connect(_: Any, __: Any, args: Any, options: Any) -> Any:
        return connected(patience, kind.connect, *args, **options)

    def configure(connection: Any, record: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute(limits)
            record.info["session"] = session_of(*cursor.execute(ASK_SESSION).fetchone())
        connection.commit()

    event.listen(engine, "do_connect", connect)
    event.listen(engine, "connect", configure)
