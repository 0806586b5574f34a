"""Whom we believe over TLS."""

import ssl

from tenderproof.candidate import Candidate, DeclarationError


def trust(candidate: Candidate) -> ssl.SSLContext:
    """The system's authorities, and the one that the declaration names for a sandbox; DeclarationError if that one is no certificate."""
    context = ssl.create_default_context()
    if candidate.tls_authority:
        try:
            context.load_verify_locations(candidate.tls_authority)
        except (OSError, ValueError) as error:
            named = f"{candidate.file}, tls.authority: {candidate.tls_authority}"
            raise DeclarationError(f"{named} holds no certificate in PEM form that can be trusted: {error}.") from error
    return context
