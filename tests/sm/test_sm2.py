"""SM2 and SM3: the standard's own example, a third voice (gmalg), and every byte counts."""

import json
from pathlib import Path

import gmalg
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from tenderproof.sm import sm2, tool
from tenderproof.vocabulary import Missing

VECTORS = json.loads((Path(__file__).parents[2] / "specs/vectors/sm2.json").read_text("utf-8"))
(EXAMPLE,) = VECTORS["signatures"]
POINT = b"\x04" + bytes.fromhex(EXAMPLE["x"] + EXAMPLE["y"])
SIGNATURE = encode_dss_signature(int(EXAMPLE["r"], 16), int(EXAMPLE["s"], 16))
MESSAGE = EXAMPLE["message"].encode()


@pytest.fixture(scope="module")
def key() -> bytes:
    return sm2.new_key()


def test_the_standards_example_holds() -> None:
    assert sm2.verify(POINT, MESSAGE, SIGNATURE, EXAMPLE["user_id"])
    assert EXAMPLE["user_id"] == sm2.USER_ID
    assert sm2.digest_with(POINT, MESSAGE).hex() == EXAMPLE["e"]


@pytest.mark.parametrize("example", VECTORS["digests"])
def test_digests_are_the_standards(example: dict[str, str]) -> None:
    assert sm2.digest(example["message"].encode()).hex() == example["sm3"]


@pytest.mark.parametrize("user_id", [sm2.USER_ID, "ALICE123@YAHOO.COM"])
def test_a_third_voice_reads_what_we_sign_and_we_read_what_it_signs(key: bytes, user_id: str) -> None:
    point, message = sm2.point_of_key(key), b"\x00octets\xff"
    r, s = (number.to_bytes(32) for number in decode_dss_signature(sm2.sign(key, message, user_id)))
    assert gmalg.SM2(pk=point, uid=user_id.encode()).verify(message, r, s)
    other = gmalg.SM2(uid=user_id.encode())
    secret, public = other.generate_keypair()
    r, s = gmalg.SM2(secret, user_id.encode(), public).sign(message)
    assert sm2.verify(public, message, encode_dss_signature(int.from_bytes(r), int.from_bytes(s)), user_id)


@pytest.mark.parametrize(
    ("message", "signature", "user_id"),
    [
        (b"message digesT", SIGNATURE, sm2.USER_ID),
        (MESSAGE, SIGNATURE[:-1] + bytes([SIGNATURE[-1] ^ 1]), sm2.USER_ID),
        (MESSAGE, SIGNATURE, "1234567812345679"),
        (MESSAGE, SIGNATURE, ""),
        (MESSAGE, SIGNATURE + b"\x00", sm2.USER_ID),
        (MESSAGE, b"\x30\x81" + SIGNATURE[1:], sm2.USER_ID),
        (MESSAGE, bytes.fromhex(EXAMPLE["r"] + EXAMPLE["s"]), sm2.USER_ID),
        (MESSAGE, b"", sm2.USER_ID),
        (MESSAGE, encode_dss_signature(0, 0), sm2.USER_ID),
    ],
    ids=["other message", "other s", "other identifier", "no identifier", "trailing", "long form", "bare r and s", "empty", "zeros"],
)
def test_another_message_signature_identifier_or_encoding_does_not_hold(message: bytes, signature: bytes, user_id: str) -> None:
    assert not sm2.verify(POINT, message, signature, user_id)


def test_a_point_off_the_curve_verifies_nothing() -> None:
    assert not sm2.verify(POINT[:-1] + bytes([POINT[-1] ^ 1]), MESSAGE, SIGNATURE)


def test_a_key_of_another_curve_is_none(key: bytes) -> None:
    other = ec.generate_private_key(ec.SECP256R1()).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    assert sm2.load_key(key) == key
    for wrong in (other, b"no key"):
        with pytest.raises(ValueError, match="no private key of SM2"):
            sm2.load_key(wrong)


def test_a_command_that_knows_no_sm2_leaves_it_open(key: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = tool.run
    monkeypatch.setattr(tool, "run", lambda *_, **handed: whole(["genpkey", "-algorithm", "SM5"], **handed))
    for act in (sm2.new_key, lambda: sm2.sign(key, b"x")):
        with pytest.raises(Missing, match="version 3"):
            act()
