"""What comes out: one result document, written in several forms. No writer can change a verdict."""

from tenderproof.reporting.reports import FORMS, write_reports

__all__ = ["FORMS", "write_reports"]
