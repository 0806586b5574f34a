"""Of a platform nothing is known but its document: its interface is examined, and what needs a story is not tested."""

import json
from pathlib import Path
from typing import Any

import pytest

from tenderproof import candidate, drivers
from tenderproof.drivers.openapi import OpenApiDriver
from tenderproof.drivers.openapi.driver import parsed
from tenderproof.evidence.chance import RecordedChance
from tenderproof.evidence.recorder import Recorder
from tenderproof.evidence.sink import NoSink
from tenderproof.testing.interface import Budget
from tenderproof.testing.records import File
from tenderproof.vocabulary import DeclarationTrouble, Missing, PlatformTrouble
from tests.drivers.test_conformance import DOCUMENT, Platform, told

DECLARED = """[candidate]
name = "x"
kind = "trading"
base_url = "http://127.0.0.1:9"
operator = {{ name = "x", uscc = "91350100M000100Y43" }}
[driver]
name = "openapi"
[sandbox]
enabled = true
[interface]
{interface}
[[accounts]]
id = "t"
role = "tenderee"
token = {{ file = "token" }}
[[accounts]]
id = "v"
role = "verifier"
token = {{ file = "token" }}
"""
AT = "http://127.0.0.1:9/openapi.json"


def driver(folder: Path, interface: str, platform: Platform | None = None) -> OpenApiDriver:
    """The driver of a declaration, over a platform in memory that gives its document away."""
    (folder / "token").write_text("t0ken")
    (folder / "candidate.toml").write_text(DECLARED.format(interface=interface), "utf-8")
    wire = platform or Platform(lambda request, _: told(DOCUMENT) if request.url == AT else None)
    chance = RecordedChance("seed", Recorder(NoSink()))
    made = drivers.load(candidate.load(folder / "candidate.toml"), wire, chance, folder)
    assert isinstance(made, OpenApiDriver)
    return made


def test_the_document_is_read_where_it_lies_and_its_interface_is_examined(tmp_path: Path) -> None:
    platform = Platform(lambda request, _: told(DOCUMENT) if request.url == AT else None)
    found = driver(tmp_path, f'document = "{AT}"', platform).interface.examined(Budget(2, 1, 1))

    assert (found.operations, found.deviations) == (4, ())
    assert {r.headers.get("authorization") for r in platform.sent if r.method == "POST"} == {"Bearer t0ken"}


@pytest.mark.parametrize("header", ["x-api-key", "token", "x-access-token", "cookie"])
def test_header_and_prefix_of_the_token_are_the_declared_ones(tmp_path: Path, header: str) -> None:
    platform = Platform(lambda request, _: told(DOCUMENT) if request.url == AT else None)
    driver(tmp_path, f'document = "{AT}"\nheader = "{header}"\nprefix = ""', platform).interface.examined(Budget(1, 0, 1))

    assert {r.headers.get(header) for r in platform.sent if r.method == "POST"} == {"t0ken"}


def test_a_published_document_is_read_by_everybody(tmp_path: Path) -> None:
    made = driver(tmp_path, f'document = "{AT}"')

    assert made.public.interface().value.raw["openapi"] == "3.1.0"
    assert json.loads(made.public.file("openapi.json").value.raw["octets"]) == DOCUMENT


def test_a_document_behind_a_log_in_is_refused_to_the_public(tmp_path: Path) -> None:
    made = driver(tmp_path, f'document = "{AT}"', Platform(lambda _, __: told({"code": "no"}, 401)))

    assert made.public.interface().refused_because == "status 401"


def test_a_refusal_in_a_200_is_one_of_the_document_and_of_a_file_too(tmp_path: Path) -> None:
    made = driver(tmp_path, f'document = "{AT}"\n[conventions]\nrefusal_in_200 = {{ path = ["code"], success = [0] }}',
                  Platform(lambda _, __: told({"code": 401})))  # fmt: skip

    assert made.public.interface().refused_because == "401"
    assert made.public.file("x").refused_because == "401"


def test_a_file_shows_nobody_whether_the_document_is_published(tmp_path: Path) -> None:
    (tmp_path / "mine.json").write_text(json.dumps(DOCUMENT), "utf-8")
    made = driver(tmp_path, 'document = "mine.json"')

    with pytest.raises(Missing, match="was not seen"):
        made.public.interface()
    assert made.interface.examined(Budget(1, 0, 1)).operations == 4


@pytest.mark.parametrize(
    ("interface", "said"),
    [("", "say where the OpenAPI document is"), ('document = "nowhere.json"', "nowhere.json, a file of the interface")],
)
def test_a_document_that_is_not_there_is_the_declarations_trouble(tmp_path: Path, interface: str, said: str) -> None:
    with pytest.raises(DeclarationTrouble, match=said):
        driver(tmp_path, interface).interface.examined(Budget(1, 0, 1))


@pytest.mark.parametrize("octets", [b"<html>", b"[]", b'{"paths": {}}', b'{"openapi": "3.1.0"}', b"\xff\xfe\x00", b"[" * 5000, b"a: [b"])
def test_what_is_no_document_is_the_platforms_trouble(octets: bytes) -> None:
    with pytest.raises(PlatformTrouble, match=r"neither JSON nor YAML|no OpenAPI document"):
        parsed(octets, "http://x")


def test_yaml_is_read_like_json() -> None:
    assert parsed(b"openapi: 3.0.3\npaths: {}\n", "x") == {"openapi": "3.0.3", "paths": {}}


PARTS = {
    "paths/things.json": DOCUMENT["paths"]["/things"],
    "thing.json": {
        "item": json.loads(json.dumps(DOCUMENT["paths"]["/things/{thing_id}"]).replace('"type": "integer"', '"$ref": "size.json"'))
    },
    "size.json": {"type": "integer"},
}
IN_PARTS = {**DOCUMENT, "paths": {"/things": {"$ref": "paths/things.json"}, "/things/{thing_id}": {"$ref": "./thing.json#/item"}}}


def in_parts(parts: dict[str, Any], otherwise: Any = None) -> Platform:
    """A platform that publishes its document in parts."""
    lying = {AT: IN_PARTS, **{f"http://127.0.0.1:9/{name}": part for name, part in parts.items()}}

    def answer(request: Any, _: int) -> Any:
        if request.url in lying:
            return told(lying[request.url])
        if otherwise and request.method == "GET" and "/things/" in request.url:
            return otherwise
        return None if "/api/" in request.url else told({}, 404)

    return Platform(answer)


def test_a_document_in_several_files_is_examined_as_one(tmp_path: Path) -> None:
    honest, wrong = in_parts(PARTS), in_parts(PARTS, told({"id": "t1", "size": "1"}))
    found = driver(tmp_path, f'document = "{AT}"', honest).interface.examined(Budget(2, 1, 1))
    other = driver(tmp_path, f'document = "{AT}"', wrong).interface.examined(Budget(2, 1, 1))

    assert (found.operations, found.deviations) == (4, ())
    assert [one.operation for one in other.deviations] == ["GET /api/things/{thing_id}"]


def test_a_document_in_several_files_of_a_folder_is_examined_as_one(tmp_path: Path) -> None:
    (tmp_path / "doc" / "paths").mkdir(parents=True)
    for name, content in {**PARTS, "openapi.json": IN_PARTS}.items():
        (tmp_path / "doc" / name).write_text(json.dumps(content), "utf-8")
    found = driver(tmp_path, 'document = "doc/openapi.json"', in_parts({})).interface.examined(Budget(2, 1, 1))

    assert (found.operations, found.deviations) == (4, ())


def test_a_part_that_nobody_gets_is_seen_to_be_missing(tmp_path: Path) -> None:
    made = driver(tmp_path, f'document = "{AT}"', in_parts({name: part for name, part in PARTS.items() if name != "thing.json"}))
    raw = made.public.interface().value.raw

    assert raw["paths"]["/things/{thing_id}"] == {"$ref": "#/x-gathered/2/item"}
    assert set(raw["x-gathered"]) == {"1"}
    with pytest.raises(Missing, match="that is no path in it"):
        made.interface.examined(Budget(1, 0, 1))


def test_a_platform_that_breaks_off_at_a_part_is_in_trouble(tmp_path: Path) -> None:
    platform = Platform(lambda request, _: told(IN_PARTS) if request.url == AT else told({}, 503))
    with pytest.raises(PlatformTrouble, match=r"thing.*\.json, a part of the published document: 503"):
        driver(tmp_path, f'document = "{AT}"', platform).public.interface()


@pytest.mark.parametrize("away", ["file:///etc/passwd", "http://127.0.0.1:1/inner", "//127.0.0.1:1/inner"])
def test_a_document_cannot_make_us_read_elsewhere(tmp_path: Path, away: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: Any, **__: Any) -> None:
        raise AssertionError("fetched past the wire")

    monkeypatch.setattr("requests.Session.send", never)
    monkeypatch.setattr("urllib.request.OpenerDirector.open", never)
    document = json.loads(json.dumps(DOCUMENT))
    document["paths"]["/things"]["get"]["responses"]["200"]["content"]["application/json"]["schema"] = {"$ref": away}
    made = driver(tmp_path, f'document = "{AT}"', Platform(lambda request, _: told(document) if request.url == AT else None))
    with pytest.raises(Missing, match="is not followed"):
        made.interface.examined(Budget(1, 0, 1))


def test_nobody_is_made_and_no_time_is_set(tmp_path: Path) -> None:
    made: Any = driver(tmp_path, f'document = "{AT}"')

    with pytest.raises(Missing):
        made.acting(None)
    with pytest.raises(Missing):
        made.readings(made.public, None)
    with pytest.raises(Missing):
        made.clock.read(None)
    with pytest.raises(Missing, match=r"does not offer OpenApiPerson\.create_project"):
        made.declared("tenderee")[0].create_project({})
    assert [person.account.id for person in made.declared("verifier")] == ["v"]
    assert made.declared("bidder") == []
    assert isinstance(made.public.file(AT).given, File)


def test_what_is_one_accounts_own_is_what_the_declaration_calls_private(tmp_path: Path) -> None:
    with pytest.raises(Missing, match=r"interface\.private"):
        driver(tmp_path, f'document = "{AT}"').access.of_ones_own()
    with pytest.raises(DeclarationTrouble, match=r"thing\.gone"):
        driver(tmp_path, f'document = "{AT}"\nprivate = ["thing.gone"]').access.of_ones_own()
