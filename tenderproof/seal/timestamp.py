"""Time stamps (RFC 3161): an authority's word that the signed envelope was there at a moment."""

import hashlib
from collections.abc import Sequence
from datetime import datetime

from cryptography import x509
from rfc3161_client import (
    HashAlgorithm,
    TimestampRequestBuilder,
    TimeStampResponse,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

from tenderproof.vocabulary import WrongInput

_SECONDS = 20
_OK, _GRANTED = 200, (0, 1)
_SHA256 = "2.16.840.1.101.3.4.2.1"


class TimestampError(WrongInput):
    """No time stamp could be had; the message is a sentence for the user."""


class TimestampTrouble(Exception):  # noqa: N818 - says what does not hold
    """Something about a time stamp does not hold; ``code`` of the wording catalogue."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def ask(url: str, octets: bytes) -> bytes:
    """The authority's response for these octets, DER; TimestampError if it gives none."""
    import httpx2  # noqa: PLC0415 - only who wants a time stamp needs it

    request = TimestampRequestBuilder().data(octets).hash_algorithm(HashAlgorithm.SHA256).cert_request(cert_request=True).build()
    headers = {"content-type": "application/timestamp-query"}
    try:
        answer = httpx2.post(url, content=request.as_bytes(), headers=headers, timeout=_SECONDS, trust_env=False)
        found = decode_timestamp_response(answer.content) if answer.status_code == _OK else None
    except (httpx2.HTTPError, httpx2.InvalidURL, ValueError) as error:
        raise TimestampError(f"The time stamp authority {url} gave no time stamp: {error}.") from error
    if found is None or found.status not in _GRANTED:
        raise TimestampError(f"The time stamp authority {url} gave no time stamp (HTTP {answer.status_code}).")
    return found.as_bytes()


def read(response: bytes, octets: bytes) -> tuple[TimeStampResponse, datetime]:
    """The response and its moment, if it is about these octets; TimestampTrouble otherwise."""
    try:
        found = decode_timestamp_response(response)
        imprint = found.tst_info.message_imprint
        sound = found.status in _GRANTED and found.as_bytes() == response
    except ValueError as error:
        raise TimestampTrouble("timestamp_form") from error
    if not sound:
        raise TimestampTrouble("timestamp_form")
    if imprint.hash_algorithm.dotted_string != _SHA256 or imprint.message != hashlib.sha256(octets).digest():
        raise TimestampTrouble("timestamp_other")
    return found, found.tst_info.gen_time


def require_authority(found: TimeStampResponse, octets: bytes, authorities: Sequence[x509.Certificate]) -> None:
    """The time stamp's signature holds, and its certificate leads to one of these authorities; TimestampTrouble otherwise."""
    builder = VerifierBuilder()
    for authority in authorities:
        builder = builder.add_root_certificate(authority)
    try:
        builder.build().verify_message(found, octets)
    except (VerificationError, ValueError) as error:
        raise TimestampTrouble("timestamp_signature") from error
