"""The chain of a case: each entry holds the hash of the entry before it, and its own hash over all its columns."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from pathway.model.errors import BadInput
from pathway.run.log import Entry, entry_from_json
from pathway.run.moments import read_moment

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pathway.model.pathway import Pathway

FIRST = "0" * 64
"""The previous hash of the first entry of a case."""
OPENED, MIGRATION = "opened", "migration"


class StoredEntry(NamedTuple):
    """An entry as the store keeps it: what happened and when, who recorded it when, from where, under which version.

    `sequence` counts the entries of a case from 0, the opening. `happened_at` and `recorded_at` are text, in UTC, of
    one width. `source` names the system the entry came from, `source_key` its key there; None where it has no key.
    `body` is JSON: the entry of the case's log as `Entry.to_json` has it, or what was opened or migrated.
    """

    case_id: str
    sequence: int
    kind: str
    happened_at: str
    recorded_at: str
    recorded_by: str
    source: str
    source_key: str | None
    event: str
    target: str
    body: str
    pathway_version: str
    pathway_digest: str
    previous_hash: str
    hash: str

    @property
    def data(self) -> dict[str, Any]:
        """The body as data."""
        body = self.body
        if body.startswith("{"):
            found, end = _DECODE_START(body)
            if end == len(body):
                return found  # type: ignore[no-any-return]  # what begins with a brace is an object
        found = _DECODE(body)
        return found if isinstance(found, dict) else {}

    def entry(self, pathway: Pathway) -> Entry:
        """The entry of the case's log that is kept here. Raises `BadInput` where the body is no such entry."""
        return entry_from_json(self.data, pathway)

    @property
    def of_log(self) -> bool:
        """Whether this is an entry of the case's log; an opening and a migration are not."""
        return self.kind not in (OPENED, MIGRATION)

    def row(self) -> dict[str, Any]:
        """The entry as a row of its table."""
        return self._asdict()


COLUMNS = StoredEntry._fields
_WITHOUT_HASH = len(COLUMNS) - 1
_KEYED, _UNKEYED = (
    tuple(int if name == "sequence" else key if name == "source_key" else str for name in COLUMNS)
    for key in (str, type(None))
)
"""The types of the columns of an entry, with a source key and without."""
_ENCODE = json.JSONEncoder(ensure_ascii=True, separators=(",", ":")).encode
_ENCODE_SORTED = json.JSONEncoder(ensure_ascii=True, separators=(",", ":"), sort_keys=True).encode
_DECODE = json.JSONDecoder().decode
_DECODE_START = json.JSONDecoder().raw_decode
"""Reads the object with which a text begins; quicker than `_DECODE`, which looks for white space around it."""


def chained(previous: str, **said: Any) -> StoredEntry:
    """An entry that follows one with the hash `previous`."""
    entry = StoredEntry(**said, previous_hash=previous, hash="")
    return entry._replace(hash=hash_of(entry))


def hash_of(entry: StoredEntry) -> str:
    """SHA-256 over every column but the hash, each led by its length, so that no two entries have the same text."""
    said = _said(entry) if _has_kinds(entry) else "\n".join(map(_measured, entry[:_WITHOUT_HASH]))
    return _hashed(said)


def _hashed(said: str) -> str:
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()


def _said(entry: StoredEntry) -> str:
    """All columns but the hash, as `_measured` has each of them."""
    # Every entry of every case is hashed again when it is read: one text for all columns is made in half the time.
    case, number, kind, happened, recorded, by, source, key, event, target, body, version, digest, before, _ = entry
    return (
        f"{len(case)} {case}\nint {number}\n{len(kind)} {kind}\n{len(happened)} {happened}\n"
        f"{len(recorded)} {recorded}\n{len(by)} {by}\n{len(source)} {source}\n"
        f"{'none' if key is None else f'{len(key)} {key}'}\n{len(event)} {event}\n{len(target)} {target}\n"
        f"{len(body)} {body}\n{len(version)} {version}\n{len(digest)} {digest}\n{len(before)} {before}"
    )


def _measured(value: Any) -> str:
    """A column led by its length, or by its type where it is no text."""
    if type(value) is str:
        return f"{len(value)} {value}"
    # But for a number this program never writes such a value. It still needs a hash, and one that no text has.
    return "none" if value is None else f"{type(value).__name__} {value!r}"


def fault_in(entry: StoredEntry, before: StoredEntry | None) -> str:
    """What is wrong with an entry at its place in the chain; "" where nothing is."""
    if not _has_kinds(entry):
        return f"entry {entry.sequence!s:.20} was changed: a column is not of its kind"
    wanted = 0 if before is None else before.sequence + 1
    if entry.sequence != wanted:
        return f"entry {wanted} is missing; {entry.sequence} follows"
    if entry.hash != _hashed(_said(entry)):
        return f"entry {entry.sequence} was changed: it does not match its hash"
    if entry.previous_hash != (FIRST if before is None else before.hash):
        return f"entry {entry.sequence} does not follow the entry before it: that was changed or exchanged"
    if (entry.kind == OPENED) != (before is None):
        return f"entry {entry.sequence} is no place for '{entry.kind}'"
    if before is not None and entry.kind != MIGRATION:
        if (entry.pathway_digest, entry.pathway_version) != (before.pathway_digest, before.pathway_version):
            return f"entry {entry.sequence} is pinned to another version than the entry before it"
    return ""


def _has_kinds(entry: StoredEntry) -> bool:
    return tuple(map(type, entry)) in (_UNKEYED, _KEYED)


def fault_within(entry: StoredEntry) -> str:
    """How the columns of an entry differ from its body; "" where both agree."""
    try:
        data = entry.data
        said, meant = _both_say(entry, data)
        happened = read_stamp(entry.happened_at)
        recorded = read_stamp(entry.recorded_at)
    except (BadInput, ValueError, RecursionError):
        return f"entry {entry.sequence} cannot be read"
    if said != meant:
        return f"entry {entry.sequence} says one thing in its body and another in its columns"
    if not 1900 <= happened.year <= 2300 or happened > recorded:
        return f"entry {entry.sequence} happened after it was recorded"
    return ""


def _both_say(entry: StoredEntry, data: Mapping[str, Any]) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    """The values that body and columns have in common: those of the body, then those of the columns."""
    match entry.kind:
        case "opened":
            return (sorted(data), entry.event, entry.target), (["born", "timezone"], "", "")
        case "migration":
            return (data.get("to"), entry.event, entry.target), (entry.pathway_digest, "", "")
        case _:
            name = next((data[key] for key in ("event", "order", "advice") if key in data), "")
            said = (data.get("kind"), name, data.get("target", ""), data.get("id"),
                    stamp(read_moment(data.get("at"), "at")), data.get("by"))  # fmt: skip
            meant = (entry.kind, entry.event, entry.target, f"e{entry.sequence}", entry.happened_at, entry.recorded_by)
            return said, meant


def plain(data: Mapping[str, Any]) -> str:
    """Data as JSON, keys in the order given."""
    return _ENCODE(data)


def canonical(data: Mapping[str, Any]) -> str:
    """Data as JSON, keys sorted: the same content gives the same text."""
    return _ENCODE_SORTED(data)


def stamp(at: datetime) -> str:
    """A moment as text: UTC, to the microsecond, always of the same width."""
    at = at if at.tzinfo is UTC else at.astimezone(UTC)
    return at.isoformat(timespec="microseconds")[:-6] + "Z"


def read_stamp(text: str) -> datetime:
    """The moment that `stamp` wrote. Raises `BadInput` for any other text."""
    try:
        at = datetime.fromisoformat(text)
        if at.tzinfo is not None and stamp(at) == text:
            return at
    except (TypeError, ValueError):
        pass
    raise BadInput(f"'{text}' is no moment of a store")
