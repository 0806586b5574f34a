"""The auditor's side: give the same order to many vantage points, and keep what can be believed.

A report that is forged, shown again, late, or from somewhere else than our own list says counts as absent, and so does a vantage
point that the others' times prove to stand elsewhere. The rest goes on.
"""

import ssl
import tomllib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx2
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from securesystemslib.signer import SSlibKey

from tenderproof.domicile.connects import Target
from tenderproof.domicile.discs import Disc, Method, Timing, disc
from tenderproof.domicile.earth import Point, distance_km
from tenderproof.domicile.messages import Order, Report, ReportFault, Stand, opened
from tenderproof.vocabulary import WrongInput

_PATIENCE_S = 120.0
_LONGEST = 1 << 20
_MOVED_KM = 0.001
_KEYS = {"name", "url", "latitude", "longitude", "off_km", "clock_error_s", "certificate", "signing_key"}


@dataclass(frozen=True)
class Vantage:
    """A vantage point as the auditor's own list has it: who it is is known by its key, and where it stands by us."""

    stand: Stand
    url: str
    certificate: Path
    key: SSlibKey

    @property
    def address(self) -> tuple[str, int]:
        """Where it listens."""
        url = httpx2.URL(self.url)
        return url.host, url.port or 443


@dataclass(frozen=True)
class Vantages:
    """The auditor's list, and the certificate that the auditor shows."""

    certificate: Path
    key: Path
    points: tuple[Vantage, ...]


@dataclass(frozen=True)
class Rejected:
    """A vantage point that counts as absent, and why (a code of the wording catalogue with what its sentence needs)."""

    vantage: str
    code: str
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Measured:
    """What can be believed, and who cannot. ``answers`` are the digests of challenges' answers, by vantage point and path."""

    timings: tuple[Timing, ...]
    rejected: tuple[Rejected, ...]
    answers: Mapping[tuple[str, str], str] = field(default_factory=dict)


def load_vantages(file: Path) -> Vantages:
    """The auditor's list from a TOML file; WrongInput says what is wrong in it."""
    try:
        raw = tomllib.loads(file.read_text("utf-8"))
        points = tuple(_vantage(file, entry) for entry in raw["vantages"])
        auditor = raw["auditor"]
        listed = Vantages(file.parent / auditor["certificate"], file.parent / auditor["key"], points)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError, TypeError, AttributeError) as error:
        raise WrongInput(f"{file}: it must be TOML with [auditor] certificate, key, and [[vantages]] ({error}).") from error
    twice = [name for name, count in Counter(point.stand.name for point in points).items() if count > 1]
    if twice or not points:
        raise WrongInput(f"{file}: {'two vantage points are called ' + twice[0] if twice else 'it lists no vantage point'}.")
    return listed


def _vantage(file: Path, raw: Mapping[str, Any]) -> Vantage:
    if wrong := sorted(_KEYS ^ raw.keys()):
        raise WrongInput(f"{file}, vantages {raw.get('name', '')}: {', '.join(wrong)} must be given, and nothing else.")
    try:
        place = Point(float(raw["latitude"]), float(raw["longitude"]))
        stand = Stand(str(raw["name"]), place, float(raw["off_km"]), float(raw["clock_error_s"]))
        public: Any = load_pem_public_key((file.parent / raw["signing_key"]).read_bytes())
        key = SSlibKey.from_crypto(public)
        return Vantage(stand, str(raw["url"]).rstrip("/"), file.parent / raw["certificate"], key)
    except (OSError, ValueError) as error:
        raise WrongInput(f"{file}, vantages {raw['name']}: {error}.") from error


def measured(
    vantages: Vantages, targets: Callable[[str], Sequence[Target]], samples: int, nonce: Callable[[], str], late: timedelta
) -> Measured:
    """Time targets from every vantage point, and the vantage points from one another.

    ``targets`` tells what a vantage point (by name) is to time: for challenges each has paths of its own, since one that was asked is
    fresh no more. ``late`` is by how much a vantage point's clock may differ from ours.
    """
    wanted = {point: tuple(targets(point.stand.name)) for point in vantages.points}

    def asked(point: Vantage) -> Report | Rejected:
        others = tuple(Target(*other.address, Method.TCP) for other in vantages.points if other is not point)
        order = Order(nonce(), samples, (*wanted[point], *others))
        try:
            return _believed(_asked(vantages, point, order), point, order, late)
        except ReportFault as fault:
            return Rejected(point.stand.name, fault.code, fault.values)

    with ThreadPoolExecutor(len(vantages.points)) as pool:
        came = dict(zip(vantages.points, pool.map(asked, vantages.points), strict=True))
    reports = {point: report for point, report in came.items() if isinstance(report, Report)}
    rejected = [one for one in came.values() if isinstance(one, Rejected)]
    misplaced = _misplaced(reports, vantages.points)
    timings = [
        timing for point, report in reports.items() if point not in misplaced for timing in _timings(point.stand, report, wanted[point])
    ]
    answers = {
        (point.stand.name, target.path): one.answer_sha256
        for point, report in reports.items()
        for target, one in zip(wanted[point], report.connects, strict=False)
        if one.answer_sha256
    }
    return Measured(tuple(timings), (*rejected, *misplaced.values()), answers)


def _asked(vantages: Vantages, point: Vantage, order: Order) -> bytes:
    try:
        context = ssl.create_default_context(cafile=str(point.certificate))
        context.load_cert_chain(vantages.certificate, vantages.key)
        with (
            httpx2.Client(verify=context, timeout=_PATIENCE_S, trust_env=False) as client,
            client.stream("POST", f"{point.url}/measure", content=order.octets()) as answer,
        ):
            content = b""
            for part in answer.iter_bytes():
                content += part
                if len(content) > _LONGEST:
                    raise ReportFault("no_report")
    except (httpx2.HTTPError, OSError, ssl.SSLError) as error:
        raise ReportFault("unreachable", what=str(error) or type(error).__name__) from error
    if answer.status_code != httpx2.codes.OK:
        raise ReportFault("refused", what=content[:200].decode(errors="replace"))
    return content


def _believed(octets: bytes, point: Vantage, order: Order, late: timedelta) -> Report:
    report = opened(octets, point.key)
    apart = abs(datetime.now(UTC) - report.ended)
    if report.order_sha256 != order.sha256:
        raise ReportFault("other_order")
    if report.stand.name != point.stand.name or distance_km(report.stand.place, point.stand.place) > _MOVED_KM:
        raise ReportFault("stands_elsewhere", place=f"{report.stand.place.latitude}, {report.stand.place.longitude}")
    if apart > late:
        raise ReportFault("skewed_clock", seconds=f"{apart.total_seconds():.0f}")
    if len(report.connects) != len(order.targets) or any(len(one.seconds) > order.samples for one in report.connects):
        raise ReportFault("no_report")
    return report


def _timings(stand: Stand, report: Report, targets: Sequence[Target]) -> list[Timing]:
    return [
        _timing(stand, target, one.seconds)
        for target, one in zip(targets, report.connects, strict=False)
        if one.seconds and not one.trouble
    ]


def _timing(stand: Stand, target: Target, seconds: Sequence[float]) -> Timing:
    """By our own list, whatever the report says of its errors."""
    return Timing(stand.name, stand.place, target.address, target.method, min(seconds), len(seconds), stand.clock_error_s, stand.off_km)


def _misplaced(reports: Mapping[Vantage, Report], points: Sequence[Vantage]) -> dict[Vantage, Rejected]:
    """Who cannot stand where it says, for light could not keep its times with others; where it cannot be told who errs, all go."""
    conflicts = set()
    for point, report in reports.items():
        others = [other for other in points if other is not point]
        for other, one in zip(others, report.connects[-len(others) :] if others else (), strict=True):
            if one.seconds and other in reports:
                reached = disc(_timing(point.stand, Target(*other.address, Method.TCP), one.seconds))
                if reached.apart_from(Disc(other.stand.place, other.stand.off_km)):
                    conflicts.add(frozenset((point, other)))
    gone: dict[Vantage, Rejected] = {}
    while conflicts:
        counted = Counter(point for pair in conflicts for point in pair)
        most = max(counted.values())
        for point in [point for point, count in counted.items() if count == most]:
            against = sorted(other.stand.name for pair in conflicts if point in pair for other in pair - {point})
            gone[point] = Rejected(point.stand.name, "misplaced", {"others": ", ".join(against)})
        conflicts = {pair for pair in conflicts if not pair & gone.keys()}
    return gone
