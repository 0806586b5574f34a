"""What is drawn of where servers answer: discs, sites and vantage points, lines of degrees, and no border."""

import re
from itertools import pairwise
from math import hypot

import pytest

from tenderproof.reporting.graticule import Frame, drawn

from . import results


def corners(path: str) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in re.findall(r"(-?[\d.]+) (-?[\d.]+)", path)]


def test_every_disc_site_and_vantage_point_is_drawn_within_the_picture() -> None:
    picture = drawn(results.whereabouts())

    assert picture is not None
    assert len(picture["discs"]) == 3
    assert [site["name"] for site in picture["sites"]] == ["一号机房"]
    assert {point["name"] for point in picture["vantages"]} == {"郑州", "西安", "新加坡"}
    places = [place for disc in picture["discs"] for place in corners(disc["path"])]
    assert all(0 <= x <= picture["width"] and 0 <= y <= picture["height"] for x, y in places)


def test_a_disc_that_refutes_is_told_from_others() -> None:
    picture = drawn(results.whereabouts())

    assert picture is not None
    assert [disc["refutes"] for disc in picture["discs"]] == [False, False, True]


def test_a_disc_is_about_its_vantage_point_and_as_wide_as_it_is() -> None:
    told = results.whereabouts()
    one = told.model_copy(update={"hosts": [told.hosts[0].model_copy(update={"discs": [results.disc_shown(radius_km=111.2)]})]})
    picture = drawn(one)

    assert picture is not None
    (disc,) = picture["discs"]
    (mark,) = picture["vantages"]
    distances = [hypot(x - mark["x"], y - mark["y"]) for x, y in corners(disc["path"])]
    degree = picture["height"] / 4  # a degree each way beside the margins of a degree
    assert min(distances) == pytest.approx(max(distances), rel=0.02)
    assert min(distances) == pytest.approx(degree, rel=0.05)


def test_nothing_is_drawn_where_nobody_measured_and_no_site_is_named() -> None:
    told = results.whereabouts(sites=[])

    assert drawn(None) is None
    assert drawn(told.model_copy(update={"hosts": told.hosts[2:]})) is None


def test_sites_alone_are_drawn_in_a_frame_of_their_own() -> None:
    picture = drawn(results.whereabouts(hosts=[]))

    assert picture is not None
    assert picture["discs"] == []
    assert picture["height"] >= 200


def test_a_disc_that_spans_half_the_earth_is_not_drawn() -> None:
    told = results.whereabouts()
    wide = told.hosts[0].model_copy(update={"discs": [results.disc_shown(radius_km=9000.0)]})
    picture = drawn(told.model_copy(update={"hosts": [wide]}))

    assert picture is not None
    assert (picture["discs"], len(picture["vantages"])) == ([], 1)


def test_a_disc_across_the_date_line_is_unbroken() -> None:
    told = results.whereabouts(sites=[])
    far = told.hosts[0].model_copy(update={"discs": [results.disc_shown("斐济", -17.8, 178.0, 800.0)]})
    picture = drawn(told.model_copy(update={"hosts": [far]}))

    assert picture is not None
    path = corners(picture["discs"][0]["path"])
    assert max(hypot(x - u, y - v) for (x, y), (u, v) in pairwise(path)) < 60
    assert any(line["label"].endswith("W") for line in picture["lines"])


def test_lines_carry_their_degrees_and_names_stand_apart() -> None:
    picture = drawn(results.whereabouts())

    assert picture is not None
    assert {line["label"][-1] for line in picture["lines"] if line["label"]} == {"N", "E"}
    labels = [(mark["label_x"], mark["label_y"]) for kind in ("sites", "vantages") for mark in picture[kind]]
    assert len(set(labels)) == len(labels)


def test_a_place_is_drawn_by_its_degrees() -> None:
    frame = Frame(south=-10.0, north=10.0, west=100.0, east=120.0)

    assert frame.at(100.0, 10.0) == (0.0, 0.0)
    assert frame.at(120.0, -10.0) == frame.size


def test_a_column_of_places_is_no_thread_and_its_degrees_can_be_read() -> None:
    picture = drawn(results.whereabouts())  # from Xi'an to Singapore

    assert picture is not None
    assert picture["width"] == 640
    assert 240 <= picture["height"] <= 440
    below = sorted(line["x"] for line in picture["lines"] if line["label"].endswith("E"))
    beside = sorted(line["y"] for line in picture["lines"] if line["label"].endswith("N"))
    assert all(later - one > 30 for one, later in pairwise(below))
    assert all(later - one > 10 for one, later in pairwise(beside))
    assert max(beside) < picture["height"] - 12


def test_of_several_discs_of_one_vantage_point_the_narrowest_is_drawn() -> None:
    told = results.whereabouts()
    discs = [results.disc_shown(radius_km=520.0).model_copy(update={"method": "challenge"}), results.disc_shown(radius_km=111.2)]
    both = drawn(told.model_copy(update={"hosts": [told.hosts[0].model_copy(update={"discs": discs})]}))
    alone = drawn(told.model_copy(update={"hosts": [told.hosts[0].model_copy(update={"discs": discs[1:]})]}))

    assert both == alone
