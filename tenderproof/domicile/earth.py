"""Points and distances on the earth, and the territory (境内) as it is used in calculations.

Distances are along the surface of a sphere, in kilometres. The earth is no sphere: a distance is wrong by at most `FLATTENING`, and
whoever rests a proof on one allows for that.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from math import asin, atan2, cos, degrees, hypot, radians, sin, sqrt
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tenderproof.spec.clauses import SpecificationError
from tenderproof.vocabulary import WrongInput

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

RADIUS_KM = 6371.0088
"""Mean radius of the earth (IUGG)."""
FLATTENING = 0.006
"""A distance on the sphere and on the ellipsoid (WGS 84) differ by less than this share."""
DOUBT_KM = 25.0
"""By so much a place must lie outside to be so beyond doubt: land abroad is drawn out by ten, and towns at the border lie in that strip."""
_STEP_DEGREES = 0.1  # an edge of the territory is followed in steps of this size when it is moved to another plane

Mapped = Callable[[float, float], tuple[float, float]]


@dataclass(frozen=True)
class Point:
    """A place, in degrees (WGS 84); WrongInput if there is no such place."""

    latitude: float
    longitude: float

    def __post_init__(self) -> None:
        """Refuse what lies on no map."""
        if not (-90 <= self.latitude <= 90 and -180 <= self.longitude <= 180):  # noqa: PLR2004 - the degrees of the earth
            raise WrongInput(
                f"there is no place at latitude {self.latitude}, longitude {self.longitude}: give degrees, -90 to 90 and -180 to 180."
            )


def distance_km(one: Point, other: Point) -> float:
    """Kilometres along the surface (haversine)."""
    north, east = radians(other.latitude - one.latitude), radians(other.longitude - one.longitude)
    share = sin(north / 2) ** 2 + cos(radians(one.latitude)) * cos(radians(other.latitude)) * sin(east / 2) ** 2
    return 2 * RADIUS_KM * asin(sqrt(min(1.0, share)))


def plane(centre: Point) -> tuple[Mapped, Mapped]:
    """The azimuthal equidistant plane about a place: (longitude, latitude) to kilometres east and north, and back.

    Distances from the centre are true, so a disc about the centre is a circle.
    """
    here, sine, cosine = radians(centre.longitude), sin(radians(centre.latitude)), cos(radians(centre.latitude))

    def onto(longitude: float, latitude: float) -> tuple[float, float]:
        away = distance_km(centre, Point(latitude, longitude))
        east, up = radians(longitude) - here, radians(latitude)
        x, y = cos(up) * sin(east), cosine * sin(up) - sine * cos(up) * cos(east)
        long = hypot(x, y)
        return (0.0, 0.0) if long == 0 else (away * x / long, away * y / long)

    def back(x: float, y: float) -> tuple[float, float]:
        away = hypot(x, y)
        if away == 0:
            return centre.longitude, centre.latitude
        turn = away / RADIUS_KM
        up = asin(max(-1.0, min(1.0, cos(turn) * sine + y * sin(turn) * cosine / away)))
        east = here + atan2(x * sin(turn), away * cosine * cos(turn) - y * sine * sin(turn))
        return (degrees(east) + 540) % 360 - 180, degrees(up)

    return onto, back


@dataclass(frozen=True)
class Territory:
    """What counts as within the territory, ``apart`` of HK, MO and TW included: land abroad lies nowhere in it nor close to it."""

    apart: tuple[str, ...]
    shape: "BaseGeometry"

    def about(self, centre: Point) -> "BaseGeometry":
        """The territory in the plane about a place, in kilometres."""
        import numpy  # noqa: PLC0415, ICN001 - geometry is read only where somebody measures
        from shapely import transform  # noqa: PLC0415

        onto, _ = plane(centre)
        return transform(self.shape, lambda places: numpy.array([onto(*place) for place in places.tolist()]))

    def surely_lacks(self, place: Point) -> bool:
        """Whether a place lies so far from all that counts as within that no doubt about the border is left (`DOUBT_KM`)."""
        import shapely  # noqa: PLC0415 - as above

        return bool(self.about(place).distance(shapely.Point(0, 0)) > DOUBT_KM)


@cache
def load_territory(specs: Path, apart: tuple[str, ...] = ()) -> Territory:
    """The territory; whether HK, MO and TW count is for the plan to say. SpecificationError if the file is damaged."""
    from shapely import union_all  # noqa: PLC0415 - as above

    path = specs / "registries" / "territory.json"
    try:
        known = json.loads(path.read_text("utf-8"))
        outside = [_area(known["abroad"]), *(_area(area) for code, area in known["apart"].items() if code not in apart)]
        unknown = set(apart) - known["apart"].keys()
        shape = _area(known["reach"]).difference(union_all(outside))
    except (OSError, ValueError, KeyError, TypeError, IndexError, AttributeError) as error:
        raise SpecificationError(
            f"{path}:1: it does not say what is reach, abroad and apart ({error}); `make registries` writes it anew."
        ) from error
    if unknown:
        raise SpecificationError(f"{path}:1: {', '.join(sorted(unknown))} is no area apart; there are {', '.join(sorted(known['apart']))}.")
    return Territory(apart, shape.segmentize(_STEP_DEGREES))


def _area(polygons: Sequence[Any]) -> "BaseGeometry":
    from shapely.geometry import MultiPolygon, Polygon  # noqa: PLC0415 - as above

    return MultiPolygon([Polygon(piece[0], piece[1:]) for piece in polygons]).buffer(0)
