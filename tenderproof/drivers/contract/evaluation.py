"""The evaluation (contract 5.7)."""

from collections.abc import Mapping, Sequence
from typing import Any

from tenderproof.drivers.contract.caller import Caller, segment
from tenderproof.testing.answers import Answer, Record
from tenderproof.testing.contents import Content
from tenderproof.testing.records import (
    Assignment,
    Committee,
    Draw,
    EvaluatedBid,
    Query,
    Receipt,
    Report,
    Section,
    Summary,
)


class Evaluation(Caller):
    """Drawing, committee, scores, questions, report."""

    def draw_experts(self, section: Section, content: Content) -> Answer[Draw]:
        """Draw experts (committee.draw)."""
        return self.send("POST", f"/sections/{segment(section.id)}/committee/draws", Draw.read, content)

    def draw(self, section: Section, draw_id: str) -> Answer[Draw]:
        """What is known of a drawing of experts."""
        return self.get(f"/sections/{segment(section.id)}/committee/draws/{segment(draw_id)}", Draw.read)

    def form_committee(self, section: Section, content: Content) -> Answer[Committee]:
        """Form the committee (committee.form)."""
        return self.send("POST", f"/sections/{segment(section.id)}/committee", Committee.read, content)

    def committee(self, section: Section) -> Answer[Committee]:
        """The committee (committee.get)."""
        return self.get(f"/sections/{segment(section.id)}/committee", Committee.read)

    def assignments(self, section: Section | None = None) -> Answer[tuple[Assignment, ...]]:
        """Where I am on a committee, or whether I am on that of a section (assignment.list)."""
        return self.listed("/assignments", Assignment, {"section_id": section.id if section else None})

    def sign_in(self, section: Section, content: Content) -> Answer[Record]:
        """§ Sign in, and say whether I must avoid (committee.sign_in)."""
        return self.act("committee.sign_in", section.id, f"/sections/{segment(section.id)}/committee/sign-in", Record.read, content)

    def divide_work(self, section: Section, content: Content) -> Answer[Record]:
        """Divide the work, and say who presides, as the chair (committee.duties)."""
        return self.send("PUT", f"/sections/{segment(section.id)}/committee/duties", Record.read, content)

    def start_evaluation(self, section: Section) -> Answer[Record]:
        """Start the evaluation (evaluation.start)."""
        return self.send("POST", f"/sections/{segment(section.id)}/evaluation", Record.read)

    def bids_under_evaluation(self, section: Section) -> Answer[tuple[EvaluatedBid, ...]]:
        """The bids' contents (evaluation.bids)."""
        return self.listed(f"/sections/{segment(section.id)}/evaluation/bids", EvaluatedBid)

    def evaluation_document(self, section: Section) -> Answer[Record]:
        """The effective documents, clarifications included (evaluation.document)."""
        return self.get(f"/sections/{segment(section.id)}/evaluation/document", Record.read)

    def score(self, bid: Receipt, scores: Mapping[str, Any], site: str = "") -> Answer[Record]:
        """Score a bid: factor number to score (score.put)."""
        found = [{"factor_no": number, "score": score, "remark": ""} for number, score in scores.items()]
        return self.send("PUT", f"/bids/{segment(bid.bid_id)}/scores", Record.read, {"scores": found, "site": site})

    def finalise_scores(self, section: Section) -> Answer[Record]:
        """My scores are final (score.finalise)."""
        return self.send("POST", f"/sections/{segment(section.id)}/evaluation/finalisation", Record.read)

    def send_query(self, bid: Receipt, content: Content) -> Answer[Query]:
        """Ask a bidder to clarify (query.send)."""
        return self.send("POST", f"/bids/{segment(bid.bid_id)}/evaluation-queries", Query.read, content)

    def reply_query(self, query: Query, text: str, attachments: Sequence[Mapping[str, Any]] = ()) -> Answer[Query]:
        """§ Answer the committee (query.reply)."""
        return self.act(
            "query.reply",
            query.id,
            f"/evaluation-queries/{segment(query.id)}/reply",
            Query.read,
            {"text": text, "attachments": list(attachments)},
        )

    def queries(self, section: Section) -> Answer[tuple[Query, ...]]:
        """The committee's questions (query.list)."""
        return self.listed(f"/sections/{segment(section.id)}/evaluation-queries", Query)

    def reject_bid(self, bid: Receipt, ground: str, text: str) -> Answer[Record]:
        """Reject a bid (bid.reject)."""
        return self.send("POST", f"/bids/{segment(bid.bid_id)}/rejection", Record.read, {"ground": ground, "text": text})

    def evaluation_summary(self, section: Section) -> Answer[Summary]:
        """Totals and ranks (evaluation.summary)."""
        return self.get(f"/sections/{segment(section.id)}/evaluation/summary", Summary.read)

    def draft_report(self, section: Section, content: Content) -> Answer[Report]:
        """Draft the report, as the chair (report.draft)."""
        return self.send("POST", f"/sections/{segment(section.id)}/evaluation-report", Report.read, content)

    def sign_report(self, section: Section, *, consent: bool = True, statement: str = "") -> Answer[Report]:
        """§ Sign the report, or dissent (report.sign)."""
        return self.act(
            "report.sign",
            section.id,
            f"/sections/{segment(section.id)}/evaluation-report/signatures",
            Report.read,
            {"consent": consent, "statement": statement},
        )

    def report(self, section: Section) -> Answer[Report]:
        """The evaluation report (report.get)."""
        return self.get(f"/sections/{segment(section.id)}/evaluation-report", Report.read)
