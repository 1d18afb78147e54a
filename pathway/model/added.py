"""Fields that a model class gained after version 0.1.0 of the pathway.

Canonical JSON leaves such a field out where it has its default. So a pathway that was frozen before the field existed
keeps its bytes and its digest, and reads back with the default. The fields of version 0.1.0 are always written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from attrs import field, fields, has

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")
_KEY = "added since"


def added(default: T, *, since: str, converter: Callable[[Any], T] | None = None) -> T:
    """A field of an attrs class. `default` is its default, and `since` the version of the pathway that added it."""
    made: T = field(default=default, converter=converter, metadata={_KEY: since})
    return made


def added_to(cls: type) -> tuple[str, ...]:
    """The names of the fields that a class gained after version 0.1.0."""
    return tuple(attribute.name for attribute in fields(cls) if _KEY in attribute.metadata) if has(cls) else ()
