"""Signed messages by SM2: what they carry, over what they hold, and what is none."""

import base64
from functools import partial

import pytest
from asn1crypto import cms

from tenderproof.sm import messages, sm2
from tests.sm_papers import Holder, drawn, holder

CONTENT = "投标文件".encode()


@pytest.fixture(scope="module")
def signer() -> Holder:
    return holder("国密投标人")


@pytest.fixture(scope="module")
def apart(signer: Holder) -> bytes:
    return messages.signed(signer.sign, signer.certificate, CONTENT, apart=True)


def with_attributes(signer: Holder, digest: bytes) -> bytes:
    """A message whose signature is over attributes that tell a digest, as some tools make them."""
    attributes = cms.CMSAttributes(
        [{"type": "content_type", "values": ["data"]}, {"type": "message_digest", "values": [digest]}]
    )  # fmt: skip
    bare = messages._Outer.load(messages.signed(signer.sign, signer.certificate, attributes.dump(), apart=True))
    one = bare["content"]["signer_infos"][0]
    one["signed_attrs"] = attributes
    return bytes(bare.dump(force=True))


def test_a_message_holds_over_its_content_and_no_other(signer: Holder, apart: bytes) -> None:
    whole = messages.read(messages.signed(signer.sign, signer.certificate, CONTENT, apart=False))
    bare = messages.read(apart)
    assert (whole.content, bare.content) == (CONTENT, None)
    for message in (whole, bare):
        assert message.certificate == signer.certificate
        assert messages.holds(message, CONTENT)
        assert not messages.holds(message, CONTENT + b" ")
        assert not messages.holds(message, CONTENT, "1234567812345679")


def test_a_message_under_another_identifier_holds_under_that_alone(signer: Holder) -> None:
    sign = partial(sm2.sign, signer.key, user_id="ALICE123@YAHOO.COM")
    message = messages.read(messages.signed(sign, signer.certificate, CONTENT, apart=True))
    assert not messages.holds(message, CONTENT)
    assert messages.holds(message, CONTENT, "ALICE123@YAHOO.COM")


def test_attributes_are_signed_over_and_tell_the_contents_digest(signer: Holder) -> None:
    for digest, expected in ((sm2.digest(CONTENT), True), (sm2.digest_with(signer.point, CONTENT), True), (sm2.digest(b"x"), False)):
        assert messages.holds(messages.read(with_attributes(signer, digest)), CONTENT) is expected


def test_somebody_elses_certificate_does_not_make_it_hold(apart: bytes) -> None:
    other = holder("国密投标人")
    swapped = messages.Message(other.certificate, None, messages.read(apart).signer)
    foreign = messages.Message(drawn("国密投标人", "国密投标人"), None, messages.read(apart).signer)
    assert not messages.holds(swapped, CONTENT)
    assert not messages.holds(foreign, CONTENT)


def test_a_message_without_its_signers_certificate_is_none(signer: Holder) -> None:
    made = messages.signed(signer.sign, signer.certificate, CONTENT, apart=True)
    bare = messages._Outer.load(made)
    bare["content"]["certificates"] = []
    with pytest.raises(ValueError, match="no certificate"):
        messages.read(bare.dump(force=True))


@pytest.mark.parametrize("cut", [0, 1, 30, 400])
def test_what_is_cut_or_garbage_is_none(apart: bytes, cut: int) -> None:
    for octets in (apart[:cut], apart + b"\x00", bytes(reversed(apart))):
        with pytest.raises(ValueError):  # noqa: PT011 - whatever the parser says
            messages.read(octets)


def test_another_algorithms_name_is_told(apart: bytes) -> None:
    spoilt = apart.replace(bytes.fromhex("06082a811ccf55018311"), bytes.fromhex("06082a811ccf55018312"))
    assert spoilt != apart
    with pytest.raises(ValueError, match="another algorithm"):
        messages.read(spoilt)
    assert messages.names_sm(spoilt)
    assert not messages.names_sm(b"garbage")


def test_text_is_told_from_a_jws(apart: bytes) -> None:
    text = base64.b64encode(apart).decode()
    assert messages.is_message(text)
    assert messages.octets_of(text) == apart
    assert not messages.is_message("eyJhbGciOiJFUzI1NiJ9..AAAA")
    with pytest.raises(ValueError, match="base64"):
        messages.octets_of("M§")
