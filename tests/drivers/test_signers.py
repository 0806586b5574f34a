import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding

from tenderproof.candidate import Account
from tenderproof.drivers import signers
from tenderproof.sm import sm2
from tenderproof.testing.identities import Identity
from tenderproof.vocabulary import DeclarationTrouble
from tests.sm_papers import holder

SOFTHSM = Path("/usr/lib/softhsm/libsofthsm2.so")


def holds(key: Any, signature: bytes) -> bool:
    assert len(signature) == 64
    der = encode_dss_signature(int.from_bytes(signature[:32]), int.from_bytes(signature[32:]))
    key.verify(der, b"bid", ec.ECDSA(hashes.SHA256()))
    return True


def account(candidate: Any) -> Account:
    found: Account = candidate.accounts[0]
    return found


def test_a_key_file_signs(declare: Any, identity: Identity) -> None:
    candidate = declare()
    signer = signers.of(candidate, account(candidate))

    assert signer is not None
    assert holds(identity.signer.key.public_key(), signer.sign(b"bid"))  # type: ignore[union-attr]


def test_an_account_without_a_key_cannot_sign(declare: Any) -> None:
    assert signers.of(declare(), Account("a", "auditor")) is None


def test_a_broken_key_file_is_named(declare: Any, folder: Path) -> None:
    (folder / "bidder.key").write_text("no key")
    candidate = declare()

    with pytest.raises(DeclarationTrouble, match=r"bidder\.key of the account bidder-1"):
        signers.of(candidate, account(candidate))


def test_a_command_signs_whether_it_gives_der_or_r_and_s(declare: Any, folder: Path, identity: Identity) -> None:
    for command in (["openssl", "dgst", "-sha256", "-sign", str(folder / "bidder.key")], _raw_command(folder)):
        candidate = declare({"name": "contract", "signer": {"kind": "command", "command": command}})
        signer = signers.of(candidate, account(candidate))

        assert signer is not None
        assert holds(identity.signer.key.public_key(), signer.sign(b"bid"))  # type: ignore[union-attr]


def _raw_command(folder: Path) -> list[str]:
    script = folder / "sign.py"
    script.write_text(
        "import sys\nfrom tenderproof.testing.keys import KeySigner, load_key\n"
        "sys.stdout.buffer.write(KeySigner(load_key(open(sys.argv[1], 'rb').read())).sign(sys.stdin.buffer.read()))\n"
    )
    return [sys.executable, str(script), str(folder / "bidder.key")]


def test_a_command_is_told_for_whom_it_signs(declare: Any) -> None:
    candidate = declare({"name": "contract", "signer": {"kind": "command", "command": ["sign", "--as", "{account}"]}})

    assert signers.of(candidate, account(candidate)) == signers.CommandSigner(("sign", "--as", "bidder-1"))


def test_what_is_no_signature_is_the_signers_fault(declare: Any) -> None:
    candidate = declare({"name": "contract", "signer": {"kind": "command", "command": ["echo", "hello"]}})
    signer = signers.of(candidate, account(candidate))

    assert signer is not None
    with pytest.raises(DeclarationTrouble, match="no ECDSA signature"):
        signer.sign(b"bid")


def test_a_token_that_cannot_be_opened_is_named(declare: Any) -> None:
    pytest.importorskip("pkcs11", reason="python-pkcs11 is not installed; PKCS#11 is not tested")
    signer = {"kind": "pkcs11", "module": "/nowhere/module.so", "token": "t", "pin": {"env": "PATH"}}
    candidate = declare({"name": "contract", "signer": signer})

    with pytest.raises(DeclarationTrouble, match=r"'t' of the PKCS#11 module /nowhere/module\.so"):
        signers.of(candidate, account(candidate))


@pytest.mark.skipif(not SOFTHSM.exists(), reason="softhsm2 is not installed; PKCS#11 is not tested")
def test_a_token_signs(declare: Any, folder: Path, identity: Identity, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pkcs11", reason="python-pkcs11 is not installed; PKCS#11 is not tested")
    (folder / "tokens").mkdir()
    (folder / "softhsm2.conf").write_text(f"directories.tokendir = {folder / 'tokens'}\n")
    monkeypatch.setenv("SOFTHSM2_CONF", str(folder / "softhsm2.conf"))
    monkeypatch.setenv("TOKEN_PIN", "1234")
    _softhsm("--init-token", "--free", "--label", "usb", "--pin", "1234", "--so-pin", "1234")
    signer = {"kind": "pkcs11", "module": str(SOFTHSM), "token": "usb", "pin": {"env": "TOKEN_PIN"}}
    candidate = declare({"name": "contract", "signer": signer})
    found = signers.of(candidate, account(candidate))
    assert found is not None
    with pytest.raises(DeclarationTrouble, match="key labelled 'bidder-1'"):
        found.sign(b"bid")

    _softhsm("--import", str(folder / "bidder.key"), "--token", "usb", "--label", "bidder-1", "--id", "A1", "--pin", "1234")

    assert holds(identity.signer.key.public_key(), found.sign(b"bid"))  # type: ignore[union-attr]


def _softhsm(*arguments: str) -> None:
    subprocess.run(["softhsm2-util", *arguments], check=True, capture_output=True)  # noqa: S607


def test_a_key_of_sm2_signs_by_file_and_by_command(declare: Any, folder: Path) -> None:
    someone = holder("国密投标人")
    (folder / "bidder.key").write_bytes(someone.key)
    (folder / "bidder.pem").write_bytes(someone.certificate.public_bytes(Encoding.PEM))
    openssl = ["openssl", "dgst", "-sm3", "-sigopt", f"distid:{sm2.USER_ID}", "-sign", str(folder / "bidder.key")]
    for driver in ({"name": "contract"}, {"name": "contract", "signer": {"kind": "command", "command": openssl}}):
        candidate = declare(driver)
        signer = signers.of(candidate, account(candidate))
        assert signer is not None
        assert signer.algorithm == "SM2"
        assert sm2.verify(someone.point, b"bid", signer.sign(b"bid"))


def test_a_command_that_gives_no_sm2_signature_and_a_token_are_named(declare: Any, folder: Path) -> None:
    (folder / "bidder.pem").write_bytes(holder("国密投标人").certificate.public_bytes(Encoding.PEM))
    candidate = declare({"name": "contract", "signer": {"kind": "command", "command": ["echo", "hello"]}})
    signer = signers.of(candidate, account(candidate))
    assert signer is not None
    with pytest.raises(DeclarationTrouble, match="no SM2 signature in DER"):
        signer.sign(b"bid")
    candidate = declare({"name": "contract", "signer": {"kind": "pkcs11", "module": "/m.so", "token": "t", "pin": {"env": "PATH"}}})
    with pytest.raises(DeclarationTrouble, match="P-256 keys alone; the account bidder-1"):
        signers.of(candidate, account(candidate))
