"""The lines of a file of cases: a head, versions of the pathway, entries, and an end. Each is checked by itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from pathway.model.bounds import IMPORT_BYTES, LINE_BYTES
from pathway.model.canonical import FORMAT as PATHWAY_FORMAT
from pathway.model.canonical import from_json
from pathway.model.errors import BadInput, one_line
from pathway.model.json_text import read_json
from pathway.run.log import KINDS
from pathway.store.chain import COLUMNS, MIGRATION, OPENED, StoredEntry, read_stamp, stamp

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from typing import Protocol

    from pathway.model.pathway import Pathway

    class HasLines(Protocol):
        """What lines of bytes can be read from, up to a number of bytes."""

        def readline(self, size: int = -1, /) -> bytes:
            """The next line, or as much of it."""


NAME, FORMAT = "cases of a clinical pathway", 1
_DIGEST, _LONGEST_END = re.compile("[0-9a-f]{64}"), 1000
_KINDS = (OPENED, MIGRATION, *KINDS)


def bounded_lines(file: HasLines) -> Iterator[bytes]:
    """The lines of a file. Raises `BadInput` for a line, or a whole, that is longer than any export."""
    number = read = 0
    while line := file.readline(LINE_BYTES + 1):
        number += 1
        read += len(line)
        if len(line) > LINE_BYTES:
            raise BadInput(f"line {number}: it has more than {LINE_BYTES:,} bytes, and no export writes such a line")
        if read > IMPORT_BYTES:
            raise BadInput(
                f"line {number}: here it has more than {IMPORT_BYTES:,} bytes, the most that one import takes; "
                "'pathway case export CASE...' writes some of the cases"
            )
        yield line


def version_alone(line: str, number: int) -> str | None:
    """The text of a version, where the first line of a file is one that `pathway freeze` wrote; None for a file of
    cases.

    Raises `BadInput` for the first line of anything else.
    """
    head = data_of(line, number)
    if head.get("format") == PATHWAY_FORMAT and "pathway" in head:
        return line.strip()
    if head.get("format") != NAME or head.get("version") != FORMAT:
        raise BadInput(f"line 1: this is no file of cases of format {FORMAT}; 'pathway case export' writes one")
    return None


def end_of(line: str) -> str:
    """The digest that the last line of a file of cases names, unchecked; "" where the line is no such end."""
    if len(line) > _LONGEST_END:
        return ""
    try:
        found = data_of(line, 0).get("end")
    except BadInput:
        return ""
    digest = found.get("digest") if isinstance(found, dict) else None
    return digest if isinstance(digest, str) and _DIGEST.fullmatch(digest) else ""


def data_of(line: str, number: int) -> dict[str, Any]:
    """The data of a line."""
    data = read_json(line, f"line {number}")
    if not isinstance(data, dict):
        raise BadInput(f"line {number}: an object is wanted")
    return data


def version_of(text: str, digest: str | None, number: int) -> Pathway:
    """The version that a line brings."""
    try:
        pathway = from_json(text)
    except BadInput as fault:
        raise fault.at(f"line {number}") from None
    if digest is not None and pathway.digest != digest:
        raise BadInput(f"line {number}: the version does not match its digest {one_line(digest)[:12]}")
    return pathway


def entry_of(row: dict[str, Any], number: int, now: datetime) -> StoredEntry:
    """The entry of a line. Raises `BadInput` where a column has no possible value."""
    if set(row) != set(COLUMNS):
        raise BadInput(f"line {number}: an entry has the columns {', '.join(COLUMNS)}")
    wrong = [name for name, longest in _LONGEST.items() if not _is_line(row[name], longest)]
    if row["source_key"] is not None and (not _is_line(row["source_key"], 200) or not row["source_key"]):
        wrong.append("source_key")
    if type(row["sequence"]) is not int or not 0 <= row["sequence"] < 2**31:
        wrong.append("sequence")
    if row["kind"] not in _KINDS or not row["recorded_by"]:
        wrong.append("kind" if row["kind"] not in _KINDS else "recorded_by")
    if wrong:
        raise BadInput(f"line {number}: {', '.join(wrong)}: not as an entry has it")
    entry = StoredEntry(**row)
    try:
        read_stamp(entry.happened_at)
        recorded = read_stamp(entry.recorded_at)
        body = read_json(entry.body, "body")
    except BadInput as fault:
        raise fault.at(f"line {number}") from None
    if not isinstance(body, dict):
        raise BadInput(f"line {number}: body: an object is wanted")
    if recorded > now:
        raise BadInput(f"line {number}: recorded_at {entry.recorded_at} is later than now, {stamp(now)}")
    return entry


_LONGEST = {
    "case_id": 100, "kind": 20, "happened_at": 27, "recorded_at": 27, "recorded_by": 500, "source": 200, "event": 200,
    "target": 200, "body": 10**7, "pathway_version": 200, "pathway_digest": 64, "previous_hash": 64, "hash": 64,
}  # fmt: skip


def _is_line(text: object, longest: int) -> bool:
    return isinstance(text, str) and len(text) <= longest and text.isprintable()
