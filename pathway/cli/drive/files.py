"""Files that a session writes again and again, each time whole."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from pathway.cli.files import PRIVATE, draft_of
from pathway.cli.names import check_name_of_file
from pathway.model.errors import BadInput
from pathway.model.outside import read_bytes, why_unread


class KeptFile:
    """A file, and the text that this session knows to be in it. Text of another program is never overwritten.

    `what` leads every fault: "log" or "record". Every fault is a `BadInput`.
    """

    def __init__(self, name: str, what: str) -> None:
        self.name, self.what = name, what
        check_name_of_file(name, f"{what}: ")
        # A link stays a link: what it points to is replaced.
        self._path = Path(os.path.realpath(name))
        if self._path.is_dir():
            raise self._fault("is a folder; name a file")
        if self._path.exists() and not self._path.is_file():
            raise self._fault("is no file; name one")  # what takes the place of a device or a pipe breaks the system
        if not self._path.parent.is_dir():
            raise self._fault("lies in a folder that does not exist; make it first")
        self._known = self._on_disk()

    @property
    def path(self) -> Path:
        """The file itself, behind links."""
        return self._path

    @property
    def exists(self) -> bool:
        """Whether there was a file when it was last read or written here."""
        return self._known is not None

    def text(self) -> str | None:
        """The text that was last read or written here; None where there is no file."""
        try:
            return None if self._known is None else self._known.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise self._fault("cannot be read: not UTF-8 text") from None

    def write(self, text: str) -> None:
        """Replace the text of the file, whole."""
        try:
            new = text.encode("utf-8")
        except UnicodeEncodeError:
            raise self._fault("half a character in the text; no file can hold it") from None
        if self._on_disk() != self._known:
            raise self._fault("was changed by another program meanwhile; it is left as it is. Write another file")
        if new == self._known:
            return
        try:
            self._replace(new)
        except OSError as fault:
            raise self._fault(f"cannot be written: {fault.strerror or fault}") from None
        self._known = new

    def drop(self) -> None:
        """Remove the file, where there is one."""
        try:
            self._path.unlink(missing_ok=True)
        except OSError as fault:
            raise self._fault(f"cannot be removed: {fault.strerror or fault}") from None
        self._known = None

    def _replace(self, new: bytes) -> None:
        # A file that is there has the mode that its owner chose.
        mode = PRIVATE if self._known is None else stat.S_IMODE(self._path.stat().st_mode)
        with draft_of(self._path, mode) as file:
            file.write(new)

    def _on_disk(self) -> bytes | None:
        try:
            return read_bytes(self._path)
        except FileNotFoundError:
            return None
        except BadInput as fault:
            raise self._fault(f"cannot be read: {fault}") from None
        except (OSError, ValueError) as fault:
            raise self._fault(f"cannot be read: {why_unread(fault)}") from None

    def _fault(self, words: str) -> BadInput:
        return BadInput(f"{self.what}: {self.name} {words}")
