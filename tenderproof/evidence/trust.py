"""Whom we believe over TLS."""

import ssl

from tenderproof.candidate import Candidate


def trust(candidate: Candidate) -> ssl.SSLContext:
    """The system's authorities, and the one that the declaration names for a sandbox."""
    context = ssl.create_default_context()
    if candidate.tls_authority:
        context.load_verify_locations(candidate.tls_authority)
    return context
