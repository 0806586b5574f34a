"""The map of a report: discs, sites and vantage points on a graticule, and nothing else.

No border and no coast is drawn, here or anywhere: a published map would need an approval of its own, and the stored territory serves
calculation alone.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil, cos, floor, pi, radians, sin
from typing import Any

from tenderproof.domicile.earth import Point, plane
from tenderproof.result import DiscShown, Whereabouts

_WIDTH, _TALLEST, _LOWEST = 640.0, 440.0, 240.0
_CORNERS = 72
_STEPS = (1, 2, 5, 10, 20, 30)
_MOST_LINES = 12
_MARGIN_DEGREES = 1.0
_WIDEST_KM = 5000.0  # a larger disc narrows nothing down and would shrink all others
_NARROWEST_KM = 0.01
_LABEL = 10.0
_BESIDE = 7
_ROOM = 32.0  # that a label of degrees takes
_WIDE_FROM = 0x2E80  # from here on letters are as wide as they are high


@dataclass(frozen=True)
class Frame:
    """What part of the earth is drawn, in degrees; an equirectangular plate, true at its middle latitude."""

    south: float
    north: float
    west: float
    east: float

    @property
    def scale(self) -> float:
        """Picture units a degree of longitude."""
        return min(_WIDTH / (self.east - self.west), _TALLEST * self._squeeze / (self.north - self.south))

    @property
    def _squeeze(self) -> float:
        return squeeze(self.south, self.north)

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the picture."""
        return round((self.east - self.west) * self.scale, 1), round((self.north - self.south) * self.scale / self._squeeze, 1)

    def at(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Where a place is drawn."""
        return round((longitude - self.west) * self.scale, 1), round((self.north - latitude) * self.scale / self._squeeze, 1)


def squeeze(south: float, north: float) -> float:
    """How much shorter a degree of longitude is than one of latitude, in the middle between two latitudes."""
    return max(0.2, cos(radians((north + south) / 2)))


def drawn(told: Whereabouts | None) -> dict[str, Any] | None:
    """What the template draws; None where there is nothing to draw."""
    if told is None or not (told.sites or any(host.discs for host in told.hosts)):
        return None
    circles: dict[tuple[str, str], tuple[DiscShown, bool]] = {}
    for host in told.hosts:
        for disc in sorted(host.discs, key=lambda one: one.radius_km):  # the narrowest of each vantage point, whatever it timed
            circles.setdefault((disc.vantage, host.address), (disc, host.proof == "refuted"))
    rings = [
        (list(_ring(Point(d.latitude, d.longitude), d.radius_km)), refutes) for d, refutes in circles.values() if d.radius_km < _WIDEST_KM
    ]
    points = {disc.vantage: (disc.longitude, disc.latitude) for disc, _ in circles.values()}
    sites = {site.name: (site.longitude, site.latitude) for site in told.sites}
    frame = _frame([place for ring, _ in rings for place in ring] + [*points.values(), *sites.values()])
    width, height = frame.size
    taken: list[tuple[float, float, float, float]] = []
    return {
        "width": width,
        "height": height,
        "lines": list(_lines(frame)),
        "discs": [{"path": _path([frame.at(*place) for place in ring]) + "Z", "refutes": refutes} for ring, refutes in rings],
        "vantages": [_marked(name, frame.at(*place), taken) for name, place in points.items()],
        "sites": [_marked(name, frame.at(*place), taken) for name, place in sites.items()],
    }


def _ring(centre: Point, radius_km: float) -> Iterator[tuple[float, float]]:
    """Longitude and latitude of corners about a place, unbroken where the date changes."""
    _, back = plane(centre)
    far = max(radius_km, _NARROWEST_KM)
    for corner in range(_CORNERS):
        longitude, latitude = back(far * cos(2 * pi * corner / _CORNERS), far * sin(2 * pi * corner / _CORNERS))
        yield centre.longitude + (longitude - centre.longitude + 540) % 360 - 180, latitude


def _frame(places: Sequence[tuple[float, float]]) -> Frame:
    longitudes, latitudes = [place[0] for place in places], [place[1] for place in places]
    west, east = min(longitudes) - _MARGIN_DEGREES, max(longitudes) + _MARGIN_DEGREES
    south, north = max(-90.0, min(latitudes) - _MARGIN_DEGREES), min(90.0, max(latitudes) + _MARGIN_DEGREES)
    lowest = (east - west) * _LOWEST / _WIDTH  # else a row of places would be drawn as a thread
    if north - south < lowest:
        middle = (north + south) / 2
        south, north = max(-90.0, middle - lowest / 2), min(90.0, middle + lowest / 2)
    narrowest = (north - south) / squeeze(south, north) * _WIDTH / _TALLEST  # and a column of places as a thread that stands
    if east - west < narrowest:
        middle = (east + west) / 2
        west, east = middle - narrowest / 2, middle + narrowest / 2
    return Frame(south, north, west, east)


def _lines(frame: Frame) -> Iterator[dict[str, Any]]:
    width, height = frame.size
    step = next((one for one in _STEPS if (frame.east - frame.west) / one <= _MOST_LINES), _STEPS[-1])
    for degree in range(ceil(frame.west / step) * step, floor(frame.east) + 1, step):
        x, _ = frame.at(degree, frame.north)
        turned = (degree + 180) % 360 - 180
        label = f"{abs(turned)}°{'W' if turned < 0 else 'E'}" if x + _ROOM < width else ""
        yield {"path": _path([(x, 0.0), (x, height)]), "x": x + 2, "y": height - 6, "label": label}
    for degree in range(ceil(frame.south / step) * step, floor(frame.north) + 1, step):
        _, y = frame.at(frame.west, degree)
        label = f"{abs(degree)}°{'S' if degree < 0 else 'N'}" if _LABEL < y < height - _LABEL - 2 else ""
        yield {"path": _path([(0.0, y), (width, y)]), "x": 2, "y": y - 2, "label": label}


def _path(corners: Iterable[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x} {y}" for x, y in corners)


def _marked(name: str, at: tuple[float, float], taken: list[tuple[float, float, float, float]]) -> dict[str, Any]:
    """A mark with its name close by, where no other name stands; the last place that is tried is taken in any case."""
    x, y = at
    wide = sum(_LABEL if ord(letter) > _WIDE_FROM else _LABEL / 2 for letter in name)
    places = [
        (x + _BESIDE, y + 4, 0.0),
        (x - _BESIDE, y + 4, wide),
        (x, y - 9, wide / 2),
        (x, y + 17, wide / 2),
        (x + _BESIDE, y + 17, 0.0),
    ]
    for left, base, back in places:
        box = (left - back, base - _LABEL, left - back + wide, base)
        if not any(_meet(box, other) for other in taken):
            break
    taken.append(box)
    return {"name": name, "x": x, "y": y, "label_x": round(box[0], 1), "label_y": round(box[3], 1)}


def _meet(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
