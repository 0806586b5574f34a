"""What a notice must say before it is published: each missing fact blocks it, and is named (招标公告的内容)."""

from collections.abc import Sequence

from tenderproof.testing import Public, Stories, clause, papers


def refused_without(stories: Stories, fields: Sequence[str]) -> list[str]:
    """The facts without which a notice is submitted all the same, or whose lack the refusal does not name; the whole notice is accepted."""
    tender = stories.created(organisation="agency")
    whole = papers.notice(tender)
    passed = []
    for field in fields:
        answer = tender.owner.announce(tender.tender_project, whole.without(f"content.{field}"))
        named = any(field.rpartition(".")[2] in fault for fault in answer.faulty_fields)
        if answer.accepted or answer.refused_because not in {"content_incomplete", "invalid_content"} or not named:
            passed.append(field)
    control = tender.owner.announce(tender.tender_project, whole)
    control.require()
    return passed


@clause("NOT-5-1")
def test_a_notice_names_project_content_scope_scale_and_funding(stories: Stories) -> None:
    """Each of the five facts is needed; the funding source is not optional."""
    assert refused_without(stories, ["project_name", "content", "scope", "scale", "funding_source"]) == []


@clause("NOT-5-2")
def test_a_notice_says_what_is_asked_of_bidders_and_whether_they_may_join(stories: Stories) -> None:
    """Neither the qualification nor the word on consortia is supplied silently."""
    assert refused_without(stories, ["qualification", "consortium_accepted"]) == []


@clause("NOT-5-3")
def test_a_notice_says_when_and_how_to_obtain_and_to_submit(stories: Stories) -> None:
    """Times and ways of obtaining documents and of submission are needed, and they must fit each other."""
    fields = ["document_from", "document_until", "document_method", "bid_deadline", "submission_method"]
    assert refused_without(stories, fields) == []
    tender = stories.created()
    whole = papers.notice(tender)
    crossed = whole.putting("content.document_until", tender.bid_deadline + (tender.bid_deadline - tender.document_from))
    assert tender.owner.announce(tender.tender_project, crossed).refused_because == "times_inconsistent"
    assert tender.owner.announce(tender.tender_project, whole).accepted


@clause("NOT-5-4", "EB-17-1", "B-002")
def test_a_notice_says_whom_to_ask_and_where_the_platform_is(stories: Stories, public: Public) -> None:
    """Contacts of tenderee and agency, the platform's address and how to get in are needed, and they are published as given."""
    contacts = [f"{party}.{fact}" for party in ("tenderee", "agency") for fact in ("name", "contact", "phone")]
    assert refused_without(stories, [*contacts, "platform_url", "access_method"]) == []
    tender = stories.announced()
    published = public.published_notice(tender.notice.id).value
    given = papers.notice(tender)
    assert [published.get(f"content.{fact}") for fact in ("platform_url", "access_method")] == [
        given.at("content.platform_url"), given.at("content.access_method"),
    ]  # fmt: skip


@clause("LAW-TL-16")
def test_a_notice_names_tenderee_nature_quantity_place_time_and_the_way_to_the_documents(stories: Stories) -> None:
    """Each of the facts that the law lists is needed."""
    fields = ["tenderee.name", "tenderee.address", "content", "quantity", "place", "period", "document_method"]
    assert refused_without(stories, fields) == []


@clause("NOT-10-1")
def test_a_notice_is_signed_by_who_issues_it(stories: Stories, public: Public) -> None:
    """Without a signature, with a signature over something else, or with a stranger's it is refused; the published one shows the signer."""
    tender = stories.created()
    draft = tender.owner.draft_notice(tender.tender_project, papers.notice(tender)).value
    stranger = stories.agency().identity
    unsigned = tender.owner.signing_as(None).submit_notice(draft)
    wrongly = tender.owner.signing_wrongly().submit_notice(draft)
    foreign = tender.owner.signing_as(stranger).submit_notice(draft)
    submitted = tender.owner.submit_notice(draft)

    assert unsigned.refused_because == "signature_missing"
    assert wrongly.refused_because == "signature_invalid"
    assert foreign.refused_because == "certificate_not_bound"
    assert submitted.accepted
    published = tender.verifier.review_notice(submitted.value).value
    assert tender.owner.identity.name in str(public.published_notice(published.id).value.get("signed_by"))
