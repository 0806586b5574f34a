"""What the public reads of candidates and results: every item that must be said, for the whole time, truly (公示、公布)."""

from collections.abc import Mapping
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from tenderproof.testing import HOUR, Calendar, Clock, Content, Missing, Plan, Public, Stories, clause, papers, published

_OF_EACH = (
    "rank", "name", "price", "quality", "period", "evaluation_result", "project_leader.name", "project_leader.certificate",
    "qualification_response",
)  # fmt: skip
_INCOMPLETE = {"content_incomplete", "invalid_content"}
_AT_MOST = 30  # notices that are judged
_NEVER = datetime.max.replace(tzinfo=UTC)


def without(paper: Content, field: str) -> Content:
    """The publicity without one item about its first candidate."""
    first, *rest = paper.at("content.candidates")
    return paper.putting("content.candidates", [Content(first).without(field), *rest])


def value(described: Mapping[str, Any], field: str) -> str:
    """What stands of one item, as text; "" where nothing does."""
    found: Any = described
    for name in field.split("."):
        found = found.get(name) if isinstance(found, Mapping) else None
    return "" if found is None else str(found)


@clause("NOT-6-1")
def test_a_publicity_of_candidates_says_every_item_and_the_public_reads_it(stories: Stories, clock: Clock, public: Public) -> None:
    """Without any one item it is refused and the item is named; complete it is published, each item as it was handed in."""
    tender = stories.evaluated()
    whole = papers.publicity(tender, clock.now(tender) + HOUR)
    spoiled = {field: without(whole, field) for field in _OF_EACH}
    spoiled["objection_channel"] = whole.without("content.objection_channel")
    answers = {field: tender.owner.publish_candidates(tender.section, paper) for field, paper in spoiled.items()}
    tender.owner.publish_candidates(tender.section, whole).require()
    tender.verifier.review_candidates(tender.section).require()
    said = public.published_candidates(tender.section).value

    assert [field for field, answer in answers.items() if answer.refused_because not in _INCOMPLETE] == []
    assert [field for field, answer in answers.items() if not any(field in fault for fault in answer.faulty_fields)] == []
    assert said.get("content.objection_channel") == whole.at("content.objection_channel")
    assert len(said.get("content.candidates", [])) == len(whole.at("content.candidates"))
    for described, given in zip(said.get("content.candidates", []), whole.at("content.candidates"), strict=True):
        missing = [field for field in _OF_EACH if not value(described, field)]
        assert not missing, f"the published candidates do not say {missing}"
        assert [value(described, field) for field in _OF_EACH] == [value(given, field) for field in _OF_EACH]


@clause("NOT-6-2")
def test_the_result_names_the_winner_and_nothing_in_its_place(stories: Stories, public: Public) -> None:
    """No name, a pointer to an attachment or a loser's name is refused; what is published names the winner."""
    tender = stories.decided()
    lawful = papers.result(tender)
    nobody = tender.owner.publish_result(tender.section, lawful.without("content.winner"))
    elsewhere = tender.owner.publish_result(tender.section, lawful.putting("content.winner", "详见附件"))
    loser = tender.owner.publish_result(tender.section, lawful.putting("content.winner", tender.losers[0].bidder.identity.name))
    tender.owner.publish_result(tender.section, lawful).require()
    tender.verifier.review_result(tender.section).require()

    assert nobody.refused_because in _INCOMPLETE
    assert elsewhere.refused_because in {"content_differs", *_INCOMPLETE}
    assert loser.refused_because in {"content_differs", *_INCOMPLETE}
    assert public.published_result(tender.section).value.get("content.winner") == tender.winner.bidder.identity.name


@clause("EB-35-1")
def test_candidates_and_result_are_public_with_their_times_and_in_their_order(stories: Stories, clock: Clock, public: Public) -> None:
    """Everybody reads the candidates as soon as they are published and the result after the publicity, each where notices are listed."""
    tender = stories.publicity()
    candidates = public.published_candidates(tender.section)
    early = public.published_result(tender.section)
    listed = {notice.id for notice in public.published_notices(type="candidates_publicity").value}
    stories.awarded(tender)
    result = public.published_result(tender.section)

    assert candidates.accepted
    assert candidates.value.id in listed
    assert early.refused
    assert result.accepted
    assert result.value.id in {notice.id for notice in public.published_notices(type="result").value}
    assert result.value.published_at >= publicity(candidates.value.raw)[1]
    assert result.value.published_at <= clock.now(tender)


def publicity(notice: Mapping[str, Any]) -> tuple[datetime, datetime]:
    """From when until when candidates are public, as the notice says itself."""
    said = notice if "ends_at" in notice else notice["content"]
    return datetime.fromisoformat(said["starts_at"]), datetime.fromisoformat(said["ends_at"])


@clause("NOT-6-1", way="record")
def test_published_candidates_are_described_in_full(public: Public) -> None:
    """In every published publicity of a compulsory project each candidate is described by every item, and it says how to object."""
    notices = list(islice(published.of_compulsory_projects(public, "candidates_publicity"), _AT_MOST))
    if not notices:
        raise Missing("no publicity of a compulsory project's candidates is published")
    blanks = [
        (notice.id, field)
        for notice in notices
        for described in notice.get("content.candidates", [])
        for field in _OF_EACH
        if not value(described, field)
    ]

    assert blanks == []
    assert [notice.id for notice in notices if not notice.says("content.candidates", "content.objection_channel")] == []


@clause("NOT-6-2", way="record")
def test_published_results_name_their_winner(public: Public) -> None:
    """Every published result of a compulsory project says who won, and does not leave it to an attachment."""
    notices = list(islice(published.of_compulsory_projects(public, "result"), _AT_MOST))
    if not notices:
        raise Missing("no result of a compulsory project is published")

    assert [notice.id for notice in notices if not notice.says("content.winner")] == []
    assert [notice.id for notice in notices if "附件" in str(notice.get("content.winner"))] == []


@clause("B-028", way="record")
def test_published_candidates_of_compulsory_projects_are_public_for_three_days(public: Public, plan: Plan, calendar: Calendar) -> None:
    """From its issue to its end no published publicity is shorter than the law's days by its widest reading."""
    figure = plan.parameter("publicity_days")
    agreed = {}
    for notice in published.of_compulsory_projects(public, "candidates_publicity"):
        begins, ends = publicity(notice.raw)
        bounds = calendar.earliest(figure.counting or "", max(begins, notice.published_at), plan.whole("publicity_days"))
        if (reading := bounds.judge(ends)) != "depends":
            agreed[notice.id] = reading
        if len(agreed) == _AT_MOST:
            break
    if not agreed:
        raise Missing("no publicity of a compulsory project is published on whose length every reading of the law agrees")

    assert [notice for notice, reading in agreed.items() if reading == "unlawful"] == []


@clause("EB-35-1", way="record")
def test_published_results_follow_the_publicity_of_their_candidates(public: Public) -> None:
    """Wherever a compulsory project's result is published, its candidates were public before, and their time was over."""
    # what is published first is read last: else a tender that goes on meanwhile shows its result and not its publicity
    bound = list(islice(published.of_compulsory_projects(public, "result"), _AT_MOST))
    ends: dict[str, list[datetime]] = {}
    for listed in public.published_notices(type="candidates_publicity").value:
        notice = public.published_notice(listed.id).value
        for section_id in notice.get("section_ids", []):
            ends.setdefault(section_id, []).append(publicity(notice.raw)[1])
    if not bound:
        raise Missing("no result of a compulsory project is published")
    too_early = [
        notice.id for notice in bound for ident in notice.get("section_ids", []) if notice.published_at < min(ends.get(ident, [_NEVER]))
    ]

    assert too_early == []
