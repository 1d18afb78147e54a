"""Small pathways are drawn, every file of them."""

from __future__ import annotations

import pytest

from pathway.draw.files import all_drawings, content_of
from tests.small.pathways import ANKLE, SINGLE


@pytest.mark.parametrize("pathway", [ANKLE, SINGLE], ids=lambda one: one.id)
def test_every_file_is_drawn(pathway):
    content = content_of(all_drawings(pathway, {}, ("svg",)))
    assert {"overview.svg", "rulebook.md", "pathway.html"} <= set(content)
