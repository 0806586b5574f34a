from datetime import UTC, timedelta
from typing import Any

import pytest
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.serialization import Encoding
from stdnum.cn import uscc

from tenderproof.sm import certificates
from tenderproof.spec import codes
from tenderproof.testing import Identities, Missing
from tenderproof.testing.identities import Authority, Identity, SmUses
from tests.sm_papers import holder


def test_a_fresh_entity_has_a_valid_code_and_certificates_that_name_it(identities: Identities, authority: Authority) -> None:
    entity = identities.fresh("bidder")

    assert uscc.is_valid(entity.uscc)
    for pem in (entity.certificate, entity.encryption_certificate):
        certificate = _certificate(pem)
        certificate.verify_directly_issued_by(authority.certificate)
        assert _subject(certificate) == (entity.name, entity.uscc)
        assert certificate.not_valid_before_utc < certificate.not_valid_after_utc
    assert _certificate(entity.certificate).extensions.get_extension_for_class(x509.KeyUsage).value.digital_signature
    assert _certificate(entity.encryption_certificate).extensions.get_extension_for_class(x509.KeyUsage).value.key_agreement


def test_no_two_entities_are_alike_and_their_keys_are_recorded_as_secrets(identities: Identities, chance: Any) -> None:
    one, other = identities.fresh("bidder"), identities.fresh("bidder")

    assert one.name != other.name
    assert one.uscc != other.uscc
    assert ("key", True) in chance.kinds
    assert ("certificate", False) in chance.kinds


def test_a_wrong_code_is_wrong_in_its_last_character_alone(identities: Identities) -> None:
    wrong = identities.wrong_code()

    assert codes.credit_code_faults(wrong) == (codes.Fault.CHECK,)
    assert codes.is_credit_code(wrong[:-1] + codes.credit_code_check(wrong[:-1]))


def test_each_bad_variant_is_bad_in_one_thing(identities: Identities, authority: Authority, chance: Any) -> None:
    now = chance.now()
    expired, expiring = _certificate(identities.expired("bidder").certificate), _certificate(identities.expiring("bidder").certificate)
    assert expired.not_valid_after_utc < now.astimezone(UTC)
    assert now < expiring.not_valid_after_utc < now + timedelta(days=30)
    expired.verify_directly_issued_by(authority.certificate)

    stranger = _certificate(identities.by_unknown_issuer("bidder").certificate)
    assert stranger.issuer == authority.certificate.subject
    with pytest.raises(InvalidSignature):
        stranger.verify_directly_issued_by(authority.certificate)

    masked = identities.naming_somebody_else("bidder")
    assert _subject(_certificate(masked.certificate))[0] != masked.name


def test_who_certifies_itself_is_its_own_issuer(identities: Identities) -> None:
    entity = identities.self_signed("bidder")
    certificate = _certificate(entity.certificate)

    certificate.verify_directly_issued_by(certificate)
    assert _subject(certificate) == (entity.name, entity.uscc)


def test_a_certificate_ends_when_it_is_asked_to_and_a_code_is_of_the_region_that_is_asked_for(identities: Identities, chance: Any) -> None:
    until = chance.now().replace(microsecond=0) + timedelta(seconds=7)

    assert _certificate(identities.renewed(identities.fresh("bidder"), until=until).certificate).not_valid_after_utc == until
    assert uscc.is_valid(identities.code("650102"))
    assert identities.code("650102")[2:8] == "650102"


def test_renewed_keys_are_new_and_the_entity_is_the_same(identities: Identities) -> None:
    entity = identities.fresh("bidder")
    renewed = identities.renewed(entity)

    assert (renewed.name, renewed.uscc) == (entity.name, entity.uscc)
    assert renewed.certificate != entity.certificate
    assert _subject(_certificate(identities.renewed(entity, name="别家").certificate)) == ("别家", entity.uscc)


def test_a_registration_says_who_it_is_and_what_it_accepts(identities: Identities) -> None:
    entity = identities.fresh("bidder")
    content = identities.registration(entity, "3")

    assert (content["name"], content["uscc"], content.at("agreement.version")) == (entity.name, entity.uscc, "3")
    assert content["certificate"] == entity.certificate


def test_without_a_test_authority_no_identity_can_be_made(chance: Any) -> None:
    with pytest.raises(Missing, match=r"sandbox\.authority"):
        Identities(None, chance).fresh("bidder")


def test_an_identity_does_not_show_its_keys(identities: Identities) -> None:
    shown = repr(identities.fresh("bidder"))

    assert "KEY" not in shown
    assert "key" not in shown.lower().replace("key_", "")


def _certificate(pem: str) -> x509.Certificate:
    return x509.load_pem_x509_certificate(pem.encode())


def _subject(certificate: x509.Certificate) -> tuple[str, str]:
    name = certificate.subject.get_attributes_for_oid(x509.NameOID.ORGANIZATION_NAME)[0].value
    code = certificate.subject.get_attributes_for_oid(x509.NameOID.SERIAL_NUMBER)[0].value
    return str(name), str(code)


def test_an_identity_of_the_declaration_keeps_its_account() -> None:
    assert Identity("bidder", "甲", "", account="bidder-1").account == "bidder-1"


def test_an_entity_by_sm2_has_a_certificate_of_the_declared_authority_or_a_forged_one(authority: Authority, chance: Any) -> None:
    root = holder("国密机构")
    pem = root.certificate.public_bytes(Encoding.PEM).decode()
    made = Identities(authority, chance, sm=SmUses(frozenset({"log_in"}), authority=(pem, lambda: root.key)))
    entity, forged = made.by_sm2("bidder"), made.by_sm2("bidder", forged=True)

    assert certificates.issued(_certificate(entity.certificate), root.certificate)
    assert not certificates.issued(_certificate(forged.certificate), root.certificate)
    assert _certificate(forged.certificate).issuer == root.certificate.subject
    assert _subject(_certificate(entity.certificate)) == (entity.name, entity.uscc)
    _certificate(entity.encryption_certificate).verify_directly_issued_by(authority.certificate)


@pytest.mark.parametrize(
    ("sm", "told"),
    [
        (SmUses(), "names no use of the SM algorithms"),
        (SmUses(frozenset({"receipts"})), "are used for log_in"),
        (SmUses(frozenset({"log_in"})), "sm.authority"),
    ],
)
def test_who_does_not_declare_it_is_not_asked_for_sm2(authority: Authority, chance: Any, sm: SmUses, told: str) -> None:
    with pytest.raises(Missing, match=told):
        Identities(authority, chance, sm=sm).by_sm2("bidder")
