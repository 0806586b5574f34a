"""What round-trip times prove: a reply cannot beat light in vacuum, so whoever answered stands within a disc about who asked.

A disc proves where *a responder* stands at the time. It proves nothing about where that responder has its answer from: a relay or
a cache inside the disc looks like a server (docs/domicile.md names the limits).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from math import asin, cos, pi, sin
from typing import TYPE_CHECKING

from tenderproof.domicile.earth import FLATTENING, RADIUS_KM, Point, Territory, distance_km, plane

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

LIGHT_KM_PER_S = 299_792.458
"""Light in vacuum; radio and hollow fibre come near it, glass does not (docs/domicile.md)."""
_LARGEST_KM = 4000.0  # a larger disc narrows nothing down, and its outline cannot be drawn in the plane of another
_CORNERS = 180
_ROUND_KM = 1e-6


class Method(StrEnum):
    """What was timed."""

    TCP = "tcp"
    """From SYN to SYN-ACK: whoever ends the connection, an edge or a relay perhaps."""
    TLS = "tls"
    """From the first message to the answer of who holds the certificate's key."""
    CHALLENGE = "challenge"
    """A question that only who holds data planted a moment ago can answer."""


@dataclass(frozen=True)
class Timing:
    """The shortest of several round trips from one vantage point to one address, by one method.

    ``seconds`` is the least that was measured, ``error_s`` by how much too short the clock may have read it, ``off_km`` how far
    the vantage point may stand from where it says.
    """

    vantage: str
    stands: Point
    address: str
    method: Method
    seconds: float
    samples: int
    error_s: float = 0.0
    off_km: float = 0.0


@dataclass(frozen=True)
class Disc:
    """Whoever answered stands within ``radius_km`` of ``centre``, along the surface."""

    centre: Point
    radius_km: float

    def excludes(self, place: Point) -> bool:
        """Whether a place is surely outside."""
        return distance_km(self.centre, place) * (1 - FLATTENING) > self.radius_km

    def apart_from(self, other: "Disc") -> bool:
        """Whether the two have surely no place in common."""
        return distance_km(self.centre, other.centre) * (1 - FLATTENING) > self.radius_km + other.radius_km


class Proof(StrEnum):
    """What the discs of one address say together."""

    INSIDE = "inside"
    """Whoever answers stands within the territory."""
    REFUTED = "refuted"
    """Whoever answered somebody stands at none of the places that are claimed for it."""
    SEVERAL = "several"
    """Two discs have no place in common: one address answers from several places (anycast, a content network)."""
    OPEN = "open"
    """The discs are too wide to tell."""
    UNMEASURED = "unmeasured"
    """Nobody measured."""


def disc(timing: Timing) -> Disc:
    """The disc that a timing proves: straight as the crow flies is the shortest way there could be, even through the ground."""
    straight_km = LIGHT_KM_PER_S * (timing.seconds + timing.error_s) / 2
    arc_km = 2 * RADIUS_KM * asin(min(1.0, straight_km / (2 * RADIUS_KM)))
    return Disc(timing.stands, arc_km * (1 + FLATTENING) + timing.off_km)


def proved(timings: Sequence[Timing], territory: Territory, claimed: Sequence[Point] = ()) -> Proof:
    """What the timings of one address prove, which is claimed to stand at one of ``claimed``; who claims nothing is not refuted."""
    discs = [disc(timing) for timing in timings]
    if not discs:
        return Proof.UNMEASURED
    if claimed and any(all(one.excludes(place) for place in claimed) for one in discs):
        return Proof.REFUTED
    if any(one.apart_from(other) for one, other in combinations(discs, 2)):
        return Proof.SEVERAL
    return Proof.INSIDE if inside(discs, territory) else Proof.OPEN


def inside(discs: Sequence[Disc], territory: Territory) -> bool:
    """Whether every place that the discs have in common lies in the territory."""
    from shapely.geometry import Polygon  # noqa: PLC0415 - geometry is read only where somebody measures

    narrow = sorted((one for one in discs if one.radius_km <= _LARGEST_KM), key=lambda one: one.radius_km)
    if not narrow:
        return False
    about = territory.about(narrow[0].centre)
    common: BaseGeometry = Polygon(_outline(narrow[0], narrow[0].centre))
    for one in narrow[1:]:
        if distance_km(one.centre, narrow[0].centre) <= _LARGEST_KM:  # from farther away its outline would be drawn too wrongly here
            common = common.intersection(Polygon(_outline(one, narrow[0].centre)))
    return not common.is_empty and bool(about.covers(common))


def _outline(one: Disc, centre: Point) -> list[tuple[float, float]]:
    """Corners about a disc, none of it outside, in the plane about ``centre``."""
    _, back = plane(one.centre)
    onto, _ = plane(centre)
    far = max(one.radius_km, _ROUND_KM) / cos(pi / _CORNERS) * (1 + FLATTENING)
    turns = (2 * pi * corner / _CORNERS for corner in range(_CORNERS))
    return [onto(*back(far * cos(turn), far * sin(turn))) for turn in turns]
