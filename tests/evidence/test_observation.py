"""An observation's hash is that of its octets."""

from tenderproof.evidence.observation import sha256


def test_the_hash_is_sha_256_in_hex() -> None:
    assert sha256(b"abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
