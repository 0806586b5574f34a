import sys
from pathlib import Path
from typing import Any

import pytest

from tenderproof.candidate import Account, Secret
from tenderproof.drivers import ContractDriver
from tenderproof.drivers.contract.driver import ContractPerson
from tenderproof.testing import Bidder, Public
from tenderproof.testing.actors import Administrator, Agency, Auditor, Expert, Owner, Person, Supervisor, Tenderee, Verifier
from tenderproof.testing.identities import Identities
from tenderproof.vocabulary import DeclarationTrouble

ROLES = (Public, Person, Owner, Tenderee, Agency, Bidder, Expert, Verifier, Administrator, Auditor, Supervisor)


def test_the_contract_offers_every_operation_of_every_role() -> None:
    inherited = {
        f"{role.__name__}.{name}"
        for role in ROLES
        for name, operation in vars(role).items()
        if callable(operation) and not name.startswith("_") and name != "tries" and getattr(ContractPerson, name) in _plain(name)
    }

    assert inherited == set()


def _plain(name: str) -> list[object]:
    return [vars(role)[name] for role in ROLES if name in vars(role)]


def test_accounts_with_something_special_are_asked_for_by_their_trait(driver: ContractDriver) -> None:
    assert [actor.identity.account for actor in driver.declared("bidder")] == ["bidder-1", "bidder-2"]
    assert [actor.identity.account for actor in driver.declared("bidder", "operator_affiliate")] == ["bidder-3"]
    assert driver.declared("expert") == []
    assert driver.declared("bidder")[0] is driver.declared("bidder")[0]


def test_an_identity_of_our_making_has_its_own_session(driver: ContractDriver, identities: Identities, wire: Any) -> None:
    somebody = driver.acting(identities.fresh("bidder"))
    somebody.me()
    somebody.me()

    assert [request.url.rpartition("/")[2] for request in wire.requests] == ["challenges", "sessions", "me", "me"]
    assert not (driver.private / "sessions.json").exists()


def test_after_a_log_out_the_next_act_logs_in_again(driver: ContractDriver, wire: Any) -> None:
    person = driver.declared("bidder")[0]
    person.log_out().require()
    person.me()

    assert [request.url.rpartition("/")[2] for request in wire.requests] == [
        "challenges",
        "sessions",
        "current",
        "challenges",
        "sessions",
        "me",
    ]


def test_a_registration_is_asked_for_once(driver: ContractDriver, wire: Any) -> None:
    wire.answers = lambda _: (200, {"id": "a", "registration_id": "r"})
    person = driver.declared("bidder")[0]
    person.registration()
    person.registration()

    assert [request.url.rpartition("/v1")[2] for request in wire.requests[2:]] == ["/me", "/registrations/r", "/registrations/r"]
    assert driver.registration_of(person) == "r"


def test_an_account_that_cannot_log_in_is_the_declarations_fault(
    driver: ContractDriver, wire: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wire, "_session", lambda _: None)
    wire.answers = lambda _: (422, {"code": "certificate_untrusted"})

    with pytest.raises(DeclarationTrouble, match=r"bidder-1 cannot log in: .*certificate_untrusted"):
        driver.declared("bidder")[0].me()


def test_who_has_a_password_and_no_certificate_logs_in_with_it_and_the_code_that_a_command_prints(
    declare: Any, wire: Any, tmp_path: Path
) -> None:
    (tmp_path / "password").write_text("secret\n")
    command = [sys.executable, "-c", "import sys; print('code for', sys.argv[1])", "{account}"]
    candidate = declare({"name": "contract", "sms_code": command})
    account = Account("v", "verifier", "验证", login="verifier", password=Secret(file=tmp_path / "password"))
    object.__setattr__(candidate, "accounts", (account,))
    wire.answers = lambda _: (201, {"id": "a", "token": "t"})
    chance: Any = None
    ContractDriver(candidate, wire, chance, tmp_path / "private").declared("verifier")[0].me()
    request = wire.requests[0]

    assert request.url.endswith("/sessions/password")
    assert b'"password":"secret","otp":"code for v"' in request.body


def test_a_missing_certificate_file_is_named(driver: ContractDriver, folder: Path) -> None:
    (folder / "bidder.pem").unlink()

    with pytest.raises(DeclarationTrouble, match=r"bidder\.pem of the account bidder-1"):
        driver.declared("bidder")


def test_only_our_own_people_read(driver: ContractDriver) -> None:
    world: Any = None
    with pytest.raises(TypeError, match="own people"):
        driver.readings(Public(), world)
