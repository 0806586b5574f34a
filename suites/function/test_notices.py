"""Tender and prequalification notices: chosen, drafted, changed, deleted, submitted, reviewed, with who did it on record (公告)."""

from datetime import datetime

import pytest

from tenderproof.testing import HOUR, SECOND, Clock, Content, Notice, Public, Stories, Tender, clause, papers

_KINDS = ("tender", "prequalification")
_TITLE, _SCOPE = "城东道路工程公告（修改）", "路基、路面、排水、照明"


def created(stories: Stories, kind: str, *, organisation: str = "agency", category: str = "engineering") -> Tender:
    """An open tender of which nothing is announced, and that goes with a notice of this kind."""
    return stories.created(organisation=organisation, category=category, prequalification=kind == "prequalification")


def draft(tender: Tender, kind: str) -> tuple[Notice, Content]:
    """A complete draft, with what it says."""
    paper = papers.notice(tender, kind)
    return tender.owner.draft_notice(tender.tender_project, paper).value, paper


def within(moment: datetime, since: datetime, until: datetime) -> bool:
    """Whether a moment on record lies between two readings of the clock, to the second."""
    return since - SECOND <= moment <= until + SECOND


@clause("A-50")
@pytest.mark.parametrize("category", ["engineering", "goods", "services"])
@pytest.mark.parametrize("kind", _KINDS)
def test_an_open_tender_is_announced_by_the_kind_of_notice_that_its_owner_chooses(
    stories: Stories, public: Public, kind: str, category: str
) -> None:
    """Whatever is tendered, a notice of either kind is taken, published as what it is, and listed as that."""
    tender = created(stories, kind, category=category)
    drafted = tender.owner.draft_notice(tender.tender_project, papers.notice(tender, kind))
    assert drafted.accepted
    published = tender.verifier.review_notice(tender.owner.submit_notice(drafted.value).value).value
    listed = [found["type"] for found in public.published_section(tender.section).value.notices]

    assert public.published_notice(published.id).value.type == kind
    assert listed == [kind]


@clause("A-51")
@pytest.mark.parametrize("kind", _KINDS)
def test_a_notice_is_created_changed_deleted_and_submitted_and_can_be_queried(stories: Stories, kind: str) -> None:
    """What is changed is read as changed and else as it was, also by who reviews it; only what is deleted is gone."""
    tender = created(stories, kind)
    paper = papers.notice(tender, kind)
    first = tender.owner.draft_notice(tender.tender_project, paper)
    second = tender.owner.draft_notice(tender.tender_project, paper)
    assert [first.accepted, second.accepted] == [True, True]
    changed = tender.owner.change_notice(first.value, {"title": _TITLE, "content": {"scope": _SCOPE}})
    deleted = tender.owner.delete_notice(second.value)
    kept, gone = tender.owner.notice(first.value), tender.owner.notice(second.value)
    listed = [found.id for found in tender.owner.notices(tender.tender_project).value]
    assert changed.accepted
    assert deleted.accepted
    assert kept.accepted
    submitted = tender.owner.submit_notice(kept.value)

    assert submitted.accepted
    for read in (kept, tender.owner.notice(first.value), tender.verifier.notice(first.value)):
        assert read.accepted
        assert [read.value.title, read.value.get("content.scope"), read.value.get("content.place")] == [
            _TITLE, _SCOPE, paper.at("content.place"),
        ]  # fmt: skip
    assert gone.refused_because == "not_found"
    assert listed == [first.value.id]


@clause("A-52")
@pytest.mark.parametrize("kind", _KINDS)
def test_a_notice_under_review_cannot_be_changed(stories: Stories, kind: str) -> None:
    """A draft is changed, what waits for review is not, and who reviews it reads what was submitted; sent back, it is changed again."""
    tender = created(stories, kind)
    drafted, _ = draft(tender, kind)
    before = tender.owner.change_notice(drafted, {"title": _TITLE})
    submitted = tender.owner.submit_notice(tender.owner.notice(drafted).value).value
    refused = tender.owner.change_notice(drafted, {"title": "另一公告", "content": {"scope": _SCOPE}})
    waiting = tender.verifier.notice(drafted).value
    tender.verifier.review_notice(waiting, "rejected", "请更正").require()
    again = tender.owner.change_notice(drafted, {"title": "另一公告"})

    assert before.accepted
    assert refused.refused_because == "not_editable"
    assert [waiting.title, waiting.get("content.scope")] == [submitted.title, submitted.get("content.scope")]
    assert again.accepted


@clause("A-52")
@pytest.mark.parametrize("kind", _KINDS)
def test_a_notice_is_published_only_by_its_review_and_who_submitted_it_when_is_on_record(
    stories: Stories, clock: Clock, public: Public, kind: str
) -> None:
    """Waiting and sent back it is not public, approved it is; its record names who submitted it at last, and when that was."""
    tender = created(stories, kind)
    drafted, _ = draft(tender, kind)
    first = tender.owner.submit_notice(drafted).value
    waiting = public.published_notice(drafted.id)
    tender.verifier.review_notice(first, "rejected", "请更正").require()
    back = public.published_notice(drafted.id)
    clock.move_to(tender, clock.now(tender) + HOUR / 4)
    since = clock.now(tender)
    second = tender.owner.submit_notice(drafted).value
    until = clock.now(tender)
    clock.move_to(tender, until + HOUR / 4)
    tender.verifier.review_notice(second).require()
    read = tender.verifier.notice(drafted).value

    assert waiting.refused_because == "not_found"
    assert back.refused_because == "not_found"
    assert public.published_notice(drafted.id).accepted
    assert read.get("submitted_by") == tender.owner.identity.name
    assert read.says("submitted_at")
    assert within(read.submitted_at, since, until)


@clause("A-53")
@pytest.mark.parametrize("kind", _KINDS)
def test_who_verified_a_notice_when_and_with_what_outcome_is_on_record(stories: Stories, clock: Clock, kind: str) -> None:
    """Sent back and approved, the record names the verifier who did it, at the moment at which it happened; its owner reads it."""
    tender = created(stories, kind)
    drafted, _ = draft(tender, kind)
    for outcome in ("rejected", "approved"):
        submitted = tender.owner.submit_notice(drafted).value
        clock.move_to(tender, clock.now(tender) + HOUR / 4)
        since = clock.now(tender)
        tender.verifier.review_notice(submitted, outcome, "核验意见").require()
        until = clock.now(tender)
        read = tender.owner.notice(drafted).value

        assert read.says("review")
        assert [read.get("review.outcome"), read.get("review.reviewed_by")] == [outcome, tender.verifier.identity.name]
        assert read.says("review.reviewed_at")
        assert within(datetime.fromisoformat(read.get("review.reviewed_at")), since, until)
