"""A small report, printed and signed once for all tests that look at one or tamper with it."""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from tenderproof.reporting import pdf, stamp
from tenderproof.result import Result
from tenderproof.seal import pdf_signing
from tests.reporting import results
from tests.seal.identities import Identity

MOMENT = datetime(2026, 11, 23, 12, tzinfo=UTC)


@dataclass(frozen=True)
class SignedReport:
    """A signed report: its result, the octets before and after the signature, and who signed."""

    result: Result
    plain: bytes
    signed: bytes
    signer: Identity


@cache
def printed() -> tuple[Result, bytes]:
    """A small result and its report in Chinese."""
    result = results.large(12, 7)
    return result, pdf.render(result, "zh")


@cache
def appearance() -> bytes:
    """What is seen of a signature."""
    return stamp.render("CN=示例软件检测中心", MOMENT, "6b1f0c1e", "a1" * 32, "tenderproof:signed:6b1f0c1e", "zh")


def signed(signer: Identity, timestamp_url: str = "", octets: bytes | None = None) -> SignedReport:
    """The report, or other octets, signed by somebody."""
    result, plain = printed()
    by = pdf_signing.load(Path(signer.key), Path(signer.certificate))
    made = pdf_signing.sign(octets or plain, by, appearance(), timestamp_url=timestamp_url)
    return SignedReport(result, octets or plain, made, signer)
