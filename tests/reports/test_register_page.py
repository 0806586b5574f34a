"""The register as its readers meet it: its list and an entry in Chromium, light and dark, wide and narrow, by key."""

from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest

from ..certification import bodies, sites  # noqa: TID252 - test data of a neighbour

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

Scheme = Literal["light", "dark"]
WIDE, NARROW = 1000, 360
NAMES = ("index.html", "index.en.html", "TP-2-BACK.html", "TP-2-BACK.en.html")
_LINES = """[...document.querySelectorAll('.wide tbody > tr > *')]
    .filter(cell => /^([0-9-]{10}|★+|valid|有效)$/.test(cell.textContent))
    .map(cell => { const range = document.createRange(); range.selectNodeContents(cell); return range.getClientRects().length })"""
pytestmark = pytest.mark.timeout(600)  # a browser on a busy machine


@pytest.fixture(scope="module", autouse=True)  # before the browser: sealing starts an event loop of its own
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("register")
    return sites.published(bodies.house(made / "house"), made / "site").published


def _open(browser: "Browser", folder: Path, name: str, width: int = WIDE, scheme: Scheme = "light") -> "Page":
    opened = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme).new_page()
    opened.goto((folder / name).as_uri())
    return opened


@pytest.mark.parametrize(("width", "scheme"), [(WIDE, "light"), (NARROW, "dark")])
@pytest.mark.parametrize("name", NAMES)
def test_axe_finds_nothing(browser: "Browser", folder: Path, name: str, width: int, scheme: Scheme) -> None:
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415 - slow to import

    found = Axe().run(_open(browser, folder, name, width, scheme)).response["violations"]
    assert [(entry["id"], [node["html"][:200] for node in entry["nodes"]]) for entry in found] == []


@pytest.mark.parametrize("name", NAMES)
def test_no_day_level_or_heading_is_broken_and_a_narrow_screen_scrolls_the_table_alone(browser: "Browser", folder: Path, name: str) -> None:
    narrow = _open(browser, folder, name, NARROW)
    assert narrow.evaluate("document.documentElement.scrollWidth") <= NARROW
    narrow.locator(".wide").focus()
    narrow.keyboard.press("ArrowRight")
    narrow.wait_for_function("document.querySelector('.wide').scrollLeft > 0")
    for opened in (narrow, _open(browser, folder, name)):
        lines = opened.evaluate(_LINES)
        assert len(lines) > 3
        assert set(lines) == {1}
