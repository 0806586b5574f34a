"""A tender's whole course on the platform: every group of functions works, also for who need not tender (全流程电子化)."""

from datetime import datetime
from typing import Any

from tenderproof.testing import Content, Identities, Plan, Public, PublicService, Stories, Supervisor, Tender, clause, papers

_STAGES = {
    "acceptance": "section.create", "publication": "notice.review", "sign-up": "bid.submit", "drawing": "committee.draw",
    "evaluation": "report.sign", "publicity": "candidates.review", "filing": "archive.make",
}  # fmt: skip


@clause("A-94")
def test_a_delivery_that_names_a_code_that_cannot_exist_is_refused(stories: Stories, identities: Identities) -> None:
    """One wrong check character among a consortium's codes and the bid is refused, the fault named and nothing kept; else it is taken."""
    tender = stories.bidding(bidders=1, notice_facts={"content.consortium_accepted": True})
    (bidder,) = tender.bidders
    bid, right = bidder.sealed_bid(tender.section, papers.bid(tender)), identities.code()
    first = bidder.deliver(bid, consortium=[identities.wrong_code()])
    second = bidder.deliver(bid, consortium=[right, identities.wrong_code()])
    short = bidder.deliver(bid, consortium=[right[:-1]])
    kept = bidder.bids_for(tender.section).value
    taken = bidder.deliver(bid, consortium=[right])

    assert {answer.refused_because for answer in (first, second, short)} <= {"code_invalid", "invalid_content"}
    assert [answer for answer in (first, second, short) if not any("consortium" in field for field in answer.faulty_fields)] == []
    assert kept == ()
    assert taken.accepted


@clause("HN-2.1-04")
def test_who_need_not_tender_by_law_tenders_all_the_same_and_is_not_turned_into_who_must(stories: Stories, public: Public) -> None:
    """Of two tenders that differ in this alone both stay what they were declared; the voluntary one runs to its archive."""
    voluntary, bound = stories.archived(compulsory=False), stories.announced(compulsory=True)
    told = {tender.section.id: declared(tender, public) for tender in (voluntary, bound)}

    assert told == {voluntary.section.id: {False}, bound.section.id: {True}}
    assert public.published_section(voluntary.section).value.state == "archived"


def declared(tender: Tender, public: Public) -> set[Any]:
    """Whether a tender is compulsory, as its owner and everybody reads it."""
    return {
        tender.owner.project(tender.project).value.get("compulsory"),
        tender.owner.tender_project(tender.tender_project).value.get("compulsory"),
        public.published_section(tender.section).value.get("tender_project.compulsory"),
    }


@clause("HN-2.1-07")
def test_each_of_the_eight_stages_leaves_a_state_that_a_program_reads(stories: Stories) -> None:
    """From acceptance to filing each stage is an event of the platform with its actor, in order, and supervision reads them on the spot."""
    tender, supervisor = stories.finished(), stories.supervisor()
    first = began(supervisor, tender)
    seen = supervisor.supervise(tender.section)
    submitted = tender.tenderee.tender_project(tender.tender_project).value.state

    assert submitted not in {"", "draft"}
    assert [stage for stage, event in _STAGES.items() if event not in first] == []
    assert [stage for stage, event in _STAGES.items() if not first[event][1]] == []
    assert [first[event][0] for event in _STAGES.values()] == sorted(first[event][0] for event in _STAGES.values())
    assert seen.accepted, "supervision on the spot reads nothing"
    assert seen.value.get("committee.members")


def began(supervisor: Supervisor, tender: Tender) -> dict[str, tuple[datetime, Any]]:
    """When each kind of event of a tender happened first, and by whom."""
    first: dict[str, tuple[datetime, Any]] = {}
    for event in supervisor.supervision_events().value:
        if event.get("section_id") == tender.section.id:
            first.setdefault(event.type, (event.at, event.get("actor.id")))
    return first


def settled(tender: Tender) -> dict[str, bool]:
    """Fees, objections and anomalies of a tender: whether what was entered stands there for another to read."""
    bidder, owner = tender.bidders[0], tender.owner
    fee = Content(kind="agency_service", payer=bidder.identity.name, payee=owner.identity.name, amount="100.00")
    charged = owner.charge_fee(tender.section, fee).value
    bidder.pay_fee(charged, "transfer").require()
    objection = bidder.file_objection(tender.section, "tender_documents", "评标办法不明确。").value
    owner.reply_objection(objection, "已经明确。", "rejected").require()
    owner.record_anomaly(tender.section, Content(kind="terminated", reason="项目审批被撤销")).require()
    return {
        "fees": [one.state for one in owner.fees(tender.section).value if one.id == charged.id] == ["paid"],
        "objections": [(one.id, one.get("reply.text")) for one in bidder.objections(tender.section).value]
        == [(objection.id, "已经明确。")],
        "anomalies": [one.reason for one in owner.anomalies(tender.section).value] == ["项目审批被撤销"],
    }


def run(stories: Stories, public: Public, tender: Tender) -> dict[str, bool]:
    """What a tender that is archived has left behind in each other group of functions."""
    owner, supervisor, section = tender.owner, stories.supervisor(), tender.section
    names = {bid.bidder.identity.name for bid in tender.bids}
    return {
        "registration": tender.bidders[0].registration().value.state == "verified",
        "plan": tender.section.id in [one.id for one in owner.sections(tender.tender_project).value],
        "invitation": public.published_notice(tender.notice.id).accepted,
        "issue": len({one.get("bidder_name") for one in owner.downloads(section).value}) == len(tender.bidders),
        "bidding": [one.bid_id for one in tender.bids[0].bidder.bids_for(section).value] == [tender.bids[0].id],
        "opening": {one["bidder_name"] for one in public.published_opening_record(section).value.bids} == names,
        "evaluation": len(owner.report(section).value.candidates) == len(tender.ranking),
        "award": owner.award(section).value.bid_id == tender.winner.id,
        "archive": bool(supervisor.archive(section).value.entries),
        "supervision": supervisor.supervise(section).accepted and bool(began(supervisor, tender)),
    }


@clause("TS-5")
def test_each_of_the_thirteen_groups_of_functions_works_from_end_to_end(stories: Stories, public: Public) -> None:
    """A finished tender has left its trace in ten groups; fee, objection and termination of another are kept with what became of them."""
    groups = run(stories, public, stories.finished()) | settled(stories.bidding(bidders=1))

    assert [group for group, works in groups.items() if not works] == []


@clause("EB-7-1")
def test_a_tender_is_done_online_by_those_whose_part_it_is_up_to_its_contract(stories: Stories) -> None:
    """Tenderee and winner conclude the contract themselves; each step before was its own party's act, and supervision reads it so."""
    tender = stories.awarded()
    owner, winner, section = tender.tenderee, tender.winner.bidder, tender.section
    drafted = owner.draft_contract(section, papers.contract(tender))
    signed = [party.sign_contract(drafted.value) for party in (owner, winner) if drafted.accepted]
    concluded = [party.contract(section).value.get("signed_at") for party in (owner, winner) if drafted.accepted]
    acted = actors(stories.supervisor(), tender)
    bidders = {bidder.me().value.id for bidder in tender.bidders}
    parts = {
        "notice.submit": {tender.owner.me().value.id},
        "notice.review": {tender.verifier.me().value.id},
        "bid.submit": bidders,
        "report.sign": {expert.me().value.id for expert in tender.experts},
        "award.decide": {owner.me().value.id},
        "contract.sign": {owner.me().value.id, winner.me().value.id},
    }

    assert drafted.accepted, drafted
    assert [answer for answer in signed if answer.refused] == []
    assert all(concluded)
    assert {step: acted.get(step) for step in parts} == parts


def actors(supervisor: Supervisor, tender: Tender) -> dict[str, set[Any]]:
    """Who has done each kind of act in a tender."""
    found: dict[str, set[Any]] = {}
    for event in supervisor.supervision_events().value:
        if event.get("section_id") == tender.section.id:
            found.setdefault(event.type, set()).add(event.get("actor.id"))
    return found


@clause("TS-7")
def test_three_families_of_interfaces_are_described_and_work(
    stories: Stories, public: Public, public_service: PublicService, plan: Plan
) -> None:
    """A separate tool seals by the published standard and is opened; supervision receives the events, and the other platform the notice."""
    told = public.platform().value
    texts = "\n".join(public.file(str(one.get("url", ""))).value.text for one in told.get("interface_standards", []))
    described = public.interface()
    tender = stories.opened(bidders=3)
    demanded = tender.bidders[0].sealing(tender.section).value
    came = public_service.awaited("notice", tender.notice.id, plan.whole("upload_delay_s"), lambda one: one.medium == "public_service")
    events = began(stories.supervisor(), tender)

    assert described.accepted, described
    assert described.value.says("paths")
    assert came, "the public service platform has nothing of the notice"
    assert [name for name in ("alg", "enc") if str(demanded.get(name)) not in texts] == []
    assert {"bid.submit", "opening.start", "opening.complete"} <= set(events)
    assert len(tender.opening.announcement) == len(tender.bids)
