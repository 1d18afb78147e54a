"""Keeping a session: its log and its story, written after each step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pathway.cli.drive.files import KeptFile
from pathway.model.errors import BadInput

if TYPE_CHECKING:
    from pathway.cli.drive.session import Session


class Keeper:
    """Writes the log and the scenario of a session into their files, where they have any.

    `unwritten` names what could not be written the last time, with its file.
    """

    def __init__(
        self, session: Session, log: KeptFile | None = None, record: KeptFile | None = None, title: str = "",
        why: str = "",
    ) -> None:  # fmt: skip
        self.session, self.log, self.record = session, log, record
        self.title, self.why = title, why
        self.unwritten: dict[str, str] = {}
        self._changed = False

    @property
    def keeps(self) -> bool:
        """Whether the work is kept in a file."""
        return self.log is not None or self.record is not None

    @property
    def written(self) -> list[KeptFile]:
        """The files that have all that was entered."""
        files = (file for file in (self.log, self.record) if file is not None and file.exists)
        return [file for file in files if self.session.done and file.what not in self.unwritten]

    def write(self) -> list[str]:
        """Write both. Returns the faults, one line each: a file that cannot be written does not end the session.

        A log to which nothing was added is left as it is; a story of which nothing is left is removed.
        """
        faults: list[str] = []
        self.unwritten = {}
        self._changed = self._changed or bool(self.session.done)
        for file, write in ((self.log, self._write_log), (self.record, self._write_story)):
            if file is None:
                continue
            try:
                write(file)
            except BadInput as fault:
                self.unwritten[file.what] = file.name
                faults += fault.faults
        return faults

    def save(self, name: str) -> KeptFile:
        """Write the log; with a name, to that file from now on."""
        file = self._new(name, "log", self.log, self.record) if name else self.log
        if file is None:
            raise BadInput("save: to which file? write for example save case.json")
        file.write(self._log_text())
        self.log = file
        self.unwritten.pop("log", None)
        return file

    def save_story(self, name: str) -> KeptFile:
        """Write the story; with a name, to that file from now on."""
        file = self._new(name, "record", self.record, self.log) if name else self.record
        if file is None:
            raise BadInput("record: in which file? write for example record story.toml")
        file.write(self.session.story(file.name, self.title, self.why))
        self.record = file
        self.unwritten.pop("record", None)
        return file

    def _write_log(self, file: KeptFile) -> None:
        if self._changed:
            file.write(self._log_text())

    def _write_story(self, file: KeptFile) -> None:
        if self.session.steps:
            file.write(self.session.story(file.name, self.title, self.why))
        elif self._changed:
            file.drop()

    def _log_text(self) -> str:
        return self.session.case.to_json() + "\n"

    @staticmethod
    def _new(name: str, what: str, known: KeptFile | None, other: KeptFile | None) -> KeptFile:
        """The file of that name: a new file, or the one that is written already."""
        file = KeptFile(name, what)
        if other is not None and file.path == other.path:
            raise BadInput(f"{what}: {name} is where the {other.what} is kept; name another file")
        if known is not None and file.path == known.path:
            return known
        if file.exists:
            raise BadInput(f"{what}: {name} exists; it is not overwritten. Name another file")
        return file
