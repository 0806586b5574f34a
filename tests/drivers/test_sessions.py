import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest

from tenderproof.drivers.sessions import OpenSessions, Sessions, session_of
from tenderproof.testing.answers import Answer
from tenderproof.testing.identities import Identity
from tenderproof.testing.records import Session
from tenderproof.vocabulary import DeclarationTrouble


class LogIns:
    """Counts log-ins; each gives another token."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self) -> str:
        self.count += 1
        return f"token-{self.count}"


def test_workers_share_one_session_an_account(tmp_path: Path) -> None:
    log_in = LogIns()
    tokens = {Sessions(tmp_path).token("bidder-1", log_in) for _ in range(3)}

    assert (tokens, log_in.count) == ({"token-1"}, 1)
    assert Sessions(tmp_path).token("bidder-2", log_in) == "token-2"


def test_two_at_once_log_in_once(tmp_path: Path) -> None:
    log_in = LogIns()
    threads = [threading.Thread(target=lambda: Sessions(tmp_path).token("bidder-1", log_in)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert log_in.count == 1


def test_a_dead_session_is_renewed_once_for_all(tmp_path: Path) -> None:
    log_in, one, other = LogIns(), Sessions(tmp_path), Sessions(tmp_path)
    dead = one.token("bidder-1", log_in)
    assert other.token("bidder-1", log_in) == dead

    assert one.renewed("bidder-1", dead, log_in) == "token-2"
    assert other.renewed("bidder-1", dead, log_in) == "token-2"
    assert log_in.count == 2


def test_after_a_log_out_there_is_no_session(tmp_path: Path) -> None:
    log_in, sessions = LogIns(), Sessions(tmp_path)
    sessions.token("bidder-1", log_in)
    sessions.forget("bidder-1")

    assert sessions.token("bidder-1", log_in) == "token-2"


def test_tokens_are_for_the_owners_eyes_alone(tmp_path: Path) -> None:
    Sessions(tmp_path / "private").token("bidder-1", LogIns())

    assert (tmp_path / "private" / "sessions.json").stat().st_mode & 0o077 == 0


class Door:
    """Lets everybody in, with another token each time; counts what was done apart from the checks."""

    def __init__(self) -> None:
        self.opened, self.apart = 0, list[str]()

    def log_in(self, identity: Identity) -> Answer[Session]:
        if identity.name == "stranger":
            return Answer("log in", None, "certificate_untrusted")
        self.opened += 1
        return Answer("log in", Session.read({"token": f"token-{self.opened}"}))

    @contextmanager
    def alone(self, name: str) -> Iterator[None]:
        self.apart.append(name)
        yield


def sessions(tmp_path: Path, door: Door) -> OpenSessions:
    chance: Any = Mock(made=lambda _, produce, **__: produce())
    return OpenSessions(tmp_path, chance, door.alone, door.log_in)


DECLARED, MADE = Identity("bidder", "one", "", "", account="bidder-1"), Identity("bidder", "other", "", "a certificate")


def test_a_session_is_opened_once_and_apart_from_every_check(tmp_path: Path) -> None:
    door = Door()
    held = sessions(tmp_path, door)

    assert [held.of(DECLARED), held.of(DECLARED), held.of(MADE)] == ["token-1", "token-1", "token-2"]
    assert door.apart == [f"{what}:{key}" for key in ("bidder-1", session_of(MADE)) for what in ("token", "session")]
    assert sessions(tmp_path, door).of(DECLARED) == "token-1"
    assert sessions(tmp_path, door).of(MADE) == "token-3"


def test_a_session_that_has_ended_or_was_closed_is_opened_anew(tmp_path: Path) -> None:
    held = sessions(tmp_path, Door())
    dead = held.of(DECLARED)

    assert held.renewed(DECLARED, dead) == held.of(DECLARED) == "token-2"
    held.forget(DECLARED)
    assert held.of(DECLARED) == "token-3"


def test_who_is_not_let_in_is_named(tmp_path: Path) -> None:
    with pytest.raises(DeclarationTrouble, match=r"stranger cannot log in: .*certificate_untrusted"):
        sessions(tmp_path, Door()).of(Identity("bidder", "stranger", "", "x"))
