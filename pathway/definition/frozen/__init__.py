"""Earlier versions of the pathway, as canonical JSON files that never change.

`pathway freeze` wrote each file; its name ends with the first twelve digits of its digest. Logs that were recorded under
an earlier version are read with that version.
"""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from attrs import frozen

from pathway.model.canonical import from_json
from pathway.model.errors import BadInput, one_line
from pathway.model.json_text import read_json

if TYPE_CHECKING:
    from pathway.model.pathway import Pathway

_FILE = re.compile(r"(?P<id>.+)-(?P<version>[^-]+)-(?P<digest>[0-9a-f]{12})\.json")


@frozen
class FrozenVersion:
    """A frozen version as its file name gives it. `digest` holds the first twelve digits."""

    id: str
    version: str
    digest: str
    file: str


@lru_cache(maxsize=1)
def frozen_versions() -> tuple[FrozenVersion, ...]:
    """Every frozen version, by file name; no file is opened."""
    names = sorted(file.name for file in files(__name__).iterdir())
    found = (_FILE.fullmatch(name) for name in names)
    return tuple(FrozenVersion(file["id"], file["version"], file["digest"], file.string) for file in found if file)


def frozen_pathway(name: str) -> Pathway | None:
    """The frozen version with that version number or digest; None where there is no such version.

    A digest may be shortened to twelve digits or more. Raises `BadInput` where the file does not match its digest.
    """
    for version in frozen_versions():
        if name == version.version or (len(name) >= len(version.digest) and name.startswith(version.digest)):
            pathway = _read(version)
            return pathway if name == version.version or pathway.digest.startswith(name) else None
    return None


def pathway_of_log(text: str, current: Pathway) -> Pathway:
    """The version under which a case log (the text of `Case.to_json`) was recorded: `current` or a frozen version.

    The digest in the log decides. A log of an unknown version, and a text that is no log, give `current`;
    `Case.from_json` then says what is wrong.
    """
    digest = _digest_in(text)
    if digest is None or digest == current.digest:
        return current
    return frozen_pathway(digest) or current


def _digest_in(text: str) -> str | None:
    try:
        data = read_json(text, "")
    except BadInput:
        return None
    named = data.get("pathway") if isinstance(data, dict) else None
    digest = named.get("digest") if isinstance(named, dict) else None
    return digest if isinstance(digest, str) else None


@lru_cache(maxsize=8)
def _read(one: FrozenVersion) -> Pathway:
    data = files(__name__).joinpath(one.file).read_bytes()
    if not hashlib.sha256(data).hexdigest().startswith(one.digest):
        raise BadInput(f"{one_line(one.file)}: this frozen version was changed: it does not match its digest")
    return from_json(data.decode())
