"""The second instrument: found or not, read with care, and heard only where it says that something was accepted."""

import json
import os
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest

from tenderproof.transport.asking import Place
from tenderproof.transport.judgement import Figures, Supports
from tenderproof.transport.second import NAMED_BY, Second, judged, look, understood
from tenderproof.vocabulary import Blame, Missing
from tests.laboratory.channels import HOST, Wanted, certified, openssl_server

FIGURES = Figures("TLSv1.2", 2048, 256, ("anonymous", "NULL", "DES"), (), ())
HERE = Place(HOST, 1, 2)


def saying(**accepted: list[str] | None) -> bytes:
    """Its JSON, with what it has accepted by scan; None for one that came to nothing."""
    names = ("ssl_2_0", "ssl_3_0", "tls_1_0", "tls_1_1", "tls_1_2", "tls_1_3")
    scans = {f"{name}_cipher_suites": scan(accepted.get(name, [])) for name in names}
    return json.dumps({"sslyze_version": "6.3.1", "server_scan_results": [{"scan_result": scans}]}).encode()


def scan(suites: list[str] | None) -> dict[str, Any]:
    if suites is None:
        return {"status": "ERROR", "result": None}
    return {"status": "COMPLETED", "result": {"accepted_cipher_suites": [{"cipher_suite": {"name": name}} for name in suites]}}


def test_what_it_accepted_and_what_it_could_not_test_is_read() -> None:
    seen = understood(saying(tls_1_2=["TLS_A", "TLS_B"], ssl_2_0=None))

    assert (seen.version, seen.accepted["TLSv1.2"], seen.accepted["TLSv1"], seen.untested) == ("6.3.1", ("TLS_A", "TLS_B"), (), ("SSLv2",))
    assert Second.read(seen.octets()) == seen


@pytest.mark.parametrize(
    ("said", "codes"),
    [
        (saying(tls_1_3=["TLS_AES_128_GCM_SHA256"]), {}),
        (saying(tls_1_0=["TLS_RSA_WITH_AES_128_CBC_SHA"], tls_1_2=["TLS_X"]), {"old_protocol": Supports.VIOLATED}),
        (saying(ssl_2_0=["SSL_CK_RC4_128_WITH_MD5"], tls_1_2=["TLS_X"]), {"old_protocol": Supports.VIOLATED}),
        (saying(tls_1_2=["TLS_ECDH_anon_WITH_AES_128_CBC_SHA"]), {"weak_suite": Supports.VIOLATED}),
        (saying(tls_1_2=["TLS_RSA_WITH_NULL_SHA256"]), {"weak_suite": Supports.VIOLATED}),
        (saying(tls_1_2=["TLS_RSA_WITH_DES_CBC_SHA"]), {"weak_suite": Supports.VIOLATED}),
        (saying(tls_1_2=["TLS_RSA_WITH_3DES_EDE_CBC_SHA"]), {}),
        (saying(tls_1_2=["TLS_X"], tls_1_1=None), {"version_not_tried": Supports.OPEN}),
        (saying(), {"no_handshake": Supports.OPEN}),
    ],
)
def test_only_what_was_accepted_convicts(said: bytes, codes: dict[str, Supports]) -> None:
    assert {one.code: one.supports for one in judged(understood(said), FIGURES)} == codes


@pytest.mark.parametrize("said", [b"", b"{}", b"[]", b'{"server_scan_results": []}', b'{"server_scan_results": [{"scan_result": 1}]}'])
def test_what_cannot_be_read_is_missing(said: bytes) -> None:
    with pytest.raises(Missing, match="nothing that can be read") as missing:
        understood(said)
    assert missing.value.blame is Blame.TOOL


def test_where_there_is_none_it_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv(NAMED_BY, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(Missing, match=NAMED_BY):
        look(HERE)


def test_the_program_that_is_named_is_asked_about_the_place_as_a_process_of_its_own(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    program = tmp_path / "sslyze"
    told = saying(tls_1_3=["TLS_AES_128_GCM_SHA256"]).decode()
    noting = f"open({str(tmp_path / 'asked')!r}, 'w').write(sys.argv[-1])"
    program.write_text(f"#!{sys.executable}\nimport sys\n{noting}\nprint({told!r})\nsys.exit(1)\n")
    program.chmod(0o700)
    monkeypatch.setenv(NAMED_BY, str(program))

    assert look(Place("2001:db8::1", 8443, 2)).accepted["TLSv1.3"] == ("TLS_AES_128_GCM_SHA256",)
    assert (tmp_path / "asked").read_text() == "[2001:db8::1]:8443"


def test_a_program_that_cannot_be_started_is_missing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(NAMED_BY, str(tmp_path / "none"))

    with pytest.raises(Missing, match="did not come to its end"):
        look(HERE)


def test_the_real_one_sees_what_openssl_offers(tmp_path: Path) -> None:
    if not (os.environ.get(NAMED_BY) or shutil.which("sslyze")):
        pytest.skip(f"sslyze is not installed ({NAMED_BY})")
    with openssl_server(certified(tmp_path, Wanted()), "-tls1_1", "-cipher", "ALL:eNULL:@SECLEVEL=0") as port:
        seen = look(Place(HOST, port, 2))

    assert [version for version, suites in seen.accepted.items() if suites] == ["TLSv1.1"]
    assert {one.code for one in judged(seen, FIGURES)} >= {"old_protocol", "weak_suite"}
