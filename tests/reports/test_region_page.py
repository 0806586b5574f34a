"""A region's report as its readers meet it: as large as a real one, in Chromium, light and dark, wide and narrow, by key, and on paper."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest

from tenderproof.regional import page, sources
from tenderproof.regional.report import Heading
from tenderproof.regional.sources import Sources
from tenderproof.wording import LANGUAGES, Language

from ..regional import platforms  # noqa: TID252 - test data of a neighbour
from ..reporting import results  # noqa: TID252 - test data of a neighbour

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

Scheme = Literal["light", "dark"]
WIDE, NARROW = 1000, 360
pytestmark = pytest.mark.timeout(600)  # a browser on a busy machine


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("region")
    large = results.large(150, 40)
    paths = []
    for number in range(3):
        name = f"某某市公共资源电子招标投标交易平台第{number}号"
        one = large.model_copy(update={"sample": large.sample.model_copy(update={"name": name})})
        paths.append(platforms.folder(made / str(number), one))
    day = date(large.run.finished.year, 12, 31)
    heading = Heading(region="示例省", unit="示例省发展改革委", year=day.year, day=day, next_year="一、推动检测认证。")
    found = sources.yearly(heading, Sources([*paths, made / "gone.zip"]))
    for language in LANGUAGES:
        (made / _name(language)).write_text(page.render(found, language), "utf-8")
    return made


def _name(language: Language) -> str:
    return "region.html" if language == "zh" else "region.en.html"


def _open(browser: "Browser", folder: Path, language: Language, width: int = WIDE, scheme: Scheme = "light") -> "Page":
    opened = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme).new_page()
    opened.goto((folder / _name(language)).as_uri())
    opened.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true })")
    return opened


@pytest.mark.parametrize(("width", "scheme"), [(WIDE, "light"), (WIDE, "dark"), (NARROW, "light")])
@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_with_everything_unfolded(
    browser: "Browser", folder: Path, language: Language, width: int, scheme: Scheme
) -> None:
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415 - slow to import

    found = Axe().run(_open(browser, folder, language, width, scheme)).response["violations"]
    assert [(entry["id"], [node["html"][:200] for node in entry["nodes"]]) for entry in found] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_narrow_screen_scrolls_a_table_by_key_and_never_the_page(browser: "Browser", folder: Path, language: Language) -> None:
    opened = _open(browser, folder, language, NARROW)
    assert opened.evaluate("document.documentElement.scrollWidth") <= NARROW
    opened.locator(".wide").first.focus()
    opened.keyboard.press("ArrowRight")
    for _ in range(100):  # looked at again and again: the page's policy lets no condition wait within it
        if opened.evaluate("document.querySelector('.wide').scrollLeft > 0"):
            return
        opened.wait_for_timeout(50)
    pytest.fail("the table did not move")


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_of_a_table_is_broken_to_make_room_for_a_list_of_clauses(browser: "Browser", folder: Path, language: Language) -> None:
    opened = _open(browser, folder, language)
    heads = "[...document.querySelectorAll('.platforms thead th, .platforms td[class*=conformant]')]"
    lines = opened.evaluate(f"{heads}.map(cell => cell.getBoundingClientRect().height / parseFloat(getComputedStyle(cell).lineHeight))")
    assert max(lines) < 4
    width = opened.evaluate("document.querySelector('.platforms tbody th').getBoundingClientRect().width")
    assert width > WIDE / 4


def test_dark_is_dark_and_print_is_ink_on_paper_with_nothing_folded(browser: "Browser", folder: Path) -> None:
    opened = _open(browser, folder, "zh", scheme="dark")
    colour = "getComputedStyle(document.documentElement).backgroundColor"
    assert opened.evaluate(colour) == "rgb(22, 21, 20)"
    opened.evaluate("document.querySelectorAll('details').forEach(part => { part.open = false })")
    opened.emulate_media(media="print", color_scheme="dark")
    assert opened.evaluate(colour) == "rgb(255, 255, 255)"
    assert opened.evaluate("[...document.querySelectorAll('details tbody tr')].every(row => row.checkVisibility())")
