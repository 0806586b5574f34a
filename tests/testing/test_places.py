"""Where hosts are said to be; the judgement itself is tested in tests/domicile."""

import json
import socket
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest

from tenderproof.domicile.judgement import Registered
from tenderproof.spec.addresses import Said, load_registries
from tenderproof.testing.places import Places, counted
from tenderproof.vocabulary import WrongInput

DAY = date(2026, 6, 1)
SAID = {"192.0.2.1": ("US", "US"), "192.0.2.2": ("CN", "CN"), "192.0.2.3": ("SG", "HK"), "192.0.2.4": ()}


def places(resolved: list[str] | None = None, today: date = DAY) -> Places:
    def made(_: str, produce: Any) -> bytes:
        content: bytes = produce() if resolved is None else json.dumps(resolved).encode()
        return content

    registries = Mock(places=lambda address: [Said(f"table {number}", place, DAY) for number, place in enumerate(SAID[address])])
    chance = Mock(now=lambda: datetime(today.year, today.month, today.day, tzinfo=UTC), made=made)
    return Places(registries, frozenset({"CN"}), timedelta(days=365), chance)


@pytest.mark.parametrize(
    ("host", "said"),
    [
        ("192.0.2.1", Registered.OUTSIDE),
        ("192.0.2.2", Registered.INSIDE),
        ("192.0.2.3", Registered.PARTED),
        ("192.0.2.4", Registered.PRIVATE),
    ],
)
def test_an_address_is_where_the_tables_agree_that_it_is(host: str, said: Registered) -> None:
    assert places().registered(host) is said
    assert places().outside(host) is (said is Registered.OUTSIDE)


def test_of_a_name_one_address_outside_suffices() -> None:
    assert places(["192.0.2.2", "192.0.2.1"]).registered("a.example") is Registered.OUTSIDE


def test_a_name_whose_addresses_part_is_nowhere() -> None:
    assert places(["192.0.2.2", "192.0.2.3"]).registered("a.example") is Registered.PARTED


def test_a_name_that_does_not_resolve_is_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody(*_: object, **__: object) -> None:
        raise socket.gaierror("unknown")

    monkeypatch.setattr(socket, "getaddrinfo", nobody)

    assert places().registered("nobody.invalid") is Registered.PARTED
    assert places().addresses("." * 300) == ()


def test_an_old_table_convicts_nobody() -> None:
    assert places(today=DAY + timedelta(days=366)).registered("192.0.2.1") is Registered.STALE
    assert not places(today=DAY + timedelta(days=366)).outside("192.0.2.1")


def test_the_tables_that_are_installed_can_be_asked() -> None:
    registries = load_registries(Path(__file__).parents[2] / "specs")
    chance = Mock(now=lambda: datetime(2026, 12, 1, tzinfo=UTC))

    assert Places(registries, frozenset({"CN"}), timedelta(days=365), chance).outside("8.8.8.8")
    assert not Places(registries, frozenset({"CN"}), timedelta(days=365), chance).outside("127.0.0.1")


def test_tables_are_current_up_to_the_day_that_the_plan_allows() -> None:
    tables = [Mock(source=Mock(says="place", data_date=DAY)), Mock(source=Mock(says="holder", data_date=date(2020, 1, 1)))]

    def current(days: int) -> bool:
        chance = Mock(now=lambda: datetime(DAY.year, DAY.month, DAY.day, tzinfo=UTC) + timedelta(days=days))
        return Places(Mock(tables=tables), frozenset({"CN"}), timedelta(days=365), chance).current()

    assert (current(365), current(366)) == (True, False)


def test_what_tables_say_is_told_with_their_days() -> None:
    registries = load_registries(Path(__file__).parents[2] / "specs")
    known = Places(registries, frozenset({"HK", "CN"}), timedelta(days=365), Mock())

    assert known.said("8.8.8.8") == {"dbip": "US", "geowhois": "US"}
    assert known.holder("8.8.8.8").startswith("AS15169")
    assert (known.said("127.0.0.1"), known.said(""), known.holder("")) == ({}, {}, "")
    assert known.tables().keys() == {"dbip", "geowhois"}
    assert (known.within, known.oldest) == (["CN", "HK"], timedelta(days=365))


def test_only_the_areas_apart_can_be_counted_besides_the_mainland() -> None:
    assert (counted(""), counted("HK"), counted("MO TW HK")) == ((), ("HK",), ("MO", "TW", "HK"))
    for plan in ("US", "HK SG", "CN", "hk"):
        with pytest.raises(WrongInput, match="besides the mainland only HK, MO, TW"):
            counted(plan)
