"""Long work says how far it is, to whoever wants to know."""

from __future__ import annotations


def untold(*_: int) -> None:
    """Nobody wants to know."""
