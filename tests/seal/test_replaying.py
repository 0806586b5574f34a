"""Judging again from the record alone: on a real audit of the reference, without a network, and on records that were changed."""

import json
import shutil
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from tenderproof import content, inventory, reference, result
from tenderproof.evidence import auditor
from tenderproof.seal import disclosure, replaying, sealing
from tenderproof.seal.replaying import Outturn, Replayed, ReplayError
from tenderproof.verdict import Outcome
from tenderproof.vocabulary import Blame, State
from tests.cli.command import tenderproof

from .forgery import changed
from .runs import sealer

SOME = ("EB-27-3", "EB-31-1", "A-110", "A-36", "EB-8-2", "HN-2.4-03", "EB-17-1")


@dataclass(frozen=True)
class Audited:
    """An audit of the reference, sealed; the reference has stopped since."""

    bundle: Path
    key: Path


@pytest.fixture(scope="module")
def audited(tmp_path_factory: pytest.TempPathFactory) -> Audited:
    folder = tmp_path_factory.mktemp("replay")
    only = [part for clause in SOME for part in ("--only", clause)]
    key = folder / "auditor.pem"
    auditor.make_key(key)
    with reference.running(folder / "reference") as running:
        said = tenderproof("audit", running.candidate, *only, "--out", folder / "run", "--auditor-key", key, "--json")
    assert said.returncode == 2, said.stderr
    sealing.seal(folder / "run", result.read(folder / "run/result.json"), sealer(folder), folder / "b.zip")
    return Audited(folder / "b.zip", key)


@pytest.fixture(scope="module")
def by_original(audited: Audited) -> Replayed:
    return replaying.replay(audited.bundle, audited.key)


@pytest.fixture(scope="module")
def by_published(audited: Audited) -> Replayed:
    return replaying.replay(audited.bundle, None)


def test_with_the_auditors_key_every_outcome_and_every_verdict_is_equal(by_original: Replayed) -> None:
    assert len(by_original.checks) >= 8
    assert {check.was.partition(":")[0] for check in by_original.checks} == {State.PASSED.value}
    assert by_original.of(Outturn.DIFFERENT) == by_original.of(Outturn.NOT_REPLAYABLE) == []
    assert len(by_original.clauses) >= len(SOME)


def test_from_the_published_view_an_outcome_is_equal_or_not_replayable_and_says_why(by_published: Replayed) -> None:
    assert by_published.of(Outturn.DIFFERENT) == []
    assert all(found.why for found in by_published.of(Outturn.NOT_REPLAYABLE))
    assert len(by_published.checks) + len(by_published.clauses) == sum(len(by_published.of(outturn)) for outturn in Outturn)


def test_the_candidate_is_not_asked(audited: Audited) -> None:
    """The reference that was audited is gone, so any request to it would fail; and the command says what came out."""
    said = tenderproof("replay", audited.bundle, "--auditor-key", audited.key, "--json")
    line = json.loads(said.stdout)

    assert said.returncode == 0, said.stderr
    assert (line["view"], line["different"], line["not_replayable"]) == ("originals", [], [])
    assert line["checks"]["equal"] >= 8


def test_a_suite_that_judges_otherwise_is_a_difference(audited: Audited, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for_check = "function/bidding::test_a_bid_is_taken_until_the_deadline_and_refused_from_it_on"
    other = _with_another_assertion(tmp_path / "other", for_check)
    monkeypatch.setattr(content, "suites_dir", lambda: other)

    (found,) = [check for check in replaying.replay(audited.bundle, audited.key).checks if check.outturn is Outturn.DIFFERENT]

    assert (found.id, found.was) == (for_check, "passed")
    assert found.now.startswith("failed: ")


def _with_another_assertion(folder: Path, check: str) -> Path:
    """The suites, with one check that asserts the contrary at its end."""
    copy = Path(shutil.copytree(content.suites_dir(), folder))
    path = copy / inventory.file_of(check)
    head, name, tail = path.read_text("utf-8").partition(f"def {check.partition('::')[2]}(")
    body, end, rest = tail.partition("\n\n\n")
    path.write_text(f"{head}{name}{body}\n    assert not clock, 'judged otherwise'{end}{rest}", "utf-8")
    return copy


def test_a_check_that_asks_for_something_else_is_not_replayable(audited: Audited, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    check = "function/bidding::test_a_bid_is_taken_until_the_deadline_and_refused_from_it_on"
    copy = _with_another_assertion(tmp_path / "other", check)
    path = copy / inventory.file_of(check)
    path.write_text(path.read_text("utf-8").replace("assert not clock, 'judged otherwise'", "assert stories.finished()"), "utf-8")
    monkeypatch.setattr(content, "suites_dir", lambda: copy)

    found = next(one for one in replaying.replay(audited.bundle, audited.key).checks if one.id == check)
    assert found.outturn is Outturn.NOT_REPLAYABLE
    assert "asked for" in found.why


def test_a_check_whose_records_are_withheld_is_not_replayable_from_what_is_published(audited: Audited, tmp_path: Path) -> None:
    equal = [found.id for found in replaying.replay(audited.bundle, None).checks if found.outturn is Outturn.EQUAL]
    assert equal
    disclosure.withhold(audited.bundle, [f"{equal[0]}#1"], tmp_path / "less.zip")

    found = next(one for one in replaying.replay(tmp_path / "less.zip", None).checks if one.id == equal[0])
    assert found.outturn is Outturn.NOT_REPLAYABLE


def test_a_bundle_that_does_not_hold_is_not_judged(audited: Audited, tmp_path: Path) -> None:
    (tmp_path / "b.zip").write_bytes(changed(audited.bundle.read_bytes(), lambda files: files.pop("journal/gw0-1.jsonl")))

    with pytest.raises(ReplayError, match="does not hold"):
        replaying.replay(tmp_path / "b.zip", audited.key)


def test_another_auditors_key_gets_a_sentence(audited: Audited, tmp_path: Path) -> None:
    auditor.make_key(tmp_path / "other.pem")

    with pytest.raises(auditor.AuditorKeyError, match="was not sealed to this auditor's key"):
        replaying.replay(audited.bundle, tmp_path / "other.pem")


def test_what_a_lacking_tool_keeps_from_being_judged_is_not_called_different() -> None:
    was = Outcome("x::y", ("SEC-CRY-3",), "sandbox", State.PASSED, None)
    now = replace(was, state=State.SKIPPED, blame=Blame.TOOL, reason="openssl is not installed")

    able = replaying._able(was, now)

    assert able is not None
    assert replaying._check(was, able).outturn is Outturn.NOT_REPLAYABLE
    assert replaying._check(was, able).why == "openssl is not installed"
