"""``tenderproof certificate``: verify and change, in both languages and for programs."""

import hashlib
import json
from datetime import timedelta
from pathlib import Path

import pytest

from tenderproof.certification import register, status
from tests.certification import surveys
from tests.certification.bodies import DAY, House, house
from tests.certification.sites import MADE, Site, published
from tests.certification.surveys import RECORDED
from tests.cli.command import tenderproof


@pytest.fixture(scope="module")
def settled(tmp_path_factory: pytest.TempPathFactory) -> House:
    return house(tmp_path_factory.mktemp("certificate"))


@pytest.fixture
def site(settled: House, tmp_path: Path) -> Site:
    return published(settled, tmp_path)


def _verify(site: Site, name: str, *more: str | Path, language: str = "en") -> tuple[int, str]:
    trust = ("--trust", site.house.body.certificate, "--day", MADE.isoformat())
    ended = tenderproof("certificate", "verify", site.published / name, *trust, *more, language=language)
    assert ended.stderr == ""
    return ended.returncode, ended.stdout


@pytest.mark.parametrize(("language", "words"), [("en", "The certificate holds"), ("zh", "证书成立")])
def test_a_valid_certificate_is_said_to_hold(site: Site, language: str, words: str) -> None:
    code, said = _verify(site, "TP-1-VALID.jwt", "--register", site.published, language=language)
    assert code == 0
    assert words in said


@pytest.mark.parametrize(("language", "words"), [("en", "TP-4-WITHDRAWN is withdrawn"), ("zh", "TP-4-WITHDRAWN 已撤销")])
def test_a_withdrawn_one_is_named(site: Site, language: str, words: str) -> None:
    code, said = _verify(site, "TP-4-WITHDRAWN.jwt", "--register", site.published, language=language)
    assert code == 1
    assert words in said


@pytest.mark.parametrize(("language", "words"), [("en", "whether it is valid is OPEN"), ("zh", "是否有效尚未判定")])
def test_without_a_register_whether_it_is_valid_stays_open(site: Site, language: str, words: str) -> None:
    day = ("--day", (DAY + timedelta(days=200)).isoformat())  # a withdrawn one, whose first surveillance is not due yet
    code, said = _verify(site, "TP-4-WITHDRAWN.jwt", *day, language=language)
    assert code == 2
    assert "--register" in said
    assert words in said
    line = json.loads(_verify(site, "TP-4-WITHDRAWN.jwt", *day, "--json")[1])
    assert (line["holds"], line["status"], line["register_of"]) == (True, None, None)


def test_what_its_dates_end_is_not_open_without_a_register(site: Site) -> None:
    code, _ = _verify(site, "TP-4-WITHDRAWN.jwt", "--day", (DAY + timedelta(days=4000)).isoformat())
    assert code == 1


def test_a_whole_register_is_verified(site: Site) -> None:
    assert _verify(site, "")[0] == 0
    (site.published / "TP-1-VALID.pdf").unlink()
    code, said = _verify(site, "")
    assert code == 1
    assert "TP-1-VALID.pdf is missing" in said


def test_for_programs_it_is_one_line(site: Site) -> None:
    line = json.loads(_verify(site, "TP-3-SUSPENDED.jwt", "--register", site.published, "--json")[1])
    assert (line["holds"], line["status"], line["register_of"]) == (False, "suspended", MADE.isoformat())
    assert [finding["code"] for finding in line["findings"]] == ["suspended"]
    assert line["certificate"]["number"] == "TP-3-SUSPENDED"


def test_a_change_is_signed_and_shows_in_the_next_register(site: Site, tmp_path: Path) -> None:
    keys = ("--key", site.house.body.key, "--cert", site.house.body.certificate)
    day = (MADE + timedelta(days=1)).isoformat()
    change = ("--status", "withdrawn", "--ground", "fraud", "--decided-by", "丁", "--day", day)
    ended = tenderproof("certificate", "change", site.certificates, "TP-1-VALID", *change, *keys, "--json")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert json.loads(ended.stdout)["file"] == str(site.certificates / "TP-1-VALID.status-2.jwt")

    made = tenderproof("register", site.certificates, "--out", tmp_path / "new", *keys, "--day", day, "--json")
    assert json.loads(made.stdout)["certificates"]["TP-1-VALID"] == "withdrawn"


def test_a_change_that_cannot_be_ends_with_a_sentence(site: Site) -> None:
    keys = ("--key", site.house.body.key, "--cert", site.house.body.certificate)
    change = ("--status", "suspended", "--ground", "weather", "--decided-by", "丁")
    ended = tenderproof("certificate", "change", site.certificates, "TP-1-VALID", *change, *keys)
    assert ended.returncode == 64
    assert "is not suspended because of weather" in ended.stderr


def _folder(settled: House, tmp_path: Path) -> Path:
    folder = tmp_path / "certificates"
    folder.mkdir()
    (folder / "TP-2026-001.jwt").write_text(settled.credential(), "ascii")
    return folder


def _change(
    settled: House, folder: Path, ground: str, *more: str | Path, status: str = "valid", language: str = "en"
) -> tuple[int, str, str]:
    keys = ("--key", settled.body.key, "--cert", settled.body.certificate, "--decided-by", "丁", "--day", RECORDED.isoformat())
    ended = tenderproof(
        "certificate", "change", folder, "TP-2026-001", "--status", status, "--ground", ground, *keys, *more,
        cwd=settled.standard, language=language,
    )  # fmt: skip
    return ended.returncode, ended.stdout, ended.stderr


def _report(settled: House, path: Path) -> tuple[str | Path, ...]:
    return ("--report", path, "--certified", settled.bundle, "--trust", settled.laboratory.certificate)


@pytest.mark.parametrize(("language", "words"), [("en", "the next is due by 2028-01-15"), ("zh", "下次不迟于 2028-01-15")])
def test_a_surveillance_is_recorded_and_shows_in_register_and_checking(settled: House, tmp_path: Path, language: str, words: str) -> None:
    folder = _folder(settled, tmp_path)
    code, said, errors = _change(
        settled, folder, "surveillance_passed", *_report(settled, surveys.bundle(settled, tmp_path / "later")), language=language
    )
    assert (code, errors) == (0, "")
    assert words in said

    keys, day = ("--key", settled.body.key, "--cert", settled.body.certificate), ("--day", "2027-12-20")
    made = tenderproof("register", folder, "--out", tmp_path / "site", *keys, *day, "--json")
    assert json.loads(made.stdout)["certificates"] == {"TP-2026-001": "valid"}
    verify = ("certificate", "verify", folder / "TP-2026-001.jwt", "--trust", settled.body.certificate, "--register", tmp_path / "site")
    ended = tenderproof(*verify, *day, language=language)
    assert ended.returncode == 0
    assert "2028-01-15" in ended.stdout
    line = json.loads(tenderproof(*verify, *day, "--json").stdout)
    assert (line["status"], line["surveillance_by"]) == ("valid", "2028-01-15")


def test_a_surveillance_that_shows_nothing_is_refused_and_nothing_is_written(settled: House, tmp_path: Path) -> None:
    folder = _folder(settled, tmp_path)
    for more, words in (
        (_report(settled, settled.bundle), "The result is a test_report; a laboratory's surveillance_report is asked for"),
        ((), "name that with --report, and the certified bundle with --certified"),
        (("--report", settled.bundle, "--certified", settled.bundle), "name its certificate or key with --trust"),
        ((*_report(settled, settled.bundle)[:4], "--trust", settled.body.certificate), "does not hold (signer_unknown)"),
    ):
        code, _, errors = _change(settled, folder, "surveillance_passed", *more)
        assert code == 64
        assert words in errors
    assert [path.name for path in folder.iterdir()] == ["TP-2026-001.jwt"]


@pytest.mark.parametrize(("language", "words"), [("en", "in force, but is not shown to be kept"), ("zh", "未证明持续符合")])
def test_an_overdue_one_is_told_apart_from_one_that_does_not_hold(site: Site, language: str, words: str) -> None:
    code, said = _verify(site, "TP-7-OVERDUE.jwt", "--register", site.published, language=language)
    assert code == 1
    assert words in said
    assert "2027-11-24" in said
    assert "NOT" not in said


def test_a_reported_change_keeps_the_certificate_and_names_the_version_that_counts(settled: House, tmp_path: Path) -> None:
    folder = _folder(settled, tmp_path)
    (tmp_path / "report.txt").write_text("迁移", "utf-8")
    told = ("--reported", tmp_path / "report.txt", "--reported-on", "2027-01-02", "--new-version", "2.0")
    code, _, errors = _change(settled, folder, "major_change", *told)
    assert (code, errors) == (0, "")
    (change,) = status.history(settled.certificate(), register.chain(folder, "TP-2026-001"), settled.party)
    assert change.reported is not None
    assert (change.reported.version, change.reported.sha256) == ("2.0", hashlib.sha256("迁移".encode()).hexdigest())

    for ground, more, words in (
        ("major_change", ("--new-version", "3"), "go with the holder's report; name it with --reported"),
        ("corrected", told, "A report of the holder goes with --ground major_change"),
        ("major_change", ("--reported", tmp_path / "none"), "cannot be read"),
        ("major_change", _report(settled, settled.bundle), "go with --ground surveillance_passed"),
        ("major_change", (), "name it with --reported FILE"),
    ):
        code, _, errors = _change(settled, folder, ground, *more)
        assert code == 64
        assert words in errors
