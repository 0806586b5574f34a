"""No secret of ours is repeated, however it is written."""

import html
import json
from collections.abc import Iterator
from urllib.parse import quote, quote_plus

import pytest

from tenderproof import discretion

SECRET = 'Mi mi-2026#"密<&>'


@pytest.fixture(autouse=True)
def clean() -> Iterator[None]:
    """Nothing is known before, and nothing afterwards."""
    discretion.forget()
    yield
    discretion.forget()


@pytest.mark.parametrize(
    "written",
    [
        SECRET,
        json.dumps({"password": SECRET}),
        json.dumps({"password": SECRET}, ensure_ascii=False),
        json.dumps({"answer": json.dumps({"password": SECRET})}),
        quote(json.dumps({"password": SECRET}), safe=""),
        f"?password={quote_plus(SECRET)}&x=1",
        f"<p>{html.escape(SECRET)}</p>",
        repr([json.dumps({"password": SECRET})]),
    ],
)
def test_a_secret_is_left_out_however_it_is_written(written: str) -> None:
    discretion.keep(SECRET)
    told = discretion.told(f"before {written} after")

    assert discretion.WITHHELD in told
    assert "mi-2026" not in told
    assert told.startswith("before ")
    assert told.endswith(" after")


@pytest.mark.parametrize("around", ["{}", "Bearer {}", "Bearer%20{}%20x", "/path/{}/x", '"{}"', "token={}&x"])
def test_a_token_is_left_out_wherever_it_stands(around: str) -> None:
    token = "tok-0001-5f1c0a9b7d3e2846"
    discretion.keep_token(token)

    assert token not in discretion.told(around.format(token))
    assert discretion.told(around.format("tok-0002-5f1c0a9b7d3e2846")) == around.format("tok-0002-5f1c0a9b7d3e2846")


def test_a_signed_token_is_known_by_its_parts() -> None:
    discretion.keep_token("eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJiaWRkZXItMSJ9.MEUCIQDx-5f1c0a9b7d3e2846")

    assert "MEUCIQDx" not in discretion.told("it answered eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJiaWRkZXItMSJ9.MEUCIQDx-5f1c0a9b7d3e2846.")


def test_what_is_short_is_no_secret_that_could_be_left_out() -> None:
    discretion.keep("1234")

    assert discretion.told("in 1234 cases") == "in 1234 cases"


def test_who_veils_says_by_what() -> None:
    discretion.keep("geheim-geheim")

    assert discretion.veiled(b"a geheim-geheim b", lambda secret: secret[::-1]) == b"a mieheg-mieheg b"


def test_text_that_is_no_text_comes_back_as_it_was() -> None:
    discretion.keep("geheim-geheim")

    assert discretion.told("half a pair \ud83d") == "half a pair \ud83d"


@pytest.mark.parametrize(
    "part", [SECRET, json.dumps({"password": SECRET}), quote_plus(SECRET), html.escape(SECRET), "tok-0001-5f1c0a9b7d3e2846"]
)
def test_what_is_veiled_is_found_in_the_whole_as_in_its_parts(part: str) -> None:
    discretion.keep(SECRET)
    discretion.keep_token("tok-0001-5f1c0a9b7d3e2846")
    whole = f"GET\n{part}\n{{}}".encode()

    assert discretion.veiled(part.encode()) != part.encode()
    assert discretion.stands_in(whole)
    assert not discretion.stands_in(b"GET\ntok-0002-5f1c0a9b7d3e2846\n{}")
