"""JSON that comes from outside: a file, a line of an import, an argument."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any, NoReturn

from pathway.model.errors import BadInput, one_line
from pathway.model.outside import MARK, bounded_json


def read_json(text: str | bytes, place: str) -> object:
    """The data of a JSON text.

    A byte order mark at its start is skipped; bytes are UTF-8. Raises `BadInput`, in one line led by `place` (where it
    is not empty), for a text that is no JSON, or is too large or too deep, and for an object in which a key stands
    twice: readers of JSON differ in which of the two values they take.
    """
    try:
        decoded = _decoded(text)
        bounded_json(decoded)
        return json.loads(decoded, object_pairs_hook=_object, parse_constant=_refuse)
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
    return text.removeprefix(MARK)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        twice = next(name for name, count in Counter(name for name, _ in pairs).items() if count > 1)
        raise BadInput(f"the key '{one_line(twice)}' stands twice in one object; it may stand there once")
    return found


def _refuse(word: str) -> NoReturn:
    raise BadInput(f"this is no JSON: {word} is no number of it")
