"""The member of an evaluation committee: an expert (评标专家), or the tenderee's representative."""
# ruff: noqa: ARG002 - what a driver does not offer takes its arguments all the same

from collections.abc import Mapping
from typing import Any

from tenderproof.testing.actors.person import Person
from tenderproof.testing.actors.public import not_offered
from tenderproof.testing.answers import Answer, Record
from tenderproof.testing.contents import Content
from tenderproof.testing.records import Assignment, EvaluatedBid, Query, Receipt, Report, Section, Summary


class Expert(Person):
    """Somebody who evaluates bids."""

    def assignments(self, section: Section | None = None) -> Answer[tuple[Assignment, ...]]:
        """Where I am on a committee, or whether I am on that of a section (assignment.list)."""
        raise not_offered(self, "assignments")

    def sign_in(self, section: Section, content: Content) -> Answer[Record]:
        """§ Sign in, and say whether I must avoid (committee.sign_in)."""
        raise not_offered(self, "sign_in")

    def divide_work(self, section: Section, content: Content) -> Answer[Record]:
        """Divide the work, and say who presides, as the chair (committee.duties)."""
        raise not_offered(self, "divide_work")

    def start_evaluation(self, section: Section) -> Answer[Record]:
        """Start the evaluation, as the chair (evaluation.start)."""
        raise not_offered(self, "start_evaluation")

    def bids_under_evaluation(self, section: Section) -> Answer[tuple[EvaluatedBid, ...]]:
        """The bids' contents (evaluation.bids)."""
        raise not_offered(self, "bids_under_evaluation")

    def evaluation_document(self, section: Section) -> Answer[Record]:
        """The effective documents, clarifications included (evaluation.document)."""
        raise not_offered(self, "evaluation_document")

    def score(self, bid: Receipt, scores: Mapping[str, Any], site: str = "") -> Answer[Record]:
        """Score a bid: factor number to score (score.put)."""
        raise not_offered(self, "score")

    def finalise_scores(self, section: Section) -> Answer[Record]:
        """My scores are final (score.finalise)."""
        raise not_offered(self, "finalise_scores")

    def send_query(self, bid: Receipt, content: Content) -> Answer[Query]:
        """Ask a bidder to clarify (query.send)."""
        raise not_offered(self, "send_query")

    def reject_bid(self, bid: Receipt, ground: str, text: str) -> Answer[Record]:
        """Reject a bid (bid.reject)."""
        raise not_offered(self, "reject_bid")

    def evaluation_summary(self, section: Section) -> Answer[Summary]:
        """Totals and ranks (evaluation.summary)."""
        raise not_offered(self, "evaluation_summary")

    def draft_report(self, section: Section, content: Content) -> Answer[Report]:
        """Draft the report, as the chair (report.draft)."""
        raise not_offered(self, "draft_report")

    def sign_report(self, section: Section, *, consent: bool = True, statement: str = "") -> Answer[Report]:
        """§ Sign the report, or dissent (report.sign)."""
        raise not_offered(self, "sign_report")

    def start_examination(self, section: Section) -> Answer[Record]:
        """Start the examination of the applications (application_evaluation.start)."""
        raise not_offered(self, "start_examination")

    def applications_examined(self, section: Section) -> Answer[tuple[EvaluatedBid, ...]]:
        """What the applications say (application_evaluation.applications)."""
        raise not_offered(self, "applications_examined")

    def examination_document(self, section: Section) -> Answer[Record]:
        """The prequalification document in force, with its clarifications and forms (application_evaluation.document)."""
        raise not_offered(self, "examination_document")

    def score_application(self, application: Receipt, scores: Mapping[str, Any], site: str = "") -> Answer[Record]:
        """Score an application: factor number to score (application_score.put)."""
        raise not_offered(self, "score_application")

    def finalise_examination(self, section: Section) -> Answer[Record]:
        """My scores of the applications are final (application_score.finalise)."""
        raise not_offered(self, "finalise_examination")

    def ask_applicant(self, application: Receipt, content: Content) -> Answer[Query]:
        """Ask an applicant to clarify (application_query.send)."""
        raise not_offered(self, "ask_applicant")

    def reject_application(self, application: Receipt, ground: str, text: str) -> Answer[Record]:
        """Find an application unqualified (application.reject)."""
        raise not_offered(self, "reject_application")

    def examination_summary(self, section: Section) -> Answer[Summary]:
        """Totals and ranks of the applications (application_evaluation.summary)."""
        raise not_offered(self, "examination_summary")

    def draft_application_report(self, section: Section, content: Content) -> Answer[Report]:
        """Draft the report on the applications, as the chair (application_report.draft)."""
        raise not_offered(self, "draft_application_report")

    def sign_application_report(self, section: Section, *, consent: bool = True, statement: str = "") -> Answer[Report]:
        """§ Sign the report on the applications, or dissent (application_report.sign)."""
        raise not_offered(self, "sign_application_report")

    def decide_prequalification(self, section: Section, content: Content) -> Answer[Record]:
        """§ Decide who passed prequalification (prequalification.result)."""
        raise not_offered(self, "decide_prequalification")
