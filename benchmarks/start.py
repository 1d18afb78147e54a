"""How long whole commands take, each beside an interpreter that does nothing, in turn.

python benchmarks/start.py
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from statistics import median
from time import perf_counter

ROUNDS = 11
PROGRAM = str(Path(sys.executable).with_name("pathway"))
INDEX = ("--age", "13mo", "--wbc", "2.5", "--anc", "0.7", "--alc", "1.4")


def seconds(*command: str) -> float:
    """The time that one run of a command takes."""
    began = perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    return perf_counter() - began


def main() -> None:
    for limit, arguments in ((150, ("--version",)), (400, ("advise", *INDEX))):
        pairs = [(seconds(PROGRAM, *arguments), seconds(sys.executable, "-c", "pass")) for _ in range(ROUNDS)]
        ours, bare = (median(one) * 1000 for one in zip(*pairs, strict=True))
        print(f"pathway {arguments[0]}: {ours:.0f} ms (asked: under {limit}), {ours / bare:.1f} times a bare start")


if __name__ == "__main__":
    main()
