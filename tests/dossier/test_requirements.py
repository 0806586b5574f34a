"""Every way to spoil a paper is detected and named; a lawful one is not."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from tenderproof.dossier import examination

from . import desks
from .desks import Folder

Payload = dict[str, Any]


def fault(folder: Folder, **desk: Any) -> str | None:
    """The code of the fault of the one paper in the folder."""
    (paper,) = examination.examine(folder.desk(**desk)).papers
    return paper.fault.code if paper.fault else None


LAWFUL: list[tuple[Payload, tuple[str, ...]]] = [
    (desks.attestation(), ("王芳",)),
    (desks.attestation(date="2026-11-23", expires="2026-11-23"), ("王芳",)),
    (desks.exemption(), ("王芳",)),
    (desks.waiver(), ("王芳", "李强")),
    (desks.waiver(), ("李强", "王芳")),
    (desks.platform_code(), ("省公共服务平台",)),
    (desks.test_report(), ("检测实验室",)),
]


@pytest.mark.parametrize(("payload", "signers"), LAWFUL)
def test_a_lawful_paper_counts(folder: Folder, payload: Payload, signers: tuple[str, ...]) -> None:
    folder.put("paper", payload, *signers)

    assert fault(folder) is None


OTHER = {"name": "另一平台", "operator_uscc": desks.USCC}
SPOILED: list[tuple[str, Payload, tuple[str, ...], str]] = [
    ("a stranger signed", desks.attestation(), ("陌生人",), "unknown_key"),
    ("a colleague signed", desks.attestation(), ("李强",), "other_person"),
    ("another title", desks.attestation(signed_by=desks.person("王芳", "总经理")), ("王芳",), "other_person"),
    ("two signed", desks.attestation(), ("王芳", "李强"), "signatures"),
    ("another platform", desks.attestation(platform=OTHER), ("王芳",), "other_platform"),
    ("another operator", desks.attestation(platform={**OTHER, "name": "某交易平台", "operator_uscc": "x"}), ("王芳",), "other_platform"),
    ("expired yesterday", desks.attestation(expires="2026-11-22"), ("王芳",), "expired"),
    ("dated tomorrow", desks.attestation(date="2026-11-24"), ("王芳",), "not_yet"),
    ("expired before its date", desks.attestation(expires="2026-11-19"), ("王芳",), "never_valid"),
    ("valid a day too long", desks.attestation(expires="2027-11-21"), ("王芳",), "valid_too_long"),
    ("words of another edition", desks.attestation(words_sha256="0" * 64), ("王芳",), "stale"),
    ("an unknown clause", desks.attestation() | {"clause": "Z-99"}, ("王芳",), "no_such_clause"),
    ("a statement of the operator where a proof is due", desks.attestation("TS-8.1"), ("王芳",), "document_needed"),
    ("a statement where a report is due", desks.attestation("CERT-STAR-6"), ("王芳",), "document_needed"),
    ("no such day", desks.attestation(date="2026-02-30"), ("王芳",), "malformed"),
    ("a statement that says the contrary", desks.attestation(declares="not_kept"), ("王芳",), "malformed"),
    ("an empty statement", desks.attestation(statement=" "), ("王芳",), "malformed"),
    ("a field that nobody reads", desks.attestation() | {"note": "x"}, ("王芳",), "malformed"),
    ("an unknown form", desks.attestation(form="tenderproof-pardon/1"), ("王芳",), "other_form"),
    ("a file outside the folder", desks.attestation(files={"../candidate.toml": "0" * 64}), ("王芳",), "malformed"),
    ("an absolute file", desks.attestation(files={"/etc/passwd": "0" * 64}), ("王芳",), "malformed"),
    ("a file that is not there", desks.attestation(files={"policy.pdf": "0" * 64}), ("王芳",), "file_absent"),
    ("an item without #", desks.exemption("A-10"), ("王芳",), "no_mark"),
    ("a ground outside the two", desks.exemption(ground="external_dependency"), ("王芳",), "malformed"),
    ("an exemption by a laboratory", desks.exemption(signed_by=desks.LAB), ("检测实验室",), "other_capacity"),
    ("nobody approved", desks.waiver(), ("王芳",), "not_approved"),
    ("the author approved", desks.waiver(approved_by=desks.person("王芳")), ("王芳",), "author_approves"),
    ("the author under another title", desks.waiver(approved_by=desks.person("王 芳", "经理")), ("王芳", "李强"), "author_approves"),
    ("somebody else approved", desks.waiver(), ("王芳", "检测实验室"), "other_person"),
    ("a waiver of another version", desks.waiver(version="1.4.1"), ("王芳", "李强"), "other_version"),
    ("a waiver of another plan", desks.waiver(plan="trading-2"), ("王芳", "李强"), "other_plan"),
    ("a waiver for longer", desks.waiver(expires="2027-05-21"), ("王芳", "李强"), "valid_too_long"),
    ("a proof by who is tested", desks.platform_code(signed_by=desks.person("王芳")), ("王芳",), "not_independent"),
    ("a proof by a laboratory", desks.platform_code(signed_by=desks.LAB), ("检测实验室",), "other_capacity"),
    ("a statement out of scope", desks.platform_code(statements=desks.states("F-01")), ("省公共服务平台",), "out_of_scope"),
    ("a fact too few", desks.platform_code(facts={"platform_code": desks.CODE}), ("省公共服务平台",), "facts"),
    ("a fact too many", desks.facts(desks.platform_code(), colour="red"), ("省公共服务平台",), "facts"),
    ("a fact of another type", desks.facts(desks.platform_code(), platform_code=["x"]), ("省公共服务平台",), "malformed"),
    ("an unknown kind", desks.document("bribe", {}, desks.person("王芳")), ("王芳",), "no_such_kind"),
    ("no file where one is due", desks.document("commission_letter", {}, desks.person("王芳")), ("王芳",), "no_files"),
]  # fmt: skip


@pytest.mark.parametrize(("payload", "signers", "code"), [case[1:] for case in SPOILED], ids=[case[0] for case in SPOILED])
def test_a_spoiled_paper_counts_as_absent_and_says_why(folder: Folder, payload: Payload, signers: tuple[str, ...], code: str) -> None:
    folder.put("paper", payload, *signers)

    assert fault(folder) == code


def changed(change: Callable[[dict[str, Any]], object]) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """The envelope after a change."""

    def of(raw: dict[str, Any]) -> dict[str, Any]:
        change(raw)
        return raw

    return of


def resaid(**fields: Any) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """The envelope with other words under the old signature."""
    import base64  # noqa: PLC0415

    import rfc8785  # noqa: PLC0415

    def of(raw: dict[str, Any]) -> dict[str, Any]:
        said = json.loads(base64.b64decode(raw["payload"])) | fields
        return raw | {"payload": base64.b64encode(rfc8785.dumps(said)).decode()}

    return of


def respaced(raw: dict[str, Any]) -> dict[str, Any]:
    """The same words with a space more."""
    import base64  # noqa: PLC0415

    return raw | {"payload": base64.b64encode(base64.b64decode(raw["payload"]) + b" ").decode()}


TAMPERED: list[tuple[str, Callable[[dict[str, Any]], Any], str]] = [
    ("a changed statement", resaid(statement="一切符合。"), "bad_signature"),
    ("a moved date", resaid(date="2026-11-21"), "bad_signature"),
    ("a moved expiry", resaid(expires="2027-06-20"), "bad_signature"),
    ("another clause", resaid(clause="F-02", words_sha256=desks.words("F-02")), "bad_signature"),
    ("another person", resaid(signed_by=desks.person("李强")), "bad_signature"),
    ("a space more", respaced, "not_canonical"),
    ("another type", changed(lambda raw: raw.update(payloadType="application/vnd.tenderproof.waiver+json")), "other_type"),
    ("a stripped signature", changed(lambda raw: raw.update(signatures=[])), "unsigned"),
    ("a cut signature", changed(lambda raw: raw["signatures"][0].update(sig=raw["signatures"][0]["sig"][:40])), "bad_signature"),
    ("an empty signature", changed(lambda raw: raw["signatures"][0].update(sig="")), "bad_signature"),
    ("another key id", changed(lambda raw: raw["signatures"][0].update(keyid="0" * 64)), "unknown_key"),
    ("a colleague's key id", changed(lambda raw: raw["signatures"][0].update(keyid=desks.own_people()[1].key_sha256)), "bad_signature"),
    ("a signature twice", changed(lambda raw: raw["signatures"].append(raw["signatures"][0])), "no_envelope"),
    ("no signatures", changed(lambda raw: raw.pop("signatures")), "no_envelope"),
    ("something beside", changed(lambda raw: raw.update(note="x")), "no_envelope"),
    ("no base64", changed(lambda raw: raw.update(payload="§")), "no_envelope"),
    ("no object", lambda _: ["x"], "no_envelope"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "code"), [case[1:] for case in TAMPERED], ids=[case[0] for case in TAMPERED])
def test_tampering_is_detected_and_named(folder: Folder, change: Callable[[dict[str, Any]], Any], code: str) -> None:
    path = folder.put("paper", desks.attestation(), "王芳")
    folder.lay("paper", change(json.loads(path.read_text("utf-8"))))

    assert fault(folder) == code


def test_no_changed_byte_of_the_payload_or_the_signature_goes_unseen(folder: Folder) -> None:
    path = folder.put("paper", desks.attestation(), "王芳")
    octets = path.read_bytes()
    unseen = []
    for place in range(0, len(octets), 7):
        flipped = bytearray(octets)
        flipped[place] ^= 1
        path.write_bytes(flipped)
        taken = examination.examine(folder.desk())
        if taken.statements and taken.statements["F-01"].words != "已设置密码策略。":
            unseen.append(place)

    assert unseen == []


def test_a_file_named_by_its_hash_must_stay_as_it_was(folder: Folder) -> None:
    named = folder.file("policy.txt", "八位以上")
    folder.put("paper", desks.attestation(files=named), "王芳")

    assert fault(folder) is None
    folder.file("policy.txt", "六位以上")
    assert fault(folder) == "file_changed"


def test_a_link_out_of_the_folder_is_no_file_of_the_paper(folder: Folder) -> None:
    named = folder.file("policy.txt", "八位以上")
    folder.put("paper", desks.attestation(files=named), "王芳")
    (folder.root / "elsewhere.txt").write_text("八位以上", "utf-8")
    (folder.root / "papers" / "policy.txt").unlink()
    (folder.root / "papers" / "policy.txt").symlink_to(folder.root / "elsewhere.txt")

    assert fault(folder) == "file_absent"


def test_a_paper_counts_to_the_end_of_the_day_on_which_it_expires(folder: Folder) -> None:
    folder.put("paper", desks.attestation(expires="2027-05-20"), "王芳")

    assert fault(folder, today=date(2027, 5, 20)) is None
    assert fault(folder, today=date(2027, 5, 21)) == "expired"


def test_a_waiver_needs_to_know_the_version_under_test(folder: Folder) -> None:
    folder.put("paper", desks.waiver(), "王芳", "李强")

    assert fault(folder, version="") == "version_unknown"
