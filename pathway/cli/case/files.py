"""A file that is written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from pathway.model.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TextIO


@contextmanager
def whole_file(name: str, place: str, *, force: bool) -> Iterator[TextIO]:
    """A file to write into: beside its place until all is written. One that exists is overwritten with `force` only.

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
    draft = ""
    try:
        # A new file is its owner's alone: it is about patients.
        number, draft = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".new", dir=path.parent)
        with os.fdopen(number, "w", encoding="utf-8", newline="\n") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, path)
    except OSError as fault:
        raise BadInput(f"{place}: {name} cannot be written: {fault.strerror or fault}") from None
    finally:
        if draft:
            with suppress(OSError):
                os.unlink(draft)
