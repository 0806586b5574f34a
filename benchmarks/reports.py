"""What the report of a large result costs: 400 clauses, 250 checks, 50,000 exchanges in the evidence."""

import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from tenderproof import result
from tenderproof.evidence.warc import Archive, message
from tenderproof.reporting import FORMS, PRINTED
from tenderproof.reporting.records import records
from tenderproof.result import Result
from tests.reporting import results

_CLAUSES, _CHECKS, _EXCHANGES = 400, 250, 50_000
_BOTH = 300  # clauses of which page and paper together should take at most eight seconds


def figures(folder: Path) -> dict[str, float]:
    """Seconds to write each form, to open the page, and to find the records of one check; the folder is made."""
    folder.mkdir()
    found = results.large(_CLAUSES, _CHECKS)
    result.write(found, folder / "result.json")
    _evidence(found, folder / "evidence")
    made = {f"{form} of {_CLAUSES} clauses, seconds": _seconds(lambda f=form: FORMS[f].render(found)) for form in FORMS}  # type: ignore[misc]
    page = folder / "report.html"
    page.write_text(FORMS["html"].render(found), "utf-8")
    made |= {f"{form} of {_CLAUSES} clauses, seconds": _seconds(lambda f=form: PRINTED[f].render(found)) for form in PRINTED}  # type: ignore[misc]
    made |= _both(results.large(_BOTH, _CHECKS))
    made["page, MiB"] = page.stat().st_size / 2**20
    made[f"records of one check among {_EXCHANGES} exchanges, seconds"] = _seconds(lambda: records(folder, found.checks[7]))
    return made | _in_browser(page)


def _both(found: Result) -> dict[str, float]:
    """Page and paper in one language, in a process that has printed before and in one that has not (WeasyPrint takes seconds to import)."""
    warm = _seconds(lambda: (FORMS["html"].render(found), PRINTED["pdf"].render(found)))
    with TemporaryDirectory() as folder:
        result.write(found, Path(folder) / "result.json")
        command = [sys.executable, "-m", "benchmarks.reports", folder]
        cold = _seconds(lambda: subprocess.run(command, check=True))  # noqa: S603 - our own command
    return {f"page and paper of {_BOTH} clauses, seconds": warm, f"page and paper of {_BOTH} clauses in a new process, seconds": cold}


def _evidence(found: Result, folder: Path) -> None:
    folder.mkdir()
    archive = Archive(folder / "main-1.warc.gz")
    request = message("POST /api/bids HTTP/1.1", [("Content-Type", "application/json")], b'{"bid": 1}' * 20)
    response = message("HTTP/1.1 201 Created", [("Content-Type", "application/json")], b'{"state": "accepted"}' * 20)
    for number in range(_EXCHANGES):
        check = found.checks[number % _CHECKS].id
        marks = {"Tenderproof-Check": check, "Tenderproof-Attempt": "1", "Tenderproof-Ordinal": str(number // _CHECKS + 1)}
        archive.exchange("http://127.0.0.1/api/bids", request, response, marks)
    archive.close()


def _in_browser(page: Path) -> dict[str, float]:
    browser_path = shutil.which("chromium")
    if browser_path is None:
        return {}
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - slow to import

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        view = browser.new_page()
        opened = _seconds(lambda: view.goto(page.as_uri()))
        filtered = _seconds(lambda: view.select_option("#filter select", "violated"))
        browser.close()
    return {"page opens in Chromium, seconds": opened, "page filters in Chromium, seconds": filtered}


def _seconds(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


if __name__ == "__main__":
    read = result.read(Path(sys.argv[1]) / "result.json")
    FORMS["html"].render(read)
    PRINTED["pdf"].render(read)
