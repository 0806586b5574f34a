"""``tenderproof certificate``: verify and change, in both languages and for programs."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from tests.certification.bodies import House, house
from tests.certification.sites import MADE, Site, published
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


def test_without_a_register_the_reader_is_told_that_the_status_is_not_known(site: Site) -> None:
    code, said = _verify(site, "TP-4-WITHDRAWN.jwt")
    assert code == 0
    assert "name a register with --register" in said


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
    assert json.loads(ended.stdout)["file"] == str(site.certificates / "TP-1-VALID.status-1.jwt")

    made = tenderproof("register", site.certificates, "--out", tmp_path / "new", *keys, "--day", day, "--json")
    assert json.loads(made.stdout)["certificates"]["TP-1-VALID"] == "withdrawn"


def test_a_change_that_cannot_be_ends_with_a_sentence(site: Site) -> None:
    keys = ("--key", site.house.body.key, "--cert", site.house.body.certificate)
    change = ("--status", "suspended", "--ground", "weather", "--decided-by", "丁")
    ended = tenderproof("certificate", "change", site.certificates, "TP-1-VALID", *change, *keys)
    assert ended.returncode == 64
    assert "is not suspended because of weather" in ended.stderr
