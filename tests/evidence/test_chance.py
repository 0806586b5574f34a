"""The one recorded source of chance: same seed and check, same values; what is made is recorded."""

from tenderproof.evidence.chance import RecordedChance
from tenderproof.evidence.observation import InputObservation, Key, Observation
from tenderproof.evidence.recorder import Recorder


class Memory:
    """A sink that remembers."""

    def __init__(self) -> None:
        self.kept: list[tuple[Key, Observation]] = []

    def observe(self, key: Key, observation: Observation) -> None:
        """Remember."""
        self.kept.append((key, observation))

    def close(self) -> None:
        """Nothing to close."""


def drawn(seed: str, check: str, before: int = 0) -> tuple[int, str, str]:
    """What a check draws, after others have drawn."""
    recorder = Recorder(Memory())
    chance = RecordedChance(seed, recorder)
    recorder.enter("a/b::test_other", 1)
    for _ in range(before):
        chance.integer(0, 9)
    recorder.enter(check, 1)
    return chance.integer(0, 10**9), chance.token(), chance.choice(["甲", "乙", "丙"])


def test_a_check_draws_the_same_whatever_ran_before_it() -> None:
    assert drawn("s", "a/b::test_c") == drawn("s", "a/b::test_c", before=7)


def test_what_is_shared_in_between_does_not_make_a_check_draw_the_same_again() -> None:
    recorder = Recorder(Memory())
    chance = RecordedChance("s", recorder)
    recorder.enter("a/b::test_c", 1)
    first = chance.token()
    with recorder.apart("story"):
        shared = [chance.token(), chance.token()]
    second = chance.token()
    with recorder.apart("story"):
        shared.append(chance.token())

    assert len({first, second, *shared}) == 5


def test_another_seed_or_another_check_draws_otherwise() -> None:
    assert len({drawn("s", "a/b::test_c")[:2], drawn("t", "a/b::test_c")[:2], drawn("s", "a/b::test_d")[:2]}) == 3


def test_what_is_made_and_the_time_are_recorded_as_inputs() -> None:
    memory = Memory()
    recorder = Recorder(memory)
    chance = RecordedChance("s", recorder)
    recorder.enter("a/b::test_c", 2)

    made = chance.made("key", lambda: b"k", secret=True)
    now = chance.now()

    assert made == b"k"
    assert memory.kept == [
        (Key("a/b::test_c", 2, 1), InputObservation("key", b"k", secret=True)),
        (Key("a/b::test_c", 2, 2), InputObservation("now", now.isoformat().encode())),
    ]
