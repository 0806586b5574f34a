import json
from pathlib import Path
from typing import Any

from tenderproof.candidate import published
from tests.seal import bundles

DECLARED: dict[str, Any] = {
    "platform": {"name": "平台", "base_url": "https://p.example/"},
    "driver": {
        "name": "own", "bid_maker": ["make", "--pin", "1234"],
        "signer": {"kind": "pkcs11", "pin": {"env": "PIN"}, "module": "/usr/lib/x.so"},
    },
    "counterparts": {"public_service": {"url": "https://s.example/", "token": {"file": "/home/me/token"}}},
    "accounts": [
        {"id": "b1", "role": "bidder", "name": "公司", "uscc": "91", "login": "me", "key": "/home/me/b1.key", "password": {"env": "PW"}},
        {"id": "e1", "role": "expert", "name": "王芳", "uscc": "110101", "certificate": "people/e1.pem"},
    ],
}  # fmt: skip


def test_secrets_paths_commands_and_persons_are_taken_out_and_the_rest_stays() -> None:
    said = json.dumps(published.published(DECLARED), ensure_ascii=False)

    for secret in ("1234", "PIN", "/usr/lib", "/home", "PW", '"me"', "王芳", "110101"):
        assert secret not in said
    for plain in ("平台", "https://p.example/", "公司", "91", "b1.key", "e1.pem"):
        assert plain in said


def test_what_is_declared_is_not_changed() -> None:
    before = json.dumps(DECLARED)
    published.published(DECLARED)

    assert json.dumps(DECLARED) == before


def test_a_run_of_the_reference_publishes_no_path_and_no_token() -> None:
    said = (bundles.run() / published.FILE).read_text("utf-8")
    tokens = [path.read_text("ascii").strip() for path in (bundles.run() / "private").rglob("*.token")]

    assert str(bundles.run()) not in said
    assert tokens
    assert all(token not in said for token in tokens)
    assert str(Path.home()) not in said
