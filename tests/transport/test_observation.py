"""What was observed, as evidence keeps it."""

from datetime import UTC, datetime

from tenderproof.transport.hello import Reply, Said
from tenderproof.transport.observation import Observation
from tenderproof.transport.shaking import Shaken

SEEN = Observation(
    "platform.example", 443, datetime(2026, 12, 1, 8, tzinfo=UTC),
    {
        "TLSv1.2": Said(Reply.AGREED, 0x0303, 0xC02F, 0, renegotiates_securely=True, chain=(b"\x00own", b"\xffissuer")),
        "NULL": Said(Reply.REFUSED, alert=40),
    },
    "HTTP/1.1 301 搬走", Shaken("TLSv1.3", "TLS_AES_128_GCM_SHA256", b"\x00own", 20, "unable to get local issuer certificate"),
)  # fmt: skip


def test_nothing_is_lost_on_the_way_to_evidence_and_back() -> None:
    assert Observation.read(SEEN.octets()) == SEEN


def test_the_chain_is_the_longest_that_was_shown_in_clear_or_else_what_a_handshake_saw() -> None:
    nothing = Observation(SEEN.host, SEEN.port, SEEN.at, {"TLSv1.3": Said(Reply.AGREED, 0x0304, 0x1301)}, "", SEEN.shaken)
    nobody = Observation(SEEN.host, SEEN.port, SEEN.at, {}, "", Shaken(trouble="nobody answered"))

    assert SEEN.chain == (b"\x00own", b"\xffissuer")
    assert nothing.chain == (b"\x00own",)
    assert nobody.chain == ()
