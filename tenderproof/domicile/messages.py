"""What an auditor and a vantage point (观测点) say to each other: an order to time targets, and the signed report of what was measured.

A report is a DSSE envelope. It repeats the digest of the order with its nonce, so it can be neither forged nor shown a second time,
and says where the vantage point stands and by how much its clock may err.
"""

import hashlib
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import rfc8785
from securesystemslib.dsse import Envelope
from securesystemslib.exceptions import UnverifiedSignatureError, VerificationError
from securesystemslib.signer import CryptoSigner, SSlibKey

from tenderproof.domicile.connects import Connects, Target
from tenderproof.domicile.earth import Point
from tenderproof.vocabulary import WrongInput

MOST_TARGETS, MOST_SAMPLES = 64, 50
_TYPE = "application/vnd.tenderproof.timings+json"
_FORM = "tenderproof-timings/1"


@dataclass(frozen=True)
class Stand:
    """Where a vantage point stands: a place, by how many kilometres it may be off, by how many seconds its clock may read too short."""

    name: str
    place: Point
    off_km: float
    clock_error_s: float

    def __post_init__(self) -> None:
        """Refuse errors that are none."""
        if not (self.name and 0 <= self.off_km < math.inf and 0 <= self.clock_error_s < math.inf):
            raise WrongInput(f"the vantage point {self.name!r} must have a name, and off_km and clock_error_s of 0 or more.")


@dataclass(frozen=True)
class Order:
    """What to time, how often; the nonce is the auditor's and used once."""

    nonce: str
    samples: int
    targets: tuple[Target, ...]

    def octets(self) -> bytes:
        """Its canonical form."""
        return rfc8785.dumps({"nonce": self.nonce, "samples": self.samples, "targets": [target.plain() for target in self.targets]})

    @property
    def sha256(self) -> str:
        """The digest by which a report refers to it."""
        return hashlib.sha256(self.octets()).hexdigest()

    @classmethod
    def read(cls, octets: bytes) -> "Order":
        """From its octets; WrongInput if they are none, or ask for too much."""
        try:
            raw = json.loads(octets)
            order = cls(str(raw["nonce"]), int(raw["samples"]), tuple(map(Target.read, raw["targets"])))
        except (KeyError, TypeError, ValueError, RecursionError) as error:
            raise WrongInput(f"an order must give nonce, samples and targets ({error}).") from error
        if not (1 <= len(order.targets) <= MOST_TARGETS and 1 <= order.samples <= MOST_SAMPLES):
            raise WrongInput(f"an order has 1 to {MOST_TARGETS} targets and 1 to {MOST_SAMPLES} samples.")
        return order


@dataclass(frozen=True)
class Report:
    """What one vantage point measured for one order, in the order of its targets."""

    stand: Stand
    order_sha256: str
    began: datetime
    ended: datetime
    connects: tuple[Connects, ...]


class ReportFault(Exception):  # noqa: N818 - a report with a fault counts as absent
    """Why a report counts as absent: a code of the wording catalogue, and what its sentence needs."""

    def __init__(self, code: str, **values: str) -> None:
        super().__init__(code)
        self.code, self.values = code, values


def signed(report: Report, signer: CryptoSigner) -> bytes:
    """The report in its envelope."""
    stand = report.stand
    payload: dict[str, Any] = {
        "form": _FORM,
        "vantage": stand.name,
        "latitude": stand.place.latitude,
        "longitude": stand.place.longitude,
        "off_km": stand.off_km,
        "clock_error_s": stand.clock_error_s,
        "order_sha256": report.order_sha256,
        "began": report.began.isoformat(),
        "ended": report.ended.isoformat(),
        "connects": [{"seconds": list(one.seconds), "trouble": one.trouble, "answer_sha256": one.answer_sha256} for one in report.connects],
    }
    envelope = Envelope(rfc8785.dumps(payload), _TYPE, {})
    envelope.sign(signer)
    return json.dumps(envelope.to_dict()).encode()


def opened(octets: bytes, key: SSlibKey) -> Report:
    """The report, once its signature was verified with the vantage point's key; `ReportFault` says why there is none."""
    try:
        envelope = Envelope.from_dict(json.loads(octets))
        envelope.verify([key], 1)
    except (UnverifiedSignatureError, VerificationError) as error:
        raise ReportFault("bad_signature") from error
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
        raise ReportFault("no_report") from error
    if envelope.payload_type != _TYPE:
        raise ReportFault("no_report")
    try:
        return _report(json.loads(envelope.payload))
    except (KeyError, TypeError, ValueError, RecursionError, WrongInput) as error:
        raise ReportFault("no_report") from error


def _report(raw: Mapping[str, Any]) -> Report:
    if raw["form"] != _FORM:
        raise ValueError(raw["form"])
    place = Point(float(raw["latitude"]), float(raw["longitude"]))
    stand = Stand(str(raw["vantage"]), place, float(raw["off_km"]), float(raw["clock_error_s"]))
    began, ended = datetime.fromisoformat(raw["began"]), datetime.fromisoformat(raw["ended"])
    if began.tzinfo is None or ended < began:
        raise ValueError(raw["began"])
    connects = tuple(Connects(_seconds(one["seconds"]), str(one["trouble"]), str(one["answer_sha256"])) for one in raw["connects"])
    return Report(stand, str(raw["order_sha256"]), began, ended, connects)


def _seconds(raw: Sequence[Any]) -> tuple[float, ...]:
    """Round trips; ValueError where one is no time that could have passed."""
    seconds = tuple(map(float, raw))
    if not all(0 < one < math.inf for one in seconds):
        raise ValueError(seconds)
    return seconds
