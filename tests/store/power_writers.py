"""Writers on a watched disk: they record, close, open again and are killed; each entry is acknowledged in a file.

    python -m tests.store.power_writers FOLDER SEED [careless]

The store is `FOLDER/cases.db`. An acknowledgement is one line of `FOLDER/acks`: CASE SEQUENCE HASH. `careless` writers
do not synchronise: their entries must be found lost, else the watching is worth nothing.
"""

from __future__ import annotations

import os
import random
import sys
from datetime import timedelta

from sqlalchemy import event

from pathway import PATHWAY
from pathway.model.errors import Unavailable
from pathway.store.store import Store
from tests.children import BORN, CALL, INDEX_COUNT, NINE, fever

NOW = NINE + timedelta(days=30)
EVENTS = (INDEX_COUNT, CALL, fever("37.2"), fever("38.4"))
WRITERS, EACH = 3, 16


def acknowledge(folder: str, entry) -> None:
    """One line, whole, whoever else is writing."""
    number = os.open(f"{folder}/acks", os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    os.write(number, f"{entry.case_id} {entry.sequence} {entry.hash}\n".encode())
    os.close(number)


def opened(folder: str, chance: random.Random, *, careless: bool) -> Store:
    """The store, on a connection that moves the log into the file after so few pages that a cut meets that often."""
    store = Store(f"{folder}/cases.db", PATHWAY, wait=30)
    pages = chance.choice([5, 20, 60])

    def configure(connection, _) -> None:
        connection.execute(f"PRAGMA wal_autocheckpoint = {pages}")
        if careless:
            connection.execute("PRAGMA synchronous = OFF")

    store.database.give_back()
    event.listen(store.database.engine, "connect", configure)
    return store


def write(folder: str, name: str, seed: int, *, careless: bool) -> None:
    """Record, now and then through a store that is opened anew; in the end close it, or be gone at once."""
    chance = random.Random(seed)
    store = opened(folder, chance, careless=careless)
    case = store.open_case(name, born=BORN, by=name, now=NINE)
    acknowledge(folder, case.last)
    for number in range(EACH):
        if chance.random() < 0.15:
            if chance.random() < 0.5:
                store.close()
            store = opened(folder, chance, careless=careless)
            case = store.case(name)
        at = NINE + timedelta(minutes=chance.randrange(20_000))
        try:
            done = case.record(chance.choice(EVENTS), at=at, by=name, now=NOW, source=name, key=f"{number}")
        except Unavailable:
            continue
        acknowledge(folder, done.entry)
    if chance.random() < 0.5:
        store.close()
    os._exit(0)


def main() -> None:
    """Writers beside one another, twice: the second finds what the first left."""
    folder, seed, *how = sys.argv[1:]
    for turn in range(2):
        children = []
        for number in range(WRITERS):
            child = os.fork()
            if child == 0:
                try:
                    write(folder, f"W{turn}-{number}", int(seed) * 100 + turn * 10 + number, careless=bool(how))
                finally:
                    os._exit(1)
            children.append(child)
        if any(os.waitpid(child, 0)[1] for child in children):
            sys.exit(1)


if __name__ == "__main__":
    main()
