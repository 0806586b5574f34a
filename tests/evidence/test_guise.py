"""How our client shows itself."""

import ssl

import pytest

from tenderproof.evidence.guise import ELSEWHERE, MARKED, PLAIN, Guise, named


def test_by_default_nothing_names_us() -> None:
    said = " ".join([*PLAIN.headers, *PLAIN.headers.values(), *ELSEWHERE.headers.values()]).lower()

    assert not [word for word in ("tenderproof", "python", "httpx", "audit", "test", "bot") if word in said]
    assert "tenderproof" in MARKED.headers["user-agent"]


def test_the_two_looks_differ_in_words_and_in_their_order() -> None:
    assert list(PLAIN.headers) != list(ELSEWHERE.headers)
    assert PLAIN.headers["user-agent"] != ELSEWHERE.headers["user-agent"]


@pytest.mark.parametrize(("declared", "shown"), [("", PLAIN.headers["user-agent"]), ("auditor/1", "auditor/1")])
def test_a_declaration_may_ask_for_a_name(declared: str, shown: str) -> None:
    assert named(declared).headers["user-agent"] == shown


def test_another_greeting_believes_the_same_authorities_and_offers_other_ciphers() -> None:
    believed = ssl.create_default_context()
    if not believed.get_ca_certs(binary_form=True):
        pytest.skip("this machine keeps its authorities where no context tells them")
    made = ELSEWHERE.greeting(believed)

    assert made is not believed
    assert made.verify_mode is ssl.CERT_REQUIRED
    assert made.check_hostname
    assert made.get_ca_certs(binary_form=True) == believed.get_ca_certs(binary_form=True)
    assert {one["name"] for one in made.get_ciphers()} != {one["name"] for one in believed.get_ciphers()}


def test_where_no_cipher_is_named_the_context_stays_what_it_is() -> None:
    believed = ssl.create_default_context()

    assert Guise().greeting(believed) is believed
