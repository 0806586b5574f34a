"""A dry connection: every operation that only reads and needs nothing else, once, and what came back. Nothing is changed anywhere.

Logging in is part of it: whoever reads as somebody has to be somebody.
"""

import inspect
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from tenderproof.coverage.operations import ROLES
from tenderproof.drivers import Driver
from tenderproof.testing.actors import Public
from tenderproof.testing.answers import Answer, Field, Record
from tenderproof.testing.records import Section
from tenderproof.vocabulary import Missing, Trouble

_SHOWN = 300  # characters of what went wrong
_OF_PUBLIC = ("platform", "time", "interface")
_OF_PERSON = ("me", "messages", "blacklist")
_OF_ENTITY = ("registration", "certificates")
_OF_ROLE = {
    "tenderee": (*_OF_ENTITY, "projects", "templates"), "agency": (*_OF_ENTITY, "projects", "templates"),
    "bidder": (*_OF_ENTITY, "my_invitations"), "expert": ("assignments",),
    "verifier": ("registrations",), "administrator": ("registrations", "relations"), "auditor": ("audit_entries", "verify_audit"),
    "supervisor": ("registrations", "supervision_events", "orders"),
}  # fmt: skip


class Came(StrEnum):
    """What came of an operation."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    NOT_OFFERED = "not_offered"
    TROUBLE = "trouble"
    CRASHED = "crashed"
    NO_ANSWER = "no_answer"


@dataclass(frozen=True)
class Tried:
    """One operation as somebody tried it.

    ``words``: why it came to nothing. ``record`` and ``count``: what came back, and how many; of its fields those that did not come
    (``absent``) and those that cannot be read (``malformed``).
    """

    role: str
    account: str
    operation: str
    came: Came
    words: str = ""
    record: str = ""
    count: int = 0
    absent: tuple[str, ...] = ()
    malformed: tuple[str, ...] = ()

    @property
    def fine(self) -> bool:
        """Whether nothing is wrong with it; what is not offered, or refused with a reason, is not wrong."""
        return self.came in {Came.ACCEPTED, Came.REFUSED, Came.NOT_OFFERED} and not self.malformed


def tried(driver: Driver) -> Iterator[Tried]:
    """Everybody's readings: the public's, then those of the first declared account of each role."""
    yield from _public(driver.public)
    for role in ROLES:
        declared = _declared(driver, role)
        if isinstance(declared, Tried):
            yield declared
        for person in declared[:1] if not isinstance(declared, Tried) else ():
            account = person.identity.account
            for name in (*_OF_PERSON, *_OF_ROLE.get(role, ())):
                yield _once(role, account, name, getattr(person, name))[0]


def _declared(driver: Driver, role: str) -> "Sequence[Any] | Tried":
    """The declared people of a role; what went wrong, where they cannot be made of the declaration."""
    if role == "public":
        return ()
    try:
        return driver.declared(role)
    except Trouble as trouble:
        return Tried(role, "", "declared", Came.TROUBLE, str(trouble))


def _public(somebody: Public) -> Iterator[Tried]:
    for name in _OF_PUBLIC:
        yield _once("public", "", name, getattr(somebody, name))[0]
    yield _once("public", "", "agreement", lambda: somebody.agreement("bidder"))[0]
    found, listed = _once("public", "", "published_notices", lambda: somebody.published_notices(at_most=1))
    yield found
    if not isinstance(listed, tuple) or not listed or not listed[0].says("id"):
        return
    found, notice = _once("public", "", "published_notice", lambda: somebody.published_notice(listed[0].id))
    yield found
    sections = notice.get("section_ids") if isinstance(notice, Record) else None
    if isinstance(sections, list) and sections:
        yield _once("public", "", "published_section", lambda: somebody.published_section(Section({"id": str(sections[0])})))[0]


def _once(role: str, account: str, name: str, call: Callable[[], Any]) -> tuple[Tried, Any]:
    """Try an operation; what is said of it, and what came back if anything did."""
    said = Tried(role, account, name, Came.ACCEPTED)
    try:
        answer = call()
        if not isinstance(answer, Answer):
            return replace(said, came=Came.NO_ANSWER, words=type(answer).__name__), None
        if answer.refused:
            return replace(said, came=Came.REFUSED, words=f"{str.__str__(answer.refused_because or '')} {answer.words}".strip()), None
        return _read(said, answer.value), answer.value
    except Missing as missing:
        return replace(said, came=Came.NOT_OFFERED, words=missing.reason), None
    except Trouble as trouble:
        return replace(said, came=Came.TROUBLE, words=str(trouble)[:_SHOWN]), None
    except Exception as error:  # noqa: BLE001 - whatever a driver of somebody else's does is told to its author
        return replace(said, came=Came.CRASHED, words=f"{type(error).__name__}: {error}"), None


def _read(said: Tried, value: Any) -> Tried:
    """What came, field by field; of a list the first."""
    items = value if isinstance(value, tuple) else (value,)
    records = [item for item in items if isinstance(item, Record)]
    if not records:
        return replace(said, count=len(items) if isinstance(value, tuple) else 0)
    first = records[0]
    fields = [(name, field) for name, field in inspect.getmembers_static(type(first)) if isinstance(field, Field)]
    absent = tuple(name for name, _ in fields if first.get(name) is None)
    malformed = tuple(name for name, field in fields if name not in absent and not _reads(field, first.get(name)))
    return replace(said, record=type(first).__name__, count=len(records), absent=absent, malformed=malformed)


def _reads(field: Field[Any], value: Any) -> bool:
    try:
        field.of(value)
    except (ValueError, TypeError, ArithmeticError, Trouble):
        return False
    return True
