"""The examination of prequalification applications (contract 5.7): as bids are evaluated, without price."""

from collections.abc import Mapping
from typing import Any

from tenderproof.drivers.contract.caller import Caller, segment
from tenderproof.testing.answers import Answer, Record
from tenderproof.testing.contents import Content
from tenderproof.testing.records import EvaluatedBid, Query, Receipt, Report, Section, Summary


class Examination(Caller):
    """Applications read, scored, asked about and rejected, and the report on them."""

    def start_examination(self, section: Section) -> Answer[Record]:
        """Start the examination of the applications (application_evaluation.start)."""
        return self.send("POST", _of(section), Record.read)

    def applications_examined(self, section: Section) -> Answer[tuple[EvaluatedBid, ...]]:
        """What the applications say (application_evaluation.applications)."""
        return self.listed(f"{_of(section)}/applications", EvaluatedBid)

    def examination_document(self, section: Section) -> Answer[Record]:
        """The prequalification document in force, with its clarifications and forms (application_evaluation.document)."""
        return self.get(f"{_of(section)}/document", Record.read)

    def score_application(self, application: Receipt, scores: Mapping[str, Any], site: str = "") -> Answer[Record]:
        """Score an application: factor number to score (application_score.put)."""
        found = [{"factor_no": number, "score": score, "remark": ""} for number, score in scores.items()]
        return self.send("PUT", f"/applications/{segment(application.bid_id)}/scores", Record.read, {"scores": found, "site": site})

    def finalise_examination(self, section: Section) -> Answer[Record]:
        """My scores of the applications are final (application_score.finalise)."""
        return self.send("POST", f"{_of(section)}/finalisation", Record.read)

    def ask_applicant(self, application: Receipt, content: Content) -> Answer[Query]:
        """Ask an applicant to clarify (application_query.send)."""
        return self.send("POST", f"/applications/{segment(application.bid_id)}/evaluation-queries", Query.read, content)

    def reject_application(self, application: Receipt, ground: str, text: str) -> Answer[Record]:
        """Find an application unqualified (application.reject)."""
        path = f"/applications/{segment(application.bid_id)}/rejection"
        return self.send("POST", path, Record.read, {"ground": ground, "text": text})

    def examination_summary(self, section: Section) -> Answer[Summary]:
        """Totals and ranks of the applications (application_evaluation.summary)."""
        return self.get(f"{_of(section)}/summary", Summary.read)

    def draft_application_report(self, section: Section, content: Content) -> Answer[Report]:
        """Draft the report on the applications, as the chair (application_report.draft)."""
        return self.send("POST", f"{_of(section)}-report", Report.read, content)

    def sign_application_report(self, section: Section, *, consent: bool = True, statement: str = "") -> Answer[Report]:
        """§ Sign the report on the applications, or dissent (application_report.sign)."""
        told = {"consent": consent, "statement": statement}
        return self.act("application_report.sign", section.id, f"{_of(section)}-report/signatures", Report.read, told)

    def application_report(self, section: Section) -> Answer[Report]:
        """The report on the applications (application_report.get)."""
        return self.get(f"{_of(section)}-report", Report.read)


def _of(section: Section) -> str:
    return f"/sections/{segment(section.id)}/application-evaluation"
