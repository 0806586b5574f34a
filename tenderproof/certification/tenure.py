"""Was the body's own certificate (X.509) in its time on the day on which something was decided?

A bare public key has no time. A body that was given a new certificate for the same key puts the earlier ones behind it, in one PEM file.
"""

from datetime import UTC, date, datetime, time, timedelta

from tenderproof.certification.jose import TokenTrouble
from tenderproof.seal.signature import Party
from tenderproof.spec.calendar import CHINA, day_in_china


def begin(day: date) -> datetime:
    """The first moment of a day in China, in UTC."""
    return datetime.combine(day, time(), CHINA).astimezone(UTC)


def require(body: Party, day: date) -> None:
    """TokenTrouble ``body_certificate_time`` if no certificate of the body was valid at any moment of that day."""
    held = body.certificates
    first, beyond = begin(day), begin(day + timedelta(days=1))
    if not held or any(one.not_valid_before_utc < beyond and one.not_valid_after_utc >= first for one in held):
        return
    times = ", ".join(f"{day_in_china(one.not_valid_before_utc)} – {day_in_china(one.not_valid_after_utc)}" for one in held)
    raise TokenTrouble("body_certificate_time", day=day, times=times)
