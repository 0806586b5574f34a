"""A condition that somebody types does not make an answer slow (基于时间的注入): where nothing else shows, its time does."""

from collections.abc import Iterator

import pytest

from tenderproof.testing import Chance, Missing, PlatformTrouble, Public, Stories, Told, clause, measured

_TURNS = 12
_DELAY_S = 0.2  # what is asked for at most, each time
_LEAST_S = 0.05  # a fourth of it: as little as a small database needs for the work that stands for a pause
_OCTETS = 20_000_000
_QUOTES = (("'", "'1'='2"), ("%'", "'%'='x"))
_WAITS = (
    "(SELECT LENGTH(HEX(RANDOMBLOB({octets}))))=-1",
    "(SELECT 1 FROM (SELECT(SLEEP({seconds})))x)=2",
    "(SELECT 1 FROM PG_SLEEP({seconds}))=2",
    "(SELECT DBMS_PIPE.RECEIVE_MESSAGE('x',{whole}) FROM DUAL)=2",
)
"""Conditions that a database works out once, however many rows there are, and that take so long and are never true."""


def conditions(nothing: str, *, slow: bool) -> Iterator[str]:
    """Words that are found nowhere, with a condition behind them: the same but for how long it takes to work it out."""
    seconds = _DELAY_S if slow else 0.0
    told = {"octets": _OCTETS if slow else 1, "seconds": f"{seconds:.1f}", "whole": int(slow)}
    for quote, end in _QUOTES:
        yield from (f"{nothing}{quote} OR {wait.format(**told)} OR {end}" for wait in _WAITS)
    yield f"{nothing}'; WAITFOR DELAY '0:0:{seconds:.1f}' --"


@clause("HN-3.2-10", "F-22", acquits=False)
@pytest.mark.waits
def test_no_condition_behind_what_is_searched_for_makes_the_search_slow(stories: Stories, public: Public, chance: Chance) -> None:
    """A notice is found by its words; conditions that take a moment and such as take none are searched for in turns: equally long."""
    mark = chance.token(5)
    tender = stories.announced(notice_facts={"title": f"城东道路工程施工招标公告{mark}"})
    found = public.published_notices(q=mark)
    if not found.seconds:
        raise Missing("the driver does not tell how long an answer takes")

    def searched(*, slow: bool) -> float:
        return sum(seconds(public, words) for words in conditions(chance.token(5), slow=slow))

    times = measured(lambda: searched(slow=False), lambda: searched(slow=True), _TURNS, lambda: chance.choice([True, False]), _LEAST_S)

    assert tender.notice.id in {one.id for one in found.value}
    assert times.told is not Told.APART or times.blocks[0].effect < 0, times
    if times.told is Told.UNCLEAR:
        raise Missing(f"one block of times tells the two apart and the other does not: {times}")


def seconds(public: Public, words: str) -> float:
    """How long a search takes; nothing where the platform stumbles over it, which is no time."""
    try:
        return public.published_notices(at_most=1, q=words).seconds or 0.0
    except PlatformTrouble:
        return 0.0
