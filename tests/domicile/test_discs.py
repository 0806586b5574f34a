"""What round trips prove, and what they leave open."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenderproof.domicile.discs import LIGHT_KM_PER_S, Disc, Method, Proof, Timing, disc, proved
from tenderproof.domicile.earth import Point, distance_km, load_territory

TERRITORY = load_territory(Path(__file__).parents[2] / "specs")
ZHENGZHOU, WUHAN, XIAN, BEIJING = Point(34.75, 113.62), Point(30.59, 114.30), Point(34.34, 108.94), Point(39.90, 116.40)
SHANGHAI, SINGAPORE, HONG_KONG = Point(31.23, 121.47), Point(1.35, 103.82), Point(22.30, 114.17)
GLASS = 1.4682  # refractive index of single-mode fibre at 1550 nm (ITU-T G.652 makers' data)

places = st.builds(Point, st.floats(-80, 80), st.floats(-180, 180))


def timed(stands: Point, milliseconds: float, **more: float) -> Timing:
    return Timing("one", stands, "192.0.2.1", Method.TCP, milliseconds / 1000, 20, **more)


def test_a_millisecond_reaches_a_hundred_and_fifty_kilometres() -> None:
    assert disc(timed(ZHENGZHOU, 1)).radius_km == pytest.approx(149.9, rel=0.01)


@given(places, places, st.floats(1, 3))
def test_no_true_place_is_ever_excluded(stands: Point, answers: Point, detour: float) -> None:
    """Whatever stands somewhere and answers over glass, by whatever detour, is within the disc."""
    seconds = 2 * distance_km(stands, answers) * detour * GLASS / LIGHT_KM_PER_S

    assert not disc(timed(stands, seconds * 1000)).excludes(answers)


@given(places, places, places)
def test_one_server_never_looks_like_several(one: Point, other: Point, server: Point) -> None:
    discs = [disc(timed(stands, 2000 * distance_km(stands, server) / LIGHT_KM_PER_S)) for stands in (one, other)]

    assert not discs[0].apart_from(discs[1])


def test_a_clock_that_reads_too_short_and_an_unsure_stand_widen_the_disc() -> None:
    narrow = disc(timed(ZHENGZHOU, 1)).radius_km

    assert disc(timed(ZHENGZHOU, 1, error_s=0.001)).radius_km == pytest.approx(2 * narrow, rel=0.001)
    assert disc(timed(ZHENGZHOU, 1, off_km=25)).radius_km == pytest.approx(narrow + 25)


@pytest.mark.parametrize(("stands", "milliseconds"), [(ZHENGZHOU, 3), (BEIJING, 3), (SHANGHAI, 1)])
def test_a_disc_that_reaches_no_land_abroad_proves_inside(stands: Point, milliseconds: float) -> None:
    assert proved([timed(stands, milliseconds)], TERRITORY) is Proof.INSIDE


@pytest.mark.parametrize(("stands", "milliseconds"), [(ZHENGZHOU, 8), (BEIJING, 10), (SHANGHAI, 8), (SINGAPORE, 1), (HONG_KONG, 0.2)])
def test_a_disc_that_reaches_abroad_proves_nothing(stands: Point, milliseconds: float) -> None:
    assert proved([timed(stands, milliseconds)], TERRITORY) is Proof.OPEN


def test_discs_that_prove_nothing_each_can_prove_it_together() -> None:
    timings = [timed(WUHAN, 7), timed(XIAN, 7), timed(BEIJING, 8)]

    assert [proved([one], TERRITORY) for one in timings] == [Proof.OPEN] * 3
    assert proved(timings, TERRITORY) is Proof.INSIDE


def test_a_claimed_place_outside_one_disc_is_refuted_however_many_agree() -> None:
    assert proved([timed(SINGAPORE, 2), timed(ZHENGZHOU, 60)], TERRITORY, [ZHENGZHOU]) is Proof.REFUTED


def test_one_of_several_claimed_places_suffices() -> None:
    assert proved([timed(ZHENGZHOU, 1)], TERRITORY, [BEIJING, ZHENGZHOU]) is Proof.INSIDE


def test_who_claims_nothing_is_not_refuted() -> None:
    assert proved([timed(SINGAPORE, 2)], TERRITORY) is Proof.OPEN


def test_two_discs_without_a_common_place_are_several_servers() -> None:
    assert proved([timed(ZHENGZHOU, 1), timed(SINGAPORE, 1)], TERRITORY) is Proof.SEVERAL


def test_several_servers_are_several_although_each_is_inside() -> None:
    assert proved([timed(ZHENGZHOU, 1), timed(SHANGHAI, 1)], TERRITORY, [ZHENGZHOU, SHANGHAI]) is Proof.SEVERAL


def test_a_disc_wider_than_half_the_earth_proves_nothing() -> None:
    assert proved([timed(ZHENGZHOU, 400)], TERRITORY, [SINGAPORE]) is Proof.OPEN


def test_without_a_measurement_nothing_is_said() -> None:
    assert proved([], TERRITORY, [ZHENGZHOU]) is Proof.UNMEASURED


def test_a_disc_of_no_width_is_a_place() -> None:
    assert proved([timed(ZHENGZHOU, 0)], TERRITORY) is Proof.INSIDE
    assert not Disc(ZHENGZHOU, 0).excludes(ZHENGZHOU)
