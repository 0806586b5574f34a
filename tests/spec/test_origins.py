"""Hosts of well-known services: each has its source, and a host is known by its own name or the nearest above it."""

from pathlib import Path

import pytest

from tenderproof import wording
from tenderproof.spec.clauses import SpecificationError
from tenderproof.spec.origins import KINDS, Origin, known, load_origins

SPECS = Path(__file__).parents[2] / "specs"


def test_every_origin_names_the_page_that_says_so() -> None:
    found = load_origins(SPECS)

    assert found
    assert all(origin.source.startswith(("https://", "http://")) and origin.service for origin in found.values())


@pytest.mark.parametrize(
    ("host", "service"),
    [
        ("turing.captcha.qcloud.com", "腾讯云验证码"),
        ("ca.turing.captcha.qcloud.com", "Tencent Cloud Captcha (international)"),
        ("WWW.YouTube.com.", "YouTube"),
        ("notyoutube.com", ""),
        ("qcloud.com", ""),
        ("", ""),
    ],
)
def test_a_host_is_known_by_its_own_name_or_the_nearest_above_it(host: str, service: str) -> None:
    found = known(load_origins(SPECS), host)

    assert (found.service if found else "") == service


@pytest.mark.parametrize("language", wording.LANGUAGES)
def test_every_kind_has_a_word(language: wording.Language) -> None:
    assert wording.catalogue("domicile", language)["service"].keys() == set(KINDS)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[", ":1: it must be YAML"),
        ("origins: 3", ":1: it must be YAML"),
        ("origins:\n  a.test: {kind: magic, service: x, source: y}", ":2: origins.a.test must give kind"),
        ("origins:\n  a.test: {kind: mail, service: x}", ":2: origins.a.test must give kind"),
    ],
)
def test_what_is_no_list_is_told_with_its_place(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "registries").mkdir()
    (tmp_path / "registries" / "origins.yaml").write_text(text, "utf-8")

    with pytest.raises(SpecificationError, match=said):
        load_origins(tmp_path)


def test_an_origin_is_what_it_says() -> None:
    assert known({"a.test": Origin("a.test", "mail", "A", "https://a.test")}, "mx.a.test") == Origin(
        "a.test", "mail", "A", "https://a.test"
    )
