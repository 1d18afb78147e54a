"""Results computed from a pathway when its package was made: its digest, and its compiled functions.

The package of a definition may hold them as Python source. They are used only where their sources are still the same,
byte for byte; `fingerprint` says so. Where the sources differ, or cannot be read, everything is computed anew. The
results belong to one pathway value: they are no field, take no part in equality, and no copy has them.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping  # attrs classes keep their types resolvable
from importlib import import_module
from math import inf
from typing import TYPE_CHECKING, Any

from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


@frozen(eq=False)
class Ready:
    """The digest of a pathway, and where its functions stand: for each name the module in `package` and a number.

    `engine` is the fingerprint of the modules that wrote the functions. A user of the functions compares it first.
    """

    digest: str
    engine: str
    package: str
    places: Mapping[str, tuple[str, int]]

    def function(self, name: str) -> Callable[[Any], Any] | None:
        """The function of that name; None where there is no such function."""
        if name not in self.places:
            return None
        module, number = self.places[name]
        found: Callable[[Any], Any] = getattr(import_module(f"{self.package}.{module}"), f"f{number}")
        return found


def ready_from(package: str) -> Ready | None:
    """The content of the generated package of a definition; None where it was made from other sources."""
    try:
        found = import_module(package)
        if fingerprint(found.MODULES) != found.SOURCES:
            return None
        return Ready(found.DIGEST, found.ENGINE, package, found.PLACES)
    except (ImportError, SyntaxError, AttributeError):
        return None


def fingerprint(modules: Iterable[str]) -> str | None:
    """SHA-256 of the sources of some modules, in their order; None where a source cannot be read.

    A module that is loaded is read where it was loaded from. Line ends of Windows count as those of Unix. The result is
    None also where a source was written after its bytecode: within one second Python does not notice a difference.
    """
    from hashlib import sha256

    found = sha256()
    try:
        for name in modules:
            place, bytecode = _files(name)
            with open(place, "rb") as file:
                source = file.read().replace(b"\r\n", b"\n")
                if _written(bytecode) <= os.fstat(file.fileno()).st_mtime_ns:
                    return None
            found.update(b"%d %s\n" % (len(source), name.encode()))
            found.update(source)
    except (OSError, LookupError, ValueError):
        return None
    return found.hexdigest()


def _files(name: str) -> tuple[str, str]:
    """The file of a module's source and the file of its bytecode, or "". Raises `LookupError` without a source."""
    module = sys.modules.get(name)
    if module is None:
        parent, _, last = name.rpartition(".")
        return os.path.join(sys.modules[parent].__path__[0], f"{last}.py"), ""
    place = getattr(module.__spec__, "origin", None) or ""
    if not place.endswith(".py"):
        raise LookupError(name)
    return place, getattr(module.__spec__, "cached", None) or ""


def _written(bytecode: str) -> float:
    """When a file of bytecode was written, in nanoseconds; infinite where there is no file."""
    try:
        return os.stat(bytecode).st_mtime_ns
    except OSError:
        return inf
