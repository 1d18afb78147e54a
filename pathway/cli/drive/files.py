"""Files that a session writes whole, again and again: a reader sees the old text or the new, never half of one."""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

from pathway.model.errors import BadInput


class KeptFile:
    """A file and the text in it as we know it. What somebody else wrote meanwhile is never overwritten.

    `what` leads every fault: "log" or "record". Every fault is a `BadInput`.
    """

    def __init__(self, name: str, what: str) -> None:
        self.name, self.what = name, what
        # A link stays a link: what it points to is replaced.
        self._path = Path(os.path.realpath(name))
        if self._path.is_dir():
            raise self._fault("is a folder; name a file")
        if not self._path.parent.is_dir():
            raise self._fault("lies in a folder that does not exist; make it first")
        self._known = self._on_disk()

    @property
    def path(self) -> Path:
        """The file itself, behind links."""
        return self._path

    @property
    def exists(self) -> bool:
        """Whether there is a file, as far as we know."""
        return self._known is not None

    def text(self) -> str | None:
        """The text that we know to be in the file; None where there is no file."""
        try:
            return None if self._known is None else self._known.decode("utf-8")
        except UnicodeDecodeError:
            raise self._fault("cannot be read: not UTF-8 text") from None

    def write(self, text: str) -> None:
        """Make this the text of the file, in one stroke."""
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
        # A new file is its owner's alone: it is about a patient.
        number, name = tempfile.mkstemp(prefix=f".{self._path.name}.", suffix=".tmp", dir=self._path.parent)
        try:
            with os.fdopen(number, "wb") as file:
                file.write(new)
                file.flush()
                os.fsync(file.fileno())
            if self._known is not None:
                shutil.copymode(self._path, name)
            os.replace(name, self._path)
        except BaseException:
            with suppress(OSError):
                os.unlink(name)
            raise

    def _on_disk(self) -> bytes | None:
        try:
            return self._path.read_bytes()
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as fault:
            raise self._fault(f"cannot be read: {getattr(fault, 'strerror', None) or 'no name of a file'}") from None

    def _fault(self, words: str) -> BadInput:
        return BadInput(f"{self.what}: {self.name} {words}")
