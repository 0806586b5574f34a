"""SM2 signatures over SM3 (GB/T 32918.2, GB/T 32905): keys, signing, verifying.

Signatures are DER of r and s, as GB/T 35276 has them, and nothing else: another encoding of the same numbers is none. Who signs goes into
what is signed by an identifier, which is ``1234567812345678`` unless both sides have agreed on another (GB/T 35276).
"""

import base64
import subprocess
from dataclasses import dataclass
from typing import Self

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tenderproof.sm import tool
from tenderproof.vocabulary import Blame, Missing

USER_ID = "1234567812345678"
POINT = 65  # octets of an uncompressed point
_HEAD = bytes.fromhex("3059301306072a8648ce3d020106082a811ccf5501822d034200")  # SubjectPublicKeyInfo up to the point
_CURVE = bytes.fromhex(  # a, b, xG, yG of the recommended curve (GB/T 32918.5)
    "fffffffeffffffffffffffffffffffffffffffff00000000fffffffffffffffc28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93"
    "32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7bc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0"
)


@dataclass(frozen=True)
class PublicKey:
    """The key of a public point, with what the others of ``cryptography`` offer to tell and to name it."""

    point: bytes

    def public_bytes(self, encoding: Encoding, _: PublicFormat = PublicFormat.SubjectPublicKeyInfo) -> bytes:
        """The key as SubjectPublicKeyInfo, DER or PEM."""
        return key_info(self.point) if encoding is Encoding.DER else _pem(self.point)

    @classmethod
    def load(cls, octets: bytes) -> Self:
        """The key in a PEM text; ValueError if it is none of SM2."""
        body = octets.partition(b"-----BEGIN PUBLIC KEY-----")[2].partition(b"-----END PUBLIC KEY-----")[0]
        found = base64.b64decode(body)
        if not found.startswith(_HEAD) or len(found) != len(_HEAD) + POINT:
            raise ValueError("this is no public key of SM2")
        return cls(found[len(_HEAD) :])


def digest(octets: bytes) -> bytes:
    """SM3, 32 octets."""
    made = hashes.Hash(hashes.SM3())
    made.update(octets)
    return made.finalize()


def digest_with(point: bytes, octets: bytes, user_id: str = USER_ID) -> bytes:
    """SM3 of the octets behind what identifies the signer (Z, GB/T 32918.2, 5.5), 32 octets."""
    name = user_id.encode()
    return digest(digest((8 * len(name)).to_bytes(2) + name + _CURVE + point[1:]) + octets)


def new_key() -> bytes:
    """A fresh private key, PEM (PKCS#8); Missing where the command knows no SM2."""
    return _made(tool.run(["genpkey", "-algorithm", "SM2"]))


def load_key(octets: bytes) -> bytes:
    """The same private key in PEM (PKCS#8, unencrypted); ValueError if it is none of SM2."""
    done = tool.run(["pkey", "-in", "{key}", "-passin", "pass:"], key=octets)
    point_of_key(done.stdout)
    return done.stdout


def point_of_key(key: bytes) -> bytes:
    """The public point of a private key, uncompressed; ValueError if it is none of SM2."""
    public = tool.run(["pkey", "-in", "{key}", "-pubout", "-outform", "DER"], key=key).stdout
    if not public.startswith(_HEAD) or len(public) != len(_HEAD) + POINT:
        raise ValueError("this is no private key of SM2")
    return public[len(_HEAD) :]


def sign(key: bytes, octets: bytes, user_id: str = USER_ID) -> bytes:
    """The signature over the octets, DER."""
    return _made(tool.run(["dgst", "-sm3", "-sign", "{key}", "-sigopt", f"distid:{user_id}"], octets, key=key))


def is_signature(octets: bytes) -> bool:
    """Whether octets are two numbers in DER, in the one way in which DER writes them."""
    try:
        return encode_dss_signature(*decode_dss_signature(octets)) == octets
    except ValueError:
        return False


def verify(point: bytes, octets: bytes, signature: bytes, user_id: str = USER_ID) -> bool:
    """Whether a signature holds over the octets under the key of a public point; another encoding than DER does not."""
    if not is_signature(signature):
        return False
    arguments = ["dgst", "-sm3", "-verify", "{key}", "-signature", "{signature}", "-sigopt", f"distid:{user_id}"]
    return tool.run(arguments, octets, key=_pem(point), signature=signature).returncode == 0


def key_info(point: bytes) -> bytes:
    """The public key of an uncompressed point as certificates hold it (SubjectPublicKeyInfo, DER)."""
    return _HEAD + point


def _pem(point: bytes) -> bytes:
    return b"-----BEGIN PUBLIC KEY-----\n" + base64.encodebytes(key_info(point)) + b"-----END PUBLIC KEY-----\n"


def _made(done: subprocess.CompletedProcess[bytes]) -> bytes:
    if done.returncode or not done.stdout:
        raise Missing("the command openssl here does nothing with SM2; version 3 does", Blame.TOOL)
    return done.stdout
