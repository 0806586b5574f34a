"""The people of the field, and what each can do on a platform. A driver plays them; suites hold them in their hands."""

from tenderproof.testing.actors.bidder import Bidder
from tenderproof.testing.actors.expert import Expert
from tenderproof.testing.actors.owner import Agency, Owner, Tenderee
from tenderproof.testing.actors.person import Person
from tenderproof.testing.actors.public import Public, not_offered
from tenderproof.testing.actors.staff import Administrator, Auditor, Supervisor, Verifier

__all__ = [
    "Administrator", "Agency", "Auditor", "Bidder", "Expert", "Owner", "Person", "Public", "Supervisor", "Tenderee", "Verifier",
    "not_offered",
]  # fmt: skip
