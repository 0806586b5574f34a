"""No change is written, and none that somebody signed all the same is read, that the rules do not allow after what went before."""

from datetime import date, timedelta
from typing import Any

import pytest

from tenderproof.certification import jose, status, succession
from tenderproof.certification.change import Change
from tenderproof.certification.jose import TokenTrouble
from tenderproof.certification.status import StatusError

from . import surveys
from .bodies import DAY, House

ENDS = date(2029, 11, 24)


def _made(house: House, days: int, now: str, ground: str, **more: Any) -> dict[str, Any]:
    made = house.certificate()
    if ground == "surveillance_passed" and "surveillance" not in more:
        more["surveillance"] = surveys.passed(made, days)
    return {"status": now, "ground": ground, "day": DAY + timedelta(days=days), "decided_by": "丁", **more}


def _chain(house: House, *steps: dict[str, Any]) -> list[str]:
    chain = [house.credential()]
    for step in steps:
        chain.append(status.change(house.certificate(), chain, house.pen, **step))
    return chain


def _signed_all_the_same(house: House, chain: list[str], step: dict[str, Any]) -> str:
    """The token that a body could sign with another tool."""
    said = Change.model_construct(number=house.certificate().number, previous=status.digest(chain[-1]), **step)
    return jose.sign(said.model_dump(mode="json", exclude_none=True), status.TYPE, house.pen)


def _seen(house: House, days: int = 40, **changes: Any) -> dict[str, Any]:
    return {"surveillance": surveys.passed(house.certificate(), days, **changes)}


Steps = list[tuple[int, str, str]]
SUSPENDED: Steps = [(10, "suspended", "violation_found")]
WITHDRAWN: Steps = [(10, "withdrawn", "fraud")]
CANCELLED: Steps = [(10, "cancelled", "requested")]
LAST = (ENDS - DAY).days
TRIALS: dict[str, tuple[Steps, tuple[int, str, str], str]] = {
    "a ground of another status": ([], (20, "valid", "fraud"), "status_ground"),
    "withdrawn at the holder's wish, which is cancelled": ([], (20, "withdrawn", "requested"), "status_ground"),
    "restored after a withdrawal": (WITHDRAWN, (20, "valid", "corrected"), "status_final"),
    "restored after a cancellation": (CANCELLED, (20, "valid", "corrected"), "status_final"),
    "surveyed after a withdrawal": (WITHDRAWN, (20, "valid", "surveillance_passed"), "status_final"),
    "dated before the last change": (SUSPENDED, (9, "valid", "corrected"), "status_backdated"),
    "dated before the certificate": ([], (-1, "suspended", "requested"), "status_backdated"),
    "restored after its end": (SUSPENDED, (LAST + 1, "valid", "corrected"), "status_after_end"),
    "surveyed after its end": ([], (LAST + 1, "valid", "surveillance_passed"), "status_after_end"),
    "not continued before its end": ([], (LAST, "cancelled", "not_continued"), "status_before_end"),
    "corrected without suspension": ([], (20, "valid", "corrected"), "status_not_suspended"),
    "left uncorrected without suspension": ([], (20, "withdrawn", "not_corrected"), "status_not_suspended"),
    "suspended twice": (SUSPENDED, (20, "suspended", "requested"), "status_same"),
}


def _both(house: House, chain: list[str], step: dict[str, Any], code: str) -> None:
    with pytest.raises(StatusError):
        status.change(house.certificate(), chain, house.pen, **step)
    with pytest.raises(TokenTrouble) as raised:
        status.history(house.certificate(), [*chain, _signed_all_the_same(house, chain, step)], house.party)
    assert raised.value.code == code
    values = {"number": "TP-1", "file": "TP-1"} | raised.value.values
    assert "{" not in status.sentence(code, values)


@pytest.mark.parametrize("trial", TRIALS)
def test_what_cannot_follow_is_neither_written_nor_read(settled: House, trial: str) -> None:
    before, last, code = TRIALS[trial]
    _both(settled, _chain(settled, *(_made(settled, *step) for step in before)), _made(settled, *last), code)


SURVEYS: dict[str, tuple[dict[str, Any], str]] = {
    "it ended before the certificate was decided": ({"days": -1}, "surveillance_old"),
    "it ended after it was recorded": ({"days": 51}, "surveillance_old"),
    "the next is more than a year later": ({"surveillance_by": date(2028, 1, 4)}, "surveillance_next"),
    "the next is no later": ({"surveillance_by": date(2027, 1, 3)}, "surveillance_next"),
    "it saw another version": ({"version": "0.9"}, "surveillance_version"),
    "it is the test on which the certificate was issued": ({"of": "certified"}, "surveillance_certified"),
    "the body sealed it itself": ({"of": "body"}, "surveillance_own"),
}


@pytest.mark.parametrize("trial", SURVEYS)
def test_a_surveillance_that_does_not_count_is_neither_written_nor_read(settled: House, trial: str) -> None:
    changes, code = SURVEYS[trial]
    of = {
        "certified": {"result_sha256": settled.certificate().result_sha256},
        "body": {"key_sha256": settled.party.keyid},
    }.get(changes.get("of", ""), {})  # fmt: skip
    fields = {name: value for name, value in changes.items() if name != "of"} | of
    _both(settled, _chain(settled), _made(settled, 50, "valid", "surveillance_passed", **_seen(settled, **fields)), code)


def test_a_report_is_used_once_and_not_after_a_later_one(settled: House) -> None:
    chain = _chain(settled, _made(settled, 50, "valid", "surveillance_passed", **_seen(settled, 40)))
    for seen in (_seen(settled, 40), _seen(settled, 39)):
        _both(settled, chain, _made(settled, 60, "valid", "surveillance_passed", **seen), "surveillance_old")


def test_two_checks_a_year_are_more_than_is_asked(settled: House) -> None:
    steps = [_made(settled, days, "valid", "surveillance_passed") for days in (100, 200)]
    assert len(status.history(settled.certificate(), _chain(settled, *steps), settled.party)) == 2


def _taken(house: House, days: int, version: str, build: str = "") -> dict[str, Any]:
    told = surveys.reported(house.certificate(), days, version=version, build=build)
    return _made(house, days, "valid", "major_change", reported=told)


def test_the_version_that_the_body_took_for_the_certified_one_counts_from_its_day(settled: House) -> None:
    made, chain = settled.certificate(), _chain(settled, _taken(settled, 20, "3.0", "b7"), _taken(settled, 40, "3.1"))
    changes = status.history(made, chain, settled.party)
    said = [succession.version(made, changes, DAY + timedelta(days=days)) for days in (19, 20, 39, 40)]
    assert said == [(made.scope.version, made.scope.build), ("3.0", "b7"), ("3.0", "b7"), ("3.1", "")]
    later = _made(settled, 50, "valid", "surveillance_passed", **_seen(settled, 45, version="3.1"))
    assert status.change(made, chain, settled.pen, **later)
    older = _made(settled, 50, "valid", "surveillance_passed", **_seen(settled, 45))
    _both(settled, chain, older, "surveillance_version")


def test_a_report_restores_nothing_and_is_of_the_time_of_the_certificate(settled: House) -> None:
    chain = _chain(settled, _made(settled, 10, "suspended", "exchange_lost", reported=surveys.reported(settled.certificate(), 9)))
    _both(settled, chain, _taken(settled, 20, "3.0"), "status_still_suspended")
    for day in (-1, 21):
        step = _made(settled, 20, "withdrawn", "major_accident", reported=surveys.reported(settled.certificate(), day))
        _both(settled, chain, step, "reported_day")


def test_what_is_over_can_still_be_withdrawn_or_cancelled(settled: House) -> None:
    for now, ground in (("withdrawn", "fraud"), ("cancelled", "not_continued")):
        chain = _chain(settled, _made(settled, LAST + 1, now, ground))
        changes = status.history(settled.certificate(), chain, settled.party)
        assert status.on(settled.certificate(), changes, ENDS + timedelta(days=1)) == now
