"""The vantage point: whom it answers, what it times, and what it refuses."""

import socket
import ssl
from pathlib import Path

import httpx2
import pytest

from tenderproof.domicile.connects import Target
from tenderproof.domicile.discs import Method
from tenderproof.domicile.messages import Order
from tenderproof.domicile.vantage import Agent, Settings
from tenderproof.vocabulary import WrongInput
from tests.laboratory.vantages import certified, posted


def asking(folder: Path, name: str, auditor: tuple[Path, Path] | None) -> httpx2.Client:
    context = ssl.create_default_context(cafile=str(folder / f"{name}.pem"))
    if auditor:
        context.load_cert_chain(*auditor)
    return httpx2.Client(verify=context, timeout=10, trust_env=False)


def test_an_order_of_an_auditor_is_carried_out(tmp_path: Path) -> None:
    auditor = certified(tmp_path, "auditor")
    with posted(tmp_path, "zhengzhou", 34.75, 113.62) as post, asking(tmp_path, "zhengzhou", auditor) as client:
        order = Order("n", 3, (Target("127.0.0.1", post.port, Method.TCP),))
        answer = client.post(f"https://127.0.0.1:{post.port}/measure", content=order.octets())

    assert answer.status_code == 200


@pytest.mark.parametrize("stranger", [True, False])
def test_who_is_not_known_is_told_nothing(tmp_path: Path, stranger: bool) -> None:
    certified(tmp_path, "auditor")
    shown = certified(tmp_path, "stranger") if stranger else None
    with posted(tmp_path, "zhengzhou", 34.75, 113.62) as post, asking(tmp_path, "zhengzhou", shown) as client:
        order = Order("n", 1, (Target("127.0.0.1", post.port, Method.TCP),))
        with pytest.raises(httpx2.HTTPError):
            client.post(f"https://127.0.0.1:{post.port}/measure", content=order.octets())


def test_outside_a_laboratory_only_public_addresses_are_timed(tmp_path: Path) -> None:
    auditor = certified(tmp_path, "auditor")
    with (
        posted(tmp_path, "zhengzhou", 34.75, 113.62, laboratory=False) as post,
        asking(tmp_path, "zhengzhou", auditor) as client,
    ):
        order = Order("n", 1, (Target("127.0.0.1", post.port, Method.TCP),))
        answer = client.post(f"https://127.0.0.1:{post.port}/measure", content=order.octets())

    assert (answer.status_code, answer.text) == (422, "127.0.0.1 is not of the public network.")


@pytest.mark.parametrize(
    ("path", "content", "status"), [("/other", b"{}", 400), ("/measure", b"{}", 422), ("/measure", b"x" * 70_000, 400)]
)
def test_what_is_no_order_is_refused(tmp_path: Path, path: str, content: bytes, status: int) -> None:
    auditor = certified(tmp_path, "auditor")
    with posted(tmp_path, "zhengzhou", 34.75, 113.62) as post, asking(tmp_path, "zhengzhou", auditor) as client:
        assert client.post(f"https://127.0.0.1:{post.port}{path}", content=content).status_code == status


def test_who_says_nothing_keeps_nobody_waiting(tmp_path: Path) -> None:
    auditor = certified(tmp_path, "auditor")
    with (
        posted(tmp_path, "zhengzhou", 34.75, 113.62) as post,
        socket.create_connection(("127.0.0.1", post.port)),
        asking(tmp_path, "zhengzhou", auditor) as client,
    ):
        assert client.post(f"https://127.0.0.1:{post.port}/other", content=b"{}").status_code == 400


def test_settings_that_cannot_be_used_are_told_in_a_sentence(tmp_path: Path) -> None:
    certified(tmp_path, "auditor")
    with posted(tmp_path, "zhengzhou", 34.75, 113.62) as post:
        text = post.settings.read_text("utf-8")
    for change, told in [
        (("latitude = 34.75", "latitude = 134.75"), "there is no place at latitude 134.75"),
        (("latitude = 34.75\n", ""), "latitude must be given"),
        (("off_km = 0.0", "off_km = -1"), "off_km and clock_error_s of 0 or more"),
        (('listen = "127.0.0.1:0"', 'listen = "nowhere"'), "invalid literal"),
        (("zhengzhou.signing", "nothing.signing"), "No such file"),
        (("zhengzhou.signing", "zhengzhou.pem"), "zhengzhou.toml: "),
        (("laboratory", "labor"), "there is no such key as labor"),
        (("name =", "name ="), ""),
    ]:
        post.settings.write_text(text.replace(*change) if told else "=", "utf-8")
        with pytest.raises(WrongInput, match=told or "cannot be read as TOML"):
            Settings.read(post.settings)


def test_a_vantage_point_that_cannot_listen_says_so(tmp_path: Path) -> None:
    certified(tmp_path, "auditor")
    with posted(tmp_path, "zhengzhou", 34.75, 113.62) as post:
        settings = Settings.read(post.settings)
        (tmp_path / "zhengzhou.key").write_text("nothing", "utf-8")
        with pytest.raises(WrongInput, match="cannot listen"):
            Agent(settings)
