"""What is too weak to be believed, made on purpose: a short key, and a certificate that is signed over SHA-1."""

import hashlib

from asn1crypto import algos
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.hazmat.primitives.serialization import Encoding

from tenderproof.testing import keys
from tenderproof.testing.keys import PrivateKey

_BITS = 1024


def short_key() -> bytes:
    """A fresh RSA key of 1024 bits, PEM (PKCS#8)."""
    return keys.pem(rsa.generate_private_key(65537, _BITS))


def over_sha1(authority: PrivateKey, certificate: bytes) -> bytes:
    """A certificate (PEM) signed anew by its authority, over SHA-1; PEM. The library signs none, so its digest is made here."""
    loaded = x509.load_pem_x509_certificate(certificate)
    made = asn1.Certificate.load(loaded.public_bytes(Encoding.DER))
    by_rsa = isinstance(authority, rsa.RSAPrivateKey)
    named = algos.SignedDigestAlgorithm({"algorithm": "sha1_rsa" if by_rsa else "sha1_ecdsa"})
    body = made["tbs_certificate"].copy()
    body["signature"] = named
    digest = hashlib.sha1(body.dump(force=True)).digest()  # noqa: S324 - too weak is the point
    if isinstance(authority, rsa.RSAPrivateKey):
        signature = authority.sign(digest, padding.PKCS1v15(), Prehashed(hashes.SHA1()))  # noqa: S303
    else:
        signature = authority.sign(digest, ec.ECDSA(Prehashed(hashes.SHA1())))  # noqa: S303
    whole = asn1.Certificate({"tbs_certificate": body, "signature_algorithm": named, "signature_value": signature})
    return x509.load_der_x509_certificate(whole.dump()).public_bytes(Encoding.PEM)
