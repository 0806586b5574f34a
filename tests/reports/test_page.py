"""The page as its readers meet it: in Chromium, light and dark, wide and narrow, with eyes, a keyboard or a screen reader."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pytest

from tenderproof.reporting import html
from tenderproof.wording import LANGUAGES, Language

from ..reporting import results  # noqa: TID252 - test data of a neighbour

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

Scheme = Literal["light", "dark"]
WIDE, NARROW = 1100, 360
pytestmark = pytest.mark.timeout(600)  # a browser on a busy machine


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("report")
    for language in LANGUAGES:
        name = "report.html" if language == "zh" else "report.en.html"
        (made / name).write_text(html.render(results.large(80, 40), language), "utf-8")
    return made


def _open(browser: "Browser", folder: Path, language: Language, width: int = WIDE, **how: Any) -> "Page":
    page = browser.new_context(viewport={"width": width, "height": 900}, **how).new_page()
    page.goto((folder / ("report.html" if language == "zh" else "report.en.html")).as_uri())
    return page


@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_with_everything_unfolded(
    browser: "Browser", folder: Path, language: Language, scheme: Scheme, width: int
) -> None:
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415 - slow to import

    page = _open(browser, folder, language, width, color_scheme=scheme)
    page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true })")
    found = Axe().run(page).response["violations"]
    assert [(entry["id"], [node["html"][:200] for node in entry["nodes"]]) for entry in found] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_narrow_screen_never_scrolls_sideways(browser: "Browser", folder: Path, language: Language) -> None:
    page = _open(browser, folder, language, NARROW)
    page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true })")
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW


def test_dark_is_dark_and_print_is_ink_on_paper(browser: "Browser", folder: Path) -> None:
    page = _open(browser, folder, "zh", color_scheme="dark")
    assert _luminance(page, "backgroundColor") < 0.2
    assert _luminance(page, "color") > 0.7
    page.emulate_media(media="print", color_scheme="dark")
    assert _luminance(page, "color") < 0.2
    assert _luminance(page, "backgroundColor") > 0.9


def test_the_first_key_leads_past_the_cover_and_every_fold_opens_by_key(browser: "Browser", folder: Path) -> None:
    page = _open(browser, folder, "en")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/report.en.html#conclusion")
    page.locator("#clauses summary").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelector('#clauses details').open")


def test_a_link_from_a_verdict_unfolds_what_it_leads_to(browser: "Browser", folder: Path) -> None:
    page = _open(browser, folder, "zh")
    page.locator("#conclusion .gaps tbody a").first.focus()
    page.keyboard.press("Enter")
    page.locator("article:target").wait_for(state="visible")


def test_the_page_reads_without_script(browser: "Browser", folder: Path) -> None:
    page = _open(browser, folder, "zh", java_script_enabled=False)
    assert page.locator(".decision").is_visible()
    assert page.locator("#filter").is_hidden()
    page.locator("#clauses summary").first.click()
    assert page.locator("#clauses article").first.is_visible()


def _luminance(page: "Page", name: str) -> float:
    """About how light a colour of the page is, 0 to 1."""
    parts = page.evaluate(f"getComputedStyle(document.documentElement).{name}.match(/[0-9.]+/g).slice(0, 3).map(Number)")
    return float(sum(parts) / (3 * 255))
