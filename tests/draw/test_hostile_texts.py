"""A text of a definition is shown as it stands: it is no tag on a page and no node of a picture."""

from __future__ import annotations

from collections import Counter
from html.parser import HTMLParser

import pytest

from pathway.draw.files import all_drawings, content_of
from tests.run.test_hostile_definitions import SMALL, built_with
from tests.small.pathways import ANKLE

HOSTILE = '"><script>hostile9()</script>'
OTHERS = ('"];x[label="', "</td></table></svg>", "[a](javascript:hostile9)", "&lt;script&gt;", "--><img/src=x>")
PLAIN = "plain"


class Tags(HTMLParser):
    """The tags of a page, and every attribute that a browser obeys."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: Counter[str] = Counter()
        self.obeyed: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.found[tag] += 1
        self.obeyed += [name for name, _ in attrs if name.startswith("on")]
        links = [value or "" for name, value in attrs if name in ("href", "src")]
        self.obeyed += [link for link in links if link.strip().lower().startswith(("javascript", "data", "vbscript"))]


def drawn(text: str, old: str):
    pathway = built_with(ANKLE, old, text)
    if pathway is None:
        return None
    return content_of(all_drawings(pathway, {}, ("svg",)))


FREE = [(path, old) for path, old in SMALL if all(built_with(ANKLE, old, text) for text in (PLAIN, HOSTILE))]


def test_there_are_texts_that_people_read():
    assert len(FREE) >= 12


@pytest.mark.parametrize(("path", "old"), FREE, ids=[path for path, _ in FREE])
def test_a_hostile_text_makes_no_tag_and_no_link_that_runs(path, old):
    plain = drawn(PLAIN, old)
    for text in (HOSTILE, *OTHERS):
        content = drawn(text, old)
        if content is None:
            continue
        for name in content:
            if not name.endswith((".svg", ".html")):
                continue
            hostile, usual = Tags(content[name].decode()), Tags(plain[name].decode())
            for tag in ("script", "img", "a", "style", "iframe"):
                assert hostile.found[tag] == usual.found[tag], (name, tag, text)
            assert hostile.obeyed == usual.obeyed
