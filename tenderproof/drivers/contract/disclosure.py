"""What the platform tells everybody (contract: platform and public)."""

from dataclasses import replace

from tenderproof.drivers.contract.caller import BASE, Caller, segment
from tenderproof.drivers.gathering import Site, gathered
from tenderproof.testing.answers import Answer, Record
from tenderproof.testing.records import (
    Clarification,
    Document,
    File,
    Notice,
    OpeningRecord,
    Platform,
    PlatformTime,
    PublishedSection,
    Section,
)
from tenderproof.testing.sealed import Kind


class Disclosure(Caller):
    """Reading in public."""

    def platform(self) -> Answer[Platform]:
        """What the platform says about itself (contract: platform.get)."""
        return self.get("/platform", Platform.read)

    def time(self) -> Answer[PlatformTime]:
        """The platform's time (time.get)."""
        return self.get("/time", PlatformTime.read)

    def interface(self) -> Answer[Record]:
        """The published interface: an OpenAPI document (interface.get), with the files that belong to it."""
        told = self.get("/interface", Record.read)
        if told.given is None:
            return told
        place = Site(f"{self._driver.candidate.base_url}{BASE}/interface", self._part)
        return replace(told, given=Record.read(gathered(told.given.raw, place)))

    def _part(self, url: str) -> bytes | None:
        found = self.octets(url)
        return found.value.octets if found.accepted else None

    def file(self, url: str) -> Answer[File]:
        """A published file of the platform: a standard's text, the certification report, a page. ``url`` relative or whole."""
        return self.octets(url if "://" in url else f"//{url.lstrip('/')}", of_page=True)

    def agreement(self, role: str) -> Answer[Record]:
        """The service agreement for a role (agreement.get)."""
        return self.get(f"/agreements/{segment(role)}", Record.read)

    def published_notices(self, *, at_most: int | None = None, **filters: str) -> Answer[tuple[Notice, ...]]:
        """Published notices, of all pages or the first ``at_most``; filters ``type``, ``q``, ``region`` (public.notices)."""
        return self.listed("/public/notices", Notice, filters, at_most)

    def published_notice(self, notice_id: str) -> Answer[Notice]:
        """One published notice (public.notice)."""
        return self.get(f"/public/notices/{segment(notice_id)}", Notice.read)

    def published_section(self, section: Section) -> Answer[PublishedSection]:
        """The public record of a section (public.section)."""
        return self.get(f"/public/sections/{segment(section.id)}", PublishedSection.read)

    def published_opening_record(self, section: Section, kind: Kind = "bid") -> Answer[OpeningRecord]:
        """The published opening record (public.opening_record)."""
        record = "application-opening-record" if kind == "application" else "opening-record"
        return self.get(f"/public/sections/{segment(section.id)}/{record}", OpeningRecord.read)

    def published_candidates(self, section: Section) -> Answer[Notice]:
        """The candidates' publicity (public.candidates)."""
        return self.get(f"/public/sections/{segment(section.id)}/candidates", Notice.read)

    def published_result(self, section: Section) -> Answer[Notice]:
        """The published result (public.result)."""
        return self.get(f"/public/sections/{segment(section.id)}/result", Notice.read)

    def documents(self, section: Section) -> Answer[tuple[Document, ...]]:
        """What the public may know of a section's documents (document.public)."""
        return self.listed(f"/sections/{segment(section.id)}/documents", Document)

    def clarifications(self, section: Section) -> Answer[tuple[Clarification, ...]]:
        """Clarifications and changes (clarification.list)."""
        return self.listed(f"/sections/{segment(section.id)}/clarifications", Clarification)
