"""Who plays: the declared accounts of each role, and whoever holds an identity that we have made."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from tenderproof.testing.actors.person import Person
from tenderproof.testing.actors.public import Public
from tenderproof.testing.identities import Identity
from tenderproof.vocabulary import Blame, Missing


class Cast(Protocol):
    """What a driver gives to stories and identities."""

    @property
    def public(self) -> Public:
        """Nobody in particular."""

    def declared(self, role: str, trait: str = "") -> Sequence[Person]:
        """The actors that the declaration names for a role: those with a trait, or without one those with none."""

    def acting(self, identity: Identity) -> Person:
        """Somebody with an identity of our making; the account need not exist yet."""

    def apart(self, name: str) -> AbstractContextManager[None]:
        """What is done inside is shared by checks and belongs to none."""


def first(cast: Cast, role: str, number: int = 0) -> Person:
    """The declared actor of a role with this number, from 0; Missing if there are not so many."""
    found = cast.declared(role)
    if number >= len(found):
        needed = f"{number + 1} accounts" if number else "an account"
        raise Missing(f"the declaration names {len(found)} accounts of the role {role}; {needed} is needed", Blame.DECLARATION)
    return found[number]
