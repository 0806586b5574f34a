"""What hosts are to a platform, by how they came to be seen."""

import pytest

from tenderproof.domicile.hosts import How, Named, Sighting, lies_in, sightings, zones
from tenderproof.domicile.judgement import Role
from tenderproof.domicile.names import Record, Told

ONE, OTHER = "192.0.2.53:53", "192.0.2.54:53"


def told(*records: tuple[str, str, str, str]) -> Told:
    return Told(tuple(Record(*record) for record in records), ())


NAMES = told(
    (ONE, "www.site.test", "CNAME", "edge.site.test"),
    (ONE, "edge.site.test", "A", "192.0.2.1"),
    (OTHER, "www.site.test", "A", "192.0.2.2"),
    (ONE, "site.test", "NS", "ns.site.test"),
    (ONE, "ns.site.test", "A", "192.0.2.53"),
    (ONE, "site.test", "MX", "mail.other.test"),
)
WWW = Named("www.site.test", How.DECLARED, "")


def test_a_name_is_seen_with_what_each_resolver_says_and_so_are_its_aliases() -> None:
    servers = [one for one in sightings([WWW], NAMES) if one.role is Role.SERVER]

    assert servers == [
        Sighting("www.site.test", "192.0.2.1", Role.SERVER, How.DECLARED, ONE),
        Sighting("edge.site.test", "192.0.2.1", Role.SERVER, How.ALIAS, f"www.site.test @ {ONE}"),
        Sighting("www.site.test", "192.0.2.2", Role.SERVER, How.DECLARED, OTHER),
    ]


def test_who_answers_and_who_takes_mail_is_seen_even_without_an_address() -> None:
    seen = sightings([], NAMES)

    assert Sighting("ns.site.test", "192.0.2.53", Role.NAMES, How.NAMES, f"site.test @ {ONE}") in seen
    assert Sighting("mail.other.test", "", Role.MAIL, How.MAIL, f"site.test @ {ONE}") in seen


def test_an_address_is_seen_as_it_is() -> None:
    assert sightings([Named("2001:db8::1", How.REDIRECT, "sections/*")], told()) == (
        Sighting("2001:db8::1", "2001:db8::1", Role.THIRD_PARTY, How.REDIRECT, "sections/*"),
    )


def test_what_a_redirect_leads_to_is_the_platforms_own_if_it_is_declared_or_lies_in_its_zone() -> None:
    led = [Named(host, How.REDIRECT, "here") for host in ("192.0.2.1", "files.site.test", "pay.test")]
    seen = sightings([Named("192.0.2.1", How.DECLARED, ""), *led], NAMES)

    assert {one.host: one.role for one in seen if one.how is How.REDIRECT} == {
        "192.0.2.1": Role.SERVER, "files.site.test": Role.SERVER, "pay.test": Role.THIRD_PARTY,
    }  # fmt: skip
    assert [one.is_server for one in seen if one.host == "files.site.test"] == [False]  # nobody says an address of it


def test_a_name_that_nobody_resolves_is_seen_without_an_address() -> None:
    assert sightings([Named("x.test", How.REDIRECT, "here")], told()) == (Sighting("x.test", "", Role.THIRD_PARTY, How.REDIRECT, "here"),)


def test_aliases_that_go_round_end() -> None:
    around = told((ONE, "a.test", "CNAME", "b.test"), (ONE, "b.test", "CNAME", "a.test"))

    assert sightings([Named("a.test", How.DECLARED, "")], around) == (Sighting("a.test", "", Role.SERVER, How.DECLARED, ""),)


@pytest.mark.parametrize(
    ("host", "lies"), [("site.test", True), ("a.site.test", True), ("campsite.test", False), ("test", False), ("site.test.other", False)]
)
def test_a_name_lies_in_a_zone_by_whole_labels(host: str, lies: bool) -> None:
    assert lies_in(host, zones(NAMES)) is lies


def test_a_sighting_is_told_in_one_line() -> None:
    assert str(Sighting("m.test", "192.0.2.1", Role.MAIL, How.MAIL, "x")) == "m.test 192.0.2.1 (mail, mail: x)"
