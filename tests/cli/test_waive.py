"""One asks for a waiver, another approves it; nobody does both."""

import json
from pathlib import Path

import pytest

from tests.dossier import desks
from tests.dossier.desks import Folder

from .command import tenderproof
from .test_attest import declared

__all__ = ["declared"]


def asked_for(declared: Path, **changes: str) -> list[str | Path]:
    """The command line that asks for a waiver of A-01."""
    options = {"clause": "A-01", "reason": "下一版本修正", "approver": "李强"} | changes
    given = [part for name, value in options.items() for part in (f"--{name}", value)]
    return ["waive", declared, "--plan", "trading-1", "--key", declared.with_name("王芳.key"), *given]


def absent(declared: Path) -> list[str]:
    """Why papers count as absent."""
    said = tenderproof("dossier", declared, "--plan", "trading-1", "--json")
    return [paper["fault"]["code"] for paper in json.loads(said.stdout)["absent"] if paper["kind"] == "waiver"]


def test_a_waiver_counts_when_another_person_has_approved_it(declared: Path) -> None:
    said = tenderproof(*asked_for(declared), "--json")
    path = json.loads(said.stdout)["written"]
    assert said.returncode == 0, said.stderr
    assert absent(declared) == ["not_approved"]

    approved = tenderproof("waive", declared, "--plan", "trading-1", "--key", declared.with_name("李强.key"), "--approve", path, "--json")

    assert json.loads(approved.stdout) == {"written": path, "approved": True}
    assert absent(declared) == []


@pytest.mark.parametrize(("key", "said"), [("王芳", "not_approved"), ("检测实验室", "names 李强, but")])
def test_nobody_else_approves(declared: Path, key: str, said: str) -> None:
    path = Path(json.loads(tenderproof(*asked_for(declared), "--json").stdout)["written"])
    before = path.read_bytes()
    known = Folder(declared.parent).known_signers()

    ended = tenderproof(
        "waive", declared, "--plan", "trading-1", "--key", declared.with_name(f"{key}.key"), "--approve", path, "--known-signers", known
    )

    assert ended.returncode == 64
    assert said in ended.stderr or "a signature is missing" in ended.stderr
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"approver": "王芳"}, "another person must approve"),
        ({"approver": "陌生人"}, "陌生人 is not known"),
        ({"clause": "Z-9"}, "There is no clause Z-9"),
        ({"reason": " "}, "A waiver needs --reason"),
        ({"expires": "soon"}, "is no day"),
    ],
)
def test_a_waiver_that_cannot_be_is_refused(declared: Path, changes: dict[str, str], said: str) -> None:
    ended = tenderproof(*asked_for(declared, **changes))

    assert ended.returncode == 64
    assert said in ended.stderr
    assert not list(declared.parent.glob("papers/*"))


def test_what_is_approved_must_be_a_signed_paper(declared: Path) -> None:
    ended = tenderproof("waive", declared, "--key", declared.with_name("李强.key"), "--approve", declared)

    assert ended.returncode == 64
    assert "no signed paper" in ended.stderr


def test_a_waiver_needs_a_version_to_hold_for(declared: Path) -> None:
    declared.write_text(declared.read_text("utf-8").replace(f'version = "{desks.VERSION}"\n', ""), "utf-8")

    assert "holds for one version" in tenderproof(*asked_for(declared)).stderr
