"""A paper that is drawn up counts, or is not left behind."""

from datetime import date
from pathlib import Path

import pytest

from tenderproof.dossier import drafting, examination
from tenderproof.dossier.drafting import DraftError, Hand, WouldNotCount
from tenderproof.testing import keys

from . import desks
from .desks import Folder


def by(name: str) -> Hand:
    """Somebody's hand."""
    person = next(person for person in (*desks.own_people(), *desks.bodies()) if person.name == name)
    return Hand(person, keys.KeySigner(desks.private(name)))


def test_a_signed_attestation_counts_for_six_months_if_nobody_says_otherwise(folder: Folder) -> None:
    desk = folder.desk()
    person = by("王芳").person

    path = drafting.lay(desk, drafting.attestation(desk, person, "F-01", "有。", (), None), by("王芳"))

    assert examination.fault_of(path, desk) is None
    assert examination.examine(folder.desk()).statements["F-01"].expires == "2027-05-23"


def test_a_document_may_build_on_one_that_was_signed_a_moment_before(folder: Folder) -> None:
    desk = folder.desk(today=date(2026, 4, 27))
    report = {"kind": "test_report", "facts": desks.test_report()["facts"]}
    path = drafting.lay(desk, drafting.document(desk, by("检测实验室").person, report, None), by("检测实验室"))

    facts, words = desks.trial(folder)["facts"], {"CERT-STAR-6": "试运行符合要求。"}
    trial = {"kind": "trial_operation_report", "facts": facts, "files": ["P1.zip"], "statements": words}
    with pytest.raises(WouldNotCount, match="too_early"):
        drafting.lay(desk, drafting.document(desk, by("王芳").person, trial, None), by("王芳"))
    assert [paper.name for paper in path.parent.glob("*.json")] == [path.name]


def test_a_paper_that_would_not_count_is_not_left_behind(folder: Folder) -> None:
    desk = folder.desk()

    with pytest.raises(WouldNotCount) as caught:
        drafting.lay(desk, drafting.attestation(desk, by("王芳").person, "CERT-STAR-6", "有。", (), None), by("王芳"))
    assert caught.value.because.code == "document_needed"
    assert not list((folder.root / "papers").iterdir())


def test_what_rests_on_a_document_is_not_asked_of_a_person(folder: Folder) -> None:
    open_ones = drafting.open_statements(folder.desk(), examination.NOTHING)

    assert {"F-01", "E-01", "J-04", "HN-2.1-01"} <= set(open_ones)
    assert not {"D-01", "TS-8.1", "CERT-STAR-4", "CERT-STAR-6"} & set(open_ones)


def test_a_hand_is_known_by_its_key(tmp_path: Path) -> None:
    path = tmp_path / "key.pem"
    path.write_bytes(keys.pem(desks.private("李强")))
    assert drafting.hand(path, desks.own_people()).person.name == "李强"

    path.write_bytes(keys.new_key())
    with pytest.raises(DraftError, match="nobody's whom we know"):
        drafting.hand(path, desks.own_people())
    path.write_text("no key", "utf-8")
    with pytest.raises(DraftError, match="cannot be used"):
        drafting.hand(path, desks.own_people())


def test_the_same_words_are_not_signed_into_one_file_twice(folder: Folder) -> None:
    desk = folder.desk()
    payload = drafting.attestation(desk, by("王芳").person, "F-01", "有。", (), None)
    drafting.lay(desk, payload, by("王芳"))

    with pytest.raises(DraftError, match="is there already"):
        drafting.lay(desk, payload, by("王芳"))
