"""What an exception in a check means: only the suite's own assertion in the check itself is *failed*."""

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest

from tenderproof.bench import Bench
from tenderproof.journal import CheckFinished, read_run
from tenderproof.plugin import Seen, classify, pytest_collection_modifyitems, pytest_configure
from tenderproof.testing.tender import Facts
from tenderproof.vocabulary import Blame, DeclarationTrouble, Missing, NetworkTrouble, PlatformTrouble, State
from tests.evidence.server import plain, serving
from tests.test_run import DECLARED

SUITES = Path(__file__).parent


def seen(error: BaseException, *, phase: str = "call", suites: Path = SUITES) -> Seen:
    """What the plugin makes of an error raised here."""
    with pytest.raises(type(error)) as raised:
        raise error
    return classify(raised, phase, suites)


def test_the_suites_own_assertion_in_the_check_is_failed() -> None:
    found = seen(AssertionError("a late bid was taken\nassert 1 == 2"))

    assert (found.state, found.blame, found.reason) == (State.FAILED, Blame.PLATFORM, "a late bid was taken")
    assert "assert 1 == 2" in found.detail
    assert found.where.startswith("test_plugin.py:")


def test_an_assertion_elsewhere_is_ours() -> None:
    found = seen(AssertionError("in a library"), suites=Path("/nowhere"))

    assert (found.state, found.blame) == (State.ERRORED, Blame.TOOL)


@pytest.mark.parametrize("phase", ["setup", "teardown"])
def test_an_assertion_outside_the_check_itself_is_ours(phase: str) -> None:
    assert seen(AssertionError("x"), phase=phase).state is State.ERRORED


@pytest.mark.parametrize(
    ("error", "blame"),
    [
        (PlatformTrouble("500"), Blame.PLATFORM),
        (NetworkTrouble("reset"), Blame.NETWORK),
        (DeclarationTrouble("key"), Blame.DECLARATION),
        (TimeoutError("x"), Blame.TOOL),
    ],
    ids=str,
)
def test_any_other_exception_is_errored_with_its_blame(error: Exception, blame: Blame) -> None:
    found = seen(error)

    assert (found.state, found.blame) == (State.ERRORED, blame)


@pytest.mark.parametrize(
    "stumble",
    [
        lambda answer: answer["items"][0]["rank"],
        lambda answer: answer["text"]["starts_at"],
        lambda answer: datetime.fromisoformat(answer["text"]),
        lambda answer: datetime.fromisoformat(answer["items"]),
        lambda answer: Decimal(answer["text"]),
        lambda answer: [one["id"] for one in answer["nothing"]],
        lambda answer: answer["text"].items(),
        lambda answer: json.loads(answer["text"]),
    ],
    ids=[
        "nothing in a list",
        "a text for an object",
        "no moment",
        "a list for a moment",
        "no amount",
        "null for a list",
        "no items",
        "no JSON",
    ],
)
def test_what_a_suite_stumbles_over_in_an_answer_is_the_platforms(stumble: Callable[[Any], object]) -> None:
    with pytest.raises(Exception) as raised:  # noqa: PT011 - whichever it is
        stumble({"items": [], "text": "somewhere", "nothing": None})
    found = classify(raised, "call", SUITES)

    assert (found.state, found.blame) == (State.ERRORED, Blame.PLATFORM)
    assert "another shape than the check reads" in found.reason


def test_where_the_engine_stumbles_it_is_ours() -> None:
    with pytest.raises(TypeError, match="A tender has no fact") as unknown:
        Facts.of({"nobody": 1})
    assert classify(unknown, "call", SUITES).blame is Blame.TOOL


def test_what_no_answer_can_bring_about_is_ours() -> None:
    for error in (NameError("x"), RuntimeError("x"), RecursionError("x"), OSError("x")):
        assert seen(error).blame is Blame.TOOL


def test_a_missing_prerequisite_is_skipped_with_its_reason() -> None:
    found = seen(Missing("no clock"), phase="setup")

    assert (found.state, found.blame, found.reason) == (State.SKIPPED, Blame.DECLARATION, "no clock")


def test_checks_that_wait_are_begun_first_and_those_that_read_records_last() -> None:
    record, plain, waiting = item(clause={"way": "record"}), item(clause={}), item(clause={}, waits={})
    items: list[Any] = [record, plain, waiting]
    pytest_collection_modifyitems(Mock(getoption=lambda _: None), items)

    assert items == [waiting, plain, record]


def item(taken: tuple[str, ...] = (), **marks: dict[str, str]) -> Mock:
    found = {name: Mock(kwargs=kwargs) for name, kwargs in marks.items()}
    return Mock(fixturenames=taken, get_closest_marker=found.get, iter_markers=lambda name: [found[name]] if name in found else [])


def test_a_data_set_is_judged_by_the_checks_of_data_sets_and_a_platform_by_the_others() -> None:
    of_platforms, of_records = item(("public",), clause={"way": "record"}), item(("records",), clause={"way": "record"})
    for given, kept in ((None, of_platforms), (["data.jsonl"], of_records)):
        items: list[Any] = [of_platforms, of_records]
        pytest_collection_modifyitems(Mock(getoption={"--records": given}.get), items)
        assert items == [kept]


def test_our_own_time_out_is_errored() -> None:
    assert seen(pytest.fail.Exception("Timeout >150.0s")).state is State.ERRORED


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ((), "No candidate: say --candidate FILE"),
        (("--candidate", "nowhere.toml"), "There is no declaration at nowhere.toml"),
    ],
)
def test_a_wrong_option_gets_a_sentence_and_no_traceback(arguments: tuple[str, ...], sentence: str, tmp_path: Path) -> None:
    (tmp_path / "conftest.py").write_text('pytest_plugins = ["tenderproof.plugin"]\n', "utf-8")
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--rootdir", str(tmp_path), *arguments]
    told = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    assert told.returncode == pytest.ExitCode.USAGE_ERROR
    assert sentence in told.stderr
    assert "Traceback" not in told.stdout + told.stderr


def test_the_folder_of_an_earlier_run_gets_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def used(option: object, worker: str) -> Bench:
        del option, worker
        raise FileExistsError(17, "File exists", "run/journal/main-1.jsonl")

    monkeypatch.setattr(Bench, "open", used)
    config: Any = Mock(getoption={"--candidate": "candidate.toml"}.get, workerinput={}, option=Mock(dist="no"))

    with pytest.raises(pytest.UsageError, match=r"main-1\.jsonl is there already, from an earlier run: give a new folder"):
        pytest_configure(config)


def test_what_cannot_be_written_down_is_escaped_and_not_lost() -> None:
    assert seen(PlatformTrouble("\ud83d stands there")).reason == r"\ud83d stands there"


NARROWED = '''
from tenderproof.testing import clause


@clause("EB-27-1", "EB-27-3", acquits=False)
def test_falls_on_one(ground) -> None:
    """Says which of its clauses it saw broken."""
    ground.narrow(["EB-27-3"])
    assert not "late"


@clause("EB-27-1", "EB-27-3", acquits=False)
def test_falls_on_both(ground) -> None:
    """Says nothing of what it saw."""
    assert not "late"


@clause("EB-27-1", "EB-27-3", acquits=False)
def test_stumbles(ground) -> None:
    """Breaks down after it saw something."""
    ground.narrow(["EB-27-3"])
    raise KeyError("x")


@clause("EB-27-1")
def test_acquits(ground) -> None:
    """Would leave out what it did not see."""
    ground.narrow(["EB-27-1"])
'''


def test_a_check_that_fails_convicts_on_the_ground_that_it_names(tmp_path: Path) -> None:
    (tmp_path / "suites/function").mkdir(parents=True)
    (tmp_path / "suites/function/test_narrow.py").write_text(NARROWED, "utf-8")
    with serving(plain(b'{"id": "p"}')) as url:
        (tmp_path / "candidate.toml").write_text(DECLARED.format(url=url), "utf-8")
        command = [
            sys.executable, "-m", "pytest", "-p", "tenderproof.plugin", "-p", "no:cacheprovider", "--rootdir", str(tmp_path / "suites"),
            "--candidate", str(tmp_path / "candidate.toml"), "--run-dir", str(tmp_path / "run"), "--no-recording", str(tmp_path / "suites"),
        ]  # fmt: skip
        subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
    ended = {event.check.partition("::test_")[2]: event for event in read_run(tmp_path / "run/journal") if isinstance(event, CheckFinished)}

    assert {name: (event.state, event.clauses, event.acquits) for name, event in ended.items()} == {
        "falls_on_one": ("failed", ("EB-27-3",), False),
        "falls_on_both": ("failed", ("EB-27-1", "EB-27-3"), False),
        "stumbles": ("errored", ("EB-27-1", "EB-27-3"), False),
        "acquits": ("errored", ("EB-27-1",), True),
    }
