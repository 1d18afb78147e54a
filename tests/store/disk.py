"""A disk that is watched, and the power cut: what of a recorded run may be on the disk after a cut at any moment.

`disk.c` is compiled by this machine's compiler and preloaded into processes that write. It records what they write and
synchronise. `Disk` takes the records one by one, and knows what is safe: what was written before a synchronisation that
succeeded. The rest stands in the cache of the system: at a cut each sector or page of it is there or not, by chance,
and so is the name of a file that was made or removed since its folder was synchronised. What was under way when a
synchronisation failed counts as lost: the system holds it for written, and nobody writes it again.
"""

from __future__ import annotations

import os
import shutil
import struct
import subprocess
import sys
from collections import defaultdict
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING, NamedTuple

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

_HEAD = struct.Struct("=4Q")
_ROOT = Path(__file__).parents[2]


@cache
def library() -> Path:
    """The library to preload. The test is skipped where it cannot be made."""
    if not sys.platform.startswith("linux"):
        pytest.skip("a library is preloaded in this way on Linux alone")
    compiler = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
    if compiler is None:
        pytest.skip("there is no compiler of C on this machine: fsync cannot be made to fail")
    made = Path(mkdtemp(prefix="pathway-disk-")) / "disk.so"
    done = subprocess.run(
        [compiler, "-shared", "-fPIC", "-O1", "-D_LARGEFILE64_SOURCE", "-o", made, Path(__file__).with_name("disk.c"),
         "-ldl"], capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        pytest.skip(f"the compiler of this machine does not make the library: {done.stderr.splitlines()[-1]}")
    return made


def watched(folder: Path, trace: Path, fails: Path | None = None) -> dict[str, str]:
    """The environment of a process whose writing into a folder is recorded, and fails while `fails` is there."""
    more = {"LD_PRELOAD": str(library()), "PATHWAY_DISK": str(folder), "PATHWAY_DISK_TRACE": str(trace)}
    if fails is not None:
        more["PATHWAY_DISK_FAILS"] = str(fails)
    return {**os.environ, **more, "PYTHONPATH": str(_ROOT)}


class Record(NamedTuple):
    """One record: what was done (`kind`), to which file, where, and the bytes or the path."""

    kind: str
    file: int
    offset: int
    data: bytes


def records(trace: Path) -> list[Record]:
    """The records of a run, in order."""
    return list(_records(trace.read_bytes()))


def _records(content: bytes) -> Iterator[Record]:
    at = 0
    while at < len(content):
        kind, file, offset, length = _HEAD.unpack_from(content, at)
        at += _HEAD.size
        yield Record(chr(kind), file, offset, content[at : at + length])
        at += length


class _File:
    """One file: the bytes that are safe, and what was written since."""

    def __init__(self) -> None:
        self.safe = bytearray()
        self.waiting: list[tuple[int, bytes | None]] = []
        """Where, and what; None for a truncation."""
        self.begun: dict[int, int] = {}
        """How much was waiting when a process began to synchronise."""

    def after(self, chance: Random) -> bytes:
        """What may be there after a cut."""
        content = bytearray(self.safe)
        cut = [number for number, (_, data) in enumerate(self.waiting) if data is None]
        # A truncation is there with all before it, or neither it nor what came after it.
        reached = chance.choice([0, *[number + 1 for number in cut]])
        for at, data in self.waiting[:reached]:
            _put(content, at, data)
        end = next((number for number in cut if number >= reached), len(self.waiting))
        size = chance.choice([512, 4096])
        pieces = defaultdict(list)
        for at, data in self.waiting[reached:end]:
            place = at
            while place < at + len(data):
                stop = min(at + len(data), (place // size + 1) * size)
                pieces[place // size].append((place, data[place - at : stop - at]))
                place = stop
        for versions in pieces.values():
            for place, data in versions[: chance.randint(0, len(versions))]:
                _put(content, place, data)
        return bytes(content)

    def synchronised(self, process: int) -> None:
        count = self.begun.pop(process, len(self.waiting))
        for at, data in self.waiting[:count]:
            _put(self.safe, at, data)
        self.waiting = self.waiting[count:]
        self.begun = {one: max(0, number - count) for one, number in self.begun.items()}


def _put(content: bytearray, at: int, data: bytes | None) -> None:
    if data is None:
        del content[at:]
        return
    if len(content) < at:
        content.extend(bytes(at - len(content)))
    content[at : at + len(data)] = data


class Disk:
    """What is safe, and what is not yet, after the records that were taken."""

    def __init__(self) -> None:
        self.files: dict[int, _File] = defaultdict(_File)
        """By number. The number of a file that was removed may be given to a new file."""
        self.names: dict[str, _File] = {}
        self.safe_names: dict[str, _File] = {}
        self.waiting_names: list[tuple[str, _File | None]] = []
        self.folders: set[int] = set()

    def take(self, record: Record) -> None:
        """Take the next record."""
        name, file = os.path.basename(record.data.decode()) if record.kind in "ou" else "", self.files[record.file]
        match record.kind:
            case "d":
                self.folders.add(record.file)
            case "o":
                if self.names.get(name) is not file:
                    if all(file is not other for other in self.names.values()):
                        file = self.files[record.file] = _File()
                    self.names[name] = file
                    self.waiting_names.append((name, file))
            case "u":
                self.names.pop(name, None)
                self.waiting_names.append((name, None))
            case "w":
                file.waiting.append((record.offset, record.data))
            case "t":
                file.waiting.append((record.offset, None))
            case "b":
                file.begun[record.offset] = len(file.waiting)
            case "s" if record.file in self.folders:
                self._name(self.waiting_names, self.safe_names)
                self.waiting_names = []
            case "s":
                file.synchronised(record.offset)
            case "f":
                file.waiting.clear()
                file.begun.clear()

    def content(self, name: str) -> bytes:
        """All that was written to a file, safe or not."""
        if name not in self.names:
            return b""
        content = bytearray(self.names[name].safe)
        for at, data in self.names[name].waiting:
            _put(content, at, data)
        return bytes(content)

    def cut(self, folder: Path, chance: Random) -> None:
        """Write into a folder what may be there after a power cut now."""
        names = dict(self.safe_names)
        self._name(self.waiting_names[: chance.randint(0, len(self.waiting_names))], names)
        for name, file in names.items():
            (folder / name).write_bytes(file.after(chance))

    @staticmethod
    def _name(changes: list[tuple[str, _File | None]], names: dict[str, _File]) -> None:
        for name, file in changes:
            if file is None:
                names.pop(name, None)
            else:
                names[name] = file
