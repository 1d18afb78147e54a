"""A process that makes writers by forking, so that a thousand of them can be killed in a minute.

    python -m tests.store.writers URL

It reads lines: `write NAME SEED` forks a writer, `stop` ends. It says `writer PID`, and `ended PID` once one is gone.
A writer opens a case of its own, and records in it and in a case that all share, as fast as it can, until it is killed.
It acknowledges each entry, once it is recorded, with one line: `ack CASE SEQUENCE HASH`.
"""

from __future__ import annotations

import os
import random
import sys
import time
from datetime import timedelta

from pathway import PATHWAY
from pathway.model.errors import Unavailable
from pathway.store.store import Store
from pathway.store.stored_case import Conflict
from tests.children import BORN, CALL, INDEX_COUNT, NINE, NORMAL_COUNT, fever

EVENTS = (INDEX_COUNT, CALL, NORMAL_COUNT, fever("37.2"), fever("38.4"))
NOW = NINE + timedelta(days=30)


def say(words: str) -> None:
    """One line, whole, whoever else is writing."""
    os.write(1, f"{words}\n".encode())


def write(store: Store, name: str, seed: int) -> None:
    """Write until killed."""
    chance = random.Random(seed)
    own = store.open_case(name, born=BORN, by=name, now=NINE)
    say(f"ack {name} 0 {own.last.hash}")
    # One that all share who write in these seconds: a log that grows without end would only make the test slow.
    together = f"shared-{int(time.time()) // 3}"
    shared = store.open_case(together, born=BORN, by="test", now=NINE, source="test", key=together)
    number = 0
    while True:
        number += 1
        case = own if chance.random() < 0.8 else shared
        at = NINE + timedelta(minutes=chance.randrange(20_000))
        try:
            done = case.record(chance.choice(EVENTS), at=at, by=name, now=NOW, source=name, key=f"{number}")
        except Conflict:
            number -= 1
            continue
        except Unavailable as fault:
            say(f"fault {fault.faults[0]}")
            number -= 1
            continue
        say(f"ack {done.entry.case_id} {done.entry.sequence} {done.entry.hash}")
        if own.sequence > 80:
            return


def main() -> None:
    """Fork writers, one for each line."""
    url = sys.argv[1]
    Store(url, PATHWAY).close()  # makes the tables; a connection must not be carried into a fork
    for line in sys.stdin:
        word, *rest = line.split()
        if word == "stop":
            return
        child = os.fork()
        if child == 0:
            os.close(0)
            try:
                write(Store(url, PATHWAY, create=False, wait=30), rest[0], int(rest[1]))
            finally:
                os._exit(0)
        say(f"writer {child}")
        os.waitpid(child, 0)
        say(f"ended {child}")


if __name__ == "__main__":
    main()
