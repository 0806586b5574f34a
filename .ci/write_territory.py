# ruff: noqa: INP001 - a script, no package
"""Write specs/registries/territory.json: the territory as used in calculations, by what it is not.

Made from Natural Earth's outlines (public domain) in the package world-atlas: land abroad drawn *out* by a margin, HK, MO and
TW drawn out each for itself, and how far from the coast a place still counts. What is within reach and in none of the others is
within the territory by every reading of where exactly its edge runs; the sea before the coast belongs to it here, because no
server stands there (docs/domicile.md). No border is stored. Needs npm; run it by ``make registries``.
"""

import hashlib
import json
from math import cos, radians
from pathlib import Path
from typing import Any

import shapely
from shapely.affinity import scale
from shapely.geometry import MultiPoint, Polygon, box
from shapely.geometry.base import BaseGeometry
from write_registries import fetched

TARGET = Path(__file__).parents[1] / "specs" / "registries" / "territory.json"
PACKAGE, VERSION, FILE = "world-atlas", "2.0.2", "countries-10m.json"
MAINLAND, APART = "156", {"HK": "344", "MO": "446", "TW": "158"}
MARGIN_KM = {"abroad": (10.0, 3.0), "HK": (1.0, 0.3), "MO": (0.5, 0.1), "TW": (10.0, 3.0)}
"""Kilometres drawn out, and kilometres by which a line may then be made straighter (added to them)."""
REACH_KM = (100.0, 10.0)
WINDOW = box(60.0, -5.0, 150.0, 65.0)
KM_PER_DEGREE = 111.195
CORNERS = 4  # of a closed line that bounds an area; the smallest islands have fewer


def ring(topology: Any, arcs: list[int]) -> list[tuple[float, float]]:
    """One ring of a TopoJSON topology as (longitude, latitude)."""
    wide, move = topology["transform"]["scale"], topology["transform"]["translate"]
    line: list[tuple[float, float]] = []
    for number in arcs:
        x = y = 0
        points = []
        for dx, dy in topology["arcs"][~number if number < 0 else number]:
            x, y = x + dx, y + dy
            points.append((x * wide[0] + move[0], y * wide[1] + move[1]))
        line += (points[::-1] if number < 0 else points)[1 if line else 0 :]
    return line


def outline(topology: Any, entry: Any) -> BaseGeometry:
    """A country's land, in degrees, as far as it lies in the window."""
    parts = entry.get("arcs", []) if entry["type"] == "MultiPolygon" else [entry["arcs"]]
    outer = [ring(topology, part[0]) for part in parts]  # what lies within an enclave is foreign to it, and is left to err on its side
    islands = [Polygon(line) if len(line) >= CORNERS else MultiPoint(line).buffer(0.01) for line in outer]
    return shapely.union_all([shapely.make_valid(island) for island in islands]).intersection(WINDOW)


def drawn_out(land: BaseGeometry, margin: float, straighter: float) -> BaseGeometry:
    """The land and all around it up to the margin; degrees are taken as narrow as anywhere in the piece, so the margin never is."""
    pieces = []
    for piece in getattr(land, "geoms", [land]):
        for band in bands(piece):
            north = max(abs(band.bounds[1]), abs(band.bounds[3]))
            squeeze = cos(radians(min(80.0, north + 1)))
            wide, high = squeeze * KM_PER_DEGREE, KM_PER_DEGREE
            out = scale(band, wide, high, origin=(0, 0)).buffer(margin + straighter, quad_segs=4).simplify(straighter)
            pieces.append(scale(out, 1 / wide, 1 / high, origin=(0, 0)))
    return shapely.union_all(pieces)


def bands(piece: BaseGeometry) -> list[BaseGeometry]:
    """The piece cut into bands of two degrees of latitude, in which a degree of longitude is nearly as wide everywhere."""
    south, north = piece.bounds[1], piece.bounds[3]
    cut, found = south, list[BaseGeometry]()
    while cut < north or not found:
        found.append(piece.intersection(box(-180, cut, 180, cut + 2)))
        cut += 2
    return [one for one in found if not one.is_empty]


def listed(area: BaseGeometry) -> list[list[list[list[float]]]]:
    """Polygons as lists of rings of [longitude, latitude], largest first; holes stay, for land lies in none of them."""
    polygons = [one for one in getattr(area, "geoms", [area]) if one.geom_type == "Polygon"]
    rings = [[[[round(x, 3), round(y, 3)] for x, y in line.coords] for line in (one.exterior, *one.interiors)] for one in polygons]
    return sorted(rings, key=lambda one: -len(one[0]))


def main() -> None:
    """Write the file."""
    integrity, files = fetched(PACKAGE, VERSION)
    topology = json.loads(files[FILE])
    countries = topology["objects"]["countries"]["geometries"]
    land = [(one.get("id"), outline(topology, one)) for one in countries]  # some lands have no number of their own
    own = {number: shapely.union_all([shape for of, shape in land if of == number]) for number in (MAINLAND, *APART.values())}
    abroad = shapely.union_all([shape for of, shape in land if of not in own])
    reach = drawn_out(shapely.union_all(list(own.values())), *REACH_KM)
    near = abroad.intersection(reach.buffer(5))
    said = {
        "for": "calculation only; never drawn",
        "package": PACKAGE,
        "version": VERSION,
        "integrity": integrity,
        "sha256": hashlib.sha256(files[FILE]).hexdigest(),
        "source": "Natural Earth 4.1.0, 1:10m admin 0 (public domain)",
        "drawn_out_km": {name: margin for name, (margin, _) in MARGIN_KM.items()},
        "reach": listed(reach),
        "abroad": listed(drawn_out(near, *MARGIN_KM["abroad"]).intersection(reach.buffer(0.5))),
        "apart": {code: listed(drawn_out(own[number], *MARGIN_KM[code])) for code, number in APART.items()},
    }
    TARGET.write_text(json.dumps(said, separators=(",", ":")).replace(',"', ',\n"') + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
