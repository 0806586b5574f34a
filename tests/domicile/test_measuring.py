"""The auditor's side: what is believed of many vantage points, and that one that is not keeps nobody from going on."""

import secrets
import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

import pytest

from tenderproof.domicile import measuring
from tenderproof.domicile.connects import Target
from tenderproof.domicile.discs import Method, Proof, proved
from tenderproof.domicile.earth import load_territory
from tenderproof.domicile.measuring import load_vantages, measured
from tenderproof.domicile.messages import Order
from tenderproof.vocabulary import WrongInput
from tests.laboratory.vantages import Post, certified, listed, posted

LATE = timedelta(seconds=30)
ZHENGZHOU, NEAR, SINGAPORE = ("zhengzhou", 34.75, 113.62), ("kaifeng", 34.80, 114.31), ("singapore", 1.35, 103.82)


def nonce() -> str:
    return secrets.token_hex(16)


@pytest.fixture
def server() -> Iterator[Target]:
    with socket.create_server(("127.0.0.1", 0), backlog=128) as listening:
        yield Target("127.0.0.1", listening.getsockname()[1], Method.TCP)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    certified(tmp_path, "auditor")
    return tmp_path


def all_posted(stack: ExitStack, folder: Path, *stands: tuple[str, float, float]) -> list[Post]:
    return [stack.enter_context(posted(folder, *stand)) for stand in stands]


def test_two_vantage_points_prove_where_a_server_of_the_loopback_stands_if_they_stand_where_they_say(folder: Path, server: Target) -> None:
    with ExitStack() as stack:
        posts = all_posted(stack, folder, ZHENGZHOU)
        found = measured(load_vantages(listed(folder, *(post.entry for post in posts))), lambda _: [server], 5, nonce, LATE)

    assert found.rejected == ()
    assert [(timing.vantage, timing.address, timing.samples) for timing in found.timings] == [("zhengzhou", "127.0.0.1", 5)]
    assert proved(found.timings, load_territory(Path(__file__).parents[2] / "specs")) is Proof.INSIDE


def test_a_vantage_point_that_stands_elsewhere_is_found_out_by_the_others(folder: Path, server: Target) -> None:
    """All stand on the loopback: who says that it is in Singapore answers its neighbours faster than light."""
    xuchang = ("xuchang", 34.03, 113.85)
    with ExitStack() as stack:
        posts = all_posted(stack, folder, ZHENGZHOU, NEAR, xuchang, SINGAPORE)
        found = measured(load_vantages(listed(folder, *(post.entry for post in posts))), lambda _: [server], 10, nonce, LATE)

    named = {one.vantage: one.code for one in found.rejected}
    assert named.get("singapore") == "misplaced"
    assert {timing.vantage for timing in found.timings} == {"zhengzhou", "kaifeng", "xuchang"} - named.keys()


def test_of_two_that_contradict_each_other_neither_is_believed(folder: Path, server: Target) -> None:
    with ExitStack() as stack:
        posts = all_posted(stack, folder, ZHENGZHOU, SINGAPORE)
        found = measured(load_vantages(listed(folder, *(post.entry for post in posts))), lambda _: [server], 5, nonce, LATE)

    assert {one.vantage for one in found.rejected} == {"zhengzhou", "singapore"}
    assert found.timings == ()


def test_one_that_cannot_be_reached_keeps_nobody_from_going_on(folder: Path, server: Target) -> None:
    with ExitStack() as stack:
        with posted(folder, *NEAR) as gone:
            pass
        posts = all_posted(stack, folder, ZHENGZHOU)
        found = measured(load_vantages(listed(folder, posts[0].entry, gone.entry)), lambda _: [server], 3, nonce, LATE)

    assert [(one.vantage, one.code) for one in found.rejected] == [("kaifeng", "unreachable")]
    assert [timing.vantage for timing in found.timings] == ["zhengzhou"]


def rejected(folder: Path, server: Target, entry: str, late: timedelta = LATE) -> list[str]:
    return [one.code for one in measured(load_vantages(listed(folder, entry)), lambda _: [server], 3, nonce, late).rejected]


def test_a_report_from_elsewhere_than_our_list_says_is_not_believed(folder: Path, server: Target) -> None:
    with posted(folder, *ZHENGZHOU) as post:
        assert rejected(folder, server, post.entry.replace("latitude = 34.75", "latitude = 34.76")) == ["stands_elsewhere"]


def test_a_skewed_clock_is_not_believed(folder: Path, server: Target) -> None:
    with posted(folder, *ZHENGZHOU) as post:
        assert rejected(folder, server, post.entry, timedelta(0)) == ["skewed_clock"]


def test_a_report_of_another_key_is_not_believed(folder: Path, server: Target) -> None:
    with posted(folder, *NEAR), posted(folder, *ZHENGZHOU) as post:
        assert rejected(folder, server, post.entry.replace("zhengzhou.public", "kaifeng.public")) == ["bad_signature"]


def test_another_certificate_is_not_spoken_to(folder: Path, server: Target) -> None:
    certified(folder, "other")
    with posted(folder, *ZHENGZHOU) as post:
        assert rejected(folder, server, post.entry.replace("zhengzhou.pem", "other.pem")) == ["unreachable"]


def test_a_report_that_is_shown_again_is_not_believed(folder: Path, server: Target, monkeypatch: pytest.MonkeyPatch) -> None:
    with posted(folder, *ZHENGZHOU) as post:
        vantages = load_vantages(listed(folder, post.entry))
        first = measuring._asked(vantages, vantages.points[0], Order(nonce(), 3, (server,)))
        monkeypatch.setattr(measuring, "_asked", lambda *_: first)

        assert [one.code for one in measured(vantages, lambda _: [server], 3, nonce, LATE).rejected] == ["other_order"]


def test_what_an_agent_refuses_is_told(folder: Path, server: Target) -> None:
    with posted(folder, *ZHENGZHOU, laboratory=False) as post:
        [told] = measured(load_vantages(listed(folder, post.entry)), lambda _: [server], 3, nonce, LATE).rejected

    assert (told.code, told.values) == ("refused", {"what": "127.0.0.1 is not of the public network."})


def test_our_list_decides_how_wide_a_disc_is(folder: Path, server: Target) -> None:
    with posted(folder, *ZHENGZHOU) as post:
        entry = post.entry.replace("off_km = 0.0", "off_km = 30.0")
        [timing] = measured(load_vantages(listed(folder, entry)), lambda _: [server], 3, nonce, LATE).timings

    assert timing.off_km == 30


def test_a_challenge_tells_the_digest_of_its_answer(folder: Path) -> None:
    with posted(folder, *ZHENGZHOU) as post, socket.create_server(("127.0.0.1", 0)) as listening:
        target = Target("127.0.0.1", listening.getsockname()[1], Method.CHALLENGE, path="/fresh")
        listening.settimeout(10)

        def answer() -> None:
            connection, _ = listening.accept()
            with connection:
                connection.recv(4096)
                connection.sendall(b"HTTP/1.1 200 OK\r\n\r\nfresh")

        thread = threading.Thread(target=answer)
        thread.start()
        found = measured(load_vantages(listed(folder, post.entry)), lambda _: [target], 1, nonce, LATE)
        thread.join()

    assert list(found.answers) == [("zhengzhou", "/fresh")]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("latitude = 34.75\n", ""), "latitude must be given, and nothing else"),
        (("longitude = 113.62", "longitude = 213.62"), "there is no place at latitude"),
        (("zhengzhou.public", "nothing.public"), "No such file"),
        (("[[vantages]]", "[vantages]"), "it must be TOML with"),
        (("[[vantages]]", "[[others]]"), "it must be TOML with"),
    ],
)
def test_a_list_that_cannot_be_used_is_told_in_a_sentence(folder: Path, change: tuple[str, str], told: str) -> None:
    with posted(folder, *ZHENGZHOU) as post:
        entry = post.entry

    with pytest.raises(WrongInput, match=told):
        load_vantages(listed(folder, entry.replace(*change)))


def test_two_of_one_name_are_refused(folder: Path) -> None:
    with posted(folder, *ZHENGZHOU) as post:
        entry = post.entry

    with pytest.raises(WrongInput, match="two vantage points are called zhengzhou"):
        load_vantages(listed(folder, entry, entry))
