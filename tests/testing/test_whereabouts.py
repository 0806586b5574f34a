"""What follows of every address, from tables, vantage points and the signed list together; the table itself is tested in tests/domicile."""

from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest

from tenderproof.domicile.discs import Method, Timing
from tenderproof.domicile.earth import Point, load_territory
from tenderproof.domicile.hosts import How, Sighting
from tenderproof.domicile.judgement import Answer, Ground, Judged, Registered, Role
from tenderproof.domicile.listing import ServerList
from tenderproof.domicile.measuring import Measured
from tenderproof.result import Whereabouts as Shown
from tenderproof.spec.origins import Origin
from tenderproof.testing import Contact, Whereabouts
from tenderproof.testing.whereabouts import Question
from tenderproof.vocabulary import Missing, Undecided

ZHENGZHOU, SINGAPORE = Point(34.75, 113.62), Point(1.35, 103.82)
SERVER = Sighting("www.site.test", "192.0.2.1", Role.SERVER, How.DECLARED, "")
MAIL = Sighting("mx.site.test", "192.0.2.25", Role.MAIL, How.MAIL, "site.test")
ORIGINS = {"fonts.test": Origin("fonts.test", "fonts", "Fonts", "https://fonts.test")}
SERVERS = {"servers": ["192.0.2.1; www.site.test; 郑州; A; B; -"], "sites": ["郑州; 34.75; 113.62"]}
LISTED = ServerList.read({**SERVERS, "services": ["fonts.test; F; fonts"]})
SILENT, NO_SERVICES = ServerList.read(SERVERS), ServerList.read({**SERVERS, "services": ["-"]})


def timing(stands: Point = ZHENGZHOU, seconds: float = 0.0005) -> Timing:
    return Timing("v", stands, "192.0.2.1", Method.TCP, seconds, 20)


def whereabouts(
    *seen: Sighting, said: Registered | dict[str, Registered] = Registered.INSIDE, timings: Sequence[Timing] = (),
    listed: ServerList | None = LISTED, contacts: Sequence[Contact] = (), current: bool = True, told: list[Any] | None = None,
) -> Whereabouts:  # fmt: skip
    told = [] if told is None else told
    known = said if isinstance(said, dict) else {}
    default = said if isinstance(said, Registered) else Registered.INSIDE
    places: Any = Mock(
        registered=lambda host: known.get(host, default), current=lambda: current, said=lambda address: {"dbip": "CN"} if address else {},
        holder=lambda _: "AS1 X", tables=lambda: {"dbip": "2026-06-01"}, within=["CN"], oldest=timedelta(days=365),
    )  # fmt: skip
    dossier: Any = Mock(servers=Mock(return_value=listed, side_effect=None if listed else Missing("none")))
    measuring: Any = Mock(measured=Mock(return_value=Measured(tuple(timings), ())), wanted=Mock(return_value={"192.0.2.1": 2}))
    hosts: Any = Mock(named=lambda: seen, contacted=lambda names: [Sighting(one, "", Role.THIRD_PARTY, How.PAGE, "") for one in names])
    hosts.own = lambda: "www.site.test"
    territory = partial(load_territory, Path(__file__).parents[2] / "specs")
    return Whereabouts(
        hosts, places, dossier, measuring, lambda: contacts, territory, tell=told.append, origins=ORIGINS,
        question=lambda tender, _: f"/notices/{tender}" if tender else None, token=Mock(side_effect=["3f9a", "77c0", "a001", "b002"]),
        page=lambda: "<p>豫ICP备12345678号",
    )  # fmt: skip


def grounds(found: Sequence[Judged]) -> list[Ground]:
    return [one.ground for one in found]


def test_a_server_that_is_proved_inside_and_listed_satisfies() -> None:
    one = whereabouts(SERVER, MAIL, timings=[timing()])
    found = one.judged()

    assert grounds(found) == [Ground.PROVED_AND_LISTED, Ground.REGISTERED_INSIDE]
    one.require_decided(found)


@pytest.mark.parametrize(
    ("one", "ground"),
    [
        (whereabouts(SERVER, timings=[timing(SINGAPORE)]), Ground.CLAIM_REFUTED),
        (whereabouts(SERVER, said=Registered.PRIVATE, timings=[timing(SINGAPORE)]), Ground.CLAIM_REFUTED),
        (whereabouts(SERVER, said=Registered.OUTSIDE), Ground.REGISTERED_OUTSIDE),
        (whereabouts(Sighting("x.test", "192.0.2.2", Role.SERVER, How.ALIAS, "")), Ground.NOT_ON_THE_LIST),
    ],
)
def test_what_convicts_is_told_with_its_ground(one: Whereabouts, ground: Ground) -> None:
    (found,) = one.judged()

    assert (found.violated, found.ground) == (True, ground)
    assert ground.value in str(found)


@pytest.mark.parametrize(
    ("one", "why"),
    [
        (whereabouts(SERVER), "not_measured"),
        (whereabouts(SERVER, said=Registered.PRIVATE, timings=[timing()]), "private_address"),
        (whereabouts(SERVER, listed=None, timings=[timing()]), "no_list"),
        (whereabouts(SERVER, timings=[timing(seconds=0.03)]), "not_proved"),
        (whereabouts(MAIL), "no server was seen"),
        (whereabouts(), "no server was seen"),
    ],
)
def test_what_cannot_be_told_is_undecided_and_the_reason_is_said(one: Whereabouts, why: str) -> None:
    found = one.judged()

    assert not [judged for judged in found if judged.violated]
    with pytest.raises(Undecided, match=why):
        one.require_decided(found)


def test_a_name_without_an_address_leaves_it_open() -> None:
    one = whereabouts(SERVER, Sighting("x.test", "", Role.SERVER, How.DECLARED, ""), timings=[timing()])

    with pytest.raises(Undecided, match=r"x\.test"):
        one.require_decided(one.judged())


def test_old_tables_acquit_nobody_for_they_could_not_have_convicted() -> None:
    one = whereabouts(SERVER, timings=[timing()], current=False)

    with pytest.raises(Undecided, match="older than the plan allows"):
        one.require_decided(one.judged())


def test_whom_the_first_page_contacts_is_judged_by_the_tables() -> None:
    contacts = [Contact("/", url, "font") for url in ("https://fonts.test/f", "https://fonts.test/g", "https://www.site.test/x", "data:,")]
    one = whereabouts(SERVER, timings=[timing()], said={"fonts.test": Registered.PARTED}, contacts=contacts)
    found = one.judged()

    assert [(judged.evidence.host, judged.evidence.role, judged.answer) for judged in found[1:]] == [
        ("fonts.test", Role.THIRD_PARTY, Answer.OPEN)
    ]
    with pytest.raises(Undecided, match=r"fonts\.test"):
        one.require_decided(found)


@pytest.mark.parametrize(("listed", "ground"), [(LISTED, "registered_inside"), (SILENT, "undeclared"), (NO_SERVICES, "not_among_services")])
def test_whom_the_first_page_contacts_is_held_against_the_list_of_services(listed: ServerList, ground: str) -> None:
    found = whereabouts(SERVER, timings=[timing()], listed=listed, contacts=[Contact("/", "https://fonts.test/f", "font")]).judged()

    assert [one.value for one in grounds(found)] == ["proved_and_listed", ground]


def test_only_servers_are_measured_and_each_address_is_judged_once_a_host() -> None:
    again = Sighting("www.site.test", "192.0.2.1", Role.SERVER, How.CERTIFICATE, "elsewhere")
    one = whereabouts(SERVER, again, MAIL)

    assert len(one.judged()) == 2
    asked: Any = one._measuring
    assert asked.measured.call_args.args == ({"192.0.2.1": "www.site.test"}, {})


def test_all_that_is_known_is_told_for_the_report() -> None:
    told: list[Any] = []
    whereabouts(SERVER, MAIL, timings=[timing()], contacts=[Contact("/", "https://fonts.test/f", "font")], told=told).judged()
    (document,) = told
    shown = Shown.model_validate(document)

    assert [(one.host, one.role, one.how, one.ground) for one in shown.hosts] == [
        ("www.site.test", "server", "declared", "proved_and_listed"), ("mx.site.test", "mail", "mail", "registered_inside"),
        ("fonts.test", "third_party", "page", "registered_inside"),
    ]  # fmt: skip
    assert (shown.hosts[0].sites, shown.hosts[0].places, shown.hosts[0].discs[0].samples) == (["郑州"], {"dbip": "CN"}, 20)
    assert [site.name for site in shown.sites] == ["郑州"]
    assert shown.hosts[1].discs == []
    assert [(one.kind, one.number, one.well_formed) for one in shown.filings or ()] == [("icp", "豫ICP备12345678号", True)]
    assert [(one.service, one.service_kind) for one in shown.hosts] == [("", ""), ("", ""), ("Fonts", "fonts")]


def test_a_place_is_held_against_the_territory() -> None:
    assert (whereabouts().surely_outside(SINGAPORE), whereabouts().surely_outside(ZHENGZHOU)) == (True, False)


def test_whom_pages_contact_is_left_out_or_undeclared_by_the_list() -> None:
    contacts = [Contact("/", url, "script") for url in ("https://x.test/f", "https://fonts.test/g", "data:,")]

    assert [one.host for one in whereabouts(SERVER).left_out(contacts)] == ["x.test"]
    assert whereabouts(SERVER, listed=SILENT).left_out(contacts) == []
    whereabouts(SERVER).require_declared(contacts)
    with pytest.raises(Undecided, match=r"fonts\.test, x\.test"):
        whereabouts(SERVER, listed=SILENT).require_declared(contacts)
    with pytest.raises(Missing):
        whereabouts(SERVER, listed=None).left_out(contacts)


def test_what_own_hosts_send_that_are_not_declared_nobody_has_seen() -> None:
    one: Any = whereabouts(SERVER)
    one._hosts.contacted = lambda names: [Sighting(name, "192.0.2.7", Role.SERVER, How.PAGE, "") for name in names]

    with pytest.raises(Undecided, match=r"domicile\.hosts does not name.*static\.site\.test"):
        one.require_declared([Contact("/", "https://static.site.test/a.js", "script")])
    one._hosts.contacted = lambda names: [Sighting(name, "192.0.2.7", Role.SERVER, How.DECLARED, "") for name in names]
    one.require_declared([Contact("/", "https://static.site.test/a.js", "script")])


def planting(known: list[str]) -> Any:
    def plant(words: str) -> str:
        known.append(words)
        return f"tender {len(known)}"

    return plant


def asked(method: Method, seconds: float = 0.0005) -> Timing:
    return Timing("v", ZHENGZHOU, "192.0.2.1", method, seconds, 1)


def test_each_vantage_point_is_given_words_of_its_own_to_ask_for() -> None:
    one, known = whereabouts(SERVER, timings=[timing(), asked(Method.CHALLENGE)]), list[str]()
    found = one.judged(planting(known))
    measuring: Any = one._measuring

    assert known == ["图号3f9a", "图号77c0"]
    assert measuring.wanted.call_args.args == (["192.0.2.1"],)
    assert measuring.measured.call_args.args[1] == {
        "192.0.2.1": [Question("/notices/tender 1", "3f9a", "www.site.test"), Question("/notices/tender 2", "77c0", "www.site.test")]
    }
    assert grounds(found) == [Ground.ANSWERED_AND_LISTED]


@pytest.mark.parametrize("answers", [[], [asked(Method.CHALLENGE, 0.03)], [asked(Method.TLS)]])
def test_who_does_not_give_fresh_answers_from_inside_is_left_open(answers: list[Timing]) -> None:
    one = whereabouts(SERVER, timings=[timing(), *answers])
    found = one.judged(planting([]))

    assert grounds(found) == [Ground.RELAY_NOT_EXCLUDED]
    with pytest.raises(Undecided, match="relay_not_excluded"):
        one.require_decided(found)


@pytest.mark.parametrize(
    ("seconds", "ground"), [(0.0005, Ground.ANSWERED_AND_LISTED), (0.03, Ground.RELAY_NOT_EXCLUDED)]
)  # fmt: skip
def test_without_questions_handshakes_tell_where_the_key_is(seconds: float, ground: Ground) -> None:
    assert grounds(whereabouts(SERVER, timings=[timing(), asked(Method.TLS, seconds)]).judged()) == [ground]


def test_where_the_driver_knows_no_question_it_is_judged_as_without() -> None:
    one = whereabouts(SERVER, timings=[timing()])

    assert grounds(one.judged(lambda _: "")) == [Ground.PROVED_AND_LISTED]
    measuring: Any = one._measuring
    assert measuring.measured.call_args.args[1] == {}


FILES = Sighting("files.site.test", "2001:db8::2", Role.SERVER, How.DECLARED, "")
ALIAS = Sighting("edge.site.test", "192.0.2.3", Role.SERVER, How.ALIAS, "files.site.test")


def test_every_address_of_every_declared_host_is_asked_and_of_the_host_that_it_belongs_to() -> None:
    one = whereabouts(FILES, SERVER, ALIAS)
    measuring: Any = one._measuring
    measuring.wanted.return_value = {"192.0.2.1": 2, "2001:db8::2": 2}
    one.judged(planting([]))

    assert measuring.wanted.call_args.args == (["192.0.2.1", "2001:db8::2"],)
    asked = measuring.measured.call_args.args[1]
    assert {address: [(question.words, question.host) for question in mine] for address, mine in asked.items()} == {
        "192.0.2.1": [("3f9a", "www.site.test"), ("77c0", "www.site.test")],
        "2001:db8::2": [("a001", "files.site.test"), ("b002", "files.site.test")],
    }


def test_an_address_that_should_be_asked_and_is_one_too_many_is_left_open() -> None:
    one = whereabouts(SERVER, timings=[timing(), asked(Method.TLS)])
    measuring: Any = one._measuring
    measuring.wanted.return_value = {"192.0.2.1": 0}

    assert grounds(one.judged(planting([]))) == [Ground.RELAY_NOT_EXCLUDED]


def test_an_address_that_nobody_may_ask_is_judged_as_without_questions() -> None:
    one = whereabouts(SERVER, timings=[timing()])
    measuring: Any = one._measuring
    measuring.wanted.return_value = {}

    assert grounds(one.judged(planting([]))) == [Ground.PROVED_AND_LISTED]
