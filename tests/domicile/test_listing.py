"""The list of servers, line by line."""

from typing import Any

import pytest

from tenderproof.domicile.earth import Point
from tenderproof.domicile.hosts import How, Sighting
from tenderproof.domicile.judgement import Role
from tenderproof.domicile.listing import ServerList
from tenderproof.vocabulary import Undecided, WrongInput

SITES = ["郑州一号; 34.75; 113.62", "许昌二号；34.03；113.85"]
SERVERS = [
    "192.0.2.1; www.site.test; 郑州一号; A-01; HT-1; -",
    "2001:DB8:0::1; 招标.site.test; 许昌二号; -; HT-2; 某云",
    "*; edge.cdn.test; 许昌二号; -; HT-3; 某云",
]


def read(servers: list[str] | None = None, sites: list[str] | None = None) -> ServerList:
    facts: dict[str, Any] = {"servers": SERVERS if servers is None else servers, "sites": SITES if sites is None else sites}
    return ServerList.read(facts)


@pytest.mark.parametrize(
    ("host", "address", "there"),
    [
        ("www.site.test", "192.0.2.1", True),
        ("another.name.test", "192.0.2.1", True),  # a server is known by its address
        ("www.site.test", "192.0.2.2", False),  # and not by its name, which may lead anywhere
        ("x.test", "2001:db8::1", True),
        ("edge.cdn.test", "198.51.100.7", True),  # a content network, whose addresses change
        ("other.cdn.test", "198.51.100.7", False),
        ("www.site.test", "::ffff:192.0.2.1", False),
        ("www.site.test", "", False),  # nobody says where the name leads
    ],
)
def test_a_server_is_listed_by_its_address_or_as_whatever_its_name_leads_to(host: str, address: str, there: bool) -> None:
    assert read().names(host, address) is there


def test_an_address_of_the_public_network_within_a_longer_one_is_the_same_server() -> None:
    listed = read(["8.8.8.8; a.test; 郑州一号; A; B; -"])

    assert listed.names("b.test", "::ffff:8.8.8.8")
    assert listed.names("b.test", "64:ff9b::8.8.8.8")


def test_a_server_is_claimed_to_stand_at_its_site() -> None:
    assert read().claimed("www.site.test", "192.0.2.1") == (Point(34.75, 113.62),)
    assert read().claimed("www.site.test", "192.0.2.2") == ()
    assert read().sites_of("edge.cdn.test", "198.51.100.7") == ("许昌二号",)


def test_cloud_providers_are_named_with_the_sites_that_are_used() -> None:
    assert read().clouds == {"某云": frozenset({"许昌二号"})}
    assert read(SERVERS[:1]).clouds == {}


@pytest.mark.parametrize(
    ("servers", "sites", "what"),
    [
        ([], None, "no server"),
        (["192.0.2.1; www.site.test; 郑州一号; A-01; HT-1"], None, "is no server"),
        (["192.0.2.1; www.site.test; 郑州一号; ; HT-1; -"], None, "is no server"),
        (["192.0.2; www.site.test; 郑州一号; A; B; -"], None, "is no address"),
        (["192.0.2.1; a..b; 郑州一号; A; B; -"], None, "no name"),
        (["192.0.2.1; www.site.test; 上海; A; B; -"], None, "no site is called 上海"),
        (None, ["郑州一号; 34.75"], "is no site"),
        (None, ["郑州一号; x; 113.62"], "is no site"),
        (None, ["郑州一号; 91; 113.62"], "no place"),
    ],
)
def test_a_line_that_is_none_is_told(servers: list[str] | None, sites: list[str] | None, what: str) -> None:
    with pytest.raises(WrongInput, match=what):
        read(servers, sites)


CONTACTED = [
    Sighting("s.site.test", "192.0.2.1", Role.SERVER, How.PAGE, ""),
    Sighting("s.site.test", "192.0.2.2", Role.SERVER, How.PAGE, ""),
    Sighting("gone.site.test", "", Role.SERVER, How.PAGE, ""),
    Sighting("hm.tongji.test", "", Role.THIRD_PARTY, How.PAGE, ""),
    Sighting("edge.cdn.test", "", Role.THIRD_PARTY, How.PAGE, ""),
    Sighting("other.test", "", Role.THIRD_PARTY, How.PAGE, ""),
    Sighting("198.51.100.7", "198.51.100.7", Role.THIRD_PARTY, How.PAGE, ""),
]


@pytest.mark.parametrize(
    ("services", "left_out"),
    [
        (["tongji.test; 某统计; 统计", "other.test; 某地图; 地图", "198.51.100.7; 某; 短信"], ["192.0.2.2"]),
        (["tongji.test；某统计；统计"], ["192.0.2.2", "other.test", "198.51.100.7"]),
        (["-"], ["192.0.2.2", "hm.tongji.test", "other.test", "198.51.100.7"]),
        (["ji.test; 某统计; 统计"], ["192.0.2.2", "hm.tongji.test", "other.test", "198.51.100.7"]),
    ],
)
def test_a_list_of_services_is_false_that_leaves_out_whom_pages_contact(services: list[str], left_out: list[str]) -> None:
    listed = ServerList.read({"servers": SERVERS, "sites": SITES, "services": services})

    assert [one.address or one.host for one in CONTACTED if listed.leaves_out(one)] == left_out
    listed.require_declared(CONTACTED)


def test_a_list_that_says_nothing_of_services_leaves_others_open() -> None:
    assert [one.address for one in CONTACTED if read().leaves_out(one)] == ["192.0.2.2"]
    with pytest.raises(Undecided, match=r"198\.51\.100\.7, hm\.tongji\.test, other\.test"):
        read().require_declared(CONTACTED)
    read().require_declared(CONTACTED[:3])


@pytest.mark.parametrize("line", ["a.test; b", "; b; c", "a b; c; d", "-; a; b", "com; a; b", "com.cn; a; b"])
def test_a_line_that_is_no_service_is_told(line: str) -> None:
    with pytest.raises(WrongInput):
        ServerList.read({"servers": SERVERS, "sites": SITES, "services": [line]})
