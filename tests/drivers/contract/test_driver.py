import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest

from tenderproof import candidate, reference
from tenderproof.candidate import Account, Secret
from tenderproof.drivers import ContractDriver
from tenderproof.drivers.contract.driver import ContractPerson
from tenderproof.evidence.chance import RecordedChance
from tenderproof.evidence.recorder import Recorder
from tenderproof.evidence.sink import NoSink
from tenderproof.evidence.wire import Limits, Request, Response, Wire
from tenderproof.testing import DAY, Bidder, Public, Tender, papers
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
    chance: Any = Mock(made=lambda _, produce, **__: produce())
    ContractDriver(candidate, wire, chance, tmp_path / "private").declared("verifier")[0].me()
    request = wire.requests[0]

    assert request.url.endswith("/sessions/password")
    assert b'"password":"secret","otp":"code for v"' in request.body


def test_only_our_own_people_read(driver: ContractDriver) -> None:
    world: Any = None
    with pytest.raises(TypeError, match="own people"):
        driver.readings(Public(), world)


class Counting(Wire):
    """The wire, which counts what it sends."""

    requests = 0

    def send(self, request: Request) -> Response:
        self.requests += 1
        return super().send(request)


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ContractDriver]:
    """The driver on the reference, over real HTTP."""
    folder = tmp_path_factory.mktemp("reference")
    with reference.running(folder) as running:
        recorder = Recorder(NoSink())
        wire = Counting(recorder, Limits())
        yield ContractDriver(candidate.load(running.candidate), wire, RecordedChance("test", recorder), folder / "private")
        wire.close()


STAGE = "archived"


@pytest.mark.parametrize(
    "facts", [{}, {"encryption": "segmented", "decryption_mode": "tenderee_and_bidder"}, {"organisation": "agency"}], ids=str
)
def test_a_whole_story_is_told_over_real_http(live: ContractDriver, facts: dict[str, Any]) -> None:
    before = live.wire.requests  # type: ignore[attr-defined]
    tender: Tender = getattr(live.stories, STAGE)(**facts)

    assert tender.stage == STAGE
    assert live.wire.requests - before < 150  # type: ignore[attr-defined]


def test_an_invited_tender_and_a_prequalification_are_told_too(live: ContractDriver) -> None:
    assert live.stories.sealed(mode="invited").stage == "sealed"
    assert live.stories.applications_opened().stage == "applications_opened"
    assert live.stories.examining().stage == "examining"


def test_a_bidder_of_our_making_is_admitted_and_bids(live: ContractDriver) -> None:
    tender = live.stories.bidding(bidders=1)
    newcomer = live.stories.bidder()
    newcomer.download(tender.document).require()

    assert newcomer.deliver(newcomer.sealed_bid(tender.section, papers.bid(tender, 1))).value.bidder_name == newcomer.identity.name


def test_two_worlds_that_differ_in_their_sealed_bids_alone_look_the_same(live: ContractDriver) -> None:
    start = live.chance.now().replace(microsecond=0) + DAY
    one, again = live.stories.sealed(start=start), live.stories.sealed(start=start)
    other = live.stories.bidding(start=start)
    live.clock.move_to(other, other.bid_deadline - DAY)
    live.stories.deliver(other, other.bidders[1], 7)

    for actor in (live.public, one.owner, live.stories.supervisor(), live.stories.administrator()):
        seen = [live.views.everything(actor, world) for world in (one, again, other)]
        assert len(seen[0]) > 40
        assert live.views.differences(seen[0], seen[2], live.views.varying(*seen[:2])) == []


def test_who_shows_a_session_that_has_ended_is_nobody(live: ContractDriver) -> None:
    somebody = live.stories.bidder()
    opened = live.public.log_in(somebody.identity).value
    shown = somebody.bearing(opened.token)
    assert shown.me().accepted
    shown.log_out().require()

    assert shown.me().refused_because == "not_authenticated"
