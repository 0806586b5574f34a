import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest

from tenderproof.drivers.browser import Chromium
from tenderproof.vocabulary import Blame, Missing, NetworkTrouble

Opened = Callable[[str], Chromium]
SHOWN = (
    "<p id=a></p><script>setInterval(() => a.textContent = Math.round((new Date() - {then}) / 60000) + new Date().toString(), 50)</script>"
)


@pytest.fixture
def browser(tmp_path: Path, driver: Any) -> Opened:
    """A browser on a folder with one page."""
    if shutil.which("chromium") is None:
        pytest.skip("no chromium on this machine")

    def make(body: str) -> Chromium:
        (tmp_path / "page.html").write_text(f"<!DOCTYPE html><body>{body}</body>", "utf-8")
        return Chromium(tmp_path.as_uri(), driver.chance)

    return make


def test_a_page_runs_on_a_machine_elsewhere_whose_clock_is_as_far_ahead_as_it_was_set(browser: Opened, driver: Any) -> None:
    then = round(driver.chance.now().timestamp() * 1000)
    with browser(SHOWN.format(then=then)).page("/page.html", ahead=timedelta(hours=1)) as page:
        page.wait(0.3)
        text = page.text()

    assert text.startswith("60")
    assert "GMT-0400" in text or "GMT-0500" in text


def test_time_goes_by_on_an_open_page(browser: Opened) -> None:
    with browser("<p id=a>0</p><script>setInterval(() => a.textContent++, 50)</script>").page("/page.html") as page:
        before = int(page.text())
        page.wait(0.6)
        assert int(page.text()) > before


def test_a_page_that_does_not_open_is_the_networks_trouble(browser: Opened) -> None:
    with pytest.raises(NetworkTrouble, match="nowhere"), browser("").page("/nowhere.html"):
        pytest.fail("it opened")


def test_a_page_that_was_recorded_needs_no_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    recorded = Mock(now=lambda: datetime.now(UTC), made=lambda kind, _: f"the {kind}".encode())
    with Chromium("http://p.test", recorded).page("/") as page:
        page.wait(9_000)

        assert page.text() == "the page text"


def test_without_chromium_there_is_no_browser(driver: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)

    with pytest.raises(Missing, match="Chromium") as missing, driver.browser.page("/"):
        pytest.fail("it opened")
    assert missing.value.blame == Blame.TOOL
