"""Whom a page has a browser expect or report to, from its links and headers."""

import pytest

from tenderproof.drivers.hints import headed, linked

BASE = "https://p.test/page"


@pytest.mark.parametrize(
    ("relation", "address", "found"),
    [
        ("preconnect", "//a.test", [("preconnect", "https://a.test")]),
        ("DNS-Prefetch", "https://a.test", [("dns-prefetch", "https://a.test")]),
        ("dns-prefetch preconnect", "https://a.test", [("preconnect", "https://a.test")]),
        ("stylesheet", "https://a.test/s.css", []),
        ("preconnect", "data:,", []),
        ("preconnect", "https://[", []),
    ],
)
def test_links_make_a_browser_connect_or_look_up(relation: str, address: str, found: list[tuple[str, str]]) -> None:
    assert linked([(relation, address)], BASE) == found


@pytest.mark.parametrize(
    ("name", "value", "found"),
    [
        ("link", '<https://a.test>; rel=preconnect, </s.css>; rel="preload"', [("preconnect", "https://a.test")]),
        ("content-security-policy", "default-src 'self'; report-uri https://a.test/r /own", [
            ("report", "https://a.test/r"), ("report", "https://p.test/own")]),
        ("content-security-policy-report-only", "img-src 'none', Report-URI //b.test", [("report", "https://b.test")]),
        ("reporting-endpoints", 'd="https://a.test/r", e="/own"', [("report", "https://a.test/r"), ("report", "https://p.test/own")]),
        ("report-to", '{"group":"n","max_age":1,"endpoints":[{"url":"https://a.test/n"}]}, {"endpoints":[{"url":"https://b.test"}]}', [
            ("report", "https://a.test/n"), ("report", "https://b.test")]),
        ("report-to", "nonsense", []),
        ("report-to", '{"endpoints": 3}', []),
        ("x-other", "https://a.test", []),
    ],
)  # fmt: skip
def test_headers_name_whom_to_connect_and_report_to(name: str, value: str, found: list[tuple[str, str]]) -> None:
    assert headed({name: value}, BASE) == found
