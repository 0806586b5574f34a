"""What comes out: one result document, written in several forms. No writer can change a verdict."""

from tenderproof.reporting.reports import FORMS, PRINTED, write_reports

__all__ = ["FORMS", "PRINTED", "write_reports"]
