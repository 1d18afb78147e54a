"""What `pathway case import` reads: a file, or an input that is kept for the second reading. Both are bounded."""

from __future__ import annotations

import sys
from contextlib import ExitStack, contextmanager
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from pathway.cli.case.options import needing_database
from pathway.model.errors import BadInput
from pathway.model.pipes import open_to_read

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import IO

    from pathway.store.kept import Kept

STANDARD = "-"
INPUT = "input"


class Incoming:
    """The lines of a file, read from the first on each time. Raises `BadInput` for what is no text or too long."""

    def __init__(self, content: IO[bytes] | Kept) -> None:
        self.content = content

    def __iter__(self) -> Iterator[str]:
        from pathway.store.import_lines import bounded_lines

        try:
            self.content.seek(0)
            for number, line in enumerate(bounded_lines(self.content), 1):
                yield _decoded(line, number)
        except OSError as fault:
            raise BadInput(f"cannot be read: {fault.strerror}") from None


@contextmanager
def incoming(file: str) -> Iterator[Incoming]:
    """The lines of a file, or of the input. Raises `BadInput` where it cannot be read, or begins like no export.

    The input, and a file that is a pipe, are read to their end first: another program may be slow, and the store is not
    opened meanwhile. Raises `Unavailable` where there is no room to keep them.
    """
    with ExitStack() as stack:
        try:
            if file == STANDARD:
                content: IO[bytes] | Kept = _kept(_input(), stack)
            else:
                source = stack.enter_context(open_to_read(file))
                content = source if Path(file).is_file() else _kept(source, stack)
        except BadInput as fault:
            raise fault.at(INPUT if file == STANDARD else file) from None
        except (OSError, ValueError) as fault:
            why = getattr(fault, "strerror", None) or "no name of a file"
            raise BadInput(f"{INPUT if file == STANDARD else file}: cannot be read: {why}") from None
        yield Incoming(content)


def _input() -> IO[bytes]:
    if sys.stdin is None:
        raise BadInput("there is none")
    # A replacement of standard input, as in a notebook, may give text only.
    return getattr(sys.stdin, "buffer", None) or BytesIO(sys.stdin.read().encode(errors="surrogateescape"))


def _kept(source: IO[bytes], stack: ExitStack) -> Kept:
    """The whole input. Each line is looked at as soon as it is there: an input without end may be of no use at all."""
    with needing_database():
        from pathway.store.import_lines import bounded_lines, data_of, version_alone
        from pathway.store.kept import Kept

    kept = stack.enter_context(Kept("nothing was imported"))
    begun = False
    for number, line in enumerate(bounded_lines(source), 1):
        kept.add(line)
        if not line.strip():
            continue
        if not begun:
            version_alone(_decoded(line, number), number)
            begun = True
        elif not line.startswith(b"{"):
            data_of(_decoded(line, number), number)
    return kept


def _decoded(line: bytes, number: int) -> str:
    try:
        return line.decode("utf-8-sig" if number == 1 else "utf-8")
    except UnicodeDecodeError:
        raise BadInput("this is not UTF-8 text") from None
