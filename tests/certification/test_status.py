"""What becomes of a certificate is signed, chained, and has a ground; withdrawn is for good."""

from datetime import date, timedelta
from typing import Any

import pytest

from tenderproof.certification import jose, status
from tenderproof.certification.jose import TokenTrouble
from tenderproof.certification.status import Status, StatusError

from . import surveys
from .bodies import DAY, House

LATER = DAY + timedelta(days=30)


def _chain(house: House, *steps: tuple[str, str, int]) -> list[str]:
    chain = [house.credential()]
    for now, ground, days in steps:
        day = DAY + timedelta(days=days)
        chain.append(status.change(house.certificate(), chain, house.pen, status=now, ground=ground, day=day, decided_by="丁"))
    return chain


def test_a_certificate_goes_from_valid_to_suspended_to_valid_to_withdrawn(settled: House) -> None:
    chain = _chain(settled, ("suspended", "violation_found", 10), ("valid", "corrected", 20), ("withdrawn", "fraud", 30))
    changes = status.history(settled.certificate(), chain, settled.party)

    said = [status.on(settled.certificate(), changes, DAY + timedelta(days=days)) for days in (-1, 0, 9, 10, 20, 30, 4000)]
    assert said == ["not_yet_valid", "valid", "valid", "suspended", "valid", "withdrawn", "withdrawn"]


def test_the_last_day_counts_and_the_next_does_not(settled: House) -> None:
    made = settled.certificate()
    assert status.in_time(made, made.valid_until) is Status.VALID
    assert status.in_time(made, made.valid_until + timedelta(days=1)) is Status.EXPIRED
    assert status.on(made, (), made.valid_until + timedelta(days=1)) is Status.EXPIRED


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"status": "expired"}, "is not expired because of"),
        ({"ground": "fraud"}, "is not suspended because of fraud"),
        ({"day": date(2026, 1, 1)}, "cannot follow one of"),
        ({"decided_by": " "}, "a person who decides it"),
        ({"status": "withdrawn", "ground": "not_corrected"}, "is valid: only what was suspended can be corrected"),
        ({"status": "valid", "ground": "corrected"}, "is valid: only what was suspended can be corrected"),
    ],
)
def test_a_change_that_cannot_follow_is_refused(settled: House, changes: dict[str, Any], said: str) -> None:
    fields: dict[str, Any] = {"status": "suspended", "ground": "requested", "day": LATER, "decided_by": "丁"}
    with pytest.raises(StatusError, match=said):
        status.change(settled.certificate(), [settled.credential()], settled.pen, **fields | changes)


def test_nothing_follows_a_withdrawal(settled: House) -> None:
    chain = _chain(settled, ("withdrawn", "fraud", 1))
    with pytest.raises(StatusError, match="is withdrawn"):
        status.change(settled.certificate(), chain, settled.pen, status="suspended", ground="requested", day=LATER, decided_by="丁")


def _said(house: House, **changes: Any) -> str:
    chain = _chain(house, ("suspended", "requested", 1))
    return jose.sign(jose.parts(chain[-1])[1] | changes, status.TYPE, house.pen)


@pytest.mark.parametrize(
    ("trial", "code"),
    [
        ("left out", "status_chain"), ("swapped", "status_chain"), ("twice", "status_chain"), ("other number", "status_other"),
        ("unsigned", "signature"), ("no status", "claims"), ("another credential", "status_chain"),
    ],
)  # fmt: skip
def test_a_history_that_was_tampered_with_does_not_hold(settled: House, trial: str, code: str) -> None:
    whole = _chain(settled, ("suspended", "requested", 1), ("valid", "corrected", 2), ("suspended", "requested", 3))
    first, second, third, fourth = whole
    chain = {
        "left out": [first, third, fourth],
        "swapped": [first, third, second],
        "twice": [first, second, second],
        "other number": [first, _said(settled, number="TP-2026-999")],
        "unsigned": [first, second[:-9] + ("A" if second[-9] != "A" else "B") + second[-8:]],
        "no status": [first, _said(settled, status="gone")],
        "another credential": [settled.credential(number="TP-2026-002"), _said(settled)],
    }[trial]
    with pytest.raises(TokenTrouble) as raised:
        status.history(settled.certificate(), chain, settled.party)
    assert raised.value.code == code


def _surveyed(house: House, *days: int) -> list[str]:
    chain, made = [house.credential()], house.certificate()
    for after in days:
        seen, day = surveys.passed(made, after), DAY + timedelta(days=after)
        chain.append(
            status.change(made, chain, house.pen, status="valid", ground="surveillance_passed", day=day, decided_by="丁", surveillance=seen)
        )
    return chain


def test_a_yearly_check_that_is_not_recorded_by_its_day_is_overdue_and_ends_nothing(settled: House) -> None:
    made = settled.certificate()
    assert status.on(made, (), made.surveillance_by) is Status.VALID
    assert status.on(made, (), made.surveillance_by + timedelta(days=1)) is Status.OVERDUE
    late = status.history(made, _surveyed(settled, 400), settled.party)
    assert [status.on(made, late, DAY + timedelta(days=days)).value for days in (365, 366, 399, 400)] == [
        "valid",
        "overdue",
        "overdue",
        "valid",
    ]


def test_each_check_that_was_passed_gives_a_year_and_no_more(settled: House) -> None:
    made = settled.certificate()
    changes = status.history(made, _surveyed(settled, 300, 640), settled.party)
    assert [status.due(made, changes, DAY + timedelta(days=days)).isoformat() for days in (0, 300, 640)] == [
        "2027-11-24", "2028-09-20", "2029-08-25",
    ]  # fmt: skip
    assert status.on(made, changes, date(2029, 8, 25)) is Status.VALID
    assert status.on(made, changes, date(2029, 8, 26)) is Status.OVERDUE


def test_a_check_restores_what_was_suspended_for_refusing_it(settled: House) -> None:
    made, chain = settled.certificate(), _chain(settled, ("suspended", "surveillance_refused", 370))
    seen = surveys.passed(made, 380)
    day = DAY + timedelta(days=381)
    chain.append(
        status.change(made, chain, settled.pen, status="valid", ground="surveillance_passed", day=day, decided_by="丁", surveillance=seen)
    )
    assert status.on(made, status.history(made, chain, settled.party), day) is Status.VALID


def test_what_a_ground_rests_on_is_asked_for(settled: House) -> None:
    fields: dict[str, Any] = {"status": "valid", "day": LATER, "decided_by": "丁"}
    with pytest.raises(StatusError, match="name it with --report,"):
        status.change(settled.certificate(), [settled.credential()], settled.pen, ground="surveillance_passed", **fields)
    with pytest.raises(StatusError, match="name it with --reported FILE"):
        status.change(settled.certificate(), [settled.credential()], settled.pen, ground="major_change", **fields)


def test_the_sentence_of_a_refusal_has_words_and_no_codes(monkeypatch: pytest.MonkeyPatch) -> None:
    values = {"number": "TP-1", "now": "withdrawn", "status": "valid", "ground": "corrected"}
    assert status.sentence("status_final", values) == "TP-1 is withdrawn, which is for good: it cannot become valid."
    monkeypatch.setenv("TENDERPROOF_LANG", "zh")
    assert status.sentence("status_final", values) == "TP-1 已是 撤销，不可恢复，不能再成为 有效。"
