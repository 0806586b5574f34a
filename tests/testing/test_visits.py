"""What a contact carries, whatever it is dressed in."""

import base64
import json
from dataclasses import replace
from urllib.parse import quote

import pytest

from tenderproof.testing.visits import Contact, Visits, Walk
from tenderproof.vocabulary import Undecided

NAME, CODE = "河南示例建设有限公司", "91410100MA3X000109"


def contact(url: str = "https://far.example/", body: str = "") -> Contact:
    return Contact("/", url, "ping", body)


@pytest.mark.parametrize(
    "dressed",
    [
        contact(body=f"who={NAME}"),
        contact(f"https://far.example/i.png?v={quote(NAME)}"),
        contact(body=quote(quote(NAME))),
        contact(body='{"who": "' + NAME.encode("unicode_escape").decode() + '"}'),
        contact(body=base64.b64encode(f"a {NAME} b".encode()).decode()),
        contact(f"https://far.example/{base64.urlsafe_b64encode(f'a {NAME} b'.encode()).decode().rstrip('=')}"),
        contact(body=NAME.encode().hex()),
        contact(body=base64.b64encode(quote(NAME).encode()).decode()),
    ],
    ids=["plain", "percent", "percent-twice", "escaped", "base64", "base64-url", "hex", "percent-in-base64"],
)
def test_a_name_is_found_whatever_it_is_dressed_in(dressed: Contact) -> None:
    assert dressed.tells([NAME, CODE]) == [NAME]


def test_what_is_not_carried_is_not_found() -> None:
    assert contact(f"https://far.example/?v={CODE[:-1]}", "QUJD" * 40).tells([NAME, CODE]) == []


@pytest.mark.parametrize(
    ("url", "host"),
    [("https://[2001:db8::1]:8443/x", "2001:db8::1"), ("wss://Far.Example/live", "far.example"), ("data:text/plain,x", ""), ("blob:x", "")],
)
def test_a_contact_names_its_host(url: str, host: str) -> None:
    assert contact(url).host == host


WALK = Walk("bidder", (NAME, CODE), (contact(),), ("/me",), ("POST /log-in",), ("POST /log-out",), inside=True)


def test_a_walk_is_read_as_it_was_recorded() -> None:
    assert Walk.read(json.loads(json.dumps(WALK.plain()))) == WALK


def test_who_never_was_seen_inside_leaves_it_undecided() -> None:
    Visits.require_inside([WALK])
    with pytest.raises(Undecided, match="of: expert"):
        Visits.require_inside([WALK, replace(WALK, role="expert", inside=False)])


@pytest.mark.parametrize(
    ("url", "kind", "reaches"),
    [
        ("https://far.example/", "ping", True),
        ("https://far.example/", "preconnect", True),
        ("https://far.example/", "dns-prefetch", False),
        ("data:,", "image", False),
    ],
)
def test_nobody_is_reached_by_what_goes_nowhere_or_is_only_looked_up(url: str, kind: str, reaches: bool) -> None:
    assert Contact("/", url, kind).reaches is reaches
