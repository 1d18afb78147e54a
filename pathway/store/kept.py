"""Lines that come once and are wanted again: kept in memory, or in a file without a name where they are many."""

from __future__ import annotations

import tempfile
from typing import TYPE_CHECKING

from pathway.model.errors import Unavailable

if TYPE_CHECKING:
    from collections.abc import Iterator

IN_MEMORY = 8 * 2**20
"""So many bytes are kept in memory; more go into a file that only its owner can read, and that nobody can open."""


class Kept:
    """Lines that can be read more than once, from the first on each time.

    `lost` ends the line that is told where there is no room for them. Raises `Unavailable` then.
    """

    def __init__(self, lost: str) -> None:
        self._lost = lost
        self._file = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115  # closed by `close`

    def __enter__(self) -> Kept:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def add(self, line: bytes) -> None:
        """Add a line, with its line break."""
        try:
            self._file.write(line)
        except OSError as fault:
            raise self._no_room(fault) from None

    def __iter__(self) -> Iterator[bytes]:
        self.seek(0)
        while line := self.readline():
            yield line

    def seek(self, place: int) -> None:
        """Go to a place."""
        try:
            self._file.seek(place)  # writes what is still in a buffer
        except OSError as fault:
            raise self._no_room(fault) from None

    def readline(self, size: int = -1) -> bytes:
        """The next line, of at most so many bytes."""
        try:
            return self._file.readline(size)
        except OSError as fault:
            raise self._no_room(fault) from None

    def close(self) -> None:
        """Let the lines go."""
        try:
            self._file.close()
        except OSError:
            return  # a full disk again, at what was still in a buffer; the file has no name, and is gone

    def _no_room(self, fault: OSError) -> Unavailable:
        return Unavailable(
            f"temporary file in {tempfile.gettempdir()}: {(fault.strerror or 'it failed').lower()}; {self._lost}. Make "
            "room there, or name another folder in TMPDIR, and try again"
        )
