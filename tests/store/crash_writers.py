"""A writer whose server dies again and again. It repeats every call with the same key, until the call returns.

    python -m tests.store.crash_writers URL NAME SEED WAIT [careless]

It ends once its input is closed, after the call that is under way. It says in lines what became of each call:
`nothing` (nothing was recorded), `unknown` (that is not known), and `ack KEY CASE SEQUENCE HASH new|already` for each
entry once the call has returned. A NAME that begins with "import" imports files of three cases; every other one opens
cases and records, in its own case and in one that all share. `careless`: the server answers before its log is on disk.
"""

from __future__ import annotations

import os
import random
import select
import sys
import tempfile
import time
from datetime import timedelta
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import event

from pathway import PATHWAY
from pathway.model.errors import Unavailable
from pathway.store.sessions import Unsettled
from pathway.store.store import Store
from pathway.store.transfer import export, take
from tests.children import BORN, CALL, INDEX_COUNT, NINE, NORMAL_COUNT, fever

if TYPE_CHECKING:
    from collections.abc import Callable

    from pathway.store.chain import StoredEntry

T = TypeVar("T")
EVENTS = (INDEX_COUNT, CALL, NORMAL_COUNT, fever("37.2"), fever("38.4"))
NOW = NINE + timedelta(days=30)
LONGEST = 40
FILE_CASES, FILE_EVENTS = 3, (INDEX_COUNT, CALL)


def say(words: str) -> None:
    """One line, whole."""
    os.write(1, f"{words}\n".encode())


def acknowledge(key: str, entry: StoredEntry, *, already: bool = False) -> None:
    """Say that a call has returned, and the entry is recorded."""
    say(f"ack {key} {entry.case_id} {entry.sequence} {entry.hash} {'already' if already else 'new'}")


def ending() -> bool:
    """Whether the input is closed."""
    return bool(select.select([0], [], [], 0)[0])


def insisting(act: Callable[[], T]) -> T:
    """What a call returns at last."""
    while True:
        try:
            return act()
        except Unavailable as fault:
            if not isinstance(fault, Unsettled) and "nothing was" not in str(fault):
                raise
            say("unknown" if isinstance(fault, Unsettled) else "nothing")
            time.sleep(0.02)


def opened(url: str, wait: float, *, careless: bool) -> Store:
    """The store."""
    store: Store = insisting(lambda: Store(url, PATHWAY, wait=wait))
    if careless:
        store.database.give_back()

        def configure(connection, _) -> None:
            connection.execute("SET synchronous_commit = off")
            connection.commit()

        event.listen(store.database.engine, "connect", configure)
    return store


def write(store: Store, name: str, chance: random.Random) -> None:
    """Open cases, and record in them and in a case of all writers."""
    number = 0
    shared = insisting(lambda: store.open_case("shared", born=BORN, by="all", now=NINE, source="all", key="shared"))
    acknowledge("all/shared", insisting(lambda: store.raw_log("shared", 0))[0])
    while not ending():
        number += 1
        key, case_id = f"{number}", f"{name}-{number}"
        own = insisting(lambda: store.open_case(case_id, born=BORN, by=name, now=NINE, source=name, key=key))  # noqa: B023
        acknowledge(f"{name}/{key}", own.last)
        while own.sequence < LONGEST and not ending():
            number += 1
            key = f"{number}"
            case = own if shared.sequence > 2 * LONGEST or chance.random() < 0.8 else shared
            what, at = chance.choice(EVENTS), NINE + timedelta(minutes=chance.randrange(20_000))
            done = insisting(lambda: case.record(what, at=at, by=name, now=NOW, source=name, key=key))  # noqa: B023
            acknowledge(f"{name}/{key}", done.entry, already=done.already)


def bring(store: Store, name: str) -> None:
    """Import files, each by its key."""
    number = 0
    with tempfile.TemporaryDirectory(prefix="pathway-") as folder, Store(f"{folder}/from.db", PATHWAY) as there:
        while not ending():
            number += 1
            names = [f"{name}-{number}-{place}" for place in range(FILE_CASES)]
            for case_id in names:
                case = there.open_case(case_id, born=BORN, by=name, now=NINE)
                for place, what in enumerate(FILE_EVENTS):
                    case.record(what, at=NINE + timedelta(minutes=place), by=name, now=NOW)
            lines = list(export(there, names))
            insisting(lambda: take(store, lines, now=NOW, source=name, key=f"{number}"))  # noqa: B023
            for case_id in names:
                for entry in there.raw_log(case_id):
                    acknowledge(f"{case_id}/{entry.sequence}", entry)


def main() -> None:
    """Write until the input is closed."""
    url, name, seed, wait, *careless = sys.argv[1:]
    store = opened(url, float(wait), careless=bool(careless))
    if name.startswith("import"):
        bring(store, name)
    else:
        write(store, name, random.Random(seed))
    say("done")
    store.database.close()


if __name__ == "__main__":
    main()
