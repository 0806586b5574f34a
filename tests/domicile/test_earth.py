"""Distances and the plane, held against figures worked out elsewhere; the territory, against towns whose country nobody doubts."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import Point as Dot

from tenderproof.domicile.earth import Point, distance_km, load_territory, plane
from tenderproof.spec.clauses import SpecificationError
from tenderproof.vocabulary import WrongInput

SPECS = Path(__file__).parents[2] / "specs"
WITHIN = {
    "郑州": (34.75, 113.62),
    "北京": (39.90, 116.40),
    "上海": (31.23, 121.47),
    "广州": (23.13, 113.26),
    "深圳": (22.54, 114.06),
    "海口": (20.04, 110.34),
    "三亚": (18.25, 109.51),
    "乌鲁木齐": (43.80, 87.60),
    "拉萨": (29.65, 91.10),
    "哈尔滨": (45.80, 126.53),
}
ABROAD = {
    "Ulaanbaatar": (47.91, 106.90),
    "Hà Nội": (21.03, 105.85),
    "서울": (37.57, 126.98),
    "福岡": (33.59, 130.40),
    "Владивосток": (43.12, 131.89),
    "New Delhi": (28.61, 77.21),
    "Singapore": (1.35, 103.82),
}
APART = {"HK": (22.30, 114.17), "MO": (22.20, 113.55), "TW": (25.03, 121.56)}

places = st.builds(Point, st.floats(-60, 60), st.floats(-180, 180))


# Great-circle distances between airports as published (nautical almanac figures, to the kilometre): PEK-SHA is 1,076 km, LHR-JFK 5,540 km.
@pytest.mark.parametrize(
    ("one", "other", "kilometres"),
    [
        (Point(40.0799, 116.6031), Point(31.1979, 121.3363), 1076),
        (Point(51.4700, -0.4543), Point(40.6413, -73.7781), 5540),
        (Point(0, 0), Point(0, 180), 20015),
    ],
)
def test_a_distance_is_what_tables_of_distances_say(one: Point, other: Point, kilometres: float) -> None:
    assert distance_km(one, other) == pytest.approx(kilometres, rel=0.006)


@given(places, places)
def test_a_plane_keeps_distances_from_its_centre_and_leads_back(centre: Point, other: Point) -> None:
    away = distance_km(centre, other)
    if away > 19_000:  # the far side of the earth is one point in the plane's rim
        return
    onto, back = plane(centre)
    x, y = onto(other.longitude, other.latitude)
    longitude, latitude = back(x, y)

    assert (x * x + y * y) ** 0.5 == pytest.approx(away, abs=1e-6)
    assert distance_km(other, Point(latitude, max(-180, min(180, longitude)))) < 0.01


@pytest.mark.parametrize(("latitude", "longitude"), [(91, 0), (-90.1, 0), (0, 181), (float("nan"), 0)])
def test_what_lies_on_no_map_is_refused(latitude: float, longitude: float) -> None:
    with pytest.raises(WrongInput, match="there is no place at latitude"):
        Point(latitude, longitude)


def test_towns_within_lie_in_the_territory_and_towns_abroad_do_not() -> None:
    shape = load_territory(SPECS).shape

    assert [name for name, (north, east) in WITHIN.items() if not shape.contains(Dot(east, north))] == []
    assert [name for name, (north, east) in ABROAD.items() if shape.contains(Dot(east, north))] == []


@pytest.mark.parametrize("code", sorted(APART))
def test_an_area_apart_counts_only_where_the_plan_says_so(code: str) -> None:
    north, east = APART[code]

    assert not load_territory(SPECS).shape.contains(Dot(east, north))
    assert load_territory(SPECS, (code,)).shape.contains(Dot(east, north))


def test_the_territory_keeps_away_from_land_abroad() -> None:
    """Ten kilometres from Dandong the river is the border: the town itself is too near to it to be proved inside."""
    shape = load_territory(SPECS).shape

    assert not shape.contains(Dot(124.38, 40.10))
    assert shape.contains(Dot(124.05, 40.45))  # Fengcheng, 50 km behind


def test_an_area_that_is_none_is_named() -> None:
    with pytest.raises(SpecificationError, match="XX is no area apart; there are HK, MO, TW"):
        load_territory(SPECS, ("XX",))


@pytest.mark.parametrize("content", ["{", json.dumps({"reach": [], "abroad": []}), "[]"])
def test_a_damaged_territory_is_named(tmp_path: Path, content: str) -> None:
    (tmp_path / "registries").mkdir()
    (tmp_path / "registries" / "territory.json").write_text(content, "utf-8")

    with pytest.raises(SpecificationError, match=r"territory\.json:1: it does not say what is reach, abroad and apart"):
        load_territory(tmp_path)


@pytest.mark.parametrize(
    ("place", "lacks"),
    [
        (Point(34.75, 113.62), False), (Point(31.23, 121.47), False), (Point(40.10, 124.38), False), (Point(50.24, 127.50), False),
        (Point(24.01, 97.85), False), (Point(22.28, 114.17), False), (Point(1.35, 103.82), True), (Point(50.11, 8.68), True),
        (Point(37.56, 126.97), True), (Point(21.03, 105.85), True),
    ],
    ids=["zhengzhou", "shanghai", "dandong", "heihe", "ruili", "hong-kong", "singapore", "frankfurt", "seoul", "hanoi"],
)  # fmt: skip
def test_a_place_is_outside_beyond_doubt_only_far_from_the_border(place: Point, lacks: bool) -> None:
    """Towns at the border are not, and neither is Hong Kong, whose harbour counts as sea: there tables and discs must tell."""
    assert load_territory(SPECS).surely_lacks(place) is lacks
