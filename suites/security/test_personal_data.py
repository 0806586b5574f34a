"""What everybody may read of a tender shows no more of people than it has to, and nobody is shown a password (个人信息保护、过度返回)."""

import base64
import hashlib
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from tenderproof.testing import (
    Answer,
    Bid,
    Bidder,
    Chance,
    Content,
    Identities,
    Person,
    Public,
    Stories,
    Tender,
    Views,
    clause,
    papers,
)

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"


class Personal(NamedTuple):
    """What is personal or secret of one bidder, by what it is."""

    phone: str
    account: str
    number: str


def made_up(chance: Chance) -> Personal:
    """A phone, a bank account and an identity number that nobody else has here."""
    digits = f"{chance.integer(10**8, 10**9 - 1)}"
    body = f"11010119900101{digits[:3]}"
    check = _CHECKS[sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True)) % len(_CHECKS)]
    return Personal(f"13{digits}", f"6222{digits}0", body + check)


def sealed(stories: Stories, chance: Chance) -> tuple[Tender, dict[str, Personal]]:
    """A tender whose bidders have told the platform what is personal: at the registration, with the bond, and in the bid."""
    tender = stories.bidding(bidders=3)
    tender.bidders = (*tender.bidders[:2], stories.bidder())
    known = {bidder.identity.name: made_up(chance) for bidder in tender.bidders[2:]}
    for number, bidder in enumerate(tender.bidders):
        own = known.get(bidder.identity.name)
        paper = papers.bid(tender, number)
        if own is not None:
            paper = tells(tender, bidder, own, paper)
        sealed_bid = bidder.sealed_bid(tender.section, paper)
        tender.bids.append(Bid(bidder, sealed_bid, bidder.deliver(sealed_bid).value))
    tender.stage = "sealed"
    return tender, known


def tells(tender: Tender, bidder: Bidder, own: Personal, paper: Content) -> Content:
    """Let a bidder tell what is personal; its bid, which tells the rest."""
    bidder.download(tender.document).require()
    bidder.pay_bond(tender.section, papers.bond(tender).but(account=own.account)).require()
    return paper.but(responses={**paper["responses"], "2": f"项目经理身份证号{own.number}，电话{own.phone}"})


def shown(views: Views, actor: Public, tender: Tender) -> dict[str, str]:
    """All that somebody may read of a tender, by operation."""
    return {operation: "\n".join(view.leaves.values()) for operation, view in views.everything(actor, tender).items()}


@clause("SEC-PI-1", acquits=False)
def test_what_is_personal_is_shown_to_nobody_whom_it_does_not_concern(
    stories: Stories, views: Views, public: Public, chance: Chance
) -> None:
    """When all is published neither everybody nor an uninvolved bidder reads a loser's account, or phone and number of somebody in its bid.

    The bidder itself does.
    """
    tender, known = sealed(stories, chance)
    stories.archived(tender)
    own = tender.bidders[2]
    mine = str([*(bond.raw for bond in own.bonds(tender.section).value), own.bid_file(tender.bids[2].receipt).value.text])
    told = {
        f"{who} {operation}: {name}"
        for who, actor in (("everybody", public), ("an uninvolved bidder", stories.bidder()))
        for operation, words in shown(views, actor, tender).items()
        for personal in known.values()
        for name, value in personal._asdict().items()
        if value in words
    }

    assert [value for value in (known[own.identity.name].account, known[own.identity.name].number) if value not in mine] == []
    assert told == set()


def written(password: str) -> dict[str, str]:
    """A password as it may stand somewhere: in clear, or in a form from which anybody gets it."""
    octets = password.encode()
    return {
        "clear": password, "base64": base64.b64encode(octets).decode(), "hex": octets.hex(),
        **{name: hashlib.new(name, octets).hexdigest() for name in ("md5", "sha1", "sha256")},
    }  # fmt: skip


def reads(one: Person, stories: Stories, changed: Iterable[str]) -> dict[str, Callable[[], object]]:
    """Where an account is shown: to itself, and to those who keep and watch the platform."""
    registration = one.registration().value
    return {
        "chosen": lambda: list(changed), "account": lambda: one.me().raw, "registration": lambda: one.registration().raw,
        "messages": lambda: one.messages().raw, "verifier": lambda: stories.verifier().registration_of(registration).raw,
        "list": lambda: stories.verifier().registrations(q=one.identity.name).raw,
        "trail": lambda: [entry.raw for entry in stories.auditor().audit_entries(actor=one.me().value.id).value],
    }  # fmt: skip


@clause("F-02", acquits=False)
def test_no_answer_shows_a_password(stories: Stories, identities: Identities, public: Public) -> None:
    """Neither to whoever chose it nor to verifier and auditor is a password shown, in clear or in a form that anybody undoes."""
    identity = identities.fresh("tenderee")
    person = stories.applicant(identity)
    login, password = identities.login_name(), identities.password()
    answers: list[Answer[Any]] = [
        person.set_password(login, password),
        public.log_in_with_password(login, password),
        public.log_in_with_password(login, "x"),
    ]
    places = reads(person, stories, [str(answer.raw) for answer in answers])
    told = {place: str(read()) for place, read in places.items()}
    found = [f"{place}: {how}" for place, words in told.items() for how, form in written(password).items() if form in words]

    assert [answer.accepted for answer in answers] == [True, True, False]
    assert found == []
