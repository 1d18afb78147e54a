"""A store of one test, and the command line that works on it."""

from __future__ import annotations

import sqlite3

from tests.children import BORN
from tests.cli.terminal import Output, pathway

LOW = ("blood_count_reported", "wbc=2.5", "anc=0.7", "alc=1.4")
MORNING = ("--at", "2026-01-22T09:00:00Z", "--by", "laboratory")
NOON = "2026-01-22T12:00:00Z"
NEXT_DAY = "2026-01-23T09:00:00Z"


class Shop:
    """A store of this test alone, and the command line that works on it."""

    def __init__(self, folder) -> None:
        self.folder, self.url = folder, str(folder / "cases.db")

    def __call__(self, *args: str, columns: int = 80) -> Output:
        return pathway("case", *args, "--store", self.url, columns=columns)

    def done(self, *args: str) -> Output:
        """What goes well."""
        done = self(*args)
        assert (done.code, done.err) == (0, ""), done.err
        return done

    def entries(self, name: str = "C1") -> list[dict]:
        return self.done("history", name, "--json").data["entries"]

    def open(self, name: str = "C1") -> None:
        self.done("open", name, "--born", BORN.isoformat(), "--timezone", "UTC", "--by", "ward")


def joined(text: str) -> str:
    return " ".join(text.split())


def tamper(url: str, *statements: str) -> None:
    """What somebody with the file in hand can do, past the triggers."""
    connection = sqlite3.connect(url)
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()
