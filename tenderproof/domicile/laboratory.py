"""A vantage point of this machine's own, for platforms that run on it: it stands where it is told to, and times the loopback alone.

What it measures is real; where it stands is an assumption. So it can refute a claim of the laboratory's world and never acquits anybody:
an address of the loopback is no address of the public network.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from cryptography.x509.oid import NameOID

from tenderproof.domicile.vantage import Agent, Settings

_HOST, _NAME = "127.0.0.1", "laboratory"
_STANDS = (34.75, 113.62)
_DAY = timedelta(days=1)


@contextmanager
def vantages(folder: Path) -> Iterator[Path]:
    """The auditor's list of a laboratory: one vantage point, which answers until the block ends; its files lie in the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("auditor", _NAME):
        _certify(folder, name)
    signing = ed25519.Ed25519PrivateKey.generate()
    (folder / f"{_NAME}.signing").write_bytes(signing.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    (folder / f"{_NAME}.public").write_bytes(signing.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    where = f'name = "{_NAME}"\nlatitude = {_STANDS[0]}\nlongitude = {_STANDS[1]}\noff_km = 0.0\nclock_error_s = 0.0\n'
    shown = f'certificate = "{_NAME}.pem"\n'
    settings = folder / f"{_NAME}.toml"
    keys = f'key = "{_NAME}.key"\nauditors = "auditor.pem"\nsigning_key = "{_NAME}.signing"\nlaboratory = true\n'
    settings.write_text(f'{where}{shown}{keys}listen = "{_HOST}:0"\n', "utf-8")
    agent = Agent(Settings.read(settings))
    listed = folder / "vantages.toml"
    url = f'url = "https://{_HOST}:{agent.server_address[1]}"\n'
    auditor = '[auditor]\ncertificate = "auditor.pem"\nkey = "auditor.key"\nlaboratory = true\n'
    listed.write_text(f'{auditor}[[vantages]]\n{where}{shown}{url}signing_key = "{_NAME}.public"\n', "utf-8")
    thread = threading.Thread(target=agent.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield listed
    finally:
        agent.shutdown()
        agent.server_close()
        thread.join()


def _certify(folder: Path, name: str) -> None:
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(subject).public_key(key.public_key())
    builder = builder.serial_number(x509.random_serial_number()).not_valid_before(now - _DAY).not_valid_after(now + 30 * _DAY)
    builder = builder.add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(_HOST))]), critical=False)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    (folder / f"{name}.pem").write_bytes(builder.sign(key, hashes.SHA256()).public_bytes(Encoding.PEM))
    (folder / f"{name}.key").write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
