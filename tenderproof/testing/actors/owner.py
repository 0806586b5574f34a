"""The owner of a tender: the tenderee (招标人), or the agency (招标代理机构) that it has authorised."""
# ruff: noqa: ARG002 - what a driver does not offer takes its arguments all the same

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from tenderproof.testing.actors.person import Person
from tenderproof.testing.actors.public import not_offered
from tenderproof.testing.answers import Answer, Record
from tenderproof.testing.contents import Content
from tenderproof.testing.records import (
    Anomaly,
    Archive,
    Award,
    AwardNotice,
    Bond,
    Clarification,
    ClarificationDraft,
    Committee,
    Contract,
    Correction,
    Delivery,
    Document,
    Download,
    Draw,
    Entry,
    Event,
    Fee,
    Invitation,
    InvitationDraft,
    Notice,
    Objection,
    Opening,
    Project,
    Question,
    Receipt,
    Section,
    SiteVisit,
    Summary,
    TenderProject,
)
from tenderproof.testing.sealed import Kind, SealedBid


class Owner(Person):
    """Who runs a tender (招标人或其委托的招标代理机构)."""

    def create_project(self, content: Content) -> Answer[Project]:
        """Create a project (project.create)."""
        raise not_offered(self, "create_project")

    def change_project(self, project: Project, changes: Mapping[str, Any]) -> Answer[Project]:
        """Change a draft (project.edit)."""
        raise not_offered(self, "change_project")

    def delete_project(self, project: Project) -> Answer[None]:
        """Delete a draft (project.delete)."""
        raise not_offered(self, "delete_project")

    def submit_project(self, project: Project) -> Answer[Project]:
        """Submit a project (project.submit)."""
        raise not_offered(self, "submit_project")

    def projects(self) -> Answer[tuple[Project, ...]]:
        """One's own projects (project.list)."""
        raise not_offered(self, "projects")

    def create_tender_project(self, project: Project, content: Content) -> Answer[TenderProject]:
        """Create a tender project (tender_project.create)."""
        raise not_offered(self, "create_tender_project")

    def change_tender_project(self, tender_project: TenderProject, changes: Mapping[str, Any]) -> Answer[TenderProject]:
        """Change a draft (tender_project.edit)."""
        raise not_offered(self, "change_tender_project")

    def delete_tender_project(self, tender_project: TenderProject) -> Answer[None]:
        """Delete a draft (tender_project.delete)."""
        raise not_offered(self, "delete_tender_project")

    def submit_tender_project(self, tender_project: TenderProject) -> Answer[TenderProject]:
        """Submit a tender project (tender_project.submit)."""
        raise not_offered(self, "submit_tender_project")

    def tender_projects(self, project: Project) -> Answer[tuple[TenderProject, ...]]:
        """The tender projects of a project (tender_project.list)."""
        raise not_offered(self, "tender_projects")

    def set_team(self, tender_project: TenderProject, members: Sequence[Mapping[str, str]]) -> Answer[TenderProject]:
        """Name the project team (team.set)."""
        raise not_offered(self, "set_team")

    def set_plan(self, tender_project: TenderProject, plan: Mapping[str, Any]) -> Answer[TenderProject]:
        """Set the tendering plan (plan.set)."""
        raise not_offered(self, "set_plan")

    def create_section(self, tender_project: TenderProject, content: Content) -> Answer[Section]:
        """Create a section (section.create)."""
        raise not_offered(self, "create_section")

    def change_section(self, section: Section, changes: Mapping[str, Any]) -> Answer[Section]:
        """Change a section (section.edit)."""
        raise not_offered(self, "change_section")

    def delete_section(self, section: Section) -> Answer[None]:
        """Delete a section (section.delete)."""
        raise not_offered(self, "delete_section")

    def draft_notice(self, tender_project: TenderProject, content: Content) -> Answer[Notice]:
        """Draft a notice (notice.create)."""
        raise not_offered(self, "draft_notice")

    def change_notice(self, notice: Notice, changes: Mapping[str, Any]) -> Answer[Notice]:
        """Change a draft (notice.edit)."""
        raise not_offered(self, "change_notice")

    def delete_notice(self, notice: Notice) -> Answer[None]:
        """Delete a draft (notice.delete)."""
        raise not_offered(self, "delete_notice")

    def notices(self, tender_project: TenderProject) -> Answer[tuple[Notice, ...]]:
        """The notices of a tender project, drafts included (notice.list)."""
        raise not_offered(self, "notices")

    def submit_notice(self, notice: Notice) -> Answer[Notice]:
        """§ Submit a notice for review (notice.submit)."""
        raise not_offered(self, "submit_notice")

    def announce(self, tender_project: TenderProject, content: Content) -> Answer[Notice]:
        """Draft a notice and submit it; the first refusal is the answer."""
        raise not_offered(self, "announce")

    def draft_invitation(self, section: Section, content: Content) -> Answer[InvitationDraft]:
        """Prepare an invitation (invitation.draft)."""
        raise not_offered(self, "draft_invitation")

    def invitation_draft(self, draft: InvitationDraft) -> Answer[InvitationDraft]:
        """A prepared invitation (invitation.draft_get)."""
        raise not_offered(self, "invitation_draft")

    def invitation_drafts(self, section: Section) -> Answer[tuple[InvitationDraft, ...]]:
        """The prepared invitations of a section, submitted ones too (invitation.drafts)."""
        raise not_offered(self, "invitation_drafts")

    def change_invitation(self, draft: InvitationDraft, changes: Mapping[str, Any]) -> Answer[InvitationDraft]:
        """Change a draft (invitation.edit)."""
        raise not_offered(self, "change_invitation")

    def delete_invitation(self, draft: InvitationDraft) -> Answer[None]:
        """Delete a draft (invitation.delete)."""
        raise not_offered(self, "delete_invitation")

    def submit_invitation(self, draft: InvitationDraft) -> Answer[InvitationDraft]:
        """§ Submit a prepared invitation: it is sent (invitation.submit)."""
        raise not_offered(self, "submit_invitation")

    def invite(self, section: Section, content: Content) -> Answer[tuple[Invitation, ...]]:
        """§ Send invitations (invitation.send)."""
        raise not_offered(self, "invite")

    def draw_invitees(self, section: Section, content: Content) -> Answer[tuple[Invitation, ...]]:
        """§ Invite so many of those who passed the prequalification, chosen by chance (invitation.draw)."""
        raise not_offered(self, "draw_invitees")

    def invitations(self, section: Section) -> Answer[tuple[Invitation, ...]]:
        """Invitations and replies (invitation.list)."""
        raise not_offered(self, "invitations")

    def find_bidders(self, **filters: str) -> Answer[tuple[Entry, ...]]:
        """Look for bidders: ``qualification``, ``region``, ``q`` (bidder.search)."""
        raise not_offered(self, "find_bidders")

    def handle_correction(self, correction: Correction, outcome: str, text: str) -> Answer[Correction]:
        """Answer a request to correct a notice (correction.handle)."""
        raise not_offered(self, "handle_correction")

    def correction(self, correction: Correction) -> Answer[Correction]:
        """A request to correct a notice (correction.get)."""
        raise not_offered(self, "correction")

    def templates(self) -> Answer[tuple[Record, ...]]:
        """Standard document templates (template.list)."""
        raise not_offered(self, "templates")

    def draft_document(self, section: Section, content: Content) -> Answer[Document]:
        """Draft a document (document.create)."""
        raise not_offered(self, "draft_document")

    def change_document(self, document: Document, changes: Mapping[str, Any]) -> Answer[Document]:
        """Change a draft (document.edit)."""
        raise not_offered(self, "change_document")

    def delete_document(self, document: Document) -> Answer[None]:
        """Delete a draft (document.delete)."""
        raise not_offered(self, "delete_document")

    def publish_document(self, document: Document) -> Answer[Document]:
        """§ Publish a document (document.publish)."""
        raise not_offered(self, "publish_document")

    def downloads(self, section: Section) -> Answer[tuple[Download, ...]]:
        """Who obtained the documents (downloads.list)."""
        raise not_offered(self, "downloads")

    def questions(self, section: Section) -> Answer[tuple[Question, ...]]:
        """Questions, without their authors' names (question.list)."""
        raise not_offered(self, "questions")

    def draft_clarification(self, section: Section, content: Content) -> Answer[ClarificationDraft]:
        """Prepare a clarification or change (clarification.draft)."""
        raise not_offered(self, "draft_clarification")

    def clarification_draft(self, draft: ClarificationDraft) -> Answer[ClarificationDraft]:
        """A prepared clarification (clarification.draft_get)."""
        raise not_offered(self, "clarification_draft")

    def clarification_drafts(self, section: Section) -> Answer[tuple[ClarificationDraft, ...]]:
        """The prepared clarifications of a section, issued ones too (clarification.drafts)."""
        raise not_offered(self, "clarification_drafts")

    def change_clarification(self, draft: ClarificationDraft, changes: Mapping[str, Any]) -> Answer[ClarificationDraft]:
        """Change a draft (clarification.edit)."""
        raise not_offered(self, "change_clarification")

    def delete_clarification(self, draft: ClarificationDraft) -> Answer[None]:
        """Delete a draft (clarification.delete)."""
        raise not_offered(self, "delete_clarification")

    def issue_clarification(self, draft: ClarificationDraft) -> Answer[Clarification]:
        """§ Issue a prepared clarification as it stands (clarification.issue_draft)."""
        raise not_offered(self, "issue_clarification")

    def clarify(self, section: Section, content: Content) -> Answer[Clarification]:
        """§ Issue a clarification or change (clarification.issue)."""
        raise not_offered(self, "clarify")

    def clarification_receipts(self, clarification: Clarification) -> Answer[tuple[Delivery, ...]]:
        """How a clarification reached each who obtained the document, with the receipts (clarification.receipts)."""
        raise not_offered(self, "clarification_receipts")

    def plan_site_visit(self, section: Section, content: Content) -> Answer[SiteVisit]:
        """Call everybody who obtained the documents to a visit (site_visit.create)."""
        raise not_offered(self, "plan_site_visit")

    def draft_site_visit(self, section: Section, content: Content) -> Answer[SiteVisit]:
        """Prepare a notice of a visit, for oneself (site_visit.draft)."""
        raise not_offered(self, "draft_site_visit")

    def change_site_visit(self, visit: SiteVisit, changes: Mapping[str, Any]) -> Answer[SiteVisit]:
        """Change a notice that is not yet sent (site_visit.edit)."""
        raise not_offered(self, "change_site_visit")

    def delete_site_visit(self, visit: SiteVisit) -> Answer[None]:
        """Delete a notice that is not yet sent (site_visit.delete)."""
        raise not_offered(self, "delete_site_visit")

    def send_site_visit(self, visit: SiteVisit) -> Answer[SiteVisit]:
        """Send a prepared notice to everybody who obtained the documents (site_visit.send)."""
        raise not_offered(self, "send_site_visit")

    def site_visits(self, section: Section) -> Answer[tuple[SiteVisit, ...]]:
        """Visits of the site (site_visit.list)."""
        raise not_offered(self, "site_visits")

    def record_site_visit(self, visit: SiteVisit, record: Mapping[str, Any]) -> Answer[SiteVisit]:
        """Record what happened on a visit, or change the record (site_visit.record)."""
        raise not_offered(self, "record_site_visit")

    def delete_site_visit_record(self, visit: SiteVisit) -> Answer[None]:
        """Delete a record that is not yet issued (site_visit.record_delete)."""
        raise not_offered(self, "delete_site_visit_record")

    def issue_site_visit_record(self, visit: SiteVisit) -> Answer[SiteVisit]:
        """Issue the record to everybody who obtained the documents (site_visit.record_issue)."""
        raise not_offered(self, "issue_site_visit_record")

    def bonds(self, section: Section) -> Answer[tuple[Bond, ...]]:
        """Bid bonds (bond.list)."""
        raise not_offered(self, "bonds")

    def confirm_bond(self, bond: Bond, received_at: datetime, amount: Decimal) -> Answer[Bond]:
        """Confirm that a bond arrived (bond.confirm)."""
        raise not_offered(self, "confirm_bond")

    def refund_bond(self, bond: Bond, amount: Decimal, interest: Decimal | None, refunded_at: datetime) -> Answer[Bond]:
        """Refund a bond (bond.refund)."""
        raise not_offered(self, "refund_bond")

    def open_bids(self, section: Section, round_number: int = 1, kind: Kind = "bid") -> Answer[Opening]:
        """Start the opening (opening.start, application_opening.start)."""
        raise not_offered(self, "open_bids")

    def release_tenderee_key(self, bid: SealedBid, receipt: Receipt, keys: Sequence[Mapping[str, str]] | None = None) -> Answer[Record]:
        """Release the tenderee's content keys of a bid sealed to both (bid.decrypt); other ``keys`` if given."""
        raise not_offered(self, "release_tenderee_key")

    def declare_decryption_failed(self, receipt: Receipt, cause: str, reason: str, remedy: str = "", kind: Kind = "bid") -> Answer[Record]:
        """Record a failed decryption (bid.fail)."""
        raise not_offered(self, "declare_decryption_failed")

    def complete_opening(self, section: Section, kind: Kind = "bid") -> Answer[Opening]:
        """Complete the opening: the announcement (opening.complete)."""
        raise not_offered(self, "complete_opening")

    def decide_prequalification(self, section: Section, content: Content) -> Answer[Record]:
        """§ Decide who passed prequalification (prequalification.result)."""
        raise not_offered(self, "decide_prequalification")

    def draw_experts(self, section: Section, content: Content) -> Answer[Draw]:
        """Draw experts (committee.draw)."""
        raise not_offered(self, "draw_experts")

    def form_committee(self, section: Section, content: Content) -> Answer[Committee]:
        """Form the committee (committee.form)."""
        raise not_offered(self, "form_committee")

    def start_evaluation(self, section: Section) -> Answer[Record]:
        """Start the evaluation (evaluation.start)."""
        raise not_offered(self, "start_evaluation")

    def evaluation_summary(self, section: Section) -> Answer[Summary]:
        """Totals and ranks (evaluation.summary)."""
        raise not_offered(self, "evaluation_summary")

    def start_examination(self, section: Section) -> Answer[Record]:
        """Start the examination of the applications (application_evaluation.start)."""
        raise not_offered(self, "start_examination")

    def examination_summary(self, section: Section) -> Answer[Summary]:
        """Totals and ranks of the applications (application_evaluation.summary)."""
        raise not_offered(self, "examination_summary")

    def publish_candidates(self, section: Section, content: Content) -> Answer[Notice]:
        """§ Publish the candidates, for review (candidates.publish)."""
        raise not_offered(self, "publish_candidates")

    def withdraw_candidates(self, section: Section) -> Answer[None]:
        """Take back candidates that are not yet published (candidates.delete)."""
        raise not_offered(self, "withdraw_candidates")

    def publish_result(self, section: Section, content: Content) -> Answer[Notice]:
        """§ Publish the result, for review (result.publish)."""
        raise not_offered(self, "publish_result")

    def send_award_notices(self, section: Section, text: str) -> Answer[AwardNotice]:
        """§ Submit award and result notices, for review (award_notice.send)."""
        raise not_offered(self, "send_award_notices")

    def file_award_report(self, section: Section, text: str) -> Answer[Record]:
        """§ Report the award to the supervision (award_report.file)."""
        raise not_offered(self, "file_award_report")

    def charge_fee(self, section: Section, content: Content) -> Answer[Fee]:
        """Charge a fee (fee.create)."""
        raise not_offered(self, "charge_fee")

    def pay_fee(self, fee: Fee, method: str) -> Answer[Fee]:
        """Record a payment (fee.pay)."""
        raise not_offered(self, "pay_fee")

    def refund_fee(self, fee: Fee, content: Mapping[str, Any]) -> Answer[Fee]:
        """Refund a fee (fee.refund)."""
        raise not_offered(self, "refund_fee")

    def reply_objection(self, objection: Objection, text: str, outcome: str) -> Answer[Objection]:
        """§ Answer an objection (objection.reply)."""
        raise not_offered(self, "reply_objection")

    def record_anomaly(self, section: Section, content: Content) -> Answer[Anomaly]:
        """§ Terminate, retender or re-evaluate (anomaly.record)."""
        raise not_offered(self, "record_anomaly")

    def retender(self, section: Section) -> Answer[Section]:
        """Tender again: a new section of round 2 (retender)."""
        raise not_offered(self, "retender")

    def make_archive(self, section: Section) -> Answer[Archive]:
        """Archive the section (archive.make)."""
        raise not_offered(self, "make_archive")

    def supervision_events(self, since: datetime | None = None) -> Answer[tuple[Event, ...]]:
        """What went to the supervision (supervision.events)."""
        raise not_offered(self, "supervision_events")


class Tenderee(Owner):
    """The tenderee (招标人)."""

    def authorise(
        self, tender_project: TenderProject, agency: Person, rights: Sequence[str] = (), duties: str = ""
    ) -> Answer[TenderProject]:
        """Authorise an agency, for these subjects of operations (none named: all) and with these duties (agency.authorise)."""
        raise not_offered(self, "authorise")

    def set_base_price(self, section: Section, price: Decimal) -> Answer[Record]:
        """§ Set the one base price (section.base_price)."""
        raise not_offered(self, "set_base_price")

    def decide_award(self, section: Section, content: Content) -> Answer[Award]:
        """§ Decide who wins (award.decide)."""
        raise not_offered(self, "decide_award")

    def draft_contract(self, section: Section, content: Content) -> Answer[Contract]:
        """Draft the contract (contract.draft)."""
        raise not_offered(self, "draft_contract")

    def change_contract(self, section: Section, changes: Mapping[str, Any]) -> Answer[Contract]:
        """Change the draft (contract.edit)."""
        raise not_offered(self, "change_contract")

    def sign_contract(self, contract: Contract) -> Answer[Contract]:
        """§ Sign the contract (contract.sign)."""
        raise not_offered(self, "sign_contract")

    def record_performance(self, contract: Contract, content: Content) -> Answer[Record]:
        """Record how the contract is performed (performance.record)."""
        raise not_offered(self, "record_performance")


class Agency(Owner):
    """The agency (招标代理机构): runs the tender of a tenderee that has authorised it."""
