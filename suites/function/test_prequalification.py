"""Applications for prequalification: sealed, in time, opened together, judged, and told to those concerned (资格预审)."""

from tenderproof.testing import Clock, Content, Plan, Stories, clause


@clause("B-043", "B-042")
def test_an_application_is_taken_sealed_until_its_deadline_and_not_from_it_on(stories: Stories, clock: Clock) -> None:
    """One second before the deadline a sealed application is taken; an unsealed one and one at the deadline are refused and not kept."""
    tender = stories.prequalifying(bidders=3)
    in_time, late, unsealed = tender.bidders
    good, too_late = (bidder.sealed_bid(tender.section, kind="application") for bidder in (in_time, late))
    plain = unsealed.sealed_bid(tender.section, kind="application").with_envelope({"segments": [{"name": "bid", "jwe": "plain"}]})

    clock.move_before(tender, tender.bid_deadline)
    taken, open_file = in_time.deliver(good), unsealed.deliver(plain)
    clock.move_to(tender, tender.bid_deadline)
    refused = late.deliver(too_late)

    assert taken.accepted
    assert open_file.refused_because in {"not_encrypted", "encryption_wrong"}
    assert refused.refused_because == "deadline_passed"
    assert late.bids_for(tender.section, kind="application").value == ()
    assert unsealed.bids_for(tender.section, kind="application").value == ()


@clause("B-042", "A-116", "A-118")
def test_applications_stay_sealed_until_they_are_opened(stories: Stories, clock: Clock) -> None:
    """Before the hour nobody opens them or learns who has applied; at the hour each is shown with its arrival, still sealed."""
    tender = stories.applied(bidders=3)
    clock.move_before(tender, tender.bid_deadline)
    early = tender.owner.open_bids(tender.section, kind="application")
    seen = tender.owner.opening(tender.section, kind="application")
    clock.move_to(tender, tender.bid_deadline)
    opened = tender.owner.open_bids(tender.section, kind="application")

    assert early.refused
    assert seen.refused
    assert opened.accepted
    arrived = {application.id: application.receipt.received_at for application in tender.applications}
    assert {shown.bid_id: shown.received_at for shown in opened.value.bids} == arrived
    assert {shown.state for shown in opened.value.bids} == {"sealed"}


@clause("B-044", "A-119")
def test_fewer_than_three_applications_are_not_opened_in_a_first_tender(stories: Stories, clock: Clock, plan: Plan) -> None:
    """One application too few: the opening is refused; just enough: it begins."""
    enough = plan.whole("bidders_min")
    few, just = stories.applied(bidders=enough - 1), stories.applied(bidders=enough)
    for tender in (few, just):
        clock.move_to(tender, tender.bid_deadline)

    assert few.owner.open_bids(few.section, kind="application").refused_because in {"applications_too_few", "too_few_bids"}
    assert just.owner.open_bids(just.section, kind="application").accepted


@clause("A-120", "A-121")
def test_an_application_is_decrypted_by_its_applicants_key_and_read_into_the_record(stories: Stories, clock: Clock) -> None:
    """A wrong key opens nothing; the right one does, with the moment on record; the record then names every applicant."""
    tender = stories.applied(bidders=3)
    clock.move_to(tender, tender.bid_deadline)
    tender.owner.open_bids(tender.section, kind="application").require()
    first, *others = tender.applications
    wrong = first.bidder.release_key(first.sealed, first.receipt, keys=({"segment": "bid", "layer": "bidder", "cek": "A" * 43},))
    right = first.bidder.release_key(first.sealed, first.receipt)
    now = clock.now(tender)
    for application in others:
        stories.decrypt(tender, application)
    completed = tender.owner.complete_opening(tender.section, kind="application").value

    assert wrong.refused_because == "key_wrong"
    assert right.accepted
    shown = {one.bid_id: one for one in completed.bids}
    assert set(shown) == {application.id for application in tender.applications}
    assert (shown[first.id].state, shown[first.id].decrypted_at) == ("decrypted", now)
    assert {one.bidder_name for one in completed.bids} == {a.bidder.identity.name for a in tender.applications}


@clause("A-167", "A-176", "A-178")
def test_the_result_of_prequalification_reaches_each_applicant_and_nobody_learns_the_others(stories: Stories) -> None:
    """The tenderee confirms who has passed; every applicant gets the own result with its reason, and not the list."""
    tender = stories.applications_opened(bidders=4)
    passed, failed = tender.applications[:3], tender.applications[3]
    content = Content(passed=[a.id for a in passed], reasons={failed.id: "业绩不满足要求"})
    incomplete = tender.owner.decide_prequalification(tender.section, Content(passed=["no-such-application"], reasons={}))
    assert incomplete.refused
    tender.owner.decide_prequalification(tender.section, content).require()

    names = {a.bidder.identity.name for a in tender.applications}
    for application in tender.applications:
        told = [
            m
            for m in application.bidder.messages(tender.section).value
            if m.get("section_id") == tender.section.id and "prequalification" in m.type
        ]
        assert told, f"{application.bidder.identity.name} was not told the result"
        assert not [name for name in names - {application.bidder.identity.name} if name in str([m.raw for m in told])]
    assert "业绩不满足要求" in str([m.raw for m in failed.bidder.messages(tender.section).value])
