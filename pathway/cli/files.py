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


@contextmanager
def draft_of(path: Path) -> Iterator[IO[bytes]]:
    """A file beside a path, which takes its place when all is written. Raises `OSError`; then nothing is changed."""
    # A new file is its owner's alone: it is about patients.
    number, draft = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".new", dir=path.parent)
    os.close(number)
    try:
        with open(draft, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, path)
    finally:
        with suppress(OSError):
            os.unlink(draft)


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
