"""Whose key it is: own people by the declaration, independent bodies by the auditor, nobody twice."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509.oid import NameOID

from tenderproof import candidate
from tenderproof.dossier import people
from tenderproof.dossier.people import PeopleError
from tenderproof.sm import sm2
from tests.sm_papers import holder

from . import desks
from .desks import Folder


def test_the_people_of_the_declaration_sign_for_the_operator(folder: Folder) -> None:
    declared = candidate.load(folder.declaration())

    found = people.own(declared.paper_signers, declared.file, desks.USCC)

    assert [(person.name, person.capacity, person.organisation_uscc, person.named_by) for person in found] == [
        ("王芳", "operator", desks.USCC, "declaration"),
        ("李强", "operator", desks.USCC, "declaration"),
    ]


def test_a_declaration_cannot_name_an_independent_body(folder: Folder) -> None:
    entry = {"name": "实验室", "title": "x", "key": "x.pem", "organisation_uscc": desks.LABORATORY}

    with pytest.raises(PeopleError, match="independent bodies are named by the auditor"):
        people.own([entry], folder.root / "candidate.toml", desks.USCC)


def test_the_auditor_names_independent_bodies(folder: Folder) -> None:
    found = people.independent(folder.known_signers())

    assert [(person.name, person.capacity, person.named_by) for person in found] == [
        ("省公共服务平台", "public_service_platform", "auditor"),
        ("检测实验室", "laboratory", "auditor"),
        ("印章签发机构", "seal_authority", "auditor"),
    ]


def test_a_body_with_the_key_of_an_own_person_is_no_body_of_its_own() -> None:
    (own, _), (body, *_) = desks.own_people(), desks.bodies()
    borrowed = people.Person(body.name, body.title, body.organisation_uscc, body.capacity, "auditor", own.key)

    with pytest.raises(PeopleError, match="has the key of 王芳"):
        people.together([own], [borrowed])
    assert people.together([own], [body]) == (own, body)


WRONG = [
    ("[[signers]]", "[[signer]]", "must hold"),
    ('capacity = "laboratory"', 'capacity = "operator"', "must be one of public_service_platform, laboratory"),
    ('title = "负责人"\n', "", "every signer has"),
    ("body-1.pem", "body-0.pem", "have one key"),
    ("body-1.pem", "nowhere.pem", "cannot be read"),
    ("body-1.pem", "known.toml", "cannot be read"),
    ("[[signers]]", "[[signers", "cannot be read"),
]


@pytest.mark.parametrize(("old", "new", "said"), WRONG)
def test_a_wrong_list_of_known_signers_is_refused(folder: Folder, old: str, new: str, said: str) -> None:
    path = folder.known_signers()
    assert old in path.read_text("utf-8")
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")

    with pytest.raises(PeopleError, match=said):
        people.independent(path)


WEAK = [ec.generate_private_key(ec.SECP384R1()), rsa.generate_private_key(65537, 1024)]  # noqa: S505 - too weak is the point


@pytest.mark.parametrize("key", WEAK, ids=["P-384", "RSA-1024"])
def test_a_key_of_another_or_a_weaker_kind_is_refused(tmp_path: Path, key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey) -> None:
    (tmp_path / "weak.pem").write_bytes(key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))

    with pytest.raises(PeopleError, match="neither P-256 nor RSA of at least 2048 bits"):
        people.own([{"name": "甲", "title": "x", "key": "weak.pem"}], tmp_path / "candidate.toml", desks.USCC)


def test_a_certificate_lets_its_holder_sign_on_its_days_only(tmp_path: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "甲")])
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), 1)
        .not_valid_before(datetime(2026, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2026, 6, 30, tzinfo=UTC))
        .sign(key, hashes.SHA256())
    )
    (tmp_path / "jia.pem").write_bytes(made.public_bytes(Encoding.PEM))

    (person,) = people.own([{"name": "甲", "title": "x", "key": "jia.pem"}], tmp_path / "candidate.toml", desks.USCC)

    days = [date(2025, 12, 31), date(2026, 1, 1), date(2026, 6, 30), date(2026, 7, 1)]
    assert [person.could_sign_on(day) for day in days] == [False, True, True, False]
    assert person.key_sha256 == people.key_id(key.public_key())


def test_a_key_of_sm2_is_an_authority_for_seals_and_signs_no_papers(tmp_path: Path) -> None:
    root = holder("国密印章机构")
    (tmp_path / "root.pem").write_bytes(root.certificate.public_bytes(Encoding.PEM))
    (tmp_path / "bare.pem").write_bytes(sm2.PublicKey(root.point).public_bytes(Encoding.PEM))

    def known(capacity: str, key: str) -> people.Person:
        entry = {"name": "机构", "title": "x", "organisation_uscc": desks.LABORATORY, "capacity": capacity, "key": key}
        lines = "\n".join(f'{name} = "{value}"' for name, value in entry.items())
        (tmp_path / "known.toml").write_text(f"[[signers]]\n{lines}\n", "utf-8")
        (person,) = people.independent(tmp_path / "known.toml")
        return person

    for key in ("root.pem", "bare.pem"):
        person = known("seal_authority", key)
        assert person.key == sm2.PublicKey(root.point)
        assert people.retold(people.told(person), tmp_path) == person
        with pytest.raises(PeopleError, match="one of SM2"):
            known("laboratory", key)
