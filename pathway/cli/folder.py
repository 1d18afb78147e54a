"""A folder of drawings: files are written into it, and files that are no drawings any more are found."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

from pathway.cli.files import PRIVATE, draft_of, public_mode
from pathway.model.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path


def write(folder: Path, content: Mapping[str, bytes], *, private: bool = False) -> list[str]:
    """Write the files that have changed, first as drafts: a full disk leaves the folder as it was.

    A `private` file is its owner's alone: it shows a child's case. No draft stays, whatever happens. Raises `BadInput`
    where it cannot be written.
    """
    changed: list[str] = []
    mode = PRIVATE if private else public_mode()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        # The drafts take their places when all are written, the last one first.
        with ExitStack() as drafts:
            for name, data in content.items():
                path = folder / name
                if path.is_file() and path.read_bytes() == data:
                    continue
                draft = drafts.enter_context(draft_of(path, mode))
                draft.write(data)
                draft.flush()
                changed.append(path.name)
    except (OSError, ValueError) as fault:
        why = getattr(fault, "strerror", None) or "no name of a file"
        raise BadInput(f"{folder}: cannot write there: {why}") from None
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
