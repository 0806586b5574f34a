"""Entities that other platforms registered are taken over from the public service platform: compared, once, confirmed (注册信息交换)."""

from typing import Any, NamedTuple

import pytest

from tenderproof.testing import (
    Bidder,
    Content,
    Facts,
    Identities,
    Identity,
    Public,
    PublicService,
    ReceivedRegistration,
    Registration,
    Stories,
    Tenderee,
    Verifier,
    clause,
    papers,
)

_ELSEWHERE = ("甲交易平台", "乙交易平台")
_CORRECTED, _MOVED = "北京市东城区更正路3号", "北京市东城区迁址路8号"
_TAKEN_OVER = ((), [_CORRECTED], 1)
_COMPARED = ([(True, True)] * 2, [["kept"], ["kept"], ["kept"], [_MOVED]])


class Exchange(NamedTuple):
    """The public service platform, with the verifier here who takes over what it tells."""

    stories: Stories
    public_service: PublicService
    verifier: Verifier

    def paper(self, identity: Identity) -> Content:
        """What an entity is registered with elsewhere."""
        return self.stories.registration(identity)

    def hold(self, paper: Content, *sources: str) -> None:
        """Let other platforms have registered this."""
        for source in sources:
            self.public_service.hold_registration(paper, source)

    def received(self, identity: Identity) -> tuple[ReceivedRegistration, ...]:
        """What is received of an entity and waits."""
        return self.verifier.receive_registrations(identity.role, identity.uscc).value

    def base(self, identity: Identity) -> tuple[Registration, ...]:
        """The records of an entity in the base here."""
        return self.verifier.registrations(role=identity.role, q=identity.uscc).value


@pytest.fixture
def exchange(stories: Stories, public_service: PublicService, verifier: Verifier) -> Exchange:
    """Both ends of the exchange."""
    return Exchange(stories, public_service, verifier)


def taken_over(exchange: Exchange, identity: Identity) -> tuple[tuple[Registration, ...], list[Any], int]:
    """Of an entity told of three times: the base before it is confirmed, the address in it after, the records once all is confirmed."""
    exchange.hold(exchange.paper(identity), *_ELSEWHERE)
    exchange.hold(exchange.paper(identity).but(address=_MOVED), _ELSEWHERE[1])
    received = exchange.received(identity)
    before = exchange.base(identity)
    for one in received:
        exchange.verifier.correct_received(one, {"address": _CORRECTED}).require()
    for one in received[:1]:
        exchange.verifier.decide_received(one, source="国家企业信用信息公示系统").require()
    after = [one.get("address") for one in exchange.base(identity)]
    for one in [*received[1:], *exchange.received(identity)]:
        exchange.verifier.decide_received(one, source="国家企业信用信息公示系统")
    return before, after, len(exchange.base(identity))


def compared(exchange: Exchange, identity: Identity) -> tuple[list[Any], list[Any]]:
    """Of an entity that is registered here and told of with another address: what is found to differ from which record, and the addresses.

    These are the addresses in the base while that waits, after it was rejected, and once it was told again and confirmed.
    """
    here = exchange.stories.admitted(identity).registration().value
    told = exchange.paper(identity).but(address=_MOVED)
    found: list[Any] = []
    addresses: list[Any] = []
    for outcome, source in zip(("rejected", "confirmed"), _ELSEWHERE, strict=True):
        exchange.hold(told, source)
        received = exchange.received(identity)
        found += [(one.registration_id == here.id, "address" in one.differences) for one in received]
        addresses.append([one.get("address") for one in exchange.base(identity)])
        for one in received:
            exchange.verifier.decide_received(one, outcome, "国家企业信用信息公示系统").require()
        addresses.append([one.get("address") for one in exchange.base(identity)])
    return found, [["kept"] if one == [here.get("address")] else one for one in addresses]


@clause("A-11")
def test_what_is_told_of_a_tenderee_is_compared_corrected_confirmed_and_stored_once(exchange: Exchange, identities: Identities) -> None:
    """Before it is confirmed it is in no base and changes nothing there; afterwards there is one record, as it was corrected."""
    assert taken_over(exchange, identities.fresh("tenderee")) == _TAKEN_OVER
    assert compared(exchange, identities.fresh("tenderee")) == _COMPARED


@clause("A-24")
def test_what_is_told_of_an_agency_is_compared_corrected_confirmed_and_stored_once(exchange: Exchange, identities: Identities) -> None:
    """Before it is confirmed it is in no base and changes nothing there; afterwards there is one record, as it was corrected."""
    assert taken_over(exchange, identities.fresh("agency")) == _TAKEN_OVER
    assert compared(exchange, identities.fresh("agency")) == _COMPARED


@clause("A-35")
def test_what_is_told_of_a_bidder_is_compared_corrected_confirmed_and_stored_once(exchange: Exchange, identities: Identities) -> None:
    """Before it is confirmed it is in no base and changes nothing there; afterwards there is one record, as it was corrected."""
    assert taken_over(exchange, identities.fresh("bidder")) == _TAKEN_OVER
    assert compared(exchange, identities.fresh("bidder")) == _COMPARED


def admitted(exchange: Exchange, public: Public, identity: Identity) -> list[bool]:
    """Whether an entity that is registered elsewhere can log in before it is taken over, and afterwards."""
    exchange.hold(exchange.paper(identity), _ELSEWHERE[0])
    received = exchange.received(identity)
    before = public.log_in(identity).accepted
    for one in received:
        exchange.verifier.decide_received(one, source="国家企业信用信息公示系统").require()
    return [before, public.log_in(identity).accepted]


@clause("HN-2.4-04")
def test_a_tenderee_registered_elsewhere_works_here_without_registering_again(
    exchange: Exchange, identities: Identities, stories: Stories, public: Public
) -> None:
    """Taken over, it logs in with the certificate that it has, and creates a project; before, it cannot even log in."""
    identity = identities.fresh("tenderee")
    assert admitted(exchange, public, identity) == [False, True]

    assert stories.continued(identity).tries(Tenderee.create_project, papers.project(Facts())).accepted


@clause("HN-2.4-04")
def test_a_bidder_registered_elsewhere_works_here_without_registering_again(
    exchange: Exchange, identities: Identities, stories: Stories, public: Public
) -> None:
    """Taken over, it logs in with the certificate that it has, and is shown its invitations."""
    identity = identities.fresh("bidder")
    assert admitted(exchange, public, identity) == [False, True]

    assert stories.continued(identity).tries(Bidder.my_invitations).accepted


def confirmed(exchange: Exchange, identity: Identity) -> tuple[set[str | None], int]:
    """With what an entity is refused on its way from being received to being confirmed, and how many records it has then."""
    exchange.hold(exchange.paper(identity), _ELSEWHERE[0])
    received = exchange.verifier.receive_registrations(identity.role, identity.uscc)
    offered = received.value if received.accepted else ()
    refusals = [
        received.refused_because,
        *(exchange.verifier.decide_received(one, source="国家企业信用信息公示系统").refused_because for one in offered),
    ]
    return {why for why in refusals if why}, len(exchange.base(identity))


@clause("HN-2.4-04")
def test_nobody_is_taken_over_under_a_code_with_a_wrong_check_character(exchange: Exchange, identities: Identities) -> None:
    """A code with a wrong check character is refused and leaves no record; the right one is taken over."""
    right = identities.code()
    wrong = right[:-1] + ("1" if right[-1] == "0" else "0")

    assert confirmed(exchange, identities.fresh("bidder", uscc=wrong)) == ({"code_invalid"}, 0)
    assert confirmed(exchange, identities.fresh("bidder", uscc=right)) == (set(), 1)
