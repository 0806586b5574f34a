"""A time stamp is about this bundle, younger than the run, and by an authority that the user believes; OpenSSL makes it."""

import subprocess
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from tenderproof import result
from tenderproof.seal import sealing, signature, timestamp, verification
from tenderproof.seal.timestamp import TimestampError, TimestampTrouble
from tests.evidence.server import plain, serving

from .conftest import Bundled
from .forgery import Files, apart, changed
from .timers import Timer


@pytest.fixture(scope="module")
def timer(tmp_path_factory: pytest.TempPathFactory) -> Timer:
    return Timer(tmp_path_factory.mktemp("timer") / "tsa")


@pytest.fixture(scope="module")
def stamped(bundled: Bundled, timer: Timer, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundle, time-stamped."""
    out = tmp_path_factory.mktemp("stamped") / "b.zip"
    with timer.serving() as url:
        sealing.seal(bundled.run, result.read(bundled.run / "result.json"), bundled.sealer, out, url)
    return out


def _put(stamp: bytes, files: Files) -> None:
    files["timestamp.tsr"] = stamp


def codes(path: Path, *timers: Path) -> list[str]:
    """What is found by somebody who believes these authorities."""
    return [found.code for found in verification.verify(path, (), [signature.load_party(one) for one in timers]).findings]


def test_a_time_stamp_is_there_and_its_authority_is_believed(stamped: Path, timer: Timer) -> None:
    done = verification.verify(stamped, (), [signature.load_party(timer.root)])

    assert (done.findings, done.stamped_by_trusted) == ([], True)
    assert done.moment is not None
    assert verification.verify(stamped).stamped_by_trusted is None


def test_openssl_verifies_it_as_the_script_says(stamped: Path, timer: Timer, tmp_path: Path) -> None:
    for name in ("timestamp.tsr", "statement.dsse.json"):
        (tmp_path / name).write_bytes(apart(stamped.read_bytes())[name])
    command = ["openssl", "ts", "-verify", "-in", "timestamp.tsr", "-data", "statement.dsse.json", "-CAfile", str(timer.root)]

    assert b"Verification: OK" in subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).stdout


def test_another_authority_is_not_believed(stamped: Path, tmp_path: Path) -> None:
    assert codes(stamped, Timer(tmp_path / "other").root) == ["timestamp_signature"]


def test_a_stripped_time_stamp_is_missed_by_who_asks_for_one(bundled: Bundled, timer: Timer) -> None:
    assert codes(bundled.path, timer.root) == ["timestamp_missing"]


def test_a_time_stamp_of_something_else_is_named(stamped: Path, timer: Timer, tmp_path: Path) -> None:
    with timer.serving() as url:
        other = timestamp.ask(url, b"something else")
    (tmp_path / "b.zip").write_bytes(changed(stamped.read_bytes(), lambda files: files.update({"timestamp.tsr": other})))

    assert codes(tmp_path / "b.zip", timer.root) == ["timestamp_other"]


def test_a_time_stamp_in_another_form_is_named(stamped: Path, tmp_path: Path) -> None:
    for number, broken in enumerate((b"", b"junk", apart(stamped.read_bytes())["timestamp.tsr"] + b"\0")):
        path = tmp_path / f"{number}.zip"
        path.write_bytes(changed(stamped.read_bytes(), partial(_put, broken)))

        assert codes(path) == ["timestamp_form"]


def test_a_time_stamp_that_is_older_than_the_run_is_named(bundled: Bundled, timer: Timer, tmp_path: Path) -> None:
    found = result.read(bundled.run / "result.json")
    late = found.model_copy(update={"run": found.run.model_copy(update={"finished": datetime(2099, 1, 1, tzinfo=UTC)})})
    run = tmp_path / "run"
    run.mkdir()
    for name in ("declaration.json", "environment.json"):
        (run / name).write_bytes((bundled.run / name).read_bytes())
    result.write(late.model_copy(update={"evidence": []}), run / "result.json")
    with timer.serving() as url:
        sealing.seal(run, result.read(run / "result.json"), bundled.sealer, tmp_path / "b.zip", url)

    assert codes(tmp_path / "b.zip", timer.root) == ["timestamp_early"]


@pytest.mark.parametrize(("head", "body"), [("HTTP/1.1 500 Oh\r\n", b""), ("HTTP/1.1 200 OK\r\n", b"no token")])
def test_an_authority_that_gives_none_is_named(head: str, body: bytes) -> None:
    with serving(plain(body, head)) as url, pytest.raises(TimestampError, match="gave no time stamp"):
        timestamp.ask(url, b"x")
    with pytest.raises(TimestampError, match="gave no time stamp"):
        timestamp.ask("http://127.0.0.1:1", b"x")


def test_what_is_read_is_about_the_octets(timer: Timer) -> None:
    with timer.serving() as url:
        stamp = timestamp.ask(url, b"x")

    timestamp.read(stamp, b"x")
    with pytest.raises(TimestampTrouble, match="timestamp_other"):
        timestamp.read(stamp, b"y")
