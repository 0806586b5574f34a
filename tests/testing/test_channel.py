"""The channel, as a check holds it: what convicts, what stays open and whose that is, and what being served in plain means."""

from datetime import UTC, datetime

import pytest

from tenderproof import content
from tenderproof.spec.plan import load_plan
from tenderproof.testing.channel import Channel, Findings, InPlain, Watched, figures
from tenderproof.transport.hello import Reply, Said
from tenderproof.transport.judgement import Finding, Supports
from tenderproof.transport.observation import Observation
from tenderproof.transport.second import Second
from tenderproof.transport.shaking import Shaken
from tenderproof.vocabulary import DeclarationTrouble, Missing, NetworkTrouble, PlatformTrouble

PLAN = load_plan("trading-3", content.specs_dir())


class Seen(Watched):
    def __init__(self, **hellos: Said) -> None:
        self._hellos = {name.replace("_", "."): said for name, said in hellos.items()}

    def observed(self) -> Observation:
        return Observation("platform.example", 443, datetime(2026, 12, 1, tzinfo=UTC), self._hellos, "", Shaken())

    def second_look(self) -> Second:
        return Second("6", {"TLSv1": ("TLS_RSA_WITH_AES_128_CBC_SHA",)}, ())

    def asked_in_plain(self) -> tuple[InPlain, ...]:
        return (InPlain("GET /", (200, b"page"), None),)


def test_what_is_asked_is_judged_by_the_figures_of_the_plan() -> None:
    channel = Channel(Seen(TLSv1=Said(Reply.AGREED, 0x0301, 0x002F), NULL=Said(Reply.AGREED, 0x0303, 0x003B)), figures(PLAN))

    assert [one.partition(":")[0] for one in channel.protocol().broken] == ["old_protocol", "no_current_protocol"]
    assert [one.partition(":")[0] for one in channel.suites().broken] == ["weak_suite"]
    assert channel.certificate().broken == []
    assert [one.partition(":")[0] for one in channel.second_look().broken] == ["old_protocol"]
    assert [one.asked for one in channel.asked_in_plain()] == ["GET /"]


def test_the_figures_are_those_of_the_plan() -> None:
    found = figures(PLAN)

    assert (found.oldest, found.rsa_bits, found.ec_bits) == ("TLSv1.2", 2048, 256)
    assert {"anonymous", "NULL"} <= set(found.weak_suites)
    assert "sha1" in found.weak_hashes
    assert "TLS_AES_128_GCM_SHA256" in found.allowed


@pytest.mark.parametrize(
    ("code", "raised"),
    [
        ("tlcp_not_tested", Missing),
        ("key_not_read", Missing),
        ("issuer_not_believed", DeclarationTrouble),
        ("suite_not_allowed", PlatformTrouble),
        ("renegotiation_not_secured", PlatformTrouble),
        ("no_handshake", NetworkTrouble),
        ("version_not_tried", NetworkTrouble),
    ],
)
def test_what_stays_open_is_raised_with_its_blame(code: str, raised: type[Exception]) -> None:
    found = Findings((Finding(code, Supports.OPEN, "seen"),))

    assert found.broken == []
    with pytest.raises(raised, match=f"{code}: seen"):
        found.require_known()


def test_what_convicts_is_told_and_leaves_nothing_open() -> None:
    found = Findings((Finding("expired", Supports.VIOLATED, "long ago"),))

    found.require_known()
    assert found.broken == ["expired: long ago"]


@pytest.mark.parametrize(
    ("secure", "plain", "served"),
    [
        ((200, b"page"), (200, b"page"), True),
        ((200, b"now 10:00"), (200, b"now 10:01"), True),
        ((200, b"page"), (200, b"<a href='https://platform.example'>here</a>"), False),
        ((200, b"page"), (301, b""), False),
        ((200, b"page"), (403, b"no"), False),
        ((200, b"page"), None, False),
        ((422, b"invalid"), (422, b"invalid"), True),
        ((422, b"invalid"), (422, b"over TLS, please"), False),
        ((422, b"invalid"), (405, b"invalid"), False),
        ((404, b""), (404, b""), False),
        ((500, b"x"), (500, b"x"), False),
    ],
)
def test_served_in_plain_is_who_does_the_same_there(secure: tuple[int, bytes], plain: tuple[int, bytes] | None, served: bool) -> None:
    assert InPlain("GET /", secure, plain).is_served is served
