"""Builds a desk, people with keys and lawful papers for tests; each test spoils one thing."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tenderproof import candidate, content
from tenderproof.dossier import envelope, people
from tenderproof.dossier.desk import Desk
from tenderproof.spec.calendar import Calendar, load_calendar
from tenderproof.spec.clauses import Clause, load_clauses
from tenderproof.spec.plan import Plan, load_plan
from tenderproof.testing import keys

from . import cases as traces

USCC = "91350100M000100Y43"
LABORATORY = "12350100MB02709751"
PUBLIC_SERVICE = "91110000802100433B"
TODAY = date(2026, 11, 23)
VERSION = "1.4.2"
PLATFORM = {"name": "某交易平台", "operator_uscc": USCC}
CODE = "E4101000001"


@cache
def private(name: str) -> keys.PrivateKey:
    """A key a name, the same all through a test run."""
    assert name
    return keys.load_key(keys.new_key())


@cache
def specification() -> tuple[Plan, dict[str, Clause], Calendar]:
    """The one-star plan, all clauses, the calendar."""
    specs = content.specs_dir()
    return load_plan("trading-1", specs), load_clauses(specs), load_calendar(specs / "calendar")


def person(name: str, title: str = "工程师", uscc: str = USCC) -> dict[str, str]:
    """How a paper names somebody."""
    return {"name": name, "title": title, "organisation_uscc": uscc}


OWN = ("王芳", "李强")
BODIES = {
    "省公共服务平台": ("public_service_platform", PUBLIC_SERVICE), "检测实验室": ("laboratory", LABORATORY),
    "印章签发机构": ("seal_authority", LABORATORY),
}  # fmt: skip


def own_people() -> tuple[people.Person, ...]:
    """Two people of the operator's."""
    return tuple(people.Person(name, "工程师", USCC, "operator", "declaration", private(name).public_key()) for name in OWN)


def bodies() -> tuple[people.Person, ...]:
    """Two independent bodies, and who issues certificates for seals."""
    return tuple(
        people.Person(name, "负责人", uscc, capacity, "auditor", private(name).public_key()) for name, (capacity, uscc) in BODIES.items()
    )


def public_pem(name: str) -> bytes:
    """Somebody's public key."""
    return private(name).public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


@dataclass
class Folder:
    """A candidate's folder of papers."""

    root: Path

    def put(self, name: str, payload: Mapping[str, Any], *signers: str) -> Path:
        """Sign a paper and lay it into the folder."""
        made = envelope.sealed(payload, keys.KeySigner(private(signers[0])), private(signers[0]).public_key())
        for signer in signers[1:]:
            made = envelope.countersigned(made, keys.KeySigner(private(signer)), private(signer).public_key())
        return self.lay(name, made)

    def lay(self, name: str, raw: Any) -> Path:
        """Lay any JSON into the folder."""
        path = self.root / "papers" / f"{name}.dsse.json"
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(raw), "utf-8")
        return path

    def file(self, name: str, text: str) -> dict[str, str]:
        """Lay a file beside the papers; its name and hash as a paper names it."""
        return self.octets(name, text.encode())

    def octets(self, name: str, content: bytes) -> dict[str, str]:
        """The same, of any octets."""
        path = self.root / "papers" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return {name: hashlib.sha256(content).hexdigest()}

    def declaration(self, more: str = "") -> Path:
        """The declaration beside the folder."""
        for name in OWN:
            (self.root / f"{name}.pem").write_bytes(public_pem(name))
        signers = "".join(f'[[papers.signers]]\nname = "{name}"\ntitle = "工程师"\nkey = "{name}.pem"\n' for name in OWN)
        path = self.root / "candidate.toml"
        path.write_text(
            f'[candidate]\nname = "{PLATFORM["name"]}"\nkind = "trading"\nversion = "{VERSION}"\nbase_url = "http://127.0.0.1:1"\n'
            f'operator = {{ name = "某公司", uscc = "{USCC}" }}\n{signers}{more}',
            "utf-8",
        )
        return path

    def known_signers(self) -> Path:
        """The auditor's list of independent bodies."""
        lines = []
        for number, (name, (capacity, uscc)) in enumerate(BODIES.items()):
            (self.root / f"body-{number}.pem").write_bytes(public_pem(name))
            named = f'name = "{name}"\ntitle = "负责人"\norganisation_uscc = "{uscc}"\n'
            lines.append(f'[[signers]]\n{named}capacity = "{capacity}"\nkey = "body-{number}.pem"\n')
        path = self.root / "known.toml"
        path.write_text("".join(lines), "utf-8")
        return path

    def desk(self, today: date = TODAY, version: str = VERSION, more: str = "") -> Desk:
        """The desk on which these papers are looked at."""
        plan, clauses, calendar = specification()
        declared = candidate.load(self.declaration(more))
        return Desk(declared, plan, clauses, calendar, (*own_people(), *bodies()), version, today)


def words(clause: str) -> str:
    """The hash of a clause's words."""
    return specification()[1][clause].words_sha256


def attestation(clause: str = "F-01", **changes: Any) -> dict[str, Any]:
    """A lawful attestation by 王芳."""
    return {
        "form": "tenderproof-attestation/1", "platform": PLATFORM, "clause": clause, "words_sha256": words(clause),
        "declares": "kept", "statement": "已设置密码策略。",
        "signed_by": person("王芳"), "files": {}, "date": "2026-11-20", "expires": "2027-05-20",
    } | changes  # fmt: skip


def exemption(clause: str = "A-71", **changes: Any) -> dict[str, Any]:
    """A lawful exemption by 王芳."""
    return {
        "form": "tenderproof-exemption/1", "platform": PLATFORM, "clause": clause, "words_sha256": words(clause),
        "ground": "not_needed", "explanation": "不开展资格预审", "signed_by": person("王芳"), "files": {},
        "date": "2026-11-20", "expires": "2027-11-20",
    } | changes  # fmt: skip


def waiver(clause: str = "A-01", **changes: Any) -> dict[str, Any]:
    """A lawful waiver, asked for by 王芳 and approved by 李强."""
    return {
        "form": "tenderproof-waiver/1", "platform": PLATFORM, "plan": "trading-1", "version": VERSION, "clause": clause,
        "words_sha256": words(clause), "reason": "下一版本修正", "signed_by": person("王芳"), "approved_by": person("李强"),
        "files": {}, "date": "2026-11-20", "expires": "2027-02-20",
    } | changes  # fmt: skip


def document(kind: str, facts: Mapping[str, Any], signer: Mapping[str, str], **changes: Any) -> dict[str, Any]:
    """A document of a kind."""
    return {
        "form": "tenderproof-document/1", "platform": PLATFORM, "kind": kind, "facts": dict(facts), "statements": {},
        "signed_by": dict(signer), "files": {}, "date": "2026-11-20", "expires": "2029-11-20",
    } | changes  # fmt: skip


def states(*clauses: str) -> dict[str, dict[str, str]]:
    """Statements of a document on clauses."""
    return {clause: {"words_sha256": words(clause), "declares": "kept", "statement": f"{clause}：符合。"} for clause in clauses}


PUBLIC = person("省公共服务平台", "负责人", PUBLIC_SERVICE)
LAB = person("检测实验室", "负责人", LABORATORY)


def platform_code(**changes: Any) -> dict[str, Any]:
    """The proof of the platform code."""
    return document("platform_code", {"platform_code": CODE, "connected_on": "2026-02-02"}, PUBLIC) | changes


def data_items_proof(**changes: Any) -> dict[str, Any]:
    """The proof of chapter 4.5."""
    facts = {"platform_code": CODE, "version": VERSION}
    return document("data_items_proof", facts, PUBLIC, statements=states("CERT-STAR-4")) | changes


def interface_proof(**changes: Any) -> dict[str, Any]:
    """The proof of chapter 4.6."""
    facts = {"platform_code": CODE, "version": VERSION}
    return document("interface_proof", facts, PUBLIC, statements=states("D-01", "D-02", "CERT-STAR-4")) | changes


def test_report(**changes: Any) -> dict[str, Any]:
    """The laboratory's report, signed on the fifth working day after the test."""
    facts = {
        "number": "JC-1", "version": VERSION, "tested_until": "2026-04-20", "issued_on": "2026-04-27", "sent_on": "2026-04-28",
        "sent_to": "省公共服务平台", "sent_to_level": "province", "files_kept_until": "2031-04-27",
    }  # fmt: skip
    return document("test_report", facts, LAB, date="2026-04-27") | changes


test_report.__test__ = False  # type: ignore[attr-defined]  # a builder, whatever its name


def trial(folder: Folder, *cases: str, **changes: Any) -> dict[str, Any]:
    """The report of a trial operation of three months, with the traces of its cases beside it; three if none are named."""
    cases = cases or ("P1", "P2", "P3")
    facts = {
        "version": VERSION, "test_report_issued_on": "2026-04-27", "ends_on": "2026-07-27", "cases": list(cases),
        "parts": ["system", "users", "maintainers", "period", "projects", "problems", "corrections", "exchange", "risk_measures"],
    }  # fmt: skip
    files = traces.lay(folder.root / "papers", *cases)
    made = document("trial_operation_report", facts, person("王芳"), statements=states("CERT-STAR-6"), files=files, date="2026-08-01")
    return made | changes


def facts(paper: Mapping[str, Any], **changes: Any) -> dict[str, Any]:
    """The same document with other facts."""
    return {**paper, "facts": {**paper["facts"], **changes}}
