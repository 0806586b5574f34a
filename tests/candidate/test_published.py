"""The declaration is published without secrets, paths, commands and persons."""

import json
from pathlib import Path

from tenderproof import candidate
from tenderproof.candidate import published
from tests.candidate.test_standin import declared


def test_no_secret_no_path_no_command_and_no_person_is_published(tmp_path: Path) -> None:
    published.write(candidate.load(declared(tmp_path)), tmp_path)
    text = (tmp_path / "declaration.json").read_text("utf-8")

    for hidden in ("SECRET_NAME", "keys/", "read-sms", "P0001", "专家甲", "expert-login", "private-token"):
        assert hidden not in text
    assert "示例公司" in text


def test_who_is_probed_how_stays_readable(tmp_path: Path) -> None:
    published.write(candidate.load(declared(tmp_path)), tmp_path)
    found = json.loads((tmp_path / "declaration.json").read_text("utf-8"))

    assert found["candidate"]["base_url"] == "http://127.0.0.1:8000"
    assert found["sandbox"]["clock"] == "project"
    assert [(account["id"], account["role"]) for account in found["accounts"]] == [("bidder-1", "bidder"), ("expert-1", "expert")]
    assert found["accounts"][0]["certificate"] == "bidder.pem"
    assert found["accounts"][1]["name"] == "withheld"


def test_a_declaration_without_accounts_is_published_too() -> None:
    assert published.published({"candidate": {"name": "x"}}) == {"candidate": {"name": "x"}, "accounts": []}
