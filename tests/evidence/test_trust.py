"""Whom we believe over TLS."""

import ssl
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from tenderproof import candidate
from tenderproof.evidence.trust import trust
from tests.testing.test_signatures import authority


def test_the_sandboxs_own_root_is_believed_only_when_it_is_declared(tmp_path: Path) -> None:
    root = authority("测试根")
    (tmp_path / "root.pem").write_bytes(root.certificate.public_bytes(Encoding.PEM))
    head = '[candidate]\nname = "x"\nkind = "trading"\nbase_url = "https://h"\noperator = { name = "x", uscc = "91350100M000100Y43" }\n'
    (tmp_path / "with.toml").write_text(head + '[tls]\nauthority = "root.pem"\n', "utf-8")
    (tmp_path / "without.toml").write_text(head, "utf-8")

    def roots(name: str) -> int:
        return len(trust(candidate.load(tmp_path / name)).get_ca_certs())

    assert roots("with.toml") == roots("without.toml") + 1
    assert trust(candidate.load(tmp_path / "without.toml")).verify_mode is ssl.CERT_REQUIRED


def test_a_root_that_is_no_certificate_gets_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "root.pem").write_text("no certificate", "ascii")
    file = tmp_path / "candidate.toml"
    file.write_text(
        '[candidate]\nname = "x"\nkind = "trading"\nbase_url = "https://h"\noperator = { name = "x", uscc = "91350100M000100Y43" }\n'
        '[tls]\nauthority = "root.pem"\n',
        "utf-8",
    )

    with pytest.raises(candidate.DeclarationError, match=r"tls\.authority: .*root\.pem holds no certificate"):
        trust(candidate.load(file))
