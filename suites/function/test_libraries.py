"""The information bases: what was registered, tendered and awarded is found there, true and up to date (信息库查询)."""

from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from tenderproof.testing import (
    DAY,
    SECOND,
    Bidder,
    Clock,
    Content,
    Entry,
    Identities,
    Missing,
    Notice,
    Public,
    Stories,
    Tender,
    clause,
    moment,
    papers,
)

_MOVED = {"address": "北京市东城区迁址路8号"}
_QUALIFIED = {"qualifications": [{"name": "市政公用工程施工总承包", "level": "一级", "number": "D111000001"}]}
_ENGINEER = {"name": "钱工程", "qualification": "一级注册建造师（市政公用工程）", "number": "京1112026000123"}
_TENDERER = {"name": "冯招标", "qualification": "招标采购从业人员（高级）", "number": "ZB2026000456"}
Ask = Callable[[str], tuple[Entry, ...]]


def astray(stories: Stories, identities: Identities, role: str, ask: Ask, change: Mapping[str, Any]) -> dict[str, Any]:
    """What is not found as it should be: by name and code, with old facts while a change waits, with new ones once it is verified."""
    identity, other = identities.fresh(role), identities.fresh(role)
    person = stories.admitted(identity)
    stories.admitted(other)
    (field,) = change
    own, new = person.registration().value.get(field), change[field]

    def found(words: str) -> list[tuple[Any, ...]]:
        return [(one.name, one.uscc, one.get(field) or None) for one in ask(words)]

    before, after = [(identity.name, identity.uscc, own or None)], [(identity.name, identity.uscc, new)]
    steps: dict[str, tuple[list[Any], list[Any]]] = {"by name": (found(identity.name), before), "by code": (found(identity.uscc), before)}
    steps["another"] = ([one[:2] for one in found(other.name)], [(other.name, other.uscc)])
    person.change_registration(change).require()
    steps["meanwhile"] = (found(identity.name), before)
    stories.verifier().verify(person.submit_registration().value, "verified", "国家企业信用信息公示系统").require()
    steps["changed"] = (found(identity.name), after)
    return {step: seen for step, (seen, wanted) in steps.items() if seen != wanted}


@clause("A-205")
def test_a_tenderee_is_found_with_its_verified_facts(stories: Stories, identities: Identities) -> None:
    """By its name and its code just this one is found, with the address that counts: the old one until the new one is verified."""
    verifier = stories.verifier()

    assert astray(stories, identities, "tenderee", lambda words: verifier.library("tenderees", q=words).value, _MOVED) == {}


@clause("A-208")
def test_an_agency_is_found_with_its_verified_facts(stories: Stories, identities: Identities) -> None:
    """The same for an agency."""
    verifier = stories.verifier()

    assert astray(stories, identities, "agency", lambda words: verifier.library("agencies", q=words).value, _MOVED) == {}


@clause("A-212")
def test_a_bidder_is_found_with_its_verified_qualifications(stories: Stories, identities: Identities) -> None:
    """The same for a bidder, by whoever may invite it, with the qualifications that count."""
    tenderee = stories.tenderee()

    assert astray(stories, identities, "bidder", lambda words: tenderee.find_bidders(q=words).value, _QUALIFIED) == {}


@clause("A-216")
def test_a_bidders_qualified_staff_is_found_with_it_and_with_nobody_else(stories: Stories, identities: Identities) -> None:
    """Whom a bidder has registered is read with that bidder, by name, qualification and number, as verified; another's entry has none."""
    tenderee, other = stories.tenderee(), identities.fresh("bidder")
    stories.admitted(other)

    def ask(words: str) -> tuple[Entry, ...]:
        return tenderee.find_bidders(q=words).value

    assert astray(stories, identities, "bidder", ask, {"personnel": [_ENGINEER]}) == {}
    assert [_ENGINEER["number"] in str(one.raw) for one in ask(other.name)] == [False]


@clause("A-210")
def test_an_agencys_qualified_staff_is_found_with_it_and_with_nobody_else(stories: Stories, identities: Identities) -> None:
    """Whom an agency has registered is read with that agency, by name, qualification and number, as verified; another's entry has none."""
    verifier, other = stories.verifier(), identities.fresh("agency")
    stories.admitted(other)

    def ask(words: str) -> tuple[Entry, ...]:
        return verifier.library("agencies", q=words).value

    assert astray(stories, identities, "agency", ask, {"personnel": [_TENDERER]}) == {}
    assert [_TENDERER["number"] in str(one.raw) for one in ask(other.name)] == [False]


@clause("A-215")
def test_whoever_is_on_the_black_list_is_marked_and_delivers_nothing_while_it_lasts(stories: Stories, clock: Clock) -> None:
    """Everybody reads who is barred, why and until when, and its bid is refused; later, or taken off the list, it is taken."""
    tender = stories.bidding(bidders=1)
    barred, freed, other = candidates = [stories.bidder() for _ in range(3)]
    until = clock.now(tender) + 2 * DAY
    for one in candidates:
        one.download(tender.document).require()
    entries = [tender.verifier.add_to_blacklist(bar(one, until)).value for one in (barred, freed)]
    read = {one.uscc: one for one in other.blacklist().value}
    while_barred = [delivered(one, tender) for one in candidates]
    tender.verifier.remove_from_blacklist(entries[1]).require()
    listed = {one.uscc for one in other.blacklist().value}
    taken_off = delivered(freed, tender)
    clock.move_to(tender, until - SECOND)
    to_the_last = delivered(barred, tender)
    clock.move_to(tender, until)
    over = delivered(barred, tender)

    assert {barred.identity.uscc, freed.identity.uscc} <= set(read)
    assert (read[barred.identity.uscc].name, moment(read[barred.identity.uscc].get("until"))) == (barred.identity.name, until)
    assert "串通投标" in str(read[barred.identity.uscc].raw)
    assert while_barred == [False, False, True]
    assert (barred.identity.uscc in listed, freed.identity.uscc in listed) == (True, False)
    assert [taken_off, to_the_last, over] == [True, False, True]


def bar(bidder: Bidder, until: datetime) -> Content:
    """An entry of the black list about a bidder, from a week before until then."""
    barred = {"name": bidder.identity.name, "uscc": bidder.identity.uscc, "reason": "串通投标", "authority": "某市行政监督部门"}
    return Content({**barred, "from": until - 7 * DAY, "until": until})


def delivered(bidder: Bidder, tender: Tender) -> bool:
    """Whether a bidder's bid was taken, and stands there for it to read."""
    taken = bidder.deliver(bidder.sealed_bid(tender.section, papers.bid(tender))).accepted
    return taken and bool(bidder.bids_for(tender.section).value)


@clause("A-202")
def test_a_tender_project_is_found_by_its_number_and_by_its_name(stories: Stories, identities: Identities) -> None:
    """Each of two tender projects is found by its own number and its own name, with its own sections, and not by the other's."""
    names = [f"城东查询工程{identities.code()}" for _ in range(2)]
    tenders = [stories.created(tender_facts={"name": name}) for name in names]
    verifier = stories.verifier()
    own = [[(one.tender_project.id, one.tender_project.code, name, [one.section.code])] for one, name in zip(tenders, names, strict=True)]

    def found(words: str) -> list[Any]:
        listed = verifier.library("tender-projects", q=words).value
        return [(one.get("id"), one.get("code"), one.name, [under.get("code") for under in one.get("sections", [])]) for one in listed]

    assert [found(tender.tender_project.code) for tender in tenders] == own
    assert [found(name) for name in names] == own
    assert found(identities.code()) == []


@clause("A-203")
def test_a_section_leads_to_its_award_and_an_award_to_its_section(stories: Stories, public: Public) -> None:
    """Of two sections with different winners each leads to its own winner and price and back; one that is not awarded leads to none."""
    prices = (Decimal("8000000.00"), Decimal("8300000.00"), Decimal("8600000.00"))
    awarded = [stories.awarded(prices=order) for order in (prices, prices[::-1])]
    waiting = stories.announced()
    results = {tender.section.id: public.published_result(tender.section).value for tender in awarded}

    assert [award_of(tender) for tender in awarded] == [
        (tender.winner.bidder.identity.name, Decimal(str(tender.winner.sealed.facts["price"]))) for tender in awarded
    ]
    assert len({award_of(tender) for tender in awarded}) == len(awarded)
    assert award_of(waiting) is None
    assert [public.published_notice(result.id).value.get("section_ids") for result in results.values()] == [[ident] for ident in results]


def award_of(tender: Tender) -> tuple[Any, Decimal | None] | None:
    """To which winner and price a section leads in the base of tender projects."""
    award = listed_section(tender).get("award")
    return (award.get("winner"), amount(award.get("price"))) if award else None


def listed_section(tender: Tender) -> dict[str, Any]:
    """A section as the base of tender projects shows it; nothing if it does not."""
    projects = tender.verifier.library("tender-projects", q=tender.tender_project.code).value
    return next((dict(one) for project in projects for one in project.get("sections", []) if one.get("id") == tender.section.id), {})


@clause("A-204")
def test_the_times_of_a_tender_are_kept_as_they_are_changed(stories: Stories, clock: Clock, public: Public) -> None:
    """A change moves deadline and opening of one of two tenders: owner, base and public have its new times; the other's stay, and count."""
    moved, left = stories.bidding(bidders=1), stories.bidding(bidders=1)
    later = moved.bid_deadline + 2 * DAY
    paper = papers.notice(moved).but(type="change", replaces=moved.notice.id)
    paper = paper.putting("content.bid_deadline", later).putting("content.opening_at", later)
    change = moved.owner.announce(moved.tender_project, paper).value
    moved.verifier.review_notice(change).require()

    assert [deadline(moved), deadline(left)] == [{later}, {left.bid_deadline}]
    assert opening(public.published_notice(change.id).value) == later
    assert opening(public.published_notice(moved.notice.id).value) == moved.times.opening_at
    for tender in (moved, left):
        clock.move_past(tender, tender.bid_deadline)
    late, over = (tender.bidders[0].deliver(tender.bidders[0].sealed_bid(tender.section)) for tender in (moved, left))
    assert late.accepted, "the old deadline still counts"
    assert over.refused_because == "deadline_passed"


def deadline(tender: Tender) -> set[datetime | None]:
    """The deadline of a section, as its owner and the base of tender projects tell it."""
    return {moment(tender.owner.section(tender.section).value.get("bid_deadline")), moment(listed_section(tender).get("bid_deadline"))}


def opening(notice: Notice) -> datetime | None:
    """When a notice says that bids are opened."""
    return moment(notice.get("content.opening_at"))


def amount(said: Any) -> Decimal | None:
    """An amount as it came; None if none did."""
    return Decimal(str(said)) if said else None


@clause("TS-6")
def test_the_six_bases_hold_what_came_of_a_tender(stories: Stories, identities: Identities) -> None:
    """An awarded tender's project, tenderee, agency, bidders, experts and price are in the bases; of one not awarded there is no price."""
    names = [f"城东信息库标段{identities.code()}" for _ in range(2)]
    tender = stories.awarded(organisation="agency", section_facts={"name": names[0]})
    stories.announced(section_facts={"name": names[1]})
    verifier = stories.verifier()
    if not all(expert.identity.name for expert in tender.experts):
        raise Missing("the declaration does not say by which names the experts are known")

    def found(base: str, words: str) -> list[str]:
        return [one.name for one in verifier.library(base, q=words).value]

    prices = [
        (one.get("section_code"), one.get("winner"), amount(one.get("price"))) for one in verifier.library("prices", q=names[0]).value
    ]
    bidders = [bid.bidder.identity.name for bid in tender.bids]
    people = [expert.identity.name for expert in tender.experts]

    assert tender.tender_project.name in found("tender-projects", tender.tender_project.code)
    assert tender.tenderee.identity.name in found("tenderees", tender.tenderee.identity.name)
    assert tender.owner.identity.name in found("agencies", tender.owner.identity.name)
    assert [name for name in bidders if name not in [one.name for one in tender.owner.find_bidders(q=name).value]] == []
    assert [name for name in people if name not in found("experts", name)] == []
    assert prices == [(tender.section.code, tender.winner.bidder.identity.name, Decimal(str(tender.winner.sealed.facts["price"])))]
    assert found("prices", names[1]) == []
