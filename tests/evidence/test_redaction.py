"""Leaf by leaf: what is secret or personal gives way to a salted hash, everything else stays."""

import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenderproof.evidence.redaction import PERSONAL_KEYS, SEALED_KEYS, SECRET_KEYS, Redactor


def test_a_shown_value_and_its_salt_prove_the_published_hash() -> None:
    redactor = Redactor()
    published = json.loads(redactor.body(b'{"token": "t0ken", "state": "sealed"}'))

    digest = published["token"].removeprefix("redacted:sha256:")
    assert hashlib.sha256(bytes.fromhex(redactor.salts[digest]) + b"t0ken").hexdigest() == digest
    assert published["state"] == "sealed"


def test_equal_values_cannot_be_told_to_be_equal() -> None:
    redactor = Redactor()

    assert redactor.leaf("13800000000") != redactor.leaf("13800000000")


def test_a_body_that_is_no_json_stays() -> None:
    assert Redactor().body(b'<html>"token"</html>') == b'<html>"token"</html>'


@pytest.mark.parametrize(
    "name", ["Authorization", "cookie", "Set-Cookie", "Proxy-Authorization", "X-API-Key", "token", "X-Auth-Token", "x-csrf-token"]
)
def test_what_opens_doors_is_known_by_the_name_of_its_header(name: str) -> None:
    ((shown, value),) = Redactor().headers(((name, "s3cret"),))

    assert shown == name
    assert value.startswith("redacted:sha256:")


@pytest.mark.parametrize("name", ["Idempotency-Key", "WWW-Authenticate", "content-type", "cookie-policy", "x-request-id"])
def test_other_headers_are_published(name: str) -> None:
    assert Redactor().headers(((name, "plain"),)) == [(name, "plain")]


@pytest.mark.parametrize(
    ("body", "secret"),
    [
        (b"user=zhang&password=p%26ss%3D&next=/", b"p%26ss"),
        (b"Password=abc==", b"abc"),
        ("<soap:Body><t:password type='x'>令牌pass</t:password><name>张</name></soap:Body>".encode(), b"pass<"),
        (b"<Phone>13800000000</Phone>", b"13800000000"),
        (b'{"Token": "t0ken"}', b"t0ken"),
    ],
)
def test_a_secret_in_a_form_or_in_xml_gives_way_too(body: bytes, secret: bytes) -> None:
    redactor = Redactor()
    published = redactor.body(body)

    assert secret not in published
    assert len(redactor.salts) == 1
    assert b"redacted:sha256:" in published


@pytest.mark.parametrize("body", [b'{"items":[{"code":"same_agent","detail":"13900000001"}]}', b'["13900000001"]'])
def test_a_mobile_number_gives_way_whatever_its_member_is_called(body: bytes) -> None:
    redactor = Redactor()
    published = redactor.body(body)

    assert b"13900000001" not in published
    assert len(redactor.salts) == 1


@pytest.mark.parametrize("value", ['"12900000001"', '"139000000012"', "13900000001", '"RMB 13900000001"', '"911101080000400107"'])
def test_what_is_no_mobile_number_stays(value: str) -> None:
    body = f'{{"detail":{value}}}'.encode()
    assert Redactor().body(body) == body


@pytest.mark.parametrize("body", [b"a=1&b=2", "<名称>password 张</名称>".encode(), b"\xff\xfepassword", b"name=token&x", b'{"password": '])
def test_what_names_no_secret_stays_octet_for_octet(body: bytes) -> None:
    assert Redactor().body(body) == body


@given(
    st.sampled_from(sorted(SECRET_KEYS | PERSONAL_KEYS | SEALED_KEYS)),
    st.text("0123456789abcdef", min_size=12, max_size=40),
    st.integers(0, 4),
)
def test_no_secret_survives_however_deep_it_lies(key: str, secret: str, depth: int) -> None:
    content: object = {key: secret}
    for _ in range(depth):
        content = {"items": [content, {"other": 1}]}

    assert secret.encode() not in Redactor().body(json.dumps(content).encode())


def test_a_body_with_half_a_surrogate_pair_is_redacted_as_any_other() -> None:
    published = json.loads(Redactor().body(rb'{"token": "t0ken", "name": "\ud83d"}'))

    assert published["name"] == "\ud83d"
    assert "t0ken" not in published["token"]


def test_a_session_gives_way_in_whatever_header_it_is_shown() -> None:
    headers = (("Cookie", "BJSESSION=sesame"), ("X-CSRF-Token", "sesame"), ("X-XSRF-TOKEN", "sesame"), ("accept", "sesame"))
    shown = Redactor().headers(headers)

    assert [name for name, value in shown if "sesame" in value] == ["accept"]
