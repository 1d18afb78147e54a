"""The pins of constraints.txt: every distribution that set-up installs, its version and the hashes of its files."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

CONSTRAINTS = Path(__file__).parents[2] / "constraints.txt"
_PIN = re.compile(r"^([a-z0-9-]+)==(\S+)((?: ;[^\\\n]+)?)((?: \\\n    --hash=sha256:[0-9a-f]{64})*)$", re.MULTILINE)


class Pin(NamedTuple):
    """One distribution: its normalised name, its version, the platforms it is for, its sha256 hashes in hex."""

    name: str
    version: str
    marker: str
    hashes: tuple[str, ...]


def pins(file: Path = CONSTRAINTS) -> dict[str, Pin]:
    """The pins by normalised name. Raises `ValueError` for text that is neither a pin with its hashes nor a comment."""
    text = re.sub(r"^#.*\n", "", file.read_text(encoding="utf-8"), flags=re.MULTILINE)
    if strange := _PIN.sub("", text).strip():
        raise ValueError(f"{file.name}: no pin: {strange.splitlines()[0]}")
    return {
        name: Pin(name, version, marker.removeprefix(" ;").strip(), tuple(re.findall("[0-9a-f]{64}", hashes)))
        for name, version, marker, hashes in _PIN.findall(text)
    }
