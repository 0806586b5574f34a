from pathlib import Path

import pytest

from tenderproof.seal import disclosure, signature, verification
from tenderproof.seal.disclosure import DisclosureError
from tenderproof.seal.signature import Sealer

from . import bundles


@pytest.fixture
def sealer(tmp_path: Path) -> Sealer:
    return bundles.sealer(tmp_path)


@pytest.fixture
def bundle(tmp_path: Path, sealer: Sealer) -> Path:
    return bundles.sealed(tmp_path, sealer)


def first_check() -> str:
    return next(check.id for check in bundles.result().checks if check.observations)


def test_the_seal_holds_without_the_records_that_were_taken_out(bundle: Path, sealer: Sealer, tmp_path: Path) -> None:
    gone = disclosure.withhold(bundle, [first_check()], tmp_path / "less.zip")
    done = verification.verify(tmp_path / "less.zip", [signature.party(sealer.pem, "")])

    assert gone > 1
    assert (done.findings, len(done.withheld)) == ([], gone)
    assert (tmp_path / "less.zip").stat().st_size < bundle.stat().st_size


def test_one_record_can_be_taken_out_and_then_the_rest_of_its_check(bundle: Path, tmp_path: Path) -> None:
    assert disclosure.withhold(bundle, [f"{first_check()}#1"], tmp_path / "one.zip") == 1
    more = disclosure.withhold(tmp_path / "one.zip", [first_check()], tmp_path / "all.zip")

    assert len(verification.verify(tmp_path / "all.zip").withheld) == more + 1
    assert verification.verify(tmp_path / "all.zip").holds


def test_nothing_of_a_withheld_record_is_left_and_its_hash_cannot_be_guessed(bundle: Path, tmp_path: Path) -> None:
    disclosure.withhold(bundle, [f"{first_check()}#1"], tmp_path / "less.zip")
    before, after = bundles.contents(bundle), bundles.contents(tmp_path / "less.zip")
    (archive,) = (name for name in before if name.endswith(".warc.gz") and before[name] != after[name])
    (line,) = (line for line in after[f"leaves/{archive}.txt"].splitlines() if line.startswith(b"withheld"))
    salt = next(old for old in before[f"leaves/{archive}.txt"].splitlines() if old.endswith(line.split()[1])).split()[1]

    assert len(after[archive]) < len(before[archive])
    assert all(salt not in octets for octets in after.values())


@pytest.mark.parametrize("name", ["nobody/nothing::test_nothing", "", "main-1"])
def test_a_record_that_is_not_there_is_a_sentence(name: str, bundle: Path, tmp_path: Path) -> None:
    with pytest.raises(DisclosureError, match="has no record"):
        disclosure.withhold(bundle, [name], tmp_path / "less.zip")
    assert not (tmp_path / "less.zip").exists()
