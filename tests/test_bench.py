"""The workbench of a worker: everything in place, nothing recorded where nothing is to be recorded."""

import argparse
from datetime import UTC, date, datetime
from pathlib import Path
from time import monotonic

import pytest

from benchmarks import interface
from tenderproof import content, journal
from tenderproof.bench import Bench, RecordBench, Time, data_set
from tenderproof.candidate import DeclarationError
from tenderproof.evidence.observation import InputObservation
from tenderproof.evidence.recorder import BETWEEN
from tenderproof.journal import Observed
from tenderproof.spec.plan import load_plan
from tenderproof.vocabulary import OUT_OF_TIME, Blame, OutOfTime

DECLARED = """[candidate]
name = "x"
kind = "trading"
base_url = "http://127.0.0.1:1"
operator = { name = "x", uscc = "91350100M000100Y43" }
"""


def options(folder: Path, **changes: object) -> argparse.Namespace:
    """The plugin's options for a run in a folder."""
    file = folder / "candidate.toml"
    file.write_text(DECLARED, "utf-8")
    given = {"candidate": str(file), "plan": "trading-1", "run_dir": str(folder / "run"), "seed": "s", "attempt": 1}
    return argparse.Namespace(**{**given, "no_recording": False, "auditor_key": None, "resolver": None, **changes})


def test_an_observation_goes_into_evidence_and_journal(tmp_path: Path) -> None:
    bench = Bench.open(options(tmp_path), "gw0")
    bench.recorder.enter("a/b::test_c", 1)
    bench.recorder.observe(InputObservation("x", b"y"))
    bench.close()

    assert {path.name for path in (tmp_path / "run/evidence").iterdir()} == {"gw0-1.warc.gz", "gw0-1.sealed"}
    (_, declared), (_, event) = journal.read(tmp_path / "run/journal/gw0-1.jsonl")
    assert isinstance(declared, Observed)
    assert (declared.check, declared.ordinal, declared.kind) == (BETWEEN, 1, "input")
    assert isinstance(event, journal.Observed)
    assert (event.check, event.ordinal, event.kind) == ("a/b::test_c", 1, "input")


def test_without_recording_no_evidence_is_kept(tmp_path: Path) -> None:
    bench = Bench.open(options(tmp_path, no_recording=True), "gw0")
    bench.recorder.observe(InputObservation("x", b"y"))
    bench.close()

    assert not (tmp_path / "run/evidence").exists()


def test_workers_and_attempts_have_files_of_their_own(tmp_path: Path) -> None:
    for worker, attempt in (("gw0", 1), ("gw1", 1), ("gw0", 2)):
        Bench.open(options(tmp_path, attempt=attempt), worker).close()

    assert len(list((tmp_path / "run/journal").iterdir())) == 3


def test_a_declaration_that_is_wrong_is_named(tmp_path: Path) -> None:
    with pytest.raises(DeclarationError, match=r"nowhere\.toml"):
        Bench.open(options(tmp_path, candidate=str(tmp_path / "nowhere.toml")), "gw0")


def test_a_data_set_has_a_bench_without_anybody_to_act(tmp_path: Path) -> None:
    (tmp_path / "data.jsonl").write_text('{"ocid": "o", "id": "1"}\n')
    given = options(tmp_path, records=[str(tmp_path / "data.jsonl")], mapping=None, plan="records-example")
    bench = RecordBench.open(given)
    bench.close()

    assert bench.plan.id == "records-example"
    assert [tender.id for tender in bench.records.data.tenders(tmp_path)] == ["o"]
    assert list(journal.read(tmp_path / "run/journal/main-1.jsonl")) == []
    assert not (tmp_path / "run/evidence").exists()


def test_records_of_china_are_counted_by_its_calendar_and_others_in_their_own_days(tmp_path: Path) -> None:
    moment = datetime(2026, 12, 31, 17, tzinfo=UTC)
    for plan, day in (("records-cn", date(2027, 1, 1)), ("records-example", date(2026, 12, 31))):
        records = data_set([tmp_path / "data.jsonl"], None, load_plan(plan, content.specs_dir()), tmp_path)
        assert records.law.calendar.day(moment) == day


def test_the_benchmark_of_an_interface_has_a_bench_like_any_worker(tmp_path: Path) -> None:
    file = tmp_path / "candidate.toml"
    file.write_text(DECLARED, "utf-8")
    bench = interface.opened(str(file), str(tmp_path / "run"))
    bench.close()

    assert bench.driver.candidate.base_url == "http://127.0.0.1:1"


def test_time_that_is_spent_is_whose_who_spent_it() -> None:
    Time().require(0.0)
    Time(until=monotonic() + 60).require(60.0)
    spent = Time(until=monotonic() - 1, since=monotonic() - 100)
    for waited, blame in ((30.0, Blame.PLATFORM), (5.0, Blame.TOOL)):
        with pytest.raises(OutOfTime, match=OUT_OF_TIME) as raised:
            spent.require(waited)
        assert raised.value.blame is blame
