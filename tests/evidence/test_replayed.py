"""A replay follows the record step by step, gives what it holds, and never guesses."""

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace

import pytest

from tenderproof.evidence.chance import SESSION, RecordedChance
from tenderproof.evidence.observation import HttpObservation, InputObservation, Key, Observation
from tenderproof.evidence.recorder import BETWEEN, Recorder
from tenderproof.evidence.replayed import Following, ReplayedChance, ReplayedWire
from tenderproof.evidence.sink import NoSink
from tenderproof.evidence.wire import Request
from tenderproof.vocabulary import Blame, DeclarationTrouble, Missing, NetworkTrouble, NotReplayable, Trouble

URL = "http://127.0.0.1:8000/x"
ANSWERED = HttpObservation("GET", URL, (("authorization", "Bearer a"), ("x", "1")), b"", 200, (("h", "v"),), b"{}", 0.5, "p")
CUT = replace(ANSWERED, status=None, response_headers=(), response_body=b"", trouble="ReadError: cut")


class Memory:
    """A record made by hand, or by a live chance."""

    def __init__(self, *observed: Observation) -> None:
        self.kept = {(BETWEEN, number): one for number, one in enumerate(observed, 1)}

    def observation(self, check: str, ordinal: int) -> Observation:
        if (check, ordinal) not in self.kept:
            raise NotReplayable("nothing there")
        return self.kept[check, ordinal]

    def observe(self, key: Key, observation: Observation) -> None:
        self.kept[key.check, key.ordinal] = observation

    def close(self) -> None:
        """Nothing to close."""


def instruments(record: Memory) -> tuple[ReplayedWire, ReplayedChance, Following]:
    """What follows a record."""
    recorder = Recorder(NoSink())
    following = Following(record, recorder)
    return ReplayedWire(recorder, following), ReplayedChance("s", recorder, following), following


def test_the_answer_is_the_recorded_one_whatever_session_asks() -> None:
    wire, _, following = instruments(Memory(ANSWERED))
    answer = wire.send(Request("GET", URL, {"x": "1", "authorization": "Bearer other"}))

    assert (answer.status, answer.headers, answer.body, answer.elapsed, answer.peer) == (200, (("h", "v"),), b"{}", 0.5, "p")
    assert following.lost == ""


@pytest.mark.parametrize(
    ("request_", "said"),
    [
        (Request("POST", URL, {"x": "1"}), "another request is asked for than was recorded"),
        (Request("GET", f"{URL}/y", {"x": "1"}), "another request is asked for than was recorded"),
        (Request("GET", URL, {"x": "2"}), "with other headers"),
        (Request("GET", URL), "with other headers"),
        (Request("GET", URL, {"x": "1"}, b"body"), "with another body"),
    ],
    ids=["method", "address", "header", "no header", "body"],
)  # fmt: skip
def test_another_request_is_not_answered(request_: Request, said: str) -> None:
    wire, _, following = instruments(Memory(ANSWERED))

    with pytest.raises(NotReplayable, match=said):
        wire.send(request_)
    assert following.lost


def test_silence_is_told_in_the_words_of_the_live_wire() -> None:
    wire, _, following = instruments(Memory(replace(CUT, trouble="ConnectError: refused")))

    with pytest.raises(NetworkTrouble, match=f"^No whole answer to GET {URL}: refused$"):
        wire.send(Request("GET", URL, {"x": "1"}))
    assert following.lost == ""


def test_a_reading_that_was_cut_off_was_tried_once_more() -> None:
    wire, _, _ = instruments(Memory(CUT, ANSWERED))
    assert wire.send(Request("GET", URL, {"x": "1"})).status == 200

    wire, _, _ = instruments(Memory(CUT, CUT))
    with pytest.raises(NetworkTrouble):
        wire.send(Request("GET", URL, {"x": "1"}))


@pytest.mark.parametrize(
    "withheld",
    [
        replace(ANSWERED, response_body=b'{"phone":"redacted:sha256:00"}'),
        replace(ANSWERED, response_headers=(("set-cookie", "redacted:sha256:00"),)),
    ],
)
def test_an_answer_that_is_withheld_in_part_is_not_judged(withheld: HttpObservation) -> None:
    wire, _, following = instruments(Memory(withheld))

    with pytest.raises(NotReplayable, match="withheld in part"):
        wire.send(Request("GET", URL, {"x": "1"}))
    assert "withheld" in following.lost


def test_where_the_record_ends_the_replay_ends() -> None:
    wire, chance, following = instruments(Memory())

    with pytest.raises(NotReplayable):
        wire.send(Request("GET", URL))
    with pytest.raises(NotReplayable):
        chance.now()
    assert following.lost


def test_an_input_where_an_exchange_is_asked_for_is_no_answer() -> None:
    wire, chance, _ = instruments(Memory(InputObservation("key", b"k"), ANSWERED))
    with pytest.raises(NotReplayable, match="the record has an input"):
        wire.send(Request("GET", URL, {"x": "1"}))
    with pytest.raises(NotReplayable, match="made with chance"):
        chance.made("key", lambda: b"")


def live(*steps: Callable[[RecordedChance], object]) -> Memory:
    """What a live chance records of these steps; a trouble is one too."""
    memory = Memory()
    chance = RecordedChance("s", Recorder(memory))
    for step in steps:
        try:
            step(chance)
        except (Trouble, Missing):
            continue
    return memory


def test_what_was_made_is_taken_from_the_record_and_nothing_is_made() -> None:
    record = live(lambda chance: chance.made("key", lambda: b"k", secret=True), lambda chance: chance.now())
    _, chance, _ = instruments(record)
    now = record.kept[BETWEEN, 2]

    assert chance.made("key", lambda: b"other", secret=True) == b"k"
    assert isinstance(now, InputObservation)
    assert chance.now().isoformat().encode() == now.content


@pytest.mark.parametrize("trouble", [DeclarationTrouble("no key"), NetworkTrouble("gone"), Missing("no account", Blame.NETWORK)])
def test_a_trouble_that_kept_something_from_being_made_comes_again(trouble: Trouble | Missing) -> None:
    def failing() -> bytes:
        raise trouble

    _, chance, following = instruments(live(lambda chance: chance.made("signature", failing)))

    with pytest.raises(type(trouble), match=str(trouble)) as caught:
        chance.made("signature", lambda: b"")
    assert getattr(caught.value, "blame", None) == trouble.blame
    assert following.lost == ""


def test_a_withheld_session_is_stood_in_for_and_nothing_else_is() -> None:
    session, key = (InputObservation(name, b"redacted:sha256:00") for name in (SESSION, "key"))
    _, chance, following = instruments(Memory(session, key))

    assert chance.made(SESSION, lambda: b"", secret=True)
    assert following.lost == ""
    with pytest.raises(NotReplayable, match="is withheld"):
        chance.made("key", lambda: b"", secret=True)


def test_what_only_needs_to_differ_is_drawn_as_it_was() -> None:
    _, chance, _ = instruments(Memory())

    assert chance.integer(0, 10**9) == RecordedChance("s", Recorder(NoSink())).integer(0, 10**9)


@pytest.mark.parametrize(
    "attempt",
    [
        "import socket; socket.create_connection(('127.0.0.1', 1))",
        "import socket; socket.getaddrinfo('localhost', 80)",
        "import subprocess; subprocess.run(['true'])",
        "import os; os.system('true')",
        "import subprocess; subprocess.run(['openssl', 's_client', '-connect', '127.0.0.1:1'])",
    ],
)
def test_a_replay_reaches_nothing_outside_itself(attempt: str) -> None:
    forbidden = "from unittest.mock import Mock; from tenderproof.evidence.replayed import *; forbid_the_outside(Following(Mock(), Mock()))"
    source = f"{forbidden}; {attempt}"
    said = subprocess.run([sys.executable, "-c", source], capture_output=True, text=True, check=False)

    assert "NotReplayable: A replay reaches nothing outside itself" in said.stderr


def test_a_replay_may_let_openssl_reckon() -> None:
    forbidden = "from unittest.mock import Mock; from tenderproof.evidence.replayed import *; forbid_the_outside(Following(Mock(), Mock()))"
    source = f"{forbidden}; from tenderproof.sm import sm2; print(len(sm2.point_of_key(sm2.new_key())))"
    said = subprocess.run([sys.executable, "-c", source], capture_output=True, text=True, check=False)

    assert said.stdout.strip() == "65", said.stderr
