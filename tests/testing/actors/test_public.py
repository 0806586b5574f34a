import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tenderproof.testing import (
    Administrator,
    Agency,
    Auditor,
    Bidder,
    Expert,
    Missing,
    Owner,
    Person,
    Public,
    Supervisor,
    Tenderee,
    Verifier,
    actors,
)

DOCS = Path(__file__).parents[3] / "docs" / "writing-checks.md"


def operations(role: type) -> dict[str, Callable[..., Any]]:
    """The operations that stand in a role's own class."""
    return {name: member for name, member in vars(role).items() if inspect.isfunction(member) and not name.startswith("_")}


@pytest.mark.parametrize("role", [Public, Person, Owner, Tenderee, Agency, Bidder, Expert, Verifier, Administrator, Auditor, Supervisor])
def test_what_a_driver_does_not_offer_is_not_tested_with_that_reason(role: type) -> None:
    actor = role()
    for name, operation in operations(role).items():
        if name in {"tries", "under_key"}:
            continue
        parameters = inspect.signature(operation).parameters.values()
        required = [one for one in parameters if one.default is one.empty and one.kind is one.POSITIONAL_OR_KEYWORD]
        keywords = {one.name: None for one in parameters if one.kind is one.KEYWORD_ONLY}
        with pytest.raises(Missing, match=rf"does not offer {role.__name__}\.{name}$"):
            getattr(actor, name)(*[None] * (len(required) - 1), **keywords)


def test_where_no_keys_are_known_one_delivers_without() -> None:
    person = Person()

    assert person.under_key("k") is person


def test_everybody_can_try_what_is_anothers() -> None:
    class Clerk(Person):
        def open_bids(self, *arguments: object) -> tuple[object, ...]:
            return arguments

    assert Clerk().tries(Owner.open_bids, "section") == ("section",)  # type: ignore[arg-type,comparison-overlap]
    with pytest.raises(Missing, match=r"Person\.open_bids"):
        Person().tries(Owner.open_bids, None)  # type: ignore[arg-type]


def test_every_role_is_part_of_the_face() -> None:
    from tenderproof import testing  # noqa: PLC0415 - the face itself is the subject

    assert set(actors.__all__) - set(testing.__all__) == {"not_offered"}


def test_the_guide_names_every_operation() -> None:
    guide = DOCS.read_text("utf-8")
    named = {
        name
        for role in (Public, Person, Owner, Tenderee, Bidder, Expert, Verifier, Administrator, Auditor, Supervisor)
        for name in operations(role)
    }

    assert {name for name in named if f"`{name}`" not in guide} == set()
