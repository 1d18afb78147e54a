"""An import by a key: the same file by the same source key is one import, and another file is refused."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import select

from pathway.model.errors import BadInput, Unavailable, one_line
from pathway.store.answers import settle
from pathway.store.chain import canonical
from pathway.store.faults import LOG, Clash
from pathway.store.import_lines import end_of
from pathway.store.imports import BEGUN
from pathway.store.names import line_of_words
from pathway.store.schema import MARKS
from pathway.store.sessions import Unsettled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sqlalchemy import Connection

    from pathway.store.database import Database


class Once(NamedTuple):
    """What `take` counted in a file, and whether that was so before; `end` is the digest with which the file ends."""

    counts: tuple[int, ...]
    already: bool
    end: str


def once(
    database: Database, lines: Iterable[str], take: Callable[[], tuple[int, ...]], *, source: str, key: str
) -> Once:
    """What `take` counts in lines, which are gone through twice. Where that was so before, it is not called.

    The key is claimed for the digest of all lines before the first is taken, and keeps the counts afterwards. A call
    that was broken off is taken up by the next one with the same key. Raises `BadInput` where another file has the key;
    a file that is refused leaves the key free, and so does an import that is given up.
    """
    line_of_words(source, "source", longest=200)
    line_of_words(key, "key", longest=200, wanted=True)
    name = f"import {hashlib.sha256(canonical({'source': source, 'key': key}).encode()).hexdigest()}"
    digest, end = _digests_of(lines)
    had, _, counted = _claimed(database, name, f"{digest} {BEGUN} {end}".rstrip()).partition(" ")
    if had != digest:
        raise BadInput(f"key: '{one_line(key)}' of this source is taken by the import of another file")
    if not counted.startswith(BEGUN):
        return Once(tuple(map(int, counted.split())), True, end)
    try:
        found = take()
    except BadInput:
        _release(database, name, digest)
        raise
    # What is imported is imported: where the counts cannot be kept, the same call again finds every entry there.
    with suppress(Unavailable, Clash), database.writing() as connection:
        value = " ".join(map(str, (digest, *found)))
        connection.execute(MARKS.update().where(MARKS.c.name == name).values(value=value))
    return Once(found, False, end)


def _digests_of(lines: Iterable[str]) -> tuple[str, str]:
    """The digest of all lines, whatever ends them, and the one that the last line names; "" where it names none."""
    digest, last = hashlib.sha256(), ""
    for line in lines:
        digest.update((line.rstrip("\r\n") + "\n").encode("utf-8", "surrogatepass"))
        last = line if line.strip() else last
    return digest.hexdigest(), end_of(last)


def _claimed(database: Database, name: str, claim: str) -> str:
    """Claim a key for a file, if it is free. Returns whose it is, and what was counted."""
    asked = select(MARKS.c.value).where(MARKS.c.name == name)

    def is_there(connection: Connection) -> bool | None:
        return None if connection.execute(asked).scalar() is None else True

    try:
        with database.writing() as connection:
            connection.execute(database.insert_once(MARKS), {"name": name, "value": claim})
    except Unsettled as fault:
        settle(database, fault, is_there)
    with database.reading() as connection:
        return str(connection.execute(asked).scalar_one())


def _release(database: Database, name: str, digest: str) -> None:
    claim = (MARKS.c.name == name) & MARKS.c.value.startswith(f"{digest} {BEGUN}")
    try:
        with database.writing() as connection:
            connection.execute(MARKS.delete().where(claim))
    except (Unavailable, Clash):
        LOG.info("the key of a refused import could not be given back")
