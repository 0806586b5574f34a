"""A signature is believed only over the very content, and only from whom it names."""

from collections.abc import Mapping
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from tenderproof.drivers import signing
from tenderproof.evidence.chance import RecordedChance
from tenderproof.evidence.recorder import Recorder
from tenderproof.evidence.sink import NoSink
from tenderproof.sm import sm2
from tenderproof.testing import identities as made
from tenderproof.testing import signatures
from tenderproof.testing.identities import Authority, Identities, Identity, SmUses
from tenderproof.vocabulary import Missing
from tests.sm_papers import holder

CHANCE = RecordedChance("s", Recorder(NoSink()))


def authority(name: str) -> Authority:
    """An authority of our making."""
    key = made._private(CHANCE)
    subject = made._subject(name, "1")
    return Authority(x509.load_der_x509_certificate(made._authority(subject, key, CHANCE.now())), key)


TRUSTED, OTHER = authority("甲"), authority("乙")
ANCHORS = [TRUSTED.certificate.public_bytes(Encoding.PEM).decode()]


def signed(identity: Identity, content: dict[str, Any]) -> dict[str, Any]:
    """The content with its signature."""
    return {**content, "signature": signing.detached(identity, content)}


def somebody(issuer: Authority = TRUSTED) -> Identity:
    """A bidder with a certificate."""
    return Identities(issuer, CHANCE).fresh("bidder")


CONTENT = {"id": "1", "digest": "ab", "nested": {"金额": "1.00"}}


def test_a_signature_over_the_very_content_holds_and_names_its_holder() -> None:
    identity = somebody()
    found = signatures.holds(signed(identity, CONTENT), ANCHORS)

    assert found is not None
    assert (found.name, found.code, found.authority) == (identity.name, identity.uscc, True)
    assert found.valid_at(CHANCE.now())


@pytest.mark.parametrize("change", [{"digest": "ac"}, {"more": 1}, {"nested": {"金额": "1.01"}}], ids=str)
def test_any_change_of_the_content_is_noticed(change: dict[str, Any]) -> None:
    assert signatures.holds({**signed(somebody(), CONTENT), **change}, ANCHORS) is None


def test_a_signature_of_another_is_not_taken_for_an_authoritys_own() -> None:
    found = signatures.holds(signed(somebody(OTHER), CONTENT), ANCHORS)

    assert found is not None
    assert not found.authority


@pytest.mark.parametrize("signature", ["", "a.b", "..", "x..y", None, 7])
def test_what_is_no_signature_does_not_hold(signature: object) -> None:
    assert signatures.holds({**CONTENT, "signature": signature}, ANCHORS) is None


def test_a_flipped_bit_of_the_signature_is_noticed() -> None:
    content = signed(somebody(), CONTENT)
    body = content["signature"]
    flipped = body[:-10] + ("A" if body[-10] != "A" else "B") + body[-9:]

    assert signatures.holds({**content, "signature": flipped}, ANCHORS) is None


def test_a_digest_does_not_depend_on_the_order_of_a_contents_members() -> None:
    assert signatures.digest({"b": 1, "a": "标"}) == signatures.digest({"a": "标", "b": 1}) != signatures.digest({"a": "标", "b": 2})
    assert signatures.digest({"a": 1}) == "015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862"


def test_who_has_issued_a_certificate_is_told() -> None:
    stranger = OTHER.certificate.public_bytes(Encoding.PEM).decode()

    assert signatures.issued(somebody().certificate, ANCHORS[0])
    assert not signatures.issued(somebody().certificate, stranger)


def theirs(content: Mapping[str, Any]) -> dict[str, Any]:
    """The content as a platform of other words has it."""
    return {{"id": "bianHao", "digest": "zhaiYao"}.get(name, name): value for name, value in content.items()}


def test_a_signature_over_a_platforms_own_form_holds_over_what_a_driver_makes_of_it_and_over_nothing_else() -> None:
    made_there = signing.detached(somebody(), theirs(CONTENT))
    translated = {**CONTENT, "signature": signatures.OwnForm(made_there, theirs)}

    assert signatures.holds(translated, ANCHORS) is not None
    assert signatures.holds({**translated, "digest": "ac"}, ANCHORS) is None
    assert signatures.holds({**CONTENT, "signature": made_there}, ANCHORS) is None


def test_where_a_platform_does_not_show_what_was_signed_nothing_is_said_of_the_signature() -> None:
    def unseen(_: Mapping[str, Any]) -> Mapping[str, Any]:
        raise Missing("it does not show what was signed")

    with pytest.raises(Missing, match="does not show"):
        signatures.holds({**CONTENT, "signature": signatures.OwnForm("a..b", unseen)}, ANCHORS)


def by_sm2(user_id: str = sm2.USER_ID) -> tuple[Identity, str]:
    """A bidder with a certificate of SM2, and its authority's certificate (PEM)."""
    root = holder("国密机构")
    anchor = root.certificate.public_bytes(Encoding.PEM).decode()
    sm = SmUses(frozenset({"log_in"}), user_id, (anchor, lambda: root.key))
    return Identities(TRUSTED, CHANCE, sm=sm).by_sm2("bidder"), anchor


def test_a_message_by_sm2_is_as_good_as_a_jws() -> None:
    identity, anchor = by_sm2()
    content = signed(identity, CONTENT)
    found = signatures.holds(content, [*ANCHORS, anchor])

    assert found is not None
    assert (found.name, found.code, found.authority, found.algorithm) == (identity.name, identity.uscc, True, "SM2")
    assert signatures.holds(signed(somebody(), CONTENT), ANCHORS).algorithm == "ES256"  # type: ignore[union-attr]
    without = signatures.holds(content, ANCHORS)
    assert without is not None
    assert not without.authority
    assert signatures.holds({**content, "digest": "ac"}, [anchor]) is None
    assert signatures.issued(identity.certificate, anchor)
    assert not signatures.issued(identity.certificate, ANCHORS[0])


def test_a_message_under_another_identifier_holds_under_that_alone() -> None:
    identity, anchor = by_sm2("8765432187654321")
    content = signed(identity, CONTENT)

    assert signatures.holds(content, [anchor]) is None
    assert signatures.holds(content, [anchor], user_id="8765432187654321") is not None


@pytest.mark.parametrize("text", ["M", "MIIB", "M§", "MAAA" * 9])
def test_what_only_begins_like_a_message_does_not_hold(text: str) -> None:
    assert signatures.holds({**CONTENT, "signature": text}, ANCHORS) is None
