"""The doctor says before any probe what is wrong, and whose turn it is."""

import json
import socket
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from tenderproof import candidate, doctor
from tenderproof.vocabulary import Blame
from tests.sm_papers import holder

from .evidence.server import Answer, plain, serving

OPERATOR = "91350100M000100Y43"
HONEST = {
    "platform_code": "A4101000001",
    "kind": "trading",
    "sandbox": True,
    "version": "1.2",
    "build": "abc",
    "operator": {"uscc": OPERATOR},
}


def declared(folder: Path, url: str, more: str = "") -> candidate.Candidate:
    """A sandbox without accounts."""
    file = folder / "candidate.toml"
    file.write_text(
        f'[candidate]\nname = "x"\nkind = "trading"\nbase_url = "{url}"\noperator = {{ name = "x", uscc = "{OPERATOR}" }}\n'
        f'[sandbox]\nenabled = true\nclock = "project"\n[limits]\nconnect_s = 0.5\ntotal_s = 0.6\n{more}',
        "utf-8",
    )
    return candidate.load(file)


def platform(**changes: object) -> Answer:
    """A platform that says who it is, and the right time."""

    def answer(connection: socket.socket, request: bytes) -> None:
        said = {"now": datetime.now(UTC).isoformat()} if b"/time " in request else {**HONEST, **changes}
        plain(json.dumps(said).encode())(connection, request)

    return answer


def fatal_on(folder: Path, answer: Answer) -> doctor.Finding | None:
    """The fatal finding on a platform that answers so."""
    with serving(answer) as url:
        return doctor.visit(declared(folder, url)).fatal


def test_nothing_stands_in_the_way_of_an_honest_platform(tmp_path: Path) -> None:
    with serving(platform()) as url:
        examined = doctor.visit(declared(tmp_path, url))

    assert examined.fatal is None
    assert (examined.version, examined.build) == ("1.2", "abc")
    assert "accounts_few" in {finding.code for finding in examined.findings}


@pytest.mark.parametrize(
    ("changes", "code", "blame"),
    [({"kind": "supervision"}, "other_kind", Blame.DECLARATION), ({"sandbox": False}, "not_a_sandbox", Blame.DECLARATION)],
    ids=["kind", "production"],
)
def test_a_declaration_that_does_not_fit_forbids_any_probe(tmp_path: Path, changes: dict[str, object], code: str, blame: Blame) -> None:
    found = fatal_on(tmp_path, platform(**changes))

    assert found is not None
    assert (found.code, found.blame) == (code, blame)


HTML, BROKEN = "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\n", "HTTP/1.1 503 Service Unavailable\r\n"


@pytest.mark.parametrize(
    ("answer", "code", "blame"),
    [
        (plain(b"<!doctype html><HTML>", HTML), "answers_html", Blame.PLATFORM),
        (plain(b"\x00\x01"), "answers_garbage", Blame.PLATFORM),
        (plain(b"{}", BROKEN), "broken", Blame.PLATFORM),
        (plain(b"{}"), "not_the_contract", Blame.PLATFORM),
        (plain(b"[]"), "not_the_contract", Blame.PLATFORM),
    ],
    ids=["html", "garbage", "503", "null", "list"],
)
def test_an_answer_that_is_none_forbids_any_probe(tmp_path: Path, answer: Answer, code: str, blame: Blame) -> None:
    found = fatal_on(tmp_path, answer)

    assert found is not None
    assert (found.code, found.blame) == (code, blame)


def test_a_platform_that_is_not_there_is_the_networks_matter(tmp_path: Path) -> None:
    found = doctor.visit(declared(tmp_path, "http://127.0.0.1:1")).fatal

    assert found is not None
    assert (found.code, found.blame) == ("unreachable", Blame.NETWORK)


def test_plain_http_where_tls_was_declared_is_said(tmp_path: Path) -> None:
    with serving(plain(b"{}")) as url:
        found = doctor.visit(declared(tmp_path, url.replace("http://", "https://"))).fatal

    assert found is not None
    assert (found.code, found.blame) == ("tls_broken", Blame.NETWORK)


def test_clocks_far_apart_are_said(tmp_path: Path) -> None:
    def late(connection: socket.socket, request: bytes) -> None:
        said = {"now": (datetime.now(UTC) - timedelta(minutes=5)).isoformat()} if b"/time " in request else HONEST
        plain(json.dumps(said).encode())(connection, request)

    with serving(late) as url:
        findings = doctor.visit(declared(tmp_path, url)).findings

    assert {"clocks_apart"} == {finding.code for finding in findings if finding.values.get("seconds") == "300"}


def account(folder: Path, *, other_key: bool = False, expired: bool = False) -> str:
    """A declared account with a certificate and a key on disk."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "x")])
    until = datetime.now(UTC) + timedelta(days=-1 if expired else 1)
    certificate = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(1)
        .not_valid_before(until - timedelta(days=2)).not_valid_after(until).sign(key, hashes.SHA256())
    )  # fmt: skip
    kept = ec.generate_private_key(ec.SECP256R1()) if other_key else key
    (folder / "a.pem").write_bytes(certificate.public_bytes(Encoding.PEM))
    (folder / "a.key").write_bytes(kept.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return '[[accounts]]\nid = "a"\nrole = "bidder"\ncertificate = "a.pem"\nkey = "a.key"\n'


def test_a_key_that_does_not_fit_its_certificate_forbids_any_probe(tmp_path: Path) -> None:
    with serving(platform()) as url:
        found = doctor.visit(declared(tmp_path, url, account(tmp_path, other_key=True))).fatal

    assert found is not None
    assert (found.code, found.blame, found.values["account"]) == ("key_does_not_fit", Blame.DECLARATION, "a")


def test_a_key_that_cannot_be_read_forbids_any_probe(tmp_path: Path) -> None:
    more = account(tmp_path)
    (tmp_path / "a.key").write_text("no key", "ascii")
    with serving(platform()) as url:
        found = doctor.visit(declared(tmp_path, url, more)).fatal

    assert found is not None
    assert found.code == "key_unreadable"


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ('[driver]\nname = "nowhere.Driver"\n', "no_driver"),
        ('[driver]\nname = "json.JSONDecoder"\n', "no_driver"),
        ('[driver]\nname = "contract"\nbid_tool = ["./nowhere.sh"]\n', "no_command"),
        ('[driver]\nname = "contract"\nsigner = { kind = "command", command = ["./nowhere.sh"] }\n', "no_command"),
        ('[counterparts]\npublic_service = { url = "http://h", token = { env = "NOT_SET_ANYWHERE" } }\n', "secret_unreadable"),
        ('[[accounts]]\nid = "b"\nrole = "bidder"\npassword = { file = "nowhere" }\n', "secret_unreadable"),
    ],
)
def test_a_means_that_is_not_there_forbids_any_probe(tmp_path: Path, more: str, code: str) -> None:
    with serving(platform()) as url:
        found = doctor.visit(declared(tmp_path, url, more)).fatal

    assert found is not None
    assert (found.code, found.blame) == (code, Blame.DECLARATION)


@pytest.mark.parametrize("other_key", [True, False])
def test_a_test_authority_whose_key_is_not_its_own_forbids_any_probe(tmp_path: Path, other_key: bool) -> None:
    account(tmp_path, other_key=other_key)
    with serving(platform()) as url:
        file = declared(tmp_path, url).file
        told = 'enabled = true\nauthority = { certificate = "a.pem", key = "a.key" }'
        file.write_text(file.read_text("utf-8").replace("enabled = true", told), "utf-8")
        found = doctor.visit(candidate.load(file)).fatal

    assert (found.code if found else None) == ("authority_unusable" if other_key else None)


def test_an_expired_certificate_is_said_and_the_control_is_not(tmp_path: Path) -> None:
    with serving(platform()) as url:
        expired = doctor.visit(declared(tmp_path, url, account(tmp_path, expired=True)))
        sound = doctor.visit(declared(tmp_path, url, account(tmp_path)))

    assert "certificate_expired" in {finding.code for finding in expired.findings}
    assert "certificate_expired" not in {finding.code for finding in sound.findings}


NOTICE = {"id": "n", "type": "tender", "title": "公告", "content": {"scope": "道路"}}


def beside(folder: Path, own: dict[str, object], theirs: dict[str, object], build: str = "", *, notices: object = (NOTICE,)) -> set[str]:
    """The codes that speak of production, whose platform information and notices differ so from those of the sandbox."""

    def answer(said: dict[str, object], published: object) -> Answer:
        def answered(connection: socket.socket, request: bytes) -> None:
            if b"/public/notices " in request:
                plain(json.dumps({"items": published, "next": None}).encode())(connection, request)
            else:
                platform(**said)(connection, request)

        return answered

    with serving(answer(own, [NOTICE])) as url, serving(answer({"sandbox": False, **theirs}, notices)) as other:
        more = f'[production]\nbase_url = "{other}"\n' + (f'build = "{build}"\n' if build else "")
        return {one.code for one in doctor.visit(declared(folder, url, more)).findings if one.code.startswith("production_")}


def test_production_of_the_same_build_with_records_of_the_same_form_is_said_to_be_the_same(tmp_path: Path) -> None:
    assert beside(tmp_path, {}, {}) == {"production_same_build", "production_same_records"}
    assert beside(tmp_path, {}, {}, "abc") == {"production_same_build", "production_same_records"}


@pytest.mark.parametrize(
    ("own", "theirs", "build", "code"),
    [
        ({}, {"build": "def"}, "", "production_other_build"), ({}, {}, "def", "production_other_build"),
        ({"build": ""}, {}, "", "production_tells_no_build"), ({}, {"build": ""}, "abc", "production_tells_no_build"),
        ({}, {"sandbox": True}, "", "production_is_a_sandbox"),
    ],
)  # fmt: skip
def test_another_build_or_none_or_a_sandbox_is_a_warning(
    tmp_path: Path, own: dict[str, object], theirs: dict[str, object], build: str, code: str
) -> None:
    assert code in beside(tmp_path, own, theirs, build)


def test_members_that_are_always_in_the_ones_records_and_never_in_the_others_are_named(tmp_path: Path) -> None:
    other = {**NOTICE, "content": {"scope": "道路", "approver": "某局"}}
    optional = [other, NOTICE]

    assert "production_other_records" in beside(tmp_path, {}, {}, notices=[other])
    assert "production_same_records" in beside(tmp_path, {}, {}, notices=optional)
    assert "production_no_records" in beside(tmp_path, {}, {}, notices=[])


def test_production_that_cannot_be_read_is_a_warning_and_stops_nothing(tmp_path: Path) -> None:
    with serving(platform()) as url:
        examined = doctor.visit(declared(tmp_path, url, '[production]\nbase_url = "http://127.0.0.1:9"\n'))

    assert examined.fatal is None
    assert [one.code for one in examined.findings if one.code.startswith("production_")] == ["production_unread"]


@pytest.mark.parametrize("other_key", [False, True])
def test_an_authority_of_sm2_is_held_to_its_key_where_the_command_is_there(
    tmp_path: Path, other_key: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, other = holder("国密机构"), holder("旁人")
    (tmp_path / "sm.pem").write_bytes(root.certificate.public_bytes(Encoding.PEM))
    (tmp_path / "sm.key").write_bytes((other if other_key else root).key)
    told = '\n[sm]\nuses = ["log_in"]\nauthority = { certificate = "sm.pem", key = "sm.key" }\n'

    def fatal() -> str:
        with serving(platform()) as url:
            found = doctor.visit(declared(tmp_path, url, told)).fatal
        return found.code if found else ""

    assert fatal() == ("authority_unusable" if other_key else "")
    monkeypatch.setenv("PATH", "")
    assert fatal() == ""
