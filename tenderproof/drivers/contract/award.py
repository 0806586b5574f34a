"""Candidates, award, contract, objections, anomalies, archive (contract 5.8, 5.10-5.12)."""

from collections.abc import Mapping
from typing import Any

from tenderproof.drivers.contract.caller import Caller, nothing, segment
from tenderproof.testing.answers import Answer, Record
from tenderproof.testing.contents import Content
from tenderproof.testing.records import (
    Alert,
    Anomaly,
    Archive,
    Award,
    AwardNotice,
    Contract,
    File,
    Notice,
    Objection,
    Section,
)


class Awarding(Caller):
    """From the candidates' publicity to the archive."""

    def publish_candidates(self, section: Section, content: Content) -> Answer[Notice]:
        """§ Publish the candidates, for review (candidates.publish)."""
        return self.act("candidates.publish", section.id, f"/sections/{segment(section.id)}/candidates-publicity", Notice.read, content)

    def review_candidates(self, section: Section, outcome: str = "approved", remark: str = "") -> Answer[Notice]:
        """Review the candidates' publicity (candidates.review)."""
        return self.send(
            "POST", f"/sections/{segment(section.id)}/candidates-publicity/review", Notice.read, {"outcome": outcome, "remark": remark}
        )

    def candidates(self, section: Section) -> Answer[Notice]:
        """The candidates' publicity, drafts too for its owner (candidates.get)."""
        return self.get(f"/sections/{segment(section.id)}/candidates-publicity", Notice.read)

    def withdraw_candidates(self, section: Section) -> Answer[None]:
        """Take back candidates that are not yet published (candidates.delete)."""
        return self.send("DELETE", f"/sections/{segment(section.id)}/candidates-publicity", nothing)

    def result(self, section: Section) -> Answer[Notice]:
        """The result notice, drafts too for its owner (result.get)."""
        return self.get(f"/sections/{segment(section.id)}/result-notice", Notice.read)

    def award(self, section: Section) -> Answer[Award]:
        """The decision (award.get)."""
        return self.get(f"/sections/{segment(section.id)}/award", Award.read)

    def award_notices(self, section: Section) -> Answer[AwardNotice]:
        """Award and result notices, submitted ones too for their owner (award_notice.get)."""
        return self.get(f"/sections/{segment(section.id)}/award-notices", AwardNotice.read)

    def award_report(self, section: Section) -> Answer[Record]:
        """The report to the supervision (award_report.get)."""
        return self.get(f"/sections/{segment(section.id)}/award-report", Record.read)

    def verify_contract(self, contract: Contract, outcome: str = "confirmed", remark: str = "") -> Answer[Contract]:
        """Confirm a concluded contract (contract.verify)."""
        return self.send("POST", f"/contracts/{segment(contract.id)}/verification", Contract.read, {"outcome": outcome, "remark": remark})

    def decide_award(self, section: Section, content: Content) -> Answer[Award]:
        """§ Decide who wins (award.decide)."""
        return self.act("award.decide", section.id, f"/sections/{segment(section.id)}/award", Award.read, content)

    def publish_result(self, section: Section, content: Content) -> Answer[Notice]:
        """§ Publish the result, for review (result.publish)."""
        return self.act("result.publish", section.id, f"/sections/{segment(section.id)}/result-notice", Notice.read, content)

    def review_result(self, section: Section, outcome: str = "approved", remark: str = "") -> Answer[Notice]:
        """Review the result notice (result.review)."""
        return self.send(
            "POST", f"/sections/{segment(section.id)}/result-notice/review", Notice.read, {"outcome": outcome, "remark": remark}
        )

    def send_award_notices(self, section: Section, text: str) -> Answer[AwardNotice]:
        """§ Submit award and result notices, for review (award_notice.send)."""
        return self.act("award_notice.send", section.id, f"/sections/{segment(section.id)}/award-notices", AwardNotice.read, {"text": text})

    def review_award_notices(self, section: Section, outcome: str = "approved", remark: str = "") -> Answer[AwardNotice]:
        """Verify the notices: they go out, or go back (award_notice.review)."""
        return self.send(
            "POST", f"/sections/{segment(section.id)}/award-notices/review", AwardNotice.read, {"outcome": outcome, "remark": remark}
        )

    def draft_contract(self, section: Section, content: Content) -> Answer[Contract]:
        """Draft the contract (contract.draft)."""
        return self.send("POST", f"/sections/{segment(section.id)}/contract", Contract.read, content)

    def change_contract(self, section: Section, changes: Mapping[str, Any]) -> Answer[Contract]:
        """Change the draft (contract.edit)."""
        return self.send("PATCH", f"/sections/{segment(section.id)}/contract", Contract.read, changes)

    def contract(self, section: Section) -> Answer[Contract]:
        """The contract (contract.get)."""
        return self.get(f"/sections/{segment(section.id)}/contract", Contract.read)

    def sign_contract(self, contract: Contract) -> Answer[Contract]:
        """§ Sign the contract (contract.sign)."""
        return self.act("contract.sign", contract.id, f"/contracts/{segment(contract.id)}/signatures", Contract.read)

    def record_performance(self, contract: Contract, content: Content) -> Answer[Record]:
        """Record how the contract is performed (performance.record)."""
        return self.send("POST", f"/contracts/{segment(contract.id)}/performance", Record.read, content)

    def file_award_report(self, section: Section, text: str) -> Answer[Record]:
        """§ Report the award to the supervision (award_report.file)."""
        return self.act("award_report.file", section.id, f"/sections/{segment(section.id)}/award-report", Record.read, {"text": text})

    def file_objection(self, section: Section, about: str, text: str) -> Answer[Objection]:
        """§ Object (objection.file)."""
        return self.act(
            "objection.file", section.id, f"/sections/{segment(section.id)}/objections", Objection.read, {"about": about, "text": text}
        )

    def reply_objection(self, objection: Objection, text: str, outcome: str) -> Answer[Objection]:
        """§ Answer an objection (objection.reply)."""
        return self.act(
            "objection.reply",
            objection.id,
            f"/objections/{segment(objection.id)}/reply",
            Objection.read,
            {"text": text, "outcome": outcome},
        )

    def withdraw_objection(self, objection: Objection) -> Answer[Objection]:
        """Withdraw an objection (objection.withdraw)."""
        return self.send("POST", f"/objections/{segment(objection.id)}/withdrawal", Objection.read)

    def objection(self, objection: Objection) -> Answer[Objection]:
        """One objection (objection.get)."""
        return self.get(f"/objections/{segment(objection.id)}", Objection.read)

    def objections(self, section: Section) -> Answer[tuple[Objection, ...]]:
        """Objections (objection.list)."""
        return self.listed(f"/sections/{segment(section.id)}/objections", Objection)

    def record_anomaly(self, section: Section, content: Content) -> Answer[Anomaly]:
        """§ Terminate, retender or re-evaluate (anomaly.record)."""
        return self.act("anomaly.record", section.id, f"/sections/{segment(section.id)}/anomalies", Anomaly.read, content)

    def retender(self, section: Section) -> Answer[Section]:
        """Tender again: a new section of round 2 (retender)."""
        return self.send("POST", f"/sections/{segment(section.id)}/retender", Section.read)

    def anomalies(self, section: Section) -> Answer[tuple[Anomaly, ...]]:
        """What went otherwise than planned (anomaly.list)."""
        return self.listed(f"/sections/{segment(section.id)}/anomalies", Anomaly)

    def alerts(self, section: Section) -> Answer[tuple[Alert, ...]]:
        """What is due or overdue (alert.list)."""
        return self.listed(f"/sections/{segment(section.id)}/alerts", Alert)

    def make_archive(self, section: Section) -> Answer[Archive]:
        """Archive the section (archive.make)."""
        return self.send("POST", f"/sections/{segment(section.id)}/archive", Archive.read)

    def archive(self, section: Section) -> Answer[Archive]:
        """The archive of a section (archive.get)."""
        return self.get(f"/sections/{segment(section.id)}/archive", Archive.read)

    def archived(self, archive: Archive, number: int) -> Answer[File]:
        """One archived file (archive.entry)."""
        return self.octets(f"/archives/{segment(archive.id)}/entries/{number}")
