"""What follows from an observation: findings with codes that stay, each of which convicts or leaves a question open.

Nothing here looks at anything but the observation and the plan's figures, so that it can be judged again at any time.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from tenderproof.transport.certificate import UNREAD, Shown, read
from tenderproof.transport.hello import TLCP, VERSIONS, Reply
from tenderproof.transport.observation import Observation
from tenderproof.transport.suites import WEAK, is_sound, named

_ORDER = tuple(VERSIONS[number] for number in sorted(VERSIONS) if number != TLCP)
_TLCP = VERSIONS[TLCP]
_ANSWERED_NO = frozenset({Reply.REFUSED, Reply.CLOSED, Reply.STRANGE})
_SELF_SIGNED = 18  # of OpenSSL: the only certificate that was shown is its own issuer
_JUDGED_HERE = frozenset({9, 10, _SELF_SIGNED, 66, 67, 68})  # dates, itself, weak keys and hashes: told of under codes of their own


class Supports(StrEnum):
    """What a finding is good for."""

    VIOLATED = "violated"
    OPEN = "open"


@dataclass(frozen=True)
class Finding:
    """One thing that was found: a code, what it supports, and what was seen."""

    code: str
    supports: Supports
    seen: str

    def __str__(self) -> str:
        return f"{self.code}: {self.seen}"


@dataclass(frozen=True)
class Figures:
    """The plan's: oldest version, fewest bits of a key, kinds of suites and hashes that are refused, suites that are allowed."""

    oldest: str
    rsa_bits: int
    ec_bits: int
    weak_suites: tuple[str, ...]
    weak_hashes: tuple[str, ...]
    allowed: tuple[str, ...]


def judged(observation: Observation, figures: Figures) -> tuple[Finding, ...]:
    """All findings: of the protocol, of the suites, of the certificate."""
    return (*protocol(observation, figures), *suites(observation, figures), *certificate(observation, figures))


def protocol(observation: Observation, figures: Figures) -> tuple[Finding, ...]:
    """Whether there is a secure channel, of which versions, and whether the same door also serves in plain."""
    return tuple(_protocol(observation, figures))


def suites(observation: Observation, figures: Figures) -> tuple[Finding, ...]:
    """Whether a suite is taken that protects nothing or too little, and which one a current client gets."""
    return tuple(_suites(observation, figures))


def certificate(observation: Observation, figures: Figures) -> tuple[Finding, ...]:
    """Whether the certificate is in force, for this host, strong enough, and of an issuer whom we believe."""
    return tuple(_certificate(observation, figures))


def _protocol(observation: Observation, figures: Figures) -> Iterator[Finding]:
    replies = {name: said.reply for name, said in observation.hellos.items()}
    agreed = [name for name in _ORDER if replies.get(name) is Reply.AGREED and VERSIONS.get(observation.hellos[name].version) == name]
    if Reply.PLAIN in replies.values() or _serves(observation.plain):
        yield Finding("plain_http", Supports.VIOLATED, f"the port answers in plain HTTP ({observation.plain.splitlines()[0:1]})")
    elif not agreed:
        yield Finding("no_handshake", Supports.OPEN, f"no hello was agreed to ({_told(replies)})")
    for name in agreed:
        if _ORDER.index(name) < _ORDER.index(figures.oldest):
            yield Finding("old_protocol", Supports.VIOLATED, f"{name} is agreed to; {figures.oldest} is the oldest allowed")
    if agreed and _ORDER.index(agreed[-1]) < _ORDER.index(figures.oldest):
        yield Finding("no_current_protocol", Supports.VIOLATED, f"nothing newer than {agreed[-1]} is agreed to")
    for name in _ORDER[: _ORDER.index(figures.oldest)] if agreed else ():
        if name not in agreed and replies.get(name) not in {*_ANSWERED_NO, Reply.AGREED}:
            yield Finding("version_not_tried", Supports.OPEN, f"{name}: {replies.get(name, 'not asked')}")
    if replies.get(_TLCP) is Reply.AGREED:
        yield Finding(
            "tlcp_not_tested", Supports.OPEN, f"TLCP is spoken ({named(observation.hellos[_TLCP].suite)}), and no instrument here"
        )


def _suites(observation: Observation, figures: Figures) -> Iterator[Finding]:
    for kind in (kind for kind in WEAK if kind in figures.weak_suites):
        said = observation.hellos.get(kind)
        if said and said.reply is Reply.AGREED:
            if said.suite in WEAK[kind]:
                yield Finding("weak_suite", Supports.VIOLATED, f"{named(said.suite)} ({kind}) is agreed to")
        elif said is None or said.reply not in _ANSWERED_NO:
            yield Finding("suites_not_tried", Supports.OPEN, f"{kind}: {said.reply.value if said else 'not asked'}")
    chosen = _chosen(observation)
    if chosen and not (chosen in figures.allowed or is_sound(chosen) or _is_weak(chosen, figures)):
        yield Finding("suite_not_allowed", Supports.OPEN, f"a current client gets {chosen}, which the plan does not list")
    former = observation.hellos.get("TLSv1.2")
    if former and former.reply is Reply.AGREED and not former.renegotiates_securely:
        yield Finding("renegotiation_not_secured", Supports.OPEN, "secure renegotiation (RFC 5746) is not confirmed")


def _chosen(observation: Observation) -> str:
    """What the newest hello that was agreed to was answered with."""
    agreed = [observation.hellos[name] for name in _ORDER if name in observation.hellos]
    return next((named(said.suite) for said in reversed(agreed) if said.reply is Reply.AGREED), "")


def _is_weak(name: str, figures: Figures) -> bool:
    return any(name in WEAK.get(kind, {}).values() for kind in figures.weak_suites)


def _certificate(observation: Observation, figures: Figures) -> Iterator[Finding]:
    chain = [read(octets) for octets in observation.chain]
    if not chain or chain[0] is None:
        told = "the certificate cannot be read" if chain else "no certificate was shown"
        yield Finding("certificate_not_seen", Supports.OPEN, told)
        return
    yield from _of_the_platform(chain[0], observation)
    for shown in (one for one in chain if one is not None):
        yield from _of_each(shown, figures, is_first=shown is chain[0])
    yield from _of_belief(observation)


def _of_the_platform(own: Shown, observation: Observation) -> Iterator[Finding]:
    if own.not_after < observation.at:
        yield Finding("expired", Supports.VIOLATED, f"{own.subject} was valid until {own.not_after.isoformat()}")
    if own.not_before > observation.at:
        yield Finding("not_yet_valid", Supports.VIOLATED, f"{own.subject} is valid from {own.not_before.isoformat()}")
    if own.names is None:
        yield Finding("no_subject_alternative_name", Supports.VIOLATED, f"{own.subject} names no host by which it could be known")
    elif not own.is_for(observation.host):
        yield Finding("wrong_host", Supports.VIOLATED, f"{own.subject} is for {', '.join(own.names)} and not for {observation.host}")


def _of_each(shown: Shown, figures: Figures, *, is_first: bool) -> Iterator[Finding]:
    fewest = {"RSA": figures.rsa_bits, "DSA": figures.rsa_bits, "EC": figures.ec_bits}.get(shown.key)
    if shown.key == UNREAD and is_first:
        yield Finding("key_not_read", Supports.OPEN, f"{shown.subject}: a key of a kind that is not read here (SM2?)")
    elif fewest is not None and shown.bits < fewest:
        yield Finding("weak_key", Supports.VIOLATED, f"{shown.subject}: {shown.key} of {shown.bits} bits; {fewest} are the fewest")
    if shown.hash in figures.weak_hashes and not (shown.issued_itself and not is_first):
        yield Finding("weak_signature", Supports.VIOLATED, f"{shown.subject} is signed over {shown.hash}")


def _of_belief(observation: Observation) -> Iterator[Finding]:
    """An issuer unknown here may be known elsewhere; a certificate that is its own issuer, and that nobody declared, is nobody's word."""
    shaken = observation.shaken
    if shaken.unbelieved == _SELF_SIGNED:
        yield Finding("self_signed", Supports.VIOLATED, "the certificate is its own issuer, and the declaration names it nowhere")
    elif shaken.unbelieved and shaken.unbelieved not in _JUDGED_HERE:
        yield Finding("issuer_not_believed", Supports.OPEN, f"{shaken.words} ({shaken.unbelieved}): is its root known to whoever uses it?")
    elif shaken.trouble:
        yield Finding("not_shaken", Supports.OPEN, f"a current client agrees to nothing: {shaken.trouble}")


def _serves(head: str) -> bool:
    """Whether an answer in plain hands anything out: a refusal or a redirect does not."""
    status = head.split(" ", 2)[1:2]
    return status != [] and status[0].startswith("2")


def _told(replies: dict[str, Reply]) -> str:
    return ", ".join(f"{name} {reply.value}" for name, reply in replies.items())
