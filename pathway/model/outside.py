"""Texts from outside: read no further than their limit, and looked at before they are parsed.

A parser builds everything before anyone can look at it. So the size of a text, the depth of its brackets and the number
of its keys are bounded first, in one pass that builds nothing.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from pathway.model.bounds import DEPTH, FILE_BYTES, KEYS, TOML_BYTES
from pathway.model.errors import BadInput, one_line
from pathway.model.pipes import open_to_read

if TYPE_CHECKING:
    from pathlib import Path

MARK = "\ufeff"
"""A byte order mark, which some editors put before the first character of a file."""

_JSON = re.compile(r'"(?:[^"\\]|\\.)*+"?|[\[{\]},]', re.S)
_TOML = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*+(?:"""+)?|\'\'\'.*?(?:\'\'\'+|\Z)|"(?:[^"\\\n]|\\.)*+"?|\'[^\'\n]*+\'?|#[^\n]*+'
    r"|[\[{\]},=.\n]",
    re.S,
)
"""The signs that build a value. Whole strings and comments match too, so that no sign within them counts."""


def read_text(path: str | Path, lead: str = "", hint: str = "") -> str:
    """The text of a UTF-8 file, without a byte order mark.

    Raises `BadInput`, led by `lead` (else by the path) and ended by `hint`, where the file cannot be read, is no text,
    or has more than `FILE_BYTES` bytes. The rest of a file that is too long is not read.
    """
    lead = lead or str(path)
    try:
        data = read_bytes(path)
        return data.decode("utf-8-sig")
    except BadInput as fault:
        raise BadInput(f"{lead}: {fault}{hint}") from None
    except UnicodeDecodeError as fault:
        raise BadInput(f"{lead}: cannot be read: byte {fault.start + 1:,} is not UTF-8 text{hint}") from None
    except (OSError, ValueError) as fault:
        raise BadInput(f"{lead}: cannot be read: {why_unread(fault)}{hint}") from None


def read_bytes(path: str | Path, most: int | None = None) -> bytes:
    """The bytes of a file.

    Raises `BadInput` where the file has more bytes than `most` (else `FILE_BYTES`) or is a pipe without a writer.
    Raises the errors of `open` too.
    """
    most = FILE_BYTES if most is None else most
    with open_to_read(path) as file:
        data = file.read(most + 1)
    if len(data) > most:
        raise BadInput(f"it has more than {most:,} bytes, and no file of this kind needs so many")
    return data


def why_unread(fault: OSError | ValueError) -> str:
    """Why a file could not be opened or read, in words."""
    return getattr(fault, "strerror", None) or "no name of a file"


def read_toml(text: str, place: str, *, decimals: bool = False) -> dict[str, Any]:
    """The data of a TOML text; with `decimals`, numbers with a point are exact.

    Raises `BadInput`, led by `place`, for a text that is no TOML, or is too large, too deep or has too many keys.
    """
    import tomllib  # most commands read no TOML

    text = text.removeprefix(MARK)
    if len(text) > TOML_BYTES:
        raise BadInput(f"{place}: not TOML that is read here: it has more than {TOML_BYTES:,} characters")
    try:
        bounded(text, _TOML)
    except BadInput as fault:
        raise fault.at("not TOML that is read here").at(place) from None
    try:
        return tomllib.loads(text, parse_float=Decimal if decimals else float)
    except (ValueError, RecursionError, ArithmeticError) as fault:
        raise BadInput(f"{place}: not TOML: {one_line(str(fault))}") from None


def bounded_json(text: str) -> None:
    """Raise `BadInput` where a JSON text is too large, too deep or has too many keys and items."""
    if len(text) > FILE_BYTES:
        raise BadInput(f"this is no JSON that is read here: it has more than {FILE_BYTES:,} characters")
    opened = text.count("[") + text.count("{")
    if opened > DEPTH or opened + text.count(",") > KEYS:  # below these counts no limit can be passed
        try:
            bounded(text, _JSON)
        except BadInput as fault:
            raise fault.at("this is no JSON that is read here") from None


def bounded(text: str, signs: re.Pattern[str]) -> None:
    """Raise `BadInput` where brackets are nested too deep, or separators are too many."""
    depth = parts = dots = 0
    for found in signs.finditer(text):
        match found[0]:
            case "[" | "{":
                depth, parts = depth + 1, parts + 1
                if depth > DEPTH:
                    raise BadInput(f"brackets stand more than {DEPTH} deep in each other")
            case "]" | "}":
                depth -= 1
                if depth < 0:
                    raise BadInput(f"a bracket closes at character {found.start() + 1:,} that none opened")
            case "," | "=":
                parts, dots = parts + 1, 0
            case "\n":
                dots = 0
            case ".":
                dots += 1
                if dots > DEPTH:
                    raise BadInput(f"a key has more than {DEPTH} parts")
        if parts > KEYS:
            raise BadInput(f"it has more than {KEYS:,} keys and items")
