from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext

import pytest

from tenderproof.testing import Missing, Person, Public
from tenderproof.testing.cast import first
from tenderproof.testing.identities import Identity


class Two:
    """A cast of two bidders."""

    public = Public()

    def __init__(self) -> None:
        self.people = [Person(), Person()]

    def declared(self, role: str, trait: str = "") -> Sequence[Person]:
        return self.people if (role, trait) == ("bidder", "") else []

    def acting(self, identity: Identity) -> Person:
        person = Person()
        person.identity = identity
        return person

    def apart(self, name: str) -> AbstractContextManager[None]:  # noqa: ARG002 - nothing is recorded here
        return nullcontext()


def test_actors_are_taken_in_the_order_of_the_declaration() -> None:
    cast = Two()

    assert first(cast, "bidder") is cast.people[0]
    assert first(cast, "bidder", 1) is cast.people[1]


@pytest.mark.parametrize(
    ("role", "number", "sentence"), [("bidder", 2, "names 2 accounts .* 3 accounts"), ("expert", 0, "names 0 .* an account")]
)
def test_where_the_declaration_names_too_few_the_check_is_skipped(role: str, number: int, sentence: str) -> None:
    with pytest.raises(Missing, match=sentence):
        first(Two(), role, number)
