"""Output that cannot be delivered: a reader that went away, or a full disk behind standard output."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TextIO


class Undelivered(Exception):
    """Standard output could not be written.

    It is no `OSError`: code that catches an `OSError` means a file, and click and rich treat a closed pipe in their own
    ways.
    """

    def __init__(self, fault: OSError) -> None:
        super().__init__(str(fault))
        self.reader_left = isinstance(fault, BrokenPipeError)
        self.why = fault.strerror or type(fault).__name__


class _Outcome:
    """What one command has done, whether or not its output arrives: what it recorded, and whether a check failed."""

    def __init__(self) -> None:
        self.recorded: list[str] = []
        self.failed = False


_OUTCOME: ContextVar[_Outcome | None] = ContextVar("_OUTCOME", default=None)


def recorded(*lines: str) -> None:
    """Remember what was recorded, before the first word about it is printed: "case C1: recorded as e1"."""
    if (outcome := _OUTCOME.get()) is not None:
        outcome.recorded += lines


def decided(*, failed: bool) -> None:
    """Remember whether a check failed, before its report is printed: a reader that leaves must not turn it into 0."""
    if (outcome := _OUTCOME.get()) is not None:
        outcome.failed = failed


@contextmanager
def delivering() -> Iterator[_Outcome]:
    """Raise a fault of standard output as `Undelivered`, and pass over a fault of standard error."""
    outcome = _Outcome()
    token = _OUTCOME.set(outcome)
    out, err = sys.stdout, sys.stderr
    if out is not None:
        sys.stdout = _Stream(out, raises=True)
    if err is not None:
        sys.stderr = _Stream(err, raises=False)
    try:
        yield outcome
        if sys.stdout is not None:
            sys.stdout.flush()
    except Undelivered:
        _give_up(out)
        raise
    finally:
        sys.stdout, sys.stderr = out, err
        _OUTCOME.reset(token)


class _Stream:
    """A stream that hands everything to another, except that a fault in writing is raised anew, or passed over."""

    def __init__(self, stream: Any, *, raises: bool) -> None:
        self._stream, self._raises = stream, raises

    def write(self, text: str | bytes) -> int:
        try:
            return int(self._stream.write(text))
        except OSError as fault:
            self._failed(fault)
            return len(text)

    def flush(self) -> None:
        try:
            self._stream.flush()
        except OSError as fault:
            self._failed(fault)

    def _failed(self, fault: OSError) -> None:
        if self._raises:
            raise Undelivered(fault) from None

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._stream, name)
        # The shell completion of click writes bytes: those must not go past this stream either.
        return _Stream(found, raises=self._raises) if name == "buffer" else found


def _give_up(stream: TextIO | None) -> None:
    """Discard what is still in the buffer: Python would report the same fault again when it exits."""
    with suppress(OSError, ValueError, AttributeError):
        null = os.open(os.devnull, os.O_WRONLY)
        try:
            os.dup2(null, stream.fileno())  # type: ignore[union-attr]  # None has none: AttributeError
        finally:
            os.close(null)
