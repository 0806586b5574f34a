"""Evidence is on disk as it happens: a redacted view in WARC for all, the original for the auditor alone."""

import base64
import gzip
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from joserfc.jwk import ECKey, RSAKey
from warcio.archiveiterator import ArchiveIterator

from tenderproof import discretion
from tenderproof.evidence import auditor
from tenderproof.evidence.observation import ArtefactObservation, HttpObservation, InputObservation, Key
from tenderproof.evidence.sink import FileSink

KEY = Key("function/bidding::test_x", 1, 1)
LOGIN = HttpObservation(
    "POST", "http://127.0.0.1:8000/api/v1/sessions", (("authorization", "Bearer s3cret"), ("content-type", "application/json")),
    b'{"login":"a","password":"pa55"}', 201, (("content-type", "application/json"), ("set-cookie", "sid=s3cret")),
    '{"token":"t0ken","account":{"name":"某公司","contact":{"phone":"13800000000"}}}'.encode(), 0.012, "127.0.0.1:8000",
)  # fmt: skip


@pytest.fixture(autouse=True)
def clean() -> Iterator[None]:
    """No secret is known before, and none afterwards."""
    discretion.forget()
    yield
    discretion.forget()


def recorded(
    folder: Path, *observations: HttpObservation | InputObservation | ArtefactObservation
) -> tuple[auditor.AuditorKey, list[tuple[Key, str, str]]]:
    """The auditor's key, and what the listener heard, after recording these."""
    key = auditor.make_key(folder / "auditor.pem")
    heard: list[tuple[Key, str, str]] = []
    sink = FileSink(folder, "main-1", key, lambda *said: heard.append(said))
    for number, observation in enumerate(observations, 1):
        sink.observe(Key(KEY.check, 1, number), observation)
    sink.close()
    return key, heard


def published(folder: Path) -> list[tuple[str, dict[str, str], bytes]]:
    """The records of the archive: type, headers, body."""
    with (folder / "main-1.warc.gz").open("rb") as file:
        return [(r.rec_type, dict(r.rec_headers.headers), r.content_stream().read()) for r in ArchiveIterator(file)]


@pytest.mark.parametrize("secret", ["s3cret", "pa55", "t0ken", "13800000000"])
def test_no_secret_and_no_personal_datum_is_published(tmp_path: Path, secret: str) -> None:
    recorded(tmp_path, LOGIN)

    assert all(secret.encode() not in path.read_bytes() for path in tmp_path.iterdir() if path.suffix != ".gz")
    with (tmp_path / "main-1.warc.gz").open("rb") as file:
        for record in ArchiveIterator(file):
            text = record.content_stream().read().decode() + str(record.http_headers)
            assert secret not in text
            assert "某公司" in text or record.rec_type == "request"


PARTS_OF_AN_EXCHANGE = {
    "url": lambda secret: replace(LOGIN, url=f"http://127.0.0.1:8000/x?key={secret}"),
    "request_headers": lambda secret: replace(LOGIN, request_headers=(("x-note", f"of {secret}"),)),
    "request_body": lambda secret: replace(LOGIN, request_body=f"<p>{secret}</p>".encode()),
    "response_headers": lambda secret: replace(LOGIN, response_headers=(("location", f"/{secret}/"),)),
    "response_body": lambda secret: replace(LOGIN, response_body=f'{{"note": "{secret}"}}'.encode()),
}  # fmt: skip


@pytest.mark.parametrize("part", PARTS_OF_AN_EXCHANGE)
def test_a_secret_of_ours_gives_way_in_whatever_part_of_an_exchange_it_is_given_back(tmp_path: Path, part: str) -> None:
    secret = discretion.keep("a-secret-of-ours-5f1c")
    recorded(tmp_path, PARTS_OF_AN_EXCHANGE[part](secret))

    assert all(secret.encode() not in gzip.decompress(path.read_bytes()) for path in tmp_path.glob("*.gz"))


def test_a_session_learned_from_an_answer_gives_way_in_the_rest_of_that_answer(tmp_path: Path) -> None:
    token = "5f1c0a9b7d3e2846-5f1c0a9b7d3e2846"
    body = f'{{"token":"{token}","again":"/sessions/{token}/"}}'.encode()
    recorded(tmp_path, replace(LOGIN, response_body=body, response_headers=(("location", f"/sessions/{token}/"),)))

    assert token.encode() not in gzip.decompress((tmp_path / "main-1.warc.gz").read_bytes())


def test_the_auditor_reads_the_original_and_the_salts(tmp_path: Path) -> None:
    key, _ = recorded(tmp_path, LOGIN)

    (original,) = auditor.read(tmp_path / "main-1.sealed", key)

    assert base64.b64decode(original["original"]["request_body"]) == LOGIN.request_body
    assert base64.b64decode(original["original"]["response_body"]) == LOGIN.response_body
    assert len(original["salts"]) == 5


def test_nobody_else_reads_the_originals(tmp_path: Path) -> None:
    recorded(tmp_path, LOGIN)

    with pytest.raises(auditor.AuditorKeyError, match="not sealed to this auditor"):
        list(auditor.read(tmp_path / "main-1.sealed", ECKey.generate_key("P-256")))


def test_a_half_written_original_is_left_out(tmp_path: Path) -> None:
    key, _ = recorded(tmp_path, LOGIN, LOGIN)
    path = tmp_path / "main-1.sealed"
    path.write_bytes(path.read_bytes()[:-5])

    assert len(list(auditor.read(path, key))) == 1


def test_a_changed_original_is_not_read(tmp_path: Path) -> None:
    key, _ = recorded(tmp_path, LOGIN)
    path = tmp_path / "main-1.sealed"
    octets = bytearray(path.read_bytes())
    octets[-30] ^= 1
    path.write_bytes(bytes(octets))

    assert list(auditor.read(path, key)) == []


def test_each_record_says_which_check_it_belongs_to(tmp_path: Path) -> None:
    _, heard = recorded(tmp_path, LOGIN, InputObservation("envelope", b"made"), ArtefactObservation("page.png", "image/png", b"png"))

    kinds = [(kind, headers["Tenderproof-Check"], headers["Tenderproof-Ordinal"]) for kind, headers, _ in published(tmp_path)]
    assert kinds == [
        ("request", KEY.check, "1"),
        ("response", KEY.check, "1"),
        ("resource", KEY.check, "2"),
        ("resource", KEY.check, "3"),
    ]
    assert [(key.ordinal, kind) for key, kind, _ in heard] == [(1, "http"), (2, "input"), (3, "artefact")]


def test_a_secret_input_is_published_as_a_hash_only(tmp_path: Path) -> None:
    recorded(tmp_path, InputObservation("key", b"PRIVATE", secret=True), InputObservation("envelope", b"OPEN"))

    bodies = [body for _, _, body in published(tmp_path)]
    assert bodies[0].startswith(b"redacted:sha256:")
    assert bodies[1] == b"OPEN"


def test_an_exchange_without_an_answer_keeps_its_trouble(tmp_path: Path) -> None:
    recorded(
        tmp_path,
        HttpObservation("GET", "http://127.0.0.1:1/", (), b"", None, (), b"", 0.5, "", "ConnectError: refused\nreally"),
    )

    ((kind, headers, _),) = published(tmp_path)
    assert (kind, headers["Tenderproof-Trouble"]) == ("request", "ConnectError: refused really")


def test_headers_of_a_candidate_cannot_break_out_of_their_line(tmp_path: Path) -> None:
    evil = HttpObservation("GET", "http://127.0.0.1/", (), b"", 200, (("x", "a\r\nTenderproof-Check: other"),), b"", 0.0, "")
    recorded(tmp_path, evil)

    with (tmp_path / "main-1.warc.gz").open("rb") as file:
        names = [name for record in ArchiveIterator(file) for name, _ in record.http_headers.headers]
    assert "Tenderproof-Check" not in names


def test_an_auditor_may_have_an_rsa_key(tmp_path: Path) -> None:
    key = RSAKey.generate_key(2048)
    (tmp_path / "rsa.pem").write_bytes(key.as_pem(private=True))
    loaded = auditor.load_key(tmp_path / "rsa.pem")
    sink = FileSink(tmp_path, "main-1", loaded, lambda *_: None)
    sink.observe(KEY, InputObservation("x", b"y"))
    sink.close()

    assert json.loads(json.dumps(next(auditor.read(tmp_path / "main-1.sealed", loaded))))["original"]["name"] == "x"


@pytest.mark.parametrize("content", [None, b"no key"])
def test_a_key_that_cannot_be_used_is_named(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "auditor.pem"
    if content:
        path.write_bytes(content)

    with pytest.raises(auditor.AuditorKeyError, match=r"auditor\.pem"):
        auditor.load_key(path)
