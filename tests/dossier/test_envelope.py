"""An envelope opens with the keys that we know, by the algorithm of the key, and says what was signed."""

import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from tenderproof.dossier import envelope
from tenderproof.dossier.envelope import PaperFault
from tenderproof.dossier.people import Person
from tenderproof.testing.keys import KeySigner

from . import desks


def test_what_was_signed_is_read_back_with_its_signers() -> None:
    key = desks.private("王芳")
    raw = envelope.sealed(desks.attestation(), KeySigner(key), key.public_key())

    opened = envelope.opened(raw, desks.own_people())

    assert opened.payload == desks.attestation()
    assert [person.name for person in opened.signers] == ["王芳"]


def test_an_rsa_key_signs_as_well() -> None:
    key = rsa.generate_private_key(65537, 2048)
    raw = envelope.sealed(desks.attestation(), KeySigner(key), key.public_key())
    person = Person("王芳", "工程师", desks.USCC, "operator", "declaration", key.public_key())

    assert envelope.opened(raw, [person]).payload == desks.attestation()


def test_a_second_signature_leaves_the_first_as_it_was() -> None:
    author, approver = desks.private("王芳"), desks.private("李强")
    raw = envelope.sealed(desks.waiver(), KeySigner(author), author.public_key())
    both = envelope.countersigned(raw, KeySigner(approver), approver.public_key())

    assert both["payload"] == raw["payload"]
    assert both["signatures"][0] == raw["signatures"][0]
    assert [person.name for person in envelope.opened(both, desks.own_people()).signers] == ["王芳", "李强"]


def test_one_signature_that_does_not_hold_spoils_the_envelope() -> None:
    author, approver = desks.private("王芳"), desks.private("李强")
    raw = envelope.countersigned(
        envelope.sealed(desks.waiver(), KeySigner(author), author.public_key()), KeySigner(approver), approver.public_key()
    )
    raw["signatures"][1]["sig"] = raw["signatures"][0]["sig"]

    with pytest.raises(PaperFault) as caught:
        envelope.opened(raw, desks.own_people())
    assert (caught.value.code, caught.value.values) == ("bad_signature", {"person": "李强"})


@pytest.mark.parametrize("octets", [b"", b"{", b"[]", b"\xff", b"[" * 100_000, b'{"payload": 1}', b" " * (1 << 21)])
def test_a_file_that_is_no_envelope_is_no_traceback(tmp_path: Path, octets: bytes) -> None:
    path = tmp_path / "paper.dsse.json"
    path.write_bytes(octets)

    with pytest.raises(PaperFault, match="no_envelope"):
        envelope.read(path)


@pytest.mark.parametrize(
    "part", [{"payloadType": []}, {"payload": 1}, {"signatures": {}}, {"signatures": [{"keyid": True, "sig": "00"}]}, {"signatures": [1]},
             {"signatures": [{"keyid": "a"}]}, {"signatures": [{"keyid": "a", "sig": None}]}],
)  # fmt: skip
def test_an_envelope_with_a_part_of_another_type_is_none(tmp_path: Path, part: dict[str, object]) -> None:
    path = tmp_path / "paper.dsse.json"
    path.write_text(json.dumps({"payload": "e30=", "payloadType": "t", "signatures": []} | part))
    with pytest.raises(PaperFault, match="no_envelope"):
        envelope.opened(envelope.read(path)[0], ())


def test_a_file_that_is_not_there_is_said_to_be_unreadable(tmp_path: Path) -> None:
    with pytest.raises(PaperFault, match="file_unreadable"):
        envelope.read(tmp_path / "nowhere.dsse.json")


@pytest.mark.parametrize(("form", "said"), [("tenderproof-waiver/1", "waiver"), ("tenderproof-document/1", "document")])
def test_the_type_of_an_envelope_follows_from_the_form(form: str, said: str) -> None:
    assert envelope.type_of(form) == f"application/vnd.tenderproof.{said}+json"
