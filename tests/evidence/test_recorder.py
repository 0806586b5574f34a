"""Observations are numbered within their check and its attempt."""

from tenderproof.evidence.observation import InputObservation, Key
from tenderproof.evidence.recorder import BETWEEN, Recorder

from .test_chance import Memory

SEEN = InputObservation("x", b"")


def test_each_check_counts_from_one_and_between_checks_has_its_own_count() -> None:
    memory = Memory()
    recorder = Recorder(memory)
    recorder.observe(SEEN)
    recorder.enter("c", 1)
    recorder.observe(SEEN)
    recorder.observe(SEEN)
    assert recorder.last_ordinal == 2
    recorder.leave()
    recorder.observe(SEEN)
    recorder.enter("c", 2)
    recorder.observe(SEEN)

    assert [key for key, _ in memory.kept] == [Key(BETWEEN, 1, 1), Key("c", 1, 1), Key("c", 1, 2), Key(BETWEEN, 1, 2), Key("c", 2, 1)]


def test_what_is_apart_goes_on_counting_where_it_was() -> None:
    memory = Memory()
    recorder = Recorder(memory)
    for check in ("a", "b"):
        recorder.enter(check, 1)
        with recorder.apart("session"):
            recorder.observe(SEEN)
    recorder.observe(SEEN)

    assert [key for key, _ in memory.kept] == [Key("shared::session", 1, 1), Key("shared::session", 1, 2), Key("b", 1, 1)]
