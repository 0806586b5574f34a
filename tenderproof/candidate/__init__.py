"""The candidate (受检平台): its declaration, read and checked before any probe."""

from tenderproof.candidate.declaration import (
    PAPER_SUFFIX,
    Account,
    Authority,
    Candidate,
    Convention,
    Counterpart,
    DeclarationError,
    Domicile,
    Exchange,
    Limits,
    PublishedInterface,
    Sandbox,
    Secret,
    bare,
    load,
    papers_folder,
)

__all__ = [
    "PAPER_SUFFIX",
    "Account",
    "Authority",
    "Candidate",
    "Convention",
    "Counterpart",
    "DeclarationError",
    "Domicile",
    "Exchange",
    "Limits",
    "PublishedInterface",
    "Sandbox",
    "Secret",
    "bare",
    "load",
    "papers_folder",
]
