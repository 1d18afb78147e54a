"""A folder of drawings: files are written into it, and files that are no drawings any more are found."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from pathway.model.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path


def write(folder: Path, content: Mapping[str, bytes]) -> list[str]:
    """Write the files that have changed, first as drafts: a full disk leaves the folder as it was.

    No draft stays, whatever happens. Raises `BadInput` where it cannot be written.
    """
    changed: list[str] = []
    drafts = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in content.items():
            path = folder / name
            if path.is_file() and path.read_bytes() == data:
                continue
            draft = path.with_name(f".{name}.new")
            drafts.append((draft, path))
            draft.write_bytes(data)
        for draft, path in drafts:
            draft.replace(path)
            changed.append(path.name)
    except (OSError, ValueError) as fault:
        why = getattr(fault, "strerror", None) or "no name of a file"
        raise BadInput(f"{folder}: cannot write there: {why}") from None
    finally:
        for draft, _ in drafts:
            with suppress(OSError, ValueError):
                draft.unlink()
    return changed


def remove(paths: Iterable[Path]) -> None:
    """Remove drawings that are no longer made. Raises `BadInput` where a file cannot be removed."""
    for path in paths:
        try:
            path.unlink()
        except OSError as fault:
            raise BadInput(f"{path}: is drawn no more, and cannot be removed: {fault.strerror}") from None


def strange(folder: Path, content: Mapping[str, bytes], forms: Iterable[str]) -> list[Path]:
    """Drawings in the folder, of the given forms, that are no longer made."""
    ours = {".dot", ".mmd", *(f".{form}" for form in forms)}
    return sorted(path for path in folder.glob("*.*") if path.suffix in ours and path.name not in content)
