"""The files of a checkpoint: written after an audit, read before one; signed, and held against a signer's key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from pathway.cli.case.options import counted
from pathway.cli.files import whole_file
from pathway.cli.moments import read_at
from pathway.model.errors import BadInput
from pathway.model.outside import read_bytes, read_text, why_unread
from pathway.run.moments import moment

if TYPE_CHECKING:
    from pathway.store.checkpoint import Checkpoint

_LONGEST_KEY = 10_000


def read_checkpoint(file: str, signer: str | None) -> Checkpoint:
    """The checkpoint in a file. Raises `BadInput` where it is none, or is not signed by `signer`'s public key."""
    from pathway.store.checkpoint import checkpoint_from

    text = read_text(file, f"since: {file}")
    try:
        found = checkpoint_from(text)
    except BadInput as fault:
        raise fault.at(f"since: {file}") from None
    if signer is None:
        return found
    from pathway.store.signing import is_signed_by

    if not found.signature:
        raise BadInput(f"since: {file} is signed by nobody; 'verify-log --checkpoint FILE --sign KEY' signs one")
    pem = _key(signer, "signer")
    try:
        if is_signed_by(found, pem):
            return found
    except BadInput as fault:
        raise fault.at(f"signer: {signer}") from None
    raise BadInput(f"since: {file} is not what the holder of {signer} signed: it was changed, or signed by another")


def checked_key(file: str) -> bytes:
    """The private key in a file. Raises `BadInput` where it is none: known before the audit, which may be long."""
    from pathway.store.checkpoint import Checkpoint
    from pathway.store.signing import signed

    pem = _key(file, "sign")
    try:
        signed(Checkpoint(0, 0, 0, 0, "", ""), pem)
    except BadInput as fault:
        raise fault.at(f"sign: {file}") from None
    return pem


def write_checkpoint(found: Checkpoint, file: str, key: bytes | None, *, force: bool) -> Checkpoint:
    """Write a checkpoint, signed where there is a key; the checkpoint as it was written."""
    found = evolve(found, at=moment(read_at(None, "UTC")))
    if key is not None:
        from pathway.store.signing import signed

        found = signed(found, key)
    with whole_file(file, "checkpoint", force=force) as out:
        out.write(found.text())
    return found


def told(found: Checkpoint) -> str:
    """A checkpoint in a line."""
    cases, entries = counted(found.cases, "case"), counted(found.entries, "entry", "entries")
    return f"{cases}, {entries}, head {found.number:,} of the log is {found.head[:12]}, digest {found.digest[:12]}"


def _key(file: str, place: str) -> bytes:
    try:
        return read_bytes(file, _LONGEST_KEY)
    except (OSError, ValueError) as fault:
        raise BadInput(f"{place}: {file} cannot be read: {why_unread(fault)}") from None
    except BadInput as fault:
        raise fault.at(f"{place}: {file}") from None
