"""What follows from an observation: each finding alone, each figure from both sides, and nothing that was not seen called sound."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tenderproof.transport import judgement
from tenderproof.transport.certificate import UNREAD, Shown
from tenderproof.transport.hello import Reply, Said
from tenderproof.transport.judgement import Figures, Supports, certificate, judged, protocol, suites
from tenderproof.transport.observation import Observation
from tenderproof.transport.shaking import Shaken

NOW = datetime(2026, 12, 1, 8, tzinfo=UTC)
DAY = timedelta(days=1)
FIGURES = Figures("TLSv1.2", 2048, 256, ("anonymous", "NULL", "3DES"), ("md5", "sha1"), ("TLS_AES_128_GCM_SHA256",))
NO, YES_12 = Said(Reply.REFUSED, alert=70), Said(Reply.AGREED, 0x0303, 0xC02F, 0, renegotiates_securely=True, chain=(b"own",))
SOUND = Observation(
    "platform.example", 443, NOW,
    {
        "TLSv1.3": Said(Reply.AGREED, 0x0304, 0x1301), "TLSv1.2": YES_12, "TLSv1.1": NO, "TLSv1": NO, "SSLv3": NO,
        "anonymous": NO, "NULL": NO, "3DES": NO, "TLCP": Said(Reply.CLOSED),
    },
    "", Shaken("TLSv1.3", "TLS_AES_128_GCM_SHA256", b"own"),
)  # fmt: skip
OWN = Shown("CN=platform", "CN=root", NOW - DAY, NOW + DAY, ("platform.example",), "RSA", 2048, "sha256")


@pytest.fixture(autouse=True)
def _certificates(monkeypatch: pytest.MonkeyPatch) -> None:
    known = {b"own": OWN, b"root": replace(OWN, subject="CN=root", hash="sha1", names=None)}
    monkeypatch.setattr(judgement, "read", known.get)


def saying(**hellos: Said) -> Observation:
    """The sound one, but for what it says to some hellos."""
    return replace(SOUND, hellos={**SOUND.hellos, **{name.replace("_", "."): said for name, said in hellos.items()}})


def codes(findings: tuple[judgement.Finding, ...]) -> dict[str, Supports]:
    return {finding.code: finding.supports for finding in findings}


def test_where_nothing_is_wrong_nothing_is_found() -> None:
    assert judged(SOUND, FIGURES) == ()


@pytest.mark.parametrize("version", ["TLSv1_1", "TLSv1", "SSLv3"])
def test_an_old_protocol_that_is_agreed_to_convicts(version: str) -> None:
    number = {"TLSv1_1": 0x0302, "TLSv1": 0x0301, "SSLv3": 0x0300}[version]

    assert codes(protocol(saying(**{version: replace(YES_12, version=number)}), FIGURES)) == {"old_protocol": Supports.VIOLATED}


def test_the_oldest_version_allowed_is_the_plans() -> None:
    assert codes(protocol(SOUND, replace(FIGURES, oldest="TLSv1.3"))) == {"old_protocol": Supports.VIOLATED}


def test_an_older_version_in_answer_to_a_newer_one_is_counted_once_as_what_it_is() -> None:
    old = replace(YES_12, version=0x0301)
    seen = saying(TLSv1_3=NO, TLSv1_2=old, TLSv1=old)

    assert codes(protocol(seen, FIGURES)) == {"old_protocol": Supports.VIOLATED, "no_current_protocol": Supports.VIOLATED}


def test_a_version_that_could_not_be_tried_leaves_the_question_open() -> None:
    assert codes(protocol(saying(TLSv1=Said(Reply.SILENT)), FIGURES)) == {"version_not_tried": Supports.OPEN}
    without = {name: said for name, said in SOUND.hellos.items() if name != "TLSv1"}
    assert codes(protocol(replace(SOUND, hellos=without), FIGURES)) == {"version_not_tried": Supports.OPEN}


@pytest.mark.parametrize(
    ("head", "found"),
    [
        ("HTTP/1.1 200 OK", {"plain_http": Supports.VIOLATED}),
        ("HTTP/1.1 301 Moved", {}),
        ("HTTP/1.1 400 Bad Request", {}),
        ("HTTP/1.1", {}),
    ],
)
def test_serving_in_plain_convicts_and_refusing_or_redirecting_does_not(head: str, found: dict[str, Supports]) -> None:
    assert codes(protocol(replace(SOUND, plain=head), FIGURES)) == found


def test_where_nobody_agrees_to_anything_nothing_is_known() -> None:
    mute = replace(SOUND, hellos={"TLSv1.3": Said(Reply.SILENT), "TLSv1.2": Said(Reply.SILENT)}, shaken=Shaken(trouble="nobody answered"))

    assert set(codes(judged(mute, FIGURES)).values()) == {Supports.OPEN}
    assert {"no_handshake", "suites_not_tried", "certificate_not_seen"} <= set(codes(judged(mute, FIGURES)))


def test_tlcp_leaves_the_question_open() -> None:
    assert codes(protocol(saying(TLCP=Said(Reply.AGREED, 0x0101, 0xE053)), FIGURES)) == {"tlcp_not_tested": Supports.OPEN}


def test_a_weak_suite_convicts_and_another_suite_in_answer_does_not() -> None:
    assert codes(suites(saying(NULL=Said(Reply.AGREED, 0x0303, 0x003B)), FIGURES)) == {"weak_suite": Supports.VIOLATED}
    assert codes(suites(saying(NULL=YES_12), FIGURES)) == {}


def test_kinds_that_the_plan_does_not_refuse_are_not_judged() -> None:
    seen = saying(**{"3DES": Said(Reply.AGREED, 0x0303, 0x000A)})

    assert codes(suites(seen, FIGURES)) == {"weak_suite": Supports.VIOLATED}
    assert codes(suites(seen, replace(FIGURES, weak_suites=("NULL",)))) == {}


@pytest.mark.parametrize("reply", [Reply.SILENT, Reply.UNREACHABLE])
def test_a_kind_of_suites_that_could_not_be_tried_leaves_the_question_open(reply: Reply) -> None:
    assert codes(suites(saying(NULL=Said(reply)), FIGURES)) == {"suites_not_tried": Supports.OPEN}


def test_what_a_current_client_gets_is_on_the_plans_list_or_sound_by_itself() -> None:
    cbc = replace(YES_12, suite=0xC027)

    assert codes(suites(saying(TLSv1_3=Said(Reply.AGREED, 0x0304, 0x1304)), FIGURES)) == {"suite_not_allowed": Supports.OPEN}
    assert codes(suites(saying(TLSv1_3=NO), FIGURES)) == {}
    assert codes(suites(saying(TLSv1_3=NO, TLSv1_2=cbc), FIGURES)) == {"suite_not_allowed": Supports.OPEN}


def test_a_renegotiation_that_nobody_confirms_leaves_the_question_open() -> None:
    seen = saying(TLSv1_2=replace(YES_12, renegotiates_securely=False))

    assert codes(suites(seen, FIGURES)) == {"renegotiation_not_secured": Supports.OPEN}


@pytest.mark.parametrize(
    ("own", "found"),
    [
        (replace(OWN, not_after=NOW - timedelta(seconds=1)), {"expired"}),
        (replace(OWN, not_after=NOW), set()),
        (replace(OWN, not_before=NOW + timedelta(seconds=1)), {"not_yet_valid"}),
        (replace(OWN, not_before=NOW), set()),
        (replace(OWN, names=None), {"no_subject_alternative_name"}),
        (replace(OWN, names=("other.example",)), {"wrong_host"}),
        (replace(OWN, bits=2047), {"weak_key"}),
        (replace(OWN, key="EC", bits=255), {"weak_key"}),
        (replace(OWN, key="EC", bits=256), set()),
        (replace(OWN, key="DSA", bits=1024), {"weak_key"}),
        (replace(OWN, hash="sha1"), {"weak_signature"}),
        (replace(OWN, hash="sha1", issuer="CN=platform"), {"weak_signature"}),
        (replace(OWN, hash=""), set()),
    ],
)
def test_a_certificate_is_held_against_the_day_the_host_and_the_figures(
    monkeypatch: pytest.MonkeyPatch, own: Shown, found: set[str]
) -> None:
    monkeypatch.setattr(judgement, "read", lambda _: own)

    assert codes(certificate(SOUND, FIGURES)) == dict.fromkeys(found, Supports.VIOLATED)


def test_a_key_of_a_kind_that_is_not_read_leaves_the_question_open(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judgement, "read", lambda _: replace(OWN, key=UNREAD, bits=0, hash=UNREAD))

    assert codes(certificate(SOUND, FIGURES)) == {"key_not_read": Supports.OPEN}


def test_a_roots_own_signature_is_relied_upon_by_nobody() -> None:
    root = Shown("CN=root", "CN=root", NOW - DAY, NOW + DAY, None, "RSA", 4096, "sha1")
    assert root.issued_itself
    seen = saying(TLSv1_2=replace(YES_12, chain=(b"own", b"root")))

    assert codes(certificate(seen, FIGURES)) == {}


@pytest.mark.parametrize(
    ("shaken", "found"),
    [
        (Shaken(unbelieved=18, words="self-signed certificate"), {"self_signed": Supports.VIOLATED}),
        (Shaken(unbelieved=19, words="self-signed certificate in certificate chain"), {"issuer_not_believed": Supports.OPEN}),
        (Shaken(unbelieved=20, words="unable to get local issuer certificate"), {"issuer_not_believed": Supports.OPEN}),
        (Shaken(unbelieved=10, words="certificate has expired"), {}),
        (Shaken(trouble="handshake failure"), {"not_shaken": Supports.OPEN}),
    ],
)
def test_whom_we_do_not_believe_is_convicted_only_if_it_is_nobodys_word(shaken: Shaken, found: dict[str, Supports]) -> None:
    assert codes(certificate(replace(SOUND, shaken=shaken), FIGURES)) == found


def test_a_certificate_that_cannot_be_read_leaves_the_question_open() -> None:
    assert codes(certificate(saying(TLSv1_2=replace(YES_12, chain=(b"garbage",))), FIGURES)) == {"certificate_not_seen": Supports.OPEN}


def test_a_finding_says_what_was_seen() -> None:
    found = suites(saying(NULL=Said(Reply.AGREED, 0x0303, 0x003B)), FIGURES)

    assert [str(one) for one in found] == ["weak_suite: TLS_RSA_WITH_NULL_SHA256 (NULL) is agreed to"]
