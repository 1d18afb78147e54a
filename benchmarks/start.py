"""How long whole commands take, each beside an interpreter that does nothing, in turn; bytecode is cached.

python benchmarks/start.py
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

ROUNDS = 21
PROGRAM = str(Path(sys.executable).with_name("pathway"))
INDEX = ("--age", "13mo", "--wbc", "2.5", "--anc", "0.7", "--alc", "1.4")
COMMANDS = (("--version",), ("advise", *INDEX), ("advise", *INDEX, "--json"))
ASKED = 8
"""So many times an empty interpreter `pathway advise` may take."""


def seconds(env: dict[str, str], *command: str) -> float:
    """The time that one run of a command takes."""
    began = perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True, env=env)
    return perf_counter() - began


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        env = {**os.environ, "PYTHONPYCACHEPREFIX": folder}
        env.pop("PYTHONDONTWRITEBYTECODE", None)
        for arguments in COMMANDS:
            ours, bare = (PROGRAM, *arguments), (sys.executable, "-c", "pass")
            for warm in (ours, bare):
                seconds(env, *warm)
            pairs = [(seconds(env, *ours), seconds(env, *bare)) for _ in range(ROUNDS)]
            one, other = (median(times) * 1000 for times in zip(*pairs, strict=True))
            words = " ".join(dict.fromkeys((arguments[0], arguments[-1]))) if arguments[-1][0] == "-" else arguments[0]
            print(f"pathway {words}: {one:.0f} ms, {one / other:.1f} times an empty interpreter ({other:.0f} ms); "
                  f"asked of advise: at most {ASKED} times")  # fmt: skip


if __name__ == "__main__":
    main()
