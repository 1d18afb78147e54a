"""Connections to a PostgreSQL server on which nobody waits longer than there is time. Needs psycopg."""

from __future__ import annotations

import threading
from time import monotonic
from typing import TYPE_CHECKING, Any, TypeVar

import psycopg

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

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
