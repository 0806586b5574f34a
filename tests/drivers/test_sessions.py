import threading
from pathlib import Path

from tenderproof.drivers.sessions import Sessions


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
