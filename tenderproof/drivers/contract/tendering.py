"""Projects, tender projects, sections, notices, invitations, documents, clarifications (contract 5.2-5.4)."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from tenderproof.drivers.contract.caller import Caller, items_of, nothing, segment
from tenderproof.testing.actors import Person
from tenderproof.testing.answers import Answer, Record
from tenderproof.testing.contents import Content
from tenderproof.testing.records import (
    Clarification,
    ClarificationDraft,
    Correction,
    Delivery,
    Document,
    Download,
    File,
    Invitation,
    InvitationDraft,
    Notice,
    Project,
    Question,
    Receipt,
    Section,
    SiteVisit,
    TenderProject,
)


class Tendering(Caller):
    """From the project to the documents in the bidders' hands."""

    def create_project(self, content: Content) -> Answer[Project]:
        """Create a project (project.create)."""
        return self.send("POST", "/projects", Project.read, content)

    def project(self, project: Project) -> Answer[Project]:
        """A project (project.get)."""
        return self.get(f"/projects/{segment(project.id)}", Project.read)

    def change_project(self, project: Project, changes: Mapping[str, Any]) -> Answer[Project]:
        """Change a draft (project.edit)."""
        return self.send("PATCH", f"/projects/{segment(project.id)}", Project.read, changes)

    def delete_project(self, project: Project) -> Answer[None]:
        """Delete a draft (project.delete)."""
        return self.send("DELETE", f"/projects/{segment(project.id)}", nothing)

    def submit_project(self, project: Project) -> Answer[Project]:
        """Submit a project (project.submit)."""
        return self.send("POST", f"/projects/{segment(project.id)}/submission", Project.read)

    def projects(self) -> Answer[tuple[Project, ...]]:
        """One's own projects (project.list)."""
        return self.listed("/projects", Project)

    def create_tender_project(self, project: Project, content: Content) -> Answer[TenderProject]:
        """Create a tender project (tender_project.create)."""
        found = self.send("POST", f"/projects/{segment(project.id)}/tender-projects", TenderProject.read, content)
        if found.accepted:
            self._driver.clock_keepers[found.value.id] = self
        return found

    def tender_project(self, tender_project: TenderProject) -> Answer[TenderProject]:
        """A tender project (tender_project.get)."""
        return self.get(f"/tender-projects/{segment(tender_project.id)}", TenderProject.read)

    def change_tender_project(self, tender_project: TenderProject, changes: Mapping[str, Any]) -> Answer[TenderProject]:
        """Change a draft (tender_project.edit)."""
        return self.send("PATCH", f"/tender-projects/{segment(tender_project.id)}", TenderProject.read, changes)

    def delete_tender_project(self, tender_project: TenderProject) -> Answer[None]:
        """Delete a draft (tender_project.delete)."""
        return self.send("DELETE", f"/tender-projects/{segment(tender_project.id)}", nothing)

    def submit_tender_project(self, tender_project: TenderProject) -> Answer[TenderProject]:
        """Submit a tender project (tender_project.submit)."""
        return self.send("POST", f"/tender-projects/{segment(tender_project.id)}/submission", TenderProject.read)

    def tender_projects(self, project: Project) -> Answer[tuple[TenderProject, ...]]:
        """The tender projects of a project (tender_project.list)."""
        return self.listed(f"/projects/{segment(project.id)}/tender-projects", TenderProject)

    def authorise(
        self, tender_project: TenderProject, agency: Person, rights: Sequence[str] = (), duties: str = ""
    ) -> Answer[TenderProject]:
        """Authorise an agency (agency.authorise)."""
        return self.send(
            "PUT",
            f"/tender-projects/{segment(tender_project.id)}/agency",
            TenderProject.read,
            {"agency_id": self._driver.registration_of(agency), "rights": list(rights), "duties": duties},
        )

    def set_team(self, tender_project: TenderProject, members: Sequence[Mapping[str, str]]) -> Answer[TenderProject]:
        """Name the project team (team.set)."""
        return self.send("PUT", f"/tender-projects/{segment(tender_project.id)}/team", TenderProject.read, {"members": list(members)})

    def set_plan(self, tender_project: TenderProject, plan: Mapping[str, Any]) -> Answer[TenderProject]:
        """Set the tendering plan (plan.set)."""
        return self.send("PUT", f"/tender-projects/{segment(tender_project.id)}/plan", TenderProject.read, plan)

    def create_section(self, tender_project: TenderProject, content: Content) -> Answer[Section]:
        """Create a section (section.create)."""
        return self.send("POST", f"/tender-projects/{segment(tender_project.id)}/sections", Section.read, content)

    def section(self, section: Section) -> Answer[Section]:
        """A section (section.get)."""
        return self.get(f"/sections/{segment(section.id)}", Section.read)

    def change_section(self, section: Section, changes: Mapping[str, Any]) -> Answer[Section]:
        """Change a section (section.edit)."""
        return self.send("PATCH", f"/sections/{segment(section.id)}", Section.read, changes)

    def delete_section(self, section: Section) -> Answer[None]:
        """Delete a section (section.delete)."""
        return self.send("DELETE", f"/sections/{segment(section.id)}", nothing)

    def sections(self, tender_project: TenderProject) -> Answer[tuple[Section, ...]]:
        """The sections of a tender project (section.list)."""
        return self.listed(f"/tender-projects/{segment(tender_project.id)}/sections", Section)

    def set_base_price(self, section: Section, price: Decimal) -> Answer[Record]:
        """§ Set the one base price (section.base_price)."""
        return self.act(
            "section.base_price", section.id, f"/sections/{segment(section.id)}/base-price", Record.read, {"price": price}, method="PUT"
        )

    def base_price(self, section: Section) -> Answer[Record]:
        """The base price (section.base_price, read)."""
        return self.get(f"/sections/{segment(section.id)}/base-price", Record.read)

    def draft_notice(self, tender_project: TenderProject, content: Content) -> Answer[Notice]:
        """Draft a notice (notice.create)."""
        return self.send("POST", f"/tender-projects/{segment(tender_project.id)}/notices", Notice.read, content)

    def notice(self, notice: Notice) -> Answer[Notice]:
        """A notice in whatever state (notice.get)."""
        return self.get(f"/notices/{segment(notice.id)}", Notice.read)

    def change_notice(self, notice: Notice, changes: Mapping[str, Any]) -> Answer[Notice]:
        """Change a draft (notice.edit)."""
        return self.send("PATCH", f"/notices/{segment(notice.id)}", Notice.read, changes)

    def delete_notice(self, notice: Notice) -> Answer[None]:
        """Delete a draft (notice.delete)."""
        return self.send("DELETE", f"/notices/{segment(notice.id)}", nothing)

    def notices(self, tender_project: TenderProject) -> Answer[tuple[Notice, ...]]:
        """The notices of a tender project, drafts included (notice.list)."""
        return self.listed(f"/tender-projects/{segment(tender_project.id)}/notices", Notice)

    def submit_notice(self, notice: Notice) -> Answer[Notice]:
        """§ Submit a notice for review (notice.submit)."""
        return self.act(
            "notice.submit", notice.id, f"/notices/{segment(notice.id)}/submission", Notice.read, _shown(notice, "content_sha256")
        )

    def announce(self, tender_project: TenderProject, content: Content) -> Answer[Notice]:
        """Draft a notice and submit it; the first refusal is the answer."""
        draft = self.draft_notice(tender_project, content)
        return self.submit_notice(draft.value) if draft.accepted else draft

    def review_notice(self, notice: Notice, outcome: str = "approved", remark: str = "") -> Answer[Notice]:
        """Review a notice: it is published, or goes back (notice.review)."""
        return self.send("POST", f"/notices/{segment(notice.id)}/review", Notice.read, {"outcome": outcome, "remark": remark})

    def request_correction(self, notice: Notice, text: str, reason: str) -> Answer[Correction]:
        """Ask that a notice be corrected (correction.request)."""
        return self.send(
            "POST", f"/public/notices/{segment(notice.id)}/correction-requests", Correction.read, {"text": text, "reason": reason}
        )

    def correction(self, correction: Correction) -> Answer[Correction]:
        """A request to correct a notice (correction.get)."""
        return self.get(f"/correction-requests/{segment(correction.id)}", Correction.read)

    def handle_correction(self, correction: Correction, outcome: str, text: str) -> Answer[Correction]:
        """Answer a request to correct a notice (correction.handle)."""
        return self.send(
            "POST", f"/correction-requests/{segment(correction.id)}/handling", Correction.read, {"outcome": outcome, "text": text}
        )

    def draft_invitation(self, section: Section, content: Content) -> Answer[InvitationDraft]:
        """Prepare an invitation (invitation.draft)."""
        return self.send("POST", f"/sections/{segment(section.id)}/invitation-drafts", InvitationDraft.read, content)

    def invitation_draft(self, draft: InvitationDraft) -> Answer[InvitationDraft]:
        """A prepared invitation (invitation.draft_get)."""
        return self.get(f"/invitation-drafts/{segment(draft.id)}", InvitationDraft.read)

    def invitation_drafts(self, section: Section) -> Answer[tuple[InvitationDraft, ...]]:
        """The prepared invitations of a section, submitted ones too (invitation.drafts)."""
        return self.listed(f"/sections/{segment(section.id)}/invitation-drafts", InvitationDraft)

    def change_invitation(self, draft: InvitationDraft, changes: Mapping[str, Any]) -> Answer[InvitationDraft]:
        """Change a draft (invitation.edit)."""
        return self.send("PATCH", f"/invitation-drafts/{segment(draft.id)}", InvitationDraft.read, changes)

    def delete_invitation(self, draft: InvitationDraft) -> Answer[None]:
        """Delete a draft (invitation.delete)."""
        return self.send("DELETE", f"/invitation-drafts/{segment(draft.id)}", nothing)

    def submit_invitation(self, draft: InvitationDraft) -> Answer[InvitationDraft]:
        """§ Submit a prepared invitation: it is sent (invitation.submit)."""
        return self.act(
            "invitation.submit",
            draft.id,
            f"/invitation-drafts/{segment(draft.id)}/submission",
            InvitationDraft.read,
            _shown(draft, "content_sha256"),
        )

    def invite(self, section: Section, content: Content) -> Answer[tuple[Invitation, ...]]:
        """§ Send invitations (invitation.send)."""
        return self.act("invitation.send", section.id, f"/sections/{segment(section.id)}/invitations", items_of(Invitation), content)

    def draw_invitees(self, section: Section, content: Content) -> Answer[tuple[Invitation, ...]]:
        """§ Invite by chance among those who passed (invitation.draw)."""
        return self.act("invitation.draw", section.id, f"/sections/{segment(section.id)}/invitations/draw", items_of(Invitation), content)

    def invitations(self, section: Section) -> Answer[tuple[Invitation, ...]]:
        """Invitations and replies (invitation.list)."""
        return self.listed(f"/sections/{segment(section.id)}/invitations", Invitation)

    def my_invitations(self) -> Answer[tuple[Invitation, ...]]:
        """Invitations that I received (invitation.mine)."""
        return self.listed("/invitations", Invitation)

    def reply_invitation(self, invitation: Invitation, *, accept: bool, reason: str = "") -> Answer[Invitation]:
        """Accept or decline an invitation (invitation.reply)."""
        return self.send("POST", f"/invitations/{segment(invitation.id)}/reply", Invitation.read, {"accept": accept, "reason": reason})

    def templates(self) -> Answer[tuple[Record, ...]]:
        """Standard document templates (template.list)."""
        return self.listed("/document-templates", Record)

    def draft_document(self, section: Section, content: Content) -> Answer[Document]:
        """Draft a document (document.create)."""
        return self.send("POST", f"/sections/{segment(section.id)}/documents", Document.read, content)

    def document(self, document: Document) -> Answer[Document]:
        """A document's facts (document.get)."""
        return self.get(f"/documents/{segment(document.id)}", Document.read)

    def change_document(self, document: Document, changes: Mapping[str, Any]) -> Answer[Document]:
        """Change a draft (document.edit)."""
        return self.send("PATCH", f"/documents/{segment(document.id)}", Document.read, changes)

    def delete_document(self, document: Document) -> Answer[None]:
        """Delete a draft (document.delete)."""
        return self.send("DELETE", f"/documents/{segment(document.id)}", nothing)

    def publish_document(self, document: Document) -> Answer[Document]:
        """§ Publish a document (document.publish)."""
        return self.act(
            "document.publish", document.id, f"/documents/{segment(document.id)}/publication", Document.read, _shown(document, "sha256")
        )

    def download(self, document: Document) -> Answer[File]:
        """Obtain a document (document.download)."""
        return self.octets(f"/documents/{segment(document.id)}/content")

    def downloads(self, section: Section) -> Answer[tuple[Download, ...]]:
        """Who obtained the documents (downloads.list)."""
        return self.listed(f"/sections/{segment(section.id)}/downloads", Download)

    def ask(self, section: Section, text: str, about: str = "tender") -> Answer[Question]:
        """Ask about a document (question.ask)."""
        return self.send("POST", f"/sections/{segment(section.id)}/questions", Question.read, {"about": about, "text": text})

    def questions(self, section: Section) -> Answer[tuple[Question, ...]]:
        """Questions, without their authors' names (question.list)."""
        return self.listed(f"/sections/{segment(section.id)}/questions", Question)

    def draft_clarification(self, section: Section, content: Content) -> Answer[ClarificationDraft]:
        """Prepare a clarification or change (clarification.draft)."""
        return self.send("POST", f"/sections/{segment(section.id)}/clarification-drafts", ClarificationDraft.read, content)

    def clarification_draft(self, draft: ClarificationDraft) -> Answer[ClarificationDraft]:
        """A prepared clarification (clarification.draft_get)."""
        return self.get(f"/clarification-drafts/{segment(draft.id)}", ClarificationDraft.read)

    def clarification_drafts(self, section: Section) -> Answer[tuple[ClarificationDraft, ...]]:
        """The prepared clarifications of a section, issued ones too (clarification.drafts)."""
        return self.listed(f"/sections/{segment(section.id)}/clarification-drafts", ClarificationDraft)

    def change_clarification(self, draft: ClarificationDraft, changes: Mapping[str, Any]) -> Answer[ClarificationDraft]:
        """Change a draft (clarification.edit)."""
        return self.send("PATCH", f"/clarification-drafts/{segment(draft.id)}", ClarificationDraft.read, changes)

    def delete_clarification(self, draft: ClarificationDraft) -> Answer[None]:
        """Delete a draft (clarification.delete)."""
        return self.send("DELETE", f"/clarification-drafts/{segment(draft.id)}", nothing)

    def issue_clarification(self, draft: ClarificationDraft) -> Answer[Clarification]:
        """§ Issue a prepared clarification as it stands (clarification.issue_draft)."""
        return self.act(
            "clarification.issue_draft",
            draft.id,
            f"/clarification-drafts/{segment(draft.id)}/issue",
            Clarification.read,
            _shown(draft, "content_sha256"),
        )

    def clarify(self, section: Section, content: Content) -> Answer[Clarification]:
        """§ Issue a clarification or change (clarification.issue)."""
        return self.act("clarification.issue", section.id, f"/sections/{segment(section.id)}/clarifications", Clarification.read, content)

    def download_clarification(self, clarification: Clarification) -> Answer[File]:
        """Obtain a clarification's text (clarification.download)."""
        return self.octets(f"/clarifications/{segment(clarification.id)}/content")

    def confirm_clarification(self, clarification: Clarification) -> Answer[Receipt]:
        """§ Confirm that a clarification arrived (clarification.receipt)."""
        return self.act("clarification.receipt", clarification.id, f"/clarifications/{segment(clarification.id)}/receipts", Receipt.read)

    def clarification_receipts(self, clarification: Clarification) -> Answer[tuple[Delivery, ...]]:
        """How a clarification reached those who obtained the document (clarification.receipts)."""
        return self.listed(f"/clarifications/{segment(clarification.id)}/receipts", Delivery)

    def plan_site_visit(self, section: Section, content: Content) -> Answer[SiteVisit]:
        """Call everybody who obtained the documents to a visit (site_visit.create)."""
        return self.send("POST", f"/sections/{segment(section.id)}/site-visits", SiteVisit.read, content)

    def draft_site_visit(self, section: Section, content: Content) -> Answer[SiteVisit]:
        """Prepare a notice of a visit, for oneself (site_visit.draft)."""
        return self.send("POST", f"/sections/{segment(section.id)}/site-visit-drafts", SiteVisit.read, content)

    def change_site_visit(self, visit: SiteVisit, changes: Mapping[str, Any]) -> Answer[SiteVisit]:
        """Change a notice that is not yet sent (site_visit.edit)."""
        return self.send("PATCH", f"/site-visits/{segment(visit.id)}", SiteVisit.read, changes)

    def delete_site_visit(self, visit: SiteVisit) -> Answer[None]:
        """Delete a notice that is not yet sent (site_visit.delete)."""
        return self.send("DELETE", f"/site-visits/{segment(visit.id)}", nothing)

    def send_site_visit(self, visit: SiteVisit) -> Answer[SiteVisit]:
        """Send a prepared notice to everybody who obtained the documents (site_visit.send)."""
        return self.send("POST", f"/site-visits/{segment(visit.id)}/call", SiteVisit.read)

    def site_visits(self, section: Section) -> Answer[tuple[SiteVisit, ...]]:
        """Visits of the site (site_visit.list)."""
        return self.listed(f"/sections/{segment(section.id)}/site-visits", SiteVisit)

    def record_site_visit(self, visit: SiteVisit, record: Mapping[str, Any]) -> Answer[SiteVisit]:
        """Record what happened on a visit, or change the record (site_visit.record)."""
        return self.send("POST", f"/site-visits/{segment(visit.id)}/record", SiteVisit.read, record)

    def delete_site_visit_record(self, visit: SiteVisit) -> Answer[None]:
        """Delete a record that is not yet issued (site_visit.record_delete)."""
        return self.send("DELETE", f"/site-visits/{segment(visit.id)}/record", nothing)

    def issue_site_visit_record(self, visit: SiteVisit) -> Answer[SiteVisit]:
        """Issue the record to everybody who obtained the documents (site_visit.record_issue)."""
        return self.send("POST", f"/site-visits/{segment(visit.id)}/record/issue", SiteVisit.read)


def _shown(draft: Record, digest: str) -> dict[str, str]:
    """The digest that the draft shows, if it does: what is signed is then what was seen."""
    return {digest: str(draft.get(digest))} if draft.says(digest) else {}
