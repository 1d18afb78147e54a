"""A checkpoint: how far a log had come, small enough to be written down elsewhere, and verified later.

It stands for the heads of the log up to a number, without those that were still under way. A log that has grown since
begins with the same heads. It holds no name of a case and no value.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from attrs import asdict, evolve, field, frozen
from sqlalchemy import select

from pathway.model.errors import BadInput, one_line
from pathway.model.json_text import read_json
from pathway.store.chain import canonical, plain
from pathway.store.entry_log import PAGE
from pathway.store.faults import Damaged
from pathway.store.schema import HEADS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sqlalchemy import Connection

FORMAT, VERSION = "checkpoint of a store of cases", 1
LONGEST = 10**6
"""The most characters of a file that is read as a checkpoint."""
_MOST = 2**63
_HEX = frozenset("0123456789abcdef")


@frozen
class Checkpoint:
    """How far a log had come: `cases` and `entries` counted, and its heads up to `number`.

    `heads` of them were there; `without` has the ranges of numbers that were not: never used, or not committed yet.
    `head` is the hash of the last entry by number, `digest` the SHA-256 over all. `at` says when it was made, as text.
    `signature` is that of `signing`, in hexadecimal digits; "" where nobody signed.
    """

    cases: int
    entries: int
    heads: int
    number: int
    head: str
    digest: str
    without: tuple[tuple[int, int], ...] = field(factory=tuple)
    at: str = ""
    signature: str = ""

    def to_json(self) -> dict[str, Any]:
        """The checkpoint as JSON data."""
        kept = asdict(self, recurse=False)
        return {"format": FORMAT, "version": VERSION, **kept, "without": [list(span) for span in self.without]}

    def text(self) -> str:
        """The content of a file."""
        return plain(self.to_json()) + "\n"

    @property
    def signed_text(self) -> bytes:
        """What a signature is over: everything but the signature."""
        return canonical(evolve(self, signature="").to_json()).encode()


def checkpoint_from(text: str) -> Checkpoint:
    """The checkpoint that a file holds. Raises `BadInput` where it holds none."""
    data = read_json(text, "")
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise BadInput("this is no checkpoint; 'pathway case verify-log --checkpoint FILE' writes one")
    if data.get("version") != VERSION:
        raise BadInput(f"it is of version {one_line(str(data.get('version')))[:20]}, this program reads {VERSION}")
    wrong = [name for name in ("cases", "entries", "heads", "number") if not _is_count(data.get(name))]
    wrong += [name for name in ("head", "digest") if not _is_hex(data.get(name), 64)]
    wrong += [] if data.get("signature") == "" or _is_hex(data.get("signature"), 128) else ["signature"]
    wrong += [] if isinstance(data.get("at"), str) and len(data["at"]) <= 40 else ["at"]
    ranges = data.get("without")
    if not isinstance(ranges, list) or not all(_is_range(span) for span in ranges):
        wrong.append("without")
    if wrong or set(data) != set(_EMPTY.to_json()):
        raise BadInput(f"{', '.join(wrong) or 'its keys'}: not as a checkpoint has it")
    kept = {name: data[name] for name in data if name not in ("format", "version", "without")}
    return Checkpoint(**kept, without=tuple((span[0], span[1]) for span in data["without"]))


def _is_count(value: object) -> bool:
    return type(value) is int and 0 <= value < _MOST


def _is_hex(value: object, length: int) -> bool:
    return isinstance(value, str) and len(value) == length and set(value) <= _HEX


def _is_range(value: object) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(map(_is_count, value)) and value[0] <= value[1]


_EMPTY = Checkpoint(0, 0, 0, 0, "", "")


# --- reading the heads ----------------------------------------------------------------------------------------------


def heads_of(connection: Connection) -> Iterator[tuple[int, str, int, str]]:
    """Number, case, number of the entry and hash of each head, in order; read in pages.

    Raises `Damaged` for a row that holds something else, as a torn file may.
    """
    asked = select(HEADS.c.number, HEADS.c.case_id, HEADS.c.sequence, HEADS.c.hash).order_by(HEADS.c.number)
    for row in connection.execute(asked, execution_options={"yield_per": PAGE}):
        if not all(isinstance(value, kind) for value, kind in zip(row, (int, str, int, str), strict=True)):
            raise Damaged("a row of the table heads holds what no head is")
        yield row[0], row[1], row[2], row[3]


class Counting:
    """Heads as they are counted: how many, up to which number, and the digest over them."""

    def __init__(self) -> None:
        self.heads = self.number = 0
        self.head = ""
        self.without: list[tuple[int, int]] = []
        self._digest = hashlib.sha256()

    def count(self, head: tuple[int, str, int, str]) -> None:
        """Count one more."""
        number, case_id, sequence, digest = head
        if number > self.number + 1:
            self.without.append((self.number + 1, number - 1))
        self.heads, self.number, self.head = self.heads + 1, number, digest
        # The name is led by its length, so that no two logs have the same text.
        said = f"{number} {len(case_id)} {case_id} {sequence} {digest}\n"
        self._digest.update(said.encode("utf-8", "surrogatepass"))

    def checkpoint(self, *, cases: int, entries: int) -> Checkpoint:
        """The checkpoint of what was counted."""
        return Checkpoint(
            cases, entries, self.heads, self.number, self.head, self._digest.hexdigest(), tuple(self.without)
        )


def compared(heads: Iterable[tuple[int, str, int, str]], since: Checkpoint | None) -> tuple[Counting, str]:
    """The heads counted, and how they are no continuation of a checkpoint; "" where they are one."""
    counting, before = Counting(), Counting()
    ranges = iter(() if since is None else (*since.without, (_MOST, _MOST)))
    low, high = next(ranges, (_MOST, _MOST))
    for head in heads:
        counting.count(head)
        if since is None or head[0] > since.number:
            continue
        while head[0] > high:
            low, high = next(ranges, (_MOST, _MOST))
        if head[0] < low:
            before.count(head)
    if since is None:
        return counting, ""
    if before.heads < since.heads:
        missing = since.heads - before.heads
        return counting, f"the log is no continuation of the checkpoint: {missing} of its {since.heads} heads are gone"
    there = before.checkpoint(cases=since.cases, entries=since.entries)
    if (there.heads, there.number, there.head, there.digest) != (since.heads, since.number, since.head, since.digest):
        return counting, "the log is no continuation of the checkpoint: what was recorded by then was changed"
    return counting, ""
