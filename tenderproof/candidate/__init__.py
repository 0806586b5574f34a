"""The candidate (受检平台): its declaration, read and checked before any probe."""

from tenderproof.candidate.declaration import (
    Account,
    Authority,
    Candidate,
    Convention,
    Counterpart,
    DeclarationError,
    Limits,
    Sandbox,
    Secret,
    load,
)

__all__ = ["Account", "Authority", "Candidate", "Convention", "Counterpart", "DeclarationError", "Limits", "Sandbox", "Secret", "load"]
