"""The time that people see while they bid: the standard time, moving, whatever their own clock says (时间显示)."""

import re
from datetime import timedelta, timezone

import pytest

from tenderproof.testing import DAY, HOUR, SECOND, Browser, Page, Plan, Public, clause

_TIME = re.compile(r"(?<![\d:时])(\d{1,2})[:时](\d{2})[:分](\d{2})")
_REFRESHED = 2 * SECOND  # whole seconds are shown, and shown anew every second
_BEIJING = timezone(8 * HOUR)  # people see this time, in whichever zone programs are told it
_LATER_S = 5  # a time that stands still is too far off by then


def shows_now(page: Page, public: Public, tolerance: timedelta) -> bool:
    """Whether a page shows the platform's time of day, in Beijing, within what the plan allows."""
    before = public.time().value.now.astimezone(_BEIJING)
    text = page.text()
    after = public.time().value.now.astimezone(_BEIJING)
    midnight = before.replace(hour=0, minute=0, second=0, microsecond=0)
    begin, end = before - midnight - tolerance - _REFRESHED, after - midnight + tolerance
    shown = [timedelta(hours=int(hour), minutes=int(minute), seconds=int(second)) for hour, minute, second in _TIME.findall(text)]
    return any(begin <= one + days <= end for one in shown for days in (-DAY, 0 * DAY, DAY))


@clause("A-98", way="record")
@pytest.mark.waits
def test_a_page_shows_the_standard_time_and_keeps_it_going_whatever_the_readers_clock_says(
    browser: Browser, public: Public, plan: Plan
) -> None:
    """On a machine that is an hour ahead and in another zone the page shows the platform's time, and five seconds later again."""
    tolerance = plan.whole("clock_tolerance_s") * SECOND
    with browser.page("/", ahead=HOUR) as page:
        at_once = shows_now(page, public, tolerance)
        page.wait(_LATER_S)
        later = shows_now(page, public, tolerance)

    assert at_once, "the page does not show the platform's time"
    assert later, "the time on the page stands still or goes wrong"
