"""Acts take turns: one runs at a time, and what each does stands in one order."""

import pytest

from tenderproof.evidence import turns
from tenderproof.evidence.turns import Turn
from tenderproof.evidence.wire import Request, Response
from tenderproof.vocabulary import NetworkTrouble

SMALL, LARGE = Request("POST", "http://x/", body=b"x"), Request("POST", "http://x/", body=b"x" * 600)
ANSWER = Response(200, (), b"", 0.0, "")


def sent(request: Request) -> Response | None:
    """What a wire does."""
    turn = turns.here()
    return turn.wait(request) if turn and turn.awaits(request) else None


def test_an_act_goes_to_its_request_and_no_further_until_it_is_told_to() -> None:
    done: list[str] = []

    def act(name: str) -> str:
        done.append(f"{name} begins")
        sent(LARGE)
        done.append(f"{name} ends")
        return name

    told = [Turn(lambda: act("one"), 512), Turn(lambda: act("other"), 512)]
    for turn in told:
        turn.begin()
    for turn in told:
        turn.end(ANSWER)

    assert done == ["one begins", "other begins", "one ends", "other ends"]
    assert [turn.given() for turn in told] == ["one", "other"]


def test_it_waits_with_its_first_content_alone() -> None:
    found: list[Response | None] = []
    turn = Turn(lambda: found.extend(sent(request) for request in (SMALL, LARGE, LARGE)), 512)
    turn.begin()
    assert turn.request is LARGE
    turn.end(ANSWER)

    assert found == [None, ANSWER, None]


def test_an_act_without_content_comes_to_its_end() -> None:
    turn = Turn(lambda: sent(SMALL), 512)
    turn.begin()
    turn.end()

    assert turn.request is None
    assert turn.given() is None


def test_no_answer_to_its_own_request_is_nothing_given_and_any_other_trouble_is_raised() -> None:
    unanswered, other = NetworkTrouble("nobody"), NetworkTrouble("another")

    def wrong() -> None:
        sent(LARGE)
        raise other

    lost, failed = Turn(lambda: sent(LARGE), 1), Turn(wrong, 1)
    for turn, outcome in ((lost, unanswered), (failed, ANSWER)):
        turn.begin()
        turn.end(outcome)

    assert lost.given() is None
    with pytest.raises(NetworkTrouble, match="another"):
        failed.given()


def test_who_takes_no_turn_waits_for_nobody() -> None:
    assert turns.here() is None
