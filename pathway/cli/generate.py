"""`make generated`: write the generated package of the definition anew, after an edit of the definition."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pathway.definition
import pathway.model
from pathway.definition import PATHWAY
from pathway.run.generate import generated

FOLDER = Path(pathway.definition.__file__).parent / "generated"


def content() -> dict[str, str]:
    """The text of each file of the generated package as it should be."""
    names = ["pathway.definition"]
    for package in (pathway.definition, pathway.model):
        names += sorted(
            f"{package.__name__}.{module.name}" for module in iter_modules(package.__path__) if not module.ispkg
        )
    for name in names:
        import_module(name)
    return generated(PATHWAY, names)


def main() -> None:
    """Write what differs, and remove what is no longer part of the package."""
    files = content()
    FOLDER.mkdir(exist_ok=True)
    for file in FOLDER.glob("*.py"):
        if file.name not in files:
            file.unlink()
    for name, text in files.items():
        (FOLDER / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
