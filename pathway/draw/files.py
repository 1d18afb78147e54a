"""Every file that is drawn for sign-off, and whether the files of a folder are current."""

from __future__ import annotations

import hashlib
import json
import re
import struct
import zlib
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import frozen

from pathway.draw.diagram import diagram_of, phase_of, phases_of
from pathway.draw.engine import DPI, PURE, render, version
from pathway.draw.layout import MEMORY
from pathway.draw.legend import MARKS, legend
from pathway.draw.matrix import NAME as MATRIX
from pathway.draw.matrix import matrix
from pathway.draw.mermaid import mermaid, mermaid_by_state
from pathway.draw.narrow import narrow_pictures
from pathway.draw.overview import overview, picture
from pathway.draw.phases import name_of, phase_sheet

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pathway.draw.sheet import Sheet
    from pathway.model.pathway import Pathway

PLACED = "placed.json"
"""The file that keeps the layout of each diagram, so that it is not laid out again."""
_ALL = ""
"""The name in `MADE` under which all files together are noted."""
MADE = "made.json"
"""The file that notes what was made, each picture with a hash of its source: only what has changed is drawn again."""


@frozen
class Drawing:
    """A file to be written: its name, and its text or the DOT source that a renderer draws."""

    name: str
    text: str = ""
    source: str = ""

    @property
    def form(self) -> str:
        """The format that the renderer is asked for: "svg", "png"."""
        return self.name.rpartition(".")[2]


def sheets_of(pathway: Pathway) -> Iterator[Sheet]:
    """Every sheet of a pathway, in reading order. The last one has the line that is signed for all."""
    phases = phases_of(pathway)
    yield overview(pathway)
    for phase in phases:
        yield phase_sheet(pathway, phase)
    yield matrix(pathway)
    yield legend(pathway, len(phases) + 3)


def drawings_of(sheets: Iterable[Sheet], forms: Iterable[str]) -> Iterator[Drawing]:
    """The DOT source and the pictures of sheets."""
    for sheet in sheets:
        source = sheet.source()
        yield Drawing(f"{sheet.name}.dot", text=source)
        for form in forms:
            yield Drawing(f"{sheet.name}.{form}", source=source)


def all_drawings(pathway: Pathway, scenarios: Mapping[str, tuple[str, ...]], forms: Sequence[str]) -> Iterator[Drawing]:
    """Every file, as soon as it is composed. `scenarios`: for each rule the scenario files that exercise it."""
    yield from drawings_of(sheets_of(pathway), forms)
    yield from mermaids_of(pathway)
    yield from written_of(pathway, scenarios)


def mermaids_of(pathway: Pathway) -> Iterator[Drawing]:
    """The Mermaid sources: one for each diagram."""
    about = f"{pathway.id} {pathway.version}, digest {pathway.digest[:12]}. Generated; see the sheet of the same name."
    yield Drawing("overview.mmd", text=mermaid(diagram_of(pathway), about))
    for phase in phases_of(pathway):
        yield Drawing(f"{name_of(phase)}.mmd", text=mermaid(phase_of(pathway, phase), about))
    yield Drawing(f"{MATRIX}.mmd", text=mermaid_by_state(pathway, about))
    yield Drawing("legend.mmd", text=mermaid(MARKS, about))


def written_of(pathway: Pathway, scenarios: Mapping[str, tuple[str, ...]]) -> Iterator[Drawing]:
    """The rulebook and the page."""
    from pathway.draw.book import rulebook
    from pathway.draw.page import page

    yield Drawing("rulebook.md", text=rulebook(pathway, scenarios))
    narrow = {phase: _svg(sheet) for phase, sheet in narrow_pictures(pathway).items()}
    yield Drawing("pathway.html", text=page(pathway, _svg(picture(pathway)), scenarios, narrow))


def _svg(sheet: Sheet) -> str:
    return render(sheet.source(), "svg", engine="neato", placed=True).decode()


def content_of(
    drawings: Iterable[Drawing], *, program: str = PURE, reuse: Path | None = None, key: str = ""
) -> dict[str, bytes]:
    """The bytes of each file, and of the two files that note layouts (`PLACED`) and sources (`MADE`).

    `key` is noted too; `unchanged` compares it. `reuse`: a folder whose pictures are taken over where this renderer
    made them from the same source and no byte was changed since.
    """
    MEMORY.forget()
    noted: dict[str, str] = {}
    if reuse is not None:
        noted = _noted(reuse / MADE)
        if (reuse / PLACED).is_file():
            places = (reuse / PLACED).read_bytes()
            # A layout that was changed by hand would be taken over every time.
            if noted.get(PLACED) == _whole("", {PLACED: places}):
                MEMORY.read(places.decode())
    found: dict[str, bytes] = {}
    sources: dict[str, str] = {}
    drawn: dict[str, Future[bytes]] = {}
    # The renderer is a program of its own: it draws one sheet while the next is composed here.
    with ThreadPoolExecutor() as pool:
        for drawing in drawings:
            if not drawing.source:
                found[drawing.name] = drawing.text.encode()
                continue
            sources[drawing.name] = drawing.source
            known = (
                None
                if reuse is None
                else _known(reuse / drawing.name, drawing.source, noted.get(drawing.name), program)
            )
            if known is not None:
                found[drawing.name] = known
            else:
                drawn[drawing.name] = pool.submit(_drawn, drawing, program)
    found |= {name: future.result() for name, future in drawn.items()}
    marks = {name: _mark(sources[name], data, program) if name in sources else "" for name, data in found.items()}
    found[PLACED] = MEMORY.text().encode()
    marks[PLACED] = _whole("", {PLACED: found[PLACED]})
    marks[_ALL] = _whole(key, found)
    found[MADE] = (json.dumps(marks, indent=1, sort_keys=True) + "\n").encode()
    return found


def made_in(folder: Path) -> set[str]:
    """The names of the files that were made in a folder before."""
    return set(_noted(folder / MADE)) - {_ALL}


def key_of(pathway: Pathway, forms: Sequence[str], program: str, *more: str) -> str:
    """A hash of everything that the files are made from: the pathway, the renderer, our code, and `more`."""
    root = Path(__file__).parent.parent
    code = sorted(path for part in ("draw", "model") for path in (root / part).rglob("*.*") if path.suffix != ".pyc")
    found = hashlib.sha256()
    for part in (pathway.digest, version(program), *forms, *more):
        found.update(f"{part}\0".encode())
    for path in code:
        found.update(path.read_bytes())
    return found.hexdigest()


def same_notes(before: bytes, after: bytes) -> bool:
    """Whether two notes list the same files. The code that made them is not compared: a comment changes no drawing."""
    try:
        first, second = json.loads(before), json.loads(after)
    except ValueError:
        return False
    return isinstance(first, dict) and isinstance(second, dict) and {**first, _ALL: ""} == {**second, _ALL: ""}


def unchanged(folder: Path, key: str) -> int:
    """The number of files, if all were made under this key and none was changed since; else 0."""
    noted = _noted(folder / MADE)
    names = [name for name in noted if name != _ALL]
    try:
        found = {name: (folder / name).read_bytes() for name in names}
    except OSError:
        return 0
    return len(found) + 1 if noted.get(_ALL) == _whole(key, found) else 0


def _whole(key: str, content: Mapping[str, bytes]) -> str:
    """A SHA-256 over a key and the names and bytes of files."""
    parts = (f"{name}\0{hashlib.sha256(content[name]).hexdigest()}\0" for name in sorted(content))
    return hashlib.sha256("".join((key, *parts)).encode()).hexdigest()


def _for_paper(picture: bytes, form: str) -> bytes:
    """The picture with its size on paper: a browser prints the SVG on one sheet, a viewer knows the size of the PNG."""
    if form == "svg":
        size = re.search(rb'<svg width="(\d+)pt" height="(\d+)pt"[^>]*>', picture)
        if size is not None:
            wide, high = (points.decode() for points in size.groups())
            style = f"\n<style>@page {{ size: {wide}pt {high}pt; margin: 0 }}</style>".encode()
            return picture[: size.end()] + style + picture[size.end() :]
    if form == "png":
        # After the signature and the first chunk, which are of fixed length: dots a metre, both ways.
        dots = round(DPI / 0.0254)
        chunk = b"pHYs" + struct.pack(">IIB", dots, dots, 1)
        return picture[:33] + struct.pack(">I", 9) + chunk + struct.pack(">I", zlib.crc32(chunk)) + picture[33:]
    return picture


def _drawn(drawing: Drawing, program: str) -> bytes:
    return _for_paper(render(drawing.source, drawing.form, program=program, engine="neato", placed=True), drawing.form)


def _known(path: Path, source: str, noted: str | None, program: str) -> bytes | None:
    if not noted or not path.is_file():
        return None
    data = path.read_bytes()
    return data if noted == _mark(source, data, program) else None


def _noted(path: Path) -> dict[str, str]:
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _mark(source: str, data: bytes, program: str) -> str:
    """A SHA-256 over a picture's source, its renderer and its bytes."""
    parts = (source.encode(), version(program).encode(), data)
    return hashlib.sha256(b"".join(hashlib.sha256(part).digest() for part in parts)).hexdigest()
