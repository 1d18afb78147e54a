"""Names of files and folders on the command line: looked at before anything is done with them."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING

import click

from pathway.model.errors import BadInput, one_line

if TYPE_CHECKING:
    from typing import Any

LONGEST = 3000
"""Bytes of a name at most: the systems stop at about 4,000, and names of files in a folder come on top."""
DEEPEST = 200
"""Folders in folders at most: making one takes a call within a call for each."""
_NO_NAME = (errno.ENAMETOOLONG, errno.ELOOP, errno.EINVAL)


class FileName(click.ParamType[str]):
    """The name of a file or folder, which may exist or not. A name that cannot be one is bad input."""

    name = "path"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:  # noqa: ARG002
        """The name, unchanged."""
        place = f"{param.opts[0].lstrip('-')}: " if isinstance(param, click.Option) else ""
        check_name_of_file(value, place)
        return str(value)


def check_name_of_file(name: str, place: str = "") -> None:
    """Raise `BadInput`, led by `place`, for what no file or folder can be called."""
    if not name:
        raise BadInput(f"{place}an empty name; name a file or a folder")
    try:
        long = len(os.fsencode(name)) > LONGEST or name.count("/") > DEEPEST
        os.stat(name)
    except ValueError:  # a NUL, or half a character
        raise BadInput(f"{place}{one_line(name)} is no name of a file") from None
    except OSError as fault:
        long = long or fault.errno == errno.ENAMETOOLONG
        if fault.errno in _NO_NAME and not long:
            raise BadInput(f"{place}{one_line(name)} is no name of a file: {fault.strerror}") from None
    if long:
        raise BadInput(f"{place}{one_line(name)} is longer than a name of a file can be")
