"""The papers of a run are opened again from what it kept, and come out as they did; whatever of it was changed shows."""

import base64
import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import rfc8785

from tenderproof.candidate import published
from tenderproof.dossier import examination, kept
from tenderproof.dossier.desk import Desk
from tenderproof.dossier.examination import Taken
from tenderproof.dossier.kept import KeptError
from tenderproof.dossier.people import PeopleError

from . import desks
from .desks import Folder

Change = Callable[[Path], object]


@pytest.fixture
def run(tmp_path: Path) -> tuple[Path, Desk, Taken]:
    """A run's folder with papers of every form, one of them with a fault, and the desk on which they were looked at."""
    (tmp_path / "candidate").mkdir()
    folder = Folder(tmp_path / "candidate")
    folder.put("exemption", desks.exemption(), "王芳")
    folder.put("attestation", desks.attestation(files=folder.file("policy.txt", "八位")), "王芳")
    folder.put("waiver", desks.waiver(), "王芳", "李强")
    folder.put("expired", desks.attestation("F-02", date="2025-01-01", expires="2025-06-01"), "王芳")
    folder.put("test_report", desks.test_report(), "检测实验室")
    folder.put("trial", desks.trial(folder), "王芳")
    folder.put("untraced", desks.attestation("F-03", files={"gone.txt": "00" * 32}), "王芳")
    desk = folder.desk()
    taken = examination.examine(desk)
    kept.keep(desk, taken, tmp_path)
    return tmp_path, desk, taken


def _reopened(run: tuple[Path, Desk, Taken]) -> Taken:
    folder, desk, _ = run
    declared = published.published(desk.candidate.raw)
    return kept.reopened(folder, declared, desk.plan, desk.clauses, desk.version, desk.today)


def test_they_come_out_as_they_did(run: tuple[Path, Desk, Taken]) -> None:
    again, before = _reopened(run), run[2]

    assert again == before
    counting = {paper.kind for paper in again.papers if paper.counts}
    assert counting == {"exemption", "attestation", "waiver", "test_report", "trial_operation_report"}
    assert [paper.fault.code for paper in again.papers if paper.fault] == ["expired", "file_absent"]


def test_traces_that_did_not_hold_do_not_hold_again(tmp_path: Path) -> None:
    (tmp_path / "candidate").mkdir()
    folder = Folder(tmp_path / "candidate")
    folder.put("test_report", desks.test_report(), "检测实验室")
    said = desks.trial(folder)
    said["facts"]["cases"] = ["P1", "P2", "P9"]
    folder.put("trial", said, "王芳")
    desk = folder.desk()
    taken = examination.examine(desk)
    kept.keep(desk, taken, tmp_path)

    assert [paper.fault.code for paper in taken.papers if paper.fault] == ["trace_absent"]
    assert _reopened((tmp_path, desk, taken)) == taken


def test_nothing_is_kept_where_nothing_was_handed_in(tmp_path: Path) -> None:
    (tmp_path / "candidate").mkdir()
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "of-an-earlier-run.dsse.json").write_text("{}")
    desk = Folder(tmp_path / "candidate").desk()
    kept.keep(desk, examination.examine(desk), tmp_path)

    assert not (tmp_path / "papers").exists()
    assert _reopened((tmp_path, desk, examination.NOTHING)) == examination.NOTHING


def _payload(name: str, **changes: Any) -> Change:
    """The paper with another content under the old signature."""

    def change(papers: Path) -> None:
        path = papers / f"{name}.dsse.json"
        raw = json.loads(path.read_text("utf-8"))
        payload = json.loads(base64.b64decode(raw["payload"])) | changes
        path.write_text(json.dumps(raw | {"payload": base64.b64encode(rfc8785.dumps(payload)).decode()}), "utf-8")

    return change


def _signed(name: str, payload: dict[str, Any], by: str) -> Change:
    return lambda papers: Folder(papers.parent).put(name, payload, by)


def _noted(**changes: Any) -> Change:
    def change(papers: Path) -> None:
        path = papers / kept.ATTACHMENTS
        path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | changes), "utf-8")

    return change


def _signer(number: int, **changes: Any) -> Change:
    def change(papers: Path) -> None:
        path = papers / kept.SIGNERS
        people = json.loads(path.read_text("utf-8"))
        people[number] |= changes
        path.write_text(json.dumps(people), "utf-8")

    return change


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (_payload("exemption", clause="A-72"), "bad_signature"),
        (_payload("attestation", expires="2027-06-20"), "bad_signature"),
        (_signed("exemption", desks.exemption(), "谁也不认识"), "unknown_key"),
        (_signed("test_report", desks.test_report(), "王芳"), "other_person"),
        (_signed("another", desks.exemption(), "李强"), "other_person"),
        (lambda papers: (papers / "waiver.dsse.json").unlink(), ""),
        (_noted(digests={}), "file_absent"),
        (_noted(digests={"policy.txt": hashlib.sha256(b"other").hexdigest()}), "file_changed"),
        (_signer(0, key=desks.public_pem("另一把").decode()), "unknown_key"),
        (_signer(3, name="另一实验室"), "other_person"),
    ],
    ids=["clause", "expiry", "other key", "own for body", "added", "dropped", "no file", "other file", "swapped key", "renamed body"],
)
def test_whatever_was_changed_comes_out_otherwise(run: tuple[Path, Desk, Taken], change: Change, fault: str) -> None:
    change(run[0] / kept.FOLDER)
    again = _reopened(run)

    assert again != run[2]
    assert not fault or fault in [paper.fault.code for paper in again.papers if paper.fault]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (_signer(0, name="张三"), "names other people of the operator than the declaration"),
        (_signer(2, named_by="declaration"), "does not say whose keys"),
        (_signer(3, capacity="operator"), "does not say whose keys"),
        (_signer(3, key="-----BEGIN"), "cannot be read"),
        (_signer(3, key=desks.public_pem("王芳").decode()), "has the key of 王芳"),
        (lambda papers: (papers / kept.SIGNERS).unlink(), "does not say whose keys"),
        (lambda papers: (papers / kept.SIGNERS).write_text("[1]"), "does not say whose keys"),
        (lambda papers: (papers / kept.ATTACHMENTS).unlink(), "does not say what was seen"),
        (_noted(faults={"trial.dsse.json": {"code": "expired", "values": {}}}), "that is none of an attached file"),
        (lambda papers: (papers / "readme.txt").write_text("x"), "is no paper of the run"),
        (lambda papers: (papers / "x.dsse.json").symlink_to("/etc/passwd"), "is no paper of the run"),
    ],
    ids=[
        "other own",
        "body by declaration",
        "capacity",
        "no key",
        "own key",
        "no signers",
        "no list",
        "no attachments",
        "other fault",
        "other file",
        "link",
    ],
)
def test_what_cannot_be_opened_ends_with_a_sentence(run: tuple[Path, Desk, Taken], change: Change, said: str) -> None:
    change(run[0] / kept.FOLDER)
    with pytest.raises((KeptError, PeopleError), match=said):
        _reopened(run)
