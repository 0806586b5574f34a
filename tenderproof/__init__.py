"""Certify electronic tendering platforms: probe, keep the evidence, decide, report."""

from importlib.metadata import version

__version__ = version("tenderproof")
