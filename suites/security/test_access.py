"""Who has no part in a tender neither reads nor changes what belongs to it, and nobody does another role's acts (访问控制)."""

from decimal import Decimal

import pytest

from tenderproof.testing import (
    DAY,
    HOUR,
    Access,
    Clock,
    Content,
    Facts,
    Identities,
    Kind,
    Missing,
    Person,
    Public,
    Stories,
    Tender,
    Tenderee,
    clause,
    papers,
)

_NOT_THE_OWNER = {Kind.NOBODY, Kind.ANOTHER_PARTY, Kind.TAMPERED, Kind.FORGED, Kind.ENDED}
_SCALE = "道路7公里又312米"
_FEW, _FEWEST = 6, 40  # operations of which something must be known before anything is said of all


def strangers(stories: Stories, identities: Identities) -> dict[str, Person]:
    """Somebody of each role of the market who has no part in anything here."""
    found = {role: stories.admitted(identities.fresh(role)) for role in ("tenderee", "agency", "bidder")}
    elsewhere = [one for one in stories.experts() if f"specialty:{Facts().specialty}" not in one.identity.traits]
    return {**found, **dict(zip(("expert",), elsewhere, strict=False))}


class Course:
    """The acts of a tender and what leads up to it, each at least once: as many as one tender can see."""

    def __init__(self, stories: Stories, clock: Clock, identities: Identities) -> None:
        self.stories, self.clock, self.identities = stories, clock, identities

    def __call__(self) -> None:
        """Let it run."""
        self.preparing()
        tender = self.stories.bidding(bidders=3)
        self.asking(tender)
        self.bidding(tender)
        self.opening(tender)
        self.evaluating(tender)
        self.awarding(tender)

    def preparing(self) -> None:
        """A tenderee registers, and drafts, changes and deletes all that comes before an announcement."""
        tenderee = self.stories.admitted(self.identities.fresh("tenderee"))
        tenderee.change_registration({"address": "北京市东城区安定路9号"}).require()
        bound = tenderee.bind_certificate(self.identities.renewed(tenderee.identity).certificate).value
        tenderee.unbind_certificate(bound.fingerprint).require()
        self.planning(tenderee)

    def planning(self, tenderee: Person) -> None:
        """Project, tender project, section and notice, each in draft."""
        project = tenderee.tries(Tenderee.create_project, papers.project(Facts())).value
        tenderee.tries(Tenderee.change_project, project, {"scale": "道路5公里"}).require()
        tenderee.tries(Tenderee.submit_project, project).require()
        drafted = tenderee.tries(Tenderee.create_tender_project, project, papers.tender_project(Facts())).value
        tenderee.tries(Tenderee.change_tender_project, drafted, {"name": "城北道路工程施工招标（改）"}).require()
        tenderee.tries(Tenderee.set_team, drafted, [{"name": "王建设", "duty": "项目负责人"}]).require()
        tenderee.tries(Tenderee.submit_tender_project, drafted).require()
        section = tenderee.tries(Tenderee.create_section, drafted, papers.section(Facts())).value
        tenderee.tries(Tenderee.change_section, section, {"scale": "道路4公里"}).require()
        tenderee.tries(Tenderee.set_base_price, section, Decimal("9123456.78")).require()
        spare = tenderee.tries(Tenderee.create_section, drafted, papers.section(Facts())).value
        tenderee.tries(Tenderee.delete_section, spare).require()
        other = tenderee.tries(Tenderee.create_project, papers.project(Facts())).value
        tenderee.tries(Tenderee.delete_project, other).require()

    def asking(self, tender: Tender) -> None:
        """Questions, clarifications, objections, fees, corrections."""
        owner, bidder, section = tender.owner, tender.bidders[0], tender.section
        bidder.ask(section, "路基压实度按哪一标准检验？").require()
        draft = owner.draft_clarification(section, papers.clarification()).value
        issued = owner.issue_clarification(owner.change_clarification(draft, {"text": "补充说明：夜间不得施工。"}).value).value
        owner.delete_clarification(owner.draft_clarification(section, papers.clarification()).value).require()
        bidder.confirm_clarification(issued).require()
        correction = bidder.request_correction(tender.notice, "资格条件与项目规模不符", "公告第三条").value
        owner.handle_correction(correction, "rejected", "资格条件与项目规模相符。")
        objection = bidder.file_objection(section, "tender_documents", "评标办法不明确。").value
        owner.reply_objection(objection, "已经明确。", "rejected").require()
        fee = Content(kind="agency_service", payer=bidder.identity.name, payee=owner.identity.name, amount="4321.09")
        charged = owner.charge_fee(section, fee).value
        bidder.pay_fee(charged, "transfer").require()

    def bidding(self, tender: Tender) -> None:
        """Bonds and bids, one of them withdrawn and delivered anew."""
        for number, bidder in enumerate(tender.bidders):
            bond = tender.bonds[bidder.identity.name] = bidder.pay_bond(tender.section, papers.bond(tender, number)).value
            tender.verifier.confirm_bond(bond, self.clock.now(tender), tender.facts.bond).require()
        early = tender.bidders[0]
        receipt = early.deliver(early.sealed_bid(tender.section, papers.bid(tender))).value
        early.withdraw(receipt).require()
        self.stories.sealed(tender)

    def opening(self, tender: Tender) -> None:
        """The opening, and the bidders' confirmation of its record."""
        self.stories.opened(tender)
        tender.bidders[1].confirm_opening_record(tender.section).require()

    def evaluating(self, tender: Tender) -> None:
        """The evaluation, with a question of the committee."""
        self.stories.evaluating(tender)
        asked, until = tender.bids[0], self.clock.now(tender) + HOUR
        question = Content(text="请说明第三章所列工期的计算依据。", reply_until=until)
        query = tender.experts[0].send_query(asked.receipt, question).value
        asked.bidder.reply_query(query, "按关键线路法计算。").require()
        self.stories.evaluated(tender)

    def awarding(self, tender: Tender) -> None:
        """From the candidates to the archive."""
        self.stories.awarded(tender)
        tender.owner.file_award_report(tender.section, "招标投标情况书面报告。").require()
        self.clock.move_to(tender, self.clock.now(tender) + DAY)
        drafted = tender.tenderee.draft_contract(tender.section, papers.contract(tender)).value
        tender.tenderee.sign_contract(drafted).require()
        tender.winner.bidder.sign_contract(drafted).require()
        tender.verifier.verify_contract(drafted).require()
        tender.tenderee.record_performance(drafted, Content(text="第一期工程验收合格")).require()


@clause("HN-3.2-09", "EB-13-1", "F-11")
@pytest.mark.waits
def test_who_has_no_part_in_a_tender_neither_reads_nor_changes_what_belongs_to_it(
    access: Access, stories: Stories, clock: Clock, identities: Identities
) -> None:
    """Before each act another party, nobody, and who shows a token that is none, try the same; later they read what the parties can read.

    Each act is done by its owner afterwards, each reading is the owner's before and after; nothing is told, nothing is changed.
    """
    course = Course(stories, clock, identities)
    matrix = access.beside(course, strangers(stories, identities), _NOT_THE_OWNER)

    assert matrix.findings == [], matrix
    if len(matrix.decided) < _FEWEST:
        raise Missing(f"of {len(matrix.decided)} operations something is known, too few to speak for all ({matrix!r})")


@clause("F-10", "EB-13-1")
@pytest.mark.waits
def test_what_is_another_roles_function_is_done_by_nobody_else(
    access: Access, stories: Stories, clock: Clock, identities: Identities
) -> None:
    """Before each act people of every other role, of the same tender and of none, try the same; its own role does it afterwards."""
    matrix = access.beside(Course(stories, clock, identities), strangers(stories, identities), {Kind.ANOTHER_ROLE})

    assert matrix.findings == [], matrix
    if len(matrix.decided) < _FEWEST:
        raise Missing(f"of {len(matrix.decided)} operations something is known, too few to speak for all ({matrix!r})")


@clause("HN-3.2-09", "EB-13-1")
@pytest.mark.waits
def test_no_other_address_or_method_opens_what_is_closed(access: Access, stories: Stories, clock: Clock, identities: Identities) -> None:
    """A party that is refused is refused at the same address written otherwise, under another method, and as if it asked from inside.

    A registration and what comes before an announcement are changed and read by their owner all the while.
    """
    matrix = access.beside(Course(stories, clock, identities).preparing, strangers(stories, identities), {Kind.DISGUISED})

    assert matrix.findings == [], matrix
    if len(matrix.decided) < _FEW:
        raise Missing(f"of {len(matrix.decided)} operations something is known, too few to speak for all ({matrix!r})")


@clause("HN-3.2-09", "F-11", acquits=False)
def test_what_one_account_finds_of_its_own_no_other_of_its_role_reads(access: Access) -> None:
    """What is in one account's list and not in the other's is read by its number by the one, before and after, and not by the other."""
    matrix = access.of_ones_own()

    assert matrix.findings == [], matrix
    if not matrix.decided:
        raise Missing("no account finds anything that another of its role does not find")


@clause("F-03")
def test_unauthorised_access_is_refused_and_recognised(stories: Stories, identities: Identities, public: Public) -> None:
    """Another tenderee and an agency that try to read and change a draft learn nothing, and the trail has each try as theirs, refused."""
    owner, other, agency = (stories.admitted(identities.fresh(role)) for role in ("tenderee", "tenderee", "agency"))
    began = public.time().value.now
    project = owner.tries(Tenderee.create_project, papers.project(Facts()).but(scale=_SCALE)).value
    tries = [one.tries(Tenderee.change_project, project, {"scale": "道路9公里"}) for one in (other, agency)]
    told = [other.project(project), agency.project(project)]
    own = owner.tries(Tenderee.change_project, project, {"address": "北京市西城区"})
    since, auditor = began.isoformat(), stories.auditor()
    trail = [entry for one in (owner, other, agency) for entry in auditor.audit_entries(actor=one.me().value.id, since=since).value]
    refused = {entry.actor.get("id") for entry in trail if entry.outcome != "accepted"}

    assert [answer.refused for answer in tries] == [True, True]
    assert [answer.act for answer in (*tries, *told) if _SCALE in str(answer.raw)] == []
    assert own.accepted
    assert own.value.get("scale") == _SCALE
    assert {one.me().value.id for one in (other, agency)} <= refused, "who tried to is not on record"
    assert owner.me().value.id in {entry.actor.get("id") for entry in trail if entry.outcome == "accepted"}
