"""Collecting faults, so that a user sees all of them at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from pathway.model.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


class Faults:
    """The faults found so far."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def add(self, *lines: str) -> None:
        """Add faults."""
        self.lines += lines

    def attempt(self, read: Callable[..., T], *args: object) -> T | None:
        """The result of a call; None where it raises `BadInput`, whose faults are kept."""
        try:
            return read(*args)
        except BadInput as fault:
            self.add(*fault.faults)
            return None

    def check(self) -> None:
        """Raise `BadInput` with all faults, if there are any."""
        if self.lines:
            raise BadInput(*self.lines)
