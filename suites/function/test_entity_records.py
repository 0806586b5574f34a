"""The records of tenderees, agencies and bidders (考评): what they tendered or won, rewards, penalties, performance; and statistics."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from tenderproof.testing import Content, Entry, Identities, Person, Stories, Tender, Verifier, clause

_PERFORMED, _FINED, _PRAISED, _NOTED = "第一期工程按期交付，验收合格", "未按期提交资料，通报批评", "年度信用评价优秀", "按委托合同完成归档"
_PENALTY = Content(kind="penalty", text=_FINED, day="2026-03-02", authority="某市行政监督部门")
_CORRECTED = "更正：未按期提交资料，责令改正"
_ENTERED = [("penalty", _FINED), ("reward", _PRAISED), ("performance", _NOTED)]
_MANAGED = {
    "entered": _ENTERED,
    "changed": [("penalty", _CORRECTED), *_ENTERED[1:]],
    "deleted": [("penalty", _CORRECTED), _ENTERED[2]],
    "another": [],
}
_KAIFENG, _LUOYANG = "410200", "410300"


@clause("A-213")
def test_a_bidders_record_holds_what_it_won_its_performance_and_how_it_was_rewarded(stories: Stories, identities: Identities) -> None:
    """Who won has the deal and what the tenderee says of its performance, who lost neither; rewards and penalties are managed."""
    tender = stories.contracted()
    tender.tenderee.record_performance(tender.contract, Content(text=_PERFORMED)).require()
    winner, loser = tender.winner.bidder, tender.losers[0].bidder

    assert deals(tender, "bidders", winner) == [deal(tender)]
    assert deals(tender, "bidders", loser) == []
    assert performance(tender, "bidders", winner) == [_PERFORMED]
    assert performance(tender, "bidders", loser) == []
    assert managed(stories, identities, "bidder", "bidders") == _MANAGED


@clause("A-206")
def test_a_tenderees_record_holds_what_it_tendered_and_how_it_performed_and_was_rewarded(stories: Stories, identities: Identities) -> None:
    """Who tendered has the deal and what its winner says of the performance, another neither; rewards and penalties are managed."""
    tender = stories.contracted()
    tender.winner.bidder.record_performance(tender.contract, Content(text=_PERFORMED)).require()
    other = stories.admitted(identities.fresh("tenderee"))

    assert deals(tender, "tenderees", tender.tenderee) == [deal(tender)]
    assert deals(tender, "tenderees", other) == []
    assert performance(tender, "tenderees", tender.tenderee) == [_PERFORMED]
    assert performance(tender, "tenderees", other) == []
    assert managed(stories, identities, "tenderee", "tenderees") == _MANAGED


@clause("A-209")
def test_an_agencys_record_holds_what_it_ran_and_how_it_performed_and_was_rewarded(stories: Stories, identities: Identities) -> None:
    """Who ran a tender has the deal, another agency and a tender without it have not; performance, rewards and penalties are managed."""
    tender, without = stories.awarded(organisation="agency"), stories.awarded()
    other = stories.admitted(identities.fresh("agency"))

    assert deals(tender, "agencies", tender.owner) == [deal(tender)]
    assert deals(tender, "agencies", other) == []
    assert deals(without, "agencies", tender.owner) == []
    assert managed(stories, identities, "agency", "agencies") == _MANAGED


def listed(verifier: Verifier, base: str, uscc: str) -> Entry:
    """The one entity of a base with this code."""
    (entity,) = verifier.library(base, q=uscc).value
    return entity


def deal(tender: Tender) -> tuple[str, str, Decimal]:
    """What came of a tender: section, winner, price."""
    return tender.section.code, tender.winner.bidder.identity.name, Decimal(str(tender.winner.sealed.facts["price"]))


def deals(tender: Tender, base: str, person: Person) -> list[tuple[Any, ...]]:
    """What the record of somebody says that came of a tender: section, winner, price."""
    kept = tender.verifier.entity_record(base, listed(tender.verifier, base, person.identity.uscc)).value.deals
    of = [one for one in kept if one["section_code"] == tender.section.code]
    return [(one["section_code"], one["winner"], Decimal(str(one["price"]))) for one in of]


def performance(tender: Tender, base: str, person: Person) -> list[str]:
    """What the record of somebody says of the performance of a tender's contract."""
    kept = tender.verifier.entity_record(base, listed(tender.verifier, base, person.identity.uscc)).value.performance
    return [one["text"] for one in kept if one["section_code"] == tender.section.code]


def managed(stories: Stories, identities: Identities, role: str, base: str) -> dict[str, list[tuple[str, str]]]:
    """What stands in the record of a new entity while entries are made, changed and deleted, and in that of another: kind and text."""
    verifier, (one, other) = stories.verifier(), [stories.admitted(identities.fresh(role)) for _ in range(2)]

    def read(person: Person) -> list[tuple[str, str]]:
        kept = verifier.entity_record(base, listed(verifier, base, person.identity.uscc)).value.conduct
        return sorted(((said["kind"], said["text"]) for said in kept), key=_order)

    paper = _PENALTY.but(uscc=one.identity.uscc)
    fined, praised, _ = (verifier.add_conduct(paper.but(kind=kind, text=text)).value for kind, text in _ENTERED)
    seen = {"entered": read(one)}
    verifier.change_conduct(fined, {"text": _CORRECTED}).require()
    seen["changed"] = read(one)
    verifier.remove_conduct(praised).require()
    return {**seen, "deleted": read(one), "another": read(other)}


def _order(said: tuple[str, str]) -> int:
    """The order in which entries of these kinds were made."""
    return [kind for kind, _ in _ENTERED].index(said[0])


@clause("A-214")
def test_bidders_are_found_and_counted_by_region_and_qualification(stories: Stories, identities: Identities) -> None:
    """Of three bidders the right ones are found, and counted where they are; a change of region counts once it is verified."""
    verifier, wanted = stories.verifier(), f"城东专项承包{identities.code()}"
    held = {"qualifications": [{"name": wanted, "level": "一级", "number": "D111000001"}]}
    one, two, three = people = named(stories, identities, "bidder")
    changes: tuple[dict[str, Any], ...] = {**held, **at(_KAIFENG)}, {**held, **at(_LUOYANG)}, at(_KAIFENG)
    for person, change in zip(people, changes, strict=True):
        settled(stories, person, change)
    words = common(people)
    found = [names(verifier, "bidders", **chosen) for chosen in ({"qualification": wanted}, {"q": words, "region": _KAIFENG})]
    counted = [statistics(verifier, "bidders", **chosen) for chosen in ({"q": words}, {"qualification": wanted})]
    moved = while_moving(stories, "bidders", two, words)

    assert found == [sorted(map(name, (one, two))), sorted(map(name, (one, three)))]
    assert counted == [
        (3, {_KAIFENG: 2, _LUOYANG: 1}, {wanted: 2}),
        (2, {_KAIFENG: 1, _LUOYANG: 1}, {wanted: 2}),
    ]
    assert moved == [(3, {_KAIFENG: 2, _LUOYANG: 1}), (3, {_KAIFENG: 3})]


@clause("A-207")
def test_tenderees_are_found_and_counted_by_region(stories: Stories, identities: Identities) -> None:
    """Of three tenderees the right ones are found, and counted where they are; a change of region counts once it is verified."""
    found_and_counted_by_region(stories, named(stories, identities, "tenderee"), "tenderees")


@clause("A-211")
def test_agencies_are_found_and_counted_by_region(stories: Stories, identities: Identities) -> None:
    """Of three agencies the right ones are found, and counted where they are; a change of region counts once it is verified."""
    found_and_counted_by_region(stories, named(stories, identities, "agency"), "agencies")


def found_and_counted_by_region(stories: Stories, people: list[Person], library: str) -> None:
    """Two in one region and one in another: who is there is found, and the numbers follow a verified change."""
    for person, region in zip(people, (_KAIFENG, _LUOYANG, _KAIFENG), strict=True):
        settled(stories, person, at(region))
    words = common(people)
    found = names(stories.verifier(), library, q=words, region=_KAIFENG)
    moved = while_moving(stories, library, people[1], words)

    assert found == sorted(map(name, (people[0], people[2])))
    assert moved == [(3, {_KAIFENG: 2, _LUOYANG: 1}), (3, {_KAIFENG: 3})]


def named(stories: Stories, identities: Identities, role: str) -> list[Person]:
    """Three new entities of a role whose names begin alike, and like nobody else's."""
    words = f"城东统计{identities.code()}"
    return [stories.admitted(identities.fresh(role, name=f"{words}{last}公司")) for last in "甲乙丙"]


def common(people: list[Person]) -> str:
    """How the names of all three begin."""
    return name(people[0]).removesuffix("甲公司")


def name(person: Person) -> str:
    """The name of an entity."""
    return person.identity.name


def at(region: str) -> dict[str, str]:
    """A registration in this region."""
    return {"region_code": region}


def settled(stories: Stories, person: Person, change: Mapping[str, Any]) -> None:
    """A change of a registration, verified."""
    person.change_registration(change).require()
    stories.verifier().verify(person.submit_registration().value, "verified", "国家企业信用信息公示系统").require()


def names(verifier: Verifier, base: str, **chosen: str) -> list[str]:
    """Who is found in a base."""
    return sorted(one.name for one in verifier.library(base, **chosen).value)


def statistics(verifier: Verifier, base: str, **chosen: str) -> tuple[Any, ...]:
    """How many there are, by region, by qualification."""
    told = verifier.entity_statistics(base, **chosen).value
    return told.get("total"), *({row["value"]: row["count"] for row in told.get(by) or []} for by in ("by_region", "by_qualification"))


def while_moving(stories: Stories, base: str, person: Person, words: str) -> list[tuple[Any, ...]]:
    """How many there are, and of which region, while somebody's move to Kaifeng waits for its verification, and after it."""
    person.change_registration(at(_KAIFENG)).require()
    submitted = person.submit_registration().value
    meanwhile = statistics(stories.verifier(), base, q=words)[:2]
    stories.verifier().verify(submitted, "verified", "国家企业信用信息公示系统").require()
    return [meanwhile, statistics(stories.verifier(), base, q=words)[:2]]
