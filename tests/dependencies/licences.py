"""List what the project depends on: name, version, licence, and whether it runs with it or only develops it."""

from __future__ import annotations

from importlib.metadata import Distribution, PackageNotFoundError, distribution
from typing import NamedTuple

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.dependencies.pins import pins

PROJECT = "leukopenia-pathway"
DEVELOPMENT = "dev"
"""The extra that nobody needs who only runs the project."""
RUN_TIME, DEVELOPED_WITH = "run-time", "development"
UNKNOWN, ELSEWHERE = "unknown", "not installed on this platform"
_SHORT = 60


class Licence(NamedTuple):
    """A dependency, the licence that it names, and its use: run-time or development."""

    name: str
    version: str
    licence: str
    use: str


def licences() -> list[Licence]:
    """Everything that constraints.txt pins, in the order of names. Versions and licences are those installed."""
    at_run_time = needed()
    found = []
    for pin in pins().values():
        try:
            installed = distribution(pin.name)
            version, licence = installed.version, named_by(installed)
        except PackageNotFoundError:
            version, licence = pin.version, ELSEWHERE
        found.append(Licence(pin.name, version, licence, RUN_TIME if pin.name in at_run_time else DEVELOPED_WITH))
    return sorted(found)


def needed() -> set[str]:
    """The names of all that is needed to run the project with every extra but the one for development.

    What only another platform needs is among them, without what that needs in turn.
    """
    extras = set(distribution(PROJECT).metadata.get_all("Provides-Extra") or ()) - {DEVELOPMENT}
    seen: set[tuple[str, str]] = set()
    ahead = [(PROJECT, extra) for extra in ("", *extras)]
    while ahead:
        one = ahead.pop()
        if one in seen:
            continue
        seen.add(one)
        name, extra = one
        try:
            requirements = distribution(name).requires or []
        except PackageNotFoundError:
            continue
        for requirement in map(Requirement, requirements):
            if _applies(requirement, extra, everywhere=name == PROJECT):
                ahead += [(canonicalize_name(requirement.name), more) for more in ("", *requirement.extras)]
    return {name for name, _ in seen} - {PROJECT}


def _applies(requirement: Requirement, extra: str, *, everywhere: bool) -> bool:
    if requirement.marker is None:
        return not extra
    if "extra" in str(requirement.marker):
        return bool(extra) and requirement.marker.evaluate({"extra": extra})
    return not extra and (everywhere or requirement.marker.evaluate())


def named_by(installed: Distribution) -> str:
    """The licence that a distribution names: its expression, else its classifiers, else a short word of its own."""
    metadata = installed.metadata
    if "License-Expression" in metadata:
        return metadata["License-Expression"]
    classes = [
        line.rpartition(" :: ")[2]
        for line in metadata.get_all("Classifier") or ()
        if line.startswith("License :: ") and line != "License :: OSI Approved"
    ]
    words = metadata["License"].strip() if "License" in metadata else ""
    return "; ".join(classes) or (words if 0 < len(words) <= _SHORT and "\n" not in words else UNKNOWN)


def main() -> None:
    """Print the list as a table."""
    rows = [("name", "version", "licence", "use"), *licences()]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    for row in rows:
        print("  ".join([*(word.ljust(width) for word, width in zip(row, widths, strict=False)), row[3]]))


if __name__ == "__main__":
    main()
