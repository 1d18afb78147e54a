"""JSON that comes from outside: a file, a line of an import, an argument."""

from __future__ import annotations

import json
from typing import Any, NoReturn

from pathway.model.errors import BadInput, one_line

_MARK = "\ufeff"
"""A byte order mark, which some editors put before the first character of a file."""


def read_json(text: str | bytes, place: str) -> object:
    """The data that a JSON text writes.

    A byte order mark at its start is skipped; bytes are UTF-8. Raises `BadInput`, in one line led by `place` (where it
    is not empty), for a text that is no JSON, and for an object in which a key stands twice: readers of JSON differ in
    which of the two values they take.
    """
    try:
        return json.loads(_decoded(text), object_pairs_hook=_object, parse_constant=_refuse)
    except BadInput as fault:
        raise (fault.at(place) if place else fault) from None
    except (ValueError, RecursionError) as fault:
        said = BadInput(f"this is no JSON: {one_line(str(fault))}")
        raise (said.at(place) if place else said) from None


def _decoded(text: str | bytes) -> str:
    if isinstance(text, bytes):
        try:
            text = text.decode("utf-8")
        except UnicodeDecodeError:
            raise BadInput("this is no JSON: not UTF-8 text") from None
    if not isinstance(text, str):
        raise BadInput(f"this is no JSON: a text is wanted, not {type(text).__name__}")
    return text.removeprefix(_MARK)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in found if names.count(name) > 1)
        raise BadInput(f"the key '{one_line(twice)}' stands twice in one object; it may stand there once")
    return found


def _refuse(word: str) -> NoReturn:
    raise BadInput(f"this is no JSON: {word} is no number of it")
