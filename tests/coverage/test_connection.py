"""A dry connection tries each reading once and tells what came, whatever a driver does."""

from typing import Any, cast

import pytest

from tenderproof.coverage import connection
from tenderproof.coverage.connection import Came, Tried
from tenderproof.testing import (
    Account,
    Answer,
    Identity,
    Notice,
    Platform,
    PlatformTime,
    PublishedSection,
    Record,
    Registration,
    Section,
    Tenderee,
)
from tenderproof.vocabulary import DeclarationTrouble, PlatformTrouble


class Theirs(Tenderee):
    """Answers each operation in another way."""

    identity = Identity("tenderee", "one", "", "", account="tenderee-1")

    def platform(self) -> Answer[Platform]:
        return Answer("platform", Platform.read({"name": "别家", "sandbox": "yes", "trust_anchors": []}))

    def time(self) -> Answer[PlatformTime]:
        raise PlatformTrouble("it answered garbage " + "x" * 500)

    def agreement(self, role: str) -> Answer[Record]:
        return Answer(role, None, "not_found", words="没有")

    def published_notices(self, *, at_most: int | None = None, **filters: str) -> Answer[tuple[Notice, ...]]:
        assert (at_most, filters) == (1, {})
        return Answer("notices", (Notice.read({"id": "n", "section_ids": ["s"]}),))

    def published_notice(self, notice_id: str) -> Answer[Notice]:
        return Answer("notice", Notice.read({"id": notice_id, "section_ids": ["s"]}))

    def published_section(self, section: Section) -> Answer[PublishedSection]:
        return Answer("section", PublishedSection.read({"section_code": section.id}))

    def me(self) -> Answer[Account]:
        raise KeyError("token")

    def registration(self) -> Answer[Registration]:
        return cast("Answer[Registration]", {"id": "r"})


class Driver:
    """Plays one tenderee; its experts cannot be made of the declaration."""

    public = Theirs()

    @staticmethod
    def declared(role: str) -> list[Any]:
        if role == "expert":
            raise DeclarationTrouble("The key of the account expert-1 cannot be used.")
        return [Theirs(), Theirs()] if role == "tenderee" else []


@pytest.fixture(scope="module")
def found() -> dict[tuple[str, str], Tried]:
    return {(one.role, one.operation): one for one in connection.tried(cast("Any", Driver()))}


Found = dict[tuple[str, str], Tried]


def test_fields_that_did_not_come_and_such_as_cannot_be_read_are_named(found: Found) -> None:
    said = found["public", "platform"]

    assert (said.came, said.record, said.count, said.fine) == (Came.ACCEPTED, "Platform", 1, False)
    assert said.absent == ("platform_code", "signing_certificates", "version")
    assert said.malformed == ("sandbox",)


def test_one_thing_leads_to_the_next(found: Found) -> None:
    assert [found["public", name].came for name in ("published_notices", "published_notice", "published_section")] == [Came.ACCEPTED] * 3


@pytest.mark.parametrize(
    ("role", "operation", "came", "fine"),
    [
        ("public", "time", Came.TROUBLE, False), ("public", "agreement", Came.REFUSED, True),
        ("public", "interface", Came.NOT_OFFERED, True),
        ("tenderee", "me", Came.CRASHED, False), ("tenderee", "registration", Came.NO_ANSWER, False),
        ("expert", "declared", Came.TROUBLE, False),
    ],
)  # fmt: skip
def test_whatever_goes_wrong_is_told_and_the_rest_is_tried(found: Found, role: str, operation: str, came: Came, fine: bool) -> None:
    said = found[role, operation]

    assert (said.came, said.fine) == (came, fine)
    assert said.words
    assert len(said.words) <= 300


def test_only_the_first_of_each_role_is_asked_and_only_what_reads(found: Found) -> None:
    assert {role for role, _ in found} == {"public", "tenderee", "expert"}
    assert not [name for _, name in found if name.startswith(("create", "submit", "deliver", "withdraw"))]
