"""The declaration as it may be published: no path of the tester's machine, no command, no reference to a secret, no person's number."""

import json
from collections.abc import Mapping
from pathlib import Path, PurePath
from typing import Any

from tenderproof.candidate.declaration import Candidate

FILE = "declaration.json"
_WITHHELD = "withheld"
_SECRETS = frozenset({"password", "token", "otp", "pin", "command", "captcha", "sms_code", "bid_maker", "bid_tool", "options", "module"})
_PATHS = frozenset({"certificate", "key", "encryption_certificate", "encryption_key", "authority", "file"})
_PERSONS = frozenset({"expert", "verifier", "administrator", "auditor", "supervisor"})
_OF_A_PERSON = frozenset({"uscc", "login", "name"})


def write(candidate: Candidate, folder: Path) -> None:
    """Write ``declaration.json`` into a run's folder."""
    (folder / FILE).write_text(json.dumps(published(candidate.raw), ensure_ascii=False, indent=1) + "\n", "utf-8")


def published(declared: Mapping[str, Any]) -> dict[str, Any]:
    """The declaration without what is nobody else's business; what was taken out reads ``withheld``."""
    found = {name: _within(name, value) for name, value in declared.items() if name != "accounts"}
    return found | {"accounts": [_account(account) for account in declared.get("accounts", [])]}


def _account(account: Mapping[str, Any]) -> dict[str, Any]:
    hidden = _OF_A_PERSON if account["role"] in _PERSONS else frozenset({"login"})
    return {name: _WITHHELD if name in hidden else _within(name, value) for name, value in account.items()}


def _within(name: str, value: Any) -> Any:
    if name in _SECRETS:
        return _WITHHELD
    if isinstance(value, dict):
        return {key: _within(key, part) for key, part in value.items()}
    if isinstance(value, list):
        return [_within(name, part) for part in value]
    return PurePath(value).name if name in _PATHS and isinstance(value, str) else value
