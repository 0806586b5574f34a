"""On a replay a declaration is stood in for: the same people, their certificates, and keys that open nothing."""

import json
from pathlib import Path

from cryptography import x509

from tenderproof import candidate
from tenderproof.candidate import standin
from tenderproof.testing.keys import load_key

_DECLARED = """
[candidate]
name = "示例平台"
kind = "trading"
base_url = "http://127.0.0.1:8000"
operator = { name = "示例公司", uscc = "91110101000010006C" }

[driver]
name = "contract"
sms_code = ["read-sms", "{account}"]
bid_tool = ["bid-tool", "--pin", "1234"]
signer = { kind = "command", command = ["sign", "{account}"] }

[sandbox]
enabled = true
clock = "project"
authority = { certificate = "./keys/authority.pem", key = "./keys/authority.key" }

[counterparts]
public_service = { url = "http://127.0.0.1:9", within_s = 3, token = { file = "keys/private-token" } }

[[accounts]]
id = "bidder-1"
role = "bidder"
name = "投标人甲"
uscc = "91110101000010014A"
certificate = "./keys/bidder.pem"
key = "./keys/bidder.key"
traits = ["region:110101"]

[[accounts]]
id = "expert-1"
role = "expert"
name = "专家甲"
uscc = "P0001"
login = "expert-login"
password = { env = "SECRET_NAME" }
"""


def declared(folder: Path) -> Path:
    """A declaration with the files that it names; each file says its own name."""
    (folder / "keys").mkdir()
    for name in ("authority.pem", "authority.key", "bidder.pem", "bidder.key", "private-token"):
        (folder / "keys" / name).write_text(f"REAL {name}\n")
    (folder / "candidate.toml").write_text(_DECLARED, "utf-8")
    return folder / "candidate.toml"


def test_the_description_holds_certificates_and_no_key(tmp_path: Path) -> None:
    told = json.loads(standin.described(candidate.load(declared(tmp_path))))

    assert told["certificates"] == {"./keys/authority.pem": "REAL authority.pem\n", "./keys/bidder.pem": "REAL bidder.pem\n"}
    assert "bidder.key" not in json.dumps(told["certificates"])


def test_the_stand_in_is_a_declaration_with_the_same_people_and_other_keys(tmp_path: Path) -> None:
    real = candidate.load(declared(tmp_path))
    told = json.loads(standin.described(real))
    stood = candidate.load(standin.write(told["declaration"], told["certificates"], tmp_path / "standin"))

    assert [(a.id, a.role, a.name, a.uscc, a.traits) for a in stood.accounts] == [
        (a.id, a.role, a.name, a.uscc, a.traits) for a in real.accounts
    ]
    assert (stood.base_url, stood.sandbox.clock, stood.operator) == (real.base_url, real.sandbox.clock, real.operator)
    bidder = stood.accounts[0]
    assert bidder.certificate is not None
    assert bidder.key is not None
    assert bidder.certificate.read_text() == "REAL bidder.pem\n"
    load_key(bidder.key.read_bytes())
    assert "signer" not in stood.driver
    assert stood.driver["bid_tool"] == ["stand-in"]
    assert stood.public_service is not None
    assert stood.public_service.token.read() == "secret"


def test_a_certificate_that_is_withheld_is_stood_in_for(tmp_path: Path) -> None:
    told = json.loads(standin.described(candidate.load(declared(tmp_path))))
    stood = candidate.load(standin.write(told["declaration"], {}, tmp_path / "standin"))

    certificate = stood.accounts[0].certificate
    assert certificate is not None
    assert x509.load_pem_x509_certificate(certificate.read_bytes()).subject.rfc4514_string() == "CN=stand-in"


def test_the_stand_in_is_reached_where_the_real_one_is_and_believes_by_no_file(tmp_path: Path) -> None:
    file = declared(tmp_path)
    (tmp_path / "root.pem").write_text("REAL root")
    told = '\n[tls]\nauthority = "root.pem"\nurl = "https://127.0.0.1:8443"\nplain = "http://127.0.0.1:8080"\n'
    file.write_text(file.read_text("utf-8") + told, "utf-8")
    real = candidate.load(file)
    described = json.loads(standin.described(real))
    stood = candidate.load(standin.write(described["declaration"], described["certificates"], tmp_path / "standin"))

    assert stood.channel == real.channel
    assert (real.tls_authority, stood.tls_authority) == (tmp_path / "root.pem", None)
