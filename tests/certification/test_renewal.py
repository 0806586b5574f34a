"""A certificate is renewed in its last months, or on what its holder had to report; the new one names it."""

from datetime import date, timedelta
from typing import Any

import pytest

from tenderproof.certification import credential, renewal, status
from tenderproof.certification.certificate import Certificate
from tenderproof.certification.conditions import CertificationError
from tenderproof.certification.renewal import Former

from . import surveys
from .bodies import DAY, House

OPENS, ENDS = date(2029, 5, 24), date(2029, 11, 24)  # of three years from DAY, the last six months


def _former(house: House, *steps: dict[str, Any]) -> Former:
    made, chain = house.certificate(), [house.credential()]
    for step in steps:
        chain.append(status.change(made, chain, house.pen, decided_by="丁", **step))
    return Former(made, status.history(made, chain, house.party), chain[0])


def _surveyed(house: House) -> list[dict[str, Any]]:
    made = house.certificate()
    return [
        {"status": "valid", "ground": "surveillance_passed", "day": DAY + timedelta(days=days), "surveillance": surveys.passed(made, days)}
        for days in (360, 720)
    ]


def _renewed(house: House, former: Former, day: date, number: str = "TP-2029-007") -> Certificate:
    return house.certificate(number=number, day=day, renews=former)


@pytest.mark.parametrize("day", [OPENS, ENDS])
def test_the_new_one_names_the_one_that_it_renews_by_number_and_digest(settled: House, day: date) -> None:
    former = _former(settled, *_surveyed(settled))
    made = _renewed(settled, former, day)
    assert made.renews is not None
    assert (made.renews.number, made.renews.sha256) == ("TP-2026-001", status.digest(former.credential))
    assert credential.opened(credential.sign(made, settled.pen), settled.party) == made


def test_it_is_too_early_or_too_late_a_day_beside(settled: House) -> None:
    former = _former(settled, *_surveyed(settled))
    with pytest.raises(CertificationError, match="is renewed from 2029-05-24 on"):
        _renewed(settled, former, OPENS - timedelta(days=1))
    with pytest.raises(CertificationError, match="is expired on 2029-11-25"):
        _renewed(settled, former, ENDS + timedelta(days=1))


def test_what_the_holder_had_to_report_opens_it_at_any_time(settled: House) -> None:
    told = surveys.reported(settled.certificate(), 20)
    change = {"status": "valid", "ground": "major_change", "day": DAY + timedelta(days=21), "reported": told}
    assert _renewed(settled, _former(settled, change), DAY + timedelta(days=60)).renews is not None


def test_one_whose_check_is_overdue_can_be_renewed_and_what_was_stopped_cannot(settled: House) -> None:
    assert _renewed(settled, _former(settled), ENDS).renews is not None
    for now, ground in (("suspended", "requested"), ("withdrawn", "fraud"), ("cancelled", "no_longer_operated")):
        stopped = _former(settled, {"status": now, "ground": ground, "day": ENDS - timedelta(days=9)})
        with pytest.raises(CertificationError, match=f"is {now} on 2029-11-24; only what is in force is renewed"):
            _renewed(settled, stopped, ENDS)


def test_another_s_certificate_is_not_renewed_nor_one_by_itself(settled: House) -> None:
    former = _former(settled)
    old = former.certificate
    for other in (
        old.model_copy(update={"holder": old.holder.model_copy(update={"uscc": "x"})}),
        old.model_copy(update={"scope": old.scope.model_copy(update={"platform": "另一平台"})}),
        old.model_copy(update={"scope": old.scope.model_copy(update={"kind": "supervision"})}),
    ):
        with pytest.raises(CertificationError, match="certify without --renews"):
            renewal.renewing(settled.certificate(number="TP-2", day=ENDS), Former(other, (), former.credential), 6)
    with pytest.raises(CertificationError, match="cannot renew itself"):
        _renewed(settled, former, ENDS, "TP-2026-001")


def test_a_first_certificate_says_nothing_of_a_renewal(settled: House) -> None:
    assert "renews" not in settled.certificate().told()
