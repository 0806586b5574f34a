"""More connections than there is room for, and slow ones: whoever is inside goes on, whoever is not is told (最大并发数、慢速请求)."""

import pytest

from tenderproof.testing import Crowd, Missing, Plan, PlatformTrouble, clause

_MORE = 6


@clause("F-19", dose="intrusive")
@pytest.mark.waits
def test_no_more_connections_are_held_than_there_is_room_for_and_there_is_room_again_afterwards(crowd: Crowd) -> None:
    """Of more at once than the declared number some are refused, no more are served side by side, and a new one is once all have left."""
    found = crowd.fill(_MORE)
    if not (found.served and found.afterwards) and found.refused == crowd.most + _MORE:
        raise PlatformTrouble("Nobody was served at the entrance, before or after.")
    if not found.refused and found.served <= crowd.most:
        raise Missing("connections ended before all were there, so that it was never full")

    assert found.served <= crowd.most
    assert found.afterwards, "nobody is served after the crowd has left"


@clause("HN-3.2-10", dose="intrusive", acquits=False)
@pytest.mark.waits
def test_slow_requests_keep_nobody_else_waiting(crowd: Crowd, plan: Plan) -> None:
    """While some send head or content octet by octet, ordinary requests are served, as they were before and are afterwards."""
    found = crowd.dawdle(plan.whole("slow_connections"))

    if not found.before:
        raise PlatformTrouble("Nobody was served at the entrance before anybody was slow.")
    assert found.meanwhile == found.before
    assert found.afterwards == found.before


@clause("F-23", dose="intrusive")
@pytest.mark.waits
def test_a_source_that_keeps_guessing_is_stopped_and_nobody_else_is(crowd: Crowd) -> None:
    """Log-ins of one source that fail one after the other, each under another name, are heard no more after the declared number."""
    found = crowd.guess(_MORE)
    first = found.answers[0]
    if first // 100 != 4:
        raise PlatformTrouble(f"A log-in under a made-up name was answered {first}.")
    heard = [status for status in found.answers[crowd.guesses :] if status == first]

    assert heard == [], "guesses are heard beyond the declared number"
    assert found.others is not False, "somebody at another address is not served any more"
