"""Leaf by leaf: what is secret or personal gives way to a salted hash, everything else stays."""

import hashlib
import json

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
