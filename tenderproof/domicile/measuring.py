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
    laboratory: bool = False
    """Whether its vantage points time addresses of this machine, and nothing else."""


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
        listed = Vantages(
            file.parent / auditor["certificate"], file.parent / auditor["key"], points, laboratory=auditor.get("laboratory") is True
        )
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


@dataclass(frozen=True)
class Came:
    """What came of one vantage point: its order and its report in the envelope, or why there is none; kept as evidence."""

    stand: Stand
    key: SSlibKey
    listens: tuple[str, int]
    order: Order
    at: datetime
    octets: bytes = b""
    fault: Rejected | None = None

    def plain(self) -> dict[str, Any]:
        """As it is written down; the address at which the vantage point listens with it, since the others timed that."""
        stand = self.stand
        return {
            "name": stand.name, "latitude": stand.place.latitude, "longitude": stand.place.longitude, "off_km": stand.off_km,
            "clock_error_s": stand.clock_error_s, "key": {"keyid": self.key.keyid, **self.key.to_dict()}, "listens": list(self.listens),
            "order": self.order.octets().decode(), "at": self.at.isoformat(), "report": self.octets.decode("utf-8", "replace"),
            "fault": {"code": self.fault.code, **self.fault.values} if self.fault else None,
        }  # fmt: skip

    @classmethod
    def read(cls, raw: Mapping[str, Any]) -> "Came":
        """As :meth:`plain` wrote it."""
        stand = Stand(raw["name"], Point(raw["latitude"], raw["longitude"]), raw["off_km"], raw["clock_error_s"])
        key = dict(raw["key"])
        fault = dict(raw["fault"] or {})
        rejected = Rejected(stand.name, fault.pop("code"), fault) if fault else None
        host, port = raw["listens"]
        order, at = Order.read(raw["order"].encode()), datetime.fromisoformat(raw["at"])
        return cls(stand, SSlibKey.from_dict(key.pop("keyid"), key), (host, port), order, at, raw["report"].encode(), rejected)


def measured(
    vantages: Vantages, targets: Callable[[str], Sequence[Target]], samples: int, nonce: Callable[[], str], late: timedelta
) -> Measured:
    """Time targets from every vantage point, and the vantage points from one another; see :func:`collected` and :func:`believed`."""
    return believed(collected(vantages, targets, samples, nonce), late)


def collected(vantages: Vantages, targets: Callable[[str], Sequence[Target]], samples: int, nonce: Callable[[], str]) -> tuple[Came, ...]:
    """Give every vantage point its order and take what comes.

    ``targets`` tells what a vantage point (by name) is to time: for challenges each has paths of its own, since one that was asked is
    fresh no more.
    """
    wanted = {point: tuple(targets(point.stand.name)) for point in vantages.points}

    def asked(point: Vantage) -> Came:
        others = tuple(Target(*other.address, Method.TCP) for other in vantages.points if other is not point)
        order = Order(nonce(), samples, (*wanted[point], *others))
        head = point.stand, point.key, point.address, order
        try:
            octets = _asked(vantages, point, order)
        except ReportFault as fault:
            return Came(*head, datetime.now(UTC), fault=Rejected(point.stand.name, fault.code, fault.values))
        return Came(*head, datetime.now(UTC), octets)

    with ThreadPoolExecutor(len(vantages.points)) as pool:
        return tuple(pool.map(asked, vantages.points))


def believed(came: Sequence[Came], late: timedelta) -> Measured:
    """What can be believed of it; ``late`` is by how much a vantage point's clock may differ from ours."""
    reports: dict[str, Report] = {}
    rejected = []
    for one in came:
        try:
            if one.fault:
                rejected.append(one.fault)
            else:
                reports[one.stand.name] = _believed(one, late)
        except ReportFault as fault:
            rejected.append(Rejected(one.stand.name, fault.code, fault.values))
    misplaced = _misplaced(reports, came)
    timings, answers = [], {}
    for one in came:
        report, wanted = reports.get(one.stand.name), one.order.targets[: len(one.order.targets) - len(came) + 1]
        if report is None:
            continue
        answers.update(
            {(one.stand.name, t.path): c.answer_sha256 for t, c in zip(wanted, report.connects, strict=False) if c.answer_sha256}
        )
        timings += _timings(one.stand, report, wanted) if one.stand.name not in misplaced else []
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


def _believed(came: Came, late: timedelta) -> Report:
    report = opened(came.octets, came.key)
    apart = abs(came.at - report.ended)
    if report.order_sha256 != came.order.sha256:
        raise ReportFault("other_order")
    if report.stand.name != came.stand.name or distance_km(report.stand.place, came.stand.place) > _MOVED_KM:
        raise ReportFault("stands_elsewhere", place=f"{report.stand.place.latitude}, {report.stand.place.longitude}")
    if apart > late:
        raise ReportFault("skewed_clock", seconds=f"{apart.total_seconds():.0f}")
    if len(report.connects) != len(came.order.targets) or any(len(one.seconds) > came.order.samples for one in report.connects):
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


def _misplaced(reports: Mapping[str, Report], came: Sequence[Came]) -> dict[str, Rejected]:
    """Who cannot stand where it says, for light could not keep its times with others; where it cannot be told who errs, all go."""
    conflicts: set[frozenset[str]] = set()
    for point in came:
        others = [other for other in came if other is not point]
        report = reports.get(point.stand.name)
        for other, one in zip(others, report.connects[-len(others) :], strict=True) if report and others else ():
            if one.seconds and other.stand.name in reports:
                reached = disc(_timing(point.stand, Target(*other.listens, Method.TCP), one.seconds))
                if reached.apart_from(Disc(other.stand.place, other.stand.off_km)):
                    conflicts.add(frozenset((point.stand.name, other.stand.name)))
    gone: dict[str, Rejected] = {}
    while conflicts:
        counted = Counter(name for pair in conflicts for name in pair)
        most = max(counted.values())
        for name in [name for name, count in counted.items() if count == most]:
            against = sorted(other for pair in conflicts if name in pair for other in pair - {name})
            gone[name] = Rejected(name, "misplaced", {"others": ", ".join(against)})
        conflicts = {pair for pair in conflicts if not pair & gone.keys()}
    return gone
