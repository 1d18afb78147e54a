"""A process on a disk that is watched and can fail: it does what its input says, line by line.

    python -m tests.store.fsync_writer FILE [WAIT]

`record KEY` records an entry by that key, `open KEY` opens a case by that key, `read` says how many entries C1 has,
`touch` writes one page that no entry is on, `close` closes the store.
The answers: `recorded`, `already`, `entries N`, or the fault in one line, with the name of its kind before it; first
`ready`, or why the store cannot be opened.
"""

from __future__ import annotations

import os
import sys

from pathway import PATHWAY
from pathway.model.errors import BadInput, Unavailable
from pathway.store.store import Store
from tests.children import BORN, NINE, fever


def main() -> None:
    """Answer line by line until the input ends; then be gone without closing anything, like a killed process."""
    try:
        store = Store(sys.argv[1], PATHWAY, wait=float(sys.argv[2]) if len(sys.argv) > 2 else 5)
    except Unavailable as fault:
        say(f"{type(fault).__name__}: {fault}")
        return
    say("ready")
    for line in sys.stdin:
        word, *rest = line.split()
        try:
            match word:
                case "open":
                    case = store.open_case(rest[0], born=BORN, by="ward", now=NINE, source="test", key=rest[0])
                    said = "recorded"
                case "record":
                    case = store.case("C1")
                    done = case.record(fever("38.4"), at=NINE, by="ward", now=NINE, source="test", key=rest[0])
                    said = "already" if done.already else "recorded"
                case "touch":
                    with store.database.writing() as connection:
                        connection.exec_driver_sql("INSERT INTO marks VALUES ('touched', 'x')")
                    said = "touched"
                case "close":
                    store.close()
                    said = "closed"
                case _:
                    said = f"entries {len(store.log_of('C1'))}"
        except (BadInput, Unavailable) as fault:
            said = f"{type(fault).__name__}: {fault}"
        say(said)
    os._exit(0)


def say(words: str) -> None:
    """One line, at once."""
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
