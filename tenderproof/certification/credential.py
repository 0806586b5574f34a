"""The certificate for machines: a W3C verifiable credential (VC 2.0, secured by JOSE: ``vc+jwt``), signed by the body."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from tenderproof.certification import jose, tenure
from tenderproof.certification.certificate import Certificate
from tenderproof.certification.jose import Pen, TokenTrouble
from tenderproof.seal.signature import Party
from tenderproof.vocabulary import WrongInput

TYPE = "vc+jwt"
SUFFIX = ".jwt"
_CONTEXT, _TYPES = ["https://www.w3.org/ns/credentials/v2"], ["VerifiableCredential", "TenderingPlatformCertificate"]


class CredentialError(WrongInput):
    """There is no credential to read; the message is a sentence for the user."""


def sign(certificate: Certificate, pen: Pen) -> str:
    """The credential of a certificate."""
    return jose.sign(_claims(certificate, pen.party), TYPE, pen)


def opened(token: str, body: Party) -> Certificate:
    """The certificate in a credential that this body has signed while its own was in its time; TokenTrouble names what does not hold.

    Whether it is still valid is not looked at.
    """
    claims = jose.opened(token, TYPE, body)
    found = _subject(claims)
    if claims != _claims(found, body):
        raise TokenTrouble("claims")
    tenure.require(body, found.decided)
    return found


def text(path: Path) -> str:
    """The token in a file; CredentialError if it cannot be read."""
    try:
        return path.read_text("ascii").strip()
    except UnicodeDecodeError as error:
        raise CredentialError(
            f"{path} cannot be read as a credential: it is no text; name a certificate (.jwt, .pdf) or the folder of a register."
        ) from error
    except OSError as error:
        raise CredentialError(f"{path} cannot be read as a credential: {error.strerror}.") from error


def _claims(certificate: Certificate, body: Party) -> dict[str, Any]:
    return {
        "@context": _CONTEXT,
        "type": _TYPES,
        "id": f"urn:tenderproof:certificate:{certificate.number}",
        "issuer": {"id": f"urn:tenderproof:key:{body.keyid}", "name": certificate.body},
        "validFrom": _written(tenure.begin(certificate.decided)),
        "validUntil": _written(tenure.begin(certificate.valid_until + timedelta(days=1))),
        "credentialSubject": {"id": f"urn:uscc:{certificate.holder.uscc}", "certificate": certificate.told()},
    }


def _written(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _subject(claims: Mapping[str, Any]) -> Certificate:
    try:
        return Certificate.model_validate(claims["credentialSubject"]["certificate"])
    except (KeyError, TypeError, ValidationError) as error:
        raise TokenTrouble("claims") from error
