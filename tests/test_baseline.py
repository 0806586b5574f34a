"""The baseline is written and read back as it is, and what is wrong in it is told with its line."""

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings

from tenderproof import baseline
from tenderproof.baseline import Baseline, BaselineError, Known
from tenderproof.result import Result
from tenderproof.vocabulary import Verdict

from .reporting import results

CHECK = "function/bidding::test_a_late_bid_is_refused"
WORDS = results.clause().words_sha256


@given(results.results())
@settings(max_examples=60)
def test_what_is_written_is_read_back(result: Result) -> None:
    clauses = [(clause.id, clause.verdict) for clause in result.clauses if clause.verdict in (Verdict.VIOLATED, Verdict.INCONCLUSIVE)]
    checks = tuple(check.id for check in result.checks)
    entries = [Known(name, verdict, checks, WORDS, "为何\n\x7f", date(2026, 12, 31)) for name, verdict in clauses]
    filled = Baseline("trading-3", 7, tuple(entries))
    assert _read(baseline.dumped(filled, "heading")) == filled


_GOOD = f"""form = "tenderproof-baseline/1"
plan = "trading-3"
decided = 1

[[known]]
clause = "EB-27-3"
verdict = "violated"
checks = ["{CHECK}"]
words_sha256 = "{WORDS}"
reason = "mended in 1.5"
until = 2026-12-31
"""


def test_a_baseline_is_read() -> None:
    assert _read(_GOOD) == Baseline(
        "trading-3", 1, (Known("EB-27-3", Verdict.VIOLATED, (CHECK,), WORDS, "mended in 1.5", date(2026, 12, 31)),)
    )


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('reason = "mended in 1.5"', 'reason = ""', r"line 10, known\.0\.reason: is empty; write why this is borne"),
        ("until = 2026-12-31", 'until = ""', r"line 11, known\.0\.until: must be the last day on which the entry holds"),
        ("until = 2026-12-31", 'until = "2026-02-31"', r"line 11, known\.0\.until: is no day of the calendar"),
        ("until = 2026-12-31", "until = 2026-12-31T00:00:00Z", r"line 11, known\.0\.until: must be the last day"),
        ("until = 2026-12-31\n", "", r"line 5, known\.0\.until: must be given"),
        ('verdict = "violated"', 'verdict = "satisfied"', r"line 7, known\.0\.verdict: must be violated or inconclusive"),
        ("clause =", "claus =", r"line 5, known\.0.*: (must be given|there is no such key as claus)"),
        ('form = "tenderproof-baseline/1"', 'form = "x"', r"line 1, form: must be tenderproof-baseline/1"),
        ("decided = 1", "decided = -1", r"line 3, decided: must be the number of clauses"),
        (WORDS, "abc", r"line 9, known\.0\.words_sha256: must be the SHA-256"),
        ("decided = 1", "decided = ", r"this is no TOML: .*line 3"),
    ],
)
def test_what_is_wrong_in_a_baseline_is_told_with_its_line(old: str, new: str, said: str) -> None:
    assert old in _GOOD
    with pytest.raises(BaselineError, match=said):
        _read(_GOOD.replace(old, new))


def test_a_clause_that_stands_twice_is_told() -> None:
    with pytest.raises(BaselineError, match=r"line 15, known\.1\.clause: EB-27-3 stands here twice"):
        _read(_GOOD + "\n\n" + _GOOD[_GOOD.index("[[known]]") :])


def test_a_baseline_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(BaselineError, match=r"There is no baseline at .*--write` writes one"):
        baseline.read(tmp_path / "nowhere.toml")


def _read(text: str) -> Baseline:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "baseline.toml"
        file.write_text(text, "utf-8")
        return baseline.read(file)
