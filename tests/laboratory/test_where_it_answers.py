"""Real delays, not mocks: five vantage points time servers inside, outside, at the border, behind relay and cache, and in two places."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tenderproof.domicile.connects import Target
from tenderproof.domicile.discs import Method, Proof, Timing, proved
from tenderproof.domicile.earth import Point, Territory, load_territory
from tenderproof.domicile.judgement import Answer, Evidence, Ground, Listed, Registered, Role, answering, judged

from .vantages import certified, described, listed
from .world import World, permitted

NOT_PERMITTED = permitted()
pytestmark = pytest.mark.skipif(bool(NOT_PERMITTED), reason=NOT_PERMITTED or "permitted")

ZHENGZHOU, XUCHANG, SINGAPORE, DANDONG = Point(34.75, 113.62), Point(34.03, 113.85), Point(1.35, 103.82), Point(40.10, 124.38)
VANTAGES = {
    "zhengzhou": ZHENGZHOU,
    "beijing": Point(39.90, 116.40),
    "wuhan": Point(30.59, 114.30),
    "xian": Point(34.34, 108.94),
    "singapore": SINGAPORE,
}
# Addresses of the documentation range, in namespaces of our own (RFC 5737).
INSIDE, OUTSIDE, BORDER, RELAY, CACHE, ANYCAST, ORIGIN, HASTY = (f"203.0.113.{number}" for number in range(1, 9))
AUDITOR, FIRST_VANTAGE = "203.0.113.99", 100


@dataclass(frozen=True)
class Seen:
    """What came of one campaign."""

    timings: list[Timing]
    answers: dict[tuple[str, str], str]
    rejected: list[list[str]]

    def of(self, address: str, method: Method = Method.TCP) -> list[Timing]:
        """The timings of an address by a method."""
        return [timing for timing in self.timings if (timing.address, timing.method) == (address, method)]


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seen]:
    folder = tmp_path_factory.mktemp("world")
    certified(folder, "auditor", AUDITOR)
    posts = {
        name: described(folder, name, (place.latitude, place.longitude), (f"203.0.113.{FIRST_VANTAGE + number}", 7443))
        for number, (name, place) in enumerate(VANTAGES.items())
    }
    with World() as world:
        world.stand(XUCHANG, INSIDE, "server", "fresh")
        world.stand(SINGAPORE, OUTSIDE, "server", "fresh")
        world.stand(DANDONG, BORDER, "server", "fresh")
        world.stand(SINGAPORE, ORIGIN, "server", "fresh")
        world.stand(XUCHANG, RELAY, "relay", ORIGIN)
        world.stand(XUCHANG, CACHE, "cache", ORIGIN)
        world.stand(XUCHANG, HASTY, "hasty", ORIGIN)
        for place in (XUCHANG, SINGAPORE):
            world.stand(place, ANYCAST, "server", "fresh")
        for name, place in VANTAGES.items():
            world.stand(place, posts[name].listen[0], "agent", str(posts[name].settings))
        targets = [Target(address, 80, Method.TCP) for address in (INSIDE, OUTSIDE, BORDER, RELAY, CACHE, ANYCAST, HASTY)]
        fresh = [
            Target(address, 80, Method.CHALLENGE, path=f"/fresh/{number}", expected="fresh")
            for address in (INSIDE, RELAY, CACHE, HASTY)
            for number in range(3)
        ]
        vantages = listed(folder, *(post.entry for post in posts.values()))
        auditor = world.stand(ZHENGZHOU, AUDITOR, "auditor", str(vantages), json.dumps([one.plain() for one in (*targets, *fresh)]))
        told, _ = auditor.process.communicate(timeout=90)
        yield read(json.loads(told))


def read(raw: Any) -> Seen:
    timings = [Timing(name, VANTAGES[name], address, Method(method), seconds, 20) for name, address, method, seconds in raw["timings"]]
    return Seen(timings, {(name, path): digest for name, path, digest in raw["answers"]}, raw["rejected"])


@pytest.fixture(scope="module")
def territory() -> Territory:
    return load_territory(Path(__file__).parents[2] / "specs")


def test_no_time_is_shorter_than_light_allows(seen: Seen) -> None:
    assert seen.rejected == []
    assert len(seen.of(INSIDE)) == len(VANTAGES)
    assert proved(seen.of(INSIDE), _everywhere(), [XUCHANG]) is not Proof.REFUTED
    assert proved(seen.of(OUTSIDE), _everywhere(), [SINGAPORE]) is not Proof.REFUTED


def _everywhere() -> Territory:
    return load_territory(Path(__file__).parents[2] / "specs", ("HK", "MO", "TW"))


def test_a_server_inside_is_proved_inside(seen: Seen, territory: Territory) -> None:
    assert proved(seen.of(INSIDE), territory, [XUCHANG]) is Proof.INSIDE


def test_a_server_inside_that_answers_a_challenge_is_proved_inside(seen: Seen, territory: Territory) -> None:
    assert proved(seen.of(INSIDE, Method.CHALLENGE), territory, [XUCHANG]) is Proof.INSIDE


def test_a_server_outside_refutes_the_claim(seen: Seen, territory: Territory) -> None:
    assert proved(seen.of(OUTSIDE), territory, [ZHENGZHOU]) is Proof.REFUTED


def test_a_server_outside_that_claims_nothing_is_not_proved_inside(seen: Seen, territory: Territory) -> None:
    assert proved(seen.of(OUTSIDE), territory) is Proof.OPEN


def test_a_server_at_the_border_is_left_open(seen: Seen, territory: Territory) -> None:
    assert proved(seen.of(BORDER), territory, [DANDONG]) is Proof.OPEN


def test_a_relay_inside_looks_like_a_server_until_it_is_asked_for_fresh_data(seen: Seen, territory: Territory) -> None:
    assert proved(seen.of(RELAY), territory, [XUCHANG]) is Proof.INSIDE
    assert proved(seen.of(RELAY, Method.CHALLENGE), territory, [XUCHANG]) is Proof.OPEN


def test_a_cache_that_has_been_asked_before_is_told_from_a_server_by_fresh_data(seen: Seen, territory: Territory) -> None:
    assert proved(seen.of(CACHE), territory, [XUCHANG]) is Proof.INSIDE
    assert proved(seen.of(CACHE, Method.CHALLENGE), territory, [XUCHANG]) is Proof.OPEN


def test_who_begins_to_answer_before_knowing_the_answer_gains_nothing(seen: Seen, territory: Territory) -> None:
    assert proved(seen.of(HASTY), territory, [XUCHANG]) is Proof.INSIDE
    assert proved(seen.of(HASTY, Method.CHALLENGE), territory, [XUCHANG]) is Proof.OPEN


@pytest.mark.parametrize(
    ("address", "asked", "answer", "ground"),
    [
        (INSIDE, True, Answer.SATISFIED, Ground.ANSWERED_AND_LISTED),
        (INSIDE, False, Answer.SATISFIED, Ground.PROVED_AND_LISTED),
        (OUTSIDE, False, Answer.VIOLATED, Ground.CLAIM_REFUTED),
        (BORDER, False, Answer.OPEN, Ground.NOT_PROVED),
        (RELAY, True, Answer.OPEN, Ground.RELAY_NOT_EXCLUDED),
        (CACHE, True, Answer.OPEN, Ground.RELAY_NOT_EXCLUDED),
        (HASTY, True, Answer.OPEN, Ground.RELAY_NOT_EXCLUDED),
        (ANYCAST, False, Answer.VIOLATED, Ground.CLAIM_REFUTED),
    ],
)
def test_the_verdict_is_what_the_physics_demand(
    seen: Seen,
    territory: Territory,
    address: str,
    asked: bool,
    answer: Answer,
    ground: Ground,
) -> None:
    place = {BORDER: DANDONG}.get(address, XUCHANG)
    mine = [timing for timing in seen.timings if timing.address == address]
    told = answering(mine, lambda: territory, [place], asked=asked)
    one = judged(Evidence("www", address, Role.SERVER, Registered.INSIDE, proved(mine, territory, [place]), Listed.LISTED, told))

    assert (one.answer, one.ground) == (answer, ground)


def test_an_address_in_two_places_is_several(seen: Seen, territory: Territory) -> None:
    assert proved(seen.of(ANYCAST), territory) is Proof.SEVERAL
    assert proved(seen.of(ANYCAST), territory, [XUCHANG]) is Proof.REFUTED


def test_every_challenge_was_answered(seen: Seen) -> None:
    assert {name for name, _ in seen.answers} == VANTAGES.keys()
