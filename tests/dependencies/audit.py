"""Look for known vulnerabilities of everything that constraints.txt pins.

pip-audit asks a public database, and says "none found" also where that database knew nothing of what was asked. So an
answer counts only for what was looked up, and only from a database that knows the vulnerabilities of an old release.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from tests.dependencies.pins import pins

DATABASES = ("pypi", "osv")
"""The databases that pip-audit can ask, in the order in which they are tried."""
KNOWN = "urllib3==1.26.4"
"""A release with vulnerabilities that each of them knows."""
PATIENCE = 15
"""Seconds until an answer, for each package."""
LONGEST = 300
"""Seconds for all."""
_LINE = 90


class Answer(NamedTuple):
    """What a database said: the packages looked up, those it has no word of, one line for each vulnerability, and
    why it said nothing where it did not.
    """

    looked_up: tuple[str, ...] = ()
    passed_over: tuple[str, ...] = ()
    found: tuple[str, ...] = ()
    silent: str = ""


def ask(database: str, requirements: list[str]) -> Answer:
    """What a database says of requirements such as "attrs==26.1.0"."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "requirements.txt"
        file.write_text("\n".join(requirements), encoding="utf-8")
        try:
            done = subprocess.run(
                [sys.executable, "-m", "pip_audit", "--vulnerability-service", database, "--requirement", file,
                 "--no-deps", "--disable-pip", "--format", "json", "--progress-spinner", "off",
                 "--timeout", str(PATIENCE)],
                capture_output=True, text=True, check=False, timeout=LONGEST,
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            return Answer(silent=f"no answer within {LONGEST} seconds")
    try:
        packages = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        return Answer(silent=(done.stderr.strip().splitlines() or ["no answer"])[-1][:_LINE])
    return Answer(
        tuple(one["name"] for one in packages if "skip_reason" not in one),
        tuple(one["name"] for one in packages if "skip_reason" in one),
        tuple(
            f"{one['name']} {one['version']}: {fault['id']}; mended in {' or '.join(fault['fix_versions']) or 'none'}"
            for one in packages
            for fault in one.get("vulns", ())
        ),
    )


def audit(requirements: list[str]) -> tuple[int, list[str]]:
    """The exit code, and what to print. 1 where a vulnerability is known, 0 where none is, or nobody could be asked."""
    silent = []
    for database in DATABASES:
        answer = ask(database, requirements)
        if answer.found:
            return 1, [f"audit: {line}" for line in answer.found]
        if not answer.looked_up:
            silent.append(f"audit: {database}: {answer.silent or 'knows none of the packages'}")
        elif not ask(database, [KNOWN]).found:
            silent.append(f"audit: {database}: does not know the vulnerabilities of {KNOWN}")
        else:
            lines = [f"audit: {database}: {len(answer.looked_up)} packages looked up, no known vulnerability"]
            if answer.passed_over:
                lines.append(f"audit: {database}: NOT looked up, unknown there: {', '.join(answer.passed_over)}")
            return 0, lines
    return 0, [*silent, "audit: NOT DONE: no database of known vulnerabilities can be reached from here"]


def main() -> int:
    """Audit what is pinned."""
    code, lines = audit([f"{pin.name}=={pin.version}" for pin in pins().values()])
    print(*lines, sep="\n")
    return code


if __name__ == "__main__":
    sys.exit(main())
