"""A document in several files is gathered into one; nothing is followed but what is offered with it, and never without end."""

import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from tenderproof.drivers import gathering
from tenderproof.drivers.gathering import PARTS, Folder, Site, gathered, loaded
from tenderproof.vocabulary import Blame, DeclarationTrouble, Missing, PlatformTrouble

AT = "http://127.0.0.1:9/api/openapi.yaml"


def at_once(read: Callable[[], bytes]) -> bytes:
    """What is read, and recorded nowhere."""
    return read()


def of_site(document: Any, files: Mapping[str, Any], asked: list[str] | None = None) -> dict[str, Any]:
    """The document gathered, with files by their addresses."""

    def fetch(address: str) -> bytes | None:
        if asked is not None:
            asked.append(address)
        found = files.get(address)
        return found if isinstance(found, bytes) or found is None else json.dumps(found).encode()

    return gathered(document, Site(AT, fetch))


def of_folder(folder: Path, document: Any) -> dict[str, Any]:
    """The document gathered from a folder."""
    return gathered(document, Folder(folder / "openapi.yaml", at_once))


def followed(document: Any, reference: str) -> Any:
    """What a reference within the gathered document leads to."""
    assert reference.startswith("#")
    for name in reference.removeprefix("#").strip("/").split("/") if reference != "#" else ():
        document = document[name]
    return document


def test_a_document_of_one_file_stays_as_it_is() -> None:
    document = {"openapi": "3.1.0", "paths": {"/a": {"$ref": "#/components/pathItems/a"}}, "x-y": {"$ref": "http://elsewhere/"}}

    assert of_site(document, {}) == document


def test_what_a_reference_to_another_file_means_stands_where_it_leads() -> None:
    files = {"http://127.0.0.1:9/api/parts/thing.yaml": b"Thing: {type: object}\n", "http://127.0.0.1:9/all.json": {"type": "string"}}
    found = of_site({"a": {"$ref": "parts/thing.yaml#/Thing"}, "b": {"$ref": "/all.json"}, "c": {"$ref": f"{AT}#/a"}}, files)

    assert followed(found, found["a"]["$ref"]) == {"type": "object"}
    assert followed(found, found["b"]["$ref"]) == {"type": "string"}
    assert found["c"] == {"$ref": "#/a"}


def test_a_file_refers_from_where_it_lies_and_back_to_the_first() -> None:
    files = {
        "http://127.0.0.1:9/api/parts/a.yaml": {
            "x": {"$ref": "b.yaml"},
            "own": {"$ref": "#/x"},
            "back": {"$ref": "../openapi.yaml#/first"},
        },
        "http://127.0.0.1:9/api/parts/b.yaml": {"deep": True},
    }
    found = of_site({"first": 1, "a": {"$ref": "./parts/a.yaml"}}, files)
    part = followed(found, found["a"]["$ref"])

    assert followed(found, part["x"]["$ref"]) == {"deep": True}
    assert followed(found, part["own"]["$ref"]) == part["x"]
    assert followed(found, part["back"]["$ref"]) == 1


def test_files_that_refer_to_each_other_in_a_circle_are_read_once() -> None:
    asked: list[str] = []
    files = {
        "http://127.0.0.1:9/api/a.yaml": {"to": {"$ref": "b.yaml"}, "self": {"$ref": "a.yaml"}},
        "http://127.0.0.1:9/api/b.yaml": {"to": {"$ref": "a.yaml#/to"}, "root": {"$ref": "openapi.yaml"}},
    }
    found = of_site({"a": {"$ref": "a.yaml"}}, files, asked)

    assert asked == list(files)
    assert followed(found, found[PARTS]["1"]["self"]["$ref"]) == found[PARTS]["1"]


@pytest.mark.parametrize(
    "reference",
    [
        "http://127.0.0.1:8/a.yaml", "https://127.0.0.1:9/a.yaml", "http://elsewhere.example/a.yaml", "//elsewhere.example/a.yaml",
        "http://127.0.0.1:9@elsewhere.example/a", "http://u@127.0.0.1:9/a.yaml", "file:///etc/passwd", "ftp://127.0.0.1:9/a",
        "\\\\elsewhere\\a", "http://127.0.0.1:9\\@elsewhere.example/a", "a\nb.yaml", "http://[::1/a", "http://127.0.0.1:99999999/a",
        "data:,x", "urn:x:y",
    ],
)  # fmt: skip
def test_what_is_at_another_origin_is_not_followed(reference: str) -> None:
    asked: list[str] = []
    with pytest.raises(Missing, match="is not followed") as missing:
        of_site({"a": {"$ref": reference}}, {}, asked)

    assert (missing.value.blame, asked) == (Blame.TOOL, [])


def test_a_part_may_not_lead_away_either_nor_a_discriminator_nor_a_link() -> None:
    away = "http://elsewhere.example/a.yaml"
    for content in ({"$ref": away}, {"mapping": {"a": away}}, {"operationRef": away}, {"$dynamicRef": away}):
        with pytest.raises(Missing, match="is not followed"):
            of_site({"a": {"$ref": "a.yaml"}}, {"http://127.0.0.1:9/api/a.yaml": {"deep": [content]}})


def test_climbing_stays_at_the_origin() -> None:
    asked: list[str] = []
    of_site({"a": {"$ref": "../../../../etc/passwd"}}, {}, asked)

    assert asked == ["http://127.0.0.1:9/etc/passwd"]


def test_a_file_that_is_not_there_leaves_a_reference_that_leads_nowhere() -> None:
    found = of_site({"a": {"$ref": "gone.yaml#/Thing"}}, {})

    assert found == {"a": {"$ref": f"#/{PARTS}/1/Thing"}}


def test_what_is_data_refers_to_nothing_and_what_is_named_so_is_no_data() -> None:
    away = {"$ref": "http://elsewhere.example/"}
    document = {"example": away, "const": away, "default": away, "examples": {"a": {"value": away}}, "x-note": away}

    assert of_site(document, {}) == document
    with pytest.raises(Missing):
        of_site({"responses": {"default": away}}, {})
    with pytest.raises(Missing):
        of_site({"properties": {"example": away}}, {})


def test_a_property_may_bear_the_name_of_a_reference() -> None:
    document = {"properties": {"$ref": {"type": "string"}, "externalValue": {"type": "string"}, "$schema": {"type": "string"}}}

    assert of_site(document, {}) == document


def test_nothing_is_left_that_its_reader_would_fetch() -> None:
    found = of_site(
        {"examples": {"a": {"externalValue": "http://10.0.0.1/"}}, "items": {"$schema": "http://10.0.0.1/", "type": "string"}}, {}
    )

    assert found == {"examples": {"a": {}}, "items": {"type": "string"}}


def test_references_without_end_are_followed_to_a_bound() -> None:
    asked: list[str] = []

    def endless(address: str) -> bytes:
        asked.append(address)
        return json.dumps({"$ref": f"{len(asked)}.yaml"}).encode()

    with pytest.raises(Missing, match=f"more than {gathering.MOST_FILES} files; so much is not followed"):
        gathered({"a": {"$ref": "0.yaml"}}, Site(AT, endless))
    assert len(asked) == gathering.MOST_FILES


def test_octets_members_and_levels_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gathering, "MOST_OCTETS", 100)
    with pytest.raises(Missing, match="more than 100 octets"):
        of_site({"a": {"$ref": "a.yaml"}}, {"http://127.0.0.1:9/api/a.yaml": b" " * 101})
    monkeypatch.setattr(gathering, "MOST_MEMBERS", 50)
    for member in ("schema", "x-data", "example"):
        with pytest.raises(Missing, match="more than 50 members"):
            of_site({member: ["x"] * 60}, {})


def test_a_few_lines_that_stand_for_millions_are_not_unrolled() -> None:
    lines = ["a: &a [x, x, x, x, x, x, x, x]"]
    lines += [f"{name}: &{name} [{', '.join([f'*{before}'] * 8)}]" for before, name in zip("abcdefgh", "bcdefghi", strict=True)]
    with pytest.raises(Missing, match="so much is not followed"):
        of_site(loaded("\n".join(lines).encode(), "x"), {})


def test_a_document_that_holds_itself_is_not_unrolled() -> None:
    with pytest.raises(Missing, match="levels; so much is not followed"):
        of_site(loaded(b"a: &a {b: *a}", "x"), {})


def test_a_part_that_is_neither_json_nor_yaml_is_the_platforms_trouble() -> None:
    with pytest.raises(PlatformTrouble, match=r"a\.yaml is neither JSON nor YAML"):
        of_site({"a": {"$ref": "a.yaml"}}, {"http://127.0.0.1:9/api/a.yaml": b"a: [b"})


def test_files_of_the_folder_are_followed(tmp_path: Path) -> None:
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts" / "a b.yaml").write_text("to: {$ref: ../c.json}", "utf-8")
    (tmp_path / "c.json").write_text("[1]", "utf-8")
    found = of_folder(tmp_path, {"a": {"$ref": "parts/a%20b.yaml#/to"}})

    assert followed(found, followed(found, found["a"]["$ref"])["$ref"]) == [1]


@pytest.mark.parametrize(
    "reference",
    [
        "../secret.yaml", "/etc/passwd", "parts/../../secret.yaml", "%2e%2e/secret.yaml", "..%2fsecret.yaml", "file:///etc/passwd",
        "http://127.0.0.1:9/a", "//host/share", "..\\secret.yaml", "a%00.yaml", "a.yaml?b",
    ],
)  # fmt: skip
def test_what_lies_outside_the_folder_is_not_followed(tmp_path: Path, reference: str) -> None:
    (tmp_path / "secret.yaml").write_text("secret", "utf-8")
    inner = tmp_path / "inner"
    inner.mkdir()
    with pytest.raises(Missing, match="no file of its folder and is not followed") as missing:
        of_folder(inner, {"a": {"$ref": reference}})
    assert missing.value.blame is Blame.DECLARATION


def test_a_link_that_leads_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.yaml").write_text("secret", "utf-8")
    inner = tmp_path / "inner"
    inner.mkdir()
    (inner / "a.yaml").symlink_to(tmp_path / "secret.yaml")
    with pytest.raises(Missing, match="no file of its folder"):
        of_folder(inner, {"a": {"$ref": "a.yaml"}})


def test_the_declared_document_itself_may_be_a_link(tmp_path: Path) -> None:
    (tmp_path / "elsewhere.yaml").write_text("a: 1", "utf-8")
    inner = tmp_path / "inner"
    inner.mkdir()
    (inner / "openapi.yaml").symlink_to(tmp_path / "elsewhere.yaml")
    folder = Folder(inner / "openapi.yaml", at_once)

    assert folder.read(folder.root) == b"a: 1"


def test_no_pipe_and_no_folder_is_read_and_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for name in ("pipe", ".", "gone.yaml"):
        with pytest.raises(DeclarationTrouble, match="is not there"):
            of_folder(tmp_path, {"a": {"$ref": name}})


def test_a_large_file_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gathering, "MOST_OCTETS", 10)
    (tmp_path / "a.yaml").write_text("x" * 11, "utf-8")
    with pytest.raises(Missing, match="more than 10 octets"):
        of_folder(tmp_path, {"a": {"$ref": "a.yaml"}})


@pytest.mark.parametrize("octets", [b'{"a": [1, "x"]}', b"a: [1, x]\n", b"a:\n- 1\n- x\n"])
def test_what_is_written_in_json_or_in_yaml_is_the_same(octets: bytes) -> None:
    assert loaded(octets, "x") == {"a": [1, "x"]}
