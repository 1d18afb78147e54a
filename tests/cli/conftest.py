"""Files of a session, and stores with a case in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pathway import PATHWAY
from pathway.store.store import Store
from tests.children import BORN, INDEX_COUNT, NORMAL_COUNT, at
from tests.cli.shop import LOW, MORNING, Shop

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def log(tmp_path) -> Path:
    return tmp_path / "case.json"


@pytest.fixture
def story(tmp_path) -> Path:
    return tmp_path / "story.toml"


@pytest.fixture
def shop(tmp_path) -> Shop:
    return Shop(tmp_path)


@pytest.fixture
def case(shop) -> Shop:
    """The source's patient, opened, with the index count."""
    shop.open()
    shop.done("record", "C1", *LOW, *MORNING)
    return shop


@pytest.fixture
def known(shop) -> Shop:
    """The patient in a store to which everything came as it happened: low counts, a marrow, then a correction."""
    with Store(shop.url, PATHWAY) as store:
        stored = store.open_case("C1", born=BORN, by="ward", now=at(-5))
        stored.record(INDEX_COUNT, at=at(), by="laboratory", now=at(10), source="LIS", key="m-1")
        marrow = PATHWAY.event("bone_marrow_performed")
        stored.record(marrow, at=at(60), by="Dr M", now=at(70), source="ward form")
        stored.correct("e1", NORMAL_COUNT, at=at(120), by="laboratory", now=at(130), source="LIS", key="m-2")
    return shop
