"""Address tables: what they say, of whom they say nothing, and that a damaged one is not believed."""

import ipaddress
import lzma
import shutil
from bisect import bisect_right
from datetime import date
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

import pytest

from tenderproof.spec.addresses import Registries, Source, Table, load_registries, public
from tenderproof.spec.clauses import SpecificationError

SPECS = Path(__file__).parents[2] / "specs"


@pytest.fixture(scope="module")
def registries() -> Registries:
    return load_registries(SPECS)


def test_two_tables_of_places_have_different_methods(registries: Registries) -> None:
    places = [table.source for table in registries.tables if table.source.says == "place"]

    assert len(places) >= 2
    assert len({source.method["en"] for source in places}) == len(places)


@pytest.mark.parametrize("family", ["4", "6"])
def test_a_table_is_in_order_and_never_says_the_same_twice_in_a_row(registries: Registries, family: str) -> None:
    for table in registries.tables:
        starts, codes = table._four if family == "4" else table._six
        assert starts == sorted(set(starts))
        assert all(one != other for one, other in pairwise(codes[1:]))


def test_every_table_names_licence_day_and_whom_to_thank(registries: Registries) -> None:
    for table in registries.tables:
        assert table.source.licence
        assert table.source.attribution
        assert table.source.data_date.year >= 2026


# Resolvers and networks of the Chinese network centre, Baidu and Google, of which their makers say where they are.
@pytest.mark.parametrize(("address", "place"), [("1.2.4.8", "CN"), ("2400:da00::6666", "CN"), ("8.8.8.8", "US"), ("2607:f8b0::1", "US")])
def test_tables_agree_on_what_is_known_otherwise(registries: Registries, address: str, place: str) -> None:
    assert {said.place for said in registries.places(address)} == {place}


def test_one_address_can_be_in_two_places(registries: Registries) -> None:
    """A resolver of a Chinese maker that answers from many places: the reason why no table is believed alone."""
    assert len({said.place for said in registries.places("119.29.29.29")}) == 2


def test_an_ipv4_address_within_an_ipv6_one_is_taken_out(registries: Registries) -> None:
    assert registries.places("::ffff:8.8.8.8") == registries.places("8.8.8.8")
    assert registries.places("64:ff9b::808:808") == registries.places("8.8.8.8")
    assert registries.places("2002:808:808::1") == registries.places("8.8.8.8")


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "192.168.0.1", "::1", "fe80::1%eth0", "fd00::1", "203.0.113.9", "224.0.0.1", "0.0.0.1", "2002:a00:1::1"],
)
def test_of_an_address_that_is_not_public_nothing_is_said(registries: Registries, address: str) -> None:
    assert public(address) is None
    assert registries.places(address) == ()
    assert registries.holder(address) is None


@pytest.mark.parametrize("address", ["", "example.com", "1.2.3", "1.2.3.4.5", "::g", "0x7f000001"])
def test_what_is_no_address_is_refused(registries: Registries, address: str) -> None:
    with pytest.raises(ValueError, match="does not appear to be an IPv4 or IPv6 address"):
        public(address)
    with pytest.raises(ValueError, match="is no address"):
        registries.tables[0].code(address)


def test_who_announces_an_address_is_told_by_number_and_name(registries: Registries) -> None:
    holder = registries.holder("8.8.8.8")

    assert holder
    assert (holder.number, "Google" in holder.name) == ("15169", True)


def test_the_edges_of_a_range_belong_to_it(tmp_path: Path) -> None:
    table = _table(tmp_path, "a000000 CN\nb000000 -\nc000000 HK\n")

    told = {
        address: table.code(address)
        for address in ("9.255.255.255", "10.0.0.0", "10.255.255.255", "11.0.0.0", "12.0.0.0", "255.255.255.255")
    }
    assert told == {
        "9.255.255.255": None,
        "10.0.0.0": "CN",
        "10.255.255.255": "CN",
        "11.0.0.0": None,
        "12.0.0.0": "HK",
        "255.255.255.255": "HK",
    }


def test_six_octets_groups_are_compared_whole(tmp_path: Path) -> None:
    start = int(ipaddress.IPv6Address("2400::5"))
    table = _table(tmp_path, f"{start:x} CN\n{start + 1:x} US\n")

    assert [table.code(address) for address in ("2400::4", "2400::5", "2400::6")] == [None, "CN", "US"]


def test_a_table_that_was_changed_is_not_believed(tmp_path: Path) -> None:
    shutil.copytree(SPECS / "registries", tmp_path / "registries")
    (tmp_path / "registries" / "dbip.v4.xz").write_bytes(lzma.compress(b"0 CN\n"))

    with pytest.raises(SpecificationError, match=r"dbip\.v4\.xz: it is not the table that sources\.yaml names"):
        load_registries(tmp_path).places("8.8.8.8")


def test_a_table_that_is_not_there_is_named(tmp_path: Path) -> None:
    shutil.copytree(SPECS / "registries", tmp_path / "registries")
    (tmp_path / "registries" / "geowhois.v6.xz").unlink()

    with pytest.raises(SpecificationError, match=r"geowhois\.v6\.xz: it cannot be read .* `make registries`"):
        load_registries(tmp_path).places("2001:4860:4860::8888")


def test_a_source_that_lacks_something_is_named_with_its_line(tmp_path: Path) -> None:
    shutil.copytree(SPECS / "registries", tmp_path / "registries")
    sources = tmp_path / "registries" / "sources.yaml"
    sources.write_text(sources.read_text("utf-8").replace("    says: holder\n", "", 1), "utf-8")

    with pytest.raises(SpecificationError, match=r"sources\.yaml:\d+: tables\.asn must give says"):
        load_registries(tmp_path)


def test_a_file_that_is_no_list_of_tables_is_named(tmp_path: Path) -> None:
    (tmp_path / "registries").mkdir()
    (tmp_path / "registries" / "sources.yaml").write_text("[", "utf-8")

    with pytest.raises(SpecificationError, match=r"sources\.yaml:1: it must be YAML that lists tables"):
        load_registries(tmp_path)


def _table(folder: Path, text: str) -> Table:
    content = lzma.compress(text.encode())
    for part in ("v4", "v6"):
        (folder / f"ours.{part}.xz").write_bytes(content)
    digest = sha256(content).hexdigest()
    source = Source("ours", "place", {"zh": "", "en": ""}, "", "", date(2026, 1, 1), "", "", {"4": digest, "6": digest})
    return Table(source, folder)


def test_a_look_up_within_a_block_says_what_a_search_of_the_whole_table_says(registries: Registries) -> None:
    """At the beginnings of blocks, on both sides of every so-manieth entry, and at both ends of the network."""
    table = registries.tables[0]
    starts, codes = table._four
    edges = {block << 16 for block in range(0, 1 << 16, 97)} | set(starts[::211]) | {0, (1 << 32) - 1}
    for number in edges | {edge - 1 for edge in edges if edge}:
        assert table.code(str(ipaddress.IPv4Address(number))) == codes[bisect_right(starts, number)]
