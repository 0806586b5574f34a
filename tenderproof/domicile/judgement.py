"""What follows from the evidence on one address, and on all of them: the table of docs/domicile.md, as functions.

An address table alone convicts or acquits nobody: tables that part, or are old, leave the question open. A disc proves where a
responder stands; a signed list says where the rest does. What is left open is never called either.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from tenderproof.domicile.discs import Method, Proof, Timing, proved
from tenderproof.domicile.earth import Point, Territory
from tenderproof.spec.addresses import Said


class Role(StrEnum):
    """What an address is to the platform."""

    SERVER = "server"
    """It serves the platform's own names: pages, interface."""
    MAIL = "mail"
    """It takes the platform's mail (MX)."""
    NAMES = "names"
    """It answers for the platform's names (NS)."""
    THIRD_PARTY = "third_party"
    """Pages fetch from it or send to it, or an answer leads there by a redirect, and it bears another's name."""


class Registered(StrEnum):
    """What the address tables say together."""

    INSIDE = "inside"
    OUTSIDE = "outside"
    """All name the same place, and it does not count as within the territory."""
    PARTED = "parted"
    """They name different places, or one knows none."""
    STALE = "stale"
    """One is older than the plan allows."""
    PRIVATE = "private"
    """No address of the public network: it tells nothing of a place."""


class Answers(StrEnum):
    """What the times of answers say that only who holds the key (TLS) or data planted a moment ago (a challenge) can give."""

    INSIDE = "inside"
    """Whoever holds them stands within the territory."""
    OPEN = "open"
    """They were asked for, and their discs do not show that: they may come from behind a relay."""
    UNASKED = "unasked"
    """Nobody asked for any."""


class Listed(StrEnum):
    """What the signed list of servers (服务器清单) says of an address."""

    LISTED = "listed"
    MISSING = "missing"
    """There is a list that counts, and the address (of another's: the host) is not on it."""
    NO_LIST = "no_list"
    """None was handed in, or none that counts; of another's also: it says nothing of others' services."""


class Answer(StrEnum):
    """What is said of an address, and of all."""

    SATISFIED = "satisfied"
    VIOLATED = "violated"
    OPEN = "open"


class Ground(StrEnum):
    """Why; the report has a sentence for each."""

    CLAIM_REFUTED = "claim_refuted"
    REGISTERED_OUTSIDE = "registered_outside"
    NOT_ON_THE_LIST = "not_on_the_list"
    NOT_AMONG_SERVICES = "not_among_services"
    UNDECLARED = "undeclared"
    PRIVATE_ADDRESS = "private_address"
    TABLES_PART = "tables_part"
    TABLES_STALE = "tables_stale"
    NAMES_ABROAD = "names_abroad"
    PROOF_AGAINST_TABLES = "proof_against_tables"
    SEVERAL_PLACES = "several_places"
    NOT_PROVED = "not_proved"
    NOT_MEASURED = "not_measured"
    NO_LIST = "no_list"
    RELAY_NOT_EXCLUDED = "relay_not_excluded"
    PROVED_AND_LISTED = "proved_and_listed"
    ANSWERED_AND_LISTED = "answered_and_listed"
    REGISTERED_INSIDE = "registered_inside"


@dataclass(frozen=True)
class Evidence:
    """All that is known of one address of one host."""

    host: str
    address: str
    role: Role
    registered: Registered
    proof: Proof = Proof.UNMEASURED
    listed: Listed = Listed.NO_LIST
    answers: Answers = Answers.UNASKED


@dataclass(frozen=True)
class Judged:
    """An address with what is said of it and why."""

    evidence: Evidence
    answer: Answer
    ground: Ground

    @property
    def violated(self) -> bool:
        """Whether it convicts."""
        return self.answer is Answer.VIOLATED

    def __str__(self) -> str:
        return f"{self.evidence.host} {self.evidence.address} ({self.evidence.role.value}): {self.ground.value}"


def registered(said: Sequence[Said], within: frozenset[str], today: date, oldest: timedelta) -> Registered:
    """What the tables say together; ``within`` are the places that count (ISO 3166-1), ``oldest`` how old a table may be."""
    if not said:
        return Registered.PRIVATE
    if any(today - one.data_date > oldest for one in said):
        return Registered.STALE
    places = {one.place for one in said}
    if None not in places and places <= within:
        return Registered.INSIDE
    if len(said) > 1 and len(places) == 1 and None not in places:
        return Registered.OUTSIDE
    return Registered.PARTED


def answering(timings: Sequence[Timing], territory: Callable[[], Territory], claimed: Sequence[Point], *, asked: bool) -> Answers:
    """What the deepest answers say that were asked for: those to fresh questions if any were put (``asked``), else those of handshakes.

    An answer that never came or lacked the planted words has no time, and shows nothing.
    """
    deepest = Method.CHALLENGE if asked else Method.TLS
    mine = [timing for timing in timings if timing.method is deepest]
    if not mine:
        return Answers.OPEN if asked else Answers.UNASKED
    return Answers.INSIDE if proved(mine, territory(), claimed) is Proof.INSIDE else Answers.OPEN


def judged(evidence: Evidence) -> Judged:
    """What is said of one address."""
    return Judged(evidence, *(_of_a_server(evidence) if evidence.role is Role.SERVER else _of_another(evidence)))


def _of_a_server(evidence: Evidence) -> tuple[Answer, Ground]:
    if evidence.proof is Proof.REFUTED:
        return Answer.VIOLATED, Ground.CLAIM_REFUTED
    if evidence.registered is Registered.OUTSIDE:
        return (
            (Answer.OPEN, Ground.PROOF_AGAINST_TABLES) if evidence.proof is Proof.INSIDE else (Answer.VIOLATED, Ground.REGISTERED_OUTSIDE)
        )
    if evidence.listed is Listed.MISSING:
        return Answer.VIOLATED, Ground.NOT_ON_THE_LIST
    if evidence.registered is Registered.PRIVATE:
        return Answer.OPEN, Ground.PRIVATE_ADDRESS
    if evidence.proof is Proof.INSIDE:
        return _of_who_stands_inside(evidence)
    return Answer.OPEN, _what_is_lacking(evidence)


def _of_who_stands_inside(evidence: Evidence) -> tuple[Answer, Ground]:
    """Who ends connections stands inside; where keys or fresh data were asked for as well, their answers must come from inside too."""
    if evidence.listed is not Listed.LISTED:
        return Answer.OPEN, Ground.NO_LIST
    return {
        Answers.INSIDE: (Answer.SATISFIED, Ground.ANSWERED_AND_LISTED),
        Answers.OPEN: (Answer.OPEN, Ground.RELAY_NOT_EXCLUDED),
        Answers.UNASKED: (Answer.SATISFIED, Ground.PROVED_AND_LISTED),
    }[evidence.answers]


def _what_is_lacking(evidence: Evidence) -> Ground:
    of_tables = {Registered.PARTED: Ground.TABLES_PART, Registered.STALE: Ground.TABLES_STALE}
    of_proof = {Proof.SEVERAL: Ground.SEVERAL_PLACES, Proof.UNMEASURED: Ground.NOT_MEASURED, Proof.OPEN: Ground.NOT_PROVED}
    return of_tables.get(evidence.registered) or of_proof[evidence.proof]


def _of_another(evidence: Evidence) -> tuple[Answer, Ground]:
    """What others serve. Who answers for names keeps and learns nothing of the platform: abroad, it convicts nobody.

    Whom pages contact the operator answers for: that nobody declared it leaves open; a signed list of services that leaves it out is false.
    """
    if evidence.role is Role.NAMES and evidence.registered is Registered.OUTSIDE:
        return Answer.OPEN, Ground.NAMES_ABROAD
    if evidence.role is Role.THIRD_PARTY and evidence.registered is not Registered.OUTSIDE:
        if evidence.listed is Listed.MISSING:
            return Answer.VIOLATED, Ground.NOT_AMONG_SERVICES
        if evidence.listed is Listed.NO_LIST:
            return Answer.OPEN, Ground.UNDECLARED
    return {
        Registered.INSIDE: (Answer.SATISFIED, Ground.REGISTERED_INSIDE),
        Registered.OUTSIDE: (Answer.VIOLATED, Ground.REGISTERED_OUTSIDE),
        Registered.PARTED: (Answer.OPEN, Ground.TABLES_PART),
        Registered.STALE: (Answer.OPEN, Ground.TABLES_STALE),
        Registered.PRIVATE: (Answer.OPEN, Ground.PRIVATE_ADDRESS),
    }[evidence.registered]


def together(addresses: Iterable[Judged]) -> Answer:
    """What is said of all: one that is outside decides; else one that is open leaves all open; without a server nothing is shown."""
    found = list(addresses)
    answers = {one.answer for one in found}
    if Answer.VIOLATED in answers:
        return Answer.VIOLATED
    served = any(one.evidence.role is Role.SERVER for one in found)
    return Answer.SATISFIED if served and answers == {Answer.SATISFIED} else Answer.OPEN
