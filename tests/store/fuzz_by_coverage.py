"""Lines of an import, changed by a fuzzer that looks which of them reach code that none reached before.

    python -m tests.store.fuzz_by_coverage FOLDER -runs=20000

Needs atheris, which does not install everywhere. Anything but a taken file or `BadInput` ends it with an error.
"""

from __future__ import annotations

import os
import sys

import atheris

with atheris.instrument_imports(
    include=["pathway.store", "pathway.run.log", "pathway.run.case", "pathway.model.facts"]
):
    from pathway import PATHWAY, BadInput
    from pathway.store.store import Store
    from pathway.store.transfer import export, take

from tests.store.children import NOW
from tests.store.test_audit import filled


def main() -> None:
    """Fuzz as long as the options say."""
    folder, *options = sys.argv[1:]
    with Store(os.path.join(folder, "from.db"), PATHWAY) as other:
        filled(other)
        lines = [line for line in export(other) if '"pathway":' not in line]
    store = Store(os.path.join(folder, "to.db"), PATHWAY)

    def attempt(data: bytes) -> None:
        given = atheris.FuzzedDataProvider(data)
        place = given.ConsumeIntInRange(0, len(lines) - 1)
        line = lines[place]
        begin = given.ConsumeIntInRange(0, len(line))
        end = given.ConsumeIntInRange(begin, min(len(line), begin + 12))
        changed = line[:begin] + given.ConsumeUnicode(24) + line[end:]
        try:
            take(store, [*lines[:place], changed, *lines[place + 1 :]], now=NOW)
        except BadInput as fault:
            if len(fault.faults) != 1 or not fault.faults[0].strip():
                raise
        if store.count()[1] not in (0, len(lines) - 2):
            raise AssertionError("a part of a file was taken")

    atheris.Setup([sys.argv[0], *options], attempt)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
