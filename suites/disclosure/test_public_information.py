"""What everybody reads of a tender without logging in: the six groups, notices in full, changes beside what they change (信息公开)."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from tenderproof.testing import (
    HOUR,
    SECOND,
    Answer,
    Clock,
    Content,
    Missing,
    Notice,
    Person,
    Public,
    Section,
    Stories,
    Tender,
    clause,
    papers,
)

_TENDERED = {
    "content": "本次公开内容",
    "scope": "本次公开范围",
    "scale": "本次公开规模",
    "technical_requirements": "本次主要技术要求",
}
_LEADER = "赵志刚"
_CONTACTS = ("name", "address", "contact.name", "contact.phone")
_PUBLISHED = ("name", "address", "contact", "phone")


def registered(person: Person) -> list[Any]:
    """Name, address, contact and its number as they were registered."""
    found = person.registration().value
    return [found.get(name) for name in _CONTACTS]


@clause("EB-41-1")
def test_the_public_record_tells_parties_project_bidders_and_contract_as_they_are(stories: Stories, public: Public) -> None:
    """Each of the six groups stands in the public record as it was registered, bid and signed; where no agency acts none is named."""
    tender = stories.created(organisation="agency", section_facts=_TENDERED, project_facts={"funding_source": "城建专项资金"})
    tender.owner.set_team(tender.tender_project, [{"name": _LEADER, "duty": "项目负责人"}]).require()
    said = public.published_section(stories.contracted(tender).section).value
    alone = public.published_section(stories.announced().section).value

    assert [said.get(f"tenderee.{name}") for name in _PUBLISHED] == registered(tender.tenderee)
    assert (said.get("tender_project.name"), said.get("project.funding_source")) == (tender.tender_project.name, "城建专项资金")
    assert {name: said.get(name) for name in _TENDERED} == _TENDERED
    assert [said.get(f"agency.{name}") for name in _PUBLISHED] == registered(tender.owner)
    assert said.get("agency.leader") == _LEADER
    assert said.get("agency.qualifications") == tender.owner.registration().value.get("qualifications")
    assert said.says("agency.qualifications")
    assert alone.get("agency") is None
    assert standing(said.get("bidders")) == {bid.bidder.identity.name: offered(bid.bidder, bid.sealed.facts) for bid in tender.bids}
    assert said.get("result.winner") == tender.winner.bidder.identity.name
    assert said.says("contract.price", "contract.signed_at", "contract.period")
    assert Decimal(str(said.get("contract.price"))) == tender.contract.price
    assert datetime.fromisoformat(str(said.get("contract.signed_at"))) == tender.contract.signed_at
    assert said.get("contract.period") == tender.winner.sealed.facts["period_days"]
    assert {notice["type"] for notice in said.notices} >= {"tender", "candidates_publicity", "result"}


def standing(bidders: Any) -> dict[str, Any]:
    """Qualifications and project leader by bidder."""
    return {one.get("name"): (one.get("qualifications"), one.get("project_leader")) for one in bidders or []}


def offered(bidder: Person, facts: Mapping[str, Any]) -> tuple[Any, Any]:
    """What a bidder is registered to be qualified for, and whom its bid names."""
    return bidder.registration().value.get("qualifications"), facts["project_leader"]


def unsaid(given: Content, notice: Notice) -> list[str]:
    """What was handed in and does not stand in a notice as it was handed in."""
    return [path for path, value in _facts(given, "content") if not _same(value, notice.get(path))]


def _facts(content: Mapping[str, Any], path: str) -> Iterator[tuple[str, Any]]:
    for name, value in content.items():
        if isinstance(value, Mapping):
            yield from _facts(value, f"{path}.{name}")
        elif value is not None and not isinstance(value, list):
            yield f"{path}.{name}", value


def _same(given: Any, said: Any) -> bool:
    if isinstance(given, datetime):
        return bool(said) and datetime.fromisoformat(str(said)) == given
    return str(said) == str(given)


@clause("NOT-3-1")
def test_everybody_reads_notices_and_publicities_in_full(stories: Stories, clock: Clock, public: Public) -> None:
    """Without a log-in the notice, its change, the candidates, the result and a termination say all that was handed in."""
    tender = stories.announced()
    first = papers.notice(tender)
    original = public.published_notice(tender.notice.id)
    second = first.but(type="change", replaces=tender.notice.id).putting("content.qualification", "市政公用工程施工总承包一级")
    changed = tender.owner.announce(tender.tender_project, second).value
    tender.verifier.review_notice(changed).require()
    stories.evaluated(tender)
    publicity = papers.publicity(tender, clock.now(tender))
    stories.awarded(tender)
    ended = stories.announced()
    anomaly = ended.owner.record_anomaly(ended.section, Content(kind="terminated", reason="项目审批被撤销")).value

    for answer, given in ((original, first), (public.published_notice(changed.id), second)):
        assert answer.accepted, answer
        assert unsaid(given["content"], answer.value) == []
    candidates, result = public.published_candidates(tender.section), public.published_result(tender.section)
    assert candidates.accepted, candidates
    assert [_described(one) for one in candidates.value.get("content.candidates")] == [
        _described(one) for one in publicity.at("content.candidates")
    ]
    assert result.accepted, result
    assert unsaid(papers.result(tender)["content"], result.value) == []
    termination = public.published_notice(str(anomaly.get("notice_id")))
    assert termination.accepted, termination
    assert termination.value.get("content.reason") == "项目审批被撤销"


def _described(candidate: Mapping[str, Any]) -> dict[str, str]:
    return {path: str(value) for path, value in _facts(candidate, "candidate")}


@clause("NOT-3-1", way="record")
def test_every_listed_notice_is_open_to_everybody_in_full(public: Public) -> None:
    """Whatever the public list names can be read without a log-in, and it says something."""
    if public.published_notice("0" * 32).accepted:
        raise Missing("the platform shows a notice that nobody has published: what it shows tells nothing")
    listed = public.published_notices(at_most=30).value
    answers = {one.id: public.published_notice(one.id) for one in listed}

    assert [ident for ident, answer in answers.items() if answer.refused] == []
    assert [ident for ident, answer in answers.items() if not answer.value.says("title", "content")] == []
    assert [ident for ident, answer in answers.items() if answer.value.id != ident] == []


@clause("NOT-20-1")
def test_a_change_and_a_termination_are_announced_beside_the_original(stories: Stories, public: Public) -> None:
    """A change that names no original is refused; one that does is a notice of its own, and the original stays word for word."""
    tender = stories.announced()
    before = words(public.published_notice(tender.notice.id).value)
    paper = papers.notice(tender).but(type="change").putting("content.qualification", "市政公用工程施工总承包一级")
    loose = tender.owner.announce(tender.tender_project, paper)
    linked = tender.owner.announce(tender.tender_project, paper.but(replaces=tender.notice.id)).value
    tender.verifier.review_notice(linked).require()
    anomaly = tender.owner.record_anomaly(tender.section, Content(kind="terminated", reason="项目审批被撤销")).value
    listed = listed_of(tender.section, public)
    change, termination = (public.published_notice(ident) for ident in (linked.id, str(anomaly.get("notice_id"))))

    assert loose.refused_because in {"invalid_content", "content_incomplete"}
    assert change.accepted, change
    assert change.value.get("replaces") == tender.notice.id
    assert change.value.get("content.qualification") == "市政公用工程施工总承包一级"
    assert termination.accepted, termination
    assert termination.value.get("content.reason") == "项目审批被撤销"
    assert tender.section.id in termination.value.get("section_ids", [])
    assert {tender.notice.id, linked.id, str(anomaly.get("notice_id"))} <= listed
    assert words(public.published_notice(tender.notice.id).value) == before


def words(notice: Notice) -> tuple[Any, ...]:
    """What a notice says, and since when."""
    return tuple(notice.get(name) for name in ("type", "title", "content", "content_sha256", "published_at"))


def listed_of(section: Section, public: Public) -> set[str]:
    """The notices that the public record of a section lists."""
    return {str(one["id"]) for one in public.published_section(section).value.notices}


@clause("HN-2.5-11", acquits=False)  # of trading information; service information (服务信息) is not looked at
def test_a_notice_can_be_read_from_the_moment_that_it_bears(stories: Stories, clock: Clock, public: Public) -> None:
    """Tender notice and result: nobody reads them before they are verified, everybody at once after, and they bear that very moment."""
    tender = stories.created()
    submitted = tender.owner.announce(tender.tender_project, papers.notice(tender)).value
    told = {
        "notice": verified(tender, clock, lambda: public.published_notice(submitted.id), lambda: tender.verifier.review_notice(submitted))
    }
    ended = stories.decided()
    ended.owner.publish_result(ended.section, papers.result(ended)).require()
    told["result"] = verified(
        ended, clock, lambda: public.published_result(ended.section), lambda: ended.verifier.review_result(ended.section)
    )

    assert [kind for kind, (early, _, _) in told.items() if early.accepted] == []
    assert [kind for kind, (_, late, _) in told.items() if late.refused] == []
    assert [kind for kind, (_, late, span) in told.items() if not span[0] <= late.value.published_at <= span[1]] == []


def verified(
    tender: Tender, clock: Clock, read: Callable[[], Answer[Notice]], review: Callable[[], Answer[Any]]
) -> tuple[Answer[Notice], Answer[Notice], tuple[datetime, datetime]]:
    """What everybody reads before a notice is verified, an hour after it was submitted, and after it; and the span of time in between."""
    clock.move_to(tender, clock.now(tender) + HOUR)
    early, before = read(), clock.now(tender)
    review().require()
    return early, read(), (before - SECOND, clock.now(tender) + SECOND)
