"""Opening a file of any kind to read. A named pipe into which nobody writes is an error after a few seconds."""

from __future__ import annotations

import io
import os
import stat
import time
from contextlib import suppress
from typing import TYPE_CHECKING, BinaryIO, cast

from pathway.model.errors import BadInput

if TYPE_CHECKING:
    from pathlib import Path

WRITER_WITHIN = 5.0
"""The seconds within which somebody must open a named pipe to write into it."""
_LOOK = 0.02
_AT_ONCE = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)


def open_to_read(path: str | Path) -> BinaryIO:
    """A file, opened to read its bytes.

    Raises `BadInput` for a named pipe into which nobody writes within `WRITER_WITHIN`, and `OSError` or `ValueError` as
    `open` does.
    """
    number = os.open(path, os.O_RDONLY | _AT_ONCE)
    try:
        first = _first_of_pipe(number) if stat.S_ISFIFO(os.fstat(number).st_mode) else b""
        with suppress(OSError):  # not every kind of file can be made to wait
            os.set_blocking(number, True)
        raw = _Begun(number, first)
    except BaseException:
        os.close(number)
        raise
    return cast("BinaryIO", io.BufferedReader(raw))


def _first_of_pipe(number: int) -> bytes:
    """The first byte of a pipe; nothing where a writer has opened the pipe and not yet written.

    A pipe without a writer reads as ended, so it is read again and again until `WRITER_WITHIN` has passed.
    """
    until = time.monotonic() + WRITER_WITHIN
    while True:
        try:
            if first := os.read(number, 1):
                return first
        except BlockingIOError:  # a writer has opened the pipe, and has written nothing yet
            return b""
        if time.monotonic() > until:
            raise BadInput(f"nobody writes into this pipe (looked for {WRITER_WITHIN:g} seconds)")
        time.sleep(_LOOK)


class _Begun(io.FileIO):
    """A file whose first bytes were read before."""

    def __init__(self, number: int, first: bytes) -> None:
        super().__init__(number, "rb")
        self._first = first

    def readinto(self, buffer: memoryview) -> int | None:  # type: ignore[override]  # as BufferedReader calls it
        if self._first:
            count = min(len(self._first), len(buffer))
            buffer[:count], self._first = self._first[:count], self._first[count:]
            return count
        return super().readinto(buffer)

    def readall(self) -> bytes:
        first, self._first = self._first, b""
        return first + super().readall()
