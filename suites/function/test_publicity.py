"""Candidates and result on their way to the public: handed in, changed, taken back, reviewed (公示与公告的编辑、审核)."""

from tenderproof.testing import HOUR, Clock, Public, Stories, clause, papers


@clause("A-163")
def test_a_publicity_can_be_changed_and_taken_back_until_it_is_published(stories: Stories, clock: Clock, public: Public) -> None:
    """Handed in, handed in again otherwise, read, taken back, handed in; once published nobody takes it away."""
    tender = stories.evaluated()
    paper = papers.publicity(tender, clock.now(tender) + HOUR)
    tender.owner.publish_candidates(tender.section, paper).require()
    changed = tender.owner.publish_candidates(tender.section, paper.putting("content.other", "项目负责人在建情况已核查"))
    kept = tender.owner.candidates(tender.section).value.get("content.other")
    removed = tender.owner.withdraw_candidates(tender.section)
    gone = tender.owner.candidates(tender.section)
    tender.owner.publish_candidates(tender.section, paper).require()
    tender.verifier.review_candidates(tender.section).require()
    too_late = tender.owner.withdraw_candidates(tender.section)
    over = tender.owner.publish_candidates(tender.section, paper.putting("content.other", "另行说明"))

    assert changed.accepted
    assert kept == "项目负责人在建情况已核查"
    assert removed.accepted
    assert gone.refused
    assert too_late.refused
    assert over.refused
    assert public.published_candidates(tender.section).value.get("content.other") == paper.at("content.other")


@clause("A-164")
def test_candidates_are_public_only_when_they_are_reviewed(stories: Stories, clock: Clock, public: Public) -> None:
    """Handed in, and turned down with a remark, they are not public; approved they are, and the reviewer is on record."""
    tender = stories.evaluated()
    paper = papers.publicity(tender, clock.now(tender) + HOUR)
    tender.owner.publish_candidates(tender.section, paper).require()
    unreviewed = public.published_candidates(tender.section)
    tender.verifier.review_candidates(tender.section, "rejected", "证书编号有误").require()
    rejected, returned = public.published_candidates(tender.section), tender.owner.candidates(tender.section).value
    tender.owner.publish_candidates(tender.section, paper).require()
    tender.verifier.review_candidates(tender.section).require()

    assert unreviewed.refused
    assert rejected.refused
    assert "证书编号有误" in str(returned.raw)
    assert public.published_candidates(tender.section).accepted
    assert tender.verifier.identity.name in str(tender.owner.candidates(tender.section).value.get("review"))


@clause("A-169")
def test_a_result_is_kept_as_it_was_last_handed_in(stories: Stories, public: Public) -> None:
    """What the owner hands in is kept to the last word, a changed one replaces it, and that is what is published."""
    tender = stories.decided()
    paper = papers.result(tender)
    tender.owner.publish_result(tender.section, paper).require()
    first = tender.owner.result(tender.section)
    assert first.accepted
    assert [first.value.get(f"content.{name}") for name in ("quality", "period")] == [
        paper.at("content.quality"),
        paper.at("content.period"),
    ]
    tender.owner.publish_result(tender.section, paper.putting("content.quality", "优良")).require()
    second = tender.owner.result(tender.section).value
    tender.verifier.review_result(tender.section).require()

    assert second.get("content.quality") == "优良"
    assert public.published_result(tender.section).value.get("content.quality") == "优良"


@clause("A-170")
def test_a_result_is_public_only_when_it_is_reviewed(stories: Stories, public: Public) -> None:
    """Handed in, and turned down, it is not public; approved it is, and the reviewer is on record."""
    tender = stories.decided()
    tender.owner.publish_result(tender.section, papers.result(tender)).require()
    unreviewed = public.published_result(tender.section)
    tender.verifier.review_result(tender.section, "rejected", "工期有误").require()
    rejected = public.published_result(tender.section)
    tender.owner.publish_result(tender.section, papers.result(tender)).require()
    tender.verifier.review_result(tender.section).require()

    assert unreviewed.refused
    assert rejected.refused
    assert public.published_result(tender.section).accepted
    assert tender.verifier.identity.name in str(tender.owner.result(tender.section).value.get("review"))
