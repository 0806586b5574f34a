"""What an operator hands in for the small plan: a declaration and every paper of the submission, signed, with their files."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from tenderproof import candidate, content
from tenderproof.candidate import Candidate
from tenderproof.dossier import kinds
from tenderproof.result import Sample
from tenderproof.spec.clauses import load_clauses
from tests.dossier import cases, desks, sealed_pdfs

from . import standard

AUTHOR, APPROVER = desks.OWN
_ISSUED, _TRIED, _SIGNED = "2026-04-27", "2026-07-27", "2026-11-20"
_CASES = ("P1", "P2", "P3")


def hand_in(folder: Path, sample: Sample, waived: str = "") -> Candidate:
    """The candidate, its declaration in the folder and its papers beside it; a violation of ``waived`` is waived."""
    folder.mkdir()
    place = desks.Folder(folder)
    _declare(folder, sample)
    for name, (payload, *signers) in _papers(place, sample, waived).items():
        place.put(name, payload, *signers)
    return candidate.load(folder / "candidate.toml")


def _declare(folder: Path, sample: Sample) -> None:
    for name in desks.OWN:
        (folder / f"{name}.pem").write_bytes(desks.public_pem(name))
    signers = "".join(f'[[papers.signers]]\nname = "{name}"\ntitle = "工程师"\nkey = "{name}.pem"\n' for name in desks.OWN)
    operator = f'{{ name = "{sample.operator["name"]}", uscc = "{sample.operator["uscc"]}" }}'
    (folder / "candidate.toml").write_text(
        f'[candidate]\nname = "{sample.name}"\nkind = "{sample.kind}"\n'
        f'base_url = "{sample.base_url}"\nversion = "{sample.stated_version}"\n'
        f'operator = {operator}\n[sandbox]\nenabled = true\nclock = "{sample.clock}"\n'
        f'[[exemptions]]\nitem = "{standard.EXEMPTED}"\nground = "not_needed"\nexplanation = "所有项目均不收费"\n{signers}',
        "utf-8",
    )


def _papers(place: desks.Folder, sample: Sample, waived: str) -> dict[str, tuple[Any, ...]]:
    """By name: what a paper says, and who signs it."""
    uscc = sample.operator["uscc"]
    of_own = {"platform": {"name": sample.name, "operator_uscc": uscc}, "signed_by": desks.person(AUTHOR, uscc=uscc)}
    found: dict[str, tuple[Any, ...]] = {
        "exemption": (desks.exemption(standard.EXEMPTED, **of_own, explanation="所有项目均不收费"), AUTHOR),
        "attestation": (desks.attestation(standard.ATTESTED, **of_own), AUTHOR),
    }
    if waived:
        approved = desks.person(APPROVER, uscc=uscc)
        found["waiver"] = (desks.waiver(waived, **of_own, approved_by=approved, plan=standard.PLAN), AUTHOR, APPROVER)
    signers = {"operator": (of_own["signed_by"], AUTHOR), "public_service_platform": (desks.PUBLIC, desks.PUBLIC["name"])}
    signers["laboratory"] = (desks.LAB, desks.LAB["name"])
    for kind in kinds.load(content.specs_dir()).values():
        if kind.asked_for:
            person, key = signers[kind.signer]
            said = desks.document(kind.id, _facts(kind.id, sample), person, platform=of_own["platform"], **_more(kind, place, sample))
            found[kind.id] = (said, key)
    return found


def _more(kind: kinds.Kind, place: desks.Folder, sample: Sample) -> Mapping[str, Any]:
    """The days, files and statements of a document."""
    words = load_clauses(content.specs_dir())[standard.ATTESTED].words_sha256
    stated = {"words_sha256": words, "declares": "kept", "statement": "已建立备份制度"}
    more: dict[str, Any] = {"statements": {standard.ATTESTED: stated}} if standard.ATTESTED in kind.attests else {}
    if kind.id == "trial_operation_report":
        return more | {"files": cases.lay(place.root / "papers", *_CASES)}
    if kind.id == "management_systems":
        return more | {"files": place.octets("制度汇编.pdf", _sealed(sample.operator["name"]))}
    if kind.id == "test_report":
        return more | {"date": _ISSUED}
    return more | ({"files": place.file(f"{kind.id}.txt", kind.id)} if kind.files else {})


@cache
def _sealed(operator: str) -> bytes:
    """A file with the operator's seal."""
    return sealed_pdfs.Seal(organisation=operator).on(sealed_pdfs.blank())


def _facts(kind: str, sample: Sample) -> Mapping[str, Any]:
    version = {"version": sample.stated_version}
    evaluated = version | {"evaluated_from": "2026-11-02", "evaluated_until": _SIGNED}
    coded = {"platform_code": desks.CODE}
    facts: dict[str, Mapping[str, Any]] = {
        "management_systems": {"issuer": sample.operator["name"], "in_force_since": "2026-01-05"},
        "platform_code": coded | {"connected_on": "2026-02-02"},
        "data_items_proof": coded | version,
        "interface_proof": coded | version,
        "test_report": version | {
            "number": "JC-1", "tested_until": "2026-04-20", "issued_on": _ISSUED, "sent_on": "2026-04-28", "sent_to": "省公共服务平台",
            "sent_to_level": "province", "files_kept_until": "2031-04-27",
        },
        "trial_operation_report": version | {
            "test_report_issued_on": _ISSUED, "ends_on": _TRIED, "cases": list(_CASES),
            "parts": ["system", "users", "maintainers", "period", "projects", "problems", "corrections", "exchange", "risk_measures"],
        },
        "continuity_measures": {
            "measures": [
                "operation_monitoring", "change_management", "business_continuity", "security_audit", "log_review", "interconnection",
            ],
            "responsible": AUTHOR,
        },
    }  # fmt: skip
    return evaluated if kind.startswith("declaration_") else facts.get(kind, {})
