"""``tenderproof certify`` writes credential, decision and papers, or nothing at all and a sentence."""

import json
from datetime import date
from pathlib import Path

import pytest

from tenderproof.certification import checking
from tests.certification.bodies import DAY, House, house
from tests.cli.command import tenderproof


@pytest.fixture(scope="module")
def settled(tmp_path_factory: pytest.TempPathFactory) -> House:
    return house(tmp_path_factory.mktemp("certify"))


def _arguments(settled: House, out: Path, **changes: str) -> list[str | Path]:
    options: dict[str, str | Path] = {
        "number": "TP-2026-001", "level": "3", "body": "示例认证中心", "decided-by": "丁", "trust": settled.laboratory.certificate,
        "key": settled.body.key, "cert": settled.body.certificate, "out": out, "day": DAY.isoformat(),
    }  # fmt: skip
    return ["certify", settled.bundle, *(part for name, value in (options | changes).items() for part in (f"--{name}", value))]


def test_what_is_issued_holds_on_paper_and_as_a_credential(settled: House, tmp_path: Path) -> None:
    ended = tenderproof(*_arguments(settled, tmp_path), "--json", cwd=settled.standard)

    assert (ended.returncode, ended.stderr) == (0, "")
    said = json.loads(ended.stdout)
    assert (said["number"], said["level"], said["valid_until"]) == ("TP-2026-001", 3, "2029-11-24")
    names = {Path(file).name for file in said["files"]}
    assert names == {"TP-2026-001.jwt", "TP-2026-001.pdf", "TP-2026-001.en.pdf", "TP-2026-001.decision.jwt"}
    for name in ("TP-2026-001.jwt", "TP-2026-001.pdf", "TP-2026-001.en.pdf"):
        assert checking.check(tmp_path / name, settled.party, DAY).holds


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"level": "4"}, "no more than what was reached is certified"),
        ({"decided-by": "甲"}, "who tested does not decide"),
        ({"number": "../x"}, "A certificate needs number"),
        ({"day": "2026-13-01"}, "is no day"),
    ],
)
def test_what_cannot_be_certified_ends_with_a_sentence_and_nothing_is_written(
    settled: House, tmp_path: Path, changes: dict[str, str], said: str
) -> None:
    ended = tenderproof(*_arguments(settled, tmp_path / "out", **changes), cwd=settled.standard)

    assert ended.returncode == 64
    assert said in ended.stderr
    assert not (tmp_path / "out").exists()


def test_a_number_is_given_once(settled: House, tmp_path: Path) -> None:
    (tmp_path / "TP-2026-001.jwt").write_text("taken", "ascii")
    ended = tenderproof(*_arguments(settled, tmp_path), cwd=settled.standard)

    assert ended.returncode == 64
    assert "a number is given once" in ended.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["TP-2026-001.jwt"]


def test_a_renewal_names_the_certificate_of_the_same_folder(settled: House, tmp_path: Path) -> None:
    (tmp_path / "TP-2026-001.jwt").write_text(settled.credential(), "ascii")
    arguments = {"number": "TP-2029-007", "renews": "TP-2026-001"}
    early = tenderproof(*_arguments(settled, tmp_path, **arguments, day="2029-05-23"), cwd=settled.standard)
    assert early.returncode == 64
    assert "is renewed from 2029-05-24 on" in early.stderr
    ended = tenderproof(*_arguments(settled, tmp_path, **arguments, day="2029-05-24"), "--json", cwd=settled.standard)
    assert (ended.returncode, ended.stderr) == (0, "")
    made = checking.check(tmp_path / "TP-2029-007.en.pdf", settled.party, date(2029, 5, 24)).certificate
    assert made is not None
    assert made.renews is not None
    assert made.renews.number == "TP-2026-001"

    unknown = tenderproof(*_arguments(settled, tmp_path, number="TP-2", renews="TP-404"), cwd=settled.standard)
    assert unknown.returncode == 64
    assert "There is no certificate TP-404" in unknown.stderr
