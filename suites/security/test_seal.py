"""The seal on bids: before the opening nobody learns content, price, number or names, from anything (投标文件的保密)."""

import base64
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import timedelta
from itertools import pairwise
from typing import Any, NamedTuple

import pytest

from tenderproof.testing import (
    Answer,
    Chance,
    Clock,
    Content,
    Identities,
    Message,
    Missing,
    Person,
    Public,
    Receipt,
    Stories,
    Tender,
    Views,
    clause,
    papers,
)

_BETWEEN = (0, 2, 5)  # bids of others between two of one bidder
_SIGNING_IN = timedelta(minutes=10)
_AT_ONCE = timedelta(minutes=1)
_MOMENTS = 6  # with a bid, and as many with none
_VARYING = re.compile(r"[0-9a-zA-Z_-]*\d[0-9a-zA-Z_-]*")
_DIGEST = 64  # characters
_LOOKS = 10  # a list of two that comes in any order stays in one order once in 1024


def everybody(tender: Tender, stories: Stories, public: Public) -> Iterator[tuple[str, Public]]:
    """One of each role, strangers to the bids: those who run tenders, experts, the operator's people, the supervisor, the public."""
    yield "tenderee", tender.tenderee
    yield "agency", stories.agency()
    yield "expert", stories.experts()[0]
    yield "verifier", stories.verifier()
    yield "administrator", stories.administrator()
    yield "auditor", stories.auditor()
    yield "supervisor", stories.supervisor()
    yield "public", public


@clause("EB-27-5", "B-016", "A-96")
def test_nobody_but_its_bidder_obtains_a_bid_before_the_opening(stories: Stories, views: Views, public: Public, chance: Chance) -> None:
    """The sealed file is given to its own bidder and refused to everybody else, and the refusal is that for a bid which does not exist."""
    tender = stories.sealed(bidders=3)
    bid = tender.bids[0]
    own = bid.bidder.bid_file(bid.receipt)

    assert own.accepted
    asked_for = [bid.receipt, *(Receipt.read({**bid.receipt.raw, "bid_id": chance.token(16)}) for _ in range(2))]
    for role, actor in [*everybody(tender, stories, public), ("another bidder", tender.bidders[1])]:
        if isinstance(actor, Person):
            answers = [(actor.bid_file(receipt), Named({receipt.bid_id: "[bid]"})) for receipt in asked_for]
            assert answers[0][0].refused, f"{role} obtained a sealed bid"
            sealed, none, again = (views.answered({"bid": answer}, names, chance.now()) for answer, names in answers)
            assert not views.differences(sealed, none, views.varying(none, again)), f"the refusal tells {role} of the bid"


class Named(NamedTuple):
    """What is asked for, by its names."""

    names: Mapping[str, str]


@clause("EB-27-5", "B-016", "EB-29-1", "A-107")
def test_the_opening_cannot_begin_before_its_hour_by_anybody(stories: Stories, clock: Clock) -> None:
    """One second before the hour the opening is refused and no bid leaves its seal; at the hour it begins."""
    tender = stories.sealed(bidders=3)
    stories.attend(tender)
    clock.move_before(tender, tender.bid_deadline)
    early = tender.owner.open_bids(tender.section)
    keys = tender.bids[0].bidder.release_key(tender.bids[0].sealed, tender.bids[0].receipt)
    clock.move_to(tender, tender.bid_deadline)
    on_time = tender.owner.open_bids(tender.section)

    assert early.refused_because == "opening_too_early"
    assert keys.refused_because == "opening_not_started"
    assert on_time.accepted
    assert {bid.state for bid in on_time.value.bids} == {"sealed"}
    assert timedelta() <= on_time.value.started_at - tender.bid_deadline < _AT_ONCE, "the opening is on record for another hour"


@clause("EB-26-2")
@pytest.mark.parametrize(
    "fault", ["plain", "renamed archive", "truncated", "other algorithm", "no recipient", "sealed to somebody else", "segment missing"]
)
def test_a_bid_that_is_not_sealed_as_required_is_refused_with_a_reason(stories: Stories, identities: Identities, fault: str) -> None:
    """Unencrypted, wrongly encrypted and damaged files are refused and not kept; the same bid sealed rightly is taken."""
    tender = stories.bidding(bidders=1, encryption="segmented" if fault == "segment missing" else "whole")
    (bidder,) = tender.bidders
    good = bidder.sealed_bid(tender.section)
    stranger = identities.fresh("bidder") if fault == "sealed to somebody else" else None
    wrong = bidder.sealed_bid(tender.section, recipient=stranger) if stranger else good.with_envelope(spoiled(good.envelope, fault))
    bad = bidder.deliver(wrong)
    kept = bidder.bids_for(tender.section).value
    taken = bidder.deliver(good)

    assert bad.refused_because in {"not_encrypted", "encryption_wrong"}
    assert kept == ()
    assert taken.accepted


def spoiled(envelope: Mapping[str, Any], fault: str) -> dict[str, Any]:
    """The sealed file with one thing wrong with its seal."""
    first, *rest = envelope["segments"]
    sealed = dict(first["jwe"])
    match fault:
        case "plain":
            return {"segments": [{"name": first["name"], "jwe": base64.b64encode(b'{"price": "1.00"}').decode()}, *rest]}
        case "renamed archive":
            return {"segments": [{"name": first["name"], "jwe": {"ciphertext": base64.b64encode(b"PK\x03\x04").decode()}}, *rest]}
        case "truncated":
            sealed["ciphertext"] = sealed["ciphertext"][:32]
        case "other algorithm":
            sealed["protected"] = base64.urlsafe_b64encode(b'{"alg":"dir","enc":"A128CBC-HS256"}').rstrip(b"=").decode()
        case "no recipient":
            sealed.pop("encrypted_key", None)
            sealed.pop("recipients", None)
        case "segment missing":
            return {"segments": rest}
    return {"segments": [{"name": first["name"], "jwe": sealed}, *rest]}


@clause("EB-21-1", "EB-15-1", "LAW-TL-22", "EB-27-5", "A-107")
@pytest.mark.waits
def test_two_tenders_that_differ_in_their_secret_bids_look_the_same_to_everyone(stories: Stories, views: Views, public: Public) -> None:
    """Number, size, price, names and order of bids are secret: whoever looks at two such sections cannot tell them apart.

    What already varies between two runs of one world (identifiers, moments) is masked, and nothing else.
    """
    one, again, other = (stories.bidding(bidders=5, one_by_one=True) for _ in range(3))
    early = stories.bidder()
    for world in (one, again, other):
        early.download(world.document).require()
        early.deliver(early.sealed_bid(world.section)).require()
    for world, bidding in ((one, (0, 1, 2)), (again, (0, 1, 2)), (other, (4, 3, 2, 1))):
        for number in bidding:
            stories.deliver(world, world.bidders[number], number if world is not other else number + 4)
    latecomer = stories.bidder()
    for world in (one, again, other):
        latecomer.download(world.document).require()
        latecomer.deliver(latecomer.sealed_bid(world.section)).require()

    watching = [
        *everybody(one, stories, public),
        ("uninvolved bidder", stories.bidder()),
        ("first bidder to deliver", early),
        ("last bidder to deliver", latecomer),
    ]
    for role, actor in watching:
        seen = views.told_apart(*((_same_role(role, actor, world), world) for world in (one, other, again)))
        assert not seen, f"{role} can tell the two apart: {'; '.join(map(str, seen[:5]))}"


def _same_role(role: str, actor: Public, world: Tender) -> Public:
    return world.tenderee if role == "tenderee" else actor


@clause("EB-27-5", "EB-21-1", "EB-15-1", "LAW-TL-22")
def test_no_answer_to_an_act_before_the_opening_tells_how_many_have_bid(
    stories: Stories, clock: Clock, views: Views, chance: Chance
) -> None:
    """Of five who obtained the documents two have bid, or all five: whatever is tried before the hour is answered alike.

    The owner wants to open, to complete the opening and to tender again; a bidder signs in.
    """
    two, again, five = (stories.bidding(bidders=5) for _ in range(3))
    for world, count in ((two, 2), (again, 2), (five, 5)):
        for number in range(count):
            stories.deliver(world, world.bidders[number], number)
        clock.move_before(world, world.bid_deadline, by=_SIGNING_IN)
    tried = [(attempts(world), world) for world in (two, again, five)]
    one, same, other = (views.answered(answers, world, chance.now()) for answers, world in tried)

    assert tried[0][0]["open"].refused_because == "opening_too_early"
    assert views.differences(one, other, views.varying(one, same)) == []


def attempts(tender: Tender) -> dict[str, Answer[Any]]:
    """What somebody may try of an opening before its hour."""
    owner, section = tender.owner, tender.section
    return {
        "sign in": tender.bidders[0].sign_attendance(section),
        "open": owner.open_bids(section),
        "complete": owner.complete_opening(section),
        "tender again": owner.retender(section),
    }


@clause("EB-15-1")
def test_no_list_before_the_opening_takes_its_order_from_the_bids(stories: Stories, views: Views, public: Public) -> None:
    """Bids come against every order there was before: whatever anybody could list before stands as it stood."""
    tender = stories.bidding(bidders=5)
    for bidder in tender.bidders:
        bidder.pay_bond(tender.section, papers.bond(tender, tender.bidders.index(bidder))).require()
    watching = [*everybody(tender, stories, public), ("uninvolved bidder", stories.bidder())]
    before = [views.orders(actor, tender) for _, actor in watching]
    for number in (3, 1, 4, 0, 2):
        stories.deliver(tender, tender.bidders[number], number)
    told = []
    for (role, actor), seen in zip(watching, before, strict=True):
        several = frozenset(operation for (operation, _), items in seen.items() if len(items) > 1)  # one alone has no order
        lists = views.reordered(seen, now := views.orders(actor, tender, several))
        for _ in range(_LOOKS if lists else 0):  # a list that comes in any order is in another one by now
            lists -= views.reordered(now, views.orders(actor, tender, several))
        told += [f"{role}: {operation} {path}" for operation, path in sorted(lists)]

    assert len(tender.owner.downloads(tender.section).value) == len(tender.bidders)
    assert told == []


@clause("EB-15-1", "LAW-TL-22", "EB-21-1", "EB-27-5", "A-107", acquits=False)
@pytest.mark.waits
def test_nobody_hears_that_a_bid_has_come(stories: Stories, chance: Chance) -> None:
    """A message that names nothing tells the number of bids too, if one comes with each of them and none while no bid comes.

    Between bids something that is none is sent the same way and refused, so that as much time passes. Others fill the same inboxes
    meanwhile: that a kind of theirs comes with each of six bids and never between, in an order that chance drew, and so again in a
    second trial, happens once in 850,000 times.
    """
    tender = stories.bidding(bidders=3)
    tender.bidders[0].deliver(tender.bidders[0].sealed_bid(tender.section)).require()
    listening: dict[str, Person] = {
        "tenderee": tender.tenderee,
        "agency": stories.agency(),
        "verifier": stories.verifier(),
        "administrator": stories.administrator(),
        "first bidder to deliver": tender.bidders[0],
        "bidder without a bid": tender.bidders[2],
    }
    suspected = {(role, kind) for role, actor in listening.items() for kind in rung(tender, actor, chance)}
    confirmed = {(role, kind) for role, _ in suspected for kind in rung(tender, listening[role], chance)}

    assert sorted(suspected & confirmed) == []


def rung(tender: Tender, listener: Person, chance: Chance) -> set[str]:
    """The kinds of messages that came to somebody each time that a bid was taken, and never when something else was refused."""
    bidder, before = tender.bidders[1], heard(listener)
    came: dict[bool, list[set[str]]] = {True: [], False: []}
    for bids in drawn([True, False] * _MOMENTS, chance):
        sealed = bidder.sealed_bid(tender.section)
        sent = bidder.deliver(sealed if bids else sealed.with_envelope(spoiled(sealed.envelope, "truncated")))
        if sent.accepted != bids:
            raise Missing("the platform refuses a sound bid, or takes one that is broken: when a bid comes cannot be chosen")
        now = heard(listener)
        came[bids].append({kind for kind, count in now.items() if count > before[kind]})
        before = now
    return set.intersection(*came[True]) - set[str]().union(*came[False])


def drawn(items: list[bool], chance: Chance) -> list[bool]:
    """The same in an order that chance has drawn."""
    left = list(items)
    return [left.pop(chance.integer(0, len(left) - 1)) for _ in items]


def heard(listener: Person) -> Counter[str]:
    """How many messages of each kind somebody has: by their type, and by each thing that they say, but for its numbers and tokens."""
    return Counter(kind for message in listener.messages().value for kind in kinds(message))


def kinds(message: Message) -> set[str]:
    """What a message can be known by."""
    said = (value for value in message.raw.values() if isinstance(value, str) and not value.isascii())
    return {message.type, *(_VARYING.sub("#", value) for value in said)}


@clause("EB-15-1")
def test_no_number_on_a_receipt_counts_the_bids_between(stories: Stories) -> None:
    """A bidder that delivers again after none, two and five bids of others reads off nothing that rises by one, three and six."""
    tender = stories.bidding(bidders=8)
    first, *others = tender.bidders
    receipts = [first.deliver(first.sealed_bid(tender.section)).value]
    for number in _BETWEEN:
        for other in others[:number]:
            other.deliver(other.sealed_bid(tender.section)).require()
        receipts.append(first.deliver(first.sealed_bid(tender.section)).value)
    found = [numbers(receipt.raw) for receipt in receipts]
    steps = {place: [later[place] - former[place] for former, later in pairwise(found)] for place in set.intersection(*map(set, found))}

    counting = [place for place, (step, *more) in steps.items() if step > 0 and more == [step * (n + 1) for n in _BETWEEN[1:]]]
    assert counting == []


def numbers(value: Any, path: str = "") -> dict[str, int]:
    """Every number that stands somewhere in an answer, alone or in a text, by its place; what is as long as a digest has none."""
    if isinstance(value, Mapping):
        parts = [numbers(part, f"{path}.{name}") for name, part in value.items()]
    elif isinstance(value, list):
        parts = [numbers(part, f"{path}[{number}]") for number, part in enumerate(value)]
    else:
        found = re.findall(r"\d+", str(value)) if not isinstance(value, bool) and len(str(value)) < _DIGEST else []
        parts = [{f"{path} {len(found)}/{number}": int(digits) for number, digits in enumerate(found)}]
    return {place: number for part in parts for place, number in part.items()}


@clause("EB-21-1", "LAW-TL-22")
@pytest.mark.waits
def test_who_obtained_the_documents_is_the_owners_knowledge_alone(stories: Stories, views: Views, public: Public) -> None:
    """The owner sees who has downloaded; to everybody else a section with five downloads looks like one with two."""
    two, again = (stories.bidding(bidders=2, one_by_one=True) for _ in range(2))
    five = stories.bidding(bidders=5, one_by_one=True)

    assert len(two.owner.downloads(two.section).value) == 2
    assert len(five.owner.downloads(five.section).value) == 5
    for role, actor in [*everybody(two, stories, public), ("uninvolved bidder", stories.bidder())]:
        if role == "tenderee":
            continue
        seen = views.told_apart((actor, two), (actor, five), (actor, again))
        assert not seen, f"{role} can tell the two apart: {'; '.join(map(str, seen[:5]))}"


@clause("LAW-TL-22", "LAW-RG-27")
def test_the_base_price_is_known_to_nobody_before_the_opening(stories: Stories, views: Views, public: Public) -> None:
    """One base price may be set and it is read by no one before the hour; a second one is refused, and a minimum price never set."""
    tender, without, again_without = (stories.bidding(bidders=3) for _ in range(3))
    price = tender.facts.estimate * 9 / 10
    tender.tenderee.set_base_price(tender.section, price).require()
    again = tender.tenderee.set_base_price(tender.section, price)

    tender.owner.change_section(tender.section, Content(minimum_price="5432109.00"))  # refused, or without any effect
    read = [tender.owner.section(tender.section).value, *(one.published_section(tender.section).value for one in (public, *tender.bidders))]
    assert "5432109" not in str([one.raw for one in read]), "a minimum price is set"
    assert again.refused_because == "base_price_already_set"
    for role, actor in (("public", public), ("bidder", tender.bidders[0])):
        assert not views.told_apart((actor, without), (actor, tender), (actor, again_without)), f"{role} can tell which has a base price"
    assert tender.tenderee.base_price(tender.section).refused_because == "sealed_until_opening"
    for actor in (stories.verifier(), stories.administrator(), stories.supervisor(), tender.bidders[0]):
        assert actor.base_price(tender.section).refused
    stories.opened(tender)
    assert tender.tenderee.base_price(tender.section).accepted


@clause("EB-30-2")
def test_no_price_is_seen_before_all_bids_are_decrypted(stories: Stories) -> None:
    """While one bid is still sealed the prices of the others are nowhere to be read; after completion all bidders read the same."""
    tender = stories.opening(bidders=3)
    for bid in tender.bids[:2]:
        stories.decrypt(tender, bid)
    watching = [tender.owner, *tender.bidders]
    before = [actor.opening(tender.section).value for actor in watching]
    stories.decrypt(tender, tender.bids[2])
    tender.owner.complete_opening(tender.section).require()
    after = [actor.opening(tender.section).value for actor in watching]

    prices = {str(bid.sealed.facts["price"]) for bid in tender.bids}
    assert not [price for price in prices for seen in before if price in str(seen.raw)]
    assert all(price in str(seen.raw) for price in prices for seen in after)
    assert len({tuple((bid.bidder_name, bid.price) for bid in seen.announcement) for seen in after}) == 1
