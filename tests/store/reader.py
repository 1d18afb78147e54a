"""Reads a store as a user who may not write, and tries to write.

python -m tests.store.reader FILE
"""

from __future__ import annotations

import os
import sys

from pathway import PATHWAY, BadInput
from pathway.model.errors import Unavailable
from pathway.store.store import Store
from tests.children import CALL, at
from tests.store.children import NOW

NOBODY = 65534


def main() -> None:
    """Say the state of the case, then what writing says."""
    if os.geteuid() == 0:
        os.setgid(NOBODY)
        os.setuid(NOBODY)
    try:
        store = Store(sys.argv[1], PATHWAY, create=False)
    except BadInput as fault:
        sys.stdout.write(f"{fault}\n")
        return
    case = store.case("C1")
    sys.stdout.write(f"{case.case.state}\n")
    try:
        case.record(CALL, at=at(60), by="ward", now=NOW)
    except Unavailable as fault:
        sys.stdout.write(f"{fault}\n")
    store.close()


if __name__ == "__main__":
    main()
