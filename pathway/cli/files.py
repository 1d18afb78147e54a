"""Files that are written whole or not at all: a reader sees the old content or the new, never half of either."""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager, suppress
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING

from pathway.model.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import IO, TextIO

PRIVATE = 0o600
"""The mode of a file that holds a child's data: its owner's alone."""


@contextmanager
def draft_of(path: Path, mode: int = PRIVATE) -> Iterator[IO[bytes]]:
    """A file beside a path, which takes its place when all is written. Raises `OSError`; then nothing is changed.

    The name of the draft cannot be guessed, and nothing that is there is opened or followed. `mode` holds whatever the
    umask is. A private file is synchronised to the disk; what is about no patient can be made again.
    """
    number, draft = tempfile.mkstemp(prefix=f".{path.name[:40]}.", suffix=".new", dir=path.parent)
    try:
        with open(number, "wb") as file:
            if hasattr(os, "fchmod"):
                os.fchmod(number, mode)
            yield file
            file.flush()
            if mode == PRIVATE:
                os.fsync(number)
        os.replace(draft, path)
    finally:
        with suppress(OSError):
            os.unlink(draft)


def public_mode() -> int:
    """The mode of a new file that is about no patient, as the umask has it."""
    umask = os.umask(0o077)
    os.umask(umask)
    return 0o666 & ~umask


@contextmanager
def whole_file(name: str, place: str, *, force: bool) -> Iterator[TextIO]:
    """A text file to write into, which takes its place when all is written. An existing file is overwritten only with
    `force`.

    Faults are led by `place`.
    """
    try:
        path = Path(os.path.realpath(name))
        exists, strange = path.exists(), path.exists() and not path.is_file()
    except (OSError, ValueError):
        raise BadInput(f"{place}: {name} is no name of a file") from None
    if strange:
        raise BadInput(f"{place}: {name} is no file; name one")
    if exists and not force:
        raise BadInput(f"{place}: {name} exists; it is not overwritten. Name another file, or add --force")
    try:
        with draft_of(path) as content:
            file = TextIOWrapper(content, encoding="utf-8", newline="\n", write_through=True)
            yield file
            file.detach()
    except OSError as fault:
        raise BadInput(f"{place}: {name} cannot be written: {fault.strerror or fault}") from None
