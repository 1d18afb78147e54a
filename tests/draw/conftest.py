"""Debian's chromium with the page open in it. Without chromium the tests are skipped, unless CI or
PATHWAY_BROWSER_REQUIRED is set.
"""

from __future__ import annotations

import os
import shutil

import pytest

from tests.draw.browser import DESK
from tests.draw.pages import page_of_this_pathway

QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip


@pytest.fixture(scope="module")
def browser():
    program = shutil.which("chromium")
    if program is None:
        if os.environ.get("PATHWAY_BROWSER_REQUIRED") or os.environ.get("CI"):
            pytest.fail("chromium is not installed, and the page must be tested in it here: apt-get install chromium")
        pytest.skip("chromium is not installed, so the page is not tested in a browser: apt-get install chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        found = driver.chromium.launch(executable_path=program, args=[*QUIET])
        yield found
        found.close()


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    file = tmp_path_factory.mktemp("project") / "diagrams" / "pathway.html"
    file.parent.mkdir()
    file.write_text(page_of_this_pathway(), encoding="utf-8")
    return file.as_uri()


@pytest.fixture
def visit(browser, address):
    """Open the page somewhere; whatever it asks of a network, and whatever goes wrong in it, fails the test."""
    contexts, asked, wrong = [], [], []

    def opened(fragment="", viewport=DESK, **more):
        context = browser.new_context(viewport=viewport, offline=True, **more)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: wrong.append(message.text))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.goto(address + fragment)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert {one.partition("#")[0] for one in asked} <= {address, "data:,"}
    assert wrong == []
