"""What a rule holds a tender against: the figures of the plan and the days of its calendar. Pure: the same values give the same answer.

Moments that are known to the day alone are held at both ends of it, and a limit that accepted readings set differently at all of them:
what is not the same in all cases decides nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from fractions import Fraction
from typing import Final

from tenderproof.records.values import Moment, Money
from tenderproof.spec.calendar import Calendar, Earliest, Latest, NoCalendarData, Reading
from tenderproof.spec.plan import Plan


class Kind(StrEnum):
    """What a rule says of one tender."""

    KEPT = "kept"
    BROKEN = "broken"
    UNDECIDED = "undecided"
    """The rule speaks of the tender, its values are there, and what they mean depends on a reading or on a day without data."""
    BLIND = "blind"
    """The rule speaks of the tender, or may, and a value that it needs is not there or cannot be read."""
    UNCONCERNED = "unconcerned"
    """The rule does not speak of the tender."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a rule says of one tender; ``expected`` and ``observed`` of a broken one, ``why`` of an undecided or blind one."""

    kind: Kind
    expected: str = ""
    observed: str = ""
    why: str = ""

    def unless(self, unknown: object, name: str) -> "Judgement":
        """Blind instead of broken where a condition is not known that might lift the rule."""
        return blind(name) if unknown is None and self.kind is not Kind.KEPT else self


KEPT: Final = Judgement(Kind.KEPT)
UNCONCERNED: Final = Judgement(Kind.UNCONCERNED)


def blind(*missing: str) -> Judgement:
    """A judgement that lacks these values; without a name, those that its rule looks at."""
    return Judgement(Kind.BLIND, why=", ".join(missing))


def broken(expected: object, observed: object) -> Judgement:
    """The rule is broken."""
    return Judgement(Kind.BROKEN, str(expected), str(observed))


def undecided(why: str) -> Judgement:
    """The rule speaks of it, and nothing follows."""
    return Judgement(Kind.UNDECIDED, why=why)


def held(holds: bool, expected: object, observed: object) -> Judgement:  # noqa: FBT001 - the one thing that it is about
    """Kept or broken."""
    return KEPT if holds else broken(expected, observed)


def worst(judgements: list[Judgement]) -> Judgement:
    """Of several parts of a tender: broken before undecided before blind before kept; unconcerned if there is none."""
    order = (Kind.BROKEN, Kind.UNDECIDED, Kind.BLIND, Kind.KEPT, Kind.UNCONCERNED)
    return min(judgements, key=lambda one: order.index(one.kind), default=UNCONCERNED)


class Law:
    """The plan and its calendar, as rules ask for them."""

    def __init__(self, plan: Plan, calendar: Calendar) -> None:
        self.plan, self.calendar = plan, calendar
        self._limits: dict[tuple[str, object], Earliest | Latest | NoCalendarData] = {}

    def bounds(self, figure: str, instant: datetime) -> Earliest | Latest:
        """The bounds that a figure sets, counted from an instant; `NoCalendarData` where its days are not known."""
        key = (figure, self.calendar.day(instant))
        found = self._limits.get(key)
        if found is None:
            parameter = self.plan.parameter(figure)
            try:
                found = self.calendar.limit(parameter.counting or "", instant, self.plan.whole(figure))
            except NoCalendarData as error:
                found = error
            self._limits[key] = found
        if isinstance(found, NoCalendarData):
            raise found
        return found

    def in_time(self, figure: str, event: Moment | None, act: Moment | None) -> Judgement:
        """An act as early or as late as a figure's days allow, from an event or back from a deadline, as the figure is counted."""
        if event is None or act is None:
            return blind()
        bounds = {self.bounds(figure, event.first), self.bounds(figure, event.last)}
        readings = {bound.judge(instant) for bound in bounds for instant in (act.first, act.last)}
        if readings == {Reading.LAWFUL}:
            return KEPT
        if readings != {Reading.UNLAWFUL}:
            return undecided("reading")
        return broken(_told(next(iter(bounds))), act.text)

    def at_least(self, figure: str, observed: int | None) -> Judgement:
        """A count no smaller than a figure."""
        return blind() if observed is None else held(observed >= self.plan.whole(figure), f"≥ {self.plan.whole(figure)}", observed)

    def at_most(self, figure: str, observed: int | None) -> Judgement:
        """A count no larger than a figure."""
        return blind() if observed is None else held(observed <= self.plan.whole(figure), f"≤ {self.plan.whole(figure)}", observed)

    def share_at_most(self, figure: str, part: Money | None, whole: Money | None) -> Judgement:
        """An amount no larger than a share of another of the same currency."""
        if part is None or whole is None:
            return blind()
        if part.currency != whole.currency or not whole.currency:
            return blind("currency")
        most = self.plan.fraction(figure) * Fraction(whole.amount)
        return held(Fraction(part.amount) <= most, f"≤ {_decimal(most)} {whole.currency}", f"{part.amount} {part.currency}")


def not_before(earliest: Moment | None, act: Moment | None) -> Judgement:
    """An act at a moment or after it."""
    return _ordered(earliest, act, lambda limit, moment: moment >= limit, "≥")


def not_after(latest: Moment | None, act: Moment | None) -> Judgement:
    """An act at a moment or before it."""
    return _ordered(latest, act, lambda limit, moment: moment <= limit, "≤")


def at_once(one: Moment | None, other: Moment | None) -> Judgement:
    """Two acts at the same moment."""
    return _ordered(one, other, lambda limit, moment: moment == limit, "=")


def _ordered(limit: Moment | None, act: Moment | None, holds: Callable[[datetime, datetime], bool], sign: str) -> Judgement:
    if limit is None or act is None:
        return blind()
    if sign == "=" and (limit.first != limit.last or act.first != act.last):
        apart = limit.last < act.first or act.last < limit.first
        return broken(f"= {limit.text}", act.text) if apart else undecided("day")
    readings = {holds(first, second) for first in (limit.first, limit.last) for second in (act.first, act.last)}
    if len(readings) > 1:
        return undecided("day")
    return held(readings.pop(), f"{sign} {limit.text}", act.text)


def _told(bound: Earliest | Latest) -> str:
    if isinstance(bound, Earliest):
        return f"≥ {bound.unlawful_before.isoformat()}"
    return f"< {bound.unlawful_from.isoformat()}"


def _decimal(share: Fraction) -> str:
    return f"{float(share):.2f}" if share.denominator != 1 else str(share.numerator)
