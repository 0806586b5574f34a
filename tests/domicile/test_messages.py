"""Orders and signed reports: what reads back, and what counts as absent."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import rfc8785
from securesystemslib.dsse import Envelope
from securesystemslib.signer import CryptoSigner, SSlibKey

from tenderproof.domicile.connects import Connects, Target
from tenderproof.domicile.discs import Method
from tenderproof.domicile.earth import Point
from tenderproof.domicile.messages import MOST_SAMPLES, MOST_TARGETS, Order, Report, ReportFault, Stand, opened, signed
from tenderproof.vocabulary import WrongInput

NOW = datetime(2026, 12, 1, 8, tzinfo=UTC)
TARGET = Target("192.0.2.1", 443, Method.TCP)
REPORT = Report(
    Stand("郑州", Point(34.75, 113.62), 1.0, 0.0001),
    "ab" * 32,
    NOW,
    NOW + timedelta(seconds=1),
    (Connects((0.001, 0.002)), Connects((), "refused")),
)


@pytest.fixture(scope="module")
def signer() -> CryptoSigner:
    return CryptoSigner.generate_ed25519()


def key(signer: CryptoSigner) -> SSlibKey:
    assert isinstance(signer.public_key, SSlibKey)
    return signer.public_key


def test_a_report_reads_as_it_was_signed(signer: CryptoSigner) -> None:
    assert opened(signed(REPORT, signer), key(signer)) == REPORT


def test_a_report_signed_by_another_key_is_forged(signer: CryptoSigner) -> None:
    with pytest.raises(ReportFault) as fault:
        opened(signed(REPORT, CryptoSigner.generate_ed25519()), key(signer))
    assert fault.value.code == "bad_signature"


def test_a_report_that_was_changed_is_forged(signer: CryptoSigner) -> None:
    envelope, other = json.loads(signed(REPORT, signer)), json.loads(signed(replace(REPORT, order_sha256="cd" * 32), signer))

    with pytest.raises(ReportFault) as fault:
        opened(json.dumps({**envelope, "payload": other["payload"]}).encode(), key(signer))
    assert fault.value.code == "bad_signature"


@pytest.mark.parametrize("octets", [b"", b"[]", b"{}", b'{"payload": 1}', b"[" * 100_000, b"\xff"])
def test_what_is_no_envelope_is_no_report(signer: CryptoSigner, octets: bytes) -> None:
    with pytest.raises(ReportFault) as fault:
        opened(octets, key(signer))
    assert fault.value.code == "no_report"


@pytest.mark.parametrize(
    "change",
    [
        {"form": "another/1"},
        {"latitude": 91},
        {"off_km": -1},
        {"clock_error_s": -0.1},
        {"began": "2026-12-01T08:00:00"},
        {"ended": "2026-12-01T07:59:59+00:00"},
        {"connects": [{"seconds": [0], "trouble": "", "answer_sha256": ""}]},
        {"connects": [{"seconds": [-0.001], "trouble": "", "answer_sha256": ""}]},
        {"connects": None},
    ],
)
def test_a_signed_report_that_cannot_be_is_none(signer: CryptoSigner, change: dict[str, Any]) -> None:
    payload = json.loads(Envelope.from_dict(json.loads(signed(REPORT, signer))).payload)
    envelope = Envelope(rfc8785.dumps({**payload, **change}), "application/vnd.tenderproof.timings+json", {})
    envelope.sign(signer)

    with pytest.raises(ReportFault) as fault:
        opened(json.dumps(envelope.to_dict()).encode(), key(signer))
    assert fault.value.code == "no_report"


def test_a_paper_of_another_type_is_no_report(signer: CryptoSigner) -> None:
    payload = Envelope.from_dict(json.loads(signed(REPORT, signer))).payload
    envelope = Envelope(payload, "application/vnd.tenderproof.waiver+json", {})
    envelope.sign(signer)

    with pytest.raises(ReportFault) as fault:
        opened(json.dumps(envelope.to_dict()).encode(), key(signer))
    assert fault.value.code == "no_report"


def test_an_order_reads_as_it_was_written_and_its_digest_changes_with_the_nonce() -> None:
    order = Order("one", 20, (TARGET,))

    assert Order.read(order.octets()) == order
    assert order.sha256 != replace(order, nonce="two").sha256


@pytest.mark.parametrize(
    "order",
    [
        Order("n", 0, (TARGET,)),
        Order("n", MOST_SAMPLES + 1, (TARGET,)),
        Order("n", 1, ()),
        Order("n", 1, (TARGET,) * (MOST_TARGETS + 1)),
    ],
)
def test_an_order_that_asks_for_too_much_or_nothing_is_refused(order: Order) -> None:
    with pytest.raises(WrongInput, match="an order has 1 to"):
        Order.read(order.octets())


@pytest.mark.parametrize("octets", [b"", b"[]", b'{"nonce": "n"}', b"[" * 100_000])
def test_what_is_no_order_is_refused(octets: bytes) -> None:
    with pytest.raises(WrongInput, match="an order must give"):
        Order.read(octets)
