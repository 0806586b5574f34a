"""Three different persons stand under a report that demands it, and one may stand under a self-test."""

from pathlib import Path

import pytest

from tenderproof import signatories
from tenderproof.result import Signatories, Signatory
from tenderproof.signatories import SignatoryError

THREE = Signatories(prepared=Signatory(name="甲"), reviewed=Signatory(name="乙"), approved=Signatory(name="丙"))


@pytest.mark.parametrize("kind", sorted(signatories.THREE_PERSONS))
def test_three_different_persons_may_sign_a_report(kind: str) -> None:
    signatories.require_lawful(kind, THREE)


@pytest.mark.parametrize("again", ["甲", " 甲 ", "甲·", "\u200b甲", "甲\u2060", "\u202e甲", "甲（\u3164）", "甲\ufe0f", "甲-"])
def test_one_person_cannot_prepare_and_approve_a_test_report(again: str) -> None:
    twice = THREE.model_copy(update={"approved": Signatory(name=again)})

    with pytest.raises(SignatoryError, match="stands as who prepared and who approved"):
        signatories.require_lawful("test_report", twice)


@pytest.mark.parametrize(("one", "other"), [("王芳", "王方"), ("བོད", "བད"), ("Li Wei", "Li Mei"), ("王芳", "王芳2")])
def test_names_that_are_seen_to_differ_are_two_persons(one: str, other: str) -> None:
    assert signatories.same_person(one) != signatories.same_person(other)


@pytest.mark.parametrize("capacity", signatories.CAPACITIES)
def test_a_test_report_needs_all_three(capacity: str) -> None:
    with pytest.raises(SignatoryError, match=f"who {capacity} it; say --{capacity}-by"):
        signatories.require_lawful("test_report", THREE.model_copy(update={capacity: None}))


def test_a_self_test_needs_nobody_and_bears_one_person_thrice() -> None:
    me = Signatory(name="甲")

    signatories.require_lawful("self_test", Signatories())
    signatories.require_lawful("self_test", Signatories(prepared=me, reviewed=me, approved=me))


def test_a_name_on_the_command_line_goes_before_the_file(tmp_path: Path) -> None:
    file = tmp_path / "names.toml"
    file.write_text(
        '[prepared]\nname = "甲"\ntitle = "检测工程师"\ndate = 2026-11-23\n[reviewed]\nname = "乙"\ndate = "2026-11-24"\n', "utf-8"
    )

    found = signatories.of(file, {"prepared": None, "reviewed": "戊", "approved": None})

    assert signatories.read(file).reviewed == Signatory(name="乙", date="2026-11-24")
    assert found.prepared == Signatory(name="甲", title="检测工程师", date="2026-11-23")
    assert found.reviewed == Signatory(name="戊")
    assert found.approved is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[signed]\nname = 'x'", "no capacity signed"),
        ("prepared = 'x'", "prepared must be a table"),
        ("[prepared]\nname = 3", "prepared must be a table"),
        ("[prepared]\nname = 'x'\ndate = 2026-11-23T10:00:00Z", "prepared must be a table"),
        ("[prepared]\ntitle = 'x'", "prepared must be a table"),
        ("[prepared]\nname = ' '", "the name is empty"),
        ("[prepared]\nalias = 'x'", "prepared must be a table"),
        ("[prepared", "cannot be read"),
    ],
)
def test_a_file_that_names_nobody_is_refused_with_its_place(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "names.toml"
    file.write_text(text, "utf-8")

    with pytest.raises(SignatoryError, match=said):
        signatories.read(file)
